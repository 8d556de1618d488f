"""Correlated shots: the levels give back their correlations, and the limits are what they say."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import raid_cases as cases

from longroad.base.errors import RaidError
from longroad.base.streams import philox_key
from longroad.engagement.kill import levels
from longroad.engagement.raid import Discrimination
from longroad.engagement.raid_run import simulate

SHARE = st.floats(0.0, 1.0)


@given(p=st.floats(0.01, 0.99), a=SHARE, b=SHARE)
def test_two_shots_have_the_stated_correlations(p, a, b):
    r_s, r_o = min(a, b), max(a, b)
    one = levels(p, r_s, r_o)
    w, d, h = float(one.system), float(one.object), float(one.shot)
    assert max(w, d, h) <= 1.0 + 1e-12
    assert float(one.single_shot) == pytest.approx(p, rel=1e-12)
    # Joint chances of two shots, from the levels alone: at two objects, and at one.
    apart, together = w * (d * h) ** 2, w * d * h**2
    assert (apart - p * p) / (p * (1.0 - p)) == pytest.approx(r_s, abs=1e-9)
    assert (together - p * p) / (p * (1.0 - p)) == pytest.approx(r_o, abs=1e-9)


def test_without_correlation_shots_are_independent_exactly():
    one = levels([0.0, 0.3, 1.0], 0.0, 0.0)
    assert np.array_equal(one.system, [1, 1, 1])
    assert np.array_equal(one.object, [1, 1, 1])
    assert np.array_equal(one.shot, [0.0, 0.3, 1.0])
    assert one.salvo(3)[1] == pytest.approx(1.0 - 0.7**3, rel=1e-14)


def test_with_all_correlation_it_is_all_or_nothing():
    one = levels([0.0, 0.3, 1.0], 1.0, 1.0)
    assert np.array_equal(one.system, [0.0, 0.3, 1.0])
    assert np.array_equal(one.object, [1, 1, 1])
    assert np.array_equal(one.shot, [1, 1, 1])
    assert one.salvo(5)[1] == pytest.approx(0.3, rel=1e-14)


def shots(p, r_s, r_o, replicates=40_000):
    """Return of two objects (n, 2) how many of the first shots, and of the first two, hit."""
    found = []
    for salvo in (1, 2):
        case = cases.plain(
            cases.objects(2, territory=np.arange(2)),
            cases.force(
                kill=p, salvo=salvo, system_correlation=r_s, object_correlation=r_o,
            ),
        )  # fmt: skip
        out = simulate(
            case.raids, case.arrangements, 2, philox_key(11, "kill"), replicates,
            modes=(Discrimination.PERFECT,), samples=True,
        )  # fmt: skip
        where = [out.index("leakers", "territory", t) for t in (0, 1)]
        found.append(1 - out.samples[:, 0, 0, where])
    return found


@pytest.mark.parametrize(("p", "r_s", "r_o"), [(0.5, 0.2, 0.5), (0.8, 0.0, 0.4), (0.3, 0.6, 0.6)])
def test_simulated_shots_have_the_stated_correlations(p, r_s, r_o):
    once, twice = shots(p, r_s, r_o)
    # The error of a correlation of 40,000 pairs is about 0.005; of means less.
    assert once.mean() == pytest.approx(p, abs=0.01)
    assert np.corrcoef(once[:, 0], once[:, 1])[0, 1] == pytest.approx(r_s, abs=0.02)
    # Both of two shots at one object miss with q^2 + r q p.
    both_miss = (1.0 - p) ** 2 + r_o * p * (1.0 - p)
    assert 1.0 - twice.mean() == pytest.approx(both_miss, abs=0.01)
    # The same luck: what the first shot kills a salvo of two kills too.
    assert np.all(twice >= once)


@pytest.mark.parametrize(
    ("p", "r_s", "r_o", "field"),
    [
        (1.2, 0.0, 0.0, "kill"),
        (np.nan, 0.0, 0.0, "kill"),
        (0.5, -0.1, 0.0, "system_correlation"),
        (0.5, 0.4, 0.3, "object_correlation"),
    ],
)
def test_what_is_no_kill_probability_is_refused(p, r_s, r_o, field):
    with pytest.raises(RaidError) as raised:
        levels(p, r_s, r_o)
    assert raised.value.field == field
