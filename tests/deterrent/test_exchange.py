"""What holds on every single draw, and against closed forms and a plain twin."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from longroad.base.errors import UsageError
from longroad.catalog import load_catalog
from longroad.deterrent import (
    POSTURES,
    STAGES,
    DefenceError,
    Link,
    Posture,
    Site,
    Stage,
    arrivals_pmf,
    best_draw,
    draw,
    exchange,
    forces,
    make_roster,
    no_defence,
    reach_of_shares,
)
from longroad.deterrent.exact import at_least, expected, mean, mixture
from longroad.deterrent.exchange import run_best, run_draws
from longroad.deterrent.exchange_kernel import shots_at, uniform

SEED = 7
STAGE = {stage: k for k, stage in enumerate(STAGES)}
PENETRATING, ARRIVING = STAGE[Stage.PENETRATING], STAGE[Stage.ARRIVING]


def outcomes(force, defence, draws=64, repeats=4):
    """Single outcomes (run, posture, stage): each draw with its own assumptions."""
    roster = make_roster(force, defence, SEED)
    return np.concatenate(
        [
            run_draws(roster, defence, draw(force, draws, SEED), 1, SEED, 1),
            run_best(roster, force, defence, draws * repeats, SEED),
        ]
    )


@pytest.fixture(scope="module")
def plain(build):
    """A force of silos, boats and bombers, and what it does without a defence."""
    force = build.force(*build.force().weapons, build.aircraft())
    return force, outcomes(force, no_defence("south"))


def test_without_a_defence_all_that_arrives_penetrates(plain):
    _, found = plain
    assert np.array_equal(found[..., PENETRATING], found[..., ARRIVING])
    assert np.all(np.diff(found[..., :4], axis=2) <= 0)
    assert found[..., ARRIVING].max() > found[..., ARRIVING].min()


@pytest.mark.parametrize(
    "broken",
    [
        {"sites": (Site("hill", 0, 0.5, 2),)},
        {"sites": (Site("hill", 12, 0.5, 0),)},
        {"sites": (Site("hill", 12, 0.0, 2),)},
        {"within": {}},
        {"works": 0.0},
        {"discriminated": 0.0},
    ],
    ids=["no interceptors", "no shots", "no kill", "no reach", "does not work", "sees nothing"],
)
def test_a_defence_that_lacks_one_thing_equals_none_exactly(build, plain, broken):
    force, bare = plain
    sites = broken.pop("sites", (Site("hill", 12, 0.5, 2),))
    defence = build.defence(force, *sites, **broken)
    found = outcomes(force, defence)
    for stage in (Stage.DEPLOYED, Stage.SURVIVING, Stage.LAUNCHED, Stage.ARRIVING):
        assert found[..., STAGE[stage]].mean() == pytest.approx(bare[..., STAGE[stage]].mean())
    assert np.array_equal(found[..., PENETRATING], found[..., ARRIVING])
    assert np.array_equal(found[..., ARRIVING], bare[..., ARRIVING])


@settings(max_examples=25, deadline=None)
@given(
    inventory=st.tuples(st.integers(0, 60), st.integers(0, 60)),
    kill=st.floats(0.05, 0.95),
    shots=st.integers(1, 5),
    shared=st.booleans(),
)
def test_more_interceptors_or_better_ones_never_let_more_through(
    build, inventory, kill, shots, shared
):
    force = build.force()
    within = {"silo": (True, shared), "boats": (False, True)}

    def left(first, second, chance):
        sites = (Site("a", first, chance, shots), Site("b", second, chance, shots))
        return outcomes(force, build.defence(force, *sites, within=within), 16, 2)[..., PENETRATING]

    base = left(*inventory, kill)
    assert np.all(left(inventory[0] + 7, inventory[1], kill) <= base)
    assert np.all(left(inventory[0], inventory[1] + 1, kill) <= base)
    assert np.all(left(*inventory, min(1.0, 1.3 * kill)) <= base)


def test_launching_under_attack_and_a_crisis_never_do_worse_on_the_same_draw(build, plain):
    force, bare = plain
    sites = (Site("a", 9, 0.6, 2), Site("b", 14, 0.4, 3))
    within = {"silo": (True, True), "boats": (False, True)}
    found = outcomes(force, build.defence(force, *sites, within=within))
    for counts in (found, bare):
        for stage in (Stage.SURVIVING, Stage.LAUNCHED, Stage.ARRIVING, Stage.PENETRATING):
            by_posture = counts[..., STAGE[stage]].T
            for posture, count in zip(POSTURES, by_posture, strict=True):
                for other, less in zip(POSTURES, by_posture, strict=True):
                    if posture.prompt >= other.prompt and posture.generated >= other.generated:
                        assert np.all(count >= less), (posture, other, stage)


@pytest.mark.parametrize("id", [force.id for force in forces(load_catalog())])
def test_the_order_of_postures_holds_for_every_force_of_the_catalogue(catalog, id):
    force = next(force for force in forces(catalog) if force.id == id)
    counts = outcomes(force, no_defence("other"), 32, 1)[..., ARRIVING]
    best, worst = Posture.GENERATED_PROMPT, Posture.DAILY_RIDE_OUT
    assert np.all(counts.max(axis=1) == counts[:, POSTURES.index(best)])
    assert np.all(counts.min(axis=1) == counts[:, POSTURES.index(worst)])
    means = counts.mean(axis=0)
    assert means[0] > means[3]


def test_swapping_parties_swaps_results(build):
    ours, theirs = build.force(), build.force(build.weapon("field", launchers=20), party="south")
    first = build.defence(theirs, Site("hill", 12, 0.5, 2), party="north")
    second = build.defence(ours, Site("coast", 30, 0.3, 4), party="south")

    def both(forces, defences):
        return {
            (force.party, defence.party): exchange(force, defence, draws=16, repeats=2, seed=SEED)
            for force, defence in zip(forces, defences, strict=True)
        }

    kept = both((ours, theirs), (second, first))
    swapped = both(
        (ours.called("south"), theirs.called("north")),
        (second.called("north"), first.called("south")),
    )
    for one, other in ((("north", "south"), ("south", "north")),) * 2:
        assert np.array_equal(kept[one].draws, swapped[other].draws)
        assert np.array_equal(kept[other].best, swapped[one].best)
    assert not np.array_equal(kept["north", "south"].draws, kept["south", "north"].draws)


@pytest.mark.parametrize("posture", POSTURES)
def test_exact_distribution_and_simulation_agree(build, posture):
    weapons = (*build.force().weapons, build.aircraft(), build.weapon("field", reliability=0.7))
    force = build.force(*weapons)
    sites = (Site("a", 9, 0.6, 2), Site("b", 14, 0.4, 3))
    within = {"silo": (True, False), "boats": (False, True), "field": (False, False)}
    defence = build.defence(force, *sites, within=within, works=0.8, discriminated=0.9)
    roster = make_roster(force, defence, SEED)
    pmf = arrivals_pmf(roster, defence, best_draw(force), 0, posture)
    counts = run_best(roster, force, defence, 40_000, SEED)[:, POSTURES.index(posture), PENETRATING]
    assert pmf.sum() == pytest.approx(1.0, abs=1e-12)
    error = counts.std() / np.sqrt(len(counts))
    assert counts.mean() == pytest.approx(mean(pmf), abs=4 * error)
    tail = at_least(pmf)
    for number in np.quantile(counts, [0.1, 0.5, 0.9]).astype(int):
        share = (counts >= number).mean()
        error = np.sqrt(share * (1 - share) / len(counts))
        assert share == pytest.approx(tail[number], abs=4 * error)


@pytest.mark.parametrize("posture", POSTURES)
def test_exact_means_are_the_means_of_the_distribution(build, posture):
    force = build.force(*build.force().weapons, build.aircraft())
    roster = make_roster(force, no_defence("south"), SEED)
    draws = draw(force, 8, SEED)
    for row in range(8):
        pmf = arrivals_pmf(roster, no_defence("south"), draws, row, posture)
        assert expected(roster, draws, row, posture).arriving == pytest.approx(mean(pmf))


def test_one_warhead_a_launcher_is_binomial(build):
    one = build.weapon(launchers=24, warheads=24, alert=1.0, survival=0.3, reliability=0.8)
    force = build.force(one)
    roster = make_roster(force, no_defence("south"), SEED)
    pmf = arrivals_pmf(roster, no_defence("south"), best_draw(force), 0, Posture.DAILY_RIDE_OUT)
    assert pmf == pytest.approx(binom.pmf(np.arange(25), 24, 0.24), abs=1e-15)


def test_a_boat_is_lost_as_a_whole(build):
    """Two boats of six tubes with two warheads: 0, 12 or 24 when nothing else can fail."""
    boats = build.weapon(
        launchers=12, warheads=24, platform_launchers=6, alert=1.0, survival=0.9, reliability=1.0
    )
    force = build.force(boats)
    roster = make_roster(force, no_defence("south"), SEED)
    pmf = arrivals_pmf(roster, no_defence("south"), best_draw(force), 0, Posture.DAILY_RIDE_OUT)
    assert {n: p for n, p in enumerate(pmf) if p > 0} == pytest.approx(
        {0: 0.01, 12: 0.18, 24: 0.81}
    )


def test_salvos_are_spread_evenly():
    for objects in range(1, 12):
        for inventory in range(40):
            shots = [shots_at(j, objects, inventory, 3) for j in range(objects)]
            uncapped = [shots_at(j, objects, inventory, 1000) for j in range(objects)]
            assert sum(uncapped) == inventory
            assert max(uncapped) - min(uncapped) <= 1
            assert shots == [min(3, shot) for shot in uncapped]
            assert uncapped == sorted(uncapped, reverse=True)
            more = [shots_at(j, objects + 1, inventory, 1000) for j in range(objects)]
            assert all(a <= b for a, b in zip(more, uncapped, strict=True))


def test_kills_of_an_even_salvo_by_hand(build):
    """3 warheads certain to come, 4 interceptors of 0.5: two shots at one, one at the others."""
    sure = build.weapon(launchers=3, warheads=3, alert=1.0, survival=1.0, reliability=1.0)
    force = build.force(sure)
    defence = build.defence(force, Site("hill", 4, 0.5, 4))
    roster = make_roster(force, defence, SEED)
    pmf = arrivals_pmf(roster, defence, best_draw(force), 0, Posture.DAILY_RIDE_OUT)
    left = (0.25, 0.5, 0.5)
    none = np.prod([1 - p for p in left])
    assert pmf[3] == pytest.approx(np.prod(left))
    assert pmf[0] == pytest.approx(none)
    assert mean(pmf) == pytest.approx(1.25)


def test_a_mixture_is_the_mean_of_its_parts():
    mixed = mixture([np.array([1.0]), np.array([0.0, 0.5, 0.5])])
    assert mixed == pytest.approx([0.5, 0.25, 0.25])


def test_uniform_numbers_are_uniform_and_apart():
    keys = np.arange(100, dtype=np.uint64)
    found = np.array(
        [[uniform(key, kind, k) for k in range(200)] for key in keys for kind in (1, 2)]
    )
    assert 0.0 < found.min() < found.max() < 1.0
    assert found.mean() == pytest.approx(0.5, abs=4 / np.sqrt(12 * found.size))
    assert found.var() == pytest.approx(1 / 12, rel=0.02)
    assert len(np.unique(found)) == found.size
    near = np.corrcoef(found[:, :-1].ravel(), found[:, 1:].ravel())[0, 1]
    assert abs(near) < 4 / np.sqrt(found.size)


def test_workers_change_nothing(build):
    force = build.force()
    defence = build.defence(force)
    found = [exchange(force, defence, draws=200, repeats=2, seed=SEED, workers=n) for n in (1, 3)]
    assert np.array_equal(found[0].draws, found[1].draws)
    assert np.array_equal(found[0].best, found[1].best)
    other = exchange(force, defence, draws=200, repeats=2, seed=SEED + 1)
    assert not np.array_equal(found[0].draws, other.draws)


def test_reach_may_differ_from_draw_to_draw(build):
    force = build.force()
    defence = build.defence(force)
    table = np.zeros((16, 2, 1), dtype=bool)
    table[::2] = True
    defence = replace(defence, reach=replace(defence.reach, within=table))
    found = exchange(force, defence, draws=16, repeats=4, seed=SEED).draws
    lost = (found[..., ARRIVING] - found[..., PENETRATING])[:, 0]
    assert np.all(lost[1::2] == 0)
    assert np.all(lost[::2] > 0)


def test_spreads_stand_apart_and_assumptions_can_go_together(catalog):
    force = next(force for force in forces(catalog) if force.id == "russia-2018")
    bare = no_defence("other")
    apart = exchange(force, bare, draws=256, repeats=1, seed=SEED)
    together = exchange(force, bare, draws=256, repeats=1, seed=SEED, link=Link.ALL)
    wide = together.figure(Posture.DAILY_RIDE_OUT, Stage.SURVIVING)
    narrow = apart.figure(Posture.DAILY_RIDE_OUT, Stage.SURVIVING)
    width = narrow.epistemic_p95 - narrow.epistemic_p05
    assert wide.epistemic_p95 - wide.epistemic_p05 > 1.1 * width
    assert narrow.mc_se < 0.05 * narrow.best
    assert narrow.outcome_p05 < narrow.best < narrow.outcome_p95


def test_curves_fall_from_one_to_nothing(build):
    found = exchange(build.force(), build.defence(build.force()), draws=64, repeats=4, seed=SEED)
    numbers = np.arange(80.0)
    for curve in (
        found.at_least(Posture.GENERATED_PROMPT, numbers, Stage.PENETRATING),
        found.chance_of_at_least(Posture.GENERATED_PROMPT, numbers, Stage.PENETRATING),
    ):
        assert curve[0] == 1.0
        assert curve[-1] == 0.0
        assert np.all(np.diff(curve) <= 0)
    lost, share = found.lost(Posture.DAILY_PROMPT), found.lost_share(Posture.DAILY_PROMPT)
    assert lost.best > 0.0
    assert 0.0 < share.best < 1.0


def test_shares_become_flights_and_back(build):
    force = build.force()
    told = {"silo": {"a": 0.25, "b": 0.5}, "boats": {"a": 0.8, "b": 0.6}}
    for nested, any_ in ((False, (0.75, 1.0)), (True, (0.5, 0.8))):
        reach = reach_of_shares(force, ("a", "b"), told, nested=nested)
        for weapon, whole in zip(("silo", "boats"), any_, strict=True):
            found = reach.shares(weapon)[0]
            assert found == pytest.approx([*told[weapon].values(), whole])
    assert np.all(np.isnan(reach.shares("nothing")))


def test_what_does_not_go_together_is_refused(build):
    force = build.force()
    defence = build.defence(force)
    with pytest.raises(DefenceError) as raised:
        make_roster(build.force(build.weapon("sillo")), defence, SEED)
    assert raised.value.nearest == "sillo"
    with pytest.raises(DefenceError, match="sites are not those"):
        replace(defence, sites=(Site("other", 1, 0.5, 1),))
    with pytest.raises(DefenceError, match="shape"):
        replace(defence.reach, within=np.ones((1, 3, 1), dtype=bool))
    for broken in ({"inventory": -1}, {"shots": -1}, {"kill": 1.5}, {"kill": -0.5}):
        with pytest.raises(DefenceError) as raised:
            replace(defence.sites[0], **broken)
        assert raised.value.field in broken
    with pytest.raises(DefenceError, match="works"):
        replace(defence, works=2.0)
    sites = (Site("a", 5, 0.5, 1), Site("b", 5, 0.5, 1))
    mixed = build.defence(force, *sites, within={"silo": (True, True), "boats": (False, True)})
    with pytest.raises(DefenceError, match="no exact distribution"):
        arrivals_pmf(make_roster(force, mixed, SEED), mixed, best_draw(force), 0, POSTURES[0])
    with pytest.raises(UsageError):
        exchange(force, defence, draws=3, repeats=1, seed=SEED)
