"""What agreements are worth: the laws that any arrangement of data and consent has to keep."""

import math
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import agreement_case as case

from longroad.engagement.windows import always, engage
from longroad.study.agreement_best import without
from longroad.study.agreement_ensemble import case_measures, run_agreements
from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.agreement_known import _late
from longroad.study.agreement_measures import MEASURES
from longroad.study.agreement_planner import USUAL
from longroad.study.columns import BEST_ROW, draw_values
from longroad.study.evaluate import Evaluation
from longroad.study.planner import plan_with_agreements

NAMES = [name for name, _ in MEASURES]
# All that concerns what a party can do; whose data and consent it rests on is another matter.
OWN = [k for k, name in enumerate(NAMES) if not name.startswith(("partner", "consent", "expected"))]
TIMES = [k for k, name in enumerate(NAMES) if name.endswith("_time")]
DRAWS = 8
EXPECTED = NAMES.index("expected_engageable_area_fraction")


def found(agreements, party="home", draws=DRAWS, like=None, **options):
    """Return measures (rows, M) of one party by (agreement, circumstance).

    ``like``: options of a scenario whose draws are taken, number by number.
    """
    scenario = case.scenario(agreements, **options)
    plan, jobs = plan_with_agreements(scenario, 2, (USUAL,))
    values = draw_values(plan.quantities, draws, 1)
    if like is not None:
        other, _ = plan_with_agreements(case.scenario(agreements, **like), 2, (USUAL,))
        drawn = draw_values(other.quantities, draws, 1).table
        place = {quantity.id: k for k, quantity in enumerate(other.quantities)}
        for k, quantity in enumerate(plan.quantities):
            if quantity.id in place:
                values.table[:, k] = drawn[:, place[quantity.id]]
    job = next(job for job in jobs if job.party == party)
    rows = np.array([
        case_measures(AgreementEvaluation(Evaluation(plan, row)), job, job.cases)
        for row in values.table
    ])  # fmt: skip
    return {(c.agreement, c.circumstance): rows[:, k] for k, c in enumerate(job.cases)}


def same(a, b, columns=OWN):
    return np.array_equal(a[:, columns], b[:, columns], equal_nan=True)


def not_worse(more, less):
    """Whether no figure of ``more`` falls behind ``less``, in any draw."""
    shares = [NAMES.index(f"engageable_{what}_fraction") for what in ("area", "population")]
    sooner = np.nan_to_num(more[:, TIMES], nan=math.inf) <= np.nan_to_num(
        less[:, TIMES], nan=math.inf
    )
    # The median over cells of the earliest commit is over the cells that can be engaged at all,
    # never over fewer.
    return np.all(more[:, shares] >= less[:, shares]) and np.all(sooner)


@pytest.fixture(scope="module")
def usual():
    return found(
        {
            "data": [case.give()],
            "never": [case.give(availability=0.0)],
            "too-late": [case.give(latency=1e9)],
            "ask": [case.give(), case.consent()],
        }
    )


def test_data_are_of_use_here(usual):
    """The laws below would say nothing of data that are worth nothing."""
    none, data = usual["none", "as-agreed"], usual["data", "as-agreed"]
    assert np.all(data[:, 0] > none[:, 0])
    assert data[BEST_ROW, NAMES.index("partner_data_fraction")] > 0.5
    assert data[BEST_ROW, NAMES.index("warning_time")] == 70.0  # 40 s to detect, 30 s to report


@pytest.mark.parametrize("without", ["never", "too-late"])
def test_a_provision_without_effect_equals_its_absence(usual, without):
    none, given_ = usual["none", "as-agreed"], usual[without, "as-agreed"]
    assert same(given_, none, range(len(NAMES)))


@pytest.mark.parametrize("mode", ["engage-on-remote", "launch-on-remote", "organic"])
def test_all_data_at_once_equals_one_party_that_owns_everything(mode):
    shared = found({"data": [case.give()]}, mode=mode)["data", "as-agreed"]
    agreements, like = {"x": [case.give()]}, {"mode": mode}
    one = found(agreements, like=like, mode=mode, front="home", eye="home")["none", "as-agreed"]
    assert same(shared, one)


def test_a_refused_consent_blocks_fire_and_nothing_else(usual):
    agreed, refused = usual["ask", "as-agreed"], usual["ask", "refused/away"]
    assert np.any(agreed[:, 0] > 0.0)
    assert np.all(refused[:, :2] == 0.0)
    assert np.all(refused[:, NAMES.index("consent_probability")] == 0.0)
    first = [NAMES.index("warning_time"), NAMES.index("first_track_time")]
    assert same(refused, agreed, first)


