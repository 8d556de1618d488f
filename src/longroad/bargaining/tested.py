"""The figures that test claims about a negotiation, under each reading of the physics.

A reading says what each party takes for true: each its own set, as the file has it, or all one set.
A share of value assignments has no interval over what is not known, since it is taken over it; its
interval is over regions of weights instead: the assignments in which one weight is in its lower or
its upper half, weight by weight (5th to 95th percentile of the shares in all these halves). What
holds at both ends holds in at least 90 % of the regions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from longroad.bargaining.acceptance import acceptance, share
from longroad.bargaining.assign import Assignments, assignments, package_rows
from longroad.bargaining.delay import delays
from longroad.bargaining.durations import YEAR_DAYS, durations
from longroad.bargaining.lines import Line, mask_of
from longroad.bargaining.physics import PhysicsBlock
from longroad.bargaining.problem import Bools, Floats, Ints
from longroad.bargaining.regions import ENDS, ends_of, regions
from longroad.bargaining.zone import zone
from longroad.scenario.claim import BargainMeasure, Sense
from longroad.scenario.negotiation import Estimate, NamedPackage, Negotiation, RedLine

YEAR_S = YEAR_DAYS * 86_400.0
MOST_FOR_YEARS = 256
"""Assignments over which years are taken: each asks for a frontier of its own."""
MOST_FOR_SCREEN = 256
"""Assignments by which it is seen whether a set held by all changes what frontiers say at all."""


@dataclass(frozen=True)
class Part:
    """What the figure was chosen from: one package's, party's or pair's own, SI."""

    name: str
    best: float
    low: float
    high: float


@dataclass(frozen=True)
class Figure:
    """A measure under one reading, SI: best, interval, sampling error of a share (None: no share).

    ``own``: each party holds its own assumptions; else all hold the set ``reading``.
    """

    reading: str
    own: bool
    best: float
    low: float
    high: float
    mc_se: float | None
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Reading:
    """Value assignments under one reading of the physics, and that of the best estimates."""

    name: str
    own: bool
    sampled: Assignments
    best: Assignments


@dataclass
class Register:
    """A negotiation whose claims are tested; readings are made once and used for every claim."""

    negotiation: Negotiation
    block: PhysicsBlock | None = None
    draws: int | None = None
    seed: int | None = None
    workers: int | None = None
    _readings: list[Reading] = field(default_factory=list)
    _screen: Register | None = None

    def readings(self) -> Iterator[Reading]:
        """Yield each party's own assumptions first, then every set held by all alike."""
        blocks: list[tuple[str, bool, PhysicsBlock | None]] = [("own", True, self.block)]
        if self.block is not None:
            parties = [party.id for party in self.negotiation.parties]
            for name in self.block.assumptions:
                held = self.block.holding(dict.fromkeys(parties, name))
                if dict(held.held) != dict(self.block.held):
                    blocks.append((name, False, held))
        for k, (name, own, block) in enumerate(blocks):
            if k == len(self._readings):
                sampled, best = (
                    assignments(self.negotiation, draws=n, seed=self.seed, block=block)
                    for n in (self.draws, 0)
                )
                self._readings.append(Reading(name, own, sampled, best))
            yield self._readings[k]

    def figures(self, measure: BargainMeasure, sense: Sense) -> tuple[Figure, ...]:
        """Return a measure: as held, then under every reading that changes it.

        ``sense`` says which of several packages or parties is hardest for the claim: the greatest
        against a bound from above, the least against one from below.
        """
        if measure.measure == "years_recorded":
            return (_recorded(measure),)
        make = _MAKERS[measure.measure]
        usual, *others = self.readings()
        if measure.measure in _BY_FRONTIERS:
            others = self._changing(others, measure, sense)
        found = [make(self, one, measure, sense) for one in (usual, *others)]
        first = _numbers(found[0])
        return (found[0], *(one for one in found[1:] if _numbers(one) != first))

    def _changing(
        self, others: Sequence[Reading], measure: BargainMeasure, sense: Sense
    ) -> list[Reading]:
        """Return the readings that change a measure over a few assignments, the same for each."""
        if not others or others[0].sampled.draws <= MOST_FOR_SCREEN:
            return list(others)
        if self._screen is None:
            self._screen = replace(self, draws=MOST_FOR_SCREEN, _readings=[], _screen=None)
        make = _MAKERS[measure.measure]
        few = [make(self._screen, one, measure, sense) for one in self._screen.readings()]
        names = {one.reading for one in few[1:] if _numbers(one) != _numbers(few[0])}
        return [one for one in others if one.name in names]


