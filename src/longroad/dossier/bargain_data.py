"""The tables on a run's negotiation as the dossier needs them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from longroad.base.messages import text
from longroad.base.tables import schema
from longroad.dossier.reading import ADOPTED, RunLike
from longroad.study.manifest_bargain import NegotiationRecord

OWN, ALL, HOME = "own", "all", "home"
PROPOSAL, FIRST, WIDEST, NASH = "proposal", "first", "widest", "nash"
AGREEMENT = "agreement"


@dataclass(frozen=True)
class Told:
    """A share of value assignments: sampling error, and its range over regions of weights."""

    share: float
    mc_se: float
    low: float
    high: float


@dataclass(frozen=True)
class Gain:
    """A gain over no deal as a share of a party's range: best estimate and quantiles."""

    best: float
    p05: float
    p50: float
    p95: float


@dataclass(frozen=True)
class Package:
    """A package: who proposed it when, what everybody makes of it, what is in it.

    ``told`` by (assumption set or ``own``, party or all or home), ``gains`` by party; ``choices``
    and ``changed`` by issue; ``nearest`` what differs in the nearest package that all accept.
    """

    id: str
    name: str
    kind: str
    by: str
    date: str
    opening: bool
    reply: str
    source: str
    crosses: tuple[str, ...]
    changes: float
    concession: float
    predicted: float
    told: dict[tuple[str, str], Told]
    gains: dict[str, Gain]
    choices: dict[str, str]
    changed: tuple[str, ...]
    nearest: dict[str, str]

    def of(self, who: str) -> Told:
        """Return what a party, all or those at home make of it, as each party holds its own."""
        return self.told[OWN, who]


@dataclass(frozen=True)
class Option:
    """One option: its name, and what each party values it at against that without a deal."""

    id: str
    name: str
    no_deal: bool
    worth: dict[str, tuple[float, float, float]]


@dataclass(frozen=True)
class Issue:
    """One issue with its options by id."""

    id: str
    name: str
    physical: bool
    options: dict[str, Option]


@dataclass(frozen=True)
class Clause:
    """One issue on which two proposals differ: median worth and interval by party."""

    issue: str
    first: str
    second: str
    contested: bool
    worth: dict[str, tuple[float, float, float]]


@dataclass(frozen=True)
class Line:
    """A red line: how often it is real, how often it alone stands in the way, what it costs."""

    id: str
    name: str
    holder: str
    source: str
    veto: bool
    real: float
    blocked: float
    conflicts: tuple[str, ...]
    gain_change: dict[str, float]


@dataclass(frozen=True)
class Cell:
    """What all hold, and the share with an agreement, at the table and with those at home."""

    number: int
    own: bool
    mixed: bool
    holds: dict[str, str]
    names: dict[str, str]
    share: float
    mc_se: float
    home: float
    home_mc_se: float
    gains: dict[str, float]


@dataclass(frozen=True)
class Stage:
    """A stage of the roadmap; ``trust`` (median, p10, p90), ``gain`` (median, p05, p95) by id."""

    id: str
    name: str
    choices: dict[str, str]
    milestone: str
    exit: str
    years: tuple[float, float, float]
    taken: float
    mc_se: float
    trust: dict[str, tuple[float, float, float]]
    needed: dict[str, float]
    gain: dict[str, tuple[float, float, float]]
    exposure: dict[str, float]


@dataclass(frozen=True)
class Swing:
    """What an elicited number moves: a measure's mean in its lower and in its upper half."""

    input: str
    party: str
    kind: str
    about: str
    option: str
    measure: str
    low: float
    high: float

    @property
    def size(self) -> float:
        """Return how far apart the halves are."""
        return abs(self.high - self.low)


@dataclass(frozen=True)
class Point:
    """A point of a drawing."""

    series: str
    x: float
    y: float
    value: float
    count: float


@dataclass(frozen=True)
class Figure:
    """A headline figure."""

    outcome: str
    about: str
    party: str
    best: float
    p05: float
    p95: float
    mc_se: float


