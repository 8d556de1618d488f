"""The chapter on what all could sign: its data, drawings and words, from negotiations in memory."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "study"))
import bargain_case

from longroad.bargaining.report import report
from longroad.dossier import (
    bargain_belief,
    bargain_block,
    bargain_frontier,
    bargain_heat,
    bargain_lead,
    bargain_road,
    bargain_sheet,
    bargain_tables,
    bargain_tornado,
)
from longroad.dossier.bargain_data import ALL, HOME, WIDEST, read
from longroad.scenario import load_negotiation, loads_negotiation
from longroad.study.bargain_run import evaluated, record_of
from longroad.study.bargain_tables import bargain_chapter

SVG = "{http://www.w3.org/2000/svg}"


@dataclass
class Manifest:
    negotiation: object


class Memory:
    """A run's tables on a negotiation, in memory."""

    def __init__(self, talks, block=None):
        found = report(talks, block=block, draws=128)
        self.done = evaluated(talks, block, found, None)
        self.tables = bargain_chapter(self.done)
        self.manifest = Manifest(record_of(self.done))

    def select(self, name, columns, keep=None):
        return self.tables[name]


@pytest.fixture(scope="module")
def three():
    """Three parties, no physics: the flagship's negotiation."""
    return Memory(load_negotiation("epaa-2011"))


@pytest.fixture(scope="module")
def found(three):
    return read(three)


@pytest.fixture(scope="module")
def panama():
    """Two parties, weights without intervals, nothing proposed by a date."""
    return read(Memory(load_negotiation("panama-1974")))


def texts(drawing):
    return [one.text or "" for one in drawing.iter(f"{SVG}text")]


def test_what_is_read_is_what_was_computed(three, found):
    report_ = three.done.report
    assert found.parties == report_.parties
    for row in report_.rows:
        one = found.packages[row.package]
        assert (one.name, one.by, one.date) == (row.name, row.by or "", row.date or "")
        assert one.of(ALL).share == row.all_accept.share
        assert one.of(HOME).share == row.all_ratify.share
        assert one.nearest == dict(row.nearest)
        assert one.choices == dict(three.done.negotiation.packages[0].choices) or one.changed
    assert [line.id for line in found.lines] == [line.line for line in report_.lines]
    assert [stage.taken for stage in found.stages] == [s.share.share for s in report_.roadmap.steps]
    assert found.figure("agreement_share").best == report_.agreement.share


def test_every_drawing_has_a_title_a_description_and_words_within_its_frame(found, panama):
    for one in (found, panama):
        for name in bargain_block.figure_names(one):
            svg = bargain_block._figure(one, name).svg()
            root = ET.fromstring(svg)
            width = float(root.get("viewBox").split()[2])
            assert root.get("role") == "img"
            title, words = root.find(f"{SVG}title").text, root.find(f"{SVG}desc").text
            assert len(title) > 10
            assert len(words) > 30
            assert "{" not in title + words
            assert "nan" not in svg.replace("nance", "")
            for mark in root.iter(f"{SVG}text"):
                assert -1.0 <= float(mark.get("x")) <= width + 1.0, (name, mark.text)
                assert float(mark.get("font-size")) >= 9.5, (name, mark.text)


def test_the_flagship_has_all_its_drawings_and_panama_those_it_can(found, panama):
    kinds = {name.split("-")[1] for name in bargain_block.figure_names(found)}
    # Without physics nobody's assumptions differ.
    assert kinds == {"frontier", "acceptance", "dance", "tornado", "sheet", "road", "weights"}
    assert len(bargain_frontier.pairs(found)) == 3
    assert len(bargain_frontier.pairs(panama)) == 1


def test_acceptance_has_a_row_for_each_package_and_a_column_for_each_party(found):
    drawn = texts(bargain_heat.draw(found))
    for party in found.parties:
        assert any(word in " ".join(drawn) for word in found.called(party).split())
    for one in found.dated:
        assert str(found.number(one)) in drawn
    rows = bargain_heat.rows(found)
    # Two proposals may hold the same options; what is computed says something new.
    chosen = [one.choices for one in rows]
    assert all(
        chosen.count(one.choices) == 1 for one in rows if one.kind != "proposal"
    )  # fmt: skip
    assert [bargain_heat.step(share) for share in (0.0, 0.01, 0.3, 0.5, 0.97)] == [0, 1, 3, 4, 6]


