"""Raids under agreements: what comes, what meets it, and what the terms of an agreement change."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from longroad import study
from longroad.base.errors import ScenarioError, UsageError
from longroad.catalog import load_catalog
from longroad.cli import main
from longroad.scenario import loads
from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.columns import BEST_ROW, draw_values
from longroad.study.evaluate import Evaluation
from longroad.study.planner import plan_whole
from longroad.study.raid_ensemble import MODES, outcomes_of, play, raid_key, statistics
from longroad.study.raid_inputs import RaidInputs
from longroad.study.raid_objects import chosen
from longroad.study.raid_steps import raid_steps
from longroad.study.readings import ADOPTED, Assumptions

sys.path.insert(0, str(Path(__file__).parent))
import agreement_case as case

RAID = """
raids:
  morning:
    objects:
      - {threat: far, at: [ROU, BGR], count: COUNT, spacing: 20 s, decoys: DECOYS}
      - {threat: far, at: [GRC], count: 2, first: 60 s}
    then:
      - {objects: [{threat: far, at: [ROU], count: 3}], resupply: {h-site: 2}}
    ground: {status: judgement, author: The tests, reason: A round number.}
"""
SURE = "{best: VALUE, status: unverified, source: nrc-2012}"
AGREED = {
    "data": [case.give()],
    "nothing": [case.give(latency=1e9)],
    "unheard": [case.give(availability=0.0)],
    "ask": [case.give(), case.consent(20.0, 0.5)],
    "refused": [case.give(), case.consent(20.0, 0.0)],
    "slow": [case.give(), case.consent(5000.0, 1.0)],
}


def text(agreements=None, count=6, decoys=1, assume=None, more=""):
    out = case.text(AGREED if agreements is None else agreements)
    out += RAID.replace("COUNT", str(count)).replace("DECOYS", str(decoys)) + more
    if assume:
        out += "assume:\n"
        out += "".join(f"  {id}: {SURE.replace('VALUE', v)}\n" for id, v in assume.items())
    return out


def scenario(*args, **kwargs):
    return loads(text(*args, **kwargs), "case.yaml", catalog=load_catalog())


class Played:
    """A raid at best estimates, and its statistics by names."""

    def __init__(self, loaded, most=1024):
        whole = plan_whole(loaded, 2, (Assumptions(ADOPTED),))
        (self.job,) = whole.raids
        best = draw_values(whole.plan.quantities, 0, loaded.seed).table[BEST_ROW]
        self.evaluation = AgreementEvaluation(Evaluation(whole.plan, best))
        self.inputs = RaidInputs(self.evaluation, self.job).all()
        self.outcome = play(self.job, self.inputs, 1e-9, loaded.seed, most)
        self.found = statistics(self.job, self.inputs, self.outcome)

    def mean(self, agreement, outcome, mode="stated", party="", circumstance="as-agreed", what=0):
        s = [(o.agreement, o.circumstance) for o in self.job.situations]
        d = [m.name.lower() for m in MODES].index(mode)
        q = [(o.name, o.party) for o in outcomes_of(self.job)].index((outcome, party))
        return self.found[what, s.index((agreement, circumstance)), d, q]


@pytest.fixture(scope="module")
def played():
    return Played(scenario())


def test_what_comes_is_what_was_written(played):
    first, second = played.inputs.raids
    assert len(first) == 6 * 2 + 2
    assert len(second) == 3
    assert first.decoy.sum() == 6
    assert np.array_equal(first.ignition_s[:12:2], np.arange(6) * 20.0)
    assert np.array_equal(first.ignition_s[:12], np.repeat(first.ignition_s[:12:2], 2))
    assert list(first.ignition_s[12:]) == [60.0, 60.0]
    names = [played.job.territories[t] for t in first.territory]
    assert names == ["home"] * 12 + ["away"] * 2
    assert played.mean("none", "objects") == 6 + 2 + 3


def test_missiles_spread_over_what_they_reach(played):
    """Equal steps through the cells of a country: no cell twice while others are free."""
    use = played.job.groups[2]
    one = chosen(played.evaluation, use)
    assert len(one.rows) == 3
    arcs = played.evaluation.evaluation.arcs(use.arcs)
    reachable = len(arcs.kept)
    steps = np.diff(np.sort(one.rows))
    assert np.all(steps >= reachable // 3 - 1)


def test_a_provision_without_effect_is_no_provision(played):
    """Data that never come, and links that never work, change nothing in any replicate."""
    for mode in ("perfect", "stated", "none"):
        for outcome in ("leakers", "interceptors_launched", "interceptors_wasted"):
            nothing = played.mean("none", outcome, mode)
            assert played.mean("nothing", outcome, mode) == nothing
            assert played.mean("unheard", outcome, mode) == nothing


def test_who_has_left_gives_and_asks_nothing(played):
    for agreement in ("data", "ask", "refused", "slow"):
        left = played.mean(agreement, "leakers", circumstance="withdrawn/away")
        assert left == played.mean("none", "leakers")


def test_refusal_and_slow_consent_stop_fire_and_are_counted(played):
    coming = played.mean("none", "objects")
    for agreement, why in (("refused", "refused"), ("slow", "too_late_for_consent")):
        assert played.mean(agreement, "interceptors_launched", party="home") == 0.0
        assert played.mean(agreement, "leakers") == coming
        assert played.mean(agreement, why, party="home") > 0.0
    assert played.mean("data", "lost_to_procedure") == 0.0
    half = played.mean("ask", "refused", party="home")
    whole = played.mean("refused", "refused", party="home")
    assert 0.35 * whole < half < 0.65 * whole


def test_data_let_more_be_hit(played):
    """The scenario is made so that the one party lacks just what the other one has."""
    for mode in ("perfect", "stated", "none"):
        gain = played.mean("data", "leakers", mode, what=4)
        assert gain < -3.0 * played.mean("data", "leakers", mode, what=5)


def test_leakers_of_all_are_those_of_each_territory(played):
    for agreement in AGREED:
        parts = sum(played.mean(agreement, "leakers", party=p) for p in played.job.territories)
        assert parts == pytest.approx(played.mean(agreement, "leakers"))


def test_nobody_fires_for_another_unless_they_assign_together():
    """GRC is Away's, who has no interceptors: Home meets what goes there only by a joint plan."""
    joint = {
        "data": [case.give()],
        "joint": [case.give(), "plan: {kind: allocate, members: [home, away], how: joint}"],
    }
    found = Played(scenario(joint))
    assert found.mean("none", "leakers", party="away") == 2.0
    assert found.mean("data", "leakers", party="away") == 2.0
    assert found.mean("joint", "leakers", "perfect", party="away") < 2.0


