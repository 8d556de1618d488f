"""The dossier's page: what the templates need, rendered to one HTML text that fetches nothing.

The page forbids itself the network by a content security policy that names the hash of each of
its own scripts, so that even a text that slipped through escaping could not run. Templates
escape everything; the few pieces put in as they are come from this package alone.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import jinja2
from markupsafe import Markup, escape

from longroad.base.messages import language, text
from longroad.dossier import atlas, chapters, closing, figures, hero, live, palette
from longroad.dossier.agreement_block import AgreementBlock, agreement_block
from longroad.dossier.agreement_tables import cited
from longroad.dossier.bargain_block import BargainBlock, bargain_block, cited_sources
from longroad.dossier.claim_blocks import ClaimBlock
from longroad.dossier.claim_blocks import claims as claims_of
from longroad.dossier.contribution import ContributionBlock, contribution_block
from longroad.dossier.deterrent_block import DeterrentBlock, deterrent_block
from longroad.dossier.deterrent_block import cited as cited_by_deterrents
from longroad.dossier.difference import DifferenceBlock, difference_block
from longroad.dossier.explorer_data import data as reach_data
from longroad.dossier.inputs import bibliography, groups
from longroad.dossier.material import Material
from longroad.dossier.naming import variant_names
from longroad.dossier.numbers import listed, percent
from longroad.dossier.raid_block import RaidsBlock, raids_block
from longroad.dossier.reach_block import ReachBlock, reach_block
from longroad.dossier.svg import FONTS, shared_drawing
from longroad.earth.borders import notes

HERE = Path(__file__).parent
Block = TypeVar("Block")
STYLES = ("dossier", "reach", "agreements")
REACH_SCRIPTS = (
    *("reach-maps", "reach-field", "reach-flight", "reach-lines"),
    *("reach-draw", "reach-words", "reach"),
)
_INTERVAL = re.compile(r"\(?[\d.]+–[\d.]+%\)?")


@dataclass(frozen=True)
class Page:
    """The values of the templates; `Markup` is put in as it is, everything else is escaped."""

    language: str
    policy: str
    version: str
    title: str
    question: str
    fonts: Markup
    style: Markup
    shared: Markup
    contents: list[tuple[str, str]]
    answers: list[hero.PartyAnswer]
    provisional: bool
    provisional_note: str
    intervals: str
    statuses: list[hero.Status]
    status_words: str
    keys: list[hero.KeyTable]
    classes: list[tuple[str, str]]
    map_blocks: list[atlas.MapBlock]
    controls: list[atlas.Control]
    large_map: Markup
    large_caption: str
    projection: str
    cells_note: str
    earth_notes: tuple[str, ...]
    country_tables: list[atlas.CountryTable]
    timeline: chapters.TimelineBlock | None
    phases: list[chapters.PhaseBlock]
    differences: list[DifferenceBlock]
    contributions: list[ContributionBlock]
    rivals: list[chapters.RivalBlock]
    rival_note: str
    sequence: list[tuple[str, str]]
    agreements: AgreementBlock | None
    raids: RaidsBlock | None
    deterrent: DeterrentBlock | None
    bargain: BargainBlock | None
    reach: ReachBlock | None
    reach_claims: list[ClaimBlock]
    deterrent_claims: list[ClaimBlock]
    omits: list[str]
    claims: list[ClaimBlock]
    groups: tuple[Any, ...]
    source_titles: dict[str, str]
    bibliography: tuple[Any, ...]
    method: list[str]
    command: str
    facts: list[tuple[str, str]]
    tables: tuple[Any, ...]
    live_data: Markup
    live_drawing: Markup
    reach_data: Markup
    script: Markup


def unbroken(words: str) -> Markup:
    """Return words, escaped, with intervals such as ``(48–71%)`` kept on one line."""
    return Markup(_INTERVAL.sub(r'<span class="nb">\g<0></span>', str(escape(words))))


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["nb"] = unbroken
    made.globals.update(t=text, percent=percent, listed=listed)
    return made


@cache
def _fonts() -> str:
    rules = []
    for weight in (400, 600):
        encoded = base64.b64encode((FONTS / f"inter-{weight}.woff2").read_bytes()).decode()
        rules.append(
            "@font-face{font-family:Inter;font-style:normal;font-weight:"
            f"{weight};src:url(data:font/woff2;base64,{encoded}) format('woff2')}}"
        )
    return "\n".join(rules)


def json_text(value: Any) -> str:
    """Return JSON that is safe inside a script element: no ``<``, ``>`` or ``&`` as themselves."""
    dumped = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        dumped = dumped.replace(sign, f"\\u{ord(sign):04x}")
    return dumped


def packed_json(value: Any) -> str:
    """Return JSON as base 64 of zlib's deflate, for what is large and repeats itself."""
    dumped = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(zlib.compress(dumped.encode(), 9)).decode()


def _script(*names: str) -> str:
    """Return the page's own scripts as one, in order."""
    return "\n".join((HERE / "script" / f"{name}.js").read_text("utf-8") for name in names)


