"""The numbers behind a run as the reader sees them: value, interval, status, source, rivals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from longroad.base.messages import text
from longroad.dossier.naming import short_names
from longroad.dossier.numbers import plain
from longroad.study.manifest import Input, InputValue, Manifest, Source

STATUSES = ("published", "reported", "judgement", "unverified")
_GROUPS = ("interceptor", "sensor", "missile", "site", "default")


def status_word(status: str) -> str:
    """Return the reader's word for a status."""
    return {
        "published": text("dossier.status.published"),
        "reported": text("dossier.status.reported"),
        "judgement": text("dossier.status.judgement"),
        "unverified": text("dossier.status.unverified"),
    }[status]


def group_of(id: str) -> str:
    """Return the group a quantity belongs to, by the first part of its id."""
    first = id.partition(".")[0]
    return first if first in _GROUPS else "scenario"


def group_title(group: str) -> str:
    """Return the heading of a group."""
    return {
        "interceptor": text("dossier.inputs.interceptors"),
        "sensor": text("dossier.inputs.sensors"),
        "missile": text("dossier.inputs.missiles"),
        "site": text("dossier.inputs.sites"),
        "default": text("dossier.inputs.defaults"),
        "scenario": text("dossier.inputs.scenario"),
    }[group]


@dataclass(frozen=True)
class SourceRef:
    """A source as cited: its number in this dossier's bibliography."""

    number: int
    id: str


@dataclass(frozen=True)
class ValueRow:
    """One value of an input, written out."""

    claim: str | None
    claimant: str | None
    adopted: bool
    best: str
    between: str | None
    unit: str
    status: str
    status_word: str
    sources: tuple[SourceRef, ...]
    origin: str | None
    note: str | None
    held: tuple[str, ...]


@dataclass(frozen=True)
class InputRow:
    """An input with its value, or its rival values side by side."""

    id: str
    label: str
    variants: tuple[str, ...]
    disputed: bool
    values: tuple[ValueRow, ...]


@dataclass(frozen=True)
class InputGroup:
    """Inputs of one kind."""

    title: str
    rows: tuple[InputRow, ...]


@dataclass(frozen=True)
class StatusShare:
    """How many inputs carry a status."""

    status: str
    word: str
    count: int
    share: float


@dataclass(frozen=True)
class Cited:
    """A source with its number in the bibliography; ``link`` only for http and https."""

    number: int
    source: Source
    link: str | None


def bibliography(manifest: Manifest, more: Iterable[str] = ()) -> tuple[Cited, ...]:
    """Return the sources that something cites, numbered in the order of first citation.

    ``more`` are ids cited elsewhere, which come last.
    """
    order: dict[str, int] = {}
    for one in manifest.inputs:
        for value in one.values:
            for id in value.sources:
                order.setdefault(id, len(order) + 1)
    for claim in manifest.claims:
        for id in claim.sources:
            order.setdefault(id, len(order) + 1)
    for id in more:
        order.setdefault(id, len(order) + 1)
    return tuple(
        Cited(n, manifest.source(id), _link(manifest.source(id))) for id, n in order.items()
    )


def _link(source: Source) -> str | None:
    """Return the address as a link target when it is plainly a web address, else None."""
    url = source.url or ""
    safe = url.startswith(("http://", "https://")) and not any(c in url for c in "\"'<> \n\t\\")
    return url if safe else None


def shares(manifest: Manifest) -> tuple[StatusShare, ...]:
    """Return the shares of inputs by status, the adopted value of each counting once."""
    counts = dict.fromkeys(STATUSES, 0)
    for one in manifest.inputs:
        counts[one.value.status] += 1
    whole = max(1, sum(counts.values()))
    return tuple(StatusShare(s, status_word(s), n, n / whole) for s, n in counts.items())


def groups(manifest: Manifest) -> tuple[InputGroup, ...]:
    """Return all inputs by group, each in the manifest's order."""
    numbers = {cited.source.id: cited.number for cited in bibliography(manifest)}
    titles = short_names(manifest)
    found: dict[str, list[InputRow]] = {group: [] for group in (*_GROUPS, "scenario")}
    for one in manifest.inputs:
        used = tuple(titles.get(v, v) for v in one.variants)
        values = tuple(_value_row(one, value, numbers) for value in one.values)
        found[group_of(one.id)].append(InputRow(one.id, one.label, used, one.disputed, values))
    return tuple(
        InputGroup(group_title(g), tuple(_positions_joined(rows)))
        for g, rows in found.items()
        if rows
    )


def _positions_joined(rows: list[InputRow]) -> list[InputRow]:
    """Return the rows with latitude and longitude of one place, alike in origin, as one row."""
    made: list[InputRow] = []
    for row in rows:
        before = made[-1] if made else None
        stem, _, name = row.id.rpartition(".")
        if before is None or name != "longitude" or before.id != f"{stem}.latitude":
            made.append(row)
            continue
        alike = len(row.values) == len(before.values) and all(
            (a.claim, a.status, a.sources, a.origin, a.note)
            == (b.claim, b.status, b.sources, b.origin, b.note)
            for a, b in zip(before.values, row.values, strict=True)
        )
        if not alike:
            made.append(row)
            continue
        label = before.label.rpartition(":")[0] or before.label
        made[-1] = replace(
            before,
            id=stem,
            label=f"{label}: {text('dossier.inputs.position')}",
            values=tuple(_pair(a, b) for a, b in zip(before.values, row.values, strict=True)),
        )
    return made


def _pair(latitude: ValueRow, longitude: ValueRow) -> ValueRow:
    """Return a position as one value: both numbers, both intervals."""

    def both(first: str, second: str) -> str:
        return text("dossier.inputs.pair", latitude=first, longitude=second)

    between = None
    if latitude.between is not None and longitude.between is not None:
        between = both(latitude.between, longitude.between)
    best = both(latitude.best + latitude.unit, longitude.best + longitude.unit)
    return replace(latitude, best=best, unit="", between=between)


def unit_words(unit: str) -> str:
    """Return a unit as it stands after a number, with its space: `` km/s``, ``°``."""
    if unit == "1":
        return ""
    return "°" if unit == "deg" else " " + re.sub(r"(?<=m)2\b", "²", unit)


def best_words(value: InputValue) -> str:
    """Return ``4.5 km/s``."""
    return plain(value.best) + unit_words(value.unit)


def _value_row(one: Input, value: InputValue, numbers: dict[str, int]) -> ValueRow:
    between = None
    if value.low != value.high:
        between = text("dossier.inputs.between", low=plain(value.low), high=plain(value.high))
    origin = None
    if value.status == "judgement":
        origin = text(
            "dossier.inputs.judged", author=value.author or "?", reason=value.reason or "?"
        )
    held = tuple(
        {
            "stated": text("dossier.inputs.stated", party=h.party),
            "attributed": text("dossier.inputs.attributed", party=h.party),
            "adopted": text("dossier.inputs.adopted_by", party=h.party),
        }[h.mode]
        for h in value.held_by
    )
    return ValueRow(
        claim=value.claim,
        claimant=value.claimant,
        adopted=value is one.value,
        best=plain(value.best),
        between=between,
        unit=unit_words(value.unit),
        status=value.status,
        status_word=status_word(value.status),
        sources=tuple(SourceRef(numbers[id], id) for id in value.sources),
        origin=origin,
        note=value.note,
        held=held,
    )