def test_a_shot_that_always_hits_and_one_that_never_does():
    kill = "interceptor.sm3-iia.single_shot_kill"
    known = [q.id for q in load_catalog().quantities()]
    if kill not in known:
        kill = "default.raid.single_shot_kill"
    never = Played(scenario(assume={kill: "0"}), most=64)
    coming = never.mean("data", "objects")
    assert never.mean("data", "leakers", "perfect") == coming
    assert never.mean("data", "interceptors_launched", "perfect") > 0
    sure = Played(scenario(assume={kill: "1"}), most=64)
    assert sure.mean("data", "missed", "perfect") == 0.0
    assert sure.mean("data", "leakers", "perfect") < coming


def test_a_doctrine_that_never_fires_leaks_everything():
    found = Played(scenario(more="doctrines:\n  h-site: {rounds: 0}\n"), most=64)
    assert found.mean("data", "interceptors_launched") == 0.0
    assert found.mean("data", "leakers") == found.mean("data", "objects")


def test_steps_add_up_to_the_whole():
    loaded = scenario({"ask": [case.give(), case.consent(20.0, 0.5)]})
    found = Played(loaded, most=1024)
    steps = [
        s for s in raid_steps(found.evaluation, loaded, found.job)
        if s.discrimination == "stated" and s.outcome == "leakers"
    ]  # fmt: skip
    assert [s.provision for s in steps] == ["give", "ask"]
    assert steps[0].change < 0.0 < steps[1].change
    assert steps[1].value - steps[0].value == pytest.approx(steps[1].change)
    whole = found.mean("ask", "leakers") - found.mean("none", "leakers")
    assert steps[0].change + steps[1].change == pytest.approx(whole, abs=0.2)


