"""The claims register: what named people or documents said, and the measure that would test it.

``claims.yaml`` stands beside ``scenario.yaml``. A claim is fixed with measure and threshold
before the run, whoever made it, in one form for all sides; a run then finds under which
assumptions it holds and under which it fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from longroad.base import units
from longroad.base.errors import LongroadError, nearest
from longroad.base.ids import slug
from longroad.catalog import Catalog
from longroad.scenario.agreement import NO_AGREEMENT
from longroad.scenario.bargain_claim import WrittenBargainMeasure, read_bargain_measure
from longroad.scenario.claim import (
    BARGAIN_MEASURES,
    COVERAGE_MEASURES,
    EXCHANGE_MEASURES,
    MEASURES,
    REACH_MEASURES,
    AnyMeasure,
    BargainMeasure,
    Claim,
    ExchangeMeasure,
    Measure,
    ReachMeasure,
    Threshold,
)
from longroad.scenario.dates import read_date
from longroad.scenario.exchange_claim import read_exchange_measure
from longroad.scenario.faults import Faults
from longroad.scenario.form import listed, validate, written
from longroad.scenario.model import Variant
from longroad.scenario.negotiation import Negotiation
from longroad.scenario.node import Node, dotted
from longroad.scenario.origin import Origin
from longroad.scenario.reach_claim import read_reach_measure
from longroad.scenario.references import check_source, known_id
from longroad.scenario.values import read_measure
from longroad.scenario.written import (
    Form,
    WrittenClaim,
    WrittenClaims,
    WrittenExchangeMeasure,
    WrittenMeasure,
    WrittenReachMeasure,
)

MOST_CLAIMS = 500


@dataclass(frozen=True)
class About:
    """What the readers of measures share; ``negotiation`` loads that beside the scenario."""

    variants: tuple[Variant, ...]
    catalog: Catalog
    faults: Faults
    negotiation: Callable[[], Negotiation | None]


@dataclass(frozen=True)
class Kind:
    """A kind of measure: its names and their dimensions, its form and its reader.

    ``marks`` are fields that this kind alone has, so that a misspelt measure finds its kind.
    """

    measures: Mapping[str, str]
    form: type[Form]
    marks: tuple[str, ...]
    read: Callable[[Node, str, About], AnyMeasure | None]


def _nothing() -> None:
    return None


def read_claims(
    root: Node,
    scenario_id: str,
    variants: tuple[Variant, ...],
    catalog: Catalog,
    faults: Faults,
    negotiation: Callable[[], Negotiation | None] = _nothing,
) -> tuple[Claim, ...]:
    """Return the claims of a file that belongs to the scenario, in the order written.

    ``negotiation`` is called once, and only for a claim about one.
    """
    about = About(variants, catalog, faults, negotiation)
    claims_node = root.get("claims")
    head = validate(WrittenClaims, _without(root, "claims"), faults)
    if head is not None and head.scenario != scenario_id:
        faults.at(
            root.mapping["scenario"],
            f"these claims are about '{head.scenario}'",
            expected=f"'{scenario_id}', the id of the scenario beside this file",
        )
    if claims_node is None:
        return ()
    if not isinstance(claims_node.value, dict) or not claims_node.value:
        faults.at(claims_node, "no claims stand here", expected="claims by id")
        return ()
    if len(claims_node.value) > MOST_CLAIMS:
        faults.at(claims_node, "there are too many claims", expected=f"at most {MOST_CLAIMS}")
        return ()
    claims = (_claim(i, n, about) for i, n in claims_node.value.items())
    return tuple(claim for claim in claims if claim is not None)


def _claim(id: str, node: Node, about: About) -> Claim | None:
    faults = about.faults
    before = len(faults)
    try:
        slug(id)
    except LongroadError as fault:
        faults.at(node, fault.what, expected=fault.expected, nearest=fault.nearest, on_key=True)
    measure_node = node.get("measure")
    form = validate(WrittenClaim, _without(node, "measure"), faults)
    check_source(node.get("source"), about.catalog, faults)
    said_on = read_date(node.get("date"), faults)
    fixed_on = read_date(node.get("fixed_on"), faults, whole=True)
    measure = _measure(measure_node, about)
    threshold = _threshold(node.get("threshold"), measure, faults)
    if said_on is not None and fixed_on is not None and fixed_on[: len(said_on)] < said_on:
        faults.at(
            node.mapping["fixed_on"],
            "the measure was fixed before the claim was made",
            expected=f"a date from {said_on} on",
        )
    if form is None or fixed_on is None or len(faults) > before:
        return None
    assert measure is not None
    assert threshold is not None
    origin = Origin(node.key_line, dotted(node.path))
    return Claim(
        id,
        form.who,
        form.said,
        said_on,
        form.source,
        measure,
        threshold,
        fixed_on,
        form.note,
        origin,
    )


def _without(node: Node, name: str) -> Node:
    """Return a mapping in which one entry, which is read apart, is only there."""
    entries = {
        key: Node("-", child.line, child.key_line, child.path)
        if key == name and child.value is not None
        else child
        for key, child in node.mapping.items()
    }
    return Node(
        entries if isinstance(node.value, dict) else node.value,
        node.line,
        node.key_line,
        node.path,
        node.removed,
    )


def _measure(node: Node | None, about: About) -> AnyMeasure | None:
    if node is None or node.value is None:
        return None  # reported with the form
    outcome = node.get("outcome")
    kind = _kind(node, outcome)
    if validate(kind.form, node, about.faults) is None or outcome is None:
        return None
    name = str(outcome.value)
    if name in kind.measures or kind is KINDS[-1]:
        return kind.read(node, name, about)
    _known_outcome(outcome, about.faults)
    return None


def _kind(node: Node, outcome: Node | None) -> Kind:
    """Return the kind that a measure's name says, else its fields; coverage without either."""
    name = str(outcome.value) if outcome is not None else None
    named = [kind for kind in KINDS if name in kind.measures]
    marked = [kind for kind in KINDS if any(node.get(mark) is not None for mark in kind.marks)]
    return (named or marked or [KINDS[-1]])[0]


