"""Measures against cases worked out by hand, and the published anchor."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longroad.base.errors import UsageError
from longroad.deterrent import (
    Flight,
    Lever,
    Posture,
    Reach,
    Site,
    arrivals_pmf,
    at_least,
    best_draw,
    build_up,
    make_roster,
    needed,
    no_defence,
    stability,
    touchable_share,
    touched,
)
from longroad.deterrent.estimate import expected_share_lost
from longroad.deterrent.exchange import run_best
from longroad.deterrent.posture import STAGES, Stage

SEED = 3
RIDE_OUT = Posture.DAILY_RIDE_OUT


@pytest.fixture
def sure(build):
    """Forty launchers with a warhead each that all arrive, come what may."""
    return build.force(
        build.weapon(launchers=40, warheads=40, alert=1.0, survival=1.0, reliability=1.0)
    )


def test_touched_by_base_and_site(build):
    force = build.force(*build.force().weapons, build.aircraft())
    flights = (
        Flight("silo", "west", "end-1", 2.0),
        Flight("silo", "west", "end-2", 2.0),
        Flight("silo", "east", "end-1", 1.0),
    )
    table = np.array([[[True, False], [False, True], [False, False]]])
    reach = Reach(flights, ("a", "b"), table)
    defence = build.defence(force)
    defence = type(defence)("shield", "south", tuple(Site(s, 5, 0.5, 1) for s in "ab"), reach)
    rows = {(r.weapon, r.base, r.site): (r.warheads, r.share) for r in touched(force, defence)}
    assert rows["silo", "west", "a"] == (pytest.approx(24), 0.5)
    assert rows["silo", "west", "any"] == (pytest.approx(24), 1.0)
    assert rows["silo", "east", "any"] == (pytest.approx(6), 0.0)
    assert rows["boats", "", "any"] == (40, None)
    assert rows["aircraft", "", "any"] == (60, 0.0)
    assert touchable_share(force, defence) == pytest.approx(24 / 130)


def test_the_number_of_interceptors_for_an_effect(build, sure):
    """Certain kills: a quarter of 40 warheads takes ten interceptors, whatever the luck."""
    defence = build.defence(sure, Site("hill", 100, 1.0, 4))
    found = needed(
        sure, defence, RIDE_OUT, 0.25, Lever.INVENTORY, greatest=2.0, repeats=8, seed=SEED
    )
    assert found.value * 100 == pytest.approx(10, abs=1e-3)
    assert found.effect == 0.25


def test_the_kill_chance_for_an_effect(build, sure):
    """One shot at each warhead: the share lost is the chance of a kill."""
    defence = build.defence(sure, Site("hill", 40, 0.1, 1))
    found = needed(sure, defence, RIDE_OUT, 0.5, Lever.KILL, greatest=1.0, repeats=2000, seed=SEED)
    assert found.value == pytest.approx(0.5, abs=0.01)


def test_reach_bounds_what_any_number_can_do(build):
    force = build.force()
    defence = build.defence(force, within={"silo": (True,), "boats": (False,)})
    found = needed(
        force, defence, RIDE_OUT, 0.9, Lever.INVENTORY, greatest=1000.0, repeats=64, seed=SEED
    )
    assert found.value is None
    assert 0.0 < found.effect < 0.9
    for share in (0.0, 1.2):
        with pytest.raises(UsageError):
            needed(force, defence, RIDE_OUT, share, Lever.KILL, greatest=1.0, repeats=8, seed=SEED)
    with pytest.raises(UsageError):
        needed(force, defence, RIDE_OUT, 0.5, Lever.KILL, greatest=1.1, repeats=8, seed=SEED)


def test_the_published_anchor_of_a_defence_that_matters(build):
    """To push Wu's P(at least 1) below one half with 4 shots takes a single shot of about 0.30."""
    one = build.weapon(
        launchers=24, warheads=24, alert=1.0, survival=0.44 * 0.784 * 0.5 * 0.8, reliability=0.8
    )
    force = build.force(one)

    def retaliates(kill):
        defence = build.defence(force, Site("hill", 96, kill, 4))
        roster = make_roster(force, defence, SEED)
        return at_least(arrivals_pmf(roster, defence, best_draw(force), 0, RIDE_OUT))[1]

    assert retaliates(0.0) == pytest.approx(1 - (1 - 0.44 * 0.784 * 0.5 * 0.8 * 0.8) ** 24)
    assert retaliates(0.0) == pytest.approx(0.941, abs=2e-3)  # the notes' own figure, 0.9396 here
    assert retaliates(0.28) > 0.5 > retaliates(0.30)


