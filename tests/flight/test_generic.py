"""The unnamed missile: the catalogue's three boosts, and what lies between them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longroad.base.errors import CatalogError, GeometryError
from longroad.catalog import load_catalog
from longroad.flight.generic import BOOSTS, Boost, Span, generic_missile
from longroad.flight.named import named_missile

RANGES = st.floats(1e3, 1.99e7)


@pytest.mark.parametrize("name", BOOSTS)
def test_the_catalogue_s_boosts_are_met_exactly(name):
    entry = load_catalog().entry(f"default/{name}")
    missile = generic_missile(entry.quantity("reference_range").best)
    for field, value in (
        ("burn_time", missile.boost.burn_time_s),
        ("burnout_altitude", missile.boost.burnout_altitude_m),
        ("burnout_ground_distance", missile.boost.burnout_ground_distance_m),
    ):
        assert value == pytest.approx(entry.quantity(field).best, rel=1e-12)
    assert missile.stages == int(entry.facts["stages"])


def test_between_two_boosts_logarithms_are_interpolated():
    half = generic_missile(math.sqrt(2000e3 * 10000e3)).boost
    assert half.burn_time_s == pytest.approx(math.sqrt(110.0 * 210.0), rel=1e-12)
    assert half.burnout_altitude_m == pytest.approx(math.sqrt(105e3 * 210e3), rel=1e-12)


def test_beyond_the_longest_nothing_grows_and_below_the_shortest_all_shrinks():
    assert generic_missile(1.6e7).boost == generic_missile(1e7).boost
    short = generic_missile(30e3).boost
    assert 0.0 < short.burnout_altitude_m < 10e3
    assert 0.0 < short.burn_time_s < 65.0


@given(a=RANGES, b=RANGES)
def test_a_longer_range_never_has_a_shorter_boost(a, b):
    short, long = generic_missile(min(a, b)), generic_missile(max(a, b))
    assert short.boost.burn_time_s <= long.boost.burn_time_s * (1.0 + 1e-12)
    assert short.boost.burnout_altitude_m <= long.boost.burnout_altitude_m * (1.0 + 1e-12)
    assert short.stages <= long.stages
    assert list(short.burn_times_s) == sorted(short.burn_times_s)


def test_k19_published_burn_times_of_long_range_missiles_are_inside():
    """170 s (solid) and 250 s (liquid), IEEE Spectrum 2005; a generic one in 170 to 300 s."""
    burns = generic_missile(1e7).burn_times_s
    assert burns.low < 170.0 < 250.0 < burns.high
    assert 170.0 <= burns.best <= 300.0


@pytest.mark.parametrize("bad", [0.0, -1.0, math.nan, math.inf])
def test_a_range_has_to_be_a_number_above_0(bad):
    with pytest.raises(GeometryError):
        generic_missile(bad)


def test_a_laid_boost_keeps_the_length_of_its_path():
    boost = Boost(100.0, 60e3, 80e3)
    assert boost.path_m == pytest.approx(100e3)
    steep = boost.laid(0.5 * math.pi, 100.0)
    assert steep.burnout_altitude_m == pytest.approx(100e3)
    assert steep.burnout_ground_distance_m == pytest.approx(0.0, abs=1e-6)
    longer = boost.laid(boost.slope_rad, 150.0)
    assert (longer.burnout_altitude_m, longer.burnout_ground_distance_m) == pytest.approx(
        (90e3, 120e3)
    )


def test_a_build_has_the_missile_s_stages_and_the_burn_time_asked_for():
    build = generic_missile(8e6).build(170.0)
    assert build.stages == 2
    assert build.vehicle(7000.0).burn_time_s == pytest.approx(170.0)
    assert build.vehicle(7000.0).impulse_m_s == pytest.approx(7000.0)


# Named missiles


def test_a_named_missile_has_the_catalogue_s_figures():
    named = named_missile("shahab-3")
    assert named == named_missile("missile/shahab-3")
    assert named.missile.boost == Boost(100.0, 75e3, 75e3)
    assert named.missile.burn_times_s == Span(80.0, 100.0, 130.0)
    assert [claim.claim for claim in named.ranges] == [None]


def test_rival_claims_about_a_range_all_stand():
    named = named_missile("ghadr-1")
    assert [(claim.span.best, claim.adopted) for claim in named.ranges] == [
        (1600e3, True),
        (1950e3, False),
    ]
    low, high = named.ranges
    # Between the speeds of 1,600 km (3.51 km/s) and 1,950 km (3.87 km/s).
    assert not low.allows(3700.0, named.missile.boost)
    assert high.allows(3700.0, named.missile.boost)


def test_an_unknown_missile_has_a_nearest_one():
    with pytest.raises(CatalogError, match="shahab-3"):
        named_missile("shahab-33")
