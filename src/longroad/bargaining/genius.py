"""Domains and profiles in the XML of GENIUS, with GENIUS's own normalisation.

An option's value is its evaluation divided by the greatest of its issue (`EvaluatorDiscrete`),
times the weight of the issue. Other readers skip the division and get other frontiers wherever the
greatest evaluations differ. An option that a file lists twice counts as it is written last.

The files come from anywhere, so nothing of a document type is read: a file that declares one is
refused, and with it entities that expand without end or reach outside.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

import numpy as np

from longroad.bargaining.errors import BargainingError
from longroad.bargaining.problem import Floats, Problem, problem
from longroad.base.errors import nearest

LARGEST_FILE_BYTES = 20_000_000
DEEPEST = 50
MOST_OPTIONS = 10_000


@dataclass(frozen=True)
class Profile:
    """One side of a domain: evaluations by issue and option, weights, reservation value."""

    issues: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    evaluations: tuple[tuple[float, ...], ...]
    weights: tuple[float, ...]
    reservation: float

    @property
    def tables(self) -> tuple[Floats, ...]:
        """Return weighted values of the options of each issue, as GENIUS computes them."""
        found = []
        for weight, evaluations in zip(self.weights, self.evaluations, strict=True):
            values = np.asarray(evaluations, dtype=np.float64)
            greatest = values.max()
            found.append(weight * (values / greatest if greatest > 0.0 else values))
        return tuple(found)


class _Reader:
    """Collects issues, items and weights from a stream of elements."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.depth = 0
        self.level = 0
        self.issue: str | None = None
        self.index: dict[str, str] = {}
        self.items: dict[str, dict[str, float]] = {}
        self.weights: dict[str, float] = {}
        self.reservation = 0.0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.EntityDeclHandler = self.refuse

    def fault(self, what: str, expected: str, near: str | None = None) -> BargainingError:
        """Return an error at the line that is being read."""
        return BargainingError(
            what,
            file=self.file,
            line=self.parser.CurrentLineNumber,
            expected=expected,
            nearest=near,
        )

    def refuse(self, *_: object) -> None:
        """Refuse any document type or entity."""
        raise self.fault(
            "the file declares a document type or entities", "plain XML, as GENIUS writes it"
        )

    def start(self, name: str, fields: dict[str, str]) -> None:
        """Take in one element."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.fault(f"elements are nested more than {DEEPEST} deep", "a flatter file")
        if name == "issue":
            kind = fields.get("etype", fields.get("vtype", fields.get("type", "discrete")))
            if kind != "discrete":
                raise self.fault(
                    f"the issue '{fields.get('name', '')}' is of the kind '{kind}'",
                    "issues of the kind 'discrete'",
                    nearest(kind, ["discrete"]),
                )
            self.issue = self.needed(fields, "name")
            if self.issue in self.items:
                raise self.fault(f"the issue '{self.issue}' appears twice", "each issue once")
            self.items[self.issue] = {}
            self.level = self.depth
            self.index[self.needed(fields, "index")] = self.issue
        elif name == "item" and self.issue is not None and self.depth == self.level + 1:
            # Items further down belong to a measure of similarity.
            options = self.items[self.issue]
            options[self.needed(fields, "value")] = self.number(fields, "evaluation", 0.0)
            if len(options) > MOST_OPTIONS:
                raise self.fault("an issue has too many options", f"at most {MOST_OPTIONS:,}")
        elif name == "weight":
            self.weights[self.needed(fields, "index")] = self.number(fields, "value", None)
        elif name == "reservation":
            self.reservation = self.number(fields, "value", 0.0)

    def end(self, name: str) -> None:
        """Leave an element."""
        self.depth -= 1
        if name == "issue":
            self.issue = None

    def needed(self, fields: dict[str, str], name: str) -> str:
        """Return an attribute that has to be there."""
        if name not in fields:
            raise self.fault(f"an element has no '{name}'", f"the attribute '{name}'")
        return fields[name]

    def number(self, fields: dict[str, str], name: str, default: float | None) -> float:
        """Return an attribute that is a finite number."""
        if name not in fields and default is not None:
            return default
        try:
            value = float(self.needed(fields, name))
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise self.fault(f"'{fields[name][:40]}' is not a number", "a finite number")
        return value


def read_profile(path: str | Path) -> Profile:
    """Return a profile (a utility space) of GENIUS.

    Raises :class:`BargainingError`, with the line where there is one, for a file that is missing,
    too large or no XML, that declares a document type, or that lacks issues or weights.
    """
    file = Path(path)
    reader = _Reader(file)
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE_BYTES + 1)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise BargainingError(
            f"the file cannot be read ({reason})", file=file, expected="a profile of GENIUS"
        ) from None
    if len(data) > LARGEST_FILE_BYTES:
        raise BargainingError("the file is too large", file=file, expected="a few megabytes")
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as fault:
        raise BargainingError(
            f"this is not XML ({expat.ErrorString(fault.code)})",
            file=file,
            line=fault.lineno,
            expected="a profile of GENIUS",
        ) from None
    if not reader.items or any(not options for options in reader.items.values()):
        raise BargainingError("the file holds no issue with options", file=file, expected="issues")
    weights = {reader.index.get(index): w for index, w in reader.weights.items()}
    missing = [name for name in reader.items if name not in weights]
    if missing:
        raise BargainingError(
            f"the issue '{missing[0]}' has no weight", file=file, expected="one for each issue"
        )
    if sum(weights[name] for name in reader.items) <= 0.0:
        raise BargainingError("the weights sum to zero", file=file, expected="weights above zero")
    return Profile(
        tuple(reader.items),
        tuple(tuple(options) for options in reader.items.values()),
        tuple(tuple(options.values()) for options in reader.items.values()),
        tuple(weights[name] for name in reader.items),
        reader.reservation,
    )


def read_domain(paths: Sequence[str | Path]) -> Problem:
    """Return the problem of two to four profiles over the same issues and options."""
    profiles = [read_profile(path) for path in paths]
    first = profiles[0]
    tables = [[values] for values in first.tables]
    for path, profile in zip(paths[1:], profiles[1:], strict=True):
        for i, (name, options) in enumerate(zip(first.issues, first.options, strict=True)):
            own = dict(zip(profile.issues, zip(profile.options, profile.tables, strict=True)))  # noqa: B905
            if name not in own or set(own[name][0]) != set(options):
                raise BargainingError(
                    f"the issue '{name}' is not the same in this file and in {paths[0]}",
                    file=path,
                    expected="the same issues and options in all profiles",
                    nearest=nearest(name, profile.issues) if name not in own else None,
                )
            place = {option: k for k, option in enumerate(own[name][0])}
            tables[i].append(own[name][1][[place[option] for option in options]])
    return problem(
        [np.array(rows) for rows in tables],
        [profile.reservation for profile in profiles],
        parties=[Path(path).stem for path in paths],
        issues=first.issues,
    )
