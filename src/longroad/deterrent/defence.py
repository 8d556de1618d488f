"""What an exchange is told about a defence: sites, numbers, and which flights each can reach.

Reach is an input: the engagement engine says, for every flight of a weapon, whether a site can
meet it. There is no field for a share of warheads destroyed, and none is ever typed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import nearest
from longroad.base.quantity import Quantity
from longroad.deterrent.assumptions import Draws
from longroad.deterrent.faults import DefenceError
from longroad.deterrent.force import Force

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Chance = float | Quantity


@dataclass(frozen=True)
class Site:
    """A site with its interceptors; ``kill`` is the chance that one shot destroys its object.

    ``shots`` is the greatest number that this site fires at one object.
    """

    id: str
    inventory: int
    kill: Chance
    shots: int

    def __post_init__(self) -> None:
        for name, least in (("inventory", 0), ("shots", 0)):
            number = getattr(self, name)
            if number < least or number != int(number):
                raise DefenceError(
                    f"{self.id}: {number} is no number of {name}",
                    field=name,
                    expected=f"a whole number from {least}",
                )
        check_chance(self.kill, f"{self.id}: kill", "kill")


def check_chance(value: Chance, what: str, field: str) -> None:
    """Raise :class:`DefenceError` when a value is no probability."""
    ends = (value.low, value.high) if isinstance(value, Quantity) else (value, value)
    if not 0.0 <= ends[0] <= ends[1] <= 1.0:
        said = value.written() if isinstance(value, Quantity) else f"{value:g}"
        raise DefenceError(f"{what} is {said}", field=field, expected="a probability, 0 to 1")


@dataclass(frozen=True)
class Flight:
    """One way that a weapon's missiles fly: ``base`` to ``end``, with its weight among them."""

    weapon: str
    base: str
    end: str
    weight: float = 1.0

    @property
    def name(self) -> str:
        """Return ``weapon, base to end``."""
        return f"{self.weapon}, {self.base} to {self.end}"


@dataclass(frozen=True)
class Reach:
    """The engine's finding: ``within`` (draws or 1, flights, sites), in the order of both lists.

    ``best`` (flights, sites) is the finding under the best estimates, by default the first row.
    """

    flights: tuple[Flight, ...]
    sites: tuple[str, ...]
    within: Flags
    best: Flags | None = None

    @property
    def best_table(self) -> Flags:
        """Return the finding under the best estimates (flights, sites)."""
        return np.asarray(self.within[0] if self.best is None else self.best)

    def __post_init__(self) -> None:
        shape = (len(self.flights), len(self.sites))
        if self.within.ndim != 3 or self.within.shape[1:] != shape or len(self.within) == 0:
            raise DefenceError(
                f"a table of reach has the shape {self.within.shape}",
                field="within",
                expected=f"(draws or 1, {shape[0]} flights, {shape[1]} sites)",
            )
        if self.best is not None and self.best.shape != shape:
            raise DefenceError(
                f"the best finding has the shape {self.best.shape}",
                field="best",
                expected=f"({shape[0]} flights, {shape[1]} sites)",
            )
        for flight in self.flights:
            if not 0.0 < flight.weight < np.inf:
                raise DefenceError(
                    f"the flight {flight.name} weighs {flight.weight:g}",
                    field="weight",
                    expected="a positive number",
                )

    def shares(self, weapon: str) -> Array:
        """Return the weighted share of a weapon's flights within reach of each site, and of any.

        Shape (draws or 1, sites + 1); NaN for a weapon without flights.
        """
        rows = [k for k, flight in enumerate(self.flights) if flight.weapon == weapon]
        if not rows:
            return np.full((len(self.within), len(self.sites) + 1), np.nan)
        weight = np.array([self.flights[k].weight for k in rows])
        own = self.within[:, rows]
        every = np.concatenate([own, own.any(axis=2, keepdims=True)], axis=2)
        return np.asarray(np.einsum("dfs,f->ds", every, weight / weight.sum()))


