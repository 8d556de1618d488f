"""CZML: places and moving points as a document that Cesium and other globes play.

Written by hand, since it is plain JSON (CZML Writer's specification, version 1.0). Positions are
Earth-fixed, so that the date of the clock does not matter; it begins at midnight UTC of the first
of January 2000, time zero of the raid, because CZML knows no time without a date.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
Colour = tuple[int, int, int]
OPAQUE = 255
POINT_PX, LINE_PX = 8, 2
# Seconds of the clock to one of the viewer's: a raid of half an hour plays in half a minute.
PACE = 60.0


@dataclass(frozen=True)
class Place:
    """Something that stands still, in degrees."""

    id: str
    name: str
    latitude_deg: float
    longitude_deg: float
    colour: Colour
    note: str = ""


@dataclass(frozen=True)
class Moving:
    """Something that flies: Earth-fixed positions (n, 3), m, at rising times (n,), s.

    It is there from the first time to the last, with the path that it has left behind.
    """

    id: str
    name: str
    times_s: Array
    positions_m: Array
    colour: Colour
    note: str = ""


def document(name: str, places: Sequence[Place], moving: Sequence[Moving]) -> str:
    """Return a CZML document; ids are unique, times finite and rising (ValueError otherwise)."""
    ids = [one.id for one in places] + [one.id for one in moving]
    if len(set(ids)) < len(ids) or "document" in ids:
        raise ValueError("ids of a CZML document are unique")
    for one in moving:
        times = np.asarray(one.times_s)
        if times.ndim != 1 or times.size < 2 or not np.all(np.diff(times) > 0.0):
            raise ValueError(f"the times of '{one.id}' do not rise")
        if np.shape(one.positions_m) != (times.size, 3) or not np.all(np.isfinite(one.positions_m)):
            raise ValueError(
                f"the positions of '{one.id}' are not finite places, one for each time"
            )
    end = max((float(one.times_s[-1]) for one in moving), default=1.0)
    begin = min((float(one.times_s[0]) for one in moving), default=0.0)
    packets = [
        {
            "id": "document",
            "name": name,
            "version": "1.0",
            "clock": {
                "interval": _interval(begin, end),
                "currentTime": _moment(begin),
                "multiplier": PACE,
                "range": "LOOP_STOP",
                "step": "SYSTEM_CLOCK_MULTIPLIER",
            },
        },
        *(_place(one) for one in places),
        *(_moving(one) for one in moving),
    ]
    return json.dumps(packets, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _place(one: Place) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "description": one.note,
        "position": {
            "cartographicDegrees": [_short(one.longitude_deg), _short(one.latitude_deg), 0.0]
        },
        "point": {"pixelSize": POINT_PX, "color": _rgba(one.colour)},
        "label": {"text": one.name, "pixelOffset": {"cartesian2": [0, -2 * POINT_PX]}},
    }


def _moving(one: Moving) -> dict[str, Any]:
    times = np.asarray(one.times_s, dtype=float)
    track = np.column_stack([times, np.asarray(one.positions_m, dtype=float)])
    return {
        "id": one.id,
        "name": one.name,
        "description": one.note,
        "availability": _interval(float(times[0]), float(times[-1])),
        "position": {
            "epoch": _moment(0.0),
            "interpolationAlgorithm": "LAGRANGE",
            "interpolationDegree": min(3, times.size - 1),
            "referenceFrame": "FIXED",
            "cartesian": [_short(value) for value in track.reshape(-1).tolist()],
        },
        "point": {"pixelSize": POINT_PX, "color": _rgba(one.colour)},
        "path": {
            "width": LINE_PX,
            "leadTime": 0.0,
            "trailTime": math.ceil(times[-1] - times[0]),
            "material": {"solidColor": {"color": _rgba(one.colour)}},
        },
    }


def _rgba(colour: Colour) -> dict[str, list[int]]:
    return {"rgba": [*colour, OPAQUE]}


def _short(value: float) -> float:
    """Return a number with as many digits as a drawing needs: a millimetre, a millisecond."""
    return round(value, 3)


def _moment(seconds: float) -> str:
    return (EPOCH + timedelta(seconds=round(seconds, 3))).isoformat().replace("+00:00", "Z")


def _interval(begin: float, end: float) -> str:
    return f"{_moment(begin)}/{_moment(end)}"
