"""The chapter on deterrents on made-up tables: what is said, that it is said alike, the figures."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from fake_deterrent import CLAIM, NAN, PAIRS, with_deterrent

from longroad.dossier import (
    deterrent_block,
    deterrent_curve,
    deterrent_growth,
    deterrent_limits,
    deterrent_tables,
    deterrent_treaty,
    deterrent_waterfall,
    figures,
    limits_chart,
    palette,
)
from longroad.dossier.cited import cited
from longroad.dossier.deterrent_data import POSTURE_IDS, WORST
from longroad.dossier.deterrent_words import Names
from longroad.dossier.material import gather
from longroad.dossier.page import render_page

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def told(run):
    return gather(with_deterrent(run))


@pytest.fixture(scope="module")
def found(told):
    return told.deterrent


@pytest.fixture(scope="module")
def names(told, found):
    return Names.of(told.manifest, found)


def test_a_run_without_the_tables_has_no_chapter(material):
    assert material.deterrent is None
    assert deterrent_block.names(material) == ()
    page = render_page(material)
    assert 'id="deterrents"' not in page
    assert "#deterrents" not in page


def test_the_page_without_the_other_tables_still_stands(run):
    bare = gather(with_deterrent(run, leave_out=("arrivals", "treaty", "limits", "growth")))
    page = render_page(bare)
    assert 'id="deterrents"' in page
    assert deterrent_block.names(bare) == ("waterfall-nato-rival", "waterfall-rival-nato")


def test_other_routes_stand_in_the_first_row_and_are_never_taken(found, names):
    for at in POSTURE_IDS:
        bars = deterrent_waterfall.rows_of(found, names, "rival", "nato", at)
        assert bars[0].words.startswith("Other routes")
        assert (bars[0].value, bars[0].lost) == (5.0, 0.0)


def test_what_is_left_and_what_is_taken_make_what_would_arrive(found, names):
    bars = deterrent_waterfall.rows_of(found, names, "rival", "nato", WORST)
    arriving = bars[4].value
    with_defence = bars[len(deterrent_waterfall.STAGES) + 1 :]
    assert [bar.lost for bar in with_defence] == [4.0, 0.0, 8.0]
    assert all(bar.value + bar.lost == pytest.approx(arriving) for bar in with_defence)


def test_the_build_up_lies_between_its_bounds(found):
    row = found.rows[found.adopted("rival", "nato")][WORST]
    low, high = row.build_up
    assert (low, high) == (pytest.approx(4 / 40), pytest.approx(4 / 36))
    # As much arrives as before when the loss stays, and when it grows in proportion.
    assert (1 + low) * row.arriving - row.lost == pytest.approx(row.arriving)
    assert (1 + high) * (row.arriving - row.lost) == pytest.approx(row.arriving)


def test_the_assumption_that_takes_most_stands_first_with_who_holds_it(found, names):
    table = next(t for t in deterrent_tables.matters(found, names) if t.title.endswith("rival"))
    assert [row.worst for row in table.rows] == ["20% (10–30%)", "10% (5–15%)"]
    assert table.rows[0].held.startswith("Critics")
    assert "no interceptor faster than 3 km/s" in table.rows[1].moot
    assert "judgement" in table.rows[1].held


def test_a_launch_time_that_changes_nothing_is_told_once(run):
    same = {("adopted", 300.0): 4.0, ("adopted", NAN): 4.0, (CLAIM, 300.0): 4.0}
    made = gather(with_deterrent(run, takes=same))
    found = made.deterrent
    tables = deterrent_tables.matters(found, Names.of(made.manifest, found))
    rows = tables[0].rows
    assert len(rows) == 2
    assert "or when its own sensors" in rows[0].assumption
    assert "judgement" not in rows[0].held


def test_parties_are_treated_alike(run, told, found, names):
    """With the parties swapped, names aside, every number is the other's."""
    numbers = deterrent_tables.stability(found, names).rows
    mine = [row[2:] for row in numbers if row[0] == names.called("rival")]
    other = [row[2:] for row in numbers if row[0] == names.called("nato")]
    assert mine == other
    backward = gather(with_deterrent(run, pairs=PAIRS[::-1])).deterrent
    assert backward.owners == found.owners


def test_nothing_taken_is_said_in_words(run):
    made = gather(with_deterrent(run, takes={("adopted", 300.0): 0.0}))
    page = render_page(made)
    assert "no defence takes anything" in page
    assert "No defence takes anything in any draw" in page
    assert "none needed" in page


def test_curves_fall_and_the_defence_takes_from_them(found, names):
    lines = deterrent_curve.lines(found, names, "rival", "nato", WORST)
    assert deterrent_curve.at_share(lines[0], 0.5) == 40.0
    assert deterrent_curve.at_share(lines[1], 0.5) == 36.0
    for line in lines:
        assert list(line.numbers) == sorted(line.numbers, reverse=True)


