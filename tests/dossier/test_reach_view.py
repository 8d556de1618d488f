"""Views: what the explorer opens with, links there and back, words that are not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from longroad.base.errors import UsageError
from longroad.dossier.reach_view import PARTS, View, changed, from_fragment, opening


@pytest.fixture
def parts(material):
    return material.manifest, material.reach, material.sites


def test_it_opens_by_rule(parts):
    manifest, reach, sites = parts
    view = opening(manifest, reach, sites)
    assert (view.missiles, view.base, view.end) == ("west", None, None)
    assert view.speed_km_s == 4.5  # the fastest battery of the variant told first
    assert view.delay_s == 300.0
    # On land and at sea, whichever needs least.
    assert (view.here, view.there) == ("redzikowo", "norwegian-sea")
    assert view.frame == "pole"


def test_it_opens_with_the_variant_told_first(parts):
    manifest, reach, sites = parts
    view = opening(replace(manifest, headline="phase-1"), reach, sites)
    assert view.speed_km_s == 3.0


def test_a_link_leads_back_to_its_view(parts):
    manifest, reach, sites = parts
    start = opening(manifest, reach, sites)
    for other in (
        start,
        replace(start, missiles="boats", speed_km_s=6.3, delay_s=60.0, part="after-apogee"),
        replace(start, base="kozelsk", end="los-angeles", count="every", frame="world"),
        replace(start, here="deveselu", there="baltic", part="before-apogee", frame="sites"),
        replace(start, there=None),
        replace(start, missiles="all-rival", delay_s=130.0, speed_km_s=5.25),
        replace(start, missiles="boats,west"),
    ):
        link = other.fragment()
        assert link.startswith("reach?")
        assert " " not in link
        assert from_fragment(start, reach, sites, f"#{link}") == other


def test_a_threat_is_written_as_the_command_line_has_it(parts):
    manifest, reach, sites = parts
    start = opening(manifest, reach, sites)
    assert changed(start, reach, sites, threat="boats").missiles == "boats"
    one = changed(start, reach, sites, threat="west/kozelsk")
    assert (one.base, one.end, len(one.flights(reach))) == ("kozelsk", None, 2)
    assert len(changed(start, reach, sites, threat="all-rival").flights(reach)) == 5
    assert len(changed(start, reach, sites, threat="west,boats").flights(reach)) == 5
    one = changed(start, reach, sites, threat="west/*/washington")
    assert (one.base, one.end, len(one.flights(reach))) == (None, "washington", 2)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"threat": "wset"}, "did you mean 'west'"),
        ({"threat": "west,boast"}, "did you mean 'boats'"),
        ({"threat": "all-rivals"}, "did you mean 'all-rival'"),
        ({"threat": "west/kozelks"}, "did you mean 'kozelsk'"),
        ({"threat": "boats/barents/washingtn"}, "did you mean 'washington'"),
        ({"part": "before"}, "did you mean 'before-apogee'"),
        ({"here": "redzikow"}, "did you mean 'redzikowo'"),
        ({"there": "norwegian"}, "did you mean 'norwegian-sea'"),
        ({"frame": "poles"}, "did you mean 'pole'"),
        ({"speed_km_s": 1.0}, "expected 2 to 10 km/s"),
        ({"delay_s": 601.0}, "expected 60 to 600 s"),
        ({"speed_km_s": float("nan")}, "expected 2 to 10 km/s"),
    ],
)
def test_what_is_not_known_is_refused(parts, asked, said):
    manifest, reach, sites = parts
    with pytest.raises(UsageError) as fault:
        changed(opening(manifest, reach, sites), reach, sites, **asked)
    assert said in str(fault.value)


def test_a_link_with_a_word_for_a_number_is_refused(parts):
    manifest, reach, sites = parts
    with pytest.raises(UsageError, match="expected a number"):
        from_fragment(opening(manifest, reach, sites), reach, sites, "#reach?speed=fast")


def test_every_part_can_be_asked(parts):
    manifest, reach, sites = parts
    start = opening(manifest, reach, sites)
    assert [changed(start, reach, sites, part=part).part for part in PARTS] == list(PARTS)
    assert isinstance(start, View)
