"""The figures of a dossier by name: each a drawing with a title and words for who cannot see it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from longroad.base.errors import RunError, nearest
from longroad.base.messages import text
from longroad.dossier import (
    agreement_block,
    bargain_block,
    charts,
    contribution,
    deterrent_block,
    difference,
    maps,
    raid_block,
    reach_figure,
    timeline_chart,
)
from longroad.dossier.answer import figures
from longroad.dossier.assumptions import (
    ADOPTED,
    Reading,
    adopted_reading,
    claim_value,
    claimant,
    thing_words,
)
from longroad.dossier.charts import Bar, RivalRow
from longroad.dossier.figure import Figure
from longroad.dossier.material import Material
from longroad.dossier.naming import main_variants, short_names, threat_names, variant_names
from longroad.dossier.numbers import clock, listed, share
from longroad.dossier.projection import Frame
from longroad.dossier.reading import ENGAGEABLE, Spread
from longroad.dossier.timeline import Timeline

PAGE_PX = 1160
GAP_PX = 18
LARGE_PX = 860
MOST_COLUMNS = 4


def map_name(material: Material, party: str, variant: str, missile: str) -> str:
    """Return a map's name: ``map-<variant>-<missile>``, with the party when there are several."""
    own = f"-{party}" if party != material.parties[0] else ""
    return f"map-{variant}-{missile}{own}"


def small_columns(material: Material) -> int:
    """Return how many small maps stand side by side: one a variant up to that told first."""
    return min(len(main_variants(material.manifest)), MOST_COLUMNS)


def small_frame(material: Material, party: str) -> Frame:
    """Return the frame of the small multiples."""
    columns = small_columns(material)
    width = round((PAGE_PX - GAP_PX * (columns - 1)) / columns)
    return maps.common_frame(
        material.manifest, material.fine[party], min(max(width, 250), 560), party=party
    )


def large_frame(material: Material, party: str) -> Frame:
    """Return the frame of the large map."""
    return maps.common_frame(material.manifest, material.fine[party], LARGE_PX, party=party)


def map_figure(
    material: Material, party: str, variant: str, missile: str, shape: Frame, large: bool = False
) -> Figure:
    """Return one map of the best estimate."""
    manifest = material.manifest
    one = manifest.variant(variant)
    series = material.outcomes.get(variant, party, f"{ENGAGEABLE}/{missile}")
    shown = share(series.spread) if series else text("dossier.format.none")
    own = [battery.name for battery in one.batteries if battery.owner == party]
    batteries = listed(own) or text("dossier.format.none")
    layer = material.fine[party].layers[variant, missile]
    return Figure(
        map_name(material, party, variant, missile),
        text(
            "dossier.maps.map_title",
            missile=threat_names(manifest)[missile],
            variant=variant_names(manifest)[variant],
        ),
        text("dossier.maps.map_alt", share=shown, batteries=batteries),
        lambda: maps.engageable_map(manifest, one, party, layer, shape, large=large),
    )


def shown_first(material: Material, party: str) -> tuple[str, str]:
    """Return what the large map opens with: the variant told first, the longest range in it."""
    layers = material.fine[party].layers
    main = [variant.id for variant in main_variants(material.manifest)]
    variants = [id for id in variant_names(material.manifest) if id not in main] + main
    reach = {threat.id: threat.range_km for threat in material.manifest.threats}
    return max(layers, key=lambda key: (variants.index(key[0]), reach[key[1]]))


def timeline_figure(material: Material, found: Timeline) -> Figure:
    """Return the timeline of one engagement."""
    names = variant_names(material.manifest)
    batteries = {f"{v.id}/{b.id}": b.name for v in material.manifest.variants for b in v.batteries}
    lanes = []
    for one in found.engagements:
        spans = [
            text("dossier.timeline.span", opens=clock(a), closes=clock(b)) for a, b in one.windows
        ]
        key = "dossier.timeline.alt_lane" if spans else "dossier.timeline.alt_lane_none"
        lanes.append(text(key, variant=names[one.variant], windows=listed(spans)))
    return Figure(
        "timeline",
        text("dossier.timeline.title"),
        text("dossier.timeline.alt", impact=clock(found.arc.impact_s), list="; ".join(lanes)),
        lambda: timeline_chart.chart(found, short_names(material.manifest), batteries),
    )


def phases_figure(material: Material, party: str) -> Figure:
    """Return the chart of what each variant adds."""
    manifest = material.manifest
    found = figures(material.outcomes, manifest, party)
    bars = [Bar(variant, missile, series.spread) for (variant, missile), series in found.items()]
    return Figure(
        "phases" if party == material.parties[0] else f"phases-{party}",
        text("dossier.phases.title"),
        text("dossier.phases.alt"),
        lambda: charts.phases(bars, short_names(manifest), threat_names(manifest)),
    )


