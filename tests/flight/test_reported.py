"""Reported flights: published ones can be, press errors cannot, what is computed is accepted."""

import math
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from lofted_tests import each_test

from longroad.base.errors import GeometryError
from longroad.flight.course import at_rest, between
from longroad.flight.finding import Kind, Report, Why
from longroad.flight.named import named_missile
from longroad.flight.profile import arc_profile, track_profile
from longroad.flight.reported import ESCAPE_M_S, check


def found(range_km, **said):
    scale = {"apogee": ("apogee_m", 1e3), "time": ("time_s", 1.0), "speed": ("speed_m_s", 1e3)}
    report = Report(**{scale[key][0]: value * scale[key][1] for key, value in said.items()})
    return check(at_rest(range_km * 1e3), report)


@each_test
def test_the_lofted_tests_are_consistent_and_a_wrong_time_is_not(test):
    # The later report of 4 July 2017 (39 min, from memory) contradicts the earlier (37 min) and
    # is longer than the burn times allow.
    times = test.reported_s if test.case != "K06" else test.reported_s[:1]
    for time in times:
        assert found(test.range_km, apogee=test.apogee_km, time=time).consistent is True
    early = found(test.range_km, apogee=test.apogee_km, time=test.free_s - 60.0)
    late = found(test.range_km, apogee=test.apogee_km, time=test.free_s + 400.0)
    assert early.consistent is late.consistent is False


# Gronlund and Wright (1992), Table 1 (second-hand): km, km, min, km/s.
TABLE = [
    (7400, 1340, 29.2, 6.3),
    (1850, 60, 7.1, 6.5),
    (1850, 90, 7.1, 6.3),
    (1850, 120, 7.2, 6.0),
    (1850, 150, 7.4, 5.6),
    (3000, 95, 9.8, 6.6),
    (3000, 135, 10.1, 6.3),
    (3000, 155, 10.1, 6.2),
]


@pytest.mark.parametrize("row", TABLE)
def test_gronlund_and_wright_s_flights_are_consistent(row):
    """Depressed ones need more speed than the conic, which is said to be possible."""
    range_km, apogee_km, minutes, speed = row
    finding = found(range_km, apogee=apogee_km, time=60.0 * minutes, speed=speed)
    assert finding.consistent is True
    assert finding.kind is (Kind.DEPRESSED if apogee_km < 1000 else Kind.MINIMUM_ENERGY)


@pytest.mark.parametrize(("range_km", "apogee_km"), [(5633, 1811), (5300, 1900)])
def test_k16_and_k17_booster_flights_bound_the_speed_from_below(range_km, apogee_km):
    finding = found(range_km, apogee=apogee_km)
    assert finding.consistent is True
    assert finding.arc.impulsive_speed_m_s / 1e3 == pytest.approx(6.3, abs=0.15)


def test_k18_minuteman_22_to_30_minutes_can_be_and_24000_mph_cannot():
    for minutes in (22, 25, 28, 30):
        assert found(6760, time=60.0 * minutes).consistent is True
    speed = 24000 * 0.44704e-3
    assert speed == pytest.approx(10.7, abs=0.05)
    for said in ({}, {"time": 1320.0}, {"apogee": 1300.0}):
        assert found(6760, speed=speed, **said).consistent is False
    finding = found(6760, speed=speed)
    assert finding.why is Why.TOO_FAST
    assert finding.least.impulsive_speed_m_s / 1e3 == pytest.approx(6.5, abs=0.05)
    assert pytest.approx(11.2, abs=0.05) == ESCAPE_M_S / 1e3


def test_range_alone_is_the_least_energy_arc_and_nothing_to_check():
    finding = found(8000)
    assert finding.consistent is None
    assert finding.arc is finding.least
    assert finding.inferred is None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"speed": 5.5}, Why.TOO_SLOW),
        ({"speed": 9.9}, Why.TOO_FAST),
        ({"time": 700.0}, Why.TOO_SHORT),
        ({"time": 15_000.0}, Why.TOO_LONG),
    ],
)
def test_what_no_flight_of_7400_km_can_be(said, why):
    finding = found(7400, **said)
    assert finding.consistent is False
    assert finding.why is why
    assert finding.arc is finding.least


def test_a_speed_has_two_flights():
    finding = found(3000, speed=5.2)
    assert finding.kind is Kind.LOFTED
    assert finding.other.apogee_m < finding.least.apogee_m < finding.arc.apogee_m
    for arc in (finding.arc, finding.other):
        assert arc.burnout_speed_m_s == pytest.approx(5200.0, abs=1e-3)


def test_a_speed_just_short_of_the_least_is_a_rounded_one():
    least = found(7400).least.burnout_speed_m_s / 1e3
    assert found(7400, speed=0.99 * least).consistent is True