def _numbers(one: Figure) -> tuple[float, ...]:
    """Return the numbers as a reader sees them: a change that nobody can see is none."""
    return tuple(float(f"{n:.3g}") for n in (one.best, one.low, one.high))


def _recorded(measure: BargainMeasure) -> Figure:
    cases = [one for one in durations() if measure.kind in (None, one.kind)]
    years = np.array([one.years for one in cases]) * YEAR_S
    parts = tuple(Part(c.case, y, y, y) for c, y in zip(cases, map(float, years), strict=True))
    return Figure(
        "own", True, float(np.median(years)), float(years.min()), float(years.max()), None, parts
    )


def _accepted(
    register: Register, reading: Reading, measure: BargainMeasure, sense: Sense
) -> Figure:
    rows, packages = _rows(register.negotiation, measure)
    sampled = reading.sampled
    found = acceptance(sampled, rows)
    held = found.ratifies if measure.ratified else found.signs
    place = {party: p for p, party in enumerate(sampled.parties)}
    answers = {
        f"{one.id} {party}": (held[:, k, place[party]], [place[party]])
        for k, one in enumerate(packages)
        for party in _asked(one, measure, sampled.parties)
    }
    return _share(reading, answers, sense)


def _exists(register: Register, reading: Reading, measure: BargainMeasure, sense: Sense) -> Figure:
    narrowed = replace(
        reading.sampled,
        lines=(*reading.sampled.lines, *_only(register.negotiation, measure, reading.sampled)),
    )
    found = zone(narrowed, ratified=measure.ratified, workers=register.workers)
    everybody = range(len(narrowed.parties))
    return _share(reading, {"": (found.exists, everybody)}, sense)


def _only(negotiation: Negotiation, measure: BargainMeasure, sampled: Assignments) -> list[Line]:
    """Return lines, real everywhere, that leave only the options a measure names."""
    number = {issue.id: i for i, issue in enumerate(negotiation.issues)}
    sure = np.ones(sampled.draws, dtype=np.bool_)
    made = []
    for issue, options in measure.choices.items():
        scope, fine = mask_of({issue: options}, number, negotiation.issues)
        made.append(Line(_NAMED, 0, False, scope, ~fine, sure))
    return made


def _gain(register: Register, reading: Reading, measure: BargainMeasure, sense: Sense) -> Figure:
    if measure.packages:
        rows, packages = _rows(register.negotiation, measure)
        by_draw = {
            f"{one.id} {party}": values
            for k, one in enumerate(packages)
            for party, values in _gains_of(reading, rows[k], one, measure).items()
        }
    else:
        nash = [zone(one, workers=register.workers).nash for one in (reading.best, reading.sampled)]
        values = np.concatenate(nash)
        parties = reading.sampled.parties
        by_draw = {
            party: values[:, p]
            for p, party in enumerate(parties)
            if party in (measure.parties or parties)
        }
    return _drawn(reading, by_draw, measure, _hardest(by_draw, sense))


def _gains_of(
    reading: Reading, row: Ints, package: NamedPackage, measure: BargainMeasure
) -> dict[str, Floats]:
    """Return gains by party asked, the best estimate before the draws."""
    parts = [acceptance(one, row[None]).gains[:, 0] for one in (reading.best, reading.sampled)]
    gains = np.concatenate(parts)
    parties = reading.sampled.parties
    return {p: gains[:, parties.index(p)] for p in _asked(package, measure, parties)}


def _years(register: Register, reading: Reading, measure: BargainMeasure, sense: Sense) -> Figure:
    del sense  # all have to settle, so the slowest pair counts
    most = min(reading.sampled.draws, MOST_FOR_YEARS)
    first = delays(reading.best, range(1))
    pairs = zip(first, delays(reading.sampled, range(most)), strict=True)
    wanted = measure.parties or reading.sampled.parties
    by_draw = {
        " ".join(best.parties): _never(np.concatenate([best.years, drawn.years])) * YEAR_S
        for best, drawn in pairs
        if set(best.parties) <= set(wanted)
    }
    if not by_draw:
        nothing = np.full(2, np.nan)
        return _drawn(reading, {"": nothing}, measure, nothing)
    return _drawn(reading, by_draw, measure, np.max(list(by_draw.values()), axis=0))


