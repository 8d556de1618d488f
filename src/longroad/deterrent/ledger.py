"""A treaty's ledger: limits and counting rules as data, and what a force or a plan makes of them.

A rule adds measures up over items, or takes the greatest of one; `where` picks items by their
attributes, `count` says which items count with what instead. Items are weapons of a force,
interceptors of a plan, or rows that somebody published: a second treaty is a second file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from longroad.base.errors import nearest
from longroad.deterrent.faults import TreatyError
from longroad.deterrent.force import Force

# What can be counted, and its dimension.
MEASURES = {
    "launchers": "count",
    "nondeployed_launchers": "count",
    "warheads": "count",
    "interceptors": "count",
    "burnout_speed": "speed",
    "target_speed": "speed",
    "target_range": "length",
}
WITHIN, EXCEEDED, NOT_STATED = "within", "exceeded", "not-stated"


@dataclass(frozen=True)
class Item:
    """Something a rule may count: attributes by name, measures in SI units (None: not stated)."""

    id: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Where:
    """Attributes and the values that are meant; all have to fit. Empty: every item."""

    wanted: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def fits(self, item: Item) -> bool:
        """Return whether an item is meant."""
        return all(item.attributes.get(name) in values for name, values in self.wanted)


@dataclass(frozen=True)
class Count:
    """Items that count otherwise: ``as_many`` for each of ``measure``."""

    where: Where
    measure: str
    as_many: float


@dataclass(frozen=True)
class Rule:
    """One limit, in SI units; ``unit`` is the one it was written in."""

    id: str
    title: str
    measures: tuple[str, ...]
    greatest: bool
    where: Where
    counts: tuple[Count, ...]
    limit: float
    unit: str
    status: str
    sources: tuple[str, ...] = ()
    author: str | None = None
    reason: str | None = None

    def value(self, items: Iterable[Item]) -> float | None:
        """Return what the rule counts; None when an item does not state what it asks for."""
        found: list[float] = []
        for item in items:
            if not self.where.fits(item):
                continue
            other = next((count for count in self.counts if count.where.fits(item)), None)
            names = self.measures if other is None else (other.measure,)
            for name in names:
                number = item.measures.get(name, 0.0 if not self.greatest else None)
                if number is None:
                    return None
                found.append(number * (1.0 if other is None else other.as_many))
        if self.greatest:
            return max(found) if found else None
        return sum(found)


@dataclass(frozen=True)
class State:
    """What a treaty was from a date on (ISO)."""

    since: str
    state: str
    sources: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class Entry:
    """One rule against what was counted; ``headroom`` is limit less value, in SI units."""

    rule: Rule
    value: float | None
    headroom: float | None
    state: str


@dataclass(frozen=True)
class Ledger:
    """A treaty: its rules, and its states in order of date. ``kind``: forces or interceptors."""

    id: str
    name: str
    kind: str
    parties: tuple[str, ...]
    rules: tuple[Rule, ...]
    states: tuple[State, ...] = ()
    sources: tuple[str, ...] = ()
    note: str | None = None

    @property
    def cited(self) -> tuple[str, ...]:
        """Return the sources of the treaty, its rules and its states, each once."""
        parts = (self.sources, *(r.sources for r in self.rules), *(s.sources for s in self.states))
        return tuple(dict.fromkeys(id for part in parts for id in part))

    def state_on(self, date: str) -> State | None:
        """Return the state on an ISO date; None before the first, or where there is none."""
        past = [state for state in self.states if state.since <= date]
        return past[-1] if past else None

    def rule(self, id: str) -> Rule:
        """Return a rule; raise :class:`TreatyError` with the nearest one."""
        known = {rule.id: rule for rule in self.rules}
        if id in known:
            return known[id]
        raise TreatyError(
            f"{self.name} has no rule '{id}'", expected=", ".join(known), nearest=nearest(id, known)
        )

    def entries(self, items: Iterable[Item]) -> tuple[Entry, ...]:
        """Return what every rule makes of the items."""
        counted = tuple(items)
        rows = []
        for rule in self.rules:
            value = rule.value(counted)
            if value is None:
                rows.append(Entry(rule, None, None, NOT_STATED))
                continue
            headroom = rule.limit - value
            rows.append(Entry(rule, value, headroom, WITHIN if headroom >= 0.0 else EXCEEDED))
        return tuple(rows)


def force_items(force: Force) -> tuple[Item, ...]:
    """Return a force's weapons as items: what is deployed of them, by best estimates."""
    return tuple(
        Item(
            weapon.id,
            {"leg": weapon.leg, "basing": weapon.basing, "route": weapon.route},
            {
                "launchers": weapon.launchers.best,
                "nondeployed_launchers": float(weapon.nondeployed_launchers),
                "warheads": weapon.warheads.best * weapon.deployed_fraction.best,
            },
        )
        for weapon in force.weapons
    )
