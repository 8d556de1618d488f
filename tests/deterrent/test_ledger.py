"""Ledgers as data: New START against what was declared, 1997, and a file of one's own."""

from __future__ import annotations

import pytest

from longroad.base.errors import LongroadError
from longroad.catalog import load_catalog
from longroad.deterrent import (
    Item,
    TreatyError,
    aggregate_items,
    force_items,
    ledgers,
    load_aggregates,
    load_force,
    load_ledger,
    read_ledger,
)
from longroad.deterrent.aggregates import PATH
from longroad.deterrent.ledger_reader import FOLDER

NEW_START = load_ledger("new-start")


def states(entries):
    return {entry.rule.id: entry.state for entry in entries}


def test_limits_are_the_published_ones():
    limits = {rule.id: rule.limit for rule in NEW_START.rules}
    assert limits == {"deployed-launchers": 700, "deployed-warheads": 1550, "all-launchers": 800}
    assert [load_ledger(id).id for id in ledgers()] == list(ledgers())


def test_every_source_of_rules_states_and_numbers_is_in_the_bibliography():
    catalog = load_catalog()
    for ledger in map(load_ledger, ledgers()):
        for holder in (ledger, *ledger.rules, *ledger.states):
            assert all(catalog.source(id) for id in holder.sources)
    assert all(catalog.source(row.source) for row in load_aggregates())


def test_both_parties_were_within_the_limits_when_they_came_to_apply():
    """5 February 2018: Russia 527, 1,444, 779; the United States 652, 1,350, 800 (published)."""
    for party, wanted in (("russia", (527, 1444, 779)), ("united-states", (652, 1350, 800))):
        entries = NEW_START.entries(aggregate_items("2018-02-05", party))
        assert tuple(entry.value for entry in entries) == wanted
        assert set(states(entries).values()) == {"within"}
    over = NEW_START.entries(aggregate_items("2011-02-05", "united-states"))
    assert set(states(over).values()) == {"exceeded"}
    assert [entry.headroom for entry in over] == [-182, -250, -324]


def test_changes_that_others_published_come_out_of_the_series():
    """Air Force Magazine: +25, +112, +12 for Russia to March 2014; Defense Daily: +130 in 2021."""
    rows = {(r.date, r.party, r.measure): r.value for r in load_aggregates()}

    def change(measure, first, last):
        return rows[last, "russia", measure] - rows[first, "russia", measure]

    names = ("deployed_launchers", "deployed_warheads", "all_launchers")
    assert [change(n, "2013-09-01", "2014-03-01") for n in names] == [25, 112, 12]
    assert change("deployed_warheads", "2020-03-01", "2021-03-01") == 130
    assert len({row.date for row in load_aggregates()}) == 25
    assert aggregate_items("2023-03-01", "russia") == ()


def test_a_bomber_counts_as_one_whatever_it_carries(build):
    force = build.force(*build.force().weapons, build.aircraft())
    (warheads,) = (e for e in NEW_START.entries(force_items(force)) if "warheads" in e.rule.id)
    assert warheads.value == 30 + 40 + 10


def test_forces_of_the_catalogue_come_near_the_declared_warheads(catalog):
    """By types from memory 1,532 for Russia in 2011 against 1,537; 1,405 against 1,350 in 2018."""
    for id, date, party in (
        ("russia-2011", "2011-02-05", "russia"),
        ("russia-2018", "2018-02-05", "russia"),
        ("united-states-2018", "2018-02-05", "united-states"),
    ):
        rule = NEW_START.rule("deployed-warheads")
        ours = rule.value(force_items(load_force(catalog, id)))
        assert ours == pytest.approx(rule.value(aggregate_items(date, party)), rel=0.05)


def test_the_treaty_has_states():
    assert NEW_START.state_on("2010-04-07") is None
    assert NEW_START.state_on("2011-02-05").state == "in-force"
    assert NEW_START.state_on("2024-06-01").state == "suspended-by-russia"
    assert NEW_START.state_on("2026-02-05").state == "expired"
    assert load_ledger("follow-on-1000").state_on("2026-01-01") is None


