"""Questions about reach: what they answer, and how what makes no sense is refused."""

import math
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from reach_case import case

from longroad.base.errors import GeometryError, ScenarioError, UsageError
from longroad.scenario import loads
from longroad.study import reach, reach_surface, threshold

SCENARIO = loads(case())
KOZELSK = "forest/kozelsk/end-washington"


def changed(old, new):
    text = case()
    assert old in text
    return loads(text.replace(old, new))


def test_a_threshold_takes_the_lesser_part_and_names_it():
    (row,) = threshold(SCENARIO, KOZELSK, site="redzikowo", delays_s=[300.0])
    assert row.threat == KOZELSK
    assert (row.site, row.kind, row.interceptor) == ("redzikowo", "place", "generic")
    least = min(row.before_apogee_km_s, row.after_apogee_km_s)
    assert row.least_burnout_speed_km_s == least
    assert row.after_apogee == (least == row.after_apogee_km_s)
    assert row.overtaking == (not row.after_apogee and row.intercept.crossing_deg < 90.0)
    assert row.intercept_time_s == row.intercept.time_s > row.intercept.launch_s >= 300.0
    assert row.impulsive_speed_km_s > row.least_burnout_speed_km_s


def test_several_delays_come_in_order():
    rows = threshold(SCENARIO, KOZELSK, site="kozelsk", delays_s=[300.0, 60.0, 120.0])
    assert [row.delay_s for row in rows] == [60.0, 120.0, 300.0]
    speeds = [row.least_burnout_speed_km_s for row in rows]
    assert speeds == sorted(speeds)


def test_without_a_delay_it_is_the_late_one():
    rows = threshold(SCENARIO, "forest", site="patrol-baltic")
    assert {row.delay_s for row in rows} == {300.0}
    assert len(rows) == 4


def test_a_site_may_be_an_area_a_place_or_a_battery():
    area, place, battery = (
        threshold(SCENARIO, KOZELSK, **{"delays_s": [120.0], **site})[0]
        for site in ({"site": "cold-sea"}, {"site": "site/redzikowo"}, {"site": "north"})
    )
    assert [row.kind for row in (area, place, battery)] == ["patrol-area", "place", "battery"]
    # A ship far to the north needs much less (note on E01 to E06 of the validation cases).
    assert area.least_burnout_speed_km_s < place.least_burnout_speed_km_s - 0.3
    assert 66.0 - 1e-9 <= area.intercept.site_latitude_deg <= 70.0 + 1e-9
    assert 2.0 - 1e-9 <= area.intercept.site_longitude_deg <= 8.0 + 1e-9
    assert battery.interceptor == "gbi-two-stage"


def test_the_best_place_of_an_area_is_no_worse_than_others():
    area = threshold(SCENARIO, KOZELSK, site="cold-sea", delays_s=[120.0])[0]
    for latitude in (66.0, 68.0, 70.0):
        for longitude in (2.0, 5.0, 8.0):
            at = (math.radians(latitude), math.radians(longitude))
            there = threshold(SCENARIO, KOZELSK, at=at, delays_s=[120.0])[0]
            assert area.least_burnout_speed_km_s <= there.least_burnout_speed_km_s * 1.0003


def test_an_area_may_cross_the_antimeridian():
    box = "{south: 66 deg, north: 70 deg, west: 2 deg, east: 8 deg}"
    across = changed(box, "{south: 45 deg, north: 55 deg, west: 170 deg, east: -170 deg}")
    (row,) = threshold(across, "forest/tatishchevo/end-los-angeles", site="cold-sea")
    shot = row.intercept
    assert abs(shot.site_longitude_deg) >= 170.0 - 1e-9
    # Half of it at a time is worse or equal on both sides.
    for west, east in (("170 deg", "179.9 deg"), ("-179.9 deg", "-170 deg")):
        half = changed(box, f"{{south: 45 deg, north: 55 deg, west: {west}, east: {east}}}")
        (other,) = threshold(half, "forest/tatishchevo/end-los-angeles", site="cold-sea")
        assert row.least_burnout_speed_km_s <= other.least_burnout_speed_km_s * 1.0003


