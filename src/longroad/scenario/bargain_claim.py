"""The measure of a claim about a negotiation: whose answer to which packages, which agreements."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Literal

from pydantic import Field

from longroad.base.errors import nearest
from longroad.catalog import Catalog
from longroad.scenario.claim import BargainMeasure
from longroad.scenario.faults import Faults
from longroad.scenario.form import listed
from longroad.scenario.negotiation import Negotiation
from longroad.scenario.node import Node
from longroad.scenario.read_interests import Table, read_conditions
from longroad.scenario.references import known_id
from longroad.scenario.written import Form, Word

OPENINGS = "openings"
# What each measure takes beside its name, and what it cannot do without.
_TAKES = {
    "package_accepted_fraction": ("packages", "party", "ratified"),
    "agreement_exists_fraction": ("choices", "ratified"),
    "gain_fraction": ("packages", "party", "percentile"),
    "years_to_agreement": ("party", "percentile"),
    "years_recorded": ("kind",),
}
_NEEDS = {"package_accepted_fraction": "packages"}


class WrittenBargainMeasure(Form):
    """The figure that tests a claim about the negotiation beside the scenario."""

    outcome: Word = Field(description="a measure of bargaining, such as gain_fraction")
    packages: Word | list[Word] | None = Field(
        None, description="id of a package of the negotiation, a list of ids, or openings: every "
        "package that is somebody's first at the table"
    )  # fmt: skip
    party: Word | list[Word] | None = Field(
        None, description="id of a party of the negotiation, or a list of ids; all when absent"
    )
    choices: dict[str, Word | list[Word]] | None = Field(
        None, description="only packages that hold one of these options, by issue"
    )
    ratified: bool = Field(False, description="true: those at home have to agree too")
    percentile: float | None = Field(
        None, ge=0, le=100, description="a percentile over value assignments, 0 to 100, in place "
        "of the best estimate"
    )  # fmt: skip
    kind: Literal["talks", "ratification", "implementation"] | None = Field(
        None, description="the kind of recorded case: talks, ratification or implementation"
    )


def read_bargain_measure(
    node: Node, outcome: str, negotiation: Negotiation | None, catalog: Catalog, faults: Faults
) -> BargainMeasure | None:
    """Return a measure whose form is sound, or None with every fault of its names."""
    before = len(faults)
    takes = _TAKES[outcome]
    for field, child in node.mapping.items():
        if field not in ("outcome", *takes):
            faults.at(
                child,
                f"'{field}' says nothing about {outcome}",
                expected=listed(list(takes)),
                nearest=partial(nearest, field, takes),
                on_key=True,
            )
    needed = _NEEDS.get(outcome)
    if needed is not None and node.get(needed) is None:
        faults.at(node, f"{outcome} is of no package", expected="'packages'")
    if negotiation is None:
        faults.at(
            node,
            "there is no negotiation beside this scenario that a claim could be about",
            expected="'negotiation.yaml' in the same folder",
        )
        return None
    packages = _packages(node.get("packages"), negotiation, faults)
    known = {party.id: party for party in negotiation.parties}
    parties = _names(node.get("party"), "party", known, faults)
    if outcome == "years_to_agreement" and len(parties) == 1:
        faults.at(node.mapping["party"], "one party waits for nobody", expected="two or more ids")
    issues = {issue.id: issue for issue in negotiation.issues}
    table = Table(known, issues, negotiation.no_deal is not None, catalog, faults)
    choices = read_conditions(node.get("choices"), table)
    if len(faults) > before:
        return None
    percentile, kind = node.get("percentile"), node.get("kind")
    ratified = node.get("ratified")
    return BargainMeasure(
        measure=outcome,
        packages=packages,
        parties=parties,
        choices=choices,
        ratified=ratified is not None and bool(ratified.value),
        percentile=None if percentile is None else float(percentile.value),  # type: ignore[arg-type]
        kind=None if kind is None else str(kind.value),
    )


def _packages(node: Node | None, negotiation: Negotiation, faults: Faults) -> tuple[str, ...]:
    if node is not None and node.value == OPENINGS:
        found = tuple(one.id for one in negotiation.packages if one.opening)
        if not found:
            faults.at(
                node, "no package of the negotiation is an opening",
                expected="'opening: true' at one or more of its packages",
            )  # fmt: skip
        return found
    return _names(node, "package", [one.id for one in negotiation.packages], faults)


def _names(node: Node | None, noun: str, known: Collection[str], faults: Faults) -> tuple[str, ...]:
    """Return one id, or a list of ids, each once and known."""
    found: dict[str, None] = {}
    for member in (node.items or [node]) if node is not None else ():
        name = known_id(member, noun, known, faults)
        if name in found:
            faults.at(member, f"'{name}' is listed twice", expected="each once")
        elif name is not None:
            found[name] = None
    return tuple(found)