def test_a_limit_of_a_thousand_is_exceeded_by_both(catalog):
    ledger = load_ledger("follow-on-1000")
    for id in ("russia-2018", "united-states-2018"):
        entries = ledger.entries(force_items(load_force(catalog, id)))
        assert states(entries)["deployed-warheads"] == "exceeded"
    assert all(rule.status == "invented" and rule.author for rule in ledger.rules)


def test_the_bands_of_1997_need_no_code():
    ledger = load_ledger("demarcation-1997")
    slow = Item("slow", {"based": "sea", "band": "lower"}, {"burnout_speed": 3000.0})
    fast = Item("fast", {"based": "land"}, {"burnout_speed": 5600.0})
    found = states(ledger.entries((slow, fast)))
    assert found == {
        "lower-velocity": "within",
        "target-speed": "not-stated",
        "target-range": "not-stated",
        "planned-land-air": "exceeded",
        "planned-sea": "within",
    }
    assert [rule.limit for rule in ledger.rules] == [3000, 5000, 3.5e6, 5500, 4500]


OWN = """\
name: A treaty of one's own
kind: forces
rules:
  boats:
    title: Boats
    sum: [launchers]
    where: {basing: submarine}
    at_most: "11"
    status: invented
    author: A tester
    reason: To see whether it counts.
"""


def test_a_treaty_of_ones_own(tmp_path, build):
    path = tmp_path / "own.yaml"
    path.write_text(OWN, "utf-8")
    (entry,) = read_ledger(path).entries(force_items(build.force()))
    assert (entry.value, entry.headroom, entry.state) == (12, -1, "exceeded")


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "nearest"),
    [
        ("sum: [launchers]", "sum: [launcher]", 6, "rules.boats.sum", "launchers"),
        ("sum: [launchers]", "suma: [launchers]", 6, "rules.boats.suma", "sum"),
        ("sum: [launchers]", "where: {}", None, None, None),
        ('at_most: "11"', "at_most: 11 km/s", 8, "rules.boats.at_most", None),
        ("sum: [launchers]", "sum: [launchers, burnout_speed]", 6, "rules.boats.sum", None),
        ("status: invented", "status: inventd", 9, "rules.boats.status", "invented"),
        ("    reason: To see whether it counts.\n", "", 4, "rules.boats", None),
        ("kind: forces", "kind: force", 2, "kind", "forces"),
        ("    title: Boats\n", "", 4, "rules.boats", None),
    ],
)
def test_an_unknown_rule_is_refused_with_its_line(tmp_path, old, new, line, field, nearest):
    path = tmp_path / "own.yaml"
    assert old in OWN
    path.write_text(OWN.replace(old, new), "utf-8")
    with pytest.raises(LongroadError) as raised:
        read_ledger(path)
    if field is None:
        return
    error = raised.value
    assert isinstance(error, TreatyError)
    assert (error.line, error.field, error.nearest) == (line, field, nearest)


def test_unknown_ledgers_and_rules_name_the_nearest():
    with pytest.raises(TreatyError) as raised:
        load_ledger("newstart")
    assert raised.value.nearest == "new-start"
    with pytest.raises(TreatyError) as raised:
        NEW_START.rule("deployed-warhead")
    assert raised.value.nearest == "deployed-warheads"
    assert (FOLDER / "new-start.yaml").is_file()


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("521", "-521", "value"), ("published", "publshed", "status"),
     ("deployed_launchers", "launchers", "measure")],
)  # fmt: skip
def test_a_wrong_row_of_the_series_is_refused(tmp_path, old, new, field):
    path = tmp_path / "series.csv"
    path.write_text(PATH.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(TreatyError) as raised:
        load_aggregates(path)
    assert (raised.value.line, raised.value.field) == (2, field)
