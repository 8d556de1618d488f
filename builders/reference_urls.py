"""Collects every address that stands in the reference notes.

The bibliography of the catalogue may only give addresses that were seen, and those stand in the
notes. The notes are not part of this repository; this list of their addresses is, so that a test
can hold the bibliography to it.

Usage: python builders/reference_urls.py FOLDER_OF_NOTES > tests/catalog/reference_urls.txt
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ADDRESS = re.compile(r"https?://[^\s|<>`\"'\])]+")


def addresses(text: str) -> set[str]:
    """Return the addresses in a text, without the punctuation that ends a sentence."""
    return {found.rstrip(".,;:") for found in ADDRESS.findall(text)}


def main() -> None:
    """Print the addresses of all Markdown files of a folder, sorted, one to a line."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit(__doc__)
    notes = sorted(Path(sys.argv[1]).glob("*.md"))
    found = {url for note in notes for url in addresses(note.read_text(encoding="utf-8"))}
    print("\n".join(sorted(found)))


if __name__ == "__main__":
    main()
