"""Difference maps: what two variants engage both, one of them only, or neither.

A place counts as engageable when every arc considered to it has a window (best estimate). The
shares under the maps are those of the table `differences` of the run.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from longroad.base.messages import text
from longroad.dossier import maps, palette
from longroad.dossier.difference_data import Shares
from longroad.dossier.difference_map import COLOURS, cells_by_change, drawn, small
from longroad.dossier.figure import Figure
from longroad.dossier.material import Material
from longroad.dossier.naming import compared_with, short_names, threat_names
from longroad.dossier.numbers import percent
from longroad.dossier.projection import Frame
from longroad.study.differences import CHANGES
from longroad.study.manifest import Manifest

MAP_PX = 220
MOST_COLUMNS = 5
Pair = tuple[str, str]


@dataclass(frozen=True)
class DifferenceCell:
    """One map with its caption; no drawing where the pair does not consider the missile."""

    caption: str
    svg: Markup | None


@dataclass(frozen=True)
class DifferenceRow:
    """The maps against one missile class."""

    missile: str
    cells: list[DifferenceCell]


@dataclass(frozen=True)
class NumberRow:
    """One pair of variants against one missile class in words."""

    missile: str
    new: str
    old: str
    cells: list[str]
    first: bool


@dataclass(frozen=True)
class DifferenceBlock:
    """The difference maps of one party, their legend and the table of all pairs."""

    party: str
    legend: list[tuple[str, str]]
    rows: list[DifferenceRow]
    columns: int
    heads: list[str]
    numbers: list[NumberRow]


def pairs(manifest: Manifest) -> list[Pair]:
    """Return which variants are compared, as (old, new).

    Up to the headline each variant with the one before it, after it each with the headline.
    """
    compared = [(compared_with(manifest, variant), variant) for variant in manifest.variants]
    return [(old.id, new.id) for old, new in compared if old is not None]


def figure_name(material: Material, party: str, pair: Pair, missile: str) -> str:
    """Return ``difference-<old>-<new>-<missile>``, with the party when there are several."""
    own = f"-{party}" if party != material.parties[0] else ""
    return f"difference-{pair[0]}-{pair[1]}-{missile}{own}"


def frame(material: Material, party: str, width: int = MAP_PX) -> Frame:
    """Return the frame of the difference maps: the territory alone."""
    return maps.common_frame(material.manifest, material.fine[party], width, focus=True)


def figure(material: Material, party: str, pair: Pair, missile: str, shape: Frame) -> Figure:
    """Return one difference map."""
    layers = material.fine[party].layers
    values = _words(material, party, pair, missile)
    return Figure(
        figure_name(material, party, pair, missile),
        text("coverage.difference.map_title", **values),
        text("coverage.difference.map_alt", **values),
        lambda: drawn(cells_by_change(layers[pair[0], missile], layers[pair[1], missile]), shape),
    )


def _words(material: Material, party: str, pair: Pair, missile: str) -> dict[str, str]:
    manifest = material.manifest
    spelled = short_names(manifest)
    shares = _shares(material, party, pair, missile)
    dash = text("dossier.format.none")
    return {
        "missile": threat_names(manifest)[missile],
        "old": spelled[pair[0]],
        "new": spelled[pair[1]],
        **{change: percent(shares.area[change]) if shares else dash for change in CHANGES},
    }


def _shares(material: Material, party: str, pair: Pair, missile: str) -> Shares | None:
    if material.differences is None:
        return None
    return material.differences.shares.get((party, missile, *pair))


def all_pairs(material: Material, party: str) -> list[tuple[Pair, str]]:
    """Return every two variants that consider the same missile, the earlier of the file first."""
    manifest, layers = material.manifest, material.fine[party].layers
    known = [variant.id for variant in manifest.variants]
    return [
        ((old, new), threat.id)
        for threat in manifest.threats
        for position, new in enumerate(known)
        for old in known[:position]
        if (old, threat.id) in layers and (new, threat.id) in layers
    ]


def names(material: Material) -> tuple[str, ...]:
    """Return the names of all difference maps of a run."""
    return tuple(
        figure_name(material, party, pair, missile)
        for party in material.parties
        for pair, missile in all_pairs(material, party)
    )


def build(material: Material, name: str) -> Figure | None:
    """Return the difference map of that name, or None."""
    for party in material.parties:
        for pair, missile in all_pairs(material, party):
            if name == figure_name(material, party, pair, missile):
                return figure(material, party, pair, missile, frame(material, party, 640))
    return None


def difference_block(
    material: Material, party: str, shared: dict[str, str]
) -> DifferenceBlock | None:
    """Return the maps and the table of a party, or None when there is nothing to compare."""
    manifest = material.manifest
    chosen = pairs(manifest)
    if not chosen or material.differences is None:
        return None
    shape = frame(material, party)
    spelled = threat_names(manifest)
    rows = [
        DifferenceRow(
            text("coverage.difference.row", missile=spelled[threat.id]),
            [_cell(material, party, pair, threat.id, shape, shared) for pair in chosen],
        )
        for threat in manifest.threats
    ]
    return DifferenceBlock(
        party=material.party_name(party),
        legend=legend(_named(manifest, chosen[0]) if len(chosen) == 1 else None),
        rows=rows,
        columns=min(len(chosen), MOST_COLUMNS),
        heads=[
            text("coverage.difference.missile"),
            text("coverage.difference.new"),
            text("coverage.difference.old"),
            *(_legend_word(change) for change in CHANGES),
        ],
        numbers=_numbers(material, party),
    )


def _cell(
    material: Material, party: str, pair: Pair, missile: str, shape: Frame, shared: dict[str, str]
) -> DifferenceCell:
    layers = material.fine[party].layers
    caption = text("coverage.difference.caption", **_words(material, party, pair, missile))
    if (pair[0], missile) not in layers or (pair[1], missile) not in layers:
        return DifferenceCell(caption, None)
    words = _words(material, party, pair, missile)
    made = small(
        cells_by_change(layers[pair[0], missile], layers[pair[1], missile]),
        shape,
        shared,
        text("coverage.difference.map_title", **words),
        text("coverage.difference.map_alt", **words),
    )
    return DifferenceCell(caption, made)


def legend(names: tuple[str, str] | None = None) -> list[tuple[str, str]]:
    """Return (colour, words) of what a difference map shows; ``names`` are (old, new) if one pair.

    Without them one legend serves maps of several pairs, whose captions name the variants.
    """
    words = {change: _legend_word(change) for change in CHANGES}
    if names is not None:
        words["gained"] = text("coverage.difference.gained_by", new=names[1])
        words["lost"] = text("coverage.difference.lost_by", old=names[0])
    return [
        *((COLOURS[change], words[change]) for change in CHANGES),
        (palette.NOT_REACHED.colour, text("coverage.difference.not_reached")),
    ]


def legend_of(material: Material, name: str) -> list[tuple[str, str]]:
    """Return the legend of one figure, with the names of its two variants."""
    for party in material.parties:
        for pair, missile in all_pairs(material, party):
            if name == figure_name(material, party, pair, missile):
                return legend(_named(material.manifest, pair))
    return legend()


def _named(manifest: Manifest, pair: Pair) -> tuple[str, str]:
    spelled = short_names(manifest)
    return spelled[pair[0]], spelled[pair[1]]


def _legend_word(change: str) -> str:
    return {
        "gained": text("coverage.difference.gained"),
        "lost": text("coverage.difference.lost"),
        "kept": text("coverage.difference.kept"),
        "never": text("coverage.difference.never"),
    }[change]


def _numbers(material: Material, party: str) -> list[NumberRow]:
    manifest = material.manifest
    spelled, missiles = short_names(manifest), threat_names(manifest)
    rows, last = [], None
    for (old, new), missile in all_pairs(material, party):
        shares = _shares(material, party, (old, new), missile)
        if shares is None:
            continue
        cells = [
            text(
                "coverage.difference.both",
                area=percent(shares.area[change]),
                people=percent(shares.people[change]),
            )
            for change in CHANGES
        ]
        first, last = missile != last, missile
        rows.append(NumberRow(missiles[missile], spelled[new], spelled[old], cells, first))
    return rows
