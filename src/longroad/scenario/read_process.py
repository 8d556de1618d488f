"""How a deal comes about and into force: ratification, patience, trust, stages."""

from __future__ import annotations

from longroad.scenario.dates import read_date
from longroad.scenario.form import validate
from longroad.scenario.negotiation import (
    Basis,
    Estimate,
    Patience,
    Ratification,
    Stage,
    Trust,
)
from longroad.scenario.node import Node
from longroad.scenario.read_estimate import read_estimate
from longroad.scenario.read_interests import (
    ENDS,
    Table,
    entries,
    known_key,
    read_choices,
    read_red_line,
)
from longroad.scenario.references import check_source, known_id
from longroad.scenario.written_negotiation import (
    WrittenPatience,
    WrittenRatification,
    WrittenStage,
    WrittenTrust,
)


def read_ratification(
    node: Node | None, basis: Basis | None, table: Table
) -> tuple[Ratification, ...]:
    """Return who else has to agree, for each party that has such a body."""
    found = []
    for party, child in entries(node, table.faults).items():
        if not known_key(child, party, "party", table.parties, table.faults):
            continue
        before = len(table.faults)
        form = validate(WrittenRatification, child, table.faults)
        check_source(child.get("source"), table.catalog, table.faults)
        demand = read_estimate(
            child.get("demand"),
            basis,
            table.catalog,
            table.faults,
            low=-1.0,
            high=1.0,
            fixed=(0.0,),
        )
        vetoes = [
            read_red_line(id, one, party, basis, table)
            for id, one in entries(child.get("vetoes"), table.faults).items()
        ]
        if form is not None and form.needed > form.members:
            table.faults.at(
                child.mapping["needed"],
                f"{form.needed} of {form.members} members cannot agree",
                expected=f"at most {form.members}",
            )
        if form is None or demand is None or len(table.faults) > before:
            continue
        kept = tuple(one for one in vetoes if one is not None)
        found.append(
            Ratification(party, form.body, form.members, form.needed, demand, form.source, kept)
        )
    return tuple(found)


def read_patience(node: Node | None, basis: Basis | None, table: Table) -> Patience | None:
    """Return discounts and elections."""
    if node is None or validate(WrittenPatience, node, table.faults) is None:
        return None
    discount = _by_party(node.get("discount"), basis, table, high=1.0, fixed=())
    elections = []
    elected = node.get("elections")
    for child in elected.items if elected is not None else ():
        party = known_id(child.get("party"), "party", table.parties, table.faults)
        date = read_date(child.get("date"), table.faults)
        source = child.get("source")
        check_source(source, table.catalog, table.faults)
        if party is not None and date is not None and source is not None:
            elections.append((party, date, str(source.value)))
    return Patience(discount, tuple(elections))


def _by_party(
    node: Node | None,
    basis: Basis | None,
    table: Table,
    *,
    high: float = 1.0,
    fixed: tuple[float, ...] = ENDS,
) -> dict[str, Estimate]:
    """Return a number from 0 to ``high`` for every party."""
    found = {}
    for party, child in node.mapping.items() if node is not None else ():
        if known_key(child, party, "party", table.parties, table.faults):
            number = read_estimate(
                child, basis, table.catalog, table.faults, low=0.0, high=high, fixed=fixed
            )
            if number is not None:
                found[party] = number
    for party in table.parties:
        if node is not None and party not in node.mapping:
            table.faults.at(
                node, f"nothing stands here for '{party}'", expected="a number for every party"
            )
    return found


def read_trust(node: Node | None, basis: Basis | None, table: Table) -> Trust | None:
    """Return trust at the start, and mimicry."""
    if node is None or validate(WrittenTrust, node, table.faults) is None:
        return None
    start = _by_party(node.get("start"), basis, table)
    mimic = read_estimate(
        node.get("mimic"), basis, table.catalog, table.faults, low=0.0, high=1.0, fixed=ENDS
    )
    return Trust(start, mimic) if mimic is not None else None


def read_stages(node: Node | None, basis: Basis | None, table: Table) -> tuple[Stage, ...]:
    """Return the steps of a roadmap, in the order written."""
    found = []
    for id, child in entries(node, table.faults).items():
        form = validate(WrittenStage, child, table.faults)
        choices = read_choices(child.get("choices"), table, None, False)
        exposure = _by_party(child.get("exposure"), basis, table)
        detection = read_estimate(
            child.get("detection"),
            basis,
            table.catalog,
            table.faults,
            low=0.0,
            high=1.0,
            fixed=ENDS,
        )
        years = read_estimate(child.get("years"), basis, table.catalog, table.faults, low=0.0)
        if form is None or choices is None or detection is None or years is None:
            continue
        found.append(
            Stage(id, form.name, choices, detection, exposure, years, form.milestone, form.exit)
        )
    return tuple(found)
