"""The chapter of maps: small multiples, the controls of the large map, the table by country."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from longroad.base.messages import text
from longroad.dossier import figures, palette
from longroad.dossier.coverage import by_country
from longroad.dossier.hero import reach
from longroad.dossier.material import Material
from longroad.dossier.naming import (
    main_variants,
    range_note,
    short_names,
    threat_names,
    variant_names,
)
from longroad.dossier.numbers import percent, share
from longroad.dossier.projection import Frame
from longroad.dossier.reading import ENGAGEABLE
from longroad.earth.countries import country_names
from longroad.study.manifest import Manifest, Threat


@dataclass(frozen=True)
class MapCell:
    """One small map with its caption."""

    variant: str
    share: str
    svg: Markup


@dataclass(frozen=True)
class MapRow:
    """The maps against one missile class, None where a variant does not consider it.

    ``others`` are the variants after the one told first: alternatives to it.
    """

    missile: str
    note: str
    cells: list[MapCell | None]
    others: list[MapCell | None]


@dataclass(frozen=True)
class MapBlock:
    """The small multiples of one party."""

    party: str
    columns: int
    rows: list[MapRow]


@dataclass(frozen=True)
class Choice:
    """One position of a control."""

    value: str
    words: str
    chosen: bool
    note: str | None = None
    legend: str | None = None


@dataclass(frozen=True)
class Control:
    """A control of the large map; hidden when it has one position only."""

    name: str
    title: str
    choices: list[Choice]
    hidden: bool


@dataclass(frozen=True)
class CountryCell:
    """A figure of the table by country; ``colour`` of its class, None for what has none.

    ``first`` marks the first column of a missile class, which holds the share within reach.
    """

    words: str
    colour: str | None
    first: bool


@dataclass(frozen=True)
class CountryRow:
    """A country's figures."""

    country: str
    cells: list[CountryCell]


@dataclass(frozen=True)
class CountryTable:
    """The figures of a party's territory by country."""

    party: str
    missiles: list[str]
    variants: list[str]
    rows: list[CountryRow]


def map_block(material: Material, party: str, shared: dict[str, str]) -> MapBlock:
    """Return the small multiples of a party, drawn; long paths go to ``shared``."""
    manifest = material.manifest
    shape = figures.small_frame(material, party)
    names, spelled = variant_names(manifest), threat_names(manifest)
    main = len(main_variants(manifest))
    rows = []
    for threat in manifest.threats:
        cells: list[MapCell | None] = []
        for variant in manifest.variants:
            if (variant.id, threat.id) not in material.fine[party].layers:
                cells.append(None)
                continue
            figure = figures.map_figure(material, party, variant.id, threat.id, shape)
            series = material.outcomes.get(variant.id, party, f"{ENGAGEABLE}/{threat.id}")
            shown = share(series.spread) if series else text("dossier.format.none")
            cells.append(MapCell(names[variant.id], shown, Markup(figure.svg(shared))))
        rows.append(
            MapRow(
                spelled[threat.id],
                _row_note(threat, reach(material, party, threat.id)),
                cells[:main],
                cells[main:],
            )
        )
    return MapBlock(material.party_name(party), figures.small_columns(material), rows)


def _row_note(threat: Threat, reaches: str) -> str:
    reach_km = range_note(threat)
    if reach_km is None:
        return text("dossier.maps.row_note_short", share=reaches)
    return text("dossier.maps.row_note", range=reach_km, share=reaches)


def controls(material: Material) -> list[Control]:
    """Return the controls of the large map, set to what the static map shows."""
    manifest = material.manifest
    variant, missile = figures.shown_first(material, material.parties[0])
    parties = [
        Choice(party, material.party_name(party), i == 0)
        for i, party in enumerate(material.parties)
    ]
    variants = [Choice(v, name, v == variant) for v, name in variant_names(manifest).items()]
    missiles = [Choice(m, name, m == missile) for m, name in threat_names(manifest).items()]
    of_arcs = text("dossier.legend.title")
    of_draws = text("dossier.legend.title_draws")
    quantities = [
        Choice("best", text("dossier.maps.best"), True, text("dossier.maps.best_note"), of_arcs),
        Choice(
            "all_share",
            text("dossier.maps.all_share"),
            False,
            text("dossier.maps.all_share_note"),
            of_draws,
        ),
        Choice("p05", text("dossier.maps.p05"), False, text("dossier.maps.p05_note"), of_arcs),
        Choice("p95", text("dossier.maps.p95"), False, text("dossier.maps.p95_note"), of_arcs),
    ]
    if manifest.draws < 2:
        quantities = quantities[:1]
    return [
        Control("party", text("dossier.maps.party"), parties, len(parties) < 2),
        Control("variant", text("dossier.maps.variant"), variants, len(variants) < 2),
        Control("missile", text("dossier.maps.missile"), missiles, len(missiles) < 2),
        Control("quantity", text("dossier.maps.quantity"), quantities, len(quantities) < 2),
    ]


def country_table(material: Material, party: str) -> CountryTable:
    """Return the best estimate by country, countries in alphabetical order.

    Only the variants up to the one told first: the table `coverage` has all.
    """
    manifest = material.manifest
    variants = main_variants(manifest)
    titles = short_names(manifest)
    found = {key: by_country(layer) for key, layer in material.fine[party].layers.items()}
    spelled = country_names()
    isos = sorted({iso for one in found.values() for iso in one}, key=lambda i: spelled.get(i, i))
    by_class = {one.id: one.colour for one in palette.CLASSES}
    rows = []
    for iso in isos:
        cells = []
        for threat in manifest.threats:
            parts = [found.get((v.id, threat.id), {}).get(iso) for v in variants]
            reached = max((part.reached_share for part in parts if part), default=0.0)
            dash = text("dossier.format.none")
            cells.append(CountryCell(percent(reached) if reached > 0 else dash, None, True))
            for one in parts:
                value = one.engageable_share if one else None
                if value is None:
                    cells.append(CountryCell(dash, None, False))
                    continue
                name = "none" if value <= 0 else "under-half" if value < 0.5 else "over-half"
                colour = by_class["all" if value >= 1.0 - 1e-12 else name]
                cells.append(CountryCell(percent(value), colour, False))
        rows.append(CountryRow(spelled.get(iso, iso), cells))
    return CountryTable(
        material.party_name(party),
        list(threat_names(manifest).values()),
        [titles[variant.id] for variant in variants],
        rows,
    )


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):.0f}° {positive if value >= 0 else negative}"


def projection_note(shape: Frame) -> str:
    """Return the projection and its centre."""
    return text(
        "dossier.maps.projection",
        latitude=_degrees(shape.latitude_deg, "N", "S"),
        longitude=_degrees(shape.longitude_deg, "E", "W"),
    )


def cells_note(manifest: Manifest) -> str:
    """Return the grid resolutions."""
    return text("dossier.maps.cells_note", map=manifest.grid.map, ensemble=manifest.grid.ensemble)
