"""Every file of the corpus is refused with one paragraph that helps a stranger."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from longroad.base.errors import LongroadError
from longroad.scenario.load import load

FOLDER = Path(__file__).parent / "corpus"
EXPECTED = YAML(typ="safe", pure=True).load((FOLDER / "expected.yaml").read_text("utf-8"))


def test_every_file_has_an_expectation():
    files = {file.stem for file in FOLDER.iterdir()} - {"expected"}
    assert files == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_refused_with_place_and_reason(name, catalog):
    file = FOLDER / f"{name}.yaml"
    wanted = EXPECTED[name]
    with pytest.raises(LongroadError) as caught:
        load(file, catalog=catalog)
    error = caught.value
    assert error.exit_status == 2
    assert error.file == str(file)
    assert error.line == wanted.get("line")
    assert error.field == wanted.get("field")
    assert wanted["says"] in error.what
    assert wanted.get("expected", "") in (error.expected or "")
    assert error.nearest == wanted.get("nearest")
    # One fault is one fault, however many variants and entries share it.
    assert len(getattr(error, "faults", ())) <= 1
    printed = str(error)
    assert printed.startswith(str(file))
    assert "\n" not in printed
    assert printed.isprintable()
