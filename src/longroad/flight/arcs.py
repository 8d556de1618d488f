"""Ballistic arcs between places on the Earth: from published boost figures to the impact.

An arc is a boost given by burn time, burnout altitude and burnout ground distance, and then
two-body motion without drag to the aim point on the rotating Earth. How it is found is told in
`longroad.flight.arc_kernel`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.errors import GeometryError
from longroad.flight import arc_kernel, arc_solver
from longroad.flight.figure import WGS84, Figure

Array = NDArray[np.float64]

# Arcs per share of work: small enough to spread evenly, large enough to cost nothing.
SHARE = 4096
# The sine of the least flight-path angle where there is none.
ANY_ELEVATION = -1.0


class Shape(StrEnum):
    """What fixes an arc besides its end points."""

    MINIMUM_ENERGY = "minimum-energy"
    APOGEE = "apogee"
    TIME_OF_FLIGHT = "time-of-flight"
    LOFTED = "lofted"
    DEPRESSED = "depressed"


_SHAPE_CODE = {
    Shape.MINIMUM_ENERGY: arc_kernel.LEAST_SPEED,
    Shape.APOGEE: arc_kernel.APOGEE,
    Shape.TIME_OF_FLIGHT: arc_kernel.TIME,
    Shape.LOFTED: arc_kernel.LOFTED,
    Shape.DEPRESSED: arc_kernel.DEPRESSED,
}


class ArcStatus(IntEnum):
    """Why an arc exists or not."""

    OK = arc_solver.OK
    BAD_INPUT = arc_solver.BAD_INPUT
    INSIDE_BOOST = arc_solver.INSIDE_BOOST
    BELOW_GROUND = arc_solver.BELOW_GROUND
    TOO_SLOW = arc_solver.TOO_SLOW
    TOO_LOW = arc_solver.TOO_LOW
    TOO_SHORT = arc_solver.TOO_SHORT
    TOO_LONG = arc_solver.TOO_LONG
    NO_FLIGHT = arc_solver.NO_FLIGHT
    TOO_FAR = arc_solver.TOO_FAR


_REASON = {
    ArcStatus.BAD_INPUT: (
        "an end point, the boost or the shape's value is out of range or not a number",
        "latitudes within 90 degrees, finite figures, none of them negative",
    ),
    ArcStatus.INSIDE_BOOST: (
        "the aim point is nearer than the ground distance of the boost",
        "a range beyond the burnout ground distance",
    ),
    ArcStatus.BELOW_GROUND: (
        "the flight would meet the aim point from below the ground",
        "a higher, slower or longer flight",
    ),
    ArcStatus.TOO_SLOW: (
        "the burnout speed does not suffice for the range",
        "at least the burnout speed of the minimum-energy arc",
    ),
    ArcStatus.TOO_LOW: (
        "the apogee is not above the burnout altitude",
        "an apogee above the burnout altitude",
    ),
    ArcStatus.TOO_SHORT: (
        "the time of flight is not longer than the burn time",
        "a time of flight beyond the burn time",
    ),
    ArcStatus.TOO_LONG: (
        "the flight would last longer than six hours",
        "a slower or lower flight",
    ),
    ArcStatus.NO_FLIGHT: (
        "no flight of this shape joins the two places",
        "end points that are not opposite each other, and a shape that their range allows",
    ),
    ArcStatus.TOO_FAR: (
        "the aim point is farther than was looked for",
        "a range within the farthest asked for",
    ),
}


@dataclass(frozen=True)
class ArcSet:
    """N arcs, row by row; NaN in all numbers but ``ground_range_m`` where ``status`` is not 0.

    Inertial means: axes that coincide with the Earth-fixed ones at the first ignition, time 0.
    """

    status: NDArray[np.int32]
    """(N,) values of `ArcStatus`."""
    burnout_position_m: Array
    """(N, 3) inertial."""
    burnout_velocity_m_s: Array
    """(N, 3) inertial."""
    burnout_time_s: Array
    """(N,) after ignition."""
    time_of_flight_s: Array
    """(N,) ignition to impact."""
    apogee_altitude_m: Array
    """(N,) height above the ellipsoid of the point farthest from the Earth's centre."""
    burnout_speed_m_s: Array
    """(N,) Earth-relative, at the burnout altitude."""
    flight_path_angle_rad: Array
    """(N,) Earth-relative at burnout, above the local horizontal."""
    ground_range_m: Array
    """(N,) geodesic from launch to aim point; NaN only near the antipode."""
    impulsive_speed_m_s: Array
    """(N,) Earth-relative speed at the launch place with the same energy in rotating axes."""
    heading_rad: Array
    """(N,) azimuth of the boost at launch, clockwise from north, 0 to 2 pi."""

    def __len__(self) -> int:
        return int(self.status.size)

    @property
    def ok(self) -> NDArray[np.bool_]:
        """(N,) whether the arc exists."""
        return self.status == ArcStatus.OK

    def select(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> ArcSet:
        """Return the arcs of the given rows (indices or a mask)."""
        return ArcSet(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})


