"""Agreements that are refused: one fault each, with line, field, what was expected, nearest word.

The corpus `agreements/refused.yaml` holds lists of provisions; each is put into a valid scenario
of four parties, and the fault has to name the line on which it stands.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

sys.path.insert(0, str(Path(__file__).parent.parent / "agreement"))
from four_parties import BASE

from longroad.base.errors import LongroadError
from longroad.catalog import load_catalog
from longroad.scenario import loads

CORPUS = YAML(typ="safe", pure=True).load(
    (Path(__file__).parent / "agreements" / "refused.yaml").read_text("utf-8")
)


def refused(text: str) -> LongroadError:
    with pytest.raises(LongroadError) as caught:
        loads(text, "case.yaml", catalog=load_catalog())
    error = caught.value
    assert error.exit_status == 2
    printed = str(error)
    assert printed.startswith("case.yaml, line ")
    assert "\n" not in printed
    assert printed.isprintable()
    assert len(error.faults) == 1, [str(fault) for fault in error.faults]
    return error


def text_of(case: dict) -> str:
    """Return a scenario with the case's provisions, or with a whole section in their place."""
    if "agreements" in case:
        head = BASE[: BASE.index("agreements:")]
        lines = case["agreements"].rstrip("\n").split("\n")
        return head + "agreements:\n" + "".join(f"  {line}\n" for line in lines)
    base = BASE
    for old, new in case.get("with", {}).items():
        assert old in base
        base = base.replace(old, new, 1)
    lines = case["provisions"].rstrip("\n").split("\n")
    return base + "".join(f"      {line}\n" for line in lines)


@pytest.mark.parametrize("name", sorted(CORPUS))
def test_refused_with_place_and_reason(name):
    case = CORPUS[name]
    text = text_of(case)
    error = refused(text)
    wanted = case["says"]
    assert wanted["what"] in error.what
    assert wanted.get("expected", "") in (error.expected or "")
    assert error.nearest == wanted.get("nearest")
    assert error.field == wanted["field"]
    # The line is that of the words that the case marks; where a second place is named, its too.
    lines = text.splitlines()
    assert case["at"] in lines[error.line - 1], (error.line, lines[error.line - 1])
    other = case.get("other")
    if other is not None:
        numbers = [index for index, line in enumerate(lines, start=1) if other in line]
        assert f"line {numbers[0]}" in error.what