def test_a_withdrawal_gives_back_the_decision_and_takes_the_data(usual):
    gone = usual["ask", "withdrawn/away"]
    assert same(gone, usual["none", "as-agreed"], range(len(NAMES)))
    assert np.any(gone[:, 0] > 0.0)


def test_consent_takes_time_and_is_not_folded_into_reach(usual):
    """Its chance is told beside the figures and multiplies none of them."""
    data = usual["data", "as-agreed"]
    rows = found(
        {
            "ask": [case.give(), case.consent(600.0)],
            "sure": [case.give(), case.consent(600.0, probability=1.0)],
        }
    )
    ask = rows["ask", "as-agreed"]
    assert not_worse(data, ask)
    assert np.any(ask[:, 0] < data[:, 0])
    assert same(ask, rows["sure", "as-agreed"])
    assert np.all(ask[:, NAMES.index("consent_probability")] == 0.5)
    assert np.all(ask[:, NAMES.index("partner_consent_fraction")][ask[:, 0] > 0] == 1.0)
    assert np.allclose(ask[:, EXPECTED], 0.5 * ask[:, 0], rtol=1e-12)


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(["D1", "D2", "D3", "D4"]), st.sampled_from([0.0, 10.0, 60.0, 300.0]),
    st.sampled_from(["D1", "D2", "D3", "D4"]), st.sampled_from([0.0, 10.0, 60.0, 300.0]),
    st.sampled_from(["engage-on-remote", "launch-on-remote", "organic"]),
)  # fmt: skip
def test_more_data_never_worsen_anything(depth, latency, other, later, mode):
    """Deeper and sooner is never worse than the shallower and later of two, nor than nothing."""
    best, worst = max(depth, other), min(depth, other)
    rows = found(
        {
            "more": [case.give(best, min(latency, later))],
            "less": [case.give(worst, max(latency, later))],
        },
        draws=4,
        mode=mode,
    )
    assert not_worse(rows["more", "as-agreed"], rows["less", "as-agreed"])
    assert not_worse(rows["less", "as-agreed"], rows["none", "as-agreed"])


def test_who_is_ready_before_the_latest_launch_has_a_window():
    """The windows, computed for the ready times that an agreement gives, say the same."""
    scenario = case.scenario({"data": [case.give()], "slow": [case.give(latency=200.0)]})
    plan, jobs = plan_with_agreements(scenario, 2, (USUAL,))
    checked = 0
    for row in draw_values(plan.quantities, 4, 1).table:
        evaluation = Evaluation(plan, row)
        job = jobs[0]
        arcs = evaluation.arcs(job.arcs)
        for result in AgreementEvaluation(evaluation).results(job, job.cases):
            battery = job.batteries[0].job
            windows = engage(
                arcs.nodes.state, arcs.nodes.start_s, arcs.nodes.dt_s, result.ready_s[0],
                always(len(arcs.kept)), evaluation.battery_row(battery),
                evaluation.flyout(plan.batteries[battery].flyout),
            )  # fmt: skip
            ready = np.isfinite(result.ready_s[0])
            assert np.array_equal(windows.engageable, ready)
            checked += int(ready.sum())
    assert checked > 50


SECTOR = "theirs: {{kind: sector, party: away, by: {by}, exclusive: true, {area}}}"


@pytest.mark.parametrize(
    ("by", "area", "expected"),
    [
        # Both from that launch area, and over that country, is every missile of the case.
        ("launch-origin", "launch_areas: [west]", "nothing"),
        ("overflight", "countries: [IRN, TUR]", "nothing"),
        ("defended-territory", "countries: [ROU]", "less"),
        ("interceptor-reach", "countries: [ROU, BGR, HUN, SRB, MKD, UKR, TUR]", "less"),
        ("overflight", "countries: [PRT]", "all"),
    ],
)
def test_a_sector_of_another_is_left_alone(by, area, expected):
    rows = found({"data": [case.give()], "apart": [case.give(), SECTOR.format(by=by, area=area)]})
    free, apart = rows["data", "as-agreed"][:, 0], rows["apart", "as-agreed"][:, 0]
    if expected == "nothing":
        assert np.all(apart == 0.0)
    elif expected == "less":
        assert np.all(apart <= free)
        assert np.any((apart > 0.0) & (apart < free))
    else:
        assert np.array_equal(apart, free)


