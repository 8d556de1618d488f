"""The chapter on raids: numbers, sentences, whether the order turns, and how it is drawn."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from fake_raids import CLAIM, with_raids
from fake_table import FakeRun, Table

from longroad.dossier import (
    figures,
    raid_block,
    raid_chart,
    raid_data,
    raid_order,
    raid_provisions,
    raid_rows,
    raid_tables,
    raid_words,
)
from longroad.dossier.cited import cited
from longroad.dossier.material import gather
from longroad.dossier.page import render_page
from longroad.dossier.raid_data import MODES, Told

SVG = "{http://www.w3.org/2000/svg}"
RAID = "two-waves"
MINUS = "\N{MINUS SIGN}"


@pytest.fixture(scope="module")
def told(run):
    return gather(with_raids(run))


@pytest.fixture(scope="module")
def found(told):
    return told.raids


def said(found, agreement, mode="stated"):
    return raid_words.sentence(found, RAID, (agreement,), mode)


def badge(found, agreement, mode="stated"):
    return raid_words.badge(found, raid_words.verdict(found, RAID, agreement, mode))


def test_a_run_without_the_table_has_no_chapter(material):
    assert material.raids is None
    assert raid_block.names(material) == ()
    page = render_page(material)
    assert 'id="raids"' not in page
    assert "raid-" not in page


def test_raids_under_no_agreement_are_no_chapter(run):
    """Where only *none* is played there is nothing to compare."""
    whole = with_raids(run)
    table = whole.table("raid")
    keep = table["agreement"] == "none"
    columns = {name: table[name][keep] for name in table.names}
    assert raid_data.read(FakeRun(whole.manifest, {**whole.tables, "raid": Table(columns)})) is None


def test_the_chapter_is_read_as_written(found):
    assert found.raids == (RAID,)
    assert found.objects(RAID) == 12.0
    assert found.territories(RAID) == ("nato", "east")
    assert found.owners(RAID) == ("nato",)
    assert found.idle(RAID) == ("east",)
    assert found.days(RAID) == ("withdrawn/nato", "withdrawn/east")
    assert found.rivals(RAID) == (CLAIM,)
    whole = found.get(RAID, "data", "stated", "leakers")
    assert (whole.best, whole.epistemic_p05, whole.epistemic_p95) == (6.0, 5.0, 7.0)
    assert (whole.error, whole.chance_p05, whole.chance_p95) == (0.02, 4.0, 8.0)


def test_identical_arrangements_are_one_row(found):
    groups = found.groups(RAID)
    assert groups[0] == ("none", "same")
    assert [group for group in groups if len(group) > 1] == [("none", "same")]
    assert sum(len(group) for group in groups) == len(found.agreements)
    words = raid_words.sentence(found, RAID, groups[0], "stated")
    assert "With The same arrangement nothing changes in any of these figures." in words


@pytest.mark.parametrize(
    ("told", "kind", "sign"),
    [
        (Told(0.0, 0.0, 0.0), "nothing", 0),
        (Told(0.0, -0.5, 0.0), "noise", 0),
        (Told(-0.039, -0.05, -0.01, 0.02), "noise", 0),
        (Told(-0.041, -0.05, -0.01, 0.02), "sure", -1),
        (Told(0.5, -0.1, 0.9, 0.02), "unsure", 1),
        (Told(0.5, 0.0, 0.9, 0.02), "unsure", 1),
        (Told(0.5, 0.1, 0.9, 0.02), "sure", 1),
        (Told(0.5, 0.1, 0.9, 0.3), "noise", 0),
        (Told(0.5, None, None, 0.02), "sure", 1),
        (None, "nothing", 0),
    ],
)
def test_a_change_is_told_by_sampling_error_and_assumptions(told, kind, sign):
    made = raid_words.change(told)
    assert (made.kind, made.sign) == (kind, sign)


def test_one_sentence_says_what_for_whom_and_how_sure(found):
    assert said(found, "data") == (
        f"With The data arrangement, 2.0 fewer get through to NATO ({MINUS}2.5 to {MINUS}1.5 under"
        " the assumptions), nothing changes for East."
    )
    assert "not sure under the assumptions" in said(found, "vague")
    assert "no difference that the sampling could show" in said(found, "noisy")
    assert "1.5 more interceptors are wasted" in said(found, "waste")
    assert "for want of consent or authority" in said(found, "mixed")
    assert "want of consent" not in said(found, "data")
    for agreement in found.agreements:
        assert said(found, agreement).rstrip(".").count(". ") <= 1


def test_harm_to_one_and_help_to_another_is_said_plainly(found):
    words = said(found, "mixed")
    assert "1.0 fewer get through to NATO" in words
    assert "but 0.5 more get through to East" in words
    assert badge(found, "mixed") == "harms East, helps NATO"
    assert badge(found, "vague") == "may help NATO"
    assert badge(found, "waste") == "wastes more"
    assert raid_words.verdict(found, RAID, "mixed", "stated").kind == "mixed"


def test_parties_are_told_alike(run):
    """Two parties' figures exchanged give the same sentence with the names exchanged."""
    whole = with_raids(run)
    table = whole.table("raid")
    other = {"nato": "east", "east": "nato"}
    columns = {name: table[name] for name in table.names}
    columns["party"] = Table({"p": columns["party"]})["p"].copy()
    columns["party"][:] = [other.get(party, party) for party in table["party"]]
    turned = raid_data.read(FakeRun(whole.manifest, {**whole.tables, "raid": Table(columns)}))
    one = badge(raid_data.read(whole), "mixed")
    swap = one.replace("East", "*").replace("NATO", "East").replace("*", "NATO")
    assert badge(turned, "mixed") == swap