def solve_arcs(
    launch_lat_rad: ArrayLike,
    launch_lon_rad: ArrayLike,
    aim_lat_rad: ArrayLike,
    aim_lon_rad: ArrayLike,
    burn_time_s: ArrayLike,
    burnout_altitude_m: ArrayLike,
    burnout_ground_distance_m: ArrayLike,
    *,
    shape: Shape | str = Shape.MINIMUM_ENERGY,
    value: ArrayLike | None = None,
    least_elevation_rad: ArrayLike | None = None,
    farthest_m: float = math.inf,
    workers: int = 1,
    figure: Figure = WGS84,
) -> ArcSet:
    """Return the arcs of one shape between launch and aim places; arguments broadcast to (N,).

    Places are geodetic, on the ellipsoid. ``value`` is the apogee altitude (m), the time of
    flight from ignition to impact (s), or the Earth-relative burnout speed (m/s) of the lofted
    and depressed shapes. The minimum-energy shape takes none; it has the least Earth-relative
    burnout speed, subject to ``least_elevation_rad``, the least Earth-relative flight-path angle
    at burnout. Over more ground than ``farthest_m`` no arc is looked for. ``workers`` threads share
    the work; the result does not depend on their number.
    ``figure`` replaces the rotating WGS-84 ellipsoid.

    The aim point is met to some 1e-6 m; shapes are met to 1e-3 m and 1e-6 m/s. What is left out
    (oblateness of the attraction, drag) is far larger: see the tests and the method notes.

    An arc that does not exist is flagged in ``status``. Raises GeometryError only for arguments
    that do not broadcast or do not belong to the shape.
    """
    kind = _shape(shape, value)
    if least_elevation_rad is not None and kind is not Shape.MINIMUM_ENERGY:
        raise GeometryError(f"the shape '{kind}' takes no least elevation")
    if kind is not Shape.MINIMUM_ENERGY:
        given = value
    else:
        given = ANY_ELEVATION if least_elevation_rad is None else np.sin(least_elevation_rad)
    inputs = (
        launch_lat_rad, launch_lon_rad, aim_lat_rad, aim_lon_rad,
        burn_time_s, burnout_altitude_m, burnout_ground_distance_m, given,
    )  # fmt: skip
    try:
        columns = np.broadcast_arrays(*(np.asarray(a, dtype=np.float64) for a in inputs))
    except (TypeError, ValueError) as error:
        raise GeometryError("end points, boost and value do not go together") from error
    table = np.stack([column.reshape(-1) for column in columns], axis=1)
    places = np.ascontiguousarray(table[:, :4])
    boosts = np.ascontiguousarray(table[:, 4:7])
    values = np.ascontiguousarray(table[:, 7])
    out, status = np.empty((values.size, arc_solver.RESULT)), np.empty(values.size, np.int32)
    _fill(figure, ends_of(places, figure), boosts, kind, values, farthest_m, out, status, workers)
    return _arc_set(out, status, boosts[:, 0])


@dataclass(frozen=True)
class Ends:
    """Launch and aim places of N arcs, and what lies between; the same for every boost."""

    places_rad: Array
    """(N, 4) launch latitude and longitude, aim latitude and longitude."""
    ground_m: Array
    """(N,) geodesics; NaN near the antipode, and where an end is no place."""


