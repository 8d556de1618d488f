"""The elicitation worksheet: questions, the file to fill in, the range that was asked for."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import small

from longroad.bargaining.worksheet import worksheet
from longroad.base.errors import ScenarioError
from longroad.scenario import load_negotiation, loads_negotiation

BLANKS = (("weight: ,", "[20, 60],"), ("points: }", "[5, 15]}"), ("margin: }", "[0, 0.1]}"))


def filled(text: str) -> str:
    """Return a worksheet's file with the same answer everywhere."""
    lines = []
    for line in text.splitlines():
        if re.fullmatch(r"\s+author:\s+#.*", line):
            line = line.split("#")[0] + "Analyst"
        elif re.fullmatch(r"\s+reason:\s+#.*", line):
            line = line.split("#")[0] + "asked in a test"
        elif re.fullmatch(r"        [\w-]+:", line):
            # An empty answer: points, a value between, how real a line is.
            points = lines and any(one.strip() == "swing:" for one in lines[-20:])
            in_values = any(one.strip() == "values:" for one in lines[-20:])
            line += " [0.2, 0.6]" if in_values or not points else " [20, 60]"
        line = line.replace("weight: ,", "weight: [20, 60],").replace(
            "points: }", "points: [5, 15]}"
        )
        line = line.replace("margin: }", "margin: [0, 0.1]}")
        line = re.sub(r"\[(\d+), \]", lambda m: f"[{m[1]}, {min(int(m[1]), 10) / 10:g}]", line)
        lines.append(line)
    return "\n".join(lines) + "\n"


def test_the_page_asks_for_every_swing_of_every_party():
    talks = load_negotiation("epaa-2011")
    page = worksheet(talks).page
    for party in talks.parties:
        assert f"## {party.name}" in page
    assert page.count("___ to ___") == sum(
        len(one.values) + len(one.curves) for one in talks.interests
    )
    for line in talks.red_lines:
        assert line.name in page
    # Neither sheet nor file tells what the pack's authors answered.
    assert not re.search(r"\d+ to \d+ points|\[\d+, \d+\]", page)


def test_an_empty_answer_is_named_with_its_line():
    file = worksheet(small.load()).file
    with pytest.raises(ScenarioError) as fault:
        loads_negotiation(file, "sheet.yaml")
    fields = {one.field for one in fault.value.faults}
    assert {"interests.east.weights.swing.tariff", "interests.west.basis.author"} <= fields
    assert all(one.line for one in fault.value.faults)


def test_a_filled_sheet_is_a_negotiation():
    file = filled(worksheet(small.load()).file)
    talks = loads_negotiation(file, "sheet.yaml")
    assert [one.party for one in talks.interests] == ["east", "west"]
    assert talks.of("east").weights.swing["tariff"].high == 60
    assert talks.of("east").red_lines[0].holder == "town"
    assert talks.of("west").together[0].points.low == 5
    assert [line.bounds for line in talks.of("west").red_lines][1][0].value == 8


def test_a_changed_range_is_refused_until_its_weight_is_asked_anew():
    file = filled(worksheet(small.load()).file)
    assert "tariff: [none, full]" in file
    place = file.index("    values:\n      tariff:\n        none: 0")
    turned = (
        file[place:]
        .replace("full: 1", "full: [0.2, 0.6]", 1)
        .replace("half: [0.2, 0.6]", "half: 1", 1)
    )
    with pytest.raises(ScenarioError, match="was asked for the swing from 'none' to 'full'"):
        loads_negotiation(file[:place] + turned, "sheet.yaml")
    asked = (file[:place] + turned).replace("tariff: [none, full]", "tariff: [none, half]", 1)
    assert loads_negotiation(asked, "sheet.yaml")


def test_the_command_writes_a_folder_whole_or_not_at_all(tmp_path, command_in):
    run = command_in(tmp_path)
    done = run("bargain", "epaa-2011", "--worksheet", "sheet")
    assert (done.status, done.err) == (0, "")
    names = sorted(path.name for path in (tmp_path / "sheet").iterdir())
    assert names == ["claims.yaml", "negotiation.yaml", "scenario.yaml", "worksheet.md"]
    again = run("bargain", "epaa-2011", "--worksheet", "sheet")
    assert again.status == 2
    checked = run("check", "sheet")
    assert checked.status == 2
    assert "interests.russia.weights.swing.guarantee" in checked.err