def test_the_order_turns_only_beyond_the_sampling_error(found):
    (turn,) = raid_order.turns(found, RAID)
    assert {turn.first, turn.second} == {("data",), ("crowd",)}
    words = raid_order.order_words(found, RAID)
    assert words.startswith("The order of arrangements turns: The data arrangement lets fewer")
    assert "but more with no discrimination, by 0.5" in words
    # The same gaps under ten times the error are no order at all.
    blurred = replace(
        found,
        values={
            key: replace(one, error=10.0 * one.error) if "difference" in key[-1] else one
            for key, one in found.values.items()
        },
    )
    assert raid_order.turns(blurred, RAID) == []
    assert "no two arrangements change places" in raid_order.order_words(blurred, RAID)


def test_leads_name_the_discrimination_and_every_arrangement(found):
    first, second = raid_order.leads(found, RAID, "none")
    assert "8.0 of 12 missiles" in first
    assert "with no discrimination" in first
    assert "6–10 by chance alone" in first
    assert second.startswith("Fewer get through with The data arrangement and The crowd")
    assert "2 of 7 arrangements" in second
    assert "Of 5 arrangements that make a difference" in second
    assert "Of 5" not in raid_order.leads(found, RAID, "stated")[1]


def test_the_table_has_every_figure_under_each_discrimination(found):
    made = raid_rows.screen(found, RAID)
    data = next(row for row in made.rows if row.name == "The data arrangement")
    shown = dict(zip(made.heads, data.cells, strict=True))
    assert shown["Mean"].words == {"perfect": "6.0", "stated": "6.0", "none": "7.0"}
    assert shown["Mean"].aside["stated"] == "5.0–7.0"
    assert shown["Change ± error"].words["none"] == f"{MINUS}1.00 ± 0.02"
    assert shown["Wasted"].words == {"perfect": "0.0", "stated": "1.0", "none": "3.0"}
    assert shown["to NATO"].words["none"] == "4.0"
    assert made.rows[0].cells[1].words["stated"] == "–"
    assert made.many