def test_a_higher_apogee_takes_longer_and_more_speed():
    rows = [found(2000, apogee=apogee).arc for apogee in (500, 900, 1800, 4000)]
    assert np.all(np.diff([arc.time_of_flight_s for arc in rows]) > 0.0)
    assert np.all(np.diff([arc.burnout_speed_m_s for arc in rows]) > 0.0)


@settings(max_examples=6, deadline=None)
@given(
    range_km=st.floats(150.0, 14_000.0),
    higher=st.sampled_from([1.0, 1.3, 2.0, 4.0]),
)
def test_what_is_computed_is_accepted_again(range_km, higher):
    """Range to least energy, or to an apogee; its numbers fed back in any number agree."""
    least = found(range_km).arc
    apogee = min(higher * least.apogee_m / 1e3, 9000.0)
    arc = least if higher == 1.0 else found(range_km, apogee=apogee).arc
    numbers = {
        "apogee": arc.apogee_m / 1e3,
        "time": arc.time_of_flight_s,
        "speed": arc.burnout_speed_m_s / 1e3,
    }
    for keys in (("apogee", "time", "speed"), ("time", "speed")):
        finding = found(range_km, **{key: numbers[key] for key in keys})
        assert finding.consistent is True, keys
        assert finding.arc.apogee_m == pytest.approx(arc.apogee_m, rel=0.02)
    speed = found(range_km, speed=numbers["speed"])
    assert speed.consistent is True


@settings(max_examples=10, deadline=None)
@given(
    latitude=st.floats(-80, 80), longitude=st.floats(-180, 180),
    aim=st.floats(-80, 80), away=st.floats(2, 120),
)  # fmt: skip
def test_end_points_and_their_mirror_image_are_one_flight(latitude, longitude, aim, away):
    ends = [math.radians(angle) for angle in (latitude, longitude, aim, longitude + away)]
    north = check(between(*ends), Report())
    south = check(between(-ends[0], ends[1], -ends[2], ends[3]), Report())
    for name in ("time_of_flight_s", "burnout_speed_m_s", "apogee_m"):
        one, other = getattr(north.arc, name), getattr(south.arc, name)
        assert one == pytest.approx(other, rel=1e-7)


def test_an_apogee_beyond_any_test_or_below_burnout_is_an_error():
    for apogee in (12_000.0, 1.0):
        with pytest.raises(GeometryError):
            found(998, apogee=apogee)


def test_a_named_missile_is_held_to_its_range():
    named = named_missile("shahab-3")
    for range_km, consistent in ((1200, True), (1300, True), (1310, False)):
        finding = check(at_rest(range_km * 1e3), Report(), named)
        assert finding.consistent is consistent
        assert finding.arc.boost == named.missile.boost
    rivals = check(at_rest(1800e3), Report(), named_missile("ghadr-1"))
    assert rivals.consistent is False
    assert [allowed for _, allowed in rivals.ranges] == [False, True]


# Profiles


@pytest.mark.parametrize("said", [{}, {"apogee": 3725.0}], ids=["least", "lofted"])
@pytest.mark.parametrize("turning", [False, True])
def test_a_profile_begins_and_ends_on_the_ground(said, turning):
    course = between(0.7, 2.2, 0.6, 2.3) if turning else at_rest(998e3)
    report = Report(apogee_m=said["apogee"] * 1e3) if said else Report()
    finding = check(course, report)
    profile = arc_profile(course, finding.arc)
    assert profile.distance_m[[0, -1]] == pytest.approx([0.0, course.range_m], abs=1.0)
    assert profile.height_m[[0, -1]] == pytest.approx([0.0, 0.0], abs=1.0)
    assert np.max(profile.height_m) == pytest.approx(finding.arc.apogee_m, rel=1e-3)
    assert np.all(np.diff(profile.time_s) > 0.0)
    assert profile.time_s[profile.burnout] == pytest.approx(finding.arc.boost.burn_time_s)
    assert profile.height_m[profile.burnout] == pytest.approx(
        finding.arc.boost.burnout_altitude_m, rel=1e-3
    )
    assert np.all(profile.height_m >= -1.0)


def test_the_profile_of_an_integrated_flight():
    finding = found(998, apogee=3725)
    course = finding.course
    longest = finding.inferred.best.longest
    profile = track_profile(course.launch, longest)
    assert profile.distance_m[-1] == pytest.approx(longest.range_m, rel=1e-6)
    assert np.max(profile.height_m) == pytest.approx(longest.apogee_m, rel=1e-3)
    assert profile.height_m[-1] == pytest.approx(0.0, abs=5.0)
    assert profile.boost.time_s[-1] == pytest.approx(longest.burnout_time_s)
