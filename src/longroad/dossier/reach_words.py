"""Sentences about a view of reach, for pages that stand still and for figures.

The patterns stand in the message table; the page's script fills the same ones
(`script/reach-words.js`), and a browser test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from longroad.base.messages import text
from longroad.dossier.reach import AFTER, BEFORE, Reach
from longroad.dossier.reach_field import between
from longroad.dossier.reach_sites import Array, Site, Sites
from longroad.dossier.reach_view import View, speed_text

CLOSE = 1e-9
ROUND = 1e-6


@dataclass(frozen=True)
class Tally:
    """How many pairs a site reaches in a view, and the speeds (km/s) for any and for every one.

    ``before`` and ``late`` part those reached in either part of the flight; speeds are infinite
    where none that the run looked for is enough.
    """

    pairs: int
    reached: int
    before: int
    late: int
    least: float
    most: float


def needs(reach: Reach, sites: Sites, site: str, view: View) -> Array:
    """Return what a site needs against each pair of a view, (pairs, part), km/s."""
    low, share = between(reach.grid.delay_s, view.delay_s)
    rows = [flight.number for flight in view.flights(reach)]
    table = sites.of(site)[rows]
    if share == 0.0:
        return table[:, low]
    with np.errstate(invalid="ignore"):
        found = table[:, low] + share * (table[:, low + 1] - table[:, low])
    return np.where(np.isfinite(found), found, np.inf)


def tally(reach: Reach, sites: Sites, site: str, view: View) -> Tally:
    """Count the pairs of a view that a site reaches."""
    found = needs(reach, sites, site, view)
    wanted = {
        "any": found.min(axis=1),
        "before-apogee": found[:, BEFORE],
        "after-apogee": found[:, AFTER],
    }[view.part]
    within = found <= view.speed_km_s + CLOSE
    return Tally(
        pairs=len(found),
        reached=int(np.sum(wanted <= view.speed_km_s + CLOSE)),
        before=int(np.sum(within[:, BEFORE])),
        late=int(np.sum(within[:, AFTER] & ~within[:, BEFORE])),
        least=float(wanted.min()),
        most=float(wanted.max()),
    )


def place_words(site: Site) -> str:
    """Return a site as it stands in a sentence."""
    return text("dossier.reach.area", name=site.name) if site.kind == "area" else site.name


def speed_words(speed_km_s: float) -> str:
    """Return ``6.3 km/s``, rounded up: a speed that is needed, as the slider has it."""
    return text("dossier.reach.speed", speed=f"{np.ceil(10.0 * speed_km_s - ROUND) / 10.0:.1f}")


def chosen(sites: Sites, view: View) -> list[Site]:
    """Return the sites that a view speaks of."""
    by_id = {site.id: site for site in sites.sites}
    return [by_id[id] for id in (view.here, view.there) if id in by_id]


def say(reach: Reach, sites: Sites, view: View) -> str:
    """Return the sentence: how many pairs are within reach from the one place and the other."""
    spoken = chosen(sites, view)
    if not spoken:
        return text("dossier.reach.no_site")
    made = text(
        "dossier.reach.head", speed=speed_text(view.speed_km_s), delay=f"{view.delay_s:.0f}"
    )
    for k, site in enumerate(spoken):
        count = tally(reach, sites, site.id, view)
        made += text("dossier.reach.also") if k else ""
        made += _clause(site, count, later=k > 0) + _parts(count, view)
    return f"{made}."


def _clause(site: Site, count: Tally, later: bool) -> str:
    place = place_words(site)
    if count.pairs == 1:
        if not np.isfinite(count.least):
            return text("dossier.reach.single_never", place=place)
        least = speed_words(count.least)
        if count.reached:
            return text("dossier.reach.single_yes", place=place, least=least)
        return text("dossier.reach.single_no", place=place, least=least)
    values = {"n": count.reached, "m": count.pairs, "place": place}
    if later:
        return text("dossier.reach.many_also", **values)
    return text("dossier.reach.many", **values)


def _parts(count: Tally, view: View) -> str:
    if view.part == "before-apogee":
        return text("dossier.reach.only_before")
    if view.part == "after-apogee":
        return text("dossier.reach.only_late")
    if count.pairs == 1 or not count.reached:
        return ""
    return text("dossier.reach.parts", before=count.before, late=count.late)


def say_more(reach: Reach, sites: Sites, view: View) -> str:
    """Return from which speed on each site reaches any pair, and every pair."""
    made = []
    greatest = f"{reach.settings.greatest_speed_km_s:.1f}"
    for site in chosen(sites, view):
        count, place = tally(reach, sites, site.id, view), place_words(site)
        if count.pairs == 1:
            continue
        if not np.isfinite(count.least):
            made.append(text("dossier.reach.never", place=place, greatest=greatest))
        elif np.isfinite(count.most):
            least, most = speed_words(count.least), speed_words(count.most)
            made.append(text("dossier.reach.threshold", place=place, least=least, most=most))
        else:
            least = speed_words(count.least)
            made.append(
                text("dossier.reach.threshold_open", place=place, least=least, greatest=greatest)
            )
    return " ".join(made)
