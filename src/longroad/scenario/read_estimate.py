"""Numbers of a negotiation: a value or an interval, and what it rests on."""

from __future__ import annotations

from functools import partial

from longroad.base.errors import nearest
from longroad.base.quantity import LEAST_JUDGEMENT_SPREAD, Status
from longroad.catalog import Catalog
from longroad.scenario.faults import Faults
from longroad.scenario.form import listed, validate, written
from longroad.scenario.negotiation import Basis, Estimate
from longroad.scenario.node import Node
from longroad.scenario.references import check_source
from longroad.scenario.written_negotiation import WrittenBasis

KEYS = ("value", "status", "source", "author", "reason")
SLACK = 1e-9


def read_basis(
    node: Node | None, outer: Basis | None, catalog: Catalog, faults: Faults
) -> Basis | None:
    """Return what the numbers of a group rest on: as written here, else as further out."""
    if node is None or node.value is None:
        return outer
    before = len(faults)
    form = validate(WrittenBasis, node, faults)
    check_source(node.get("source"), catalog, faults)
    if form is None or len(faults) > before:
        return None
    basis = Basis(
        Status(form.status), (form.source,) if form.source else (), form.author, form.reason
    )
    return basis if _stands(basis, node, faults) else None


def _stands(basis: Basis, node: Node, faults: Faults) -> bool:
    if basis.status is Status.JUDGEMENT:
        lacking = [n for n, v in (("author", basis.author), ("reason", basis.reason)) if not v]
        if lacking:
            faults.at(
                node,
                f"this is a judgement without {' and '.join(lacking)}",
                expected="a judgement names its author and its reason",
            )
        return not lacking
    if not basis.sources:
        faults.at(
            node,
            f"this is {basis.status} but names no source",
            expected="'source', the id of an entry of the bibliography",
        )
    return bool(basis.sources)


def read_estimate(
    node: Node | None,
    outer: Basis | None,
    catalog: Catalog,
    faults: Faults,
    *,
    low: float = float("-inf"),
    high: float = float("inf"),
    fixed: tuple[float, ...] = (),
) -> Estimate | None:
    """Return a number with its interval between ``low`` and ``high``, or None with a fault.

    A judgement reaches 20 % of its best to either side, or to the end of the scale; values in
    ``fixed``, the ends by which a scale is defined, may stand alone.
    """
    if node is None or node.value is None:
        return None
    basis, numbers = outer, node
    if isinstance(node.value, dict):
        for key, child in node.mapping.items():
            if key not in KEYS:
                faults.at(
                    child,
                    f"'{key}' is not a field here",
                    expected=listed(list(KEYS)),
                    nearest=partial(nearest, key, KEYS),
                    on_key=True,
                )
                return None
        given = node.get("value")
        if given is None or isinstance(given.value, dict):
            faults.at(node, "the field 'value' is missing", expected="a number or an interval")
            return None
        rest = {key: child for key, child in node.mapping.items() if key != "value"}
        if rest:
            basis = read_basis(
                Node(rest, node.line, node.key_line, node.path), None, catalog, faults
            )
        numbers = given
    ends = _ends(numbers, faults)
    if ends is None or basis is None:
        if (
            basis is None
            and outer is None
            and ends is not None
            and not isinstance(node.value, dict)
        ):
            faults.at(
                node,
                "this number does not say what it rests on",
                expected="'basis' here or further out, or {value: ..., source: ...}",
            )
        return None
    first, best, last = ends
    if not first <= best <= last:
        faults.at(numbers, "this interval is out of order", expected="[low, high], low first")
        return None
    if first < low or last > high:
        faults.at(numbers, f"{written_ends(ends)} is out of range", expected=_range(low, high))
        return None
    if basis.status is Status.JUDGEMENT and not _wide(ends, low, high, fixed):
        faults.at(
            numbers,
            f"the interval of a judgement is too narrow ({written_ends(ends)})",
            expected="low at most 0.8 x best and high at least 1.2 x best, or an end of the scale",
        )
        return None
    return Estimate(first, best, last, len(numbers.items) == 3, basis)


def _ends(node: Node, faults: Faults) -> tuple[float, float, float] | None:
    numbers = [member.value for member in node.items] if node.items else [node.value]
    if isinstance(node.value, list) and len(numbers) not in (2, 3):
        faults.at(node, "this is not an interval", expected="[low, high] or [low, best, high]")
        return None
    if any(isinstance(n, bool) or not isinstance(n, int | float) for n in numbers):
        faults.at(
            node,
            f"{written(node)} is not a number" if not node.items else "an end is not a number",
            expected="a number, [low, high] or [low, best, high]",
        )
        return None
    values = [float(n) for n in numbers]  # type: ignore[arg-type]
    if len(values) == 2:
        return values[0], (values[0] + values[1]) / 2.0, values[1]
    return values[0], values[len(values) // 2], values[-1]


def written_ends(ends: tuple[float, float, float]) -> str:
    """Return an interval as it may be quoted."""
    first, best, last = ends
    return f"{best:g}" if first == last else f"{first:g} to {last:g}"


def _range(low: float, high: float) -> str:
    if high == float("inf"):
        return f"{low:g} or more"
    return f"{low:g} to {high:g}"


def _wide(
    ends: tuple[float, float, float], low: float, high: float, fixed: tuple[float, ...]
) -> bool:
    first, best, last = ends
    if first == last:
        return first in fixed
    needed = LEAST_JUDGEMENT_SPREAD * abs(best) * (1.0 - SLACK)
    return all(abs(side - best) >= needed or side in (low, high) for side in (first, last))
