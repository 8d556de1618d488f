import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from longroad.base import units
from longroad.base.errors import UnitError
from longroad.base.units import UNITS, parse, read, to_unit, written

# Expected values from the SI Brochure and the definitions of mile, foot and nautical mile.
KNOWN = [
    ("4.5 km/s", "speed", 4500.0),
    ("-3 deg", "angle", -math.pi / 60),
    ("250 s", "time", 250.0),
    ("5 min", "time", 300.0),
    ("12 kg", "mass", 12.0),
    ("0.01 m2", "area", 0.01),
    ("0.01 m^2", "area", 0.01),
    ("84 %", "fraction", 0.84),
    ("84%", "fraction", 0.84),
    ("0.84", "fraction", 0.84),
    ("24", "count", 24.0),
    ("1 nmi", "length", 1852.0),
    ("81 kW", "power", 81e3),
    ("10 GHz", "frequency", 1e10),
    ("290 K", "temperature", 290.0),
    ("3.6 km/h", "speed", 1.0),
    ("1 mph", "speed", 0.44704),
    ("1e3 m", "length", 1000.0),
    ("+.5 km", "length", 500.0),
    ("90 °", "angle", math.pi / 2),
]


@pytest.mark.parametrize(("text", "dimension", "expected"), KNOWN)
def test_known_values(text, dimension, expected):
    assert parse(text, dimension) == pytest.approx(expected, rel=1e-15)


def test_yaml_numbers_stand_for_counts_and_fractions():
    assert parse(24, "count") == 24.0
    assert parse(0.5, "fraction") == 0.5


@pytest.mark.parametrize("text", ["−3 deg", "-3\u00a0deg", " \u2212 3 deg".replace(" 3", "3")])
def test_unicode_minus_and_hard_space(text):
    assert parse(text, "angle") == pytest.approx(math.radians(-3), rel=1e-15)


finite = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)


@given(finite, st.sampled_from(sorted(UNITS)))
def test_round_trip(number, symbol):
    measure = read(f"{number!r} {symbol}", UNITS[symbol].dimension)
    assert measure.unit == symbol
    assert to_unit(measure.value, symbol) == pytest.approx(number, rel=4e-16, abs=1e-300)
    back = parse(written(measure.value, symbol, digits=17), UNITS[symbol].dimension)
    assert back == pytest.approx(measure.value, rel=1e-15, abs=1e-300)


def test_to_unit_takes_arrays():
    assert np.array_equal(to_unit(np.array([0.0, 4500.0]), "km/s"), [0.0, 4.5])


@given(finite, st.sampled_from(sorted(UNITS)), st.sampled_from(units.DIMENSIONS))
def test_another_dimension_is_refused_by_name(number, symbol, dimension):
    own = UNITS[symbol].dimension
    if own == dimension:
        return
    with pytest.raises(UnitError) as caught:
        parse(f"{number!r} {symbol}", dimension)
    assert own in str(caught.value)
    assert dimension in str(caught.value)


@example("0\r", "length")
@given(st.text(max_size=80), st.sampled_from(units.DIMENSIONS))
def test_any_text_is_a_finite_number_or_a_unit_error(text, dimension):
    try:
        assert math.isfinite(parse(text, dimension))
    except UnitError as fault:
        assert str(fault).isprintable()


@pytest.mark.parametrize(
    "dimension", [d for d in units.DIMENSIONS if d not in ("fraction", "count")]
)
def test_a_plain_number_needs_a_unit(dimension):
    with pytest.raises(UnitError) as caught:
        parse("4.5", dimension)
    for symbol in units.symbols(dimension):
        assert symbol in str(caught.value)


def test_a_plain_number_is_refused_when_any_unit_would_do():
    with pytest.raises(UnitError):
        parse(4.5)


@pytest.mark.parametrize(
    "text",
    ["nan km", "inf km", "-.inf", "1e999 km", "1e308 km", "9" * 400 + " km", "", "km", "ten km"],
)
def test_what_is_not_finite_is_refused(text):
    with pytest.raises(UnitError):
        parse(text, "length")


@pytest.mark.parametrize("number", [float("nan"), float("inf"), True, None, [4.5], {"best": 1}])
def test_what_yaml_may_bring_is_refused(number):
    with pytest.raises(UnitError):
        parse(number, "fraction")


@pytest.mark.parametrize("text", ["1,300 km", "4,5 km", "1 300 km", "4.5.6 km"])
def test_separators_are_refused(text):
    with pytest.raises(UnitError):
        parse(text, "length")


@pytest.mark.parametrize(
    ("text", "dimension", "suggested"),
    [("4.5 kms", "speed", "km/s"), ("5 mins", "time", "min"), ("3 dge", "angle", "deg")],
)
def test_the_nearest_unit_is_suggested(text, dimension, suggested):
    with pytest.raises(UnitError) as caught:
        parse(text, dimension)
    assert caught.value.nearest == suggested


@pytest.mark.parametrize("text", ["-1", "2.5", "1e400"])
def test_counts_are_whole(text):
    with pytest.raises(UnitError):
        parse(text, "count")
