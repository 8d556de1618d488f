"""`longroad bargain --about`: each question against the published number it has."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import small

from longroad.bargaining.errors import BargainingError
from longroad.bargaining.frontier import frontier
from longroad.bargaining.topics import TOPICS, topic
from longroad.bargaining.topics_told import topic_told
from longroad.scenario import load_negotiation

FIRST = "us-defense-rights,use-rights,land-and-water,expansion-rights"


@pytest.fixture(scope="module")
def run(tmp_path_factory, command_in):
    return command_in(tmp_path_factory.mktemp("topics"))


def test_linking_the_two_tables_of_panama(run):
    """Notes, 1.7: apart .607 and .621, linked .66 each."""
    done = run("bargain", "panama-1974", "--about", "linkage", "--split", FIRST, "--json")
    assert done.status == 0, done.err
    found = done.json
    assert found["apart"] == pytest.approx({"united-states": 0.607, "panama": 0.621}, abs=5e-4)
    assert found["together"] == pytest.approx({"united-states": 0.66, "panama": 0.66}, abs=1e-9)
    assert found["over"] == "mixtures"


def test_a_single_text_stalls_one_issue_at_a_time(run):
    """Notes, 1.8: single-issue moves stall at once at the midpoint; two-issue ones need four."""
    done = run("bargain", "panama-1974", "--about", "text", "--package", "half-way", "--json")
    one, two = done.json["walks"]
    assert one["drafts"] == []
    assert one["left"] == pytest.approx({"united-states": 0.155, "panama": 0.155}, abs=6e-3)
    assert len(two["drafts"]) == 4
    worth = np.array([tuple(draft["worth"].values()) for draft in two["drafts"]])
    assert np.all(np.diff(worth, axis=0) >= -1e-12)
    assert min(two["left"].values()) > 0.0


def test_what_is_left_on_the_table_is_what_the_frontier_has():
    talks = load_negotiation("panama-1974")
    found = topic("text", talks, draws=0, package="half-way")
    from longroad.bargaining.assign import assignments

    whole = frontier(assignments(talks, draws=0).problem(0)).utilities
    best = np.max(np.min(whole - 0.5, axis=1))
    assert min(found.walks[0].left.values()) == pytest.approx(best, abs=1e-9)


def test_ranks_add_up_and_the_best_has_full_confidence():
    found = topic("ranks", load_negotiation("panama-1974"), draws=64)
    for party, own in (("united-states", "all-united-states"), ("panama", "all-panama")):
        by_id = {rank.alternative: rank for rank in found.by_party[party]}
        assert np.sum([rank.ranks for rank in by_id.values()], axis=0) == pytest.approx(1.0)
        assert (by_id[own].ranks[0], by_id[own].confidence) == (1.0, 1.0)
        assert sum(by_id[own].central.values()) == pytest.approx(1.0)


def test_patience_is_the_closed_form(run):
    """Notes, 1.5 and 1.6: rates .05 and .10 give 2/3; one price trades 9/32, realises 27/32."""
    changes = (
        ("{east: [0.02, 0.06], west: [0.05, 0.15]}", "{east: [0.04, 0.06], west: [0.08, 0.12]}"),
    )
    found = topic("patience", small.load(*changes), draws=64)
    (pair,) = found.pairs
    assert pair.share_of_first == pytest.approx(2 / 3)
    assert pair.share_when_first_proposes == pytest.approx(0.68319, abs=1e-5)
    assert found.private_trade == pytest.approx(9 / 32, abs=3 * 0.00143)
    assert found.private_efficiency == pytest.approx(27 / 32, abs=0.01)


def test_a_greater_lie_never_gains_less_than_nothing():
    found = topic("shading", load_negotiation("panama-1974"), draws=0)
    assert {row.party for row in found.rows} == {"united-states", "panama"}
    assert all(row.gain >= 0.0 for row in found.rows)
    assert max(row.gain for row in found.rows) > 0.0


def test_the_winner_of_panama_by_itself(run):
    done = run("bargain", "panama-1974", "--about", "winner", "--json")
    assert done.json["points"] == {"united-states": 66.0, "panama": 66.0}
    assert done.json["shares"]["land-and-water"] == "2/15"


def test_issues_that_belong_together_stay_at_one_table():
    with pytest.raises(BargainingError, match="cannot be parted"):
        topic("linkage", small.load(), draws=0, split=("tariff",))
    with pytest.raises(BargainingError, match="second table"):
        topic("linkage", small.load(), draws=0, split=("tariff", "visits", "port"))
    found = topic("linkage", small.load(), draws=0, split=("port",))
    assert found.over == "packages"


@pytest.mark.parametrize("name", list(TOPICS))
def test_every_topic_can_be_told(name):
    talks = load_negotiation("panama-1974")
    found = topic(name, talks, draws=16, package="half-way", split=FIRST.split(","))
    assert found.topic == name
    assert [block.words for block in topic_told(found)]


def test_shading_takes_a_size(run):
    shares = [
        run("bargain", "panama-1974", "--draws", "16", "--json", *more).json["shaded_share"]
        for more in ((), ("--shade", "35"))
    ]
    assert shares == [0.2, 0.35]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--about", "rank"], "did you mean 'ranks'?"),
        (["--about", "linkage"], "which issues are at the first table"),
        (["--about", "linkage", "--split", "duratoin"], "did you mean 'duration'?"),
        (["--split", "duration"], "expected --about linkage"),
        (["--shade", "100"], "less than 100"),
        (["--about", "text"], "where the text starts"),
    ],
)
def test_bad_use(run, words, said):
    done = run("bargain", "panama-1974", *words)
    assert (done.status, done.out) == (2, "")
    assert said in " ".join(done.err.split())
