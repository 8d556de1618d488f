"""The tables below the first screen: burden, the day a partner has left, rival claims, numbers."""

from __future__ import annotations

from dataclasses import dataclass

from longroad.base.messages import text
from longroad.dossier.agreement_data import AS_AGREED, NONE, WITHDRAWN
from longroad.dossier.assumptions import (
    Reading,
    adopted_reading,
    claim_value,
    claimant,
    thing_words,
)
from longroad.dossier.numbers import percent
from longroad.dossier.raid_data import (
    LAUNCHED,
    LEAKERS,
    MODES,
    NOTHING,
    PROCEDURE,
    WASTED,
    Group,
    Raids,
    Told,
)
from longroad.dossier.raid_order import apart, pairs
from longroad.dossier.raid_rows import ByMode, between, by_mode, with_error
from longroad.dossier.raid_words import EXACT, by_chance, change, label, one, party_name, signed
from longroad.dossier.reading import ADOPTED
from longroad.study.manifest import Manifest


@dataclass(frozen=True)
class ModeTable:
    """A table whose cells are told under each discrimination."""

    heads: list[str]
    rows: list[tuple[str, list[ByMode]]]


def burden(found: Raids, raid: str) -> ModeTable:
    """Return interceptors launched and wasted by owner, and the change of those launched."""
    dash = text("dossier.format.none")
    owners = found.owners(raid)
    heads = [text("dossier_raids.table.arrangement")]
    for party in owners:
        name = party_name(found, party)
        heads += [text("dossier_raids.burden.owner", party=name)]
        heads += [text("dossier_raids.burden.change", party=name)]
    rows = []
    for group in found.groups(raid):

        def figure(mode: str, party: str, agreement: str = group[0]) -> str:
            launched = found.get(raid, agreement, mode, LAUNCHED, party)
            wasted = found.get(raid, agreement, mode, WASTED, party)
            if launched is None or wasted is None:
                return dash
            values = {"launched": one(launched.best), "wasted": one(wasted.best)}
            return text("dossier_raids.burden.figure", **values)

        def more(mode: str, party: str, agreement: str = group[0]) -> str:
            told = found.difference(raid, agreement, mode, LAUNCHED, party)
            return dash if told is None or agreement == NONE else with_error(told)

        cells: list[ByMode] = []
        for party in owners:
            cells.append({mode: figure(mode, party) for mode in MODES})
            cells.append({mode: more(mode, party) for mode in MODES})
        rows.append((label(found, group), cells))
    return ModeTable(heads, rows)


def day_groups(found: Raids, raid: str) -> list[Group]:
    """Return the agreements, together where nothing differs as agreed nor on any day."""
    alike: dict[tuple, list[str]] = {}
    for number, group in enumerate(found.groups(raid)):
        for agreement in group:
            days = tuple(
                found.get(raid, agreement, mode, LEAKERS, party, day)
                for day in found.days(raid)
                for mode in MODES
                for party in ("", *found.territories(raid))
            )
            if any(days):
                alike.setdefault((number, days), []).append(agreement)
    return [tuple(group) for group in alike.values()]


def days(found: Raids, raid: str) -> ModeTable | None:
    """Return what gets through on the day a partner has left; None where nobody can leave."""
    left = found.days(raid)
    groups = day_groups(found, raid)
    if not left or not groups:
        return None
    heads = [text("dossier_raids.table.arrangement"), text("dossier_raids.days.agreed")]
    heads += [
        text("dossier_raids.days.left", party=party_name(found, day.removeprefix(WITHDRAWN)))
        for day in left
    ]
    rows = [
        (
            label(found, group),
            [
                {mode: _day(found, raid, group[0], mode, day) for mode in MODES}
                for day in (AS_AGREED, *left)
            ],
        )
        for group in groups
    ]
    return ModeTable(heads, rows)


def _day(found: Raids, raid: str, agreement: str, mode: str, day: str) -> str:
    told = found.get(raid, agreement, mode, LEAKERS, "", day)
    gap = found.difference(raid, agreement, mode, LEAKERS, "", day)
    if told is None or gap is None:
        return text("dossier.format.none")
    if change(gap).kind in ("nothing", "noise"):
        return text("dossier_raids.days.as_none", leakers=one(told.best))
    return text("dossier_raids.days.figure", leakers=one(told.best), change=signed(gap.best, 2))


@dataclass(frozen=True)
class Rivals:
    """The claims about one quantity; ``note`` in place of a table where none changes anything."""

    thing: str
    note: str
    table: ModeTable | None


