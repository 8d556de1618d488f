"""A figure to be cited alone: with its title, legend, what it says and leaves out, its source."""

from __future__ import annotations

from longroad.base.errors import UsageError
from longroad.base.messages import text
from longroad.dossier import (
    agreement_block,
    bargain_block,
    contribution,
    deterrent_block,
    difference,
    figures,
    hero,
    palette,
    raid_block,
    timeline_chart,
)
from longroad.dossier.explorer import legend as reach_legend
from longroad.dossier.explorer import run_id
from longroad.dossier.material import Material
from longroad.dossier.naming import variant_names
from longroad.dossier.reach_figure import Options, ReachFigure
from longroad.dossier.reach_words import say_more
from longroad.dossier.sheet import Swatches, sheet
from longroad.earth.borders import notes

MAPS = ("map-", "difference-", "large-map", "agreement-")


def cited(material: Material, name: str, options: Options | None = None) -> str:
    """Return a figure as SVG on a sheet of its own.

    Raises RunError for a name the run does not have, UsageError for options that do not fit.
    """
    asked = options or Options()
    made = figures.build(material, name, asked)
    words = [text("dossier.answer.upper_bound")]
    if isinstance(made, ReachFigure):
        more = say_more(made.reach, made.sites, made.view)
        words = [f"{made.description} {more}".strip(), text("dossier.reach.left_out")]
    elif asked.given:
        raise UsageError(
            f"the figure '{name}' knows no --threat, --speed, --delay, --part, --count, --site or "
            "--map",
            expected="a reach map: " + ", ".join(figures.reach_names(material)),
        )
    if name in ("timeline", *(n for n in figures.names(material) if n.startswith("rivals"))):
        words = [made.description, *words] if name == "timeline" else words
    if name in raid_block.names(material):
        words = [text("dossier_raids.cited")]
    if isinstance(made, ReachFigure) or name.startswith(
        ("map-", "difference-", "large-map", "agreement-")
    ):
        words.append(notes()[0])
    if name in deterrent_block.names(material):
        words = deterrent_block.said(material, name, made.description)
    if name in bargain_block.names(material):
        words = bargain_block.said(made.description)
    return sheet(
        made.svg(),
        title=made.title,
        words=words,
        legend=_legend(material, name),
        source=source(material),
    )


def source(material: Material) -> str:
    """Return which scenario, version, run and seed a figure comes from."""
    manifest = material.manifest
    version = next((v.version for v in manifest.versions if v.name == "longroad"), "")
    return text(
        "dossier.figure.source",
        version=version,
        title=manifest.title,
        scenario=manifest.scenario,
        run=run_id(manifest),
        seed=manifest.seed,
        draws=manifest.draws,
    )


def _legend(material: Material, name: str) -> list[Swatches]:
    if name.startswith(("map-", "large-map")):
        title = Swatches(text("dossier.legend.title"), ())
        return [title, Swatches("", tuple(hero.classes()))]
    if name == "timeline":
        return [Swatches("", tuple(timeline_chart.legend()))]
    if name in difference.names(material):
        title = Swatches(text("coverage.difference.legend"), ())
        return [title, Swatches("", tuple(difference.legend_of(material, name)))]
    if name in contribution.names(material):
        return [Swatches("", tuple(contribution.legend()))]
    if name.startswith("rivals"):
        titles = variant_names(material.manifest)
        colours = palette.sequence(len(titles))
        items = tuple(zip(colours, titles.values(), strict=True))
        return [Swatches(text("dossier.rivals.key"), items)]
    if name in agreement_block.names(material):
        return [Swatches("", tuple(agreement_block.legend(name)))]
    if name in raid_block.names(material):
        return [Swatches("", tuple(raid_block.legend(name)))]
    if name in deterrent_block.names(material):
        return [Swatches("", tuple(deterrent_block.legend(material, name)))]
    if name in bargain_block.names(material):
        return [Swatches("", tuple(bargain_block.legend(material, name)))]
    if name.startswith("reach"):
        ramps = reach_legend()
        return [
            Swatches(text("dossier.reach.legend"), ()),
            Swatches(
                text("dossier.reach.legend_before"), tuple((b, words) for words, b, _ in ramps)
            ),
            Swatches(
                text("dossier.reach.legend_after"), tuple((a, words) for words, _, a in ramps)
            ),
        ]
    return []
