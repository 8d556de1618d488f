"""A negotiation in named parts, to say where two of them differ and to change one part alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from longroad.bargaining.errors import BargainingError
from longroad.scenario.negotiation import Estimate, Interests, Negotiation, Physics

Key = tuple[str, ...]
# What says where something stands or what it rests on, and changes no number.
_SILENT = frozenset({"basis", "origin", "note", "name", "source", "title", "milestone", "exit"})
_WHOLE = ("no_deal", "patience", "trust", "stages")


def parts(one: Negotiation) -> dict[Key, str]:
    """Return every part that numbers depend on, in words, by key: ``weight/russia/velocity``."""
    return {key: words(value) for key, value in _parts(one)}


def _parts(one: Negotiation) -> Iterator[tuple[Key, Any]]:
    for party in one.interests:
        yield from _of_party(party)
    for body in one.ratification:
        yield ("ratification", body.party), (body.members, body.needed, body.demand)
        for veto in body.vetoes:
            yield ("veto", body.party, veto.id), veto
    for field in _WHOLE:
        value = getattr(one, field)
        if value:
            yield (field.replace("_", "-"),), value
    for package in one.packages:
        told = (package.choices, package.by, package.to, package.date, package.reply)
        yield ("package", package.id), (*told, package.opening)
    if one.physics is not None:
        for name, held in one.physics.held.items():
            yield ("held", name), held
        yield ("physics",), replace(one.physics, held={})


def _of_party(one: Interests) -> Iterator[tuple[Key, Any]]:
    if one.weights.kind == "swing":
        for issue, points in one.weights.swing.items():
            yield ("weight", one.party, issue), points
    else:
        yield ("weights", one.party), (one.weights.kind, one.weights.order)
    for issue, values in one.values.items():
        yield ("values", one.party, issue), values
    for curve in one.curves:
        yield ("curve", one.party, curve.outcome), curve
    for part in one.together:
        yield ("together", one.party, part.id), part
    yield ("reservation", one.party), one.reservation
    for line in one.red_lines:
        yield ("red-line", one.party, line.id), line


def words(value: Any) -> str:
    """Return a part's numbers and ids in words, without names, notes and what they rest on."""
    if isinstance(value, Estimate):
        if value.low == value.high:
            return f"{value.best:g}"
        middle = f"{value.best:g} " if value.peaked else ""
        return f"{middle}[{value.low:g}, {value.high:g}]"
    if is_dataclass(value):
        said = {one.name: getattr(value, one.name) for one in fields(value)}
        return words({k: v for k, v in said.items() if k not in (*_SILENT, "id") and _says(v)})
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {words(one)}" for key, one in value.items())
    if isinstance(value, tuple | list):
        return " ".join(f"({words(one)})" if _many(one) else words(one) for one in value)
    return "-" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _says(value: object) -> bool:
    return value not in (None, (), {}, False)


def _many(value: object) -> bool:
    return isinstance(value, tuple | list | Mapping) or (
        is_dataclass(value) and not isinstance(value, Estimate)
    )


def check_alike(before: Negotiation, after: Negotiation) -> None:
    """Raise :class:`BargainingError` unless both have the same parties, issues and options."""
    for noun, of in (
        ("parties", lambda one: [party.id for party in one.parties]),
        ("issues", lambda one: [issue.id for issue in one.issues]),
    ):
        first, second = of(before), of(after)
        if set(first) != set(second):
            odd = sorted(set(first) ^ set(second))
            raise BargainingError(
                f"the two negotiations do not have the same {noun}: {', '.join(odd)}",
                expected="one that was changed in weights, values, red lines or assumptions",
            )
    for issue in before.issues:
        if issue.option_ids != after.issue(issue.id).option_ids:
            raise BargainingError(
                f"the options of '{issue.id}' are not the same",
                expected=", ".join(issue.option_ids),
            )


def with_part(before: Negotiation, after: Negotiation, key: Key) -> Negotiation:
    """Return ``before`` with one part as ``after`` has it (added, changed or taken away)."""
    kind, *rest = key
    if kind == "package":
        return replace(before, packages=_swapped(before.packages, after.packages, "id", rest[0]))
    if kind in ("ratification", "veto"):
        return _with_body(before, after, kind, rest)
    if kind in ("held", "physics"):
        return replace(before, physics=_with_physics(before.physics, after.physics, kind, rest))
    field = kind.replace("-", "_")
    if field in _WHOLE:
        return replace(before, **{field: getattr(after, field)})
    party = rest[0]
    changed = _with_interest(before.of(party), after.of(party), kind, rest[1:])
    return replace(
        before,
        interests=tuple(changed if one.party == party else one for one in before.interests),
    )


def _with_interest(one: Interests, other: Interests, kind: str, rest: list[str]) -> Interests:
    if kind == "weight" and one.weights.kind == other.weights.kind == "swing":
        swing = _entry(one.weights.swing, other.weights.swing, rest[0])
        return replace(one, weights=replace(one.weights, swing=swing))
    if kind in ("weight", "weights"):
        return replace(one, weights=other.weights)
    if kind == "values":
        return replace(one, values=_entry(one.values, other.values, rest[0]))
    if kind == "reservation":
        return replace(one, reservation=other.reservation)
    if kind == "curve":
        return replace(one, curves=_swapped(one.curves, other.curves, "outcome", rest[0]))
    if kind == "together":
        return replace(one, together=_swapped(one.together, other.together, "id", rest[0]))
    return replace(one, red_lines=_swapped(one.red_lines, other.red_lines, "id", rest[0]))


def _with_body(before: Negotiation, after: Negotiation, kind: str, rest: list[str]) -> Negotiation:
    party = rest[0]
    own = {body.party: body for body in before.ratification}
    other = {body.party: body for body in after.ratification}
    if kind == "veto" and party in own and party in other:
        vetoes = _swapped(own[party].vetoes, other[party].vetoes, "id", rest[1])
        own[party] = replace(own[party], vetoes=vetoes)
    elif party not in other:
        own.pop(party, None)
    else:
        kept = own[party].vetoes if party in own else other[party].vetoes
        own[party] = replace(other[party], vetoes=kept)
    return replace(before, ratification=tuple(own.values()))


def _with_physics(
    one: Physics | None, other: Physics | None, kind: str, rest: list[str]
) -> Physics | None:
    if one is None or other is None:
        return other
    if kind == "held":
        return replace(one, held=_entry(one.held, other.held, rest[0]))
    return replace(other, held=one.held)


def _entry(one: Mapping[str, Any], other: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = dict(one)
    if key in other:
        found[key] = other[key]
    else:
        found.pop(key, None)
    return found


def _swapped(one: tuple[Any, ...], other: tuple[Any, ...], by: str, key: str) -> tuple[Any, ...]:
    """Return a sequence with one entry as the other has it, in its place or at the end."""
    wanted = [entry for entry in other if getattr(entry, by) == key]
    if any(getattr(entry, by) == key for entry in one):
        kept = [wanted[:1] if getattr(entry, by) == key else [entry] for entry in one]
        return tuple(entry for group in kept for entry in group)
    return (*one, *wanted)