def _under(material: Material, party: str, assumptions: str) -> dict[tuple[str, str], Spread]:
    found = {}
    for variant in material.manifest.variants:
        for threat in variant.threats:
            name = f"{ENGAGEABLE}/{threat.id}"
            series = material.outcomes.get(variant.id, party, name, assumptions)
            if series is not None and np.isfinite(series.best):
                found[variant.id, threat.id] = series.spread
    return found


def rival_rows(material: Material, party: str) -> list[RivalRow]:
    """Return the rival claims with the figures that follow from each, the adopted claim first.

    Parties' own sets of assumptions come last, under a heading of their own.
    """
    manifest = material.manifest
    usual = _under(material, party, ADOPTED)
    things: dict[str, list[RivalRow]] = {}
    own = []
    for assumptions in material.outcomes.other_assumptions():
        found = _under(material, party, assumptions)
        if not found:
            continue
        reading = Reading.parse(assumptions)
        if reading.thing is None:
            heading = text("dossier.rivals.own_sets")
            own.append(RivalRow(heading, reading.claim, "", False, found))
            continue
        heading = thing_words(manifest, reading.thing)
        if reading.thing not in things:
            things[reading.thing] = [_adopted_row(material, heading, reading.thing, usual)]
        value = claim_value(manifest, reading)
        rows = things[reading.thing]
        rows.append(RivalRow(heading, claimant(manifest, reading), value, False, found))
    if own:
        words = text("dossier.rivals.adopted_claim")
        own.insert(0, RivalRow(own[0].quantity, words, "", True, usual))
    return [row for rows in things.values() for row in rows] + own


def _adopted_row(
    material: Material, heading: str, thing: str, found: dict[tuple[str, str], Spread]
) -> RivalRow:
    adopted = adopted_reading(material.manifest, thing)
    if adopted is None:
        return RivalRow(heading, text("dossier.rivals.adopted_claim"), "", True, found)
    value = text("dossier.rivals.adopted", value=claim_value(material.manifest, adopted))
    return RivalRow(heading, claimant(material.manifest, adopted), value, True, found)


def rival_draws(material: Material) -> int:
    """Return how many draws the rival claims rest on (the smallest number found)."""
    others = set(material.outcomes.other_assumptions())
    counts = [len(s.values) for key, s in material.outcomes.series.items() if key[2] in others]
    return min(counts, default=0)


def rivals_figure(material: Material, party: str) -> Figure | None:
    """Return the dot plot of rival claims, or None when the run has none."""
    rows, manifest = rival_rows(material, party), material.manifest
    if not rows:
        return None
    return Figure(
        "rivals" if party == material.parties[0] else f"rivals-{party}",
        text("dossier.rivals.title"),
        text("dossier.rivals.alt"),
        lambda: charts.rivals(rows, variant_names(manifest), threat_names(manifest)),
    )


def names(material: Material) -> tuple[str, ...]:
    """Return the names of all figures of a run."""
    found = [
        map_name(material, party, variant, missile)
        for party in material.parties
        for variant, missile in material.fine[party].layers
    ]
    found.append("large-map")
    if material.timeline is not None:
        found.append("timeline")
    for party in material.parties:
        own = "" if party == material.parties[0] else f"-{party}"
        found.append(f"phases{own}")
        if rival_rows(material, party):
            found.append(f"rivals{own}")
    found += [*difference.names(material), *contribution.names(material)]
    found += [*agreement_block.names(material), *raid_block.names(material)]
    found += [*deterrent_block.names(material), *bargain_block.names(material)]
    return (*found, *reach_figure.names(material))


def reach_names(material: Material) -> tuple[str, ...]:
    """Return the names of the reach maps, which take options."""
    return reach_figure.names(material)


def build(
    material: Material, name: str, options: reach_figure.Options | None = None
) -> Figure | reach_figure.ReachFigure:
    """Return the figure of that name; raises RunError with the nearest name otherwise.

    ``options`` turn a reach map; other figures take none.
    """
    first = material.parties[0]
    reach = reach_figure.build(material, name, options)
    if reach is not None:
        return reach
    for party in material.parties:
        own = "" if party == first else f"-{party}"
        if name == f"phases{own}":
            return phases_figure(material, party)
        if name == f"rivals{own}":
            made = rivals_figure(material, party)
            if made is not None:
                return made
        for variant, missile in material.fine[party].layers:
            if name == map_name(material, party, variant, missile):
                # Alone on its sheet a map has room for every name.
                shape = large_frame(material, party)
                return map_figure(material, party, variant, missile, shape, large=True)
    rooms = (
        *(difference, contribution, agreement_block, raid_block),
        *(deterrent_block, bargain_block),
    )
    for room in rooms:
        found = room.build(material, name)
        if found is not None:
            return found
    if name == "large-map":
        variant, missile = shown_first(material, first)
        shape = large_frame(material, first)
        drawn = map_figure(material, first, variant, missile, shape, large=True)
        return replace(drawn, name=name)
    if name == "timeline" and material.timeline is not None:
        return timeline_figure(material, material.timeline)
    known = names(material)
    raise RunError(
        f"the run has no figure '{name}'",
        expected="one of " + ", ".join(known),
        nearest=nearest(name, known),
    )
