"""The chapter *Who reaches whom* of the page: the explorer, its still picture, its table."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from longroad.base.messages import text
from longroad.dossier import reach_map
from longroad.dossier.explorer import Explorer, explorer, run_id
from longroad.dossier.material import Material
from longroad.dossier.reach_pairs_block import PairBlock, pair_block
from longroad.dossier.reach_view import View
from longroad.dossier.reach_words import needs, say, say_more, speed_words, tally


@dataclass(frozen=True)
class SiteRow:
    """A launch site in numbers."""

    name: str
    kind: str
    cells: list[str]
    chosen: bool


@dataclass(frozen=True)
class ReachBlock:
    """The chapter as the template needs it."""

    explorer: Explorer
    say: str
    more: str
    svg: Markup
    source: str
    rows: list[SiteRow]
    pairs: PairBlock | None


def kind_words(kind: str) -> str:
    """Return what kind of launch site one is."""
    return {
        "land": text("dossier.reach.kind_land"),
        "ship": text("dossier.reach.kind_ship"),
        "area": text("dossier.reach.kind_area"),
    }[kind]


def source_line(material: Material, version: str) -> str:
    """Return the line that says which run a picture is from."""
    manifest = material.manifest
    return text(
        "dossier.reach.source",
        version=version,
        title=manifest.title,
        run=run_id(manifest),
        seed=manifest.seed,
    )


def site_rows(material: Material, view: View) -> list[SiteRow]:
    """Return every launch site that is not the missiles' owner's, in numbers, least speed first."""
    reach, sites = material.shown, material.sites
    assert reach is not None and sites is not None
    dash = text("dossier.format.none")
    either = replace(view, part="any")
    rows = []
    others = [s for s in sites.sites if s.owner != reach.force(view.missiles).owner]
    counted = [(tally(reach, sites, site.id, either), site) for site in others]
    for count, site in sorted(counted, key=lambda one: one[0].least):
        least = needs(reach, sites, site.id, view).min(axis=0).tolist()
        rows.append(
            SiteRow(
                site.name,
                kind_words(site.kind),
                [
                    site.owner_name,
                    text("dossier.reach.of", n=count.before, m=count.pairs),
                    text("dossier.reach.of", n=count.late, m=count.pairs),
                    *(speed_words(v) if v < float("inf") else dash for v in least),
                ],
                site.id in (view.here, view.there),
            )
        )
    return rows


def reach_block(material: Material, version: str) -> ReachBlock | None:
    """Return the chapter, or None where the run considers no strategic missiles."""
    reach, sites = material.shown, material.sites
    if reach is None or sites is None:
        return None
    made = explorer(material, reach, sites)
    view = made.view
    words = say(reach, sites, view)
    drawn = reach_map.svg(
        reach, sites, view, id="reach-still", title=reach_map.title_of(reach, view),
        description=words,
    )  # fmt: skip
    return ReachBlock(
        made,
        words,
        say_more(reach, sites, view),
        Markup(drawn),
        source_line(material, version),
        site_rows(material, view),
        pair_block(material),
    )
