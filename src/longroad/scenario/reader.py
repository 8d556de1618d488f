"""Hardened reading of YAML 1.2: a plain tree with the line of every key and value.

Only the event stream of ruamel.yaml is used; nothing is ever constructed from a tag. Plain
scalars are resolved by the core schema of YAML 1.2, so ``no`` and ``on`` stay words and
``2011-09-15`` stays text. Whatever a file can do wrong becomes a :class:`ScenarioError` with
file and line. Files are analysts' own, but they travel by mail: the limits below keep a hostile
one from costing more than a moment.
"""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Iterator
from pathlib import Path as FilePath

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from longroad.base.errors import ScenarioError
from longroad.scenario.node import Node, Path, Scalar, dotted
from longroad.scenario.yaml_faults import describe

# Ample for any study (the flagship pack is some 20 kB and 1,500 values), small enough that a
# file at the limit is refused or read within seconds.
LARGEST_FILE_BYTES = 500_000
MOST_VALUES = 50_000
DEEPEST_NESTING = 24
LONGEST_NUMBER = 40
LONGEST_KEY = 200

_NULL = re.compile(r"^(?:null|Null|NULL|~|)$")
_BOOLEAN = re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$")
_INTEGER = re.compile(r"^[-+]?[0-9]+$")
_BASED_INTEGER = re.compile(r"^0(?:o[0-7]+|x[0-9a-fA-F]+)$")
_FLOAT = re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$")
_NOT_FINITE = re.compile(r"^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What an escape in double quotes could still bring in: control characters (a terminal would obey
# them) and lone surrogates (no file could hold them).
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n|\r|\n")


def read(path: str | FilePath) -> tuple[Node, str]:
    """Read one YAML file; return its tree and its text.

    Raises :class:`ScenarioError` for a file that is missing, too large, not UTF-8 text, empty,
    not YAML, or that uses tags, merge keys, several documents, duplicate keys or numbers that
    are not finite.
    """
    text = _read_text(FilePath(path))
    return read_text(text, str(path)), text


def read_text(text: str, file: str) -> Node:
    """Read YAML from ``text``; ``file`` is only named in errors. See :func:`read`."""
    if len(text) > LARGEST_FILE_BYTES:
        raise _too_large(file)
    return _Builder(text, file).build()


def _read_text(path: FilePath) -> str:
    try:
        if path.is_dir():
            raise ScenarioError("this is a directory", file=path, expected="a YAML file")
        if path.exists() and not path.is_file():
            raise ScenarioError("this is not a regular file", file=path, expected="a YAML file")
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE_BYTES + 1)
    except FileNotFoundError:
        raise ScenarioError("there is no such file", file=path, expected="a YAML file") from None
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise ScenarioError(
            f"the file cannot be read ({reason})", file=path, expected="a readable YAML file"
        ) from None
    if len(data) > LARGEST_FILE_BYTES:
        raise _too_large(str(path))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise ScenarioError(
            f"byte {fault.start + 1} is not UTF-8 text",
            file=path,
            line=data.count(b"\n", 0, fault.start) + 1,
            expected="a text file in UTF-8",
        ) from None
    return text


def _too_large(file: str) -> ScenarioError:
    return ScenarioError(
        f"the file is larger than {LARGEST_FILE_BYTES:,} bytes",
        file=file,
        expected="a scenario of ordinary size",
    )


