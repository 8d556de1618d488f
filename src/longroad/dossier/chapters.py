"""The chapters after the maps: time, what each variant adds, rival claims."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from longroad.base.messages import text
from longroad.dossier import figures, timeline_chart
from longroad.dossier.charts import affected
from longroad.dossier.inputs import best_words
from longroad.dossier.material import Material
from longroad.dossier.naming import compared_with, threat_names, variant_names
from longroad.dossier.numbers import change, clock, listed, share
from longroad.dossier.reading import PEOPLE, REACHABLE
from longroad.dossier.timeline import Engagement, Timeline
from longroad.earth.countries import country_names

DECISION = ".decision_time"


@dataclass(frozen=True)
class TimelineBlock:
    """The timeline with its words and its table."""

    intro: str
    decision: str
    legend: list[tuple[str, str]]
    svg: Markup
    heads: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class PhaseRow:
    """One variant against one missile class, in numbers."""

    missile: str
    variant: str
    reaches: str
    area: str
    people: str
    change: str
    first: bool


@dataclass(frozen=True)
class PhaseBlock:
    """What each variant adds, for one party."""

    party: str
    svg: Markup
    rows: list[PhaseRow]


@dataclass(frozen=True)
class RivalTableRow:
    """The figures of one variant under one rival claim."""

    quantity: str
    claim: str
    variant: str
    cells: list[str]


@dataclass(frozen=True)
class RivalBlock:
    """Rival claims of one party's figures."""

    party: str
    svg: Markup
    heads: list[str]
    rows: list[RivalTableRow]


def timeline_block(material: Material) -> TimelineBlock | None:
    """Return the timeline, or None when nothing is engaged in any variant."""
    found = material.timeline
    if found is None:
        return None
    manifest, arc = material.manifest, found.arc
    areas = {area.id: area.name for area in manifest.launch_areas}
    names = variant_names(manifest)
    intro = text(
        "dossier.timeline.intro",
        missile=threat_names(manifest)[arc.threat],
        area=areas.get(arc.launch_area, arc.launch_area),
        country=country_names().get(arc.country, arc.country),
        range=f"{arc.range_km:,.0f}",
        shape=arc.shape,
        apogee=f"{arc.apogee_km:,.0f}",
    )
    known = next((one for one in manifest.inputs if one.id.endswith(DECISION)), None)
    decision = ""
    if known is not None:
        decision = text("dossier.timeline.decision", value=best_words(known.value))
    return TimelineBlock(
        intro=intro,
        decision=decision,
        legend=timeline_chart.legend(),
        svg=Markup(figures.timeline_figure(material, found).svg()),
        heads=[
            text("dossier.timeline.columns.variant"),
            text("dossier.timeline.columns.battery"),
            text("dossier.timeline.columns.warned"),
            text("dossier.timeline.columns.track"),
            text("dossier.timeline.columns.launchable"),
            text("dossier.timeline.columns.launch"),
            text("dossier.timeline.columns.windows"),
            text("dossier.timeline.columns.altitude"),
        ],
        rows=[_timeline_row(material, found, one, names) for one in found.engagements],
    )


def _timeline_row(
    material: Material, found: Timeline, one: Engagement, names: dict[str, str]
) -> list[str]:
    batteries = {b.id: b.name for b in material.manifest.variant(one.variant).batteries}
    spans = [text("dossier.timeline.span", opens=clock(a), closes=clock(b)) for a, b in one.windows]
    dash = text("dossier.format.none")
    altitude = dash
    if np.isfinite(one.altitude_km):
        altitude = text("dossier.timeline.km", value=f"{one.altitude_km:,.0f}")
    return [
        names[one.variant],
        batteries.get(one.battery, one.battery) if one.battery else dash,
        clock(one.warned_s),
        clock(one.first_track_s),
        clock(one.launchable_s),
        clock(one.launch_s),
        listed(spans) or dash,
        altitude,
    ]


def phase_block(material: Material, party: str, shared: dict[str, str]) -> PhaseBlock:
    """Return chart and table of what each variant adds."""
    manifest = material.manifest
    found = figures.figures(material.outcomes, manifest, party)
    people = figures.figures(material.outcomes, manifest, party, PEOPLE)
    reached = figures.figures(material.outcomes, manifest, party, REACHABLE)
    spelled, names = threat_names(manifest), variant_names(manifest)
    dash = text("dossier.format.none")
    rows = []
    for threat in manifest.threats:
        first = True
        for variant in manifest.variants:
            key = (variant.id, threat.id)
            if key not in found:
                continue
            series = found[key]
            known = compared_with(manifest, variant)
            before = found.get((known.id, threat.id)) if known else None
            rows.append(
                PhaseRow(
                    missile=spelled[threat.id],
                    variant=names[variant.id],
                    reaches=share(reached[key].spread) if key in reached else dash,
                    area=share(series.spread),
                    people=share(people[key].spread) if key in people else dash,
                    change=dash if before is None else change(series.minus(before)),
                    first=first,
                )
            )
            first = False
    svg = Markup(figures.phases_figure(material, party).svg(shared))
    return PhaseBlock(material.party_name(party), svg, rows)


def rival_block(material: Material, party: str, shared: dict[str, str]) -> RivalBlock | None:
    """Return chart and table of rival claims, or None when the run has none."""
    figure = figures.rivals_figure(material, party)
    if figure is None:
        return None
    manifest = material.manifest
    spelled, names = threat_names(manifest), variant_names(manifest)
    dash = text("dossier.format.none")
    found = figures.rival_rows(material, party)
    shown = affected(found)
    rows = [
        RivalTableRow(
            row.quantity,
            f"{row.claim}: {row.detail}" if row.detail else row.claim,
            name,
            [
                share(row.figures[variant, t]) if (variant, t) in row.figures else dash
                for t in spelled
            ],
        )
        for row in found
        for variant, name in names.items()
        if variant in shown[row.quantity]
    ]
    return RivalBlock(
        material.party_name(party), Markup(figure.svg(shared)), list(spelled.values()), rows
    )


def rival_note(material: Material) -> str:
    """Return how many draws the rows of rival claims rest on."""
    draws = figures.rival_draws(material)
    if draws < 2:
        return text("dossier.rivals.no_draws")
    return text("dossier.rivals.draws", draws=draws)
