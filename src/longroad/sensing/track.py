"""Tracks: when a radar has one that an interceptor may be committed on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.sensing.radar import Visibility
from longroad.sensing.track_kernel import track_times

Array = NDArray[np.float64]
# Places of the two ranges in a `Visibility` made for tracks.
CUED, SEARCH = 0, 1


@dataclass(frozen=True)
class Track:
    """First track and commit quality of N arcs (s after ignition), infinite where there is none."""

    first_s: Array
    quality_s: Array


def track(seen: Visibility, cue_s: float, track_time_s: float) -> Track:
    """Return when one radar has a track, given when it is told where to look.

    ``seen`` holds the intervals of the cued range and of the search range, in this order; after
    detection a radar holds a track to the cued range. A cue from orbit is available at ``cue_s``,
    infinite for never. Commit quality takes ``track_time_s`` in unbroken view.
    """
    arcs = seen.count.shape[1]
    first, quality = np.empty(arcs), np.empty(arcs)
    track_times(
        seen.intervals[CUED], seen.count[CUED], seen.intervals[SEARCH], seen.count[SEARCH],
        np.full(arcs, cue_s), track_time_s, first, quality,
    )  # fmt: skip
    return Track(first, quality)
