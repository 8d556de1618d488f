"""Charts as SVG text: rendered by Vega without a browser, then made fit to stand in a page.

Vega's output is parsed as XML and written again, so that a user's text can never become
markup. What changes: ids get the figure's name (several figures share one page), inner roles
and labels give way to one title and one description, coordinates lose digits that no screen
shows, and long paths that repeat are drawn once and referred to.
"""

from __future__ import annotations

import hashlib
import re
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert

from longroad.dossier.palette import HATCH, HATCH_GROUND

SVG = "http://www.w3.org/2000/svg"
FONTS = Path(__file__).parent / "fonts"
LONG_PATH = 1500
_NUMBER = re.compile(r"-?\d*\.\d+(?:e[-+]?\d+)?")
_URL = re.compile(r"url\(['\"]?#([^)'\"]+)['\"]?\)")
_DROPPED = ("role", "class", "stroke-miterlimit", "aria-roledescription", "aria-label")

ET.register_namespace("", SVG)


@cache
def register_fonts() -> None:
    """Tell Vega's text measurer about the bundled font, so that any machine measures alike."""
    vl_convert.register_font_directory(str(FONTS))


def render(spec: dict[str, Any]) -> str:
    """Return Vega-Lite's drawing of a specification as raw SVG text; no network is allowed."""
    register_fonts()
    drawn: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return drawn


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


def tidy(
    raw: str,
    *,
    id: str,
    title: str,
    description: str,
    shared: dict[str, str] | None = None,
) -> str:
    """Return Vega's SVG ready to stand inline: scaled by its box, labelled, with unique ids.

    With ``shared``, long paths are put there by id (for one hidden drawing on the page) and
    referred to; without it the figure stands alone.
    """
    root = ET.fromstring(raw)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.attrib.pop("class", None)
    uses_hatch = False
    # Vega numbers its clip paths through the life of the process; here they count from 1.
    numbers = {
        element.attrib["id"]: f"{id}-{i}"
        for i, element in enumerate((e for e in root.iter() if "id" in e.attrib), start=1)
    }
    numbers["hatch"] = f"{id}-hatch"
    for element in root.iter():
        uses_hatch |= _clean(element, numbers)
        if shared is not None and len(element.get("d", "")) > LONG_PATH:
            _share(element, shared)
    for group in root.iter(f"{{{SVG}}}g"):
        group.attrib.pop("aria-hidden", None)
        for child in list(group):
            if child.tag == f"{{{SVG}}}path" and not child.get("d"):
                group.remove(child)
    if uses_hatch:
        _insert_hatch(root, f"{id}-hatch")
    return _labelled(root, id, title, description)


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


def _clean(element: ET.Element, ids: dict[str, str]) -> bool:
    """Strip, shorten and rename the attributes of one element; tell whether it is hatched."""
    hatched = False
    for name in _DROPPED:
        element.attrib.pop(name, None)
    if "id" in element.attrib:
        element.set("id", ids[element.attrib["id"]])
    for name, value in list(element.attrib.items()):
        if "url(" in value:
            hatched |= "#hatch" in value
            element.set(name, _URL.sub(lambda m: f"url(#{ids[m[1]]})", value))
        if name == "d":
            element.set(name, _NUMBER.sub(lambda m: _short(m[0], 1), value))
        elif name in ("transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height"):
            element.set(name, _NUMBER.sub(lambda m: _short(m[0], 2), value))
    return hatched


def _short(number: str, digits: int) -> str:
    shown = f"{float(number):.{digits}f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown


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
