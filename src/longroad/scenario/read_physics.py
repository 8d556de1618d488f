"""How the options of a negotiation become cases of its scenario.

What only the scenario knows (agreements, claims, variants, seas) is checked when it is evaluated.
"""

from __future__ import annotations

from functools import partial

from longroad.base import units
from longroad.base.errors import LongroadError, nearest
from longroad.scenario.form import listed, validate
from longroad.scenario.negotiation import Assumed, Effect, Physics
from longroad.scenario.node import Node
from longroad.scenario.read_interests import Table, entries, known_key
from longroad.scenario.written_negotiation import WrittenAssumed, WrittenEffect, WrittenPhysics

ADOPTED = "adopted"


def read_physics(node: Node | None, table: Table) -> Physics | None:
    """Return what the section ``physics`` says; None where there is none, or after a fault."""
    if node is None:
        return None
    before = len(table.faults)
    form = validate(WrittenPhysics, node, table.faults)
    if form is None:
        return None
    assumed = tuple(
        one
        for id, child in entries(node.get("assumptions"), table.faults).items()
        if (one := _assumed(id, child, table)) is not None
    )
    effects = {
        issue: _effects(issue, child, table)
        for issue, child in node.mapping["effects"].mapping.items()
        if _physical(issue, child, table)
    }
    for party, child in node.mapping["held"].mapping.items():
        known_key(child, party, "party", table.parties, table.faults)
    for party in table.parties:
        if party not in form.held:
            table.faults.at(
                node.mapping["held"],
                f"nothing says what '{party}' takes for true",
                expected=f"'{ADOPTED}' or an assumption set for every party",
            )
    if "retaliation-kept" in form.outcomes.values() and form.deterrent is None:
        table.faults.at(node, "nobody's retaliation is meant", expected="'deterrent'")
    if len(table.faults) > before:
        return None
    return Physics(
        form.variant, form.defender, form.deterrent, form.towards, form.outcomes, effects, assumed,
        form.held,
    )  # fmt: skip


def _physical(issue: str, node: Node, table: Table) -> bool:
    if not known_key(node, issue, "issue", table.issues, table.faults):
        return False
    if table.issues[issue].physics is None:
        table.faults.at(
            node, f"the issue '{issue}' is not marked as physical",
            expected=f"'physics' at issues.{issue}", on_key=True,
        )  # fmt: skip
        return False
    return True


def _effects(issue: str, node: Node, table: Table) -> dict[str, Effect]:
    options = table.issues[issue].option_ids
    found = {}
    for option, child in node.mapping.items():
        if option not in options:
            table.faults.at(
                child, f"'{option}' is not an option of '{issue}'", expected=listed(list(options)),
                nearest=partial(nearest, option, options), on_key=True,
            )  # fmt: skip
            continue
        form = validate(WrittenEffect, child, table.faults)
        if form is not None:
            found[option] = Effect(
                form.agreement,
                _speed(child.get("speed_on_land"), table),
                _speed(child.get("speed_at_sea"), table),
                form.number,
                form.out_of_reach,
                tuple(form.closed_waters or ()),
            )
    return found


def _speed(node: Node | None, table: Table) -> float | None:
    if node is None:
        return None
    try:
        return units.read(str(node.value), "speed").value
    except LongroadError as fault:
        table.faults.at(node, fault.what, expected=fault.expected, nearest=fault.nearest)
        return None


def _assumed(id: str, node: Node, table: Table) -> Assumed | None:
    form = validate(WrittenAssumed, node, table.faults)
    if form is None:
        return None
    if id == ADOPTED:
        table.faults.at(node, f"'{ADOPTED}' is always there", expected="another id", on_key=True)
    return Assumed(id, form.name, dict(form.claims or {}), form.early, form.batteries)
