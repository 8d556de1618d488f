"""The measure of a claim about a deterrent: whose force, against whose defence, in what state."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from longroad.catalog import Catalog
from longroad.scenario.claim import ExchangeMeasure, Posture
from longroad.scenario.faults import Faults
from longroad.scenario.form import written
from longroad.scenario.model import Variant
from longroad.scenario.negotiation import Negotiation
from longroad.scenario.node import Node
from longroad.scenario.reach_claim import read_delay
from longroad.scenario.references import known_id
from longroad.scenario.world import EndPoint

READINGS = ("adopted", "owner-extreme", "defender-extreme")


def read_exchange_measure(
    node: Node, outcome: str, variants: tuple[Variant, ...], catalog: Catalog, faults: Faults,
    talks: Callable[[], Negotiation | None],
) -> ExchangeMeasure | None:  # fmt: skip
    """Return a measure whose form is sound, or None with every fault of its names.

    ``talks`` loads the negotiation beside the scenario, whose sets a measure may name.
    """
    before = len(faults)
    by_id = {variant.id: variant for variant in variants}
    name = known_id(node.get("variant"), "variant", by_id, faults)
    if name is None:
        return None
    variant = by_id[name]
    parties = [party.id for party in variant.parties]
    party = known_id(node.get("party"), "party", parties, faults)
    owner = known_id(node.get("owner"), "party", parties, faults)
    if party is not None and not any(b.owner.id == party for b in variant.batteries):
        faults.at(
            node.mapping["party"], f"'{party}' has no battery in this variant",
            expected="a party that has one",
        )  # fmt: skip
    if owner is not None:
        _owner(node, owner, party, variant, catalog, faults)
    delay = read_delay(node.get("delay"), faults)
    _assumptions(node.get("assumptions"), variant, talks, faults)
    if len(faults) > before or party is None or owner is None:
        return None
    assumptions = node.get("assumptions")
    return ExchangeMeasure(
        measure=outcome,
        variant=name,
        party=party,
        owner=owner,
        towards=str(node.mapping["towards"].value),
        posture=cast(Posture, node.mapping["posture"].value),
        delay_s=delay,
        assumptions="adopted" if assumptions is None else str(assumptions.value),
    )


def _assumptions(
    node: Node | None, variant: Variant, talks: Callable[[], Negotiation | None], faults: Faults
) -> None:
    """Check the name of a reading: adopted, an extreme, a party's set, or <quantity id>=<claim>."""
    if node is None or "=" in str(node.value) or node.value in READINGS:
        return
    known = [*READINGS, *(one.id for one in variant.assumptions)]
    known += [
        f"{party.id}-{mode}" for party in variant.parties for mode in ("stated", "attributed")
    ]
    negotiation = talks()
    if negotiation is not None and negotiation.physics is not None:
        known += [name for name in negotiation.physics.held.values() if name not in known]
    known_id(node, "set of assumptions", known, faults)


def _owner(
    node: Node, owner: str, party: str | None, variant: Variant, catalog: Catalog, faults: Faults
) -> None:
    """Check that a party has a force whose flights end where the claim says."""
    at = node.mapping["owner"]
    forces = dict.fromkeys(entry.facts["party"] for entry in catalog.entries("force"))
    if owner == party:
        faults.at(at, f"'{owner}' is the defender too", expected="another party")
    elif owner not in forces:
        faults.at(
            at, f"{written(at)} has no strategic force in the catalogue",
            expected="a party among " + ", ".join(sorted(forces)),
        )  # fmt: skip
    else:
        own = [group for group in variant.trajectories if group.owner.id == owner]
        known = dict.fromkeys(end_country(end, catalog) for group in own for end in group.ends)
        known_id(node.get("towards"), f"end point of '{owner}' in", known, faults)


def end_country(end: EndPoint, catalog: Catalog) -> str:
    """Return the country of an end point, or its own id where the catalogue does not place it."""
    reference = end.position.reference
    if reference is None or not reference.startswith("site/"):
        return end.id
    return catalog.entry(reference).country or end.id
