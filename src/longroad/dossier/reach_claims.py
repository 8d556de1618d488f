"""Claims about reach: the view of the explorer in which each can be looked at, and its words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from longroad.base.messages import text
from longroad.dossier.material import Material
from longroad.dossier.numbers import listed
from longroad.dossier.reach import SEVERAL, Reach
from longroad.dossier.reach_sites import Sites
from longroad.dossier.reach_view import SPEEDS_KM_S, View, opening, pair_of_sites, speed_text

if TYPE_CHECKING:
    from longroad.study.manifest import Claim
    from longroad.study.manifest_reach import ReachQuestion

MOST_NAMED = 4


def claim_view(material: Material, claim: Claim) -> View | None:
    """Return the view that shows what a claim is about, or None where the run cannot show it.

    The claim's own speed, else that of the battery it names, else that of the fastest battery of
    the party it names; the delay of the run's shares where it leaves the time to the sensors.
    """
    asks, reach, sites = claim.asks, material.shown, material.sites
    if asks is None or reach is None or sites is None:
        return None
    known = {force.id for force in reach.forces}
    chosen = [id for id in asks.trajectories if id in known]
    if not chosen:
        return None
    start = opening(material.manifest, reach, sites)
    view = replace(
        start,
        missiles=SEVERAL.join(chosen),
        base=asks.bases[0] if len(asks.bases) == 1 else None,
        end=asks.ends[0] if len(asks.ends) == 1 else None,
        delay_s=asks.delay_s if asks.delay_s is not None else reach.settings.late_delay_s,
        part=asks.part,
        speed_km_s=_speed(material, claim, asks, start),
    )
    low, high = float(reach.grid.delay_s[0]), float(reach.grid.delay_s[-1])
    view = replace(view, delay_s=min(max(view.delay_s, low), high))
    here, there = _sites(reach, sites, asks, view)
    return replace(view, here=here, there=there)


def _speed(material: Material, claim: Claim, asks: ReachQuestion, start: View) -> float:
    low, high, step = SPEEDS_KM_S
    speed = asks.speed_km_s
    if speed is None and claim.variant is not None:
        batteries = material.manifest.variant(claim.variant).batteries
        own = [
            b.burnout_speed_km_s
            for b in batteries
            if (asks.kind == "battery" and b.id == asks.site)
            or (asks.kind == "party" and b.owner == asks.site)
        ]
        speed = max((one for one in own if one is not None), default=None)
    if speed is None:
        return start.speed_km_s
    return round(min(max(round(speed / step) * step, low), high), 2)


def _sites(
    reach: Reach, sites: Sites, asks: ReachQuestion, view: View
) -> tuple[str | None, str | None]:
    if asks.kind == "party":
        return pair_of_sites(reach, sites, view, asks.site)
    site = sites.alias.get(asks.site, asks.site)
    found = next((one for one in sites.sites if one.id == site), None)
    if found is None and asks.latitude_deg is not None and asks.longitude_deg is not None:
        found = sites.near(asks.latitude_deg, asks.longitude_deg)
    if found is None:
        return view.here, view.there
    here, there = pair_of_sites(reach, sites, view, found.owner)
    if found.kind == "land":
        return found.id, there
    return here, found.id


def question_words(material: Material, claim: Claim) -> str | None:
    """Return what was tested in words with names, None where the run does not say."""
    asks, reach, sites = claim.asks, material.reach, material.sites
    if asks is None or reach is None or sites is None:
        return None
    forces = {force.id: force for force in reach.forces}
    names = [forces[id].name for id in asks.trajectories if id in forces]
    when = text("dossier.reach_claims.own_sensors")
    if asks.delay_s is not None:
        when = text("dossier.reach_claims.at_delay", delay=f"{asks.delay_s:.0f}")
    part = {
        "any": "",
        "before-apogee": text("dossier.reach.only_before"),
        "after-apogee": text("dossier.reach.only_late"),
    }[asks.part]
    speed = ""
    if asks.speed_km_s is not None:
        speed = text("dossier.reach_claims.at_speed", speed=speed_text(asks.speed_km_s))
    values = {
        "forces": listed(names),
        "site": _place_words(material, claim, asks),
        "speed": speed,
        "when": when,
        "part": part,
    }
    if any(finding.unit == "km/s" for finding in claim.findings):
        return text("dossier.reach_claims.least", **values)
    return text("dossier.reach_claims.share", **values)


def _place_words(material: Material, claim: Claim, asks: ReachQuestion) -> str:
    if asks.kind == "party":
        return text("dossier.reach_claims.party", party=material.party_name(asks.site))
    names = {b.id: b.name for v in material.manifest.variants for b in v.batteries}
    names |= {a.id: a.name for v in material.manifest.variants for a in v.patrol_areas}
    if asks.kind == "patrol-area":
        return text("dossier.reach.area", name=names.get(asks.site, asks.site))
    if asks.site in names:
        return names[asks.site]
    assert material.sites is not None
    lat, lon = asks.latitude_deg, asks.longitude_deg
    found = material.sites.near(lat, lon) if lat is not None and lon is not None else None
    return found.name if found is not None else asks.site


def pairs_words(material: Material, claim: Claim) -> list[str]:
    """Return for which pairs the claim holds and for which it fails, by the adopted reading."""
    reach = material.reach
    usual = next((one for one in claim.findings if one.under == "adopted"), None)
    if reach is None or usual is None:
        return []
    names = {one.id: one.name for force in reach.forces for one in (*force.bases, *force.ends)}
    made = []
    total = len(usual.holds_for) + len(usual.fails_for)
    for key, figures in (("holds_for", usual.holds_for), ("fails_for", usual.fails_for)):
        if not figures or total == len(figures):
            continue
        parts = []
        for one in figures[:MOST_NAMED]:
            never = one.least_km_s is None or not np.isfinite(one.least_km_s)
            need = text("dossier.reach_claims.never") if never else f"{one.least_km_s:.1f} km/s"
            pair = text(
                "dossier.reach_claims.pair",
                base=names.get(one.base, one.base),
                end=names.get(one.end, one.end),
                least=need,
            )
            if pair not in parts:
                parts.append(pair)
        rest = len(figures) - len(parts)
        if rest > 0:
            parts.append(text("dossier.reach_claims.more", count=rest))
        values = {"n": len(figures), "m": total, "pairs": listed(parts)}
        if key == "holds_for":
            made.append(text("dossier.reach_claims.holds_for", **values))
        else:
            made.append(text("dossier.reach_claims.fails_for", **values))
    return made