def rivals(manifest: Manifest, found: Raids, raid: str) -> list[Rivals]:
    """Return what gets through where another claim is right, by what is in dispute."""
    things: dict[str, list[Reading]] = {}
    for assumptions in found.rivals(raid):
        reading = Reading.parse(assumptions)
        things.setdefault(reading.thing or "", []).append(reading)
    heads = [
        text(f"dossier_raids.rivals.{key}")
        for key in ("claim", "value", "none", "fewest", "most", "order")
    ]
    made = []
    for thing, readings in things.items():
        adopted = adopted_reading(manifest, thing) if thing else None
        words = text("dossier.rivals.adopted_claim")
        if adopted:
            claim = claimant(manifest, adopted)
            words = text("dossier_raids.rivals.adopted", claimant=claim)
        value = claim_value(manifest, adopted) if adopted else ""
        rows = [(words, _claim(found, raid, ADOPTED, value))]
        rows += [
            (claimant(manifest, one), _claim(found, raid, one.id, claim_value(manifest, one)))
            for one in readings
        ]
        title = thing_words(manifest, thing) if thing else text("dossier.rivals.own_sets")
        if all(_idle(found, raid, one.id) for one in readings):
            note = text("dossier_raids.rivals.idle", thing=title, count=len(readings))
            made.append(Rivals(title, note, None))
        else:
            made.append(Rivals(title, "", ModeTable(heads, rows)))
    return made


def _idle(found: Raids, raid: str, assumptions: str) -> bool:
    """Return whether a claim changes no best estimate of what gets through."""
    for group in found.groups(raid):
        for mode in MODES:
            now = found.get(raid, group[0], mode, LEAKERS, "", AS_AGREED, assumptions)
            usual = found.get(raid, group[0], mode, LEAKERS)
            if now is not None and usual is not None and abs(now.best - usual.best) > EXACT:
                return False
    return True


def _claim(found: Raids, raid: str, assumptions: str, value: str) -> list[ByMode]:
    def told(mode: str, group: Group) -> Told | None:
        return found.get(raid, group[0], mode, LEAKERS, "", AS_AGREED, assumptions)

    def without(mode: str) -> str:
        none = told(mode, (NONE,))
        return one(none.best) if none is not None else text("dossier.format.none")

    def end(mode: str, sign: float) -> str:
        known = [(it.best, g) for g in found.groups(raid) if (it := told(mode, g)) is not None]
        if not known:
            return text("dossier.format.none")
        best, group = min(known, key=lambda pair: sign * pair[0])
        differs = any(
            apart(found, raid, (group, other), mode, assumptions) != 0.0 for _, other in known
        )
        if not differs:
            return text("dossier_raids.rivals.alike")
        named = {"name": label(found, group), "leakers": one(best)}
        return text("dossier_raids.rivals.figure", **named)

    def order(mode: str) -> str:
        if assumptions == ADOPTED:
            return text("dossier.format.none")
        for pair in pairs(found, raid):
            usual = apart(found, raid, pair, mode)
            if usual * apart(found, raid, pair, mode, assumptions) < 0.0:
                names = {"first": label(found, pair[0]), "second": label(found, pair[1])}
                return text("dossier_raids.rivals.turns", **names)
        return text("dossier_raids.rivals.keeps")

    shown = value or text("dossier.format.none")
    return [
        by_mode(lambda _: shown),
        by_mode(without),
        by_mode(lambda mode: end(mode, 1.0)),
        by_mode(lambda mode: end(mode, -1.0)),
        by_mode(order),
    ]


def numbers(found: Raids, raid: str) -> tuple[list[str], list[list[str]]]:
    """Return every figure of the first screen with each kind of spread in its own column."""
    heads = [text("dossier_raids.table.arrangement")]
    heads += [
        text(f"dossier_raids.numbers.{key}")
        for key in ("mode", "outcome", "best", "assumptions", "chance", "error")
    ]
    asked = [(LEAKERS, "")] + [(LEAKERS, party) for party in found.territories(raid)]
    asked += [(outcome, "") for outcome in (NOTHING, LAUNCHED, WASTED, PROCEDURE)]
    rows = []
    for group in found.groups(raid):
        for mode in MODES:
            for outcome, party in asked:
                told = found.get(raid, group[0], mode, outcome, party)
                if told is not None:
                    words = _outcome(found, outcome, party)
                    name = text(f"dossier_raids.mode.{mode}")
                    rows.append([label(found, group), name, words, *_spreads(outcome, told)])
    return heads, rows


def _outcome(found: Raids, outcome: str, party: str) -> str:
    if party:
        return text("dossier_raids.numbers.leakers_to", party=party_name(found, party))
    return text(f"dossier_raids.numbers.{outcome}")


def _spreads(outcome: str, told: Told) -> list[str]:
    dash = text("dossier.format.none")
    chance = by_chance(told)
    if outcome != NOTHING:
        return [one(told.best), between(told) or dash, chance, f"{told.error:.3f}"]
    low, high = told.epistemic_p05, told.epistemic_p95
    spread = dash
    if low is not None and high is not None:
        spread = text("dossier_raids.table.range", low=percent(low), high=percent(high))
    return [percent(told.best), spread, chance, f"{told.error:.3f}"]
