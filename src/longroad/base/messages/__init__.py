"""The message table: every word that a reader of Longroad's output sees.

``text("cli.run_done", path=p)`` looks up ``run_done`` in ``messages/<language>/cli.yaml`` and
fills in the values. A room has one file; deeper nesting adds dots. A message that depends on a
number is written as ``{one: ..., other: ...}`` and takes the value ``count``. Another language
is another folder; what it lacks is taken from English. ``LONGROAD_LANGUAGE`` chooses it.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from longroad.base import parsed

FOLDER = Path(__file__).resolve().parent
ENGLISH = "en"


class MessageError(LookupError):
    """A message that does not exist, or a value it needs: a fault of the program."""


def text(key: str, /, **values: object) -> str:
    """Return the message of ``key`` with ``values`` filled in (`str.format` syntax).

    Raises :class:`MessageError` when there is no such message or a value is missing.
    """
    message = _find(key)
    if isinstance(message, dict):
        if set(message) != {"one", "other"}:
            raise MessageError(f"'{key}' is a group of messages, not a message")
        if "count" not in values:
            raise MessageError(f"the message '{key}' needs the value 'count'")
        message = message["one" if values["count"] == 1 else "other"]
    try:
        return str(message).format(**values)
    except (KeyError, IndexError) as missing:
        raise MessageError(f"the message '{key}' needs the value {missing}") from None


def keys(language: str = ENGLISH) -> tuple[str, ...]:
    """Return the keys of all messages of a language, sorted."""
    rooms = sorted(path.stem for path in (FOLDER / language).glob("*.yaml"))
    return tuple(sorted(key for room in rooms for key in _keys(room, _room(language, room))))


def language() -> str:
    """Return the language in use: ``LONGROAD_LANGUAGE`` where there is a table, else English."""
    chosen = os.environ.get("LONGROAD_LANGUAGE", ENGLISH)
    return chosen if _is_spoken(chosen) else ENGLISH


@cache
def _is_spoken(tongue: str) -> bool:
    return tongue.isalnum() and (FOLDER / tongue).is_dir()


def _find(key: str) -> object:
    room, *names = key.split(".")
    for tongue in dict.fromkeys((language(), ENGLISH)):
        found: object = _room(tongue, room)
        for name in names:
            found = found.get(name) if isinstance(found, dict) else None
        if names and found is not None:
            return found
    raise MessageError(f"there is no message '{key}'")


def _keys(prefix: str, found: object) -> list[str]:
    if isinstance(found, dict) and set(found) != {"one", "other"}:
        return [key for name, inner in found.items() for key in _keys(f"{prefix}.{name}", inner)]
    return [prefix]


@cache
def _room(tongue: str, room: str) -> dict[str, object]:
    path = FOLDER / tongue / f"{room}.yaml"
    if not path.is_file():
        return {}
    written, kind = path.read_text(encoding="utf-8"), f"messages-{tongue}"
    found = parsed.recall(kind, room, written)
    if found is None:
        from ruamel.yaml import YAML

        found = YAML(typ="safe", pure=True).load(written) or {}
        parsed.store(kind, room, written, found)
    return found
