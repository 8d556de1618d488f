"""The table *who reaches whom* in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from longroad.base.messages import text
from longroad.dossier.assumptions import assumed_words
from longroad.dossier.material import Material
from longroad.dossier.naming import headline, variant_name
from longroad.dossier.numbers import share as share_words
from longroad.dossier.reach_pairs import Count, Pairs, Row, When
from longroad.dossier.reading import Spread


@dataclass(frozen=True)
class Cell:
    """A count with the length of its bar, in percent; ``bar`` None: no bar."""

    words: str
    bar: float | None = None


@dataclass(frozen=True)
class PairRow:
    """One row: the defence, the missiles, and the cells of the columns."""

    defence: str
    missiles: str
    first: bool
    cells: list[Cell]


@dataclass(frozen=True)
class PairBlock:
    """The tables by pair of parties and by force, and the rival claims that change a count."""

    intro: str
    heads: list[str]
    rows: list[PairRow]
    force_heads: list[str]
    force_rows: list[PairRow]
    rivals: list[str]


def pair_block(material: Material) -> PairBlock | None:
    """Return the tables, or None where no party with a battery faces another's missiles."""
    pairs, reach = material.pairs, material.reach
    if pairs is None or reach is None or not pairs.rows:
        return None
    variant = headline(material.manifest)
    delays = [text("dossier.reach.delay", delay=f"{d:.0f}") for d in pairs.delays]
    late = text("dossier.reach.delay", delay=f"{pairs.late_delay_s:.0f}")
    heads = [
        text("dossier.pairs.defence"),
        text("dossier.pairs.missiles"),
        text("dossier.pairs.pairs"),
        *delays,
        text("dossier.pairs.before", delay=late),
        text("dossier.pairs.overtaking", delay=late),
        text("dossier.pairs.late", delay=late),
        text("dossier.pairs.own_sensors"),
    ]
    force_heads = [
        *heads[:3],
        text("dossier.pairs.within", delay=late),
        text("dossier.pairs.before", delay=late),
        text("dossier.pairs.overtaking", delay=late),
        text("dossier.pairs.late", delay=late),
        text("dossier.pairs.best", delay=late),
        text("dossier.pairs.best_own"),
    ]
    return PairBlock(
        intro=text("dossier.pairs.intro", variant=variant_name(variant)),
        heads=heads,
        rows=_marked(material, pairs.rows, lambda row: _cells(pairs, row)),
        force_heads=force_heads,
        force_rows=_marked(
            material, pairs.by_force, lambda row: _force_cells(material, pairs, row)
        ),
        rivals=[
            text(
                "dossier.pairs.rival",
                under=assumed_words(material.manifest, one.assumptions),
                defence=material.party_name(one.defence),
                owner=material.party_name(one.owner),
                n=one.either,
                adopted=_row(pairs, one.defence, one.owner).counts[pairs.late_delay_s].either,
                m=_row(pairs, one.defence, one.owner).pairs,
                delay=late,
            )
            for one in pairs.rivals
        ],
    )


def _row(pairs: Pairs, defence: str, owner: str) -> Row:
    return next(row for row in pairs.rows if (row.defence, row.owner) == (defence, owner))


def _marked(
    material: Material, rows: tuple[Row, ...], cells: Callable[[Row], list[Cell]]
) -> list[PairRow]:
    reach = material.reach
    assert reach is not None
    made: list[PairRow] = []
    for row in rows:
        defence = material.party_name(row.defence)
        missiles = material.party_name(row.owner)
        if row.force is not None:
            force = reach.force(row.force)
            missiles = text("dossier.pairs.force", owner=missiles, force=force.name)
        first = not made or made[-1].defence != defence
        made.append(PairRow(defence, missiles, first, cells(row)))
    return made


def _of(row: Row, n: int) -> Cell:
    return Cell(text("dossier.reach.of", n=n, m=row.pairs), 100.0 * n / max(row.pairs, 1))


def _cells(pairs: Pairs, row: Row) -> list[Cell]:
    late = row.counts[pairs.late_delay_s]
    return [
        Cell(str(row.pairs)),
        *(_of(row, row.counts[delay].either) for delay in pairs.delays),
        _of(row, late.before),
        _of(row, late.overtaking),
        _of(row, late.late),
        _of(row, row.counts[None].either),
    ]


def _force_cells(material: Material, pairs: Pairs, row: Row) -> list[Cell]:
    late: Count = row.counts[pairs.late_delay_s]
    return [
        Cell(str(row.pairs)),
        _of(row, late.either),
        _of(row, late.before),
        _of(row, late.overtaking),
        _of(row, late.late),
        _best(material, row, pairs.late_delay_s),
        _best(material, row, None),
    ]


def _best(material: Material, row: Row, when: When) -> Cell:
    found = row.best.get(when)
    if found is None:
        return Cell(text("dossier.format.none"))
    share: Spread = found.share
    if share.best <= 0.0 and not share.epistemic_p95:
        return Cell(text("dossier.pairs.no_site"))
    batteries = {b.id: b.name for v in material.manifest.variants for b in v.batteries}
    name = batteries.get(found.site, found.site)
    return Cell(text("dossier.pairs.site_share", site=name, share=share_words(share)))
