"""Bookkeeping in every replicate, common random numbers, and the same bytes at any workers."""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import raid_cases as cases

from longroad.base.streams import philox_key
from longroad.engagement.raid import Discrimination
from longroad.engagement.raid_outcome import merged
from longroad.engagement.raid_replay import Event, Fate, replay
from longroad.engagement.raid_run import Goal, simulate, simulate_until, worst_error

MODES = (Discrimination.PERFECT, Discrimination.STATED, Discrimination.NONE)
WHY = ("never_engageable", "lost_to_procedure", "passed_over", "not_fired_at", "missed")


def key(seed):
    return philox_key(seed, "books")


def run(case, seed, n, **more):
    return simulate(case.raids, case.arrangements, case.territories, key(seed), n, **more)


@pytest.mark.parametrize("seed", range(8))
def test_every_interceptor_and_every_object_is_accounted_for(seed):
    case = cases.random_case(seed, most_objects=20, agreements=2, raids=2)
    out = run(case, seed, 500, samples=True)

    def of(name, *where):
        return out.samples[..., out.index(name, *where)]

    batteries, parties = len(case.arrangements[0].force), len(case.arrangements[0].rules.consent)
    objects = sum(int((~raid.decoy).sum()) for raid in case.raids)
    fates = ("hits", "misses", "surplus", "double", "at_decoys")
    assert np.array_equal(of("launched"), sum(of(name) for name in fates))
    assert np.array_equal(of("wasted"), of("double") + of("at_decoys"))
    assert np.all(of("leakers") + of("hits") == objects)
    assert np.array_equal(of("leakers"), sum(of(name) for name in WHY))
    assert np.all(of("engaged") == of("hits") + of("missed"))
    by_territory = sum(of("leakers", "territory", t) for t in range(case.territories))
    assert np.array_equal(of("leakers"), by_territory)
    assert np.array_equal(of("nothing_leaks"), of("leakers") == 0)
    for name in ("launched", "hits", "wasted"):
        assert np.array_equal(of(name), sum(of(name, "battery", b) for b in range(batteries)))
        assert np.array_equal(of(name), sum(of(name, "party", p) for p in range(parties)))
    for a, one in enumerate(case.arrangements):
        supply = one.force.inventory + one.force.resupply
        for b in range(batteries):
            assert np.all(of("launched", "battery", b)[:, a] <= supply[b])
    assert np.all(of("at_decoys")[:, :, 0] == 0), "under perfect discrimination no decoy is shot at"
    assert out.leaks.sum(axis=-1).min() == out.leaks.sum(axis=-1).max() == 500


@pytest.mark.parametrize("seed", range(6))
def test_a_replay_is_the_replicate_shot_by_shot(seed):
    case = cases.random_case(seed + 50, most_objects=12, raids=2)
    out = run(case, seed, 25, samples=True)
    batteries = len(case.arrangements[0].force)
    for replicate in range(25):
        for d, mode in enumerate(MODES):
            total = np.zeros(batteries, dtype=int)
            hits = leaks = 0
            for raid in range(2):
                one = replay(
                    case.raids, case.arrangements, case.territories, key(seed), replicate, 0, mode,
                    raid=raid,
                )  # fmt: skip
                assert np.all(np.diff(one.time_s) >= 0.0)
                fired = np.bincount(one.battery[one.event == Event.LAUNCH], minlength=batteries)
                arrived = one.event == Event.INTERCEPT
                came = np.bincount(one.battery[arrived], minlength=batteries)
                assert np.array_equal(fired, came), "every interceptor launched arrives"
                assert np.array_equal(one.before - one.after, fired), (
                    "and is missing from the stock"
                )
                total += fired
                hits += int((one.outcome[arrived] == Fate.HIT).sum())
                leaks += int(((one.event == Event.IMPACT) & (one.outcome == 1)).sum())
            row = out.samples[replicate, 0, d]
            launched = [row[out.index("launched", "battery", b)] for b in range(batteries)]
            assert total.tolist() == launched
            assert (hits, leaks) == (row[out.index("hits")], row[out.index("leakers")])