def test_limits_take_batteries_away():
    slow = "slow: {kind: limit, party: home, on: burnout-speed, at_most: 3 km/s}"
    out = "out: {kind: limit, party: home, on: keep-out, countries: [ROU]}"
    rows = found({"slow": [case.give(), slow], "out": [case.give(), out]})
    for agreement in ("slow", "out"):
        assert np.all(rows[agreement, "as-agreed"][:, 0] == 0.0)
        assert np.all(rows[agreement, "withdrawn/away"][:, 0] == rows["none", "as-agreed"][:, 0])


def test_blocks_hold_what_single_rows_give(fresh_cache):
    agreements = {"data": [case.give()]}
    plan, jobs = plan_with_agreements(case.scenario(agreements), 2, (USUAL,))
    values = draw_values(plan.quantities, DRAWS, 1)
    blocks = run_agreements(plan, jobs, values, 2)
    again = run_agreements(plan, jobs, values, 1)
    k = next(j for j, job in enumerate(jobs) if job.party == "home")
    place = [(c.agreement, c.circumstance) for c in jobs[k].cases].index(("data", "as-agreed"))
    single = found(agreements)["data", "as-agreed"]
    assert np.array_equal(blocks.measures[k][:, place], single, equal_nan=True)
    assert np.array_equal(blocks.measures[k], again.measures[k], equal_nan=True)


def test_links_that_work_now_and_then_are_expected_so():
    """Half the time the data are there: the mean of with and without, exactly, in every draw."""
    rows = found({"half": [case.give(availability=0.5)]})
    share = {id: rows[id, "as-agreed"][:, 0] for id in ("none", "half")}
    expected = rows["half", "as-agreed"][:, EXPECTED]
    assert np.allclose(expected, (share["none"] + share["half"]) / 2.0, rtol=1e-12)
    assert np.all(share["none"] < share["half"])


def test_a_lost_radar_takes_the_shots_that_need_it():
    """A battery that needs its own radar for the intercept has none without it."""
    scenario = case.scenario({"data": [case.give()]}, mode="launch-on-remote")
    plan, jobs = plan_with_agreements(scenario, 2, (USUAL,))
    row = draw_values(plan.quantities, 0, 1).table[BEST_ROW]
    evaluation = AgreementEvaluation(Evaluation(plan, row))
    usual = next(c for c in jobs[0].cases if c.agreement == "data")
    lost = case_measures(evaluation, jobs[0], [usual, without(usual, "h-radar")])
    assert lost[0, 0] > 0.0
    assert lost[1, 0] == 0.0


def test_what_is_expected_is_the_sum_over_links_that_work_and_not():
    """Two shares of 0.6 and 0.8: four states, of which each is an agreement of its own here."""
    one = case.give(availability=0.6).replace("give:", "one:").replace("all", "[a-eye, a-front]")
    two = (
        case.give(latency=500.0, availability=0.8)
        .replace("give:", "two:")
        .replace("all", "[a-wide]")
    )
    rows = found({"both": [one, two], "first": [one], "second": [two]}, draws=4)
    share = {id: rows[id, "as-agreed"][:, 0] for id in ("none", "both", "first", "second")}
    mean = (
        0.48 * share["both"] + 0.12 * share["first"] + 0.32 * share["second"] + 0.08 * share["none"]
    )
    assert np.any(share["second"] < share["first"]) and np.any(share["none"] < share["second"])
    assert np.allclose(rows["both", "as-agreed"][:, EXPECTED], mean, rtol=1e-12)


def test_what_links_add_is_what_the_agreement_says():
    """The one pass over a party's feeds gives what `Information.delays` gives, sensor by sensor."""
    scenario = case.scenario({"data": [case.give("D3", latency=7.0)], "eye": [case.give("D2")]})
    plan, jobs = plan_with_agreements(scenario, 2, (USUAL,))
    row = draw_values(plan.quantities, 2, 1).table[2]
    for job in jobs:
        sites = [u.site for u in job.radars] + [u.site for u in job.orbiters]
        assert job.owners[0] == job.party
        for one, by_party in zip(job.cases, _late(job, row, job.cases), strict=True):
            for party, got in zip(job.owners, by_party, strict=True):
                known = one.arrangement.information[party]
                want = known.delays(sites, lambda n, job=job: float(row[job.columns[n.id]]))
                every = (want.warning_s, want.cue_s, want.track_s, want.fire_s)
                assert np.array_equal(got, np.array(every))
