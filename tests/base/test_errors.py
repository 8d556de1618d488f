import pytest

from longroad.base.errors import LongroadError, QuantityError, nearest
from longroad.base.place import Place


def test_one_paragraph_names_everything():
    error = LongroadError(
        "'kms' is no unit", file="a.yaml", line=3, field="x.y", expected="km/s", nearest="km/s"
    )
    assert str(error) == (
        "a.yaml, line 3, field 'x.y': 'kms' is no unit; expected km/s; did you mean 'km/s'?"
    )


def test_located_fills_only_what_is_missing():
    error = QuantityError("odd", line=3).located(file="b.yaml", line=9, field="f")
    assert (error.file, error.line, error.field) == ("b.yaml", 3, "f")
    assert isinstance(error, QuantityError)


@pytest.mark.parametrize(
    ("word", "expected"), [("sensr", "sensor"), ("SENSOR", "sensor"), ("zzz", None)]
)
def test_nearest(word, expected):
    assert nearest(word, ["sensor", "site", "source"]) == expected


def test_a_place_goes_down_and_finds_the_nearest_line():
    lines = {(): 1, ("a",): 5, ("a", "b"): 6}
    place = Place("f.yaml", line_of=lines.get).down("a", "b", 2, "c")
    assert place.field == "a.b[2].c"
    assert place.line == 6
    fault = place.fault(QuantityError, "odd", expected="even")
    assert (fault.file, fault.line, fault.field) == ("f.yaml", 6, "a.b[2].c")


def test_a_place_without_lines_has_none():
    assert Place().down("a").line is None
    assert Place().field is None