def test_the_treaty_says_what_holds_now_and_who_was_above(found, names):
    assert deterrent_treaty.treaties(found) == ["new-start"]
    after = deterrent_treaty.after("new-start")
    assert "2026-02-05" in after
    assert "expired" in after
    said = deterrent_treaty.findings(found, names, "new-start")
    assert len(said) == 2
    assert all("within the limits" in words and "2018-02-05" in words for words in said)
    assert deterrent_treaty.year("2018-07-02") == pytest.approx(2018.5, abs=0.005)


def test_the_answer_names_the_cheapest_limit_and_its_cost(found, names):
    (search,) = found.searches
    (answer,) = deterrent_limits.answers(names, search)
    # By the owner's own assumptions twice as much is taken as by those adopted.
    for words in (
        "The rival, 40% (20–60%):", "1% or less", "no interceptor faster than 3 km/s",
        "80% (72–80%) of the engageable area", "40% (32–48%) of the shot opportunities",
        "70% of the interceptors", "by looking",
    ):  # fmt: skip
        assert words in answer
    assert "nato:" not in answer
    assert deterrent_limits.speeds(search).startswith("Of the speeds of 1997, 3 km/s binds; 4.5")
    assert "for The rival: no more than 44 interceptors" in deterrent_limits.knees(names, search)
    assert limits_chart.of_1997(search.point("l1")) == "3 km/s"
    assert limits_chart.of_1997(search.point("l2")) == ""
    assert found.limits[0].concern == {"rival": 0.2}


def test_the_chart_of_limits_marks_speeds_knee_intervals_and_level(found, names):
    (search,) = found.searches
    drawn = deterrent_limits.figure(found, names, search).draw()
    words = [one.text for one in drawn.iter(f"{SVG}text")]
    assert "0, 1" in words  # the plan and a speed that changes nothing, one label
    assert {"4.5 km/s: no change", "3 km/s"} <= set(words)
    circles = list(drawn.iter(f"{SVG}circle"))
    assert [c.get("stroke") for c in circles].count(palette.NONE) == 2
    assert [c.get("fill") for c in circles].count(palette.LAUNCH) == 1
    bars = [p for p in drawn.iter(f"{SVG}path") if p.get("stroke") == palette.NEARLY]
    assert len(bars) == 2 * len(search.edge("rival").points)
    assert [p.get("stroke-dasharray") for p in drawn.iter(f"{SVG}path")].count("4 3") == 1
    table = deterrent_limits.table(names, search)
    assert len(table.rows) == len(search.points)
    assert "20% / 40% (20–60%)" in table.rows[0]


def test_growth_is_told_with_the_limits_that_then_bind(found, names):
    (growth,) = found.growth
    (said,) = deterrent_growth.sentences(names, growth)
    assert "from 15% to 30%" in said
    assert "no more than 88 interceptors (15%)" in said
    table = deterrent_growth.table(names, growth)
    assert table.heads[1:] == ["Today", "All of it"]
    assert table.rows == [
        ["The rival", "10% / 15%", "20% / 30%"],
        ["no more than 88 interceptors", "10% / 15%", "10% / 15%"],
    ]


def test_provisional_headlines_are_marked(told):
    block = deterrent_block.deterrent_block(told, {})
    assert all(lead.provisional for lead in block.leads)
    page = render_page(told)
    assert page.count('<span class="mark">provisional</span>') == len(block.leads)


def test_the_lead_names_every_defence_and_what_it_rests_on(found, names):
    words = deterrent_waterfall.lead(found, names, "rival")
    assert "of 40 warheads" in words
    assert "NATO takes 4.0 (2.0–6.0), 10%, towards Russia" in words
    assert "if launched 300 s after ignition, 0% on its own sensors" in words


def test_every_figure_can_be_drawn_and_cited(told):
    known = deterrent_block.names(told)
    assert set(known) <= set(figures.names(told))
    assert len(known) == 2 + 2 + 1 + 1
    for name in known:
        root = ET.fromstring(cited(told, name))
        words = " ".join(one.text or "" for one in root.iter(f"{SVG}text"))
        assert "longroad" in words.lower()
        # What is said of areas in other figures does not hold here.
        assert "no limit on numbers" not in words.lower()
        if name.startswith(("waterfall", "arrivals")):
            assert "Provisional" in words
        assert "nan" not in words.lower().split()


def test_no_number_of_a_drawing_is_lost(told):
    """No attribute of a drawing is NaN or infinite."""
    for name in deterrent_block.names(told):
        for one in ET.fromstring(figures.build(told, name).svg()).iter():
            assert not any(word in str(one.attrib.values()) for word in ("nan", "inf,"))


def test_what_an_author_writes_is_escaped(fake, evil):
    run = fake.fake_run(draws=4, countries=("ROU",), evil=evil, reach_step_deg=15.0)
    page = render_page(gather(with_deterrent(run)))
    assert 'id="deterrents"' in page
    assert "<script>window.evil" not in page