def test_stability_by_hand(build):
    """All on alert, half survive and all that leaves works; 10 sure interceptors of one shot."""
    one = build.weapon(
        launchers=40, warheads=40, alert=1.0, survival=0.5, reliability=1.0, prompt_launch=1.0
    )
    force = build.force(one)
    defence = build.defence(force, Site("hill", 10, 1.0, 1))
    rows = {row.posture: row for row in stability(force, defence, repeats=4000, seed=SEED)}
    ride, prompt = rows[RIDE_OUT], rows[Posture.DAILY_PROMPT]
    assert prompt.retaliation == prompt.unattacked == 40
    assert prompt.first_strike_advantage == 0.0
    assert prompt.retaliation_defended == 30
    assert ride.retaliation == pytest.approx(20, abs=0.2)
    assert ride.retaliation_defended == pytest.approx(10, abs=0.2)
    assert ride.first_strike_advantage == pytest.approx(0.5, abs=0.005)
    assert ride.first_strike_advantage_defended == pytest.approx(2 / 3, abs=0.01)
    assert ride.party == "north"


def test_the_build_up_that_cancels_a_defence(build, sure):
    """Ten sure interceptors are made good by ten more warheads of forty, and none by none."""
    defence = build.defence(sure, Site("hill", 10, 1.0, 1))
    found = build_up(sure, defence, RIDE_OUT, greatest=3, repeats=4, seed=SEED)
    assert found.warheads_added == 10
    assert found.size == pytest.approx(1.25, abs=0.5 / 40)
    idle = build_up(sure, no_defence("south"), RIDE_OUT, greatest=3, repeats=4, seed=SEED)
    assert (idle.size, idle.warheads_added) == (1.0, 0.0)
    wide = build.defence(sure, Site("hill", 1000, 1.0, 1))
    assert build_up(sure, wide, RIDE_OUT, greatest=2, repeats=4, seed=SEED).size is None


@settings(max_examples=25, deadline=None)
@given(
    inventory=st.integers(0, 80),
    more=st.integers(1, 20),
    kill=st.floats(0.0, 1.0),
    shots=st.integers(0, 5),
    told=st.floats(0.0, 1.0),
)
def test_in_the_exact_mixture_more_interceptors_never_raise_arrivals(
    build, inventory, more, kill, shots, told
):
    """Not only in the mean: at least N never gets likelier, for any N."""
    force = build.force()
    best = best_draw(force)

    def tail(number):
        site = Site("hill", number, kill, shots)
        defence = build.defence(force, site, within={"silo": (True,)}, discriminated=told)
        roster = make_roster(force, defence, 3)
        return at_least(arrivals_pmf(roster, defence, best, 0, Posture.GENERATED_PROMPT))

    assert np.all(tail(inventory + more) <= tail(inventory) + 1e-12)


@pytest.mark.parametrize("kill", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("inventory", [30, 200, 2000])
def test_expected_numbers_tell_what_the_simulation_tells(build, kill, inventory):
    """Where hundreds arrive, to three in a hundred of them; the quick way only picks ends."""
    force = build.force(build.weapon(launchers=300, warheads=900))
    sites = (Site("a", inventory, kill, 2), Site("b", inventory, kill, 3))
    defence = build.defence(force, *sites, within={"silo": (True, True)})
    counts = run_best(make_roster(force, defence, 5), force, defence, 1_000, 5).mean(axis=0)
    arriving, left = (
        counts[:, STAGES.index(stage)] for stage in (Stage.ARRIVING, Stage.PENETRATING)
    )
    quick = expected_share_lost(force, defence, best_draw(force))
    assert quick == pytest.approx((arriving - left) / arriving, abs=0.03)
