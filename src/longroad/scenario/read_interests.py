"""What a party wants, and what it refuses, out of a negotiation file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from longroad.base.errors import LongroadError, nearest
from longroad.base.ids import slug
from longroad.catalog import Catalog
from longroad.scenario.faults import Faults
from longroad.scenario.form import listed, validate, written
from longroad.scenario.negotiation import (
    Basis,
    Bound,
    Curve,
    Estimate,
    Interests,
    Issue,
    Negotiator,
    RedLine,
    Reservation,
    Together,
    Weights,
)
from longroad.scenario.node import Node, dotted
from longroad.scenario.origin import Origin
from longroad.scenario.read_estimate import read_basis, read_estimate
from longroad.scenario.references import check_source, known_id
from longroad.scenario.written_negotiation import (
    WrittenCurve,
    WrittenInterests,
    WrittenRedLine,
    WrittenReservation,
    WrittenTogether,
    WrittenWeights,
)

ENDS = (0.0, 1.0)


@dataclass(frozen=True)
class Table:
    """What the readers of a negotiation share: who, what, the bibliography, the faults."""

    parties: Mapping[str, Negotiator]
    issues: Mapping[str, Issue]
    has_no_deal: bool
    catalog: Catalog
    faults: Faults


def entries(node: Node | None, faults: Faults) -> dict[str, Node]:
    """Return named entries, each with a fault when its id is no slug."""
    if node is None or node.value is None:
        return {}
    if not isinstance(node.value, dict):
        faults.at(node, f"{written(node)} is not a group", expected="entries by id")
        return {}
    for id, child in node.value.items():
        try:
            slug(id)
        except LongroadError as fault:
            faults.at(
                child, fault.what, expected=fault.expected, nearest=fault.nearest, on_key=True
            )
    return node.value


def known_key(node: Node, key: str, noun: str, known: Mapping[str, object], faults: Faults) -> bool:
    """Return whether an entry's key is an id that exists, else add a fault."""
    if key in known:
        return True
    names = list(known)
    faults.at(
        node,
        f"there is no {noun} '{key}' in this negotiation",
        expected=listed(names),
        nearest=partial(nearest, key, names),
        on_key=True,
    )
    return False


def read_conditions(node: Node | None, table: Table) -> dict[str, tuple[str, ...]]:
    """Return options by issue: one id, or a list of ids, for each."""
    found: dict[str, tuple[str, ...]] = {}
    for id, child in node.mapping.items() if node is not None else ():
        if not known_key(child, id, "issue", table.issues, table.faults):
            continue
        options = table.issues[id].option_ids
        members = child.items if isinstance(child.value, list) else [child]
        names = [_option(member, id, options, table.faults) for member in members]
        if not names:
            table.faults.at(child, "nothing stands here", expected=listed(list(options)))
        kept = tuple(name for name in names if name is not None)
        if set(kept) == set(options):
            table.faults.at(
                child,
                f"these are all options of '{id}', so that this says nothing",
                expected="some of them, or no entry for this issue",
            )
        if len(kept) == len(members) and kept:
            found[id] = kept
    return found


def _option(node: Node, issue: str, options: tuple[str, ...], faults: Faults) -> str | None:
    if node.value in options:
        return str(node.value)
    faults.at(
        node,
        f"{written(node)} is not an option of '{issue}'",
        expected=listed(list(options)),
        nearest=partial(nearest, str(node.value), options),
    )
    return None


def read_choices(
    node: Node | None, table: Table, rest: Mapping[str, str] | None, whole: bool
) -> dict[str, str] | None:
    """Return one option for every issue; those not named are taken from ``rest``.

    With ``whole`` an issue left out is a fault where ``rest`` says nothing about it.
    """
    before = len(table.faults)
    found: dict[str, str] = {}
    for id, child in node.mapping.items() if node is not None else ():
        if not known_key(child, id, "issue", table.issues, table.faults):
            continue
        if isinstance(child.value, list):
            table.faults.at(
                child,
                f"a package holds {len(child.items)} options of '{id}'",
                expected="one option of each issue",
            )
            continue
        option = _option(child, id, table.issues[id].option_ids, table.faults)
        if option is not None:
            found[id] = option
    if node is not None and whole and rest is None:
        missing = [id for id in table.issues if id not in node.mapping]
        if missing:
            table.faults.at(
                node,
                f"the package says nothing about {listed_plain(missing)}",
                expected="an option for every issue (or 'no_deal', which fills in the rest)",
            )
    return (dict(rest or {}) | found) if len(table.faults) == before else None


