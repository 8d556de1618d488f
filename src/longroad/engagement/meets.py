"""When a battery meets arcs if it fires at a given time, from typed inputs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longroad.engagement.meets_kernel import meets
from longroad.flight.nodes import Nodes

Array = NDArray[np.float64]


def meets_of(
    nodes: Nodes, support: tuple[Array, NDArray[np.int32]], battery: Array, table: Array,
    opens_s: Array, latest_s: Array, launches: int,
) -> Array:  # fmt: skip
    """Return the intercepts (N, K), s, of K launches evenly from ``opens_s`` to ``latest_s`` (N,).

    ``battery`` as `windows.battery_row` makes it, ``table`` one fly-out table; NaN where an arc
    is not met at all, that is where ``latest_s`` is minus infinity.
    """
    out = np.empty((len(nodes.start_s), launches))
    meets(
        nodes.state, nodes.start_s, nodes.dt_s, support[0], support[1], battery, table,
        np.ascontiguousarray(opens_s), np.ascontiguousarray(latest_s), out,
    )  # fmt: skip
    return out
