"""Commit quality: when several sensors together know an arc well enough, from typed inputs.

The equations stand in `longroad.sensing.information_kernel` and `commit_kernel`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.earth.wgs84 import ANGULAR_SPEED_RAD_S, MU_M3_S2
from longroad.flight.arcs import ArcSet
from longroad.flight.intervals import MOST
from longroad.sensing.commit_kernel import commit_times
from longroad.sensing.information_kernel import SENSOR
from longroad.sensing.radar import Visibility
from longroad.sensing.track import CUED, track

Array = NDArray[np.float64]
Index = NDArray[np.int32]


@dataclass(frozen=True)
class Accuracy:
    """How exactly a radar measures: errors at a signal-to-noise ratio of 1, and their floors.

    ``reference_snr`` is the ratio at the radar's range. SI units.
    """

    reference_snr: float
    range_error_m: float
    angle_error_rad: float
    range_floor_m: float
    angle_floor_rad: float
    detection_probability: float
    revisit_s: float
    registration_error_m: float


@dataclass(frozen=True)
class Sensors:
    """S radars and when they see N arcs.

    ``rows`` (S, 10) as of `sensor_row`; ``intervals`` (S, N, MOST, 2) with ``count`` (S, N) when
    each sees an arc once it knows where to look; ``uncued_s`` (S, N) when it finds it by itself.
    """

    rows: Array
    intervals: Array
    count: Index
    uncued_s: Array


@dataclass(frozen=True)
class Wanted:
    """Q interceptors: the error that each can take out (m), for a lead (s), and by when (s).

    ``latest_s`` (Q, N): a commit after that is of no use, and none is looked for.
    """

    basket_m: Array
    lead_s: Array
    latest_s: Array


@dataclass(frozen=True)
class Known:
    """I sets of data, each what one party has: times (s) after ignition, infinite for never.

    ``cue_s`` (I, S) when each radar is told where to look, ``latency_s`` (I, S) until its data
    arrive. ``cue`` (I, 3): error of the cue's place (m) and speed (m/s), each axis, infinite for
    none, and when it arrives (s). Where radars tell each other where to look, ``found_s``
    (U, S, N) holds in U cases when each finds each arc (`longroad.sensing.cueing`), and ``group``
    (I,) which case each set is of; without it they find the arcs by themselves.
    """

    cue_s: Array
    latency_s: Array
    cue: Array
    found_s: Array | None = None
    group: Index | None = None


@dataclass(frozen=True)
class Commits:
    """``first_s`` (I, N): when the first track data arrive; ``commit_s`` (I, Q, N): quality."""

    first_s: Array
    commit_s: Array


def sensor_row(position_m: Array, range_m: float, accuracy: Accuracy) -> Array:
    """Return the ten numbers by which the kernels know a radar.

    ``range_m`` is where its signal-to-noise ratio is the reference one, against the target: the
    ratio falls with the fourth power of distance and is 1 at R snr**(1/4).
    """
    row = np.empty(SENSOR)
    row[:3] = position_m
    row[3] = range_m * accuracy.reference_snr**0.25
    row[4:8] = (
        accuracy.range_error_m,
        accuracy.angle_error_rad,
        accuracy.range_floor_m,
        accuracy.angle_floor_rad,
    )
    row[8] = accuracy.detection_probability / accuracy.revisit_s
    row[9] = accuracy.registration_error_m
    return row


def sensors(rows: list[Array], seen: list[Visibility], arcs: int) -> Sensors:
    """Return radars with what they see of N arcs; ``seen`` holds the cued and search ranges."""
    if not rows:
        nothing = np.zeros((0, arcs), dtype=np.int32)
        return Sensors(
            np.zeros((0, SENSOR)), np.zeros((0, arcs, MOST, 2)), nothing, np.zeros((0, arcs))
        )
    return Sensors(
        np.array(rows),
        np.array([one.intervals[CUED] for one in seen]),
        np.array([one.count[CUED] for one in seen]),
        np.array([track(one, math.inf, 0.0).first_s for one in seen]),
    )


def commits(arcs: ArcSet, radars: Sensors, known: Known, wanted: Wanted) -> Commits:
    """Return when each set of data first supports a launch of each interceptor."""
    state = np.ascontiguousarray(np.hstack([arcs.burnout_position_m, arcs.burnout_velocity_m_s]))
    sets, count = len(known.latency_s), len(state)
    first = np.empty((sets, count))
    out = np.empty((sets, wanted.basket_m.size, count))
    priors = known.cue.copy()
    priors[:, :2] **= 2
    found, group = known.found_s, known.group
    if found is None or group is None:
        found, group = radars.uncued_s[None], np.zeros(sets, dtype=np.int32)
    commit_times(
        MU_M3_S2, ANGULAR_SPEED_RAD_S, state, arcs.burnout_time_s, arcs.time_of_flight_s,
        radars.rows, radars.intervals, radars.count, found, group, known.cue_s, known.latency_s,
        priors, wanted.basket_m, wanted.lead_s, wanted.latest_s, first, out,
    )  # fmt: skip
    # The kernel answers to the end of the step in which the latest moment lies.
    out[out > wanted.latest_s] = math.inf
    return Commits(first, out)