@dataclass(frozen=True)
class Bargain:
    """What a run says of its negotiation."""

    record: NegotiationRecord
    packages: dict[str, Package]
    issues: dict[str, Issue]
    clauses: dict[tuple[str, str], list[Clause]]
    lines: list[Line]
    conflicts: dict[str, list[str]]
    cells: list[Cell]
    stages: list[Stage]
    swings: list[Swing]
    points: dict[str, list[Point]]
    figures: list[Figure]

    @property
    def parties(self) -> tuple[str, ...]:
        """Return the ids of the parties, in the order of the file."""
        return tuple(party.id for party in self.record.parties)

    def called(self, party: str) -> str:
        """Return a party's name; of a member or of nobody known, its id as words."""
        known = {one.id: one.name for one in self.record.parties}
        return known.get(party, party.replace("-", " ").capitalize())

    def kind(self, *kinds: str) -> list[Package]:
        """Return the packages of some kinds, in their order."""
        return [one for one in self.packages.values() if one.kind in kinds]

    def set_name(self, id: str) -> str:
        """Return an assumption set in words."""
        known = {each: name for cell in self.cells for each, name in cell.names.items()}
        name = known.get(id, id)
        return text("dossier_bargain.adopted") if name == ADOPTED else name

    @property
    def dated(self) -> list[Package]:
        """Return the dated proposals by date, the undated last."""
        return sorted(self.kind(PROPOSAL), key=lambda one: (one.date == "", one.date))

    def number(self, package: Package) -> int:
        """Return the number by which a drawing names a proposal."""
        return self.dated.index(package) + 1

    def figure(self, outcome: str, about: str = "", party: str = "") -> Figure | None:
        """Return a headline figure, or None."""
        wanted = (outcome, about, party)
        return next(
            (one for one in self.figures if (one.outcome, one.about, one.party) == wanted), None
        )

    def all_figures(self, outcome: str) -> list[Figure]:
        """Return all figures of one outcome."""
        return [one for one in self.figures if one.outcome == outcome]

    def moves(self, measure: str) -> list[Swing]:
        """Return what moves a measure, the largest first."""
        found = [one for one in self.swings if one.measure == measure]
        return sorted(found, key=lambda one: (-one.size, one.input))

    def option(self, issue: str, option: str) -> str:
        """Return an option in words."""
        return self.issues[issue].options[option].name


def read(run: RunLike) -> Bargain | None:
    """Read the tables of the negotiation; None where the run has none."""
    record = run.manifest.negotiation
    if record is None:
        return None
    lines, conflicts = _lines(run)
    return Bargain(
        record=record,
        packages=_packages(run),
        issues=_issues(run),
        clauses=_clauses(run),
        lines=lines,
        conflicts=conflicts,
        cells=_cells(run),
        stages=_stages(run),
        swings=[Swing(*_plain(row)) for row in _rows(run, "bargain_swings")],
        points=_points(run),
        figures=[
            Figure(row["outcome"], row["about"], row["party"], row["best"], row["p05"], row["p95"],
                   row["mc_se"])
            for row in _rows(run, "bargain_figures")
        ],
    )  # fmt: skip


def _rows(run: RunLike, name: str) -> Iterator[dict[str, Any]]:
    columns = schema(name).names
    table = run.select(name, columns)
    for values in zip(*(np.asarray(table[column]).tolist() for column in columns), strict=True):
        yield dict(zip(columns, values, strict=True))


def _plain(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row.values())


def _packages(run: RunLike) -> dict[str, Package]:
    choices: dict[str, dict[str, str]] = {}
    changed: dict[str, list[str]] = {}
    nearest: dict[str, dict[str, str]] = {}
    for row in _rows(run, "bargain_choices"):
        id, issue = row["package"], row["issue"]
        choices.setdefault(id, {})[issue] = row["option"]
        if row["changed"]:
            changed.setdefault(id, []).append(issue)
        if row["nearest"]:
            nearest.setdefault(id, {})[issue] = row["nearest"]
    found: dict[str, Package] = {}
    for row in _rows(run, "bargain_packages"):
        id = row["package"]
        if id not in found:
            found[id] = Package(
                id, row["name"], row["kind"], row["by"], row["date"], bool(row["opening"]),
                row["reply"], row["source"], tuple(row["crosses"].split()), row["changes"],
                row["concession"], row["predicted"], {}, {}, choices.get(id, {}),
                tuple(changed.get(id, ())), nearest.get(id, {}),
            )  # fmt: skip
        told = Told(row["share"], row["mc_se"], row["low"], row["high"])
        found[id].told[row["under"], row["party"]] = told
        if row["under"] == OWN and row["party"] not in (ALL, HOME):
            gain = Gain(row["gain"], row["gain_p05"], row["gain_p50"], row["gain_p95"])
            found[id].gains[row["party"]] = gain
    return found


