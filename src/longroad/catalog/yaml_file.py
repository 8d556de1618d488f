"""Reads one data file of the catalogue into plain values; looks lines up when asked.

Values are read by ruamel.yaml's safe loader (YAML 1.2, no tags). Lines cost a second pass, so
they are looked up only when there is something to report; the lines of the entries themselves
come from a scan for keys at the margin.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from longroad.base import parsed
from longroad.base.errors import CatalogError
from longroad.base.place import Keys, Place

_MARGIN_KEY = re.compile(r"^([A-Za-z0-9][^\s:#]*):(?:\s|$)", re.MULTILINE)


@dataclass(frozen=True)
class YamlFile:
    """A parsed file: ``content`` is its top mapping, ``place`` the place of its top."""

    path: Path
    text: str = field(repr=False)
    content: dict[str, object] = field(repr=False)

    @property
    def place(self) -> Place:
        """Return the place of the top of the file, from which all others go down."""
        return Place(self.path, (), self.line_of)

    @cached_property
    def entry_lines(self) -> dict[str, int]:
        """Return the line of every key at the margin."""
        return {
            match[1]: self.text.count("\n", 0, match.start()) + 1
            for match in _MARGIN_KEY.finditer(self.text)
        }

    @cached_property
    def _tree(self) -> Node | None:
        return YAML(typ="safe", pure=True).compose(self.text)

    def line_of(self, keys: Keys) -> int | None:
        """Return the line on which the key or list item at ``keys`` begins, from 1."""
        node, line = self._tree, None
        for key in keys:
            inner = None
            if isinstance(node, MappingNode):
                inner = next(((k, v) for k, v in node.value if k.value == key), None)
            elif isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
                inner = (node.value[key], node.value[key])
            if inner is None:
                return None
            line, node = inner[0].start_mark.line + 1, inner[1]
        return line


def read_yaml(path: Path, *, keep: bool = False) -> YamlFile:
    """Read a file; raise :class:`CatalogError` when it is missing, not YAML or no mapping.

    With ``keep`` the parsed form is kept in the cache directory. A text whose parsed form was kept
    is not parsed again.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CatalogError("this is not text in UTF-8", file=path, expected="YAML") from None
    except OSError as fault:
        reason = fault.strerror or "unreadable"
        raise CatalogError(f"cannot be read ({reason})", file=path, expected="YAML") from None
    known = parsed.recall("catalog", path.stem, text)
    if known is not None:
        return YamlFile(path, text, known)
    try:
        content = YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise CatalogError(
            f"this is not valid YAML: {fault.problem or fault.context}",
            file=path,
            line=mark.line + 1 if mark is not None else None,
            expected="YAML 1.2 without tags, each key once",
        ) from None
    except (YAMLError, ValueError) as fault:
        what = str(fault).partition("\n")[0]
        raise CatalogError(f"this is not valid YAML: {what}", file=path, expected="YAML") from None
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise CatalogError(
            "the file holds no entries", file=path, line=1, expected="a mapping from id to entry"
        )
    plain = {key: _plain(value) for key, value in content.items()}
    if keep:
        parsed.store("catalog", path.stem, text, plain)
    return YamlFile(path, text, plain)


def _plain(value: object) -> object:
    """Return a value without dates, which YAML 1.2 does not have but the loader makes."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value
