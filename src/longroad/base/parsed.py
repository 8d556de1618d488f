"""Keeps the parsed form of the packaged data files, since parsing them takes longer than a run.

One JSON file for each data file, in a folder for its kind and named after it, with the hash of the
text it was parsed from; another text makes it useless and takes its place. Whatever goes wrong with
it costs time only.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from longroad.base.atomic import atomic_write
from longroad.base.cachedir import cache_dir
from longroad.base.errors import LongroadError

FORM = "longroad data, parsed, form 1"


def recall(kind: str, name: str, text: str) -> dict[str, object] | None:
    """Return the parsed form of a text that :func:`store` has kept, or None."""
    try:
        document = json.loads(_path(kind, name).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or document.get("hash") != _hash(text):
        return None
    content = document.get("content")
    return content if isinstance(content, dict) else None


def store(kind: str, name: str, text: str, content: dict[str, object]) -> None:
    """Keep a parsed form; a place that cannot be written to is let be."""
    document = {"hash": _hash(text), "content": content}
    with suppress(LongroadError, OSError):
        atomic_write(_path(kind, name), json.dumps(document, ensure_ascii=False))


def _hash(text: str) -> str:
    return hashlib.sha256(f"{FORM}\n{text}".encode()).hexdigest()


def _path(kind: str, name: str) -> Path:
    return cache_dir() / kind / f"{name}.json"
