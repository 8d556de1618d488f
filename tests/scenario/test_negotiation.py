"""Negotiation files: what is wrong with one is said with file, line, field and nearest word."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest

from longroad.base.errors import ScenarioError
from longroad.base.quantity import Status
from longroad.catalog import load_catalog
from longroad.scenario import load_negotiation, negotiation_schema, negotiations, new
from longroad.scenario.packs import locate
from longroad.scenario.read_negotiation import locate_negotiation

place = Path(__file__).parents[1] / "bargaining" / "small.py"
spec = importlib.util.spec_from_file_location("small_negotiation", place)
small = importlib.util.module_from_spec(spec)
spec.loader.exec_module(small)

NO_DEAL = "no_deal: {tariff: none, visits: no, port: closed}"
EAST = "swing: {tariff: [40, 100], visits: [20, 60]}"
BASIS = "status: judgement, author: Tester, reason: made up for a test"
# What is changed, then field, words, nearest word.
BAD = {
    "unknown-field": (("title: A small", "titel: A small"), "titel", "not a field", "title"),
    "unknown-option": (("{tariff: half, visits: yes}}\n", "{tariff: hlaf, visits: yes}}\n"),
                       "packages.middle.choices.tariff", "'hlaf' is not an option", "half"),
    "unknown-issue": (("{tariff: full, port: open}", "{tarif: full, port: open}"),
                      "packages.opening-east.choices.tarif", "no issue 'tarif'", "tariff"),
    "two-options": (("{tariff: full, port: open}", "{tariff: [full, half], port: open}"),
                    "packages.opening-east.choices.tariff", "2 options of 'tariff'", None),
    "not-all-issues": ((NO_DEAL, "no_deal: {tariff: none}"), "no_deal",
                       "says nothing about 'visits', 'port'", None),
    "asked-anew": ((f"{{{EAST}}}", f"{{{EAST}, asked: {{tariff: [none, half]}}}}"),
                   "interests.east.weights.asked.tariff",
                   "asked for the swing from 'none' to 'half'", None),
    "asked-once": ((f"{{{EAST}}}", f"{{{EAST}, asked: {{tariff: [full]}}}}"),
                   "interests.east.weights.asked.tariff", "no swing", None),
    "reversed": (("tariff: [40, 100]", "tariff: [100, 40]"),
                 "interests.east.weights.swing.tariff", "out of order", None),
    "narrow": (("tariff: [40, 100]", "tariff: [95, 100]"),
               "interests.east.weights.swing.tariff", "too narrow", None),
    "alone": (("tariff: [40, 100]", "tariff: 70"), "interests.east.weights.swing.tariff",
              "too narrow", None),
    "value-range": (("half: [0.4, 0.8]", "half: [0.4, 1.8]"),
                    "interests.east.values.tariff.half", "out of range", None),
    "constant": (("{none: 0, half: [0.4, 0.8], full: 1}", "{none: 1, half: 1, full: 1}"),
                 "interests.east.values.tariff", "do not reach from 0 to 1", None),
    "no-value": (("{none: 0, half: [0.4, 0.8], full: 1}", "{none: 0, full: 1}"),
                 "interests.east.values.tariff", "no value is given to 'half'", None),
    "weight-without-values": (("      visits: {no: 1, yes: 0}\n", ""),
                              "interests.east.weights", "'visits' has a weight", None),
    "values-without-weight": ((EAST, "swing: {tariff: [40, 100]}"),
                              "interests.east.values.visits", "has no weight", None),
    "no-reservation": (("reservation: {no_deal: true}\n", "reservation: {margin: [0, 0.1]}\n"),
                       "interests.west.reservation", "no reservation value", None),
    "two-reservations": (("{no_deal: true}\n", "{no_deal: true, value: 0}\n"),
                         "interests.west.reservation", "two reservation values", None),
    "no-no-deal": ((f"{NO_DEAL}\n", ""),
                   "packages.opening-east.choices", "says nothing about 'visits'", None),
    "party-missing": (("interests:\n  east:", "interests:\n  eest:"),
                      "interests", "nothing says what 'east' wants", None),
    "unknown-party": (("by: east", "by: easst"), "packages.opening-east.by", "no party 'easst'",
                      "east"),
    "three-missing": (("  west: {name: West}\n", ""), "parties", "1 parties", None),
    "one-option": (("options: {no: none, yes: some}", "options: {no: none}"),
                   "issues.visits.options", "1 option(s)", None),
    "source": (("source: nyu-adjusted-winner\n    reply", "source: nyu-adjusted-winer\n    reply"),
               "packages.opening-east.source", "no source", "nyu-adjusted-winner"),
    "date": (("date: 2001-02-03", "date: 2001-02-31"), "packages.opening-east.date",
             "not a date", None),
    "reply": (("reply: refused", "reply: refussed"), "packages.opening-east.reply",
              "not a word", "refused"),
    "line-nowhere": (("forbids: {tariff: [full], visits: [no]}", "forbids: {tariff: [ful]}"),
                     "interests.west.red_lines.no-full.forbids.tariff[0]", "'ful' is not", "full"),
    "line-everything": (("forbids: {tariff: [full], visits: [no]}", "forbids: {visits: [no, yes]}"),
                        "interests.west.red_lines.no-full.forbids.visits", "all options", None),
    "bound": (("trade: {above: 8}", "trade: {over: 8}"),
              "interests.west.red_lines.no-flood.forbids.trade", "no bound", None),
    "holder": (("holder: town", "holder: twon"), "interests.east.red_lines.no-visits.holder",
               "no member 'twon'", "town"),
    "curve": (("points: [[0, 0], [10, 1]]", "points: [[10, 0], [0, 1]]"),
              "interests.east.curves.trade.points", "not points of a curve", None),
    "more-than-all": (("needed: 7", "needed: 11"), "ratification.west.needed", "11 of 10", None),
    "discount-missing": (("{east: [0.02, 0.06], west: [0.05, 0.15]}", "{east: [0.02, 0.06]}"),
                         "patience.discount", "'west'", None),
    "no-basis": (("basis: {status: judgement, author: Tester, reason: made up for a test}\n", ""),
                 "interests.east.weights", "rest on", None),
    "no-reason": ((", reason: made up for a test", ""), "basis", "without reason", None),
    "unsourced": ((BASIS, "status: published"),
                  "basis", "names no source", None),
    "together-of-one": (("when: {tariff: [half], visits: [yes]}", "when: {tariff: [half]}"),
                        "interests.west.together.both.when", "", None),
    "version": (("longroad: 1", "longroad: 2"), "longroad", "not a format version", None),
    "draws": (("draws: 256", "draws: 0"), "draws", "too small", None),
    "stage": (("    detection: [0.6, 1]\n", ""), "stages.first.detection", "'detection' is missing",
              None),
}  # fmt: skip


def test_the_small_negotiation_says_everything():
    one = small.load()
    assert [party.id for party in one.parties] == ["east", "west"]
    middle = one.packages[1]
    assert (middle.choices, middle.said) == (
        {"tariff": "half", "visits": "yes", "port": "closed"}, ("tariff", "visits"),
    )  # fmt: skip
    assert one.packages[0].to == ("west",)
    assert [line.holder for line in one.red_lines] == ["town", "west", "west", "west"]
    half = one.of("east").values["tariff"]["half"]
    assert (half.low, half.best, half.high, half.peaked) == (0.4, pytest.approx(0.6), 0.8, False)
    assert half.basis.status is Status.JUDGEMENT


@pytest.mark.parametrize(("change", "field", "words", "nearest"), BAD.values(), ids=BAD)
def test_bad_input(change, field, words, nearest):
    with pytest.raises(ScenarioError) as caught:
        small.load(change)
    faults = {fault.field: fault for fault in caught.value.faults} if hasattr(
        caught.value, "faults"
    ) else {caught.value.field: caught.value}  # fmt: skip
    assert field in faults, list(faults)
    fault = faults[field]
    assert words in fault.what
    assert fault.nearest == nearest
    assert fault.line
    assert fault.file == "small.yaml"


def test_weights_that_sum_to_zero():
    curve = "    curves: {trade: {weight: [20, 60], unit: t, points: [[0, 0], [10, 1]]}}\n"
    with pytest.raises(ScenarioError, match="the weights sum to zero") as caught:
        small.load((EAST, "swing: {tariff: 0, visits: 0}"), (curve, ""))
    assert caught.value.field == "interests.east.weights"


def test_many_faults_are_told_at_once():
    with pytest.raises(ScenarioError) as caught:
        small.load(("tariff: [40, 100]", "tariff: [100, 40]"), ("needed: 7", "needed: 11"))
    assert len(caught.value.faults) == 2
    assert "And 1 more" in str(caught.value)


@pytest.mark.parametrize("pack", negotiations(), ids=[pack.id for pack in negotiations()])
def test_a_pack_loads_and_every_source_is_known(pack):
    one = load_negotiation(pack.id)
    assert one.title == pack.title
    known = {source.id for source in load_catalog().sources()}
    named = set(re.findall(r"\bsource: ([a-z0-9-]+)", one.source_text))
    assert named and named <= known
    assert one.question.endswith("?")


def test_the_packs_are_found_by_name_folder_file_and_scenario(tmp_path, monkeypatch):
    assert [pack.id for pack in negotiations()] == ["epaa-2011", "panama-1974"]
    assert locate_negotiation("epaa-2011").name == "negotiation.yaml"
    assert locate_negotiation(locate("epaa-2011")) == locate_negotiation("epaa-2011")
    folder = new(tmp_path / "mine", pack="panama-1974")
    assert load_negotiation(folder).id == load_negotiation(folder / "negotiation.yaml").id
    monkeypatch.chdir(tmp_path)
    assert locate_negotiation("mine") == Path("mine/negotiation.yaml")
    with pytest.raises(ScenarioError, match="no negotiation beside it"):
        locate_negotiation("general-staff-2012")
    with pytest.raises(ScenarioError, match="longroad bargain panama-1974"):
        locate("panama-1974")
    with pytest.raises(ScenarioError) as caught:
        locate_negotiation("epaa-2012")
    assert caught.value.nearest == "epaa-2011"


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 5000, "/", "~", "no/such/x.yaml", "panama"])
def test_odd_names_are_refused_in_words(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ScenarioError):
        load_negotiation(name)


def test_the_issues_of_the_flagship_are_those_of_the_debate():
    one = load_negotiation("epaa-2011")
    assert one.scenario == "epaa-2011"
    assert {"none", "restraint"} <= set(one.issue("architecture").option_ids)
    coupled = [issue for issue in one.issues if issue.physics]
    size = 1
    for issue in coupled:
        size *= len(issue.options)
    assert size == 486 <= 500
    dated = [package for package in one.packages if package.date]
    assert min(p.date for p in dated)[:4] == "1997"
    assert max(p.date for p in dated)[:4] == "2013"
    openings = {package.by for package in one.packages if package.opening}
    assert openings == {"united-states", "nato-europe", "russia"}
    assert {line.holder for line in one.red_lines} >= {"poland", "turkey"}
    # Nothing here is anybody's measured preference.
    for interests in one.interests:
        for weight in interests.weights.swing.values():
            assert weight.basis.status is Status.JUDGEMENT
            assert weight.high >= 1.5 * weight.low


def test_the_schema_has_every_field_and_accepts_the_packs():
    schema = negotiation_schema()
    json.dumps(schema)
    for pack in negotiations():
        text = (pack.folder / "negotiation.yaml").read_text(encoding="utf-8")
        for field in re.findall(r"^([a-z_]+):", text, re.MULTILINE):
            assert field in schema["properties"]
    assert (
        "RedLine"
        in schema["$defs"]["Interests"]["properties"]["red_lines"]["additionalProperties"]["$ref"]
    )
