"""Sentences about reach: counted by hand from the sites' speeds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from longroad.dossier.reach_view import opening
from longroad.dossier.reach_words import needs, say, say_more, speed_words, tally


@pytest.fixture
def view(material):
    return opening(material.manifest, material.reach, material.sites)


def test_pairs_are_counted(material, view):
    reach, sites = material.reach, material.sites
    for speed in (3.0, 4.7, 6.0, 6.5, 9.0):
        one = replace(view, speed_km_s=speed)
        for site in ("redzikowo", "norwegian-sea", "deveselu"):
            table = sites.of(site)[:4, 4]
            count = tally(reach, sites, site, one)
            before, after = table[:, 0] <= speed + 1e-9, table[:, 1] <= speed + 1e-9
            assert count.pairs == 4
            assert count.reached == int((before | after).sum())
            assert count.before == int(before.sum())
            assert count.late == int((after & ~before).sum())
            assert count.before + count.late == count.reached
            early = tally(reach, sites, site, replace(one, part="before-apogee"))
            assert early.reached == count.before
            assert early.least == table[:, 0].min()


def test_more_speed_never_reaches_less_and_waiting_never_more(material, view):
    reach, sites = material.reach, material.sites
    for site in (one.id for one in sites.sites):
        by_speed = [
            tally(reach, sites, site, replace(view, speed_km_s=float(v))).reached
            for v in np.arange(2.0, 10.1, 0.5)
        ]
        assert by_speed == sorted(by_speed)
        by_delay = [
            tally(reach, sites, site, replace(view, speed_km_s=6.0, delay_s=float(d))).reached
            for d in range(60, 601, 30)
        ]
        assert by_delay == sorted(by_delay, reverse=True)


def test_between_two_delays_a_speed_is_between(material, view):
    reach, sites = material.reach, material.sites
    low = needs(reach, sites, "redzikowo", replace(view, delay_s=240.0))
    high = needs(reach, sites, "redzikowo", replace(view, delay_s=300.0))
    middle = needs(reach, sites, "redzikowo", replace(view, delay_s=270.0))
    assert np.allclose(middle, (low + high) / 2.0)


def test_the_sentence_tells_of_both_sites(material, view):
    said = say(material.reach, material.sites, replace(view, speed_km_s=5.5))
    assert said.startswith("At 5.5 km/s, launched 300 s after the missile, 0 of 4 base and")
    assert "from Redzikowo; 4 of 4 from the Norwegian Sea patrol area" in said
    assert "(4 before the apogee, 0 only late)" in said
    late = say(material.reach, material.sites, replace(view, part="after-apogee"))
    assert "after the missile's apogee" in late


def test_one_pair_is_a_yes_or_a_no(material, view):
    one = replace(view, base="kozelsk", end="washington", there=None)
    low = say(material.reach, material.sites, replace(one, speed_km_s=4.0))
    assert "out of reach from Redzikowo, which would need" in low
    high = say(material.reach, material.sites, replace(one, speed_km_s=9.0))
    assert "within reach from Redzikowo, which needs" in high
    assert say_more(material.reach, material.sites, one) == ""


def test_without_a_site_it_says_so(material, view):
    said = say(material.reach, material.sites, replace(view, here=None, there=None))
    assert "no launch site" in said


def test_a_speed_that_is_needed_is_rounded_up():
    assert speed_words(4.51) == "4.6 km/s"
    assert speed_words(4.5) == "4.5 km/s"
    assert speed_words(6.0) == "6.0 km/s"


def test_the_threshold_reaches_and_a_step_less_does_not(material, view):
    """What is said to be needed is the slider's first position that reaches."""
    reach, sites = material.reach, material.sites
    least = tally(reach, sites, "redzikowo", view).least
    step = np.ceil(10 * least - 1e-6) / 10
    assert speed_words(least) in say_more(reach, sites, view)
    assert tally(reach, sites, "redzikowo", replace(view, speed_km_s=step)).reached > 0
    assert tally(reach, sites, "redzikowo", replace(view, speed_km_s=step - 0.1)).reached == 0
