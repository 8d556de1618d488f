"""Launch sites: what the page says of a place is what the kernel says of it."""

from __future__ import annotations

from dataclasses import replace

import fake_reach
import numpy as np
import pytest

from longroad.dossier.reach import AFTER, BEFORE, read_reach
from longroad.dossier.reach_sites import course, read_sites

PAIRS = [
    (fake_reach.EAST, fake_reach.WASHINGTON),
    (fake_reach.EAST, fake_reach.LOS_ANGELES),
    (fake_reach.SOUTH, fake_reach.WASHINGTON),
    (fake_reach.SOUTH, fake_reach.LOS_ANGELES),
    (fake_reach.SEA, fake_reach.WASHINGTON),
]


def test_kinds_and_order(material):
    kinds = {site.id: site.kind for site in material.sites.sites}
    assert kinds["redzikowo"] == kinds["deveselu"] == "land"
    assert kinds["ship-aegean"] == kinds["ship-adriatic"] == "ship"
    assert kinds["norwegian-sea"] == kinds["pacific"] == "area"
    assert len(kinds) == len(material.sites.sites)


def test_the_middle_of_an_area_over_the_antimeridian(material):
    area = next(site for site in material.sites.sites if site.id == "pacific")
    assert area.longitude_deg == pytest.approx(172.5)
    assert area.latitude_deg == pytest.approx(44.0)


@pytest.mark.parametrize("site", ["redzikowo", "deveselu", "ship-aegean"])
def test_batteries_are_asked_with_the_generic_interceptor(material, site):
    """Within 0.01 km/s of the kernel, which the site's flight times are rounded to."""
    place = next(one for one in material.sites.sites if one.id == site)
    speeds = material.sites.of(site)
    for number, pair in enumerate(PAIRS):
        for d in (0, 4, 9):
            met = fake_reach.least(
                *pair, place.latitude_deg, place.longitude_deg, fake_reach.DELAYS[d]
            )
            for part in (BEFORE, AFTER):
                expected = met[part].speed_m_s / 1e3 if met[part].exists else np.inf
                found = speeds[number, d, part]
                if expected > fake_reach.GREATEST_KM_S:
                    assert found == np.inf
                else:
                    assert found == pytest.approx(expected, abs=0.01)


def test_areas_are_read_from_the_run(material, run):
    table = run.table("reach")
    speeds = material.sites.of("baltic")
    rows = (table["site"] == "baltic") & (table["trajectories"] == "boats")
    rows &= (table["delay_s"] == 300.0) & (table["part"] == "before-apogee")
    assert rows.sum() == 1
    stored = table["least_burnout_speed_km_s"][rows][0]
    assert speeds[4, 4, BEFORE] == pytest.approx(stored, abs=0.005)


def test_batteries_in_one_place_stand_once(run):
    variants = list(run.manifest.variants)
    last = variants[-1]
    twin = replace(last.batteries[-1], id="third-site", name="Third site")
    variants[-1] = replace(last, batteries=(*last.batteries, twin))
    doubled = replace(run, manifest=replace(run.manifest, variants=tuple(variants)))
    found = [site.id for site in read_sites(doubled, read_reach(doubled)).sites]
    assert "redzikowo" in found
    assert "third-site" not in found


def test_the_course_is_the_engagement_room_s(material):
    """First and last moment to a hundredth of a second, turn and states as the kernel's own."""
    flight = material.reach.forces[0].flights[0]
    mine = course(flight, fake_reach.SETTINGS.floor_km)
    from longroad.engagement.trajectory import trajectory

    theirs = trajectory(fake_reach._arc(*PAIRS[0]), 0, 1e3 * fake_reach.SETTINGS.floor_km)
    assert mine.parts == pytest.approx(theirs.parts, abs=0.01)
    times = np.linspace(400.0, 1500.0, 7)
    assert np.allclose(mine.at(times)[0], theirs.at(times)[0], atol=1.0)


def test_a_flight_that_stays_low_has_no_course(material):
    flight = material.reach.forces[0].flights[0]
    assert course(flight, 5e4) is None


def test_the_track_starts_at_burnout_and_ends_at_the_end_point(material):
    for flight in material.reach.forces[0].flights:
        way = flight.track
        assert way.altitude_km[-1] == pytest.approx(0.0, abs=1.0)
        assert way.altitude_km.max() == pytest.approx(flight.apogee_km, rel=0.01)
        end = next(e for e in material.reach.forces[0].ends if e.id == flight.end)
        assert way.latitude_deg[-1] == pytest.approx(end.latitude_deg, abs=0.05)
        assert way.longitude_deg[-1] == pytest.approx(end.longitude_deg, abs=0.05)


def test_a_run_without_strategic_missiles_has_no_reach(fake):
    from longroad.dossier.material import gather

    bare = fake.fake_run(draws=2, countries=("ROU",))
    assert read_reach(bare) is None
    assert gather(bare).sites is None


def test_a_page_carries_what_it_has_room_for(material):
    from longroad.dossier.explorer import left_out
    from longroad.dossier.reach import Reach

    reach = material.reach
    assert reach.carried() == reach
    assert left_out(material) == []
    assert [force.id for force in reach.carried(4).forces] == ["west"]
    assert [force.id for force in reach.carried(3).forces] == ["boats"]
    small = replace(reach, forces=reach.forces[:1]).carried(3)
    assert [len(force.flights) for force in small.forces] == [3]

    class Tight(Reach):
        def carried(self, most=4):
            return super().carried(most)

    tight = Tight(reach.settings, reach.forces, reach.grid, reach.speeds)
    (words,) = left_out(replace(material, reach=tight))
    assert "Missiles at sea" in words
    assert "longroad figure" in words


def test_a_broken_surface_is_refused(run):
    from longroad.base.errors import RunError

    table = run.table("surfaces")
    cut = type(table)({name: column[:-1] for name, column in table.columns.items()})
    broken = replace(run, tables={**run.tables, "surfaces": cut})
    with pytest.raises(RunError, match="no whole grid"):
        read_reach(broken)
    whole = table["flight"] < 4
    fewer = type(table)({name: column[whole] for name, column in table.columns.items()})
    with pytest.raises(RunError, match="has no surface"):
        read_reach(replace(run, tables={**run.tables, "surfaces": fewer}))
