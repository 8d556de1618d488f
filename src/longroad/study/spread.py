"""A figure with its spread: best estimate, interval over assumptions, sampling error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.streams import scramble_error


@dataclass(frozen=True)
class Spread:
    """``best``, the 5 % and 95 % quantiles over assumptions, and the sampling error of the mean.

    The three are never pooled: ``epistemic_*`` is what is not known, ``mc_se`` what a finite
    number of draws leaves open. None stands for a figure that does not exist.
    """

    best: float | None
    epistemic_p05: float | None
    epistemic_p95: float | None
    mc_se: float | None
    unit: str = "1"


def spread(best: float, draws: NDArray[np.float64], unit: str = "1") -> Spread:
    """Return the spread of one outcome from its best estimate and its draws, in their order.

    Draws in which the outcome does not exist (NaN) are left out; without any the interval is None.
    """
    known = draws[np.isfinite(draws)]
    if known.size == 0:
        return Spread(_number(best), None, None, None, unit)
    low, high = np.quantile(known, [0.05, 0.95])
    error = float(scramble_error(draws)) if known.size == draws.size else float("nan")
    return Spread(_number(best), float(low), float(high), _number(error), unit)


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