def _never(years: Floats) -> Floats:
    """Return years, without end where there is no package that all accept."""
    return np.where(np.isnan(years), np.inf, years)


_MAKERS: dict[str, Callable[[Register, Reading, BargainMeasure, Sense], Figure]] = {
    "package_accepted_fraction": _accepted,
    "agreement_exists_fraction": _exists,
    "gain_fraction": _gain,
    "years_to_agreement": _years,
}
_BY_FRONTIERS = ("agreement_exists_fraction", "gain_fraction")


def _rows(negotiation: Negotiation, measure: BargainMeasure) -> tuple[Ints, list[NamedPackage]]:
    by_id = {one.id: one for one in negotiation.packages}
    packages = [by_id[id] for id in measure.packages]
    return package_rows(negotiation, [one.choices for one in packages]), packages


def _asked(one: NamedPackage, measure: BargainMeasure, parties: Sequence[str]) -> list[str]:
    """Return the parties whose answer to a package counts: those asked, or all at the table."""
    to = [party for party in one.to if party != one.by] or [p for p in parties if p != one.by]
    return [party for party in to if party in (measure.parties or parties)]


def _hardest(by_name: dict[str, Floats], sense: Sense) -> Floats:
    values = np.array(list(by_name.values()))
    return np.asarray(values.max(axis=0) if sense == "at_most" else values.min(axis=0))


def _share(
    reading: Reading, answers: Mapping[str, tuple[Bools, Sequence[int]]], sense: Sense
) -> Figure:
    """Return a share from where something holds, and whose weights it depends on."""
    parts, errors = [], {}
    for name, (held, parties) in answers.items():
        low, high = ends_of(held, regions(reading.sampled, reading.sampled.draws, parties))
        one = share(held)
        errors[name] = one.mc_se
        parts.append(Part(name, one.share, low, high))
    if not parts:
        return Figure(reading.name, reading.own, math.nan, math.nan, math.nan, None, ())
    pick = max if sense == "at_most" else min
    chosen = pick(parts, key=lambda part: part.best)
    # The end that the bound is tested at is the hardest over all parts.
    low, high = (pick(getattr(part, end) for part in parts) for end in ("low", "high"))
    return Figure(
        reading.name, reading.own, chosen.best, low, high, errors[chosen.name], tuple(parts)
    )


def _drawn(
    reading: Reading, by_draw: dict[str, Floats], measure: BargainMeasure, values: Floats
) -> Figure:
    """Return a figure of values by draw, the best estimate first."""
    parts = tuple(Part(name, *_summed(reading, drawn, measure)) for name, drawn in by_draw.items())
    return Figure(reading.name, reading.own, *_summed(reading, values, measure), None, parts)


def _summed(
    reading: Reading, values: Floats, measure: BargainMeasure
) -> tuple[float, float, float]:
    best, drawn = float(values[0]), values[1:]
    if measure.percentile is None:
        low, high = (_percentile(drawn, end) for end in ENDS)
        return best, low, high
    chosen = regions(reading.sampled, len(drawn), range(len(reading.sampled.parties)))
    whole = _percentile(drawn, measure.percentile)
    found = np.array([_percentile(drawn[one], measure.percentile) for one in chosen] or [whole])
    return whole, _percentile(found, ENDS[0]), _percentile(found, ENDS[1])


def _percentile(values: Floats, of: float) -> float:
    """Return a percentile; between a number and infinity there is no middle, so a draw's own."""
    known = values[~np.isnan(values)]
    if known.size == 0:
        return math.nan
    if np.all(np.isfinite(known)):
        return float(np.percentile(known, of))
    return float(np.percentile(known, of, method="lower" if of < 50.0 else "higher"))


_NO_BASIS = Estimate(1.0, 1.0, 1.0, False, None)  # type: ignore[arg-type]
_NAMED = RedLine("named", "", "", "", {}, (), _NO_BASIS, None, None, None)  # type: ignore[arg-type]
