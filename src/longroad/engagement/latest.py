"""The latest launch of a battery against many arcs, from typed inputs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.engagement.latest_kernel import latest
from longroad.flight.nodes import Nodes

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Latest:
    """Of N arcs: the latest launch (s) that meets one, minus infinity where none does, and when.

    ``meets_s`` is the intercept that launch leads to, NaN where there is none.
    """

    launch_s: Array
    meets_s: Array


def latest_of(
    nodes: Nodes, support: tuple[Array, NDArray[np.int32]], battery: Array, table: Array
) -> Latest:
    """Return the latest launches of one battery (`windows.battery_row`, one fly-out table)."""
    launch, meets = np.empty(len(nodes.start_s)), np.empty(len(nodes.start_s))
    latest(
        nodes.state, nodes.start_s, nodes.dt_s, support[0], support[1], battery, table, launch,
        meets,
    )  # fmt: skip
    return Latest(launch, meets)