def test_leads_answer_what_to_sign_trade_and_examine(found):
    keys = [key for key, _ in bargain_lead.leads(found)]
    assert keys == ["can", "trade", "examine", "first"]
    said = dict(bargain_lead.leads(found))
    broad = found.kind(WIDEST)[0]
    assert broad.of(HOME).share >= max(one.of(HOME).share for one in found.dated)
    for issue in bargain_lead.trade_of(found).changed:
        option = found.option(issue, bargain_lead.trade_of(found).choices[issue])
        assert option.lower() in said["trade"].lower()
    assert not re.search(r"probab|likel[yi]", " ".join(said.values()))


def test_refusal_of_openings_is_normal_and_a_baseline_that_is_not_beaten_is_said(found):
    words = bargain_lead.normal(found)
    assert "98.7%" in words
    assert "78 published bargaining domains" in words
    score = found.figure("hindcast_score")
    refuse = found.figure("hindcast_score_always_refused")
    assert ("not beaten" in words) == (score.best >= refuse.best)


SURE = "real: {value: 1, status: reported, source: rtt-2012}"


def test_replies_that_are_foretold_worse_than_by_a_coin_are_named(found):
    words = bargain_tables.missed(found)
    for one in found.dated:
        wrong = abs(one.predicted - (one.reply == "accepted")) >= 0.5
        assert (f"{one.name} (" in words) == wrong, one.id


def test_where_nothing_can_be_signed_the_chapter_says_why():
    talks = bargain_case.TALKS.split("physics:\n  defender")[0].replace("scenario: two\n", "")
    talks = re.sub(r"    curves: .*\n", "", talks).replace(", physics: data", "")
    talks = talks.replace("    physics: number\n", "")
    line = "one-arms: {name: Interceptors stay, forbids: {number: [none-left]}, real: [0.5, 1]}"
    assert line in talks
    never = [
        f"one-arms: {{name: Interceptors stay, forbids: {{number: [told, none-left]}}, {SURE}}}",
        f"one-look: {{name: Nobody looks, forbids: {{visits: [some]}}, {SURE}}}",
        f"one-data: {{name: Data are not asked for, forbids: {{data: [all]}}, {SURE}}}",
    ]
    talks = talks.replace(line, "\n      ".join(never))
    one = read(Memory(loads_negotiation(talks, "made-up.yaml")))
    assert not bargain_lead.possible(one)
    assert [key for key, _ in bargain_lead.leads(one)][:2] == ["can", "why"]
    for words in (bargain_lead.why_not(one), bargain_tables.conflicts(one)):
        assert "Interceptors stay" in words
        assert "Nobody looks" in words
    assert "Interceptors stay" in bargain_lead.short(one)
    for name in bargain_block.figure_names(one):
        assert bargain_block._figure(one, name).svg()


def test_swapping_the_parties_swaps_the_words_and_nothing_else(found):
    one = found.packages["gabala-2007"]
    assert bargain_sheet.columns(found)
    first, second = found.parties[0], found.parties[2]
    names = {first: "Second", second: "First"}
    swapped = replace(
        found, record=replace(found.record, parties=tuple(
            replace(party, name=names.get(party.id, party.name)) for party in found.record.parties
        )),
    )  # fmt: skip
    before, after = (bargain_tables.proposals(each, {}) for each in (found, swapped))
    assert [row.shares for row in before] == [row.shares for row in after]
    assert bargain_tables.proposals(swapped, {})[found.number(one) - 1].about.startswith("First")


def test_tables_have_a_cell_under_every_head(found):
    made = [
        bargain_tables.computed(found), bargain_tables.gains(found), bargain_tables.pivots(found),
        bargain_tables.stages(found), *bargain_tables.clause_tables(found),
    ]  # fmt: skip
    for table in made:
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.heads)}
    assert all(len(row) == len(bargain_tables.line_heads(found)) for row, _ in
               bargain_tables.lines(found, {}))  # fmt: skip
    assert len(bargain_tables.delays(found)) == 4


def test_the_road_ends_where_the_stages_do(found):
    times = bargain_road.starts(found.stages)
    assert times[0] == 0.0
    assert times[-1] == pytest.approx(sum(one.years[0] for one in found.stages))


def test_red_lines_and_weights_stand_in_the_tornado(found):
    drawn = " ".join(texts(bargain_tornado.draw(found)))
    assert "Red lines" in drawn
    assert found.lines[0].name[:20] in drawn
    assert bargain_belief.figure(found) is None