def test_launches_of_a_battery_keep_their_distance_and_their_windows():
    case = cases.random_case(4, most_objects=12)
    one = case.arrangements[0]
    for replicate in range(30):
        events = replay(case.raids, case.arrangements, 2, key(4), replicate, 0, MODES[2])
        launches = events.event == Event.LAUNCH
        ignition = events.time_s[events.event == Event.IGNITION]
        order = np.argsort(events.object[events.event == Event.IGNITION])
        at = ignition[order]
        for b in range(len(one.force)):
            mine = launches & (events.battery == b)
            times = np.sort(events.time_s[mine])
            assert np.all(np.diff(times) >= one.force.gap_s[b] - 1e-9)
            arc = case.raids[0].arc[events.object[mine]]
            since = events.time_s[mine] - at[events.object[mine]]
            state = one.opportunities.ready_s[events.state, arc, b]
            assert np.all(since >= state - 1e-9)
            assert np.all(since <= one.opportunities.latest_s[arc, b] + 1e-9)


def same(a, b):
    return all(
        np.array_equal(getattr(a, field.name), getattr(b, field.name))
        for field in fields(a)
        if field.name not in {"measures"}
    )


def test_the_same_bytes_at_one_and_two_workers_and_in_blocks():
    case = cases.random_case(7, agreements=3, most_objects=12)
    whole = run(case, 7, 601, samples=True)
    assert same(whole, run(case, 7, 601, workers=2, samples=True))
    parts = [run(case, 7, 200, samples=True), run(case, 7, 401, first=200, samples=True)]
    assert same(whole, merged(parts))
    assert not same(whole, run(case, 8, 601, samples=True)), "another seed gives other numbers"


def test_agreements_meet_the_same_luck():
    """An agreement beside itself never differs, and is the same run alone or with others."""
    case = cases.random_case(9, agreements=2, most_objects=12)
    first, second = case.arrangements
    alone = simulate(case.raids, [first], case.territories, key(9), 300, samples=True)
    beside = simulate(
        case.raids, [second, first, first], case.territories, key(9), 300, samples=True
    )
    assert np.array_equal(alone.samples[:, 0], beside.samples[:, 1])
    mean, error = beside.difference(1, 2)
    assert np.all(mean == 0.0)
    assert np.all(error == 0.0)


def test_the_error_of_a_difference_is_that_of_pairs():
    case = cases.random_case(12, agreements=2, most_objects=10)
    out = run(case, 12, 400, samples=True)
    pairs = out.samples[:, 0] - out.samples[:, 1]
    mean, error = out.difference(0, 1)
    assert np.allclose(mean, pairs.mean(axis=0), rtol=1e-12, atol=1e-12)
    assert np.allclose(error, pairs.std(axis=0, ddof=1) / 20.0, rtol=1e-9, atol=1e-12)
    single = out.samples.std(axis=0, ddof=1) / 20.0
    assert np.allclose(out.error(), single, rtol=1e-9, atol=1e-12)


def test_quantiles_are_those_of_the_replicates():
    case = cases.random_case(13, most_objects=15)
    out = run(case, 13, 400, samples=True)
    for p in (0.05, 0.5, 0.95):
        leakers = np.sort(out.samples[:, 0, 0, out.index("leakers")])
        assert out.leak_quantile(p)[0, 0, 0] == leakers[int(np.ceil(p * 400)) - 1]
        launched = np.sort(out.samples[:, 0, 0, out.index("launched")])
        assert out.launched_quantile(p)[0, 0] == launched[int(np.ceil(p * 400)) - 1]


def test_stopping_looks_at_the_worst_error_of_all_and_doubles():
    case = cases.random_case(14, agreements=2, most_objects=10)
    arguments = (case.raids, case.arrangements, case.territories, key(14))
    out = simulate_until(*arguments, Goal(error=0.03, least=200, most=100_000))
    assert out.replicates in {200 * 2**k for k in range(12)}
    assert worst_error(out) <= 0.03
    half = simulate(*arguments, max(out.replicates // 2, 200))
    assert out.replicates == 200 or worst_error(half) > 0.03
    assert simulate_until(*arguments, Goal(0.0, 100, 350)).replicates == 350
