"""Drawings as SVG text, fit to stand in a page.

A drawing is built as XML, so that a user's text can never become markup. It gets one title and one
description; long paths that repeat are drawn once on the page and referred to.
"""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import vl_convert

from longroad.dossier.palette import HATCH, HATCH_GROUND

SVG = "http://www.w3.org/2000/svg"
FONT = "Inter"
FAMILY = "Inter, system-ui, sans-serif"
FONTS = Path(__file__).parent / "fonts"
LONG_PATH = 1500

ET.register_namespace("", SVG)


@cache
def register_fonts() -> None:
    """Tell the painter of PNG about the bundled font, so that any machine paints alike."""
    vl_convert.register_font_directory(str(FONTS))


def hatch_pattern(id: str) -> ET.Element:
    """Return the pattern of *not within this missile's reach*."""
    pattern = ET.Element(
        f"{{{SVG}}}pattern",
        {
            "id": id,
            "width": "4",
            "height": "4",
            "patternUnits": "userSpaceOnUse",
            "patternTransform": "rotate(45)",
        },
    )
    for width, colour in (("4", HATCH_GROUND), ("0.9", HATCH)):
        ET.SubElement(pattern, f"{{{SVG}}}rect", {"width": width, "height": "4", "fill": colour})
    return pattern


def finished(
    root: ET.Element,
    *,
    id: str,
    title: str,
    description: str,
    shared: dict[str, str] | None = None,
) -> str:
    """Return a drawing made by hand ready to stand inline: labelled, long paths kept once.

    With ``shared`` it is for the page, whose own hatch pattern it uses; without it stands alone.
    """
    hatched = False
    for element in root.iter():
        if shared is not None:
            if len(element.get("d", "")) > LONG_PATH:
                _share(element, shared)
        elif element.get("fill") == "url(#hatch)":
            element.set("fill", f"url(#{id}-hatch)")
            hatched = True
    if hatched:
        _insert_hatch(root, f"{id}-hatch")
    return _labelled(root, id, title, description)


def _insert_hatch(root: ET.Element, id: str) -> None:
    defs = ET.Element(f"{{{SVG}}}defs")
    defs.append(hatch_pattern(id))
    root.insert(0, defs)


def _labelled(root: ET.Element, id: str, title: str, description: str) -> str:
    """Return a drawing as text with its id, title and description."""
    for tag, words in (("desc", description), ("title", title)):
        note = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{id}-{tag}"})
        note.text = words
        root.insert(0, note)
    root.set("id", id)
    root.set("role", "img")
    root.set("aria-labelledby", f"{id}-title {id}-desc")
    return ET.tostring(root, encoding="unicode")


def _share(element: ET.Element, shared: dict[str, str]) -> None:
    """Turn a long path into a reference to the one copy kept in ``shared``."""
    path = element.attrib.pop("d")
    id = "p" + hashlib.sha256(path.encode()).hexdigest()[:10]
    shared[id] = path
    element.tag = f"{{{SVG}}}use"
    element.set("href", f"#{id}")


def shared_drawing(shared: dict[str, str]) -> str:
    """Return the hidden drawing that holds the shared paths and the page's own hatch pattern."""
    root = ET.Element(
        f"{{{SVG}}}svg", {"width": "0", "height": "0", "aria-hidden": "true", "class": "shared"}
    )
    defs = ET.SubElement(root, f"{{{SVG}}}defs")
    defs.append(hatch_pattern("hatch"))
    for id, path in sorted(shared.items()):
        ET.SubElement(defs, f"{{{SVG}}}path", {"id": id, "d": path})
    return ET.tostring(root, encoding="unicode")
