"""Make the two fonts of the dossier from the npm package `@fontsource/inter` (OFL-1.1).

The package cuts Inter into one file per script. Charts are measured by a program that reads
TrueType, pages by a browser that reads WOFF2, and both want one file per weight: so the
pieces are merged, cut to the characters below, and written in both formats.

    npm pack @fontsource/inter && tar xzf fontsource-inter-*.tgz
    pip install fonttools brotli
    python builders/dossier_fonts.py package src/longroad/dossier/fonts
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont

WEIGHTS = (400, 600)
PIECES = ("latin", "latin-ext", "cyrillic", "greek")
# Basic Latin to Latin Extended-A, Romanian comma letters, basic Greek and Cyrillic, typographic
# punctuation, the signs for euro, number, minus and the few comparison signs Inter's cut holds.
CHARACTERS = (
    "0020-017F,0218-021B,02BB-02BC,02C6,02DA,02DC,0391-03C9,0400-045F,0490-0491,"
    "2010-2027,2030,2032-2033,2039-203A,20AC,2116,2122,2190-2193,2212,2215,2248,2260,2264-2265"
)


def build(package: Path, out: Path) -> None:
    """Write `inter-<weight>.ttf`, `inter-<weight>.woff2` and the licence to ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        with tempfile.TemporaryDirectory() as folder:
            pieces = []
            for piece in PIECES:
                font = TTFont(package / "files" / f"inter-{piece}-{weight}-normal.woff2")
                font.flavor = None
                pieces.append(str(Path(folder) / f"{piece}.ttf"))
                font.save(pieces[-1])
            merged = Merger().merge(pieces)
        options = Options()
        options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]
        options.hinting = False
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=parse_unicodes(CHARACTERS))
        subsetter.subset(merged)
        # One family with two weights, so that "Inter, weight 600" finds the heavier file.
        merged["name"].setName("Inter", 16, 3, 1, 0x409)
        merged["name"].setName({400: "Regular", 600: "SemiBold"}[weight], 17, 3, 1, 0x409)
        # Fixed times (seconds since 1904), so that the same package gives the same bytes.
        merged["head"].created = merged["head"].modified = 3_786_825_600
        merged.recalcTimestamp = False
        merged.save(out / f"inter-{weight}.ttf")
        merged.flavor = "woff2"
        merged.save(out / f"inter-{weight}.woff2")
    shutil.copy(package / "LICENSE", out / "LICENSE-Inter.txt")


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