def test_a_replay_is_the_replicate_that_was_counted(played):
    from longroad.engagement.raid_run import simulate

    loaded = scenario()
    samples = simulate(
        played.inputs.raids, played.inputs.arrangements, len(played.job.territories),
        raid_key(played.job, loaded.seed), 5, modes=MODES, samples=True,
    )  # fmt: skip
    shown = study.replay_raid(loaded, agreement="data", replicate=4)
    whole = samples.samples[4]
    situation = [s.agreement for s in played.job.situations].index("data")
    launched = whole[played.inputs.of[situation], 1, samples.index("launched")]
    second = study.replay_raid(loaded, agreement="data", replicate=4, wave=1)
    events = [e.event for e in (*shown.events, *second.events)]
    assert events.count("launch") == launched
    assert events.count("intercept") == launched
    left = {id: n + 2 for id, n in shown.interceptors_after.items()}
    assert second.interceptors_before == left  # what is left, and the resupply of two
    ids = [path.id for path in shown.paths]
    assert len(ids) == len(set(ids))
    for path in shown.paths:
        height = np.linalg.norm(path.positions_m, axis=1) - 6.37e6
        assert np.all(height > -30e3)
        assert np.all(np.diff(path.times_s) > 0)
    # An interceptor ends where the object that it meets is at that moment.
    shots = [p for p in shown.paths if p.kind == "interceptor"]
    hit = {e.time_s for e in shown.events if e.outcome == "hit"}
    met = [p for p in shots if round(float(p.times_s[-1]), 3) in hit]
    assert met
    for shot in met:
        others = [p for p in shown.paths if p.kind == "object"]
        gaps = [
            np.linalg.norm(p.positions_m[-1] - shot.positions_m[-1])
            for p in others if abs(p.times_s[-1] - shot.times_s[-1]) < 0.01
        ]  # fmt: skip
        assert min(gaps) < 2e3


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    place = tmp_path_factory.mktemp("raids")
    (place / "two.yaml").write_text(text({"data": [case.give()]}), encoding="utf-8")
    return study.run(place / "two.yaml", place / "run", draws=8, workers=1)


def test_a_run_keeps_the_four_kinds_of_spread_apart(run):
    table = run.table("raid")
    leaks = (table["outcome"] == "leakers") & (table["party"] == "")
    assert leaks.sum() == 4 * 3  # none, data, data when either has left; three discriminations
    assert np.all(table["p05"][leaks] <= table["p95"][leaks])
    assert np.all(table["outcome_p05"][leaks] <= table["best"][leaks] + 1)
    assert np.all(table["mc_se"][leaks] <= 0.05 + 1e-12)  # the stated goal, in one row
    differences = table["outcome"] == "leakers_difference"
    assert set(table["agreement"][differences]) == {"data"}
    assert set(run.table("raid_steps")["provision"]) == {"give"}


def test_same_bytes_at_one_and_two_workers(run, tmp_path, monkeypatch):
    monkeypatch.setattr("longroad.study.cache.stage_dir", lambda: tmp_path / "stages")
    again = study.run(run.path.parent / "two.yaml", tmp_path / "again", draws=8, workers=2)
    for name in ("raid", "raid_steps"):
        one, two = (done.path / "tables" / f"{name}.parquet" for done in (run, again))
        assert one.read_bytes() == two.read_bytes()


def test_the_command_prints_and_refuses(tmp_path, capsys):
    file = tmp_path / "two.yaml"
    file.write_text(text({"data": [case.give()]}, count=2), encoding="utf-8")
    assert main(["raid", str(file), "--draws", "2", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {row["agreement"] for row in rows} == {"none", "data"}
    assert {"best", "epistemic_p05", "mc_se", "outcome_p95"} <= set(rows[0])
    assert main(["raid", str(file), "--draws", "2"]) == 0
    assert "less none" in capsys.readouterr().out
    globe = tmp_path / "raid.czml"
    assert main(["raid", str(file), "--replay", "0", "--czml", str(globe)]) == 0
    assert "ignition" in capsys.readouterr().out
    assert json.loads(globe.read_text("utf-8"))[0]["version"] == "1.0"
    for wrong, nearest in (
        (["--raid", "mornin"], "morning"),
        (["--replay", "0", "--agreement", "dat"], "data"),
        (["--replay", "0", "--discrimination", "perfct"], "perfect"),
        (["--replay", "0", "--wave", "7"], "0 to 1"),
        (["--wave", "1"], "--replay N"),
        (["--discrimination", "perfct"], "perfect"),
        (["--draws", "2", "--circumstance", "withdrawn/awy"], "withdrawn/away"),
    ):
        assert main(["raid", str(file), *wrong]) == 2
        assert nearest in capsys.readouterr().err


def test_a_scenario_without_raids_says_so(small_file):
    with pytest.raises(UsageError, match="no raids"):
        study.raid(small_file)


def test_a_raid_of_which_nothing_comes_is_refused():
    """The missile flies some 3,000 km; the United States are three times as far."""
    far = text({}).replace("[ROU, BGR]", "[USA]").replace("[GRC], count", "[USA], count")
    far = far.replace("at: [ROU]", "at: [USA]")
    with pytest.raises(ScenarioError, match="no missile of it reaches"):
        study.raid(loads(far, "case.yaml", catalog=load_catalog()), draws=2)
