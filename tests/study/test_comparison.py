"""Two runs compared: only what differs, draw by draw where both drew the same numbers."""

import json
import shutil

import numpy as np
import pytest

from longroad import cli
from longroad.base.errors import RunError
from longroad.commands.compare import _row
from longroad.study import compare, open_run, run
from longroad.study.comparison import OutcomeChange
from longroad.study.spread import Spread

SLOWER = """
assume:
  default.engagement.decision_time:
    best: 100 s
    low: 60 s
    high: 150 s
    status: judgement
    author: The tests
    reason: A staff that takes its time, to see what changes.
"""
DECISION = "default.engagement.decision_time"


@pytest.fixture(scope="module")
def pair(tmp_path_factory, small_text):
    """Two runs of the small scenario; in the second everybody decides later."""
    folder = tmp_path_factory.mktemp("pair")
    found = []
    for name, text in (("plain", small_text), ("slow", small_text + SLOWER)):
        file = folder / f"{name}.yaml"
        file.write_text(text, encoding="utf-8")
        found.append(run(file, folder / name, draws=16))
    return found


def test_a_run_is_like_itself(pair):
    found = compare(pair[0], pair[0])
    assert found.alike
    assert found.paired
    assert found.same > 10


def test_the_number_that_was_changed_is_named_and_no_other(pair):
    found = compare(*pair)
    (change,) = found.inputs
    assert change.id == DECISION
    assert change.after is not None and change.after.startswith("100 s (60 to 150)")
    assert found.paired


def test_differences_are_taken_draw_by_draw(pair):
    """Recomputed here from the two tables, read without the code under test."""
    before, after = (done.table("outcomes") for done in pair)
    found = [change for change in compare(*pair).outcomes if change.table == "outcomes"]
    assert found
    for change in found:
        mine = [
            np.array(
                table["value"][
                    np.logical_and.reduce([table[key] == word for key, word in change.name.items()])
                ]
            )
            for table in (before, after)
        ]
        gap = mine[1] - mine[0]
        assert change.difference.best == pytest.approx(gap[0], nan_ok=True)
        assert change.difference.epistemic_p05 == pytest.approx(np.quantile(gap[1:], 0.05))
        assert np.any(gap != 0)
    # A later decision never lets more be engaged, in any draw.
    shares = [c for c in found if c.name["outcome"].startswith("engageable_area")]
    assert shares
    assert all(change.difference.epistemic_p95 <= 1e-12 for change in shares)


def test_the_other_way_round_every_sign_turns(pair):
    there, back = compare(*pair), compare(*reversed(pair))
    for one, two in zip(there.outcomes, back.outcomes, strict=True):
        assert one.name == two.name
        assert one.difference.best == -two.difference.best
        assert (one.before, one.after) == (two.after, two.before)


def test_other_draws_are_not_paired(pair, tmp_path):
    other = run(pair[0].path.parent / "plain.yaml", tmp_path / "other", draws=16, seed=99)
    found = compare(pair[0], other)
    assert not found.paired
    assert not found.inputs
    assert all(c.difference.best == 0.0 for c in found.outcomes if c.difference.best is not None)
    assert all(change.difference.epistemic_p05 is None for change in found.outcomes)


def test_what_only_one_run_has_stands_without_a_difference(pair, tmp_path, small_text):
    text = small_text.replace("against: [alpha, beta]", "against: [alpha]")
    file = tmp_path / "less.yaml"
    file.write_text(text, encoding="utf-8")
    found = compare(pair[0], run(file, tmp_path / "less", draws=16))
    gone = [change for change in found.outcomes if change.after is None]
    assert gone
    assert {change.name["party"] for change in gone} == {"beta"}
    assert all(change.difference is None for change in gone)


def test_a_table_that_cannot_be_read_is_named(pair, tmp_path):
    broken = tmp_path / "broken"
    shutil.copytree(pair[0].path, broken)
    (broken / "tables" / "outcomes.parquet").write_bytes(b"nothing of the kind")
    with pytest.raises(RunError, match="outcomes"):
        compare(pair[0], open_run(broken))


def test_the_command_says_what_changed(pair, capsys):
    assert cli.main(["compare", str(pair[0].path), str(pair[1].path)]) == 0
    said = capsys.readouterr().out
    assert DECISION in said
    assert "draw by draw" in said
    assert cli.main(["compare", str(pair[0].path), str(pair[1].path), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["inputs"][0]["id"] == DECISION
    assert cli.main(["compare", str(pair[0].path), str(pair[0].path)]) == 0
    assert "Nothing differs" in capsys.readouterr().out


def test_a_place_that_is_no_run_is_refused(pair, capsys, tmp_path):
    assert cli.main(["compare", str(pair[0].path), str(tmp_path)]) == 2
    assert "this is not a run" in capsys.readouterr().err


def test_counts_are_no_shares():
    """Leakers and a share have the same unit; only one of them is told in per cent."""
    three = Spread(3.0, 2.0, 4.0, 0.1, "1")
    leakers = OutcomeChange("raid", {"raid": "r", "outcome": "leakers"}, three, None, None)
    assert _row(leakers)[1:] == ("3 (2 to 4)", "-", "-")
    half = Spread(0.5, 0.25, 0.75, 0.1, "1")
    for name in ("engageable_area_fraction", "nothing_leaks_difference", "consent_probability"):
        row = _row(OutcomeChange("raid", {"outcome": name}, half, None, None))
        assert row[1] == "50 % (25 to 75)"