def _issues(run: RunLike) -> dict[str, Issue]:
    found: dict[str, Issue] = {}
    for row in _rows(run, "bargain_options"):
        issue = found.setdefault(
            row["issue"], Issue(row["issue"], row["issue_name"], bool(row["physical"]), {})
        )
        option = issue.options.setdefault(
            row["option"], Option(row["option"], row["option_name"], bool(row["no_deal"]), {})
        )
        option.worth[row["party"]] = (row["worth"], row["p05"], row["p95"])
    return found


def _clauses(run: RunLike) -> dict[tuple[str, str], list[Clause]]:
    found: dict[tuple[str, str], dict[str, Clause]] = {}
    for row in _rows(run, "bargain_clauses"):
        by_issue = found.setdefault((row["first"], row["second"]), {})
        one = by_issue.setdefault(
            row["issue"],
            Clause(row["issue"], row["first_option"], row["second_option"],
                   bool(row["contested"]), {}),
        )  # fmt: skip
        one.worth[row["party"]] = (row["worth"], row["p05"], row["p95"])
    return {pair: list(clauses.values()) for pair, clauses in found.items()}


def _lines(run: RunLike) -> tuple[list[Line], dict[str, list[str]]]:
    found: dict[str, Line] = {}
    conflicts: dict[str, list[str]] = {}
    for row in _rows(run, "bargain_lines"):
        id = row["line"]
        sets = tuple(row["conflicts"].split())
        if id not in found:
            for number in sets:
                conflicts.setdefault(number, []).append(id)
        if not row["name"]:
            continue
        line = found.setdefault(
            id,
            Line(id, row["name"], row["holder"], row["source"], bool(row["veto"]), row["real"],
                 row["blocked"], sets, {}),
        )  # fmt: skip
        line.gain_change[row["party"]] = row["gain_change"]
    return list(found.values()), conflicts


def _cells(run: RunLike) -> list[Cell]:
    found: dict[int, Cell] = {}
    for row in _rows(run, "bargain_facts"):
        cell = found.setdefault(
            row["cell"],
            Cell(row["cell"], bool(row["own"]), bool(row["mixed"]), {}, {}, row["share"],
                 row["mc_se"], row["home"], row["home_mc_se"], {}),
        )  # fmt: skip
        cell.holds[row["party"]] = row["holds"]
        cell.names[row["holds"]] = row["holds_name"]
        cell.gains[row["party"]] = row["gain"]
    return list(found.values())


def _stages(run: RunLike) -> list[Stage]:
    found: dict[str, Stage] = {}
    for row in _rows(run, "bargain_stages"):
        parted = (pair.partition("=") for pair in row["choices"].split())
        stage = found.setdefault(
            row["stage"],
            Stage(row["stage"], row["name"], {issue: option for issue, _, option in parted},
                  row["milestone"], row["exit"], (row["years"], row["years_p05"], row["years_p95"]),
                  row["taken"], row["mc_se"], {}, {}, {}, {}),
        )  # fmt: skip
        party = row["party"]
        stage.trust[party] = (row["trust"], row["trust_p10"], row["trust_p90"])
        stage.needed[party] = row["needed"]
        stage.gain[party] = (row["gain"], row["gain_p05"], row["gain_p95"])
        stage.exposure[party] = row["exposure"]
    return list(found.values())


def _points(run: RunLike) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = {}
    for row in _rows(run, "bargain_points"):
        found.setdefault(row["plot"], []).append(
            Point(row["series"], row["x"], row["y"], row["value"], row["count"])
        )
    return found
