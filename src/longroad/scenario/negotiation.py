"""A negotiation as its analyst wrote it: issues, packages, values, ratification, time, stages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from longroad.base.quantity import Status
from longroad.scenario.origin import Origin

Reply = Literal["accepted", "refused", "partly", "open"]
WeightKind = Literal["swing", "order", "any"]


@dataclass(frozen=True)
class Basis:
    """What a number rests on: a source, or a judgement with author and reason."""

    status: Status
    sources: tuple[str, ...] = ()
    author: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Estimate:
    """A number with interval. Without a written best, ``best`` is the middle and all is level.

    ``peaked`` says that a best was written: draws then follow PERT and not the uniform law.
    """

    low: float
    best: float
    high: float
    peaked: bool
    basis: Basis


@dataclass(frozen=True)
class Option:
    """One option of an issue."""

    id: str
    name: str
    note: str | None = None


@dataclass(frozen=True)
class Issue:
    """What is bargained over; the options exclude each other.

    ``divisible``: an issue of two options of which anything between can be agreed.
    ``physics``: what the options change in the world, by the name the study knows it; its worth
    then also comes from computed outcomes.
    """

    id: str
    name: str
    options: tuple[Option, ...]
    divisible: bool
    physics: str | None
    note: str | None
    source: str | None
    origin: Origin = field(compare=False)

    @property
    def option_ids(self) -> tuple[str, ...]:
        """Return the ids of the options in order."""
        return tuple(option.id for option in self.options)


@dataclass(frozen=True)
class Member:
    """A member of a coalition, such as a host state."""

    id: str
    name: str


@dataclass(frozen=True)
class Negotiator:
    """A party at the table, or a coalition that speaks with one voice."""

    id: str
    name: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class NamedPackage:
    """A package that somebody proposed: when, to whom, by which source, and what came of it.

    ``choices`` names an option for every issue; ``said`` are the issues that the proposal itself
    spoke of, the others stay as without a deal. ``opening``: the party's first at this table.
    """

    id: str
    name: str
    by: str | None
    to: tuple[str, ...]
    date: str | None
    source: str
    choices: Mapping[str, str]
    said: tuple[str, ...]
    opening: bool
    reply: Reply | None
    note: str | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class Bound:
    """A condition on a computed outcome: below or above a value."""

    outcome: str
    sense: Literal["below", "above"]
    value: float


@dataclass(frozen=True)
class RedLine:
    """Combinations that a party refuses whatever it gets for them, if the line is real.

    A package crosses the line when for every issue of ``forbids`` it holds one of the options
    named, and every bound on an outcome is met. ``real`` is the probability that the line is no
    bluff. ``holder`` is the party, or the member of its coalition, that would refuse.
    """

    id: str
    name: str
    party: str
    holder: str
    forbids: Mapping[str, tuple[str, ...]]
    bounds: tuple[Bound, ...]
    real: Estimate
    source: str | None
    note: str | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class Together:
    """What a combination of options adds to (or takes from) the points of its issues."""

    id: str
    when: Mapping[str, tuple[str, ...]]
    points: Estimate


@dataclass(frozen=True)
class Curve:
    """What a computed outcome is worth: swing points, and value 0 to 1 by outcome."""

    outcome: str
    weight: Estimate
    at: tuple[float, ...]
    value: tuple[float, ...]
    unit: str
    basis: Basis


@dataclass(frozen=True)
class Weights:
    """Swing points by issue (``swing``), an order of importance (``order``), or nothing (``any``).

    ``order`` is a list of groups, the most important first; issues of one group are not ordered.
    """

    kind: WeightKind
    swing: Mapping[str, Estimate]
    order: tuple[tuple[str, ...], ...]
    basis: Basis


@dataclass(frozen=True)
class Reservation:
    """What a party keeps without a deal: that of a package, plus a margin; or a plain value."""

    package: bool
    value: Estimate | None
    margin: Estimate | None


@dataclass(frozen=True)
class Interests:
    """What one party wants."""

    party: str
    weights: Weights
    values: Mapping[str, Mapping[str, Estimate]]
    together: tuple[Together, ...]
    curves: tuple[Curve, ...]
    reservation: Reservation
    red_lines: tuple[RedLine, ...]


@dataclass(frozen=True)
class Ratification:
    """Who else has to agree. ``demand`` is what the members ask for beyond what the party keeps
    without a deal, from the most to the least favourable, as a share of the party's range."""

    party: str
    body: str
    members: int
    needed: int
    demand: Estimate
    source: str | None
    vetoes: tuple[RedLine, ...]