def listed_plain(names: list[str], most: int = 6) -> str:
    """Return names in one phrase."""
    return ", ".join(f"'{name}'" for name in names[:most]) + (" ..." if len(names) > most else "")


def read_red_line(
    id: str, node: Node, party: str, basis: Basis | None, table: Table
) -> RedLine | None:
    """Return one red line."""
    before = len(table.faults)
    form = validate(WrittenRedLine, node, table.faults)
    check_source(node.get("source"), table.catalog, table.faults)
    members = {member.id: member for member in table.parties[party].members}
    holder = party
    if node.get("holder") is not None:
        holder = known_id(node.get("holder"), "member", members, table.faults) or party
    conditions, bounds = _split(node.get("forbids"), table)
    forbids = read_conditions(conditions, table)
    real = read_estimate(
        node.get("real"), basis, table.catalog, table.faults, low=0.0, high=1.0, fixed=ENDS
    )
    if form is None or real is None or len(table.faults) > before:
        return None
    origin = Origin(node.key_line, dotted(node.path))
    return RedLine(
        id, form.name, party, holder, forbids, bounds, real, form.source, form.note, origin
    )


def _split(node: Node | None, table: Table) -> tuple[Node | None, tuple[Bound, ...]]:
    """Part the conditions on options from those on outcomes."""
    if node is None or not isinstance(node.value, dict):
        return None, ()
    options, bounds = {}, []
    for key, child in node.mapping.items():
        if not isinstance(child.value, dict):
            options[key] = child
            continue
        ((sense, bound),) = child.mapping.items() if len(child.mapping) == 1 else ((None, child),)
        value = bound.value
        if (
            sense not in ("below", "above")
            or isinstance(value, bool)
            or not isinstance(value, int | float)
        ):
            table.faults.at(
                child, "this is no bound on an outcome", expected="{below: 0.9} or {above: 10}"
            )
        else:
            bounds.append(Bound(key, sense, float(value)))  # type: ignore[arg-type]
    return Node(options, node.line, node.key_line, node.path), tuple(bounds)


def read_interests(party: str, node: Node, outer: Basis | None, table: Table) -> Interests | None:
    """Return what one party wants."""
    faults, before = table.faults, len(table.faults)
    if validate(WrittenInterests, node, faults) is None:
        return None
    basis = read_basis(node.get("basis"), outer, table.catalog, faults)
    weights = _weights(node.get("weights"), basis, table)
    values = {
        id: found
        for id, child in node.get("values").mapping.items()  # type: ignore[union-attr]
        if known_key(child, id, "issue", table.issues, faults)
        and (found := _values(id, child, basis, table)) is not None
    }
    together = [
        _together(id, n, basis, table) for id, n in entries(node.get("together"), faults).items()
    ]
    curves = (
        [_curve(id, n, basis, table) for id, n in (node.get("curves") or node).mapping.items()]
        if node.get("curves") is not None
        else []
    )
    reservation = _reservation(node.get("reservation"), basis, table)
    lines = [
        read_red_line(id, child, party, basis, table)
        for id, child in entries(node.get("red_lines"), faults).items()
    ]
    if weights is not None:
        _weighed(node, weights, values, bool(curves), table)
        _asked(node.mapping["weights"].get("asked"), values, table)
    if len(faults) > before or weights is None or reservation is None:
        return None
    return Interests(
        party=party,
        weights=weights,
        values=values,
        together=tuple(one for one in together if one is not None),
        curves=tuple(one for one in curves if one is not None),
        reservation=reservation,
        red_lines=tuple(line for line in lines if line is not None),
    )


