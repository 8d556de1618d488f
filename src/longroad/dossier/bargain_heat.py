"""Who accepts what: packages by parties, the share of value assignments in every cell."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.bargain_data import ALL, FIRST, HOME, OWN, PROPOSAL, WIDEST, Bargain, Package
from longroad.dossier.bargain_words import mark, package_name, spread
from longroad.dossier.drawing import add
from longroad.dossier.figure import Figure
from longroad.dossier.numbers import percent
from longroad.dossier.sheet import wrapped

NAME = "bargain-acceptance"
WIDTH_PX, LEFT_PX, ROW_PX, HEAD_PX, GAP_PX = 1080.0, 330.0, 25.0, 52.0, 10.0
# Shares from which a cell is one step darker, and the colours; text is white on the dark ones.
STEPS = (0.005, 0.05, 0.25, 0.5, 0.75, 0.95)
COLOURS = ("#ffffff", "#eef4f7", "#d2e6ef", "#abd0e1", "#7db0cb", "#4b8db1", "#1b5679")
DARK = 5
COMPUTED = ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian", FIRST)


def rows(found: Bargain) -> list[Package]:
    """Return proposals by date, then what was computed, each combination of options once."""
    made = list(found.dated)
    seen = {tuple(sorted(one.choices.items())) for one in made}
    for one in found.kind(WIDEST, *COMPUTED):
        key = tuple(sorted(one.choices.items()))
        if key not in seen:
            seen.add(key)
            made.append(one)
    return sorted(made, key=lambda one: (one.kind != PROPOSAL, one.kind == FIRST))


def columns(found: Bargain) -> list[tuple[str, str, str]]:
    """Return (assumption set, who, heading): as each party holds its own, then all one set."""
    made = [(OWN, party, found.called(party)) for party in found.parties]
    made.append((OWN, ALL, text("dossier_bargain.heat.all")))
    made.append((OWN, HOME, text("dossier_bargain.heat.home")))
    sets = dict.fromkeys(under for one in found.packages.values() for under, _ in one.told)
    for under in sets:
        if under != OWN:
            heading = text("dossier_bargain.heat.under", name=found.set_name(under))
            made.append((under, HOME, heading))
    return made


def figure(found: Bargain) -> Figure:
    """Return the drawing."""
    proposals = found.kind(PROPOSAL)
    best = max(proposals, key=lambda one: one.of(ALL).share, default=None)
    broad = found.kind(WIDEST)
    words = text(
        "dossier_bargain.heat.alt", count=len(proposals),
        best=best.name if best else "", share=percent(best.of(ALL).share) if best else "",
        home=percent(best.of(HOME).share) if best else "",
    )  # fmt: skip
    if broad:
        words += " " + text("dossier_bargain.heat.alt_widest", share=spread(broad[0].of(HOME)))
    return Figure(NAME, text("dossier_bargain.heat.title"), words, lambda: draw(found))


def step(share: float) -> int:
    """Return the class of a share, 0 for the lightest."""
    return sum(share >= edge for edge in STEPS)


def draw(found: Bargain) -> ET.Element:
    """Return the drawing: a row for each package, a column for each party and for all."""
    shown, heads = rows(found), columns(found)
    wide = (WIDTH_PX - LEFT_PX) / len(heads)
    computed = [one for one in shown if one.kind != PROPOSAL]
    high = HEAD_PX + ROW_PX * len(shown) + (GAP_PX if computed else 0.0) + 4.0
    root = plot.canvas(WIDTH_PX, high)
    for k, (_, _, heading) in enumerate(heads):
        lines = wrapped(heading, wide - 8.0, 11.5)[:3]
        for n, line in enumerate(lines):
            y = HEAD_PX - 12.0 - 13.5 * (len(lines) - 1 - n)
            plot.write(root, line, LEFT_PX + wide * (k + 0.5), y, 11.5, bold=True, anchor="middle")
    y = HEAD_PX
    for one in shown:
        if computed and one is computed[0]:
            y += GAP_PX
        middle = y + ROW_PX / 2.0
        if one.kind == PROPOSAL:
            mark(root, found, one.by, 8.0, middle, 4.0, hollow=one.reply != "accepted")
            plot.write(root, str(found.number(one)), 32.0, middle, 11.5, bold=True, anchor="end")
            plot.write(root, one.name, 40.0, middle, 11.5, room=LEFT_PX - 84.0)
            plot.write(root, one.date[:4], LEFT_PX - 8.0, middle, 11.0, colour=palette.QUIET,
                       anchor="end")  # fmt: skip
        else:
            plot.write(root, package_name(found, one), 40.0, middle, 11.5, colour=palette.ALL,
                       bold=one.kind == WIDEST, room=LEFT_PX - 50.0)  # fmt: skip
        for k, (under, who, _) in enumerate(heads):
            told = one.told[under, who]
            number = step(told.share)
            left = LEFT_PX + wide * k
            add(root, "rect", x=left + 1.0, y=y + 1.0, width=wide - 2.0, height=ROW_PX - 2.0,
                fill=COLOURS[number], stroke=palette.RULE, stroke_width=0.6)  # fmt: skip
            paint = "#ffffff" if number >= DARK else palette.INK
            plot.write(root, spread(told), left + wide / 2.0, middle, 11.0, colour=paint,
                       anchor="middle")  # fmt: skip
        y += ROW_PX
    return root


def at_least(edge: float) -> str:
    """Return a class's lower edge in words."""
    return text("dossier_bargain.heat.from", share=f"{100.0 * edge:g}%")


def legend() -> list[tuple[str, str]]:
    """Return (colour, words) of the classes."""
    edges = [0.0, *STEPS]
    return [(colour, at_least(edge)) for colour, edge in list(zip(COLOURS, edges, strict=True))[1:]]
