"""The compiled raid and the SimPy twin have the same distributions, on twenty random raids."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import raid_cases as cases
import raid_twin as twin

from longroad.base.streams import philox_key
from longroad.engagement.raid import Discrimination
from longroad.engagement.raid_run import simulate

MEASURES = ("leakers", "launched", "hits", "wasted")
TWIN, OURS = 400, 20_000
# Twenty raids and four measures make eighty comparisons: of that many, one of the standard normal
# beyond 4.4 comes about once in a thousand such tests.
FAR = 4.4


def distance(ours, theirs):
    """Return the largest of the differences of mean and of the shares of each value, in errors."""
    pooled = np.concatenate([ours, theirs])
    error = pooled.std() * np.sqrt(1.0 / len(ours) + 1.0 / len(theirs))
    return abs(ours.mean() - theirs.mean()) / error if error > 0.0 else 0.0


def ks(ours, theirs):
    """Return the two-sample Kolmogorov distance, times the root of the effective size."""
    values = np.union1d(ours, theirs)
    ours_below = np.searchsorted(np.sort(ours), values, side="right") / len(ours)
    theirs_below = np.searchsorted(np.sort(theirs), values, side="right") / len(theirs)
    size = len(ours) * len(theirs) / (len(ours) + len(theirs))
    return float(np.abs(ours_below - theirs_below).max() * np.sqrt(size))


@pytest.mark.parametrize("seed", range(20))
def test_the_twin_has_the_same_distributions(seed):
    raids = 2 if seed % 5 == 4 else 1
    case = cases.random_case(seed, raids=raids)
    mode = Discrimination(seed % 3)
    theirs = twin.run(case.raids, case.arrangements[0], int(mode), TWIN, seed)
    ours = simulate(
        case.raids, case.arrangements, case.territories, philox_key(seed, "twin"), OURS,
        modes=(mode,), samples=True,
    )  # fmt: skip
    for k, name in enumerate(MEASURES):
        sample = ours.samples[:, 0, 0, ours.index(name)]
        assert distance(sample, theirs[:, k]) < FAR, name
        # Kolmogorov: beyond 2.2 once in 8,000; conservative for whole numbers.
        assert ks(sample, theirs[:, k]) < 2.2, name


def test_the_comparison_can_fail():
    """Another kill probability is seen."""
    case = cases.random_case(3)
    theirs = twin.run(case.raids, case.arrangements[0], 0, TWIN, 3)
    other = cases.with_force(case, kill=case.arrangements[0].force.kill * 0.8)
    ours = simulate(
        other.raids, other.arrangements, other.territories, philox_key(3, "twin"), OURS,
        modes=(Discrimination.PERFECT,), samples=True,
    )  # fmt: skip
    assert distance(ours.samples[:, 0, 0, ours.index("hits")], theirs[:, 2]) > FAR