class _Builder:
    """Turns the event stream into nodes, counting as it goes."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.line_ends = [match.end() for match in _LINE_END.finditer(text)]
        self.anchors: dict[str, Node | None] = {}  # None while the anchored value is still open
        self.values = 0
        self.path: Path = ()

    def build(self) -> Node:
        """Return the tree of the one document in the text."""
        self._refuse_control_characters()
        events = self._events()
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                self._check_document(event, documents)
            elif isinstance(event, NodeEvent):
                root = self._node(event, events, (), self._line(event), 0)
        if root is None or (root.value is None and not self._holds_more_than_comments()):
            raise ScenarioError(
                "the file is empty", file=self.file, expected="YAML that begins 'longroad: 1'"
            )
        return root

    def fault(self, what: str, line: int, expected: str, path: Path | None = None) -> ScenarioError:
        """Return an error at a line of this file."""
        field = dotted(self.path if path is None else path) or None
        return ScenarioError(what, file=self.file, line=line, field=field, expected=expected)

    def _refuse_control_characters(self) -> None:
        found = _CONTROL.search(self.text)
        if found:
            raise ScenarioError(
                f"character {ord(found.group()):#04x} does not belong in a text file",
                file=self.file,
                line=self._line_at(found.start()),
                expected="plain text (this looks like a binary file)",
            )

    def _holds_more_than_comments(self) -> bool:
        lines = (line.strip() for line in self.text.splitlines())
        return any(line and not line.startswith(("#", "---", "...")) for line in lines)

    def _check_document(self, event: DocumentStartEvent, count: int) -> None:
        line = self._line(event)
        if count > 1:
            raise self.fault(
                "a second YAML document begins here", line, "one document (no second '---')", ()
            )
        if event.version not in (None, (1, 2)) or event.tags:
            raise self.fault("this YAML directive is not allowed", line, "no '%' directives", ())

    def _events(self) -> Iterator[Event]:
        """Yield parser events, with the parser's own errors translated."""
        try:
            yield from YAML(typ="safe", pure=True).parse(self.text)
        except MarkedYAMLError as fault:
            what, expected = describe(fault, self._line_at)
            mark = fault.problem_mark or fault.context_mark
            line = self._line_at(mark.index) if mark is not None else 1
            raise self.fault(what, line, expected) from None
        except (YAMLError, ValueError) as fault:
            problem = str(fault).splitlines()[0][:120] if str(fault) else "unreadable"
            raise self.fault(f"this is not YAML ({problem})", 1, "YAML 1.2") from None

    def _node(
        self, event: NodeEvent, events: Iterator[Event], path: Path, key_line: int, depth: int
    ) -> Node:
        line = self._line(event)
        self.path = path
        self._count(1, line)
        if depth > DEEPEST_NESTING:
            raise self.fault(
                f"values are nested more than {DEEPEST_NESTING} deep", line, "a flatter file"
            )
        if isinstance(event, AliasEvent):
            return self._alias(event, path, key_line)
        tag = getattr(event, "ctag", None)
        if tag is not None and str(tag):
            raise self.fault(
                f"the tag '{_written(str(tag))}' is not allowed", line, "plain YAML without tags"
            )
        if event.anchor:
            self.anchors[event.anchor] = None
        node: Node
        if isinstance(event, ScalarEvent):
            node = Node(self._scalar(event, line), line, key_line, path)
        elif isinstance(event, SequenceStartEvent):
            node = Node(self._sequence(events, path, depth), line, key_line, path)
        else:
            assert isinstance(event, MappingStartEvent)
            node = Node(self._mapping(events, path, depth), line, key_line, path)
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def _sequence(self, events: Iterator[Event], path: Path, depth: int) -> list[Node]:
        members: list[Node] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            assert isinstance(event, NodeEvent)
            place = (*path, len(members))
            members.append(self._node(event, events, place, self._line(event), depth + 1))
            self.path = path
        return members

    def _mapping(self, events: Iterator[Event], path: Path, depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._key(event, path)
            line = self._line(event)
            place = (*path, key)
            if key in entries:
                first = entries[key].key_line
                raise self.fault(
                    f"the key '{key}' appears twice (first on line {first})",
                    line,
                    "each key once",
                    place,
                )
            entries[key] = self._node(_next_node(events), events, place, line, depth + 1)
            self.path = path
        return entries

    def _key(self, event: Event, path: Path) -> str:
        line = self._line(event)
        if not isinstance(event, ScalarEvent):
            raise self.fault("a key is not a plain word", line, "a key such as 'name'", path)
        if event.ctag is not None and str(event.ctag):
            raise self.fault("a key carries a tag", line, "plain YAML without tags", path)
        if event.value == "<<":
            raise self.fault(
                "the merge key '<<' is not allowed",
                line,
                "the entries written out, or a variant that overrides them",
                path,
            )
        if event.anchor:
            raise self.fault("an anchor stands on a key", line, "anchors on values only", path)
        if len(event.value) > LONGEST_KEY:
            raise self.fault(
                f"a key has more than {LONGEST_KEY} characters", line, "a shorter key", path
            )
        self._refuse_unprintable(str(event.value), line)
        return str(event.value)

    def _alias(self, event: AliasEvent, path: Path, key_line: int) -> Node:
        line = self._line(event)
        if event.anchor not in self.anchors:
            raise self.fault(f"the alias '*{event.anchor}' has no anchor", line, "an anchor above")
        target = self.anchors[event.anchor]
        if target is None:
            raise self.fault(
                f"the alias '*{event.anchor}' stands inside its own anchor", line, "no such loop"
            )
        # Copied, not shared, so that each copy knows its own place. The copy is counted first:
        # this is what stops aliases of aliases of aliases before they cost memory.
        return self._copy(target, path, key_line, line)

    def _copy(self, node: Node, path: Path, key_line: int, line: int) -> Node:
        self._count(1, line)
        if isinstance(node.value, dict):
            entries = {
                key: self._copy(child, (*path, key), child.key_line, line)
                for key, child in node.value.items()
            }
            return Node(entries, node.line, key_line, path)
        if isinstance(node.value, list):
            members = [
                self._copy(child, (*path, index), child.key_line, line)
                for index, child in enumerate(node.value)
            ]
            return Node(members, node.line, key_line, path)
        return Node(node.value, node.line, key_line, path)

    def _count(self, more: int, line: int) -> None:
        self.values += more
        if self.values > MOST_VALUES:
            raise self.fault(
                f"the file holds more than {MOST_VALUES:,} values once its aliases are expanded",
                line,
                "a scenario of ordinary size",
            )

    def _scalar(self, event: ScalarEvent, line: int) -> Scalar:
        text = str(event.value)
        self._refuse_unprintable(text, line)
        if not event.implicit[0]:  # quoted or block text is text, whatever it looks like
            return text
        if _NULL.match(text):
            return None
        if _BOOLEAN.match(text):
            return text.lower() == "true"
        if _NOT_FINITE.match(text):
            raise self.fault(f"'{text}' is not a finite number", line, "a finite number")
        whole = _INTEGER.match(text)
        based = _BASED_INTEGER.match(text)
        if not (whole or based or _FLOAT.match(text)):
            return text
        if len(text) > LONGEST_NUMBER:
            raise self.fault(
                f"a number has more than {LONGEST_NUMBER} digits", line, "a number of sane length"
            )
        if whole:
            return int(text)
        if based:
            return int(text, 0)
        value = float(text)
        if not math.isfinite(value):
            raise self.fault(f"'{text}' is not a finite number", line, "a finite number")
        return value

    def _refuse_unprintable(self, text: str, line: int) -> None:
        found = _UNPRINTABLE.search(text)
        if found:
            raise self.fault(
                f"a text holds the control character {ord(found.group()):#04x}",
                line,
                "printable text",
            )

    def _line(self, event: Event) -> int:
        return self._line_at(event.start_mark.index)

    def _line_at(self, index: int) -> int:
        # Own counting: the parser also counts U+0085, U+2028 and U+2029, editors do not.
        return bisect.bisect_right(self.line_ends, index) + 1


def _next_node(events: Iterator[Event]) -> NodeEvent:
    event = next(events)
    assert isinstance(event, NodeEvent)
    return event


def _written(tag: str) -> str:
    """Return a tag as the author wrote it."""
    return tag.replace("tag:yaml.org,2002:", "!!")[:60]