def test_steps_keep_their_order_and_may_be_negative(found):
    data, mixed = raid_provisions.ladders(found, RAID)
    assert [step.provision for step in data.steps] == ["first-gives", "second-gives"]
    assert [step.changes["stated", "leakers"][0] for step in data.steps] == [1.0, -3.0]
    assert data.whole["stated", "leakers"] == pytest.approx((-2.0, 0.06))
    assert mixed.agreements == ("mixed",)
    assert raid_provisions.without(found, RAID) == ["The same arrangement"]
    drawn = raid_provisions.figure(found, RAID).draw()
    assert len(list(drawn.iter(f"{SVG}rect"))) == 2 * 3 * (3 + 1)


def test_marks_stand_at_their_values(found):
    drawn = raid_chart.strip(found, RAID, "data")
    x = raid_chart.strip_scale(found, RAID)
    (disc,) = (
        one for one in drawn.iter(f"{SVG}circle") if one.get("fill") == raid_chart.COLOURS["stated"]
    )
    assert float(disc.get("cx")) == pytest.approx(x(6.0), abs=0.06)
    assert {one.get("class") for one in drawn.iter(f"{SVG}g")} == {f"g-{mode}" for mode in MODES}


def test_who_pays_who_has_left_and_rival_claims(told, found):
    pays = raid_tables.burden(found, RAID)
    waste = next(cells for name, cells in pays.rows if name == "The waste arrangement")
    assert waste[0]["stated"] == "11.5 (2.5)"
    assert waste[1]["stated"] == "+1.50 ± 0.03"
    left = raid_tables.days(found, RAID)
    data = next(cells for name, cells in left.rows if name == "The data arrangement")
    assert [cell["stated"] for cell in data] == [
        f"6.0 ({MINUS}2.00)", "8.0 (as without)", "8.0 (as without)",
    ]  # fmt: skip
    (claims,) = raid_tables.rivals(told.manifest, found, RAID)
    assert claims.table is not None
    name, cells = claims.table.rows[1]
    assert name == "rival"
    assert cells[2]["stated"] == "The data arrangement: 7.0"


def test_spreads_stand_in_columns_of_their_own(found):
    heads, rows = raid_tables.numbers(found, RAID)
    assert heads[-3:] == ["Under the assumptions", "By chance", "Sampling error"]
    row = next(r for r in rows if r[0] == "The data arrangement" and r[1] == "stated")
    assert row[2:] == ["Missiles that get through", "6.0", "5.0–7.0", "4–8", "0.020"]


def test_every_figure_has_a_name_and_a_source_line(told):
    names = raid_block.names(told)
    assert names == ("raid-two-waves", "raid-steps-two-waves")
    assert set(names) <= set(figures.names(told))
    for name in names:
        sheet = cited(told, name)
        words = " ".join("".join(one.itertext()) for one in ET.fromstring(sheet).iter(f"{SVG}text"))
        assert "Public" in words
        assert "not pooled" in words
        assert "No misses" not in words


def test_the_page_says_defended_only_under_a_named_discrimination(told):
    page = render_page(told)
    assert page.count('id="raids"') == 1
    chapter = page[page.index('<section id="raids"') :]
    chapter = chapter[: chapter.index("</section>")]
    assert "no unit costs" in chapter
    for word in ("leaker", "discrimination", "salvo"):
        assert f'href="#word-{word}"' in chapter
        assert chapter.count(f'id="word-{word}"') == 1
    assert chapter.count("defends") == 1
    assert "defends, with perfect discrimination, with discrimination as stated" in chapter


def test_what_an_author_writes_is_no_markup(run, evil):
    whole = with_raids(run)
    table = whole.table("proposals")
    columns = {name: table[name] for name in table.names}
    columns["name"] = columns["name"] + evil
    page = render_page(
        gather(FakeRun(whole.manifest, {**whole.tables, "proposals": Table(columns)}))
    )
    assert "<script>window.evil" not in page
    assert "<img src=x" not in page
