"""Words, colours and marks of the chapter on what all could sign; parties have theirs alike."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET

from longroad.base.messages import text
from longroad.dossier import palette
from longroad.dossier.bargain_data import FIRST, PROPOSAL, Bargain, Package, Swing, Told
from longroad.dossier.drawing import add
from longroad.dossier.numbers import listed, percent, share
from longroad.dossier.reading import Spread

COLOURS = ("#23668f", "#c7751a", "#5b3f8c", "#3f7a4f")
NOBODY = palette.INK
# An option of so many words at most is told with its issue.
FEW_WORDS = 2
GAIN, LOSS = palette.ALL, "#c7751a"


def colour(found: Bargain, party: str) -> str:
    """Return a party's colour; ink for what nobody or everybody proposed."""
    return COLOURS[found.parties.index(party)] if party in found.parties else NOBODY


def mark(
    parent: ET.Element, found: Bargain, party: str, x: float, y: float, size: float = 4.6,
    *, hollow: bool = False,
) -> None:  # fmt: skip
    """Draw a party's mark: a disc, a square, a diamond or a triangle, told apart without colour."""
    paint = colour(found, party)
    style: dict[str, str | float] = {"fill": "#fff" if hollow else paint, "stroke": paint}
    style["stroke_width"] = 1.6
    number = found.parties.index(party) if party in found.parties else -1
    s = size
    if number == 0:
        add(parent, "circle", cx=x, cy=y, r=s, **style)
        return
    shapes = {
        1: f"M{x - s:.1f},{y - s:.1f}h{2 * s:.1f}v{2 * s:.1f}h{-2 * s:.1f}z",
        2: f"M{x:.1f},{y - 1.3 * s:.1f}l{1.3 * s:.1f},{1.3 * s:.1f}l{-1.3 * s:.1f},{1.3 * s:.1f}"
        f"l{-1.3 * s:.1f},{-1.3 * s:.1f}z",
        3: f"M{x:.1f},{y - 1.2 * s:.1f}l{1.2 * s:.1f},{2.2 * s:.1f}h{-2.4 * s:.1f}z",
    }
    cross = f"M{x - s:.1f},{y:.1f}h{2 * s:.1f}M{x:.1f},{y - s:.1f}v{2 * s:.1f}"
    add(parent, "path", d=shapes.get(number, cross), **style)


def spread(one: Told) -> str:
    """Return ``67% (64–71%)``: a share and its range over regions, left out where it is none."""
    if one.low == one.share == one.high:
        return percent(one.share)
    return share(Spread(one.share, one.low, one.high))


def points(value: float) -> str:
    """Return a gain as hundredths of a party's range, with its sign."""
    if not math.isfinite(value):
        return text("dossier.format.none")
    rounded = round(100.0 * value)
    sign = "\N{MINUS SIGN}" if rounded < 0 else "+" if rounded > 0 else ""
    return f"{sign}{abs(rounded)}"


def ranged(value: float, low: float, high: float) -> str:
    """Return a gain with its interval: ``+7 (+3 to +12)``."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return points(value)
    return text(
        "dossier_bargain.format.ranged", value=points(value), low=points(low), high=points(high)
    )  # fmt: skip


def package_name(found: Bargain, one: Package) -> str:
    """Return a package's name; computed ones are named after how they were found."""
    if one.kind == PROPOSAL:
        return one.name
    words = text(f"dossier_bargain.kind.{one.kind}")
    if one.kind == FIRST:
        told = [found.option(issue, one.choices[issue]) for issue in one.changed]
        return text("dossier_bargain.step", step=words, changes=", ".join(told))
    number = one.id.removeprefix(one.kind).removeprefix("-")
    several = len(found.kind(one.kind)) > 1
    return f"{words} {number or '1'}" if several else words


def proposer(found: Bargain, one: Package) -> str:
    """Return who proposed a package."""
    if one.by:
        return found.called(one.by)
    key = "several" if one.reply else "nobody"
    return text(f"dossier_bargain.{key}")


def reply(one: Package) -> str:
    """Return what became of a proposal."""
    return text(f"dossier_bargain.reply.{one.reply or 'none'}")


def choice(found: Bargain, issue: str, option: str) -> str:
    """Return an option in words, with its issue where it says little by itself."""
    name = found.option(issue, option)
    if len(name.split()) > FEW_WORDS:
        return name[:1].lower() + name[1:] if name[1:2].islower() else name
    return text("dossier_bargain.choice", issue=found.issues[issue].name, option=name)


def changes(found: Bargain, one: Package) -> str:
    """Return what a package changes from what holds without a deal."""
    told = [choice(found, issue, one.choices[issue]) for issue in one.changed]
    return "; ".join(told) or text("dossier_bargain.nothing")


def moved_by(found: Bargain, one: Swing) -> str:
    """Return an elicited number in words."""
    about = one.about
    if about in found.issues:
        about = found.issues[about].name
        if one.option:
            option = found.option(one.about, one.option)
            about = text("dossier_bargain.input.option", option=option, issue=about)
    else:
        about = about.replace("-", " ")
    key = f"dossier_bargain.input.{one.kind}"
    return text(key, party=found.called(one.party), about=about)


def line_name(found: Bargain, id: str) -> str:
    """Return a red line, or the floor of a party, in words."""
    if id.startswith("floor/"):
        return text("dossier_bargain.floor", party=found.called(id.removeprefix("floor/")))
    return next((line.name for line in found.lines if line.id == id), id)


def legend_of(found: Bargain) -> list[tuple[str, str]]:
    """Return (colour, name) of every party."""
    return [(colour(found, party), found.called(party)) for party in found.parties]


def names(parties: list[str], found: Bargain) -> str:
    """Return parties as a list of names."""
    return listed([found.called(party) for party in parties])


def whole(value: float) -> str:
    """Return a share without its range."""
    return percent(value)
