"""Colours and the classes of a share: one scale for every map, safe for colour-blind readers.

Blue against ochre keeps its order for readers with protanopia, deuteranopia and tritanopia.
The two states that must never be confused, *within reach but not engageable* and *not within
reach*, differ in kind: a full ochre against a hatched pale grey.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

INK = "#17212b"
QUIET = "#5a6673"
RULE = "#d5d9dd"
SEA = "#f3f6f8"
LAND = "#e6e4de"
BORDER = "#ffffff"
OUTLINE = "#8f959b"
LAUNCH = "#9b1c31"
SENSOR = "#5b3f8c"
HATCH = "#b9b6ae"
HATCH_GROUND = "#faf9f6"

NONE = "#e09b4f"
QUARTER = "#f0c48e"
HALF = "#dfe3e1"
MOST = "#93bdd3"
NEARLY = "#4f8fb3"
ALL = "#23668f"

# Ordered, light to dark: phases, years, anything that comes one after the other.
SEQUENCE = ("#9cc3d5", "#4c8fb1", "#14405e", "#0a2233", "#000000")
LONG_SEQUENCE = ("#b7d5e2", "#84b5cd", "#4c8fb1", "#23668f", "#14405e", "#0a2233", "#000000")

STATUS = {
    "published": "#23668f",
    "reported": "#a5d0e3",
    "judgement": "#a08aa8",
    "unverified": "#d9822b",
}


# Least burnout speeds at which the shading of a reach map changes, km/s. Blue is reached before
# the missile's apogee, ochre only after it; dark needs little, pale needs much.
REACH_LEVELS = (3.0, 4.5, 5.5, 6.3, 9.0)
REACH_BEFORE = ("#0f3d59", "#25688c", "#4b8db1", "#7db0cb", "#abd0e1", "#d2e6ef")
REACH_AFTER = ("#94591a", "#c08033", "#d99f55", "#e8bb80", "#f2d4ab", "#f9e9d3")


def sequence(count: int) -> tuple[str, ...]:
    """Return colours of that many things in order; more than seven repeat the last."""
    if count <= len(SEQUENCE):
        return SEQUENCE[:count]
    return (LONG_SEQUENCE + LONG_SEQUENCE[-1:] * count)[:count]


@dataclass(frozen=True)
class ShareClass:
    """A class of shares: ``low < share <= high``, except that `none` and `all` are exact."""

    id: str
    colour: str


NOT_REACHED = ShareClass("not-reached", "url(#hatch)")
CLASSES = (
    ShareClass("none", NONE),
    ShareClass("under-half", QUARTER),
    ShareClass("over-half", MOST),
    ShareClass("all", ALL),
)
"""Classes of the best estimate: no arc, under half of the arcs, half or more, every arc."""


def class_of(share: NDArray[np.float64], within: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return for each cell the index into CLASSES, or -1 where the missile does not reach.

    ``share`` is the share of the arcs within reach that have a window, 0 to 1; where it is NaN
    or ``within`` is False the class is -1. Exactly 0 and exactly 1 stand apart: a cell counts
    as engageable only when every arc has a window.
    """
    with np.errstate(invalid="ignore"):
        index = np.select(
            [share <= 0.0, share < 0.5, share < 1.0 - 1e-12], [0, 1, 2], default=3
        ).astype(np.int32)
    return np.where(within & np.isfinite(share), index, -1).astype(np.int32)
