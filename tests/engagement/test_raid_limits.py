"""Limits in which the answer is known: chances 0 and 1, nothing to fire, no second look."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import raid_cases as cases

from longroad.base.streams import philox_key
from longroad.engagement.raid import Coordination, Discrimination, Force
from longroad.engagement.raid_closed import (
    barrage_chance,
    expected_shots,
    salvo_kill,
    two_rounds_chance,
)
from longroad.engagement.raid_run import simulate

KEY = philox_key(2, "limits")
N = 20_000


def means(case, *names, modes=(Discrimination.PERFECT,), n=N):
    """Return means and errors of measures under the first agreement and discrimination."""
    out = simulate(case.raids, case.arrangements, case.territories, KEY, n, modes=modes)
    where = [out.index(name) for name in names]
    return out.mean()[0, 0, where], out.error()[0, 0, where]


@pytest.mark.parametrize(("p", "left"), [(0.0, 10), (1.0, 0)])
def test_a_kill_probability_of_0_and_of_1(p, left):
    case = cases.plain(cases.objects(10), cases.force(kill=p, salvo=2))
    (leakers, launched, surplus), error = means(case, "leakers", "launched", "surplus", n=50)
    assert (leakers, launched, surplus) == (left, 20, 10 if p == 1.0 else 0)
    assert np.array_equal(error, [0, 0, 0])


def test_nothing_to_fire_is_a_stated_result():
    case = cases.plain(cases.objects(5), cases.force(inventory=0))
    values, _ = means(case, "leakers", "launched", "not_fired_at", n=20)
    assert values.tolist() == [5, 0, 5]
    assert case.arrangements[0].force.silent() == ((0, "inventory"),)


@pytest.mark.parametrize(
    ("field", "value"), [("salvo", 0), ("rounds", 0), ("reserve", 100), ("inventory", 0)]
)
def test_a_doctrine_that_never_fires_is_said_to(field, value):
    case = cases.plain(cases.objects(3), cases.force(**{field: value}))
    assert case.arrangements[0].force.silent() == ((0, field),)
    values, _ = means(case, "launched", "leakers", n=20)
    assert values.tolist() == [0, 3]


def test_one_object_and_a_salvo_have_the_closed_form():
    case = cases.plain(cases.objects(1), cases.force(kill=0.6, salvo=3))
    (leakers,), (error,) = means(case, "leakers")
    assert leakers == pytest.approx(1.0 - salvo_kill(0.6, 3), abs=4 * error)


def test_without_a_second_look_there_is_one_salvo():
    looking = cases.force(rounds=3, kill=0.5)
    blind = cases.force(rounds=3, kill=0.5, assessment_s=np.inf)
    case = cases.plain(cases.objects(4), blind)
    (launched, leakers), (_, error) = means(case, "launched", "leakers")
    assert launched == 4
    assert leakers == pytest.approx(2.0, abs=4 * error)
    (launched, leakers), errors = means(
        cases.plain(cases.objects(4), looking), "launched", "leakers"
    )
    assert launched == pytest.approx(4 * expected_shots(0.5, 3, 1), abs=4 * errors[0])
    assert leakers == pytest.approx(4 * 0.5**3, abs=4 * errors[1])


def test_a_second_look_needs_time():
    """Shots meet 60 s after launch, the look takes 10 s: 70 s later there is a second chance."""
    for latest, rounds in ((169.0, 1), (171.0, 2), (241.0, 3)):
        case = cases.plain(cases.objects(1), cases.force(rounds=9, kill=0.0), latest_s=latest)
        values, _ = means(case, "launched", n=5)
        assert values[0] == rounds


def test_launches_keep_their_distance():
    """Ten objects at once, 30 s between launches, 100 s to launch in: four are met."""
    case = cases.plain(cases.objects(10), cases.force(kill=1.0, gap_s=30.0), latest_s=200.0)
    values, _ = means(case, "launched", "leakers", "not_fired_at", n=5)
    assert values.tolist() == [4, 6, 6]


def test_an_even_barrage_has_its_exact_chance():
    """Two batteries, one with a shot more at each of its objects: 20 tracked at 0.99."""
    for interceptors in (113, 116):
        case = barrage(interceptors)
        (chance,), (error,) = means(case, "nothing_leaks", n=100_000)
        assert chance == pytest.approx(barrage_chance(interceptors, 20, 0.99, 0.7), abs=4 * error)


def tracked(track, kill):
    """Return single-shot chance and correlation of shots of which a share cannot hit an object."""
    p = track * kill
    return {"kill": p, "object_correlation": (kill - p) / (1.0 - p)}


def barrage(interceptors):
    """Return a barrage shared evenly over twenty warheads."""
    each, more = divmod(interceptors, 20)
    arc = (np.arange(20) >= more).astype(int)
    a_force = cases.force(
        2, inventory=[more * (each + 1), (20 - more) * each], salvo=[each + 1, each],
        **tracked(0.99, 0.7),
    )  # fmt: skip
    ready = np.where(np.eye(2), 100.0, np.inf)
    return cases.plain(cases.objects(20, arc=arc), a_force, ready_s=ready)


@pytest.mark.parametrize("interceptors", [47, 52])
def test_two_rounds_have_their_exact_chance(interceptors):
    a_force = cases.force(
        inventory=interceptors, salvo=2, later=0, rounds=2, assessment_s=1.0, **tracked(0.99, 0.7)
    )
    case = cases.plain(cases.objects(20), a_force)
    (chance,), (error,) = means(case, "nothing_leaks", n=100_000)
    expected = two_rounds_chance(interceptors, 20, 0.99, 0.7, 2)
    assert chance == pytest.approx(expected, abs=4 * error)


def two_parties(how, **changed):
    """Return two parties with a battery each, who can meet the same ten objects."""
    values = {"party": [0, 1], "kind": [0, 1], "kill": 0.6, **changed}
    return cases.plain(
        cases.objects(10, spacing_s=1.0), cases.force(2, **values), a_rules=cases.rules(2, how)
    )


@pytest.mark.parametrize(
    ("how", "launched", "double"),
    [
        # Alone each fires one at each object; what both hit, the second one finds dead.
        (Coordination.INDEPENDENT, 20.0, 10 * 0.6),
        # Told of each other they look first: the second fires at what the first one missed.
        (Coordination.DECONFLICTED, 14.0, 0.0),
        (Coordination.JOINT, 14.0, 0.0),
    ],
)
def test_coordination_saves_what_is_fired_twice(how, launched, double):
    (fired, twice, leakers), errors = means(two_parties(how), "launched", "double", "leakers")
    assert fired == pytest.approx(launched, abs=4 * errors[0] + 1e-12)
    assert twice == pytest.approx(double, abs=4 * errors[1])
    assert leakers == pytest.approx(10 * 0.4**2, abs=4 * errors[2])


def test_an_independent_party_may_see_for_itself_what_is_dead():
    late = {"ready_s": [[100.0, 200.0]]}
    seen = cases.plain(
        cases.objects(4), cases.force(2, party=[0, 1], kill=1.0),
        a_rules=cases.rules(2, 0, sees_kills=True), **late,
    )  # fmt: skip
    blind = cases.plain(
        cases.objects(4), cases.force(2, party=[0, 1], kill=1.0), a_rules=cases.rules(2, 0), **late
    )
    assert means(seen, "launched", n=5)[0] == 4
    assert means(blind, "launched", "double", n=5)[0].tolist() == [8, 4]


def test_discrimination_under_three_names():
    raid = cases.objects(10, decoys=4, taken=np.where(np.arange(10) < 6, 0.9, 0.25))
    case = cases.plain(raid, cases.force(kill=1.0))
    out = simulate(case.raids, case.arrangements, 1, KEY, N)
    names = ("leakers", "at_decoys", "passed_over", "launched")
    where = [out.index(name) for name in names]
    error = out.error()[0][:, where]
    found = out.mean()[0][:, where]
    expected = np.array([[0, 0, 0, 6], [0.6, 1.0, 0.6, 6.4], [0, 4, 0, 10]])
    assert np.all(np.abs(found - expected) <= 4 * error + 1e-12)


@pytest.mark.parametrize(
    ("changed", "a_rules", "reason"),
    [
        ({}, {"consent": 0.0}, "refused"),
        ({}, {"delay_s": 500.0}, "late"),
        ({"ready_s": np.inf, "free": np.ones((1, 1, 1), dtype=bool)}, {}, "barred"),
    ],
)
def test_what_procedure_costs_has_a_reason(changed, a_rules, reason):
    case = cases.plain(
        cases.objects(4, decoys=1), cases.force(), a_rules=cases.rules(1, **a_rules), **changed
    )
    out = simulate(case.raids, case.arrangements, 1, KEY, 10)
    assert np.all(out.total[0, :, out.index("lost_to_procedure")] == 30)
    for name in ("barred", "refused", "late"):
        lost = out.total[0, :, out.index(name, "party", 0)]
        assert np.all(lost == (30 if name == reason else 0))


def test_what_nobody_could_meet_is_said_apart():
    case = cases.plain(cases.objects(4), cases.force(), ready_s=600.0)
    out = simulate(case.raids, case.arrangements, 1, KEY, 10)
    assert np.all(out.total[0, :, out.index("never_engageable")] == 40)


def test_consent_that_comes_sometimes():
    case = cases.plain(
        cases.objects(4), cases.force(kill=1.0), a_rules=cases.rules(1, consent=0.75)
    )
    (leakers,), (error,) = means(case, "leakers")
    assert leakers == pytest.approx(1.0, abs=4 * error)


def test_states_of_information_come_with_their_chances():
    ready = np.array([100.0, np.inf]).reshape(2, 1, 1)
    case = cases.plain(
        cases.objects(3), cases.force(kill=1.0), chance=[0.7, 0.3], ready_s=ready, free=ready < 500
    )
    (leakers, clean), (error, other) = means(case, "leakers", "nothing_leaks")
    assert leakers == pytest.approx(0.9, abs=4 * error)
    assert clean == pytest.approx(0.7, abs=4 * other)


def test_raids_in_sequence_use_up_the_stock():
    raid = cases.objects(4)
    a_force = cases.force(inventory=7, reserve=[[2], [0], [0]], resupply=[3], kill=1.0)
    case = cases.plain(raid, a_force)
    out = simulate([raid] * 3, case.arrangements, 1, KEY, 5)
    launched = out.by_raid[:, 0, 0, out.index("launched")] / 5
    # 7 - 2 held back, then 3 left + 3, then 2 left + 3.
    assert launched.tolist() == [4, 4, 4]
    short = cases.plain(raid, Force(**{**vars(a_force), "inventory": [5], "resupply": [1]}))
    out = simulate([raid] * 3, short.arrangements, 1, KEY, 5)
    assert (out.by_raid[:, 0, 0, out.index("launched")] / 5).tolist() == [3, 3, 1]
    assert np.all(out.total[0, :, out.index("nothing_leaks")] == 0)