def ends_of(places_rad: Array, figure: Figure = WGS84) -> Ends:
    """Return the ends of arcs between places (N, 4) as `Ends` has them."""
    ground = np.empty(len(places_rad))
    arc_solver.ground_ranges(figure.plain(), places_rad, ground)
    return Ends(places_rad, ground)


def solve_places(
    ends: Ends,
    boost: tuple[float, float, float],
    shapes: Sequence[tuple[Shape | str, float | None]],
    *,
    farthest_m: float = math.inf,
) -> ArcSet:
    """Return the arcs of some shapes between the same places, one shape after the other.

    ``boost``: burn time (s), burnout altitude and ground distance (m). The arcs are those of
    :func:`solve_arcs`, without what many draws would do anew.
    """
    count = len(ends.ground_m)
    out = np.empty((len(shapes) * count, arc_solver.RESULT))
    status = np.empty(len(out), np.int32)
    boosts, values = np.empty((count, 3)), np.empty(count)
    boosts[:] = boost
    for k, (shape, value) in enumerate(shapes):
        kind, mine = _shape(shape, value), slice(k * count, (k + 1) * count)
        values[:] = ANY_ELEVATION if value is None else value
        _fill(WGS84, ends, boosts, kind, values, farthest_m, out[mine], status[mine], 1)
    return _arc_set(out, status, boost[0])


def _shape(shape: Shape | str, value: ArrayLike | None) -> Shape:
    try:
        kind = Shape(shape)
    except ValueError as error:
        raise GeometryError(
            f"no shape is called '{shape}'", expected="one of " + ", ".join(Shape)
        ) from error
    if (value is None) != (kind is Shape.MINIMUM_ENERGY):
        raise GeometryError(
            f"the shape '{kind}' " + ("needs a value" if value is None else "takes no value")
        )
    return kind


def _fill(
    figure: Figure, ends: Ends, boosts: Array, kind: Shape, values: Array, farthest_m: float,
    out: Array, status: NDArray[np.int32], workers: int,
) -> None:  # fmt: skip
    """Fill results ``out`` (N, RESULT) and ``status`` (N,), share by share."""
    earth, code, count = figure.plain(), _SHAPE_CODE[kind], values.size

    def share(begin: int) -> None:
        end = min(begin + SHARE, count)
        arc_solver.solve_slice(
            earth, begin, end, ends.places_rad, ends.ground_m, boosts, code, values, farthest_m,
            out, status,
        )  # fmt: skip

    starts = range(0, count, SHARE)
    if workers > 1 and len(starts) > 1:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(share, starts))
    else:
        for begin in starts:
            share(begin)


def _arc_set(out: Array, status: NDArray[np.int32], burn_time_s: ArrayLike) -> ArcSet:
    return ArcSet(
        status=status,
        burnout_position_m=np.ascontiguousarray(out[:, :3]),
        burnout_velocity_m_s=np.ascontiguousarray(out[:, 3:6]),
        burnout_time_s=np.where(status == ArcStatus.OK, burn_time_s, np.nan),
        time_of_flight_s=out[:, arc_solver.FLIGHT_TIME].copy(),
        apogee_altitude_m=out[:, arc_solver.TOP_OUT].copy(),
        burnout_speed_m_s=out[:, arc_solver.SPEED_OUT].copy(),
        flight_path_angle_rad=out[:, arc_solver.ANGLE].copy(),
        ground_range_m=out[:, arc_solver.GROUND].copy(),
        impulsive_speed_m_s=out[:, arc_solver.IMPULSE].copy(),
        heading_rad=out[:, arc_solver.HEADING].copy(),
    )


def check_arcs(arcs: ArcSet) -> None:
    """Raise GeometryError with the reason if any of the arcs does not exist."""
    missing = np.flatnonzero(~arcs.ok)
    if missing.size:
        row = int(missing[0])
        what, expected = _REASON[ArcStatus(int(arcs.status[row]))]
        if len(arcs) > 1:
            what += f" (arc {row})"
        raise GeometryError(what, expected=expected)