def _weights(node: Node | None, outer: Basis | None, table: Table) -> Weights | None:
    faults = table.faults
    if node is None or validate(WrittenWeights, node, faults) is None:
        return None
    kinds = [kind for kind in ("swing", "order", "any") if node.get(kind) is not None]
    if len(kinds) != 1:
        faults.at(node, f"weights in {len(kinds)} ways", expected="one of swing, order, any")
        return None
    basis = read_basis(node.get("basis"), outer, table.catalog, faults)
    if basis is None:
        if node.get("basis") is None:
            faults.at(node, "these weights do not say what they rest on", expected="'basis'")
        return None
    if kinds == ["any"]:
        return Weights("any", {}, (), basis)
    if kinds == ["order"]:
        return _order(node.mapping["order"], basis, table)
    swing: dict[str, Estimate] = {}
    for id, child in node.mapping["swing"].mapping.items():
        if known_key(child, id, "issue", table.issues, faults):
            points = read_estimate(child, basis, table.catalog, faults, low=0.0, fixed=(0.0,))
            if points is not None:
                swing[id] = points
    return Weights("swing", swing, (), basis)


def _order(node: Node, basis: Basis, table: Table) -> Weights | None:
    groups, seen = [], set()
    for member in node.items:
        group = []
        for one in member.items if isinstance(member.value, list) else [member]:
            id = known_id(one, "issue", table.issues, table.faults)
            if id in seen:
                table.faults.at(one, f"'{id}' is listed twice", expected="each issue once")
            elif id is not None:
                seen.add(id)
                group.append(id)
        groups.append(tuple(group))
    return Weights("order", {}, tuple(groups), basis)


def _values(
    issue: str, node: Node, basis: Basis | None, table: Table
) -> dict[str, Estimate] | None:
    """Return the value of every option of an issue; the worst can be 0 and the best 1."""
    faults, before = table.faults, len(table.faults)
    known = dict.fromkeys(table.issues[issue].option_ids)
    found: dict[str, Estimate] = {}
    for id, child in node.mapping.items():
        if id not in known:
            faults.at(
                child,
                f"'{id}' is not an option of '{issue}'",
                expected=listed(list(known)),
                nearest=partial(nearest, id, list(known)),
                on_key=True,
            )
            continue
        value = read_estimate(child, basis, table.catalog, faults, low=0.0, high=1.0, fixed=ENDS)
        if value is not None:
            found[id] = value
    missing = [id for id in known if id not in node.mapping]
    if missing:
        faults.at(
            node,
            f"no value is given to {listed_plain(missing)}",
            expected="a value from 0 (worst) to 1 (best) for every option",
            on_key=True,
        )
    if len(faults) > before:
        return None
    if min(v.low for v in found.values()) > 0.0 or max(v.high for v in found.values()) < 1.0:
        faults.at(
            node,
            f"the values of '{issue}' do not reach from 0 to 1",
            expected="0 for the worst option and 1 for the best, since weights speak of that swing",
            on_key=True,
        )
        return None
    return found


def _together(id: str, node: Node, basis: Basis | None, table: Table) -> Together | None:
    if validate(WrittenTogether, node, table.faults) is None:
        return None
    when = read_conditions(node.get("when"), table)
    points = read_estimate(node.get("points"), basis, table.catalog, table.faults)
    if points is None or len(when) != len(node.mapping["when"].mapping):
        return None
    return Together(id, when, points)


def _curve(id: str, node: Node, basis: Basis | None, table: Table) -> Curve | None:
    faults = table.faults
    form = validate(WrittenCurve, node, faults)
    weight = read_estimate(node.get("weight"), basis, table.catalog, faults, low=0.0, fixed=(0.0,))
    if form is None or weight is None or basis is None:
        return None
    pairs = form.points
    fits = all(len(pair) == 2 and 0.0 <= pair[1] <= 1.0 for pair in pairs)
    if not fits or any(a[0] >= b[0] for a, b in pairwise(pairs)):
        faults.at(
            node.mapping["points"],
            "these are not points of a curve",
            expected="pairs of outcome and value from 0 to 1, outcomes rising: [[0, 0], [0.9, 1]]",
        )
        return None
    at, value = zip(*pairs, strict=True)
    return Curve(id, weight, at, value, form.unit, basis)


