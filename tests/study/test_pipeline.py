"""The pipeline: same bytes at any number of workers, resumption, cache, store, refusals."""

import json

import numpy as np
import pytest

from longroad.base.errors import RunError, UsageError
from longroad.scenario import load
from longroad.study import blocks as blocks_module
from longroad.study import cover, open_run, run
from longroad.study.evaluate import Evaluation
from longroad.study.outcomes import cover_rows
from longroad.study.pipeline import study


def hashes(done):
    return {record.name: record.sha256 for record in done.manifest.tables}


def test_same_seed_same_bytes_with_one_and_two_workers(small_file, tmp_path, monkeypatch):
    """Each run has a cache of its own, so both really compute."""
    found = []
    for workers in (1, 2):
        monkeypatch.setattr(
            "longroad.study.cache.stage_dir", lambda w=workers: tmp_path / f"stages-{w}"
        )
        found.append(run(small_file, tmp_path / f"run-{workers}", workers=workers))
    assert hashes(found[0]) == hashes(found[1])
    assert found[0].manifest.content_hash() == found[1].manifest.content_hash()
    for name in hashes(found[0]):
        files = [done.path / "tables" / f"{name}.parquet" for done in found]
        assert files[0].read_bytes() == files[1].read_bytes()


def test_another_seed_gives_other_draws_and_the_same_best_estimate(
    small_file, tmp_path, fresh_cache
):
    usual = run(small_file, tmp_path / "a", seed=0)
    other = run(small_file, tmp_path / "b", seed=1)
    one, two = usual.table("outcomes"), other.table("outcomes")
    best = one["draw"] == -1
    assert np.array_equal(one["value"][best], two["value"][best], equal_nan=True)
    assert not np.array_equal(one["value"], two["value"], equal_nan=True)
    assert usual.manifest.seed == 0  # seed 0 is a seed


def test_an_interrupted_run_goes_on_and_ends_with_the_same_bytes(
    small_file, tmp_path, fresh_cache, monkeypatch
):
    monkeypatch.setattr(blocks_module, "BLOCK", 3)
    evaluated = []
    original = Evaluation.cells

    def counted(self, job):
        evaluated.append(1)
        return original(self, job)

    monkeypatch.setattr(Evaluation, "cells", counted)

    def stop(kind, done, total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(small_file, tmp_path / "out", workers=1, progress=stop)
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".out*"))
    before = len(evaluated)
    again = run(small_file, tmp_path / "out", workers=1)
    resumed = len(evaluated) - before
    fresh_cache.rename(tmp_path / "away")
    evaluated.clear()
    whole = run(small_file, tmp_path / "whole", workers=1)
    assert resumed < len(evaluated)
    assert hashes(again) == hashes(whole)


def test_a_damaged_cache_file_is_computed_again(small_file, fresh_cache):
    usual = cover(load(small_file), workers=1)
    for file in fresh_cache.glob("*/*.npz"):
        file.write_bytes(file.read_bytes()[:100])
    assert cover(load(small_file), workers=1) == usual


def test_resume_opens_a_whole_run_and_redoes_a_damaged_one(small_file, tmp_path, fresh_cache):
    done = run(small_file, tmp_path / "out")
    stamp = (done.path / "manifest.json").stat().st_mtime_ns
    assert run(small_file, tmp_path / "out", resume=True).path == done.path
    assert (done.path / "manifest.json").stat().st_mtime_ns == stamp
    (done.path / "tables" / "arcs.parquet").write_bytes(b"no table")
    assert done.damaged() == ("arcs",)
    assert run(small_file, tmp_path / "out", resume=True).damaged() == ()
    assert run(small_file, tmp_path / "out", resume=True, draws=4).manifest.draws == 4


