"""`longroad bargain`: the published answer of the pack, one package in full, bad use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def run(tmp_path_factory, command_in):
    return command_in(tmp_path_factory.mktemp("bargain"))


@pytest.fixture(scope="module")
def panama(run):
    done = run("bargain", "panama-1974", "--draws", "64", "--json")
    assert done.status == 0, done.err
    return done.json


def test_panama_is_66_and_66(panama):
    division = panama["division"]
    assert division["points"] == {"united-states": 66.0, "panama": 66.0}
    assert division["shares"]["land-and-water"] == "2/15"
    assert (panama["combinations"], panama["frontier_points"]) == (59_049, 39)
    by_kind = {}
    for point in panama["solutions"]:
        by_kind.setdefault(point["kind"], []).append(
            tuple(round(u, 9) for u in point["utilities"].values())
        )
    assert by_kind == {
        "nash": [(0.64, 0.68)],
        "kalai-smorodinsky": [(0.655, 0.655)],
        "egalitarian": [(0.655, 0.655)],
        "utilitarian": [(0.79, 0.53), (0.715, 0.605), (0.64, 0.68)],
    }
    assert panama["disagreement"] == {"united-states": 0.0, "panama": 0.0}
    assert panama["ideal_over"] == "acceptable packages"


def test_the_text_says_what_a_share_is_and_never_that_it_is_likely(run):
    done = run("bargain", "panama-1974", "--draws", "16")
    assert (done.status, done.err) == (0, "")
    words = " ".join(done.out.split())
    assert "share is that of sampled value assignments" in words
    assert "normal in any bargaining over several issues" in words
    assert "united-states 66, panama 66 points" in words
    assert "2/15 of land-and-water" in words
    assert "probability" not in words


def test_seeds_and_workers(run):
    texts = [
        run("bargain", "panama-1974", "--draws", "16", "--json", *more).out
        for more in ((), ("--workers", "2"), ("--seed", "1"))
    ]
    assert texts[0] == texts[1] != texts[2]


def test_the_flagship_says_what_it_lacks(run):
    done = run("bargain", "epaa-2011", "--draws", "8", "--without-physics", "--json")
    assert done.status == 0, done.err
    found = done.json
    assert found["physics"] is False
    assert set(found["unheard"]) == {"engageable-population-europe", "retaliation-kept"}
    assert set(found["statuses"]) == {"published", "reported", "judgement", "unverified"}
    assert found["statuses"]["published"] == 0
    dated = {row["package"]: row for row in found["rows"]}
    # Nobody accepts another's opening on every issue at once; this much is normal.
    assert dated["moscow-2012"]["accepted"]["united-states"]["share"] == 0
    assert dated["moscow-2012"]["crosses"]
    assert found["hindcast"]["score_always_refused"] == pytest.approx(3 / 17)
    assert len(found["roadmap"]["stages"]) == 4
    for line in found["lines"]:
        assert line["blocked_share"] >= 0
        assert max(line["best_gain_change"].values()) <= 1e-12


def test_one_package_in_full_and_against_another(run):
    done = run("bargain", "panama-1974", "--package", "half-way", "--against", "each-its-dearest",
               "--draws", "16", "--json")  # fmt: skip
    assert done.status == 0, done.err
    sheet = done.json
    assert sheet["changes"] == 0
    assert sheet["trades"][0]["choices"] == {
        "expansion-rights": "united-states", "defense-role-of-panama": "panama",
    }  # fmt: skip
    assert len(sheet["clauses"]) == 9 and all(row["contested"] for row in sheet["clauses"])
    said = run("bargain", "panama-1974", "--package", "half-way", "--draws", "16")
    assert "expansion-rights united-states, defense-role-of-panama panama" in said.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["panama-1975"], "did you mean 'panama-1974'?"),
        (["panama-1974", "--package", "halfway"], "did you mean 'half-way'?"),
        (["panama-1974", "--against", "half-way"], "expected --package ID"),
        (["general-staff-2012"], "no negotiation beside it"),
        (["panama-1974", "--draws", "0"], "--draws"),
    ],
)
def test_bad_use(run, words, said):
    done = run("bargain", *words)
    assert (done.status, done.out) == (2, "")
    assert said in " ".join(done.err.split())


def test_the_numbers_of_the_pack_s_page_and_tutorial_are_what_the_command_says(panama, run):
    page = (ROOT / "docs" / "packs" / "panama-1974.md").read_text(encoding="utf-8")
    for number in ("59,049, 39", "0.64 and 0.68", "0.655 each", "66 and 66"):
        assert number in page
    tutorial = (ROOT / "docs" / "panama.md").read_text(encoding="utf-8")
    lines = re.findall(r"^longroad bargain panama-1974.*$", tutorial, re.MULTILINE)
    assert len(lines) == 6
    assert "0.607 and 0.621" in tutorial  # tests/bargaining/test_topics.py computes them
    assert "gives the United States 0.64 of its range and Panama 0.68" in " ".join(tutorial.split())


def test_a_negotiation_is_started_and_checked(run):
    made = run("new", "talks", "--pack", "panama-1974")
    assert (made.status, "longroad bargain talks" in made.out) == (0, True)
    done = run("check", "talks")
    assert (done.status, done.err) == (0, "")
    assert "2 parties over 10 issues, 4 packages" in done.out
    file = run.folder / "talks" / "negotiation.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("duration: panama", "duration: panam"))
    done = run("check", "talks")
    assert done.status == 2
    assert "did you mean 'panama'?" in done.err