def _reservation(node: Node | None, basis: Basis | None, table: Table) -> Reservation | None:
    faults = table.faults
    if node is None or validate(WrittenReservation, node, faults) is None:
        return None
    value, package = node.get("value"), node.get("no_deal")
    if (value is None) == (package is None or package.value is not True):
        faults.at(
            node,
            "this party has no reservation value" if value is None else "two reservation values",
            expected="'no_deal: true', the worth of what holds without a deal, or 'value'",
        )
        return None
    if value is None and not table.has_no_deal:
        faults.at(
            node,
            "there is no package 'no_deal' in this negotiation",
            expected="'no_deal' with an option for every issue, or 'value' here",
        )
        return None
    plain = read_estimate(value, basis, table.catalog, faults, low=0.0, high=1.0, fixed=ENDS)
    margin = read_estimate(
        node.get("margin"), basis, table.catalog, faults, low=0.0, high=1.0, fixed=(0.0,)
    )
    if (value is not None and plain is None) or (node.get("margin") is not None and margin is None):
        return None
    return Reservation(value is None, plain, margin)


def _asked(node: Node | None, values: Mapping[str, Mapping[str, Estimate]], table: Table) -> None:
    """Add a fault where an issue's ends are no longer those its weight was asked for.

    A weight speaks of one swing. When the range changes and the weight does not, it means
    something else than was asked.
    """
    for id, child in node.mapping.items() if node is not None else ():
        if not known_key(child, id, "issue", table.issues, table.faults):
            continue
        options = table.issues[id].option_ids
        ends = [_option(member, id, options, table.faults) for member in child.items]
        if len(ends) != 2:
            table.faults.at(child, "this is no swing", expected="[worst option, best option]")
        if len(ends) != 2 or None in ends or id not in values:
            continue
        worst, best = str(ends[0]), str(ends[1])
        now = values[id]
        if now[worst].low > 0.0 or now[best].high < 1.0:
            low = min(options, key=lambda o: now[o].best)
            high = max(options, key=lambda o: now[o].best)
            table.faults.at(
                child,
                f"the weight of '{id}' was asked for the swing from '{worst}' to '{best}', and "
                f"values now run from '{low}' to '{high}'",
                expected="the weight asked anew, and the new ends here",
            )


def _weighed(
    node: Node, weights: Weights, values: Mapping[str, object], curves: bool, table: Table
) -> None:
    """Add faults for weights that sum to zero and for weighted issues that have no values."""
    named = set(weights.swing) or {id for group in weights.order for id in group}
    # Values with a fault of their own are not missing.
    attempted = {*values, *node.mapping["values"].mapping}
    if (
        weights.kind == "swing"
        and not curves
        and all(w.high == 0.0 for w in weights.swing.values())
    ):
        table.faults.at(
            node.mapping["weights"],
            "the weights sum to zero",
            expected="swing points above zero for one issue or more",
        )
    for id in named if weights.kind != "any" else ():
        positive = weights.kind == "order" or weights.swing[id].high > 0.0
        if positive and id not in attempted and table.issues[id].physics is None:
            table.faults.at(
                node.mapping["weights"],
                f"'{id}' has a weight, but its options have no values",
                expected=f"values.{id}, from 0 (worst) to 1 (best)",
            )
    if weights.kind == "any":
        return
    swing = node.mapping["weights"].get("swing")
    written_at_all = named | set(swing.mapping if swing is not None else ())
    for id in values:
        if id not in written_at_all:
            table.faults.at(
                node.mapping["values"].mapping[id],
                f"the options of '{id}' have values, but the issue has no weight",
                expected=f"weights for '{id}' (0 where the party does not care)",
                on_key=True,
            )
