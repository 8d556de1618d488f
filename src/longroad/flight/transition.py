"""How a small error in place and velocity grows along a two-body flight."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.errors import GeometryError
from longroad.earth.wgs84 import MU_M3_S2
from longroad.flight.kepler import finite, flat, together, vectors
from longroad.flight.transition_kernel import transition_all

Array = NDArray[np.float64]


def transition(
    r_m: ArrayLike, v_m_s: ArrayLike, time_s: ArrayLike, *, mu_m3_s2: float = MU_M3_S2
) -> Array:
    """Return the state transition matrix (..., 6, 6) of a flight over ``time_s``.

    Inertial states (..., 3); arguments broadcast as in `longroad.flight.kepler`. Rows are place
    (m) and velocity (m/s) at the end, columns those at the start. Closed form, see
    `longroad.flight.transition_kernel`. Raises GeometryError for bad input and for a flight
    through the centre.
    """
    r, v, time = together(
        vectors(r_m, "r_m"), vectors(v_m_s, "v_m_s"), finite(time_s, "time_s"),
        "r_m, v_m_s and time_s",
    )  # fmt: skip
    starts = np.concatenate([flat(r, 3), flat(v, 3)], axis=1)
    states = np.empty_like(starts)
    out = np.empty((len(starts), 6, 6))
    transition_all(mu_m3_s2, starts, flat(time, 0), states, out)
    if not np.all(np.isfinite(out)):
        raise GeometryError(
            "a flight cannot be followed", expected="a flight that misses the Earth's centre"
        )
    return out.reshape((*r.shape[:-1], 6, 6))
