"""Forces of the catalogue: sums, status, and what cannot be."""

from __future__ import annotations

import pytest

from longroad.base.quantity import Status
from longroad.catalog.catalog import DATA, load_catalog
from longroad.catalog.fields import FILES
from longroad.deterrent import ForceError, force_of, forces, load_force

FORCES = {force.id: force for force in forces(load_catalog())}


def totals(force, leg=None):
    own = [w for w in force.weapons if leg in (None, w.leg)]
    return sum(w.launchers.best for w in own), sum(w.warheads.best for w in own)


def test_parties_and_years():
    assert set(FORCES) == {
        *(f"{p}-{y}" for p in ("russia", "united-states") for y in (2011, 2018, 2024)),
        "france-2018", "united-kingdom-2018", "china-2010", "china-2024",
    }  # fmt: skip
    assert all(force.id == f"{force.party}-{force.year}" for force in FORCES.values())


@pytest.mark.parametrize("year", [2011, 2018, 2024])
def test_russian_types_add_up_to_the_totals_of_the_table(year, catalog):
    """Table of section 6.1 of the notes: each leg and the whole, launchers and warheads."""
    force, entry = FORCES[f"russia-{year}"], catalog.entry(f"force/russia-{year}")
    for leg in ("icbm", "slbm", "bomber", None):
        said = tuple(
            entry.quantity(f"{leg or 'all'}_{what}").best for what in ("launchers", "warheads")
        )
        assert totals(force, leg) == said


@pytest.mark.parametrize("year", [2011, 2018, 2024])
def test_american_types_add_up_to_what_is_deployed(year, catalog):
    """About 1,950, 1,650 and 1,670; the first two are published to the nearest 50."""
    said = catalog.entry(f"force/united-states-{year}").quantity("deployed_strategic").best
    slack = 5 if year == 2024 else 25
    assert totals(FORCES[f"united-states-{year}"])[1] == pytest.approx(said, abs=slack)


def test_deployed_russian_warheads_of_2024_come_to_the_published_split(catalog):
    """About 870 on ICBMs, 640 on submarines, 200 at bomber bases, 1,710 in all (March 2024)."""
    force = FORCES["russia-2024"]
    for leg, said in (("icbm", 870), ("slbm", 640), ("bomber", 200)):
        own = [w.warheads.best * w.deployed_fraction.best for w in force.weapons if w.leg == leg]
        assert sum(own) == pytest.approx(said, rel=0.01)
    said = catalog.entry("force/russia-2024").quantity("deployed_strategic").best
    assert force.deployed == pytest.approx(said, rel=0.01)


def test_a_force_from_memory_is_provisional():
    for id, force in FORCES.items():
        unverified = force.shares().unverified
        assert force.provisional == (unverified > 0)
        assert force.provisional == id.startswith(("russia", "united-states"))
    for weapon in FORCES["russia-2011"].weapons:
        assert weapon.launchers.status is weapon.warheads.status is Status.UNVERIFIED


def test_every_base_is_a_site_and_every_missile_a_missile(catalog):
    for force in FORCES.values():
        for weapon in force.weapons:
            assert all(catalog.entry(f"site/{site}") for site in weapon.at)
            assert (weapon.missile is None) == (weapon.leg == "bomber" or "mod-4" in weapon.id)
            if weapon.missile:
                wanted = {"icbm": "ICBM", "slbm": "SLBM"}[weapon.leg]
                assert catalog.entry(f"missile/{weapon.missile}").facts["class"] == wanted
            if weapon.ballistic:
                assert weapon.at


def test_the_year_picks_the_force(catalog):
    assert force_of(catalog, "russia", 2015).id == "russia-2011"
    assert force_of(catalog, "russia", 2030).id == "russia-2024"
    assert force_of(catalog, "russia", 1999).id == "russia-2011"
    assert force_of(catalog, "poland", 2018) is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"launchers": -1}, "launchers"),
        ({"warheads": -3}, "warheads"),
        ({"launchers": 0, "warheads": 5}, "warheads"),
        ({"platform_launchers": 11}, "platform_launchers"),
        ({"platform_launchers": 0}, "platform_launchers"),
        ({"nondeployed_launchers": -2}, "nondeployed_launchers"),
        ({"alert": 1.2}, "alert"),
        ({"survival": -0.1}, "survival"),
        ({"route": "glide"}, "route"),
    ],
)
def test_what_cannot_be_is_refused(build, changed, field):
    with pytest.raises(ForceError) as raised:
        build.weapon(**changed)
    assert raised.value.field == field
    assert raised.value.expected


def test_the_same_weapon_twice_and_an_unknown_force_are_refused(build, catalog):
    with pytest.raises(ForceError, match="twice"):
        build.force(build.weapon(), build.weapon())
    with pytest.raises(ForceError) as raised:
        load_force(catalog, "rusia-2011")
    assert raised.value.nearest == "russia-2011"


@pytest.mark.parametrize(
    ("old", "new", "field", "nearest"),
    [
        ("at: kozelsk}", "at: kozelks}", "facts.at", "kozelsk"),
        ("basing: silo, route: ballistic, missile: ss-18", "basing: sylo, route: ballistic",
         "facts.basing", "silo"),
        ("route: glide", "route: glid", "facts.route", "glide"),
        ("missile: ss-n-23", "missile: ssn-23", "facts.missile", "ss-n-23"),
    ],
)  # fmt: skip
def test_a_base_off_the_map_is_refused_with_its_line(tmp_path, old, new, field, nearest):
    for names in FILES.values():
        for name in names:
            text = (DATA / name).read_text("utf-8")
            if name == "weapons-russia.yaml":
                assert old in text
                text = text.replace(old, new)
            (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ForceError) as raised:
        forces(load_catalog(tmp_path))
    error = raised.value
    assert error.field.endswith(field)
    assert error.nearest == nearest
    assert error.file.endswith("weapons-russia.yaml")
    assert error.line > 1
