"""Kernel of the intercept that a launch leads to: when a battery that fires at l meets an arc.

A battery that is ready at l meets the arc at the first time of its windows
(`longroad.engagement.window_kernel`); a raid asks that for launches at any time between the
earliest and the latest that still meets the arc, so it is tabulated there.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel, lean_kernel
from longroad.engagement.window_kernel import arc_windows, window_space
from longroad.flight.intervals import MOST, Search, search_space

Array = NDArray[np.float64]
Index = NDArray[np.int32]


@lean_kernel
def _each(
    nodes: Array, start: Array, dt: Array, support: Array, support_count: Index, battery: Array,
    table: Array, opens: Array, latest: Array, values: Array, search: Search, scratch: Array,
    windows: Array, out: Array,
) -> None:  # fmt: skip
    """Fill what :func:`meets` fills, with work space for the windows of one arc."""
    many = out.shape[1]
    for i in range(nodes.shape[0]):
        for k in range(many):
            out[i, k] = math.nan
        if not latest[i] > -math.inf:
            continue
        step = (latest[i] - opens[i]) / max(many - 1, 1)
        # Who fires earlier can meet the arc wherever who fires later does: seconds by which the
        # axes of the table say otherwise, straight under an arc, are taken out. The latest launch
        # is known to so many decimals only: what fires then meets the arc as just before.
        last = -math.inf
        for k in range(many):
            ready = opens[i] + k * step
            found = arc_windows(
                nodes[i], start[i], dt[i], ready, support[i], support_count[i], battery, table,
                values, search, scratch, windows,
            )  # fmt: skip
            if found > 0:
                last = max(last, windows[0, 0])
            out[i, k] = last if last > -math.inf else math.nan


@kernel
def meets(
    nodes: Array, start: Array, dt: Array, support: Array, support_count: Index, battery: Array,
    table: Array, opens: Array, latest: Array, out: Array,
) -> None:  # fmt: skip
    """Fill the intercept ``out`` (N, K), s, of K launches evenly from ``opens`` to ``latest`` (N,).

    NaN where the battery cannot meet the arc at all (``latest`` minus infinity). ``nodes`` (N, J,
    6), ``start`` and ``dt`` (N,), ``support`` (N, MOST, 2) with ``support_count`` (N,).
    """
    _each(
        nodes, start, dt, support, support_count, battery, table, opens, latest,
        window_space(nodes.shape[1]), search_space(), np.empty((3, MOST, 2)), np.empty((MOST, 2)),
        out,
    )  # fmt: skip
