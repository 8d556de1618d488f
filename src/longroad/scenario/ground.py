"""What a position stands on: land of a country, the sea, or too near to a coast to say."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from longroad.earth.borders import countries_at
from longroad.earth.wgs84 import MEAN_RADIUS_M
from longroad.scenario.model import Scenario, Variant
from longroad.scenario.world import Position

# Outlines are known to some 5 km (see `longroad.earth.borders`) and leave small islands out; what
# lies this near to a coast counts as neither land nor sea.
DOUBT_M = 20_000.0
_AROUND = 16

Kind = Literal["land", "sea", "coast"]
_Key = tuple[float, float]


@dataclass(frozen=True)
class Ground:
    """Land, sea or coast, and the country (ISO A3) whose land it is, if any."""

    kind: Kind
    country: str | None


class Grounds:
    """The ground below many positions, looked up at once."""

    def __init__(self, positions: Iterable[Position]) -> None:
        self._found: dict[_Key, Ground] = {}
        self._look({_key(position) for position in positions})

    def of(self, position: Position) -> Ground:
        """Return what a position stands on."""
        if _key(position) not in self._found:
            self._look({_key(position)})
        return self._found[_key(position)]

    def _look(self, wanted: set[_Key]) -> None:
        keys = sorted(wanted)
        if not keys:
            return
        centre = np.array(keys)
        turn = np.linspace(0.0, 2.0 * math.pi, _AROUND, endpoint=False)
        step = DOUBT_M / MEAN_RADIUS_M
        latitude = centre[:, :1] + step * np.cos(turn)
        # Near a pole the circle is cut off there: a quarter turn of longitude is enough.
        across = np.cos(np.clip(latitude, -1.55, 1.55))
        longitude = centre[:, 1:] + np.clip(step * np.sin(turn) / across, -1.5, 1.5)
        latitude = np.clip(latitude, -0.5 * math.pi, 0.5 * math.pi)
        found = countries_at(
            np.degrees(np.concatenate([centre[:, :1], latitude], axis=1)),
            np.degrees(np.concatenate([centre[:, 1:], longitude], axis=1)),
        )
        for key, codes in zip(keys, found, strict=True):
            land = [code is not None for code in codes]
            kind: Kind = "land" if all(land) else "coast" if any(land) else "sea"
            self._found[key] = Ground(kind, codes[0])


def positions(scenario: Scenario) -> Iterator[Position]:
    """Yield every position that something in a scenario has."""
    for variant in scenario.variants:
        yield from _in(variant)


def _in(variant: Variant) -> Iterator[Position]:
    yield from (area.position for area in variant.launch_areas)
    yield from (battery.position for battery in variant.batteries)
    yield from (site.position for site in variant.sensors if site.position is not None)
    for group in variant.trajectories:
        yield from (base.position for base in group.bases)


def _key(position: Position) -> _Key:
    return position.latitude_rad, position.longitude_rad
