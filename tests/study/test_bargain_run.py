"""A negotiation in a run: tables, manifest, what is computed anew, what a comparison says."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import bargain_case

from longroad import study
from longroad.bargaining.acceptance import acceptance
from longroad.bargaining.assign import assignments, package_rows
from longroad.base.errors import ScenarioError
from longroad.base.tables_bargaining import BARGAINING
from longroad.scenario import load_negotiation
from longroad.study import physics_block as physics_block_module
from longroad.study import physics_case
from longroad.study.bargain_widest import widest
from longroad.study.physics_block import physics_block

NAMES = [table.name for table in BARGAINING]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("bargain")
    bargain_case.write(place)
    return place


@pytest.fixture(scope="module")
def run(folder):
    return study.run(folder / "two.yaml", folder / "run", draws=8, workers=1)


def rows(table, **where):
    mask = np.ones(table.rows, dtype=bool)
    for name, value in where.items():
        mask &= table[name] == value
    return table.where(mask)


def test_a_run_carries_the_negotiation_and_all_its_tables(folder, run):
    assert [one.name for one in run.manifest.tables if one.name in NAMES] == NAMES
    for name in NAMES:
        assert run.table(name).rows > 0, name
    assert (run.path / "negotiation.yaml").read_text("utf-8") == bargain_case.TALKS
    record = run.manifest.negotiation
    assert (record.id, record.assignments, record.issues, record.packages) == ("made-up", 64, 3, 12)
    assert [(one.id, one.name) for one in record.parties] == [("one", "One"), ("two", "Two")]
    assert {one.status: one.count for one in record.statuses}["judgement"] > 20
    # What it cites is in the bibliography of the run.
    assert set(record.sources) <= {source.id for source in run.manifest.sources}
    assert run.damaged() == ()


def test_shares_and_gains_are_those_of_the_negotiation_alone(folder, run):
    talks = load_negotiation(folder / "negotiation.yaml")
    block = physics_block(talks, study_scenario(folder), workers=1)
    sampled = assignments(talks, block=block)
    found = acceptance(sampled, package_rows(talks, [one.choices for one in talks.packages]))
    table = run.table("bargain_packages")
    for k, one in enumerate(talks.packages):
        for p, party in enumerate(("one", "two")):
            told = rows(table, package=one.id, party=party, under="own")
            assert told["share"][0] == pytest.approx(found.signs[:, k, p].mean(), abs=1e-12)
            assert told["gain_p50"][0] == pytest.approx(np.median(found.gains[:, k, p]), abs=1e-12)
        together = rows(table, package=one.id, party="home", under="own")
        assert together["share"][0] == pytest.approx(found.ratifies[:, k].all(axis=1).mean())
        assert together["low"][0] <= together["share"][0] <= together["high"][0]


def study_scenario(folder):
    from longroad.scenario import load

    return load(folder / "two.yaml")


def test_the_widest_package_is_the_best_of_all_of_them(folder):
    talks = load_negotiation(folder / "negotiation.yaml")
    sampled = assignments(talks, block=physics_block(talks, study_scenario(folder), workers=1))
    every = np.array(list(np.ndindex(*sampled.sizes)))
    shares = acceptance(sampled, every).ratifies.all(axis=2).mean(axis=0)
    found = widest(sampled, every[:1])
    assert acceptance(sampled, found[None]).ratifies.all(axis=2).mean() == shares.max() > 0.0


def test_halves_of_a_number_average_to_the_whole(run):
    swings = rows(run.table("bargain_swings"), measure="agreement")
    (whole,) = rows(run.table("bargain_figures"), outcome="agreement_share_with_ratifiers")["best"]
    assert np.allclose(0.5 * (swings["low"] + swings["high"]), whole, atol=0.02)


def test_with_resume_a_changed_negotiation_is_no_longer_the_same_run(folder, run, tmp_path):
    again = study.run(folder / "two.yaml", run.path, draws=8, workers=1, resume=True)
    assert again.manifest.content_hash() == run.manifest.content_hash()
    bargain_case.write(tmp_path, bargain_case.TALKS.replace("[40, 100]", "[50, 90]", 1))
    from longroad.study.make_run import _same_run

    assert _same_run(study_scenario(folder), run.path) is not None
    assert _same_run(study_scenario(tmp_path), run.path) is None


def test_a_changed_weight_computes_bargaining_alone_and_a_comparison_says_what_changed(
    folder, run, tmp_path, monkeypatch
):
    def never(*_, **__):
        raise AssertionError("the physics was computed again")

    monkeypatch.setattr(physics_case, "plan_whole", never)
    monkeypatch.setattr(physics_block_module, "world_of", never)
    changed = bargain_case.TALKS.replace("number: [40, 100], visits", "number: [10, 20], visits")
    assert changed != bargain_case.TALKS
    file = bargain_case.write(tmp_path, changed)
    other = study.run(file, tmp_path / "run", draws=8, workers=1)
    found = study.compare(run, other)
    (number,) = found.inputs
    assert (number.id, number.before, number.after) == (
        "two/weight/number", "70 (40 to 100), judgement", "15 (10 to 20), judgement",
    )  # fmt: skip
    assert {one.table for one in found.outcomes} == {"bargain_figures"}
    told = {(one.name["outcome"], one.name["about"], one.name["party"]) for one in found.outcomes}
    assert ("nash_gain", "", "two") in told
    assert found.same > 100


def test_a_negotiation_that_was_touched_after_the_run_is_damage(run, tmp_path):
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(run.path, copy)
    (copy / "negotiation.yaml").write_text("longroad: 1\n", encoding="utf-8")
    assert study.open_run(copy).damaged() == ("negotiation.yaml",)


def test_a_bad_id_is_told_before_anything_is_computed(tmp_path):
    file = bargain_case.write(
        tmp_path, bargain_case.TALKS.replace("agreement: give", "agreement: gibe")
    )
    with pytest.raises(ScenarioError) as raised:
        study.run(file, tmp_path / "run", draws=8, workers=1)
    assert raised.value.nearest == "give"
    assert not (tmp_path / "run").exists()


def test_a_negotiation_about_another_scenario_is_left_alone(tmp_path):
    from longroad.study.bargain_run import negotiation_of

    bargain_case.write(tmp_path, bargain_case.TALKS.replace("scenario: two", "scenario: three"))
    assert negotiation_of(study_scenario(tmp_path)) is None
