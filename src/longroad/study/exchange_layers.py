"""Layers in orbit as an exchange takes them: for every base the interceptors in reach of a burnout.

A layer acts on the ballistic flights of every party but its owner, before any site: at the burnout
of what is launched together from one base. Satellites near two bases are counted at both, so that
what a layer takes is an upper bound. Best estimates; the chance of a shot is that of interceptors
without a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from longroad.base.quantity import Quantity
from longroad.deterrent import Site, load_constellation
from longroad.scenario import Variant
from longroad.study.readings import Assumptions

Pair = tuple[str, str, str]  # trajectories, base, end
NUMBERS = (
    "satellites", "altitude", "inclination", "flyout_speed", "detection_and_decision_time",
    "interceptors_per_satellite",
)  # fmt: skip
KILL, SALVO = "default.raid.single_shot_kill", "default.raid.salvo"


@dataclass(frozen=True)
class Layer:
    """One layer over one base: the interceptors in reach, and which flights (in order) it meets."""

    id: str
    number: int
    meets: tuple[bool, ...]


def layers_of(
    variant: Variant, party: str, flights: Sequence[Pair], way: Assumptions
) -> list[Layer]:
    """Return a party's layers over the bases of some flights; those that reach nothing too."""
    made: list[Layer] = []
    groups = {group.id: group for group in variant.trajectories}
    for layer in variant.constellations:
        if layer.owner.id != party:
            continue
        orbit = load_constellation(
            variant.catalog, layer.constellation.id,
            lambda entry, name: way.choose(variant, entry, name),
        )  # fmt: skip
        for base in dict.fromkeys(pair[1] for pair in flights):
            number = 0.0
            for id in dict.fromkeys(pair[0] for pair in flights if pair[1] == base):
                group = groups[id]
                at = next(one for one in group.bases if one.id == base)
                burn = way.choose(variant, group.missile, "burn_time").best
                height = way.choose(variant, group.missile, "burnout_altitude").best
                latitude, _ = way.place(at.position)
                number = max(number, orbit.in_reach(latitude, burn, height))
            meets = tuple(pair[1] == base and number >= 1.0 for pair in flights)
            made.append(Layer(f"{layer.id}@{base}", int(number), meets))
    return made


def layer_sites(variant: Variant, layers: Iterable[Layer], way: Assumptions) -> list[Site]:
    """Return layers as sites, with the chance and the number of their shots."""
    kill, salvo = (way.pick(variant.quantity(id, held=way.held)) for id in (KILL, SALVO))
    return [Site(layer.id, layer.number, kill, round(salvo.best)) for layer in layers]


def layer_numbers(variant: Variant, party: str) -> list[Quantity]:
    """Return the numbers that a party's layers read, as adopted."""
    way = Assumptions("adopted")
    own = [layer.constellation for layer in variant.constellations if layer.owner.id == party]
    found = [way.choose(variant, entry, name) for entry in own for name in NUMBERS]
    return [*found, *([way.pick(variant.quantity(KILL))] if own else [])]