def test_a_rival_claim_about_the_radar_changes_only_who_uses_it(small_file, fresh_cache):
    """Alpha owns the disputed radar, Beta does not: Beta has no row for the claim."""
    done = study(load(small_file), workers=1)
    readings = {(r.party, r.assumptions) for r in cover_rows(done.plan, done.ensemble)}
    claim = "sensor.an-tpy-2-forward.reference_range=lewis-postol-2012"
    assert ("alpha", claim) in readings
    assert ("beta", claim) not in readings


def test_the_run_directory_reads_back(small_file, tmp_path, fresh_cache):
    done = open_run(run(small_file, tmp_path / "out").path)
    manifest = done.manifest
    assert manifest.title == "Two parties"
    used = {i.id for i in manifest.inputs}
    assert "interceptor.sm3-iia.burnout_speed" in used
    assert "site.deveselu.latitude" in used
    assert "interceptor.sm3-ia.burnout_speed" not in used
    arcs, windows, coverage = (done.table(n) for n in ("arcs", "windows", "coverage"))
    assert set(windows["arc"]) <= set(arcs["arc"][arcs["within_reach"]])
    assert np.all(windows["closes_s"] > windows["opens_s"])
    assert np.all(windows["commit_s"] <= windows["launch_s"] + 1e-6)
    assert np.all(windows["launch_s"] < windows["opens_s"])
    assert np.all(windows["intercept_altitude_km"] >= 80.0 - 1e-6)
    assert set(coverage["resolution"]) == {2, 3}
    text = json.loads((done.path / "manifest.json").read_text(encoding="utf-8"))
    assert text["seed"] == 7


def test_outcomes_follow_from_coverage(small_file, tmp_path, fresh_cache):
    """The headline is recomputed from the cells of the ensemble's grid, area by area."""
    done = run(small_file, tmp_path / "out")
    coverage, outcomes = done.table("coverage"), done.table("outcomes")
    for party in ("alpha", "beta"):
        here = (coverage["party"] == party) & (coverage["resolution"] == 2)
        area, share = coverage["area_km2"][here], coverage["engageable"][here]
        reach = np.isfinite(share)
        expected = area[reach & (share == 1.0)].sum() / area[reach].sum()
        row = (
            (outcomes["party"] == party) & (outcomes["draw"] == -1)
            & (outcomes["assumptions"] == "adopted")
            & (outcomes["outcome"] == "engageable_area_fraction/class-3700")
        )  # fmt: skip
        assert outcomes["value"][row] == pytest.approx([expected], rel=1e-12)


@pytest.mark.parametrize(
    ("option", "field"),
    [({"draws": 0}, "draws"), ({"seed": -1}, "seed"), ({"workers": 0}, "workers"),
     ({"variant": "phase-9"}, "variants"), ({"agreement": "a4"}, "agreement")],
)  # fmt: skip
def test_options_without_meaning_are_refused(small_file, fresh_cache, option, field):
    with pytest.raises(Exception) as caught:
        cover(load(small_file), **option)
    assert caught.value.field == field
    assert caught.value.exit_status == 2


def test_a_directory_of_somebody_else_is_left_alone(small_file, tmp_path, fresh_cache):
    theirs = tmp_path / "thesis"
    theirs.mkdir()
    (theirs / "chapter.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(RunError, match="something else than a run"):
        run(small_file, theirs)
    assert (theirs / "chapter.txt").read_text(encoding="utf-8") == "years of work"


def test_a_place_that_cannot_be_written_is_refused_before_the_work(
    small_file, tmp_path, fresh_cache, monkeypatch
):
    def never(*_args, **_kwargs):
        raise AssertionError("the work was begun")

    monkeypatch.setattr("longroad.study.make_run.study", never)
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(RunError):
        run(small_file, tmp_path / "file" / "run")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "in the way"


def test_not_a_run(tmp_path):
    with pytest.raises(RunError, match="not a run"):
        open_run(tmp_path)
    with pytest.raises(UsageError):
        run("epaa-2011", tmp_path / "x", draws=10**9)