def _reach_data(material: Material, version: str) -> dict[str, Any]:
    reach = material.shown
    if reach is None or material.sites is None:
        return {}
    return reach_data(material, reach, material.sites, version)


def _each(
    make: Callable[[Material, str, dict[str, str]], Block | None],
    material: Material,
    shared: dict[str, str],
) -> list[Block]:
    """Return the blocks of all parties that have one."""
    made = (make(material, party, shared) for party in material.parties)
    return [block for block in made if block is not None]


def _policy(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
        "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )


def render_page(material: Material) -> str:
    """Return the whole dossier as HTML text."""
    version = next((v.version for v in material.manifest.versions if v.name == "longroad"), "")
    # Surfaces are packed, which holds no lock, while everything else is drawn.
    with ThreadPoolExecutor(1) as aside:
        packed = aside.submit(lambda: json_text(_reach_data(material, version)))
        return _rendered(material, version, packed)


def _rendered(material: Material, version: str, reach_json: Future[str]) -> str:
    manifest = material.manifest
    first = material.parties[0]
    shared: dict[str, str] = {}
    shape = figures.large_frame(material, first)
    large = figures.build(material, "large-map")
    keys = [hero.key_table(material, party, shared) for party in material.parties]
    map_blocks = [atlas.map_block(material, party, shared) for party in material.parties]
    statuses = hero.statuses(manifest)
    unverified = next(s for s in statuses if s.status == "unverified")
    reach = reach_block(material, version)
    agreements = agreement_block(material, shared)
    raids = raids_block(material, shared)
    more = [*cited(material), *cited_sources(material), *cited_by_deterrents(material)]
    deterrent = deterrent_block(material, shared, more)
    bargain = bargain_block(material, shared, more)
    script = _script("inflate", "live", *(REACH_SCRIPTS if reach else ()))
    rival_blocks = [
        made
        for party in material.parties
        if (made := chapters.rival_block(material, party, shared))
    ]
    differences = _each(difference_block, material, shared)
    contributions = _each(contribution_block, material, shared)
    claims = claims_of(material, "coverage")
    timeline = chapters.timeline_block(material)
    large_map = Markup(large.svg(shared))
    live_drawing = Markup(live.drawing(manifest, material.parties, shape, shared))
    phases = [chapters.phase_block(material, party, shared) for party in material.parties]
    names = variant_names(manifest)
    styles = (*STYLES, *(("raids",) if raids else ()), *(("deterrent",) if deterrent else ()))
    styles = (*styles, *(("bargain",) if bargain else ()))
    page = Page(
        language=language(),
        policy=_policy(script),
        version=version,
        title=manifest.title,
        question=manifest.question,
        fonts=Markup(_fonts()),
        style=Markup(
            "\n".join((HERE / "style" / f"{name}.css").read_text("utf-8") for name in styles)
        ),
        shared=Markup(shared_drawing(shared)),
        contents=closing.contents(
            claims=bool(claims),
            agreements=agreements is not None,
            raids=raids is not None,
            deterrents=deterrent is not None,
            bargaining=bargain is not None,
            reach=reach is not None,
            differences=bool(differences),
            contributions=bool(contributions),
        ),
        answers=[hero.party_answer(material, party) for party in material.parties],
        provisional=unverified.count > 0,
        provisional_note=hero.provisional_note(statuses),
        intervals=hero.interval_note(manifest.draws),
        statuses=statuses,
        status_words=hero.status_words(statuses),
        keys=keys,
        classes=hero.classes(),
        map_blocks=map_blocks,
        controls=atlas.controls(material),
        large_map=large_map,
        large_caption=large.title,
        projection=atlas.projection_note(shape),
        cells_note=atlas.cells_note(manifest),
        earth_notes=notes(),
        country_tables=[atlas.country_table(material, party) for party in material.parties],
        timeline=timeline,
        phases=phases,
        differences=differences,
        contributions=contributions,
        rivals=rival_blocks,
        rival_note=chapters.rival_note(material),
        sequence=list(zip(palette.sequence(len(names)), names.values(), strict=True)),
        agreements=agreements,
        raids=raids,
        deterrent=deterrent,
        bargain=bargain,
        reach=reach,
        reach_claims=claims_of(material, "reach"),
        deterrent_claims=claims_of(material, "deterrence"),
        omits=closing.omits(),
        claims=claims,
        groups=groups(manifest),
        source_titles={source.id: source.title for source in manifest.sources},
        bibliography=bibliography(manifest, more),
        method=closing.method(manifest),
        command=closing.command(manifest),
        facts=closing.facts(manifest),
        tables=manifest.tables,
        live_data=Markup(
            packed_json(live.data(manifest, material.fine, material.coarse, material.times, shape))
        ),
        live_drawing=live_drawing,
        reach_data=Markup(reach_json.result()),
        script=Markup(script),
    )
    return _environment().get_template("dossier.html.j2").render(page=page) + "\n"
