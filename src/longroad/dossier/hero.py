"""The first screen: the answer, how sure it is, and the key figures with thumbnails."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import numpy as np

from longroad.base.messages import text
from longroad.dossier import maps, palette, thumbs
from longroad.dossier.answer import Answer, answer, figures
from longroad.dossier.inputs import StatusShare, shares
from longroad.dossier.material import Material
from longroad.dossier.naming import range_note, short_names, threat_names, variant_names
from longroad.dossier.numbers import interval, listed, percent
from longroad.dossier.reach_view import opening, pair_of_sites
from longroad.dossier.reach_words import place_words, speed_words, tally
from longroad.dossier.reading import REACHABLE
from longroad.study.manifest import Manifest

THUMB_PX = 170
THUMB_ASPECT = 0.7
MOST_THUMBS = 24  # beyond this many cells the table shows numbers only


@dataclass(frozen=True)
class PartyAnswer:
    """The answer for one party; ``reach`` in one sentence where the run considers reach."""

    party: str
    answer: Answer
    reach: str | None


@dataclass(frozen=True)
class Status:
    """A status with its share of the inputs and what it means."""

    status: str
    word: str
    count: int
    share: float
    means: str


@dataclass(frozen=True)
class KeyCell:
    """A key figure: best estimate, interval, and the thumbnail as (fill, path data).

    Where the missile reaches nothing there is no figure, and ``between`` says so.
    """

    best: str | None
    between: str | None
    paths: list[tuple[str, str]]


@dataclass(frozen=True)
class KeyRow:
    """A missile class with a cell per variant, None where it is not considered."""

    missile: str
    range: str | None
    reaches: str
    cells: list[KeyCell | None]


@dataclass(frozen=True)
class KeyFrame:
    """The size of a thumbnail."""

    width: int
    height: int


@dataclass(frozen=True)
class KeyTable:
    """The key figures of one party."""

    party: str
    variants: list[str]
    rows: list[KeyRow]
    thumbs: bool
    frame: KeyFrame
    ground: str


def party_answer(material: Material, party: str) -> PartyAnswer:
    """Return the sentences for one party."""
    found = answer(material.outcomes, material.manifest, party)
    return PartyAnswer(material.party_name(party), found, reach_answer(material, party))


def reach_answer(material: Material, party: str) -> str | None:
    """Return what a party's batteries reach of the missiles that the explorer opens with.

    How many flights of their owner, and what the best site on land and at sea would need.
    """
    pairs, reach, sites = material.pairs, material.reach, material.sites
    if pairs is None or reach is None or sites is None:
        return None
    view = opening(material.manifest, reach.carried(), sites)
    force = reach.force(view.missiles)
    row = next((r for r in pairs.rows if (r.defence, r.owner) == (party, force.owner)), None)
    if row is None:
        return None
    made = text(
        "dossier.answer.reach",
        n=row.counts[pairs.late_delay_s].either,
        m=row.pairs,
        owner=force.owner_name,
        party=material.party_name(party),
        delay=f"{pairs.late_delay_s:.0f}",
    )
    here, there = pair_of_sites(reach, sites, view, party)
    by_id = {site.id: site for site in sites.sites}
    spoken = []
    for id in (here, there):
        if id is not None and by_id[id].owner == party:
            least = tally(reach, sites, id, view).least
            if np.isfinite(least):
                values = {"place": place_words(by_id[id]), "least": speed_words(least)}
                spoken.append(text("dossier.answer.reach_site", **values))
    if spoken:
        made += " " + text("dossier.answer.reach_sites", force=force.name, list=listed(spoken))
    return made


def statuses(manifest: Manifest) -> list[Status]:
    """Return all statuses with their shares, best first."""
    means = {
        "published": text("dossier.status.published_means"),
        "reported": text("dossier.status.reported_means"),
        "judgement": text("dossier.status.judgement_means"),
        "unverified": text("dossier.status.unverified_means"),
    }
    return [Status(s.status, s.word, s.count, s.share, means[s.status]) for s in shares(manifest)]


def status_words(found: list[Status] | tuple[StatusShare, ...]) -> str:
    """Return the shares by status as a sentence, for who cannot see the bar."""
    parts = [
        text("dossier.status.part", word=s.word, count=s.count, share=percent(s.share))
        for s in found
    ]
    return text("dossier.status.chart", list=listed(parts))


def provisional_note(found: list[Status]) -> str:
    """Return how many inputs are unverified, or that none is."""
    whole = sum(s.count for s in found)
    loose = next(s for s in found if s.status == "unverified")
    if loose.count == 0:
        return text("dossier.answer.settled_note", all=whole)
    return text(
        "dossier.answer.provisional_note",
        count=loose.count,
        all=whole,
        share=percent(loose.share),
    )


def interval_note(draws: int) -> str:
    """Return what the brackets hold."""
    if draws < 2:
        return text("dossier.answer.no_intervals")
    return text("dossier.answer.intervals", draws=draws)


def classes() -> list[tuple[str, str]]:
    """Return (fill, words) of the classes of a map, best first."""
    by_id = {one.id: one.colour for one in palette.CLASSES}
    return [
        (by_id["all"], text("dossier.legend.all")),
        (by_id["over-half"], text("dossier.legend.most")),
        (by_id["under-half"], text("dossier.legend.some")),
        (by_id["none"], text("dossier.legend.none")),
        (palette.NOT_REACHED.colour, text("dossier.legend.not_reached")),
    ]


def reach(material: Material, party: str, missile: str) -> str:
    """Return the share of the whole territory that a missile class reaches."""
    found = figures(material.outcomes, material.manifest, party, REACHABLE)
    known = [series for (_, threat), series in found.items() if threat == missile]
    return percent(known[-1].best) if known else text("dossier.format.none")


def key_table(material: Material, party: str, shared: dict[str, str]) -> KeyTable:
    """Return the key figures of a party; the ground of the thumbnails goes to ``shared``."""
    manifest = material.manifest
    found = figures(material.outcomes, manifest, party)
    names = variant_names(manifest)
    frame = maps.common_frame(
        manifest, material.fine[party], THUMB_PX, focus=True, greatest_aspect=THUMB_ASPECT
    )
    with_thumbs = len(manifest.variants) * len(manifest.threats) <= MOST_THUMBS
    ground_path = thumbs.ground(frame)
    ground = "g" + hashlib.sha256(ground_path.encode()).hexdigest()[:10]
    if with_thumbs:
        shared[ground] = ground_path
    rows = []
    spelled = threat_names(manifest)
    for threat in manifest.threats:
        cells: list[KeyCell | None] = []
        for variant in manifest.variants:
            series = found.get((variant.id, threat.id))
            layer = material.fine[party].layers.get((variant.id, threat.id))
            if layer is None:
                cells.append(None)
                continue
            paths = []
            if with_thumbs:
                paths = [(thumbs.FILLS[id], d) for id, d in thumbs.thumbnail(layer, frame)]
            if series is None:
                cells.append(KeyCell(None, text("dossier.key.no_reach"), paths))
            else:
                cells.append(KeyCell(percent(series.best), interval(series.spread), paths))
        if not any(cells):  # considered against other parties only
            continue
        rows.append(
            KeyRow(
                spelled[threat.id],
                range_note(threat),
                reach(material, party, threat.id),
                cells,
            )
        )
    told = list((names if len(names) <= 4 else short_names(manifest)).values())
    # A party may defend something in some variants only; the others are no columns of its own.
    kept = [k for k in range(len(told)) if any(row.cells[k] is not None for row in rows)]
    return KeyTable(
        material.party_name(party),
        [told[k] for k in kept],
        [replace(row, cells=[row.cells[k] for k in kept]) for row in rows],
        with_thumbs,
        KeyFrame(frame.width, frame.height),
        ground,
    )