def test_an_area_on_dry_land_is_refused():
    dry = changed("south: 66 deg, north: 70 deg, west: 2 deg, east: 8 deg",
                  "south: 50 deg, north: 51 deg, west: 20 deg, east: 21 deg")  # fmt: skip
    with pytest.raises(ScenarioError, match="'cold-sea' holds no sea") as caught:
        threshold(dry, KOZELSK, site="cold-sea")
    assert caught.value.field == "patrol_areas.cold-sea"


def test_a_battery_compares_its_speed_and_says_when_its_sensors_allow():
    rows = reach(SCENARIO, KOZELSK, battery="north", delays_s=[120.0])
    assert [(row.timing, row.part) for row in rows] == [
        ("delay", "before-apogee"), ("delay", "after-apogee"),
        ("own-sensors", "before-apogee"), ("own-sensors", "after-apogee"),
    ]  # fmt: skip
    for row in rows:
        assert row.burnout_speed_km_s == pytest.approx(6.3)
        least = row.least_burnout_speed_km_s
        assert row.reachable == (least is not None and least <= 6.3)
    fast = reach(SCENARIO, KOZELSK, battery="north", delays_s=[120.0], speed_m_s=9000.0)
    assert all(row.reachable for row in fast if row.timing == "delay")


def test_without_a_place_every_battery_of_the_others_is_asked():
    assert {row.site for row in reach(SCENARIO, "forest")} == {"north"}
    assert {row.site for row in reach(SCENARIO, "prairie")} == {"capital"}


def test_a_place_has_no_speed_of_its_own_unless_one_is_named():
    (row, _) = reach(SCENARIO, KOZELSK, site="redzikowo")
    assert row.reachable is None
    assert row.burnout_speed_km_s is None
    (row, _) = reach(SCENARIO, KOZELSK, site="redzikowo", interceptor="gbi-two-stage")
    assert row.burnout_speed_km_s == pytest.approx(6.3)
    (row, _) = reach(SCENARIO, KOZELSK, site="redzikowo", speed_m_s=9000.0)
    assert row.reachable


def test_a_star_means_any_base():
    rows = threshold(SCENARIO, "forest/*/end-los-angeles", site="redzikowo")
    assert {row.threat.split("/")[2] for row in rows} == {"end-los-angeles"}
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("question", "says", "nearest"),
    [
        ({"threat": "forrest"}, "no trajectories 'forrest'", "forest"),
        ({"threat": "class-3700"}, "a class of missiles considered", None),
        ({"threat": "forest/kozelks"}, "no base 'kozelks'", "kozelsk"),
        ({"threat": "forest/kozelsk/end-washingtn"}, "no end point", "end-washington"),
        ({"threat": "forest/kozelsk/end-washington/x"}, "too many parts", None),
        ({"battery": "nort"}, "no battery 'nort'", "north"),
        ({"site": "redzikovo"}, "no place 'redzikovo'", "redzikowo"),
        ({"site": "cold-see"}, "no place 'cold-see'", "cold-sea"),
        ({"interceptor": "gbi-two-stages"}, "no interceptor", "gbi-two-stage"),
        ({"battery": "north", "site": "redzikowo"}, "about one place", None),
        ({"variant": "bas"}, "no variant 'bas'", "base"),
        ({"delays_s": [-1.0]}, "not a time after", None),
        ({"speed_m_s": 0.0}, "not above zero", None),
    ],
)
def test_wrong_words_are_answered_with_the_nearest(question, says, nearest):
    asked = {"threat": "forest", **question}
    threat = asked.pop("threat")
    with pytest.raises((UsageError, ScenarioError), match=says) as caught:
        reach(SCENARIO, threat, **asked)
    assert caught.value.nearest == nearest
    assert caught.value.exit_status == 2


