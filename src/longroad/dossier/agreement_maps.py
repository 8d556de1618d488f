"""Maps of what an agreement changes against having none."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from longroad.base.messages import text
from longroad.dossier import difference_map, maps, palette
from longroad.dossier.agreement_data import NONE, Agreements
from longroad.dossier.agreement_names import Names
from longroad.dossier.difference_map import COLOURS
from longroad.dossier.figure import Figure
from longroad.dossier.material import Material
from longroad.dossier.numbers import listed
from longroad.study.differences import CHANGES

MAP_PX, LARGE_PX = 220, 640


@dataclass(frozen=True)
class MapCell:
    """One map with its caption."""

    caption: str
    svg: Markup


@dataclass(frozen=True)
class MapRow:
    """The maps of one party and missile, and the agreements that change nothing."""

    title: str
    cells: list[MapCell]
    same: str | None


def changed(found: Agreements, party: str, missile: str, agreement: str) -> dict[str, list[str]]:
    """Return the cells by change against no agreement, beyond reach apart."""
    shares = found.cells[party, missile]
    before = shares.get(NONE, {})
    now = {**before, **shares.get(agreement, {})}
    old, new = ({cell: _engaged(share) for cell, share in one.items()} for one in (before, now))
    return difference_map.by_change(old, new)


def _engaged(share: float) -> bool | None:
    """Return whether all arcs to a cell are engaged; None out of reach."""
    return None if share != share else share >= 1.0 - 1e-12


def figure_name(party: str, missile: str, agreement: str) -> str:
    """Return ``agreement-<agreement>-<party>-<missile>``."""
    return f"agreement-{agreement}-{party}-{missile}"


def figure(
    material: Material, found: Agreements, names: Names, party: str, missile: str, agreement: str
) -> Figure:
    """Return one map, large."""
    words = _words(found, names, party, missile, agreement)
    shape = maps.common_frame(material.manifest, material.fine[party], LARGE_PX, focus=True)
    cells = changed(found, party, missile, agreement)
    return Figure(
        figure_name(party, missile, agreement),
        text("dossier_agreements.maps.chart_title", **words),
        text("dossier_agreements.maps.alt", **words),
        lambda: difference_map.drawn(cells, shape),
    )


def rows(
    material: Material, found: Agreements, names: Names, shared: dict[str, str]
) -> list[MapRow]:
    """Return the maps of every party's most demanding missile, where something changes."""
    made = []
    for party in found.parties:
        missile = found.most_divided(party)
        if missile is None or (party, missile) not in found.cells or party not in material.fine:
            continue
        shape = maps.common_frame(material.manifest, material.fine[party], MAP_PX, focus=True)
        cells, same = [], []
        for one in found.proposals:
            if one.id == NONE:
                continue
            split = changed(found, party, missile, one.id)
            if not split["gained"] and not split["lost"]:
                same.append(names.agreement[one.id])
                continue
            words = _words(found, names, party, missile, one.id)
            title = text("dossier_agreements.maps.chart_title", **words)
            alt = text("dossier_agreements.maps.alt", **words)
            svg = difference_map.small(split, shape, shared, title, alt)
            cells.append(MapCell(text("dossier_agreements.maps.caption", **words), svg))
        none = None
        if not cells:
            none = text("dossier_agreements.maps.same_all", party=names.party[party])
        elif same:
            values = {"party": names.party[party], "list": listed(same)}
            none = text("dossier_agreements.maps.same", **values)
        title = text(
            "dossier_agreements.maps.row", party=names.party[party], missile=names.missile[missile]
        )
        made.append(MapRow(title, cells, none))
    return made


def _words(
    found: Agreements, names: Names, party: str, missile: str, agreement: str
) -> dict[str, object]:
    cells = changed(found, party, missile, agreement)
    counts = {change: len(cells[change]) for change in CHANGES}
    return {
        "party": names.party[party],
        "missile": names.missile[missile],
        "agreement": names.agreement[agreement],
        "all": sum(counts.values()),
        **counts,
    }


def legend() -> list[tuple[str, str]]:
    """Return (colour, words) of what a map shows."""
    return [
        (COLOURS["gained"], text("dossier_agreements.maps.gained")),
        (COLOURS["lost"], text("dossier_agreements.maps.lost")),
        (COLOURS["kept"], text("dossier_agreements.maps.kept")),
        (COLOURS["never"], text("dossier_agreements.maps.never")),
        (palette.NOT_REACHED.colour, text("coverage.difference.not_reached")),
    ]