@dataclass(frozen=True)
class Defence:
    """One party's defence under one agreement: sites, reach, and what goes wrong all at once.

    ``works``: the chance that the system as a whole works, for all its shots alike;
    ``discriminated``: the chance that a warhead is told from what flies with it, for all shots at
    it alike.

    Raises :class:`DefenceError` when sites and reach do not go together.
    """

    id: str
    party: str
    sites: tuple[Site, ...]
    reach: Reach
    works: Chance = 1.0
    discriminated: Chance = 1.0

    def __post_init__(self) -> None:
        ids = tuple(site.id for site in self.sites)
        if ids != self.reach.sites or len(set(ids)) < len(ids):
            raise DefenceError(
                f"{self.id}: the sites are not those of the table of reach",
                field="sites",
                expected=", ".join(self.reach.sites) or "none",
            )
        check_chance(self.works, f"{self.id}: works", "works")
        check_chance(self.discriminated, f"{self.id}: discriminated", "discriminated")

    def of(self, force: Force) -> None:
        """Raise :class:`DefenceError` when the reach speaks of weapons that a force lacks."""
        known = [weapon.id for weapon in force.weapons if weapon.ballistic]
        for flight in self.reach.flights:
            if flight.weapon not in known:
                raise DefenceError(
                    f"{self.id}: {force.id} has no ballistic weapon '{flight.weapon}'",
                    field="reach",
                    expected=", ".join(known) or "no flight at all",
                    nearest=nearest(flight.weapon, known),
                )

    def with_inventory(self, factor: float) -> Defence:
        """Return the same defence with every site's interceptors times a factor, rounded down."""
        sites = tuple(replace(s, inventory=int(s.inventory * factor)) for s in self.sites)
        return replace(self, sites=sites)

    def with_kill(self, kill: Chance) -> Defence:
        """Return the same defence with another chance of a single shot, at every site."""
        return replace(self, sites=tuple(replace(s, kill=kill) for s in self.sites))

    def at_best(self) -> Defence:
        """Return the same defence with the reach under the best estimates alone."""
        reach = replace(self.reach, within=self.reach.best_table[None])
        return replace(self, reach=reach)

    def called(self, party: str) -> Defence:
        """Return the same defence in another party's hands."""
        return replace(self, party=party)

    def chances(self, draws: Draws) -> tuple[Array, Array, Array]:
        """Return kill (draw, site), discriminated (draw) and works (draw)."""
        kill = [chance(site.kill, draws.defence[:, 0]) for site in self.sites]
        stacked = np.stack(kill, axis=1) if kill else np.zeros((len(draws), 0))
        return (
            stacked,
            chance(self.discriminated, draws.defence[:, 1]),
            chance(self.works, draws.defence[:, 2]),
        )


def chance(value: Chance, u: Array) -> Array:
    """Return a probability in every draw; where ``u`` is NaN, its best estimate."""
    if not isinstance(value, Quantity):
        return np.full(len(u), float(value))
    best = np.isnan(u)
    return np.where(best, value.best, value.ppf(np.where(best, 0.5, u)))


def no_defence(party: str) -> Defence:
    """Return a defence without sites."""
    return Defence("none", party, (), Reach((), (), np.zeros((1, 0, 0), dtype=bool)))


def reach_of_shares(
    force: Force,
    sites: Sequence[str],
    shares: Mapping[str, Mapping[str, float]],
    *,
    nested: bool = False,
    parts: int = 1000,
) -> Reach:
    """Return reach from shares alone: for each weapon the share of flights that each site reaches.

    Shares do not say whether two sites reach the same flights. By default they reach different
    ones as far as there is room, which suits the defence; ``nested``, the same ones. Shares are
    rounded to 1 in ``parts``.
    """
    flights: list[Flight] = []
    rows: list[tuple[bool, ...]] = []
    for weapon in force.weapons:
        if not weapon.ballistic:
            continue
        own = shares.get(weapon.id, {})
        counts = [round(parts * own.get(site, 0.0)) for site in sites]
        patterns = np.zeros((parts, len(sites)), dtype=bool)
        first = 0
        for k, count in enumerate(counts):
            where = (np.arange(count) + (0 if nested else first)) % parts
            patterns[where, k] = True
            first += count
        for pattern, number in _counted(map(tuple, patterns.tolist())):
            name = "+".join(s for s, hit in zip(sites, pattern, strict=True) if hit) or "none"
            flights.append(Flight(weapon.id, "any base", name, number))
            rows.append(pattern)
    within = np.array(rows, dtype=bool).reshape(1, len(flights), len(sites))
    return Reach(tuple(flights), tuple(sites), within)


def _counted(rows: Iterable[tuple[bool, ...]]) -> list[tuple[tuple[bool, ...], int]]:
    found: dict[tuple[bool, ...], int] = {}
    for row in rows:
        found[row] = found.get(row, 0) + 1
    return sorted(found.items())
