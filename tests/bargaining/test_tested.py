"""The figures of claims: shares, gains and years against what the parts of the room say."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import small

from longroad.bargaining.acceptance import acceptance
from longroad.bargaining.assign import assignments, package_rows
from longroad.bargaining.physics import PhysicsBlock
from longroad.bargaining.sheet import sheet
from longroad.bargaining.tested import YEAR_S, Register
from longroad.bargaining.zone import zone
from longroad.scenario.claim import BargainMeasure


def block(trade: float, held: str = "low") -> PhysicsBlock:
    """Return a block in which an open port brings ``trade`` by one set, and 1 t by the other."""
    values = np.array([[[[0.0, 1.0]]], [[[0.0, trade]]]])
    return PhysicsBlock(
        ("port",), (("closed", "open"),), ("trade",), ("t",), ("low", "high"),
        {"east": held, "west": "low"}, values,
    )  # fmt: skip


def figure(measure: BargainMeasure, sense: str = "at_most", **more):
    talks = small.load()
    return Register(talks, **more).figures(measure, sense)[0]


def test_of_several_answers_the_hardest_counts():
    talks = small.load()
    sampled = assignments(talks)
    rows = package_rows(talks, [one.choices for one in talks.packages])
    signs = acceptance(sampled, rows).signs
    west_on_opening, east_on_middle = signs[:, 0, 1].mean(), signs[:, 1, 0].mean()
    measure = BargainMeasure("package_accepted_fraction", ("opening-east", "middle"))
    greatest, least = figure(measure), figure(measure, "at_least")
    assert greatest.best == max(west_on_opening, east_on_middle)
    assert least.best == min(west_on_opening, east_on_middle)
    assert [part.name for part in greatest.parts] == ["opening-east west", "middle east"]
    # The halves of the weights lie on both sides of the whole, and not all on it.
    for part in greatest.parts:
        assert part.low <= part.best <= part.high
    assert any(part.low < part.high for part in greatest.parts)


def test_only_a_party_s_own_weights_part_its_answers():
    measure = BargainMeasure("package_accepted_fraction", ("middle",), ("east",))
    talks = small.load()
    other = small.load(("tariff: [20, 60], visits: [40, 100]", "tariff: [1, 2], visits: [40, 100]"))
    one, two = (Register(t).figures(measure, "at_most")[0] for t in (talks, other))
    assert (one.best, one.low, one.high) == (two.best, two.low, two.high)


def test_agreements_can_be_kept_to_some_options():
    talks = small.load()
    whole = figure(BargainMeasure("agreement_exists_fraction"), draws=64)
    assert whole.best == zone(assignments(talks, draws=64)).share.share
    only = BargainMeasure("agreement_exists_fraction", choices={"visits": ("yes",)})
    narrowed = figure(only, draws=64)
    rest = BargainMeasure("agreement_exists_fraction", choices={"visits": ("no",)})
    assert max(narrowed.best, figure(rest, draws=64).best) <= whole.best
    # With every option of an issue named nothing is narrowed.
    every = BargainMeasure(
        "agreement_exists_fraction", choices={"tariff": ("none", "half", "full")}
    )
    assert figure(every, draws=64).best == whole.best
    home = BargainMeasure("agreement_exists_fraction", ratified=True)
    assert figure(home, draws=64).best <= whole.best


def test_gains_are_by_draw_with_the_best_estimate():
    talks = small.load()
    (row,) = package_rows(talks, [talks.packages[1].choices])
    gains = acceptance(assignments(talks), row[None]).gains[:, 0, 0]
    best = acceptance(assignments(talks, draws=0), row[None]).gains[0, 0, 0]
    found = figure(BargainMeasure("gain_fraction", ("middle",)))
    assert found.best == pytest.approx(best)
    assert (found.low, found.high) == pytest.approx(np.percentile(gains, [5, 95]))
    middle = figure(BargainMeasure("gain_fraction", ("middle",), percentile=50.0))
    assert middle.best == pytest.approx(np.median(gains))
    assert middle.low <= middle.best <= middle.high


def test_years_are_without_end_where_nothing_can_be_signed():
    found = figure(BargainMeasure("years_to_agreement"), "at_least", draws=64)
    assert found.high == np.inf or found.high > found.low
    nothing = small.load(("reservation: {no_deal: true}\n    red_lines:\n      no-full",
                          "reservation: {value: 1}\n    red_lines:\n      no-full"))  # fmt: skip
    (never,) = Register(nothing, draws=16).figures(BargainMeasure("years_to_agreement"), "at_least")
    assert (never.best, never.low, never.high) == (np.inf, np.inf, np.inf)


def test_recorded_years_are_the_median_of_their_kind():
    found = figure(BargainMeasure("years_recorded", kind="talks"))
    years = sorted(part.best / YEAR_S for part in found.parts)
    assert len(years) == 4
    assert found.best / YEAR_S == pytest.approx((years[1] + years[2]) / 2)
    assert (found.low / YEAR_S, found.high / YEAR_S) == pytest.approx((years[0], years[-1]))


def test_readings_that_change_nothing_are_left_out():
    measure = BargainMeasure("gain_fraction", ("opening-east",))
    same = Register(small.load(), block(1.0, "high"), draws=32).figures(measure, "at_most")
    assert [one.reading for one in same] == ["own"]
    changed = Register(small.load(), block(6.0, "high"), draws=32).figures(measure, "at_most")
    assert [one.reading for one in changed] == ["own", "high"]
    # West's worth falls with trade above 5 t, and only when West holds that set too.
    assert changed[1].best < changed[0].best


def test_a_package_in_full_counts_by_the_run_s_outcomes():
    talks = small.load()
    plain, physical = (sheet(talks, "opening-east", draws=64, block=b) for b in (None, block(9.0)))
    assert (plain.physics, plain.unheard) == (False, ("trade",))
    assert (physical.physics, physical.unheard) == (True, ())
    assert plain.gains != physical.gains
    # East holds that an open port brings little, so West's bound of 8 t is not the matter here.
    assert physical.accepted["west"].share <= plain.accepted["west"].share
