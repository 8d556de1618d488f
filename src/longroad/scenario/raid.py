"""A raid as data: how many of which missiles come from where towards what, in which order.

A raid is a question that the analyst asks of a defence, at the level of counts: no target but a
country or a geographic point, no tactics. Decoys are undiscriminated objects and nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from longroad.scenario.agreement import Ground
from longroad.scenario.origin import Origin
from longroad.scenario.world import LaunchArea, Position, Shape, Threat

Later = Literal["same", "shared"]
MOST_OBJECTS = 2_000


@dataclass(frozen=True)
class Aim:
    """Where missiles of a group come down: a country, or one geographic point.

    ``position`` is None for a country (``country``, ISO A3): its missiles are spread evenly over
    the cells of its land that they can reach.
    """

    id: str
    country: str | None
    position: Position | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class RaidGroup:
    """``count`` missiles of one class, dealt out in turn to launch areas and aims.

    The first is launched at ``first_s``, each next one ``spacing_s`` later, each of them later
    still by an even chance between 0 and ``spread_s``. Every missile brings ``decoys`` objects
    that are none, on the same path.
    """

    threat: Threat
    launch_areas: tuple[LaunchArea, ...]
    shape: Shape
    aims: tuple[Aim, ...]
    count: int
    first_s: float
    spacing_s: float
    spread_s: float
    decoys: int
    origin: Origin = field(compare=False)

    @property
    def objects(self) -> int:
        """Return how many objects this is, decoys included."""
        return self.count * (1 + self.decoys)


@dataclass(frozen=True)
class Wave:
    """One raid of a sequence, and the interceptors that batteries get before it."""

    groups: tuple[RaidGroup, ...]
    resupply: Mapping[str, int]
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class Raid:
    """A raid, or several in sequence with what is left of the interceptors, and its grounds."""

    id: str
    name: str
    note: str | None
    waves: tuple[Wave, ...]
    ground: Ground
    origin: Origin = field(compare=False)

    @property
    def objects(self) -> int:
        """Return how many objects there are in all waves, decoys included."""
        return sum(group.objects for wave in self.waves for group in wave.groups)


@dataclass(frozen=True)
class Doctrine:
    """How a battery fires; None where nothing is written: the catalogue's `default.raid` holds.

    ``salvo`` interceptors at an object, ``rounds`` salvos at most (one: a barrage; 0: it never
    fires), later salvos as large or what is left ``shared`` evenly over the objects that wait;
    ``reserve`` is held back in every raid but the last.
    """

    salvo: int | None = None
    rounds: int | None = None
    later: Later | None = None
    reserve: int | None = None
    origin: Origin | None = field(default=None, compare=False)

    def over(self, other: Doctrine) -> Doctrine:
        """Return this doctrine, with what it leaves open taken from another."""

        def first(own: int | None, rest: int | None) -> int | None:
            return rest if own is None else own

        return Doctrine(
            first(self.salvo, other.salvo),
            first(self.rounds, other.rounds),
            self.later or other.later,
            first(self.reserve, other.reserve),
            self.origin or other.origin,
        )
