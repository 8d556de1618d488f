"""Reach in the manifest of a run: trajectories, patrol areas, settings, pairs of a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

from longroad.study.manifest_types import STRICT, Finite, Latitude, Longitude


@dataclass(frozen=True)
class EndPoint:
    """A base or submarine area, or a reference end point: a geographic point, not a target."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    name: str
    latitude_deg: Latitude
    longitude_deg: Longitude


@dataclass(frozen=True)
class Trajectories:
    """Strategic missiles of one party, from every base towards every end point."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    name: str
    owner: str
    missile: str
    missile_name: str
    country: str | None
    bases: tuple[EndPoint, ...]
    ends: tuple[EndPoint, ...]
    shapes: tuple[str, ...]


@dataclass(frozen=True)
class PatrolArea:
    """A box of sea in which a party's ships may stand; over the antimeridian when west > east."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    name: str
    owner: str
    south_deg: Latitude
    north_deg: Latitude
    west_deg: Longitude
    east_deg: Longitude


@dataclass(frozen=True)
class PairFigure:
    """One flight that a claim is about, and the least burnout speed that meets it, if any."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    trajectories: str
    base: str
    end: str
    shape: str
    least_km_s: Finite | None


@dataclass(frozen=True)
class ReachQuestion:
    """What a claim about reach is about, so that a reader can be shown the same case.

    ``site`` is a battery, a patrol area, a place (then with its position) or, with kind
    ``party``, a party's batteries together. ``delay_s`` None: as early as the owner's own sensors
    allow; ``speed_km_s`` None: the batteries' own. Empty ``bases`` and ``ends`` mean all.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    trajectories: tuple[str, ...]
    kind: Literal["battery", "patrol-area", "place", "party"]
    site: str
    latitude_deg: Latitude | None
    longitude_deg: Longitude | None
    delay_s: Finite | None
    part: Literal["before-apogee", "after-apogee", "any"]
    speed_km_s: Finite | None
    bases: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reach:
    """What the reach surface is computed with: the generic interceptor, its delays and its grid."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    burn_time_s: Finite
    boost_path_fraction: Finite
    flight_life_s: Finite
    floor_km: Finite
    late_delay_s: Finite
    delays_s: tuple[Finite, ...]
    grid_step_deg: Finite
    greatest_speed_km_s: Finite