def _known_outcome(outcome: Node, faults: Faults) -> None:
    if str(outcome.value) not in MEASURES:
        faults.at(
            outcome,
            f"{written(outcome)} is not a measure",
            expected=listed(list(MEASURES)),
            nearest=nearest(str(outcome.value), MEASURES),
        )


def _reach(node: Node, outcome: str, about: About) -> ReachMeasure | None:
    return read_reach_measure(node, outcome, about.variants, about.catalog, about.faults)


def _exchange(node: Node, outcome: str, about: About) -> ExchangeMeasure | None:
    return read_exchange_measure(
        node, outcome, about.variants, about.catalog, about.faults, about.negotiation
    )


def _bargain(node: Node, outcome: str, about: About) -> BargainMeasure | None:
    talks = about.negotiation()
    return read_bargain_measure(node, outcome, talks, about.catalog, about.faults)


def _coverage(node: Node, outcome: str, about: About) -> Measure | None:
    faults = about.faults
    before = len(faults)
    _known_outcome(node.mapping["outcome"], faults)
    by_id = {variant.id: variant for variant in about.variants}
    name = known_id(node.get("variant"), "variant", by_id, faults)
    if name is None:
        return None
    variant = by_id[name]
    parties = {party.id: party for party in variant.parties}
    party = known_id(node.get("party"), "party", parties, faults)
    missile = known_id(node.get("missile"), "threat", [t.id for t in variant.threats], faults)
    agreements = [agreement.id for agreement in variant.agreements]
    agreement = NO_AGREEMENT
    if node.get("agreement") is not None:
        agreement = known_id(node.get("agreement"), "agreement", agreements, faults) or agreement
    countries = node.get("countries")
    defended = parties[party].defends if party is not None else ()
    for member in countries.items if countries is not None and party is not None else ():
        if isinstance(member.value, str) and member.value not in defended:
            faults.at(
                member,
                f"{written(member)} is not in the territory of '{party}'",
                expected=listed(list(defended)),
                nearest=nearest(member.value, defended),
            )
    if party is None or missile is None or len(faults) > before:
        return None
    chosen = tuple(str(member.value) for member in countries.items) if countries else ()
    return Measure(outcome, name, party, missile, chosen, agreement)


# The last one is meant where nothing says which.
KINDS = (
    Kind(REACH_MEASURES, WrittenReachMeasure, ("trajectories",), _reach),
    Kind(EXCHANGE_MEASURES, WrittenExchangeMeasure, ("posture",), _exchange),
    Kind(BARGAIN_MEASURES, WrittenBargainMeasure, ("packages", "choices"), _bargain),
    Kind(COVERAGE_MEASURES, WrittenMeasure, (), _coverage),
)


def _threshold(node: Node | None, measure: AnyMeasure | None, faults: Faults) -> Threshold | None:
    if node is None or not isinstance(node.value, dict):
        return None
    given = [name for name in ("at_least", "at_most") if name in node.mapping]
    if len(given) != 1:
        faults.at(
            node,
            f"a threshold with {len(given)} bounds",
            expected="either 'at_least' or 'at_most', such as {at_least: 90 %}",
        )
        return None
    bound = node.mapping[given[0]]
    if measure is None:
        return None  # which dimension it should have is not known
    dimension = MEASURES[measure.measure]
    value = read_measure(bound, dimension, faults)
    if value is None:
        return None
    if dimension == "fraction" and not 0.0 <= value.value <= 1.0:
        faults.at(bound, "this fraction is out of range", expected="0 % to 100 %")
        return None
    if value.unit == units.BARE and dimension != "count":
        faults.at(bound, "this threshold has no unit", expected="a number with its unit: 90 %")
        return None
    return Threshold(given[0], value.value, value.unit)