@dataclass(frozen=True)
class Patience:
    """How fast the future loses worth for each party (per year), and when voters decide."""

    discount: Mapping[str, Estimate]
    elections: tuple[tuple[str, str, str], ...]
    """Party, date, source."""


@dataclass(frozen=True)
class Trust:
    """How likely each party holds it that its counterparts will keep their word, at the start.

    ``mimic`` is how often one who will not does so all the same in a stage.
    """

    start: Mapping[str, Estimate]
    mimic: Estimate


@dataclass(frozen=True)
class Stage:
    """A step of a roadmap: what enters into force, how well breaches show, what it exposes."""

    id: str
    name: str
    choices: Mapping[str, str]
    detection: Estimate
    exposure: Mapping[str, Estimate]
    years: Estimate
    milestone: str | None
    exit: str | None


@dataclass(frozen=True)
class Effect:
    """What one option changes in the world; nothing at all leaves the plan as it stands.

    ``agreement`` is one of the scenario's. Speeds (m/s) are the greatest allowed to interceptors on
    land and at sea, ``number`` is that of all interceptors. ``out_of_reach``: no battery stands
    where it reaches the other's strategic missiles. ``closed_waters`` are patrol areas.
    """

    agreement: str | None = None
    speed_on_land: float | None = None
    speed_at_sea: float | None = None
    number: int | None = None
    out_of_reach: bool = False
    closed_waters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assumed:
    """What a party may take for true: claims of disputed numbers, an early launch, other batteries.

    ``claims`` are claims by quantity id; ``early`` launches at the catalogue's first delay;
    ``batteries`` names the variant whose batteries are expected.
    """

    id: str
    name: str
    claims: Mapping[str, str]
    early: bool
    batteries: str | None


@dataclass(frozen=True)
class Physics:
    """How options become cases of the scenario, and which assumptions each party holds.

    ``defender`` and ``deterrent`` are parties of the scenario: whose defence is bargained over, and
    whose retaliation counts; ``outcomes`` gives each outcome's measure. ``held`` names an
    assumption set for every party at the table.
    """

    variant: str | None
    defender: str
    deterrent: str | None
    towards: str | None
    outcomes: Mapping[str, str]
    effects: Mapping[str, Mapping[str, Effect]]
    assumptions: tuple[Assumed, ...]
    held: Mapping[str, str]


@dataclass(frozen=True)
class Negotiation:
    """Everything that a negotiation file says."""

    id: str
    title: str
    question: str
    author: str
    scenario: str | None
    note: str | None
    draws: int
    seed: int
    parties: tuple[Negotiator, ...]
    issues: tuple[Issue, ...]
    no_deal: Mapping[str, str] | None
    packages: tuple[NamedPackage, ...]
    interests: tuple[Interests, ...]
    ratification: tuple[Ratification, ...]
    patience: Patience | None
    trust: Trust | None
    stages: tuple[Stage, ...]
    file: str
    source_text: str
    physics: Physics | None = None

    @property
    def red_lines(self) -> tuple[RedLine, ...]:
        """Return all red lines, those of ratifiers and hosts included."""
        own = [line for one in self.interests for line in one.red_lines]
        return (*own, *(line for body in self.ratification for line in body.vetoes))

    def issue(self, id: str) -> Issue:
        """Return an issue by id."""
        return next(issue for issue in self.issues if issue.id == id)

    def of(self, party: str) -> Interests:
        """Return the interests of a party."""
        return next(one for one in self.interests if one.party == party)