def test_a_threshold_needs_a_place():
    with pytest.raises(UsageError, match="about one place"):
        threshold(SCENARIO, "forest")


def test_an_interceptor_that_cannot_climb_is_refused_with_what_it_needs():
    with pytest.raises(GeometryError, match="climbs to") as caught:
        reach(SCENARIO, KOZELSK, battery="north", speed_m_s=800.0)
    assert caught.value.field == "speed"
    least = float(caught.value.expected.split()[2])
    # Its lowest intercept is at 120 km: v^2 = 2 g h without a powered path is 1.5 km/s.
    assert 0.8 < least < 1.54
    rows = reach(SCENARIO, KOZELSK, battery="north", speed_m_s=1e3 * least)
    assert not any(row.reachable for row in rows)


def towards(latitude, longitude, shape="minimum-energy", altitude="205 km"):
    """Return the case with the flight of the prairie going elsewhere, in another shape."""
    text = case().replace("towards: [site/end-moscow]", "towards: [place/away]")
    text = text.replace(
        "launch_areas:",
        f"places:\n  away: {{latitude: {latitude} deg, longitude: {longitude} deg, "
        "status: judgement, author: The tests, reason: Elsewhere.}\nlaunch_areas:",
    )
    text = text.replace("shapes: [minimum-energy]\nsensors:", f"shapes: [{shape}]\nsensors:")
    return loads(
        text.replace(
            "assume:\n",
            f"assume:\n  missile.minuteman-iii.burnout_altitude: {{best: {altitude}, low: 30 km, "
            "high: 260 km, status: judgement, author: The tests, reason: A low one.}\n",
        )
    )


def test_a_flight_that_never_leaves_the_atmosphere_is_refused():
    low = towards(47.5, -97.0, "{apogee: 90 km}", "45 km")
    with pytest.raises(GeometryError, match="stays below 100 km after burnout") as caught:
        threshold(low, "prairie", site="moscow-defence")
    assert "leaves the atmosphere" in caught.value.expected
    high = towards(47.5, -97.0, "{apogee: 190 km}", "45 km")
    assert threshold(high, "prairie", site="usa-wyoming")[0].state == "flies"


def test_end_points_at_the_antipode_are_refused():
    base = SCENARIO.variants[0].trajectories[1].bases[0].position
    latitude, longitude = (math.degrees(r) for r in (base.latitude_rad, base.longitude_rad))
    away = towards(-latitude, longitude + 180.0)
    with pytest.raises(GeometryError, match=r"prairie/usa-montana/away") as caught:
        threshold(away, "prairie", site="moscow-defence")
    assert "opposite" in caught.value.expected


def test_beyond_the_missiles_range_is_said_so():
    with pytest.raises(GeometryError, match=r"range of 11,000 km stands for") as caught:
        threshold(towards(-35.0, 20.0), "prairie", site="moscow-defence")
    assert "maximum_range" in caught.value.expected


def test_a_scenario_without_trajectories_says_so():
    text = case()
    start, end = text.index("trajectories:\n  forest"), text.index("sensors:\n")
    with pytest.raises(UsageError, match="has no trajectories"):
        reach(loads(text[:start] + text[end:]), "forest")


def test_a_surface_is_of_the_flights_meant():
    found = reach_surface(SCENARIO, "forest/kozelsk", step_deg=30.0, cap_m_s=7000.0)
    assert [pair.end for pair in found.pairs] == ["end-washington", "end-los-angeles"]
    assert list(found.delay_s) == [120.0, 300.0, 480.0]
    speed = found.speed_m_s
    assert speed.shape == (2, 7, 12, 3, 2)
    assert speed[speed < math.inf].max() <= 7000.0
    with pytest.raises(UsageError, match="no grid"):
        reach_surface(SCENARIO, "forest", step_deg=0.0)
