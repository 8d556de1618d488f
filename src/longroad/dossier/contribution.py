"""What each battery, sensor and mode contributes: a chart by variant, and the same in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from longroad.base.messages import text
from longroad.dossier.contribution_chart import ALONE, LOST, WHOLE, Part, chart
from longroad.dossier.contribution_data import Contribution
from longroad.dossier.figure import Figure
from longroad.dossier.material import Material
from longroad.dossier.naming import headline, threat_names, variant_names
from longroad.dossier.numbers import percent
from longroad.study.manifest import Variant


@dataclass(frozen=True)
class PartRow:
    """A part with its figures in words by missile class; ``heading`` opens a new kind."""

    heading: str | None
    part: str
    cells: list[str]


@dataclass(frozen=True)
class ContributionTable:
    """One variant: its table, and its chart where one stands on the page."""

    title: str
    svg: Markup | None
    rows: list[PartRow]


@dataclass(frozen=True)
class ContributionBlock:
    """The contributions of one party: the headline variant first, then the others."""

    party: str
    legend: list[tuple[str, str]]
    heads: list[str]
    first: ContributionTable
    others: list[ContributionTable]


def figure_name(material: Material, party: str, variant: str) -> str:
    """Return ``contributions-<variant>``, with the party when there are several."""
    own = f"-{party}" if party != material.parties[0] else ""
    return f"contributions-{variant}{own}"


def _known(material: Material, party: str) -> list[str]:
    """Return the variants that have contributions, the headline first."""
    if material.contributions is None:
        return []
    first = headline(material.manifest).id
    known = [v.id for v in material.manifest.variants]
    known.sort(key=lambda id: id != first)
    return [id for id in known if (party, id) in material.contributions.rows]


def figure(material: Material, party: str, variant: str) -> Figure:
    """Return the chart of one variant."""
    manifest = material.manifest
    assert material.contributions is not None
    rows = material.contributions.rows[party, variant]
    labels = part_names(manifest.variant(variant))
    parts = [
        Part(
            one.kind,
            labels[one.kind, one.asset],
            one.missile,
            one.whole[0],
            one.without[0],
            one.alone[0],
        )
        for one in rows
    ]
    return Figure(
        figure_name(material, party, variant),
        text("coverage.contribution.chart_title", variant=variant_names(manifest)[variant]),
        text("coverage.contribution.chart_alt"),
        lambda: chart(parts, kind_names(), threat_names(manifest)),
    )


def kind_names() -> dict[str, str]:
    """Return the headings of the three kinds of parts."""
    return {
        "battery": text("coverage.contribution.battery"),
        "sensor": text("coverage.contribution.sensor"),
        "mode": text("coverage.contribution.mode"),
    }


def part_names(variant: Variant) -> dict[tuple[str, str], str]:
    """Return the names of batteries, sensors and modes by (kind, id)."""
    return {
        **{("battery", battery.id): battery.name for battery in variant.batteries},
        **{("sensor", sensor.id): sensor.name for sensor in variant.sensors},
        ("mode", "organic"): text("coverage.contribution.mode_organic"),
        ("mode", "launch-on-remote"): text("coverage.contribution.mode_launch-on-remote"),
        ("mode", "engage-on-remote"): text("coverage.contribution.mode_engage-on-remote"),
    }


def names(material: Material) -> tuple[str, ...]:
    """Return the names of all charts of contributions of a run."""
    return tuple(
        figure_name(material, party, variant)
        for party in material.parties
        for variant in _known(material, party)
    )


def build(material: Material, name: str) -> Figure | None:
    """Return the chart of that name, or None."""
    for party in material.parties:
        for variant in _known(material, party):
            if name == figure_name(material, party, variant):
                return figure(material, party, variant)
    return None


def contribution_block(
    material: Material, party: str, shared: dict[str, str]
) -> ContributionBlock | None:
    """Return charts and tables of a party, or None where the run has none."""
    known = _known(material, party)
    if not known:
        return None
    first = figure(material, party, known[0]).svg(shared)
    return ContributionBlock(
        party=material.party_name(party),
        legend=legend(),
        heads=[text("coverage.contribution.part"), *threat_names(material.manifest).values()],
        first=_table(material, party, known[0], Markup(first)),
        others=[_table(material, party, variant, None) for variant in known[1:]],
    )


def legend() -> list[tuple[str, str]]:
    """Return (colour, words) of the chart's marks."""
    return [
        (ALONE, text("coverage.contribution.alone")),
        (LOST, text("coverage.contribution.lost")),
        (WHOLE, text("coverage.contribution.whole")),
    ]


def _table(material: Material, party: str, variant: str, svg: Markup | None) -> ContributionTable:
    manifest = material.manifest
    assert material.contributions is not None
    by_part: dict[tuple[str, str], dict[str, Contribution]] = {}
    for one in material.contributions.rows[party, variant]:
        by_part.setdefault((one.kind, one.asset), {})[one.missile] = one
    labels, kinds = part_names(manifest.variant(variant)), kind_names()
    rows, last = [], None
    for (kind, asset), figures in by_part.items():
        cells = [_cell(figures.get(threat.id)) for threat in manifest.threats]
        rows.append(PartRow(kinds[kind] if kind != last else None, labels[kind, asset], cells))
        last = kind
    return ContributionTable(
        variant_names(manifest)[variant],
        svg,
        rows,
    )


def _cell(one: Contribution | None) -> str:
    if one is None:
        return text("dossier.format.none")
    lost, alone = (
        text("coverage.difference.both", area=percent(area), people=percent(people))
        for area, people in (one.lost, one.alone)
    )
    return (
        alone if one.kind == "mode" else text("coverage.contribution.cell", lost=lost, alone=alone)
    )
