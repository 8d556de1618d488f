"""Every party is treated alike: swapping two parties' names swaps the results exactly."""

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from conftest import small
from longroad.scenario import loads
from longroad.study import cover, run


def rows(text):
    return {row.party: row for row in cover(loads(text), workers=1)}


def figures(row):
    return [
        (s.best, s.epistemic_p05, s.epistemic_p95, s.mc_se)
        for s in (
            row.engageable_area_fraction,
            row.engageable_population_fraction,
            row.reachable_area_fraction,
            row.reachable_population_fraction,
        )
    ]


@pytest.mark.parametrize("names", [("beta", "alpha"), ("zulu", "a"), ("m", "n")])
def test_names_carry_no_weight(fresh_cache, names):
    """The same systems under other names, alphabetical order turned round included."""
    usual, other = rows(small()), rows(small(*names))
    assert figures(other[names[0]]) == figures(usual["alpha"])
    assert figures(other[names[1]]) == figures(usual["beta"])
    # The test would prove nothing if the two parties came out alike, or empty.
    assert figures(usual["alpha"]) != figures(usual["beta"])
    assert usual["alpha"].engageable_area_fraction.best > 0.0


def test_swapping_names_swaps_every_table_row(fresh_cache, tmp_path):
    """Exactly: outcome by outcome and draw by draw, to the last bit."""
    one = run(loads(small("alpha", "beta")), tmp_path / "one").table("outcomes")
    two = run(loads(small("beta", "alpha")), tmp_path / "two").table("outcomes")
    for mine, theirs in (("alpha", "beta"), ("beta", "alpha")):
        here, there = one["party"] == mine, two["party"] == theirs
        assert here.sum() == there.sum() > 0
        order = [np.lexsort((t["draw"][m], t["outcome"][m], t["assumptions"][m]))
                 for t, m in ((one, here), (two, there))]  # fmt: skip
        assert np.array_equal(
            one["value"][here][order[0]], two["value"][there][order[1]], equal_nan=True
        )
