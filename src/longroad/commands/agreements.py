"""The command that shows agreements: the ready bundles, and what a scenario's own ones mean."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any

from longroad import console
from longroad.base.errors import UsageError, nearest
from longroad.base.messages import text
from longroad.commands.app import DONE, Json, app, argument, columns, option

if TYPE_CHECKING:
    from longroad.agreement import Arrangement, Information
    from longroad.agreement.telling import Told
    from longroad.scenario import Scenario, Variant
    from longroad.scenario.agreement import Agreement
    from longroad.scenario.bundles import Bundle
    from longroad.study.agreement_graph import Engagement


@app.command(help=text("cli.help.agreements"))
def agreements(
    id: Annotated[str | None, argument("agreement", "ID")] = None,
    scenario: Annotated[str | None, option("--scenario", "in_scenario", "PACK_OR_FILE")] = None,
    variant: Annotated[str | None, option("--variant", "variant", "ID")] = None,
    times: Annotated[bool, option("--times", "times")] = False,
    json: Json = False,
) -> int:
    """Show the bundles or one of them, or the agreements of a scenario."""
    if times and (scenario is None or id is None):
        raise UsageError(text("cli.fault.times_of_what"), expected="ID --scenario PACK_OR_FILE")
    if scenario is None:
        if variant is not None:
            raise UsageError(text("cli.fault.variant_of_what"), expected="--scenario PACK_OR_FILE")
        return _bundles(id, json)
    return _of_scenario(scenario, variant, id, times, json)


def _bundles(id: str | None, json: bool) -> int:
    from longroad.agreement.sheet import bundle_sheet
    from longroad.catalog import load_catalog
    from longroad.scenario.bundles import bundles, read_bundle

    chosen = bundles() if id is None else (read_bundle(id),)
    if json:
        console.document({"bundles": [_bundle_row(bundle) for bundle in chosen]})
    elif id is None:
        names = ("id", "architecture", "date", "legal", "name")
        rows = [
            (b.id, b.architecture, b.date, text(f"agreement.legal.{b.legal_form}"), b.name)
            for b in chosen
        ]
        console.table(columns(*names), rows)
        console.line()
        console.line(text("agreement.more"))
    else:
        console.line(bundle_sheet(chosen[0], load_catalog(), console.width()).rstrip("\n"))
    return DONE


def _of_scenario(path: str, variant_id: str | None, id: str | None, times: bool, json: bool) -> int:
    from longroad.agreement import derive
    from longroad.agreement.sheet import agreement_sheet
    from longroad.scenario import load

    loaded = load(path)
    variant = loaded.variant(variant_id or loaded.headline)
    known = [one.id for one in variant.agreements]
    if id is not None and id not in known:
        raise UsageError(
            text("cli.fault.no_agreement", id=id, variant=variant.id),
            expected="one of " + ", ".join(known),
            nearest=nearest(id, known),
        )
    chosen = [one for one in variant.agreements if id in (None, one.id)]
    known_when = _known_when(loaded, variant, chosen[0].id) if times else ()
    if json:
        rows = [_agreement_row(derive(variant, one), known_when) for one in chosen]
        console.document({"variant": variant.id, "agreements": rows})
    elif id is None:
        console.table(columns("id", "architecture", "date", "members", "name"), _listed(chosen))
    else:
        arranged = derive(variant, chosen[0])
        console.line(agreement_sheet(arranged, variant.catalog, console.width()).rstrip("\n"))
        for one in known_when:
            _engagement(one, variant)
    return DONE


def _known_when(scenario: Scenario, variant: Variant, id: str) -> tuple[Engagement, ...]:
    from longroad.study.agreement_graph import information_graph

    return information_graph(scenario, variant, id)


def _engagement(one: Engagement, variant: Variant) -> None:
    """Print one engagement event by event: when, by whom, on whose data."""
    told = one.told
    threat = next(threat for threat in variant.threats if threat.id == one.missile)
    party = next(party for party in variant.parties if party.id == one.party)
    latitude, longitude = (math.degrees(angle) for angle in told.aim_rad)
    console.line()
    console.line(
        text(
            "agreement.times.head",
            party=party.name,
            missile=threat.name,
            shape=told.shape,
            launch_area=told.launch_area,
            latitude=f"{latitude:.1f}",
            longitude=f"{longitude:.1f}",
        )
    )
    rows = [
        (
            text(f"agreement.event.{event.event}"),
            f"{event.time_s:.0f} s" if math.isfinite(event.time_s) else text("agreement.never"),
            event.actor,
            event.path,
        )
        for event in told.events
    ]
    console.table(columns("event", "time", "actor", "path"), rows)


def _listed(chosen: list[Agreement]) -> list[tuple[object, ...]]:
    return [
        (one.id, one.architecture, one.date, ", ".join(p.id for p in one.members), one.name)
        for one in chosen
    ]


def _bundle_row(bundle: Bundle) -> dict[str, Any]:
    from longroad.agreement.telling import bundle_in_words

    return {
        **_head(bundle),
        "proposed_by": bundle.proposed_by,
        "roles": bundle.roles,
        "assets": bundle.assets,
        "areas": bundle.areas,
        "provisions": [_provision(told) for told in bundle_in_words(bundle)],
    }


def _agreement_row(
    arranged: Arrangement, known_when: tuple[Engagement, ...] = ()
) -> dict[str, Any]:
    from longroad.agreement import best
    from longroad.agreement.telling import agreement_in_words

    one = arranged.agreement
    return {
        **_head(one),
        "bundle": one.bundle,
        "proposed_by": [party.id for party in one.proposed_by],
        "members": [party.id for party in one.members],
        "provisions": [_provision(told) for told in agreement_in_words(one)],
        "parties": [
            {
                "party": id,
                "mode": arranged.authority[id].mode,
                "asks": [party.id for party in arranged.authority[id].asks],
                "consent_delay_s": arranged.authority[id].delay_s(best),
                "consent_probability": arranged.authority[id].consent(best),
                "sensors": _sensors(information),
            }
            for id, information in arranged.information.items()
        ],
        "exposure": [
            {
                "provision": shown.provision,
                "giver": shown.giver,
                "asset": shown.asset,
                "receiver": shown.receiver,
                "aspects": shown.aspects,
                "depth": shown.depth.name if shown.depth is not None else None,
                "through": shown.through,
            }
            for shown in arranged.exposure
        ],
        "times": [
            {
                "party": met.party,
                "missile": met.missile,
                "shape": met.told.shape,
                "launch_area": met.told.launch_area,
                "aim_latitude_deg": math.degrees(met.told.aim_rad[0]),
                "aim_longitude_deg": math.degrees(met.told.aim_rad[1]),
                "events": [
                    {
                        "event": event.event,
                        "time_s": event.time_s if math.isfinite(event.time_s) else None,
                        "actor": event.actor,
                        "path": event.path,
                    }
                    for event in met.told.events
                ],
            }
            for met in known_when
        ],
    }


def _sensors(information: Information) -> list[dict[str, Any]]:
    """Return every way by which a party has the data of others; times by best estimates."""
    from longroad.agreement import best

    return [
        {
            "sensor": feed.sensor.id,
            "owner": feed.sensor.owner.id,
            "depth": feed.depth.name,
            "latency_s": feed.latency_s(best),
            "availability": feed.availability(best),
            "parties": feed.parties,
            "links": [link.id for link in feed.links],
        }
        for feed in information.feeds
        if not feed.own
    ]


def _head(one: Bundle | Agreement) -> dict[str, Any]:
    names = ("id", "name", "architecture", "date", "topology", "legal_form", "commands")
    return {
        **{name: getattr(one, name) for name in names},
        "threat_scope": one.threat_scope,
        "territory_scope": one.territory_scope,
        "note": one.note,
        "sources": one.sources,
    }


def _provision(told: Told) -> dict[str, Any]:
    return {
        "id": told.provision,
        "kind": told.kind,
        "says": told.says,
        "shows": told.shows,
        "status": told.status,
        "sources": told.sources,
        "author": told.author,
        "reason": told.reason,
    }
