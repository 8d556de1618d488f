"""What a run says to a claim about reach, pair by pair, under every reading that changes it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.messages import text
from longroad.scenario import Claim, ReachMeasure, Scenario
from longroad.study import manifest
from longroad.study.columns import BEST_ROW
from longroad.study.plan import Plan
from longroad.study.reach_ensemble import (
    PAIR_FRACTION,
    ReachEnsemble,
    Timing,
    least_of,
    timings,
)
from longroad.study.reach_plan import ANY, ReachJob
from longroad.study.reach_planner import sites_of
from longroad.study.readings import ADOPTED

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
KM_S = 1e-3
# Pairs that a sentence names; the finding itself lists all.
NAMED = 4


@dataclass(frozen=True)
class Case:
    """A claim's measure under one reading, over the pairs it is about (P) and all rows (R).

    ``least_m_s`` (R, P) over the sites; ``reached`` (R, P) whether one of them has the speed.
    """

    pairs: tuple[tuple[str, str, str, str], ...]
    flown: Flags
    least_m_s: Array
    reached: Flags

    def values(self, measure: str) -> Array:
        """Return the measure (R), SI: NaN without a flown pair, infinite without a meeting."""
        count = self.flown.sum(axis=1)
        if measure == PAIR_FRACTION:
            with np.errstate(invalid="ignore", divide="ignore"):
                return np.asarray(np.where(count > 0, self.reached.sum(axis=1) / count, np.nan))
        least = least_of(self.least_m_s, self.flown)
        return np.asarray(np.where((count > 0) & np.isnan(least), np.inf, least))


def reach_findings(
    claim: Claim, measure: ReachMeasure, scenario: Scenario, plan: Plan, ensemble: ReachEnsemble
) -> tuple[manifest.Finding, ...]:
    """Return the findings of a claim: as adopted first, then every reading that changes it."""
    jobs = _jobs(measure, scenario, plan)
    found: dict[str, tuple[manifest.FindingWord, Case, Array]] = {}
    for reading, chosen in jobs.items():
        case = _case(measure, plan, ensemble, chosen)
        values = case.values(measure.measure)
        found[reading] = (_word(claim, values), case, values)
    usual = found[ADOPTED][0]
    flips = [reading for reading, (word, _, _) in found.items() if word != usual]
    return tuple(
        _finding(claim, measure, reading, word, case, values, flips if reading == ADOPTED else [])
        for reading, (word, case, values) in found.items()
    )


def _jobs(measure: ReachMeasure, scenario: Scenario, plan: Plan) -> dict[str, list[ReachJob]]:
    """Return, by reading, the jobs that a measure takes together.

    A reading that leaves one of them as it is has no job of its own there: the adopted one stands.
    """
    kind = "battery" if measure.kind == "party" else measure.kind
    sites = sites_of(measure, scenario.variant(measure.variant))
    wanted = [(site, group) for group in measure.trajectories for site in sites]
    about = [
        job
        for job in plan.reach
        if (job.variant, job.kind) == (measure.variant, kind)
        and (job.site, job.trajectories) in wanted
    ]
    usual = {(j.site, j.trajectories): j for j in about if j.assumptions == ADOPTED}
    found = {ADOPTED: [usual[key] for key in wanted]}
    for reading in dict.fromkeys(job.assumptions for job in about):
        own = {(j.site, j.trajectories): j for j in about if j.assumptions == reading}
        chosen = [own.get(key, usual[key]) for key in wanted]
        if any(
            _read(measure, job, plan) != _read(measure, usual[key], plan)
            for key, job in zip(wanted, chosen, strict=True)
        ):
            found[reading] = chosen
    return found


def _read(measure: ReachMeasure, job: ReachJob, plan: Plan) -> tuple[object, ...]:
    """Return what the measure reads of a job."""
    own = measure.measure == PAIR_FRACTION and measure.speed_m_s is None
    return _timing(measure, plan, job).meeting, job.burnout_speed if own else None


def _timing(measure: ReachMeasure, plan: Plan, job: ReachJob) -> Timing:
    return next(t for t in timings(plan, job) if t.delay_s == measure.delay_s)


def _case(measure: ReachMeasure, plan: Plan, ensemble: ReachEnsemble, jobs: list[ReachJob]) -> Case:
    pairs: list[tuple[str, str, str, str]] = []
    flown, least, reached = [], [], []
    for group in measure.trajectories:
        own = [job for job in jobs if job.trajectories == group]
        flights = plan.flights[plan.meetings[own[0].meeting].flights]
        kept = [
            k
            for k, (base, end, _) in enumerate(flights.pairs)
            if (not measure.bases or base in measure.bases)
            and (not measure.ends or end in measure.ends)
        ]
        pairs += [(group, *flights.pairs[k]) for k in kept]
        within = ensemble.pairs(plan, own[0])[:, kept]
        speeds = [ensemble.least(_timing(measure, plan, j), measure.part)[:, kept] for j in own]
        hits = np.zeros(within.shape, dtype=bool)
        for job, speed in zip(own, speeds, strict=True):
            able = ensemble.own_speed(job)
            if measure.speed_m_s is not None:
                able = np.full(len(speed), measure.speed_m_s)
            if able is not None:
                with np.errstate(invalid="ignore"):
                    hits |= speed <= able[:, None]
        flown.append(within)
        least.append(np.fmin.reduce(speeds))
        reached.append(hits & within)
    return Case(
        tuple(pairs),
        np.concatenate(flown, axis=1),
        np.concatenate(least, axis=1),
        np.concatenate(reached, axis=1),
    )


def _word(claim: Claim, values: Array) -> manifest.FindingWord:
    """Return the finding: by the best estimate and both ends of its interval."""
    ends = (float(values[BEST_ROW]), *interval(values[1:]))
    met = [claim.threshold.holds(value) for value in ends if not math.isnan(value)]
    if met and all(met):
        return "holds"
    return "fails" if met and not any(met) else "undecided"


def interval(draws: Array) -> tuple[float, float]:
    """Return the 5 % and 95 % quantiles; infinite values count, NaN do not."""
    known = draws[~np.isnan(draws)]
    if known.size == 0:
        return math.nan, math.nan
    if np.all(np.isfinite(known)):
        low, high = np.quantile(known, [0.05, 0.95])
        return float(low), float(high)
    # Between a number and infinity there is no middle: take a draw on either side.
    low = np.quantile(known, 0.05, method="lower")
    return float(low), float(np.quantile(known, 0.95, method="higher"))


def _finding(
    claim: Claim,
    measure: ReachMeasure,
    reading: str,
    word: manifest.FindingWord,
    case: Case,
    values: Array,
    flips: list[str],
) -> manifest.Finding:
    fraction = measure.measure == PAIR_FRACTION
    scale = 1.0 if fraction else KM_S
    low, high = interval(values[1:])
    agrees, opposes = _parted(claim, measure, case)
    return manifest.Finding(
        finding=word,
        under=reading,
        best=_number(values[BEST_ROW] * scale),
        epistemic_p05=_number(low * scale),
        epistemic_p95=_number(high * scale),
        unit="1" if fraction else "km/s",
        flips_on=", ".join(flips) if flips else None,
        detail=_sentence(measure, agrees, opposes),
        holds_for=agrees,
        fails_for=opposes,
    )


Pairs = tuple[manifest.PairFigure, ...]


def _parted(claim: Claim, measure: ReachMeasure, case: Case) -> tuple[Pairs, Pairs]:
    """Return the flown pairs for which the claim holds, and those for which it fails.

    Of a share of pairs, "at most" is a claim that pairs are out of reach. Least speed first.
    """
    figures: dict[bool, list[manifest.PairFigure]] = {True: [], False: []}
    for k, pair in enumerate(case.pairs):
        if not case.flown[BEST_ROW, k]:
            continue
        least = float(case.least_m_s[BEST_ROW, k])
        if measure.measure == PAIR_FRACTION:
            agrees = bool(case.reached[BEST_ROW, k]) == (claim.threshold.sense == "at_least")
        else:
            agrees = claim.threshold.holds(math.inf if math.isnan(least) else least)
        figures[agrees].append(manifest.PairFigure(*pair, _number(least * KM_S)))

    def ordered(found: list[manifest.PairFigure]) -> Pairs:
        high = math.inf
        return tuple(sorted(found, key=lambda f: high if f.least_km_s is None else f.least_km_s))

    return ordered(figures[True]), ordered(figures[False])


def _sentence(measure: ReachMeasure, agrees: Pairs, opposes: Pairs) -> str:
    when = text("study.finding.own_sensors")
    if measure.delay_s is not None:
        when = text("study.finding.at_delay", delay=f"{measure.delay_s:g}")
    part = "" if measure.part == ANY else text(f"study.finding.{measure.part.replace('-', '_')}")
    total = len(agrees) + len(opposes)
    if total == 0:
        return text("study.finding.no_pair")
    said = text("study.finding.pairs", holds=len(agrees), count=total, when=when, part=part)
    if opposes and agrees:
        named = ", ".join(_pair(figure) for figure in opposes[:NAMED])
        rest = len(opposes) - NAMED
        more = text("study.finding.more", count=rest) if rest > 0 else ""
        said += text("study.finding.fails_for", pairs=named, more=more)
    return said


def _pair(figure: manifest.PairFigure) -> str:
    if figure.least_km_s is None:
        return text("study.finding.pair_never", base=figure.base, end=figure.end)
    least = f"{figure.least_km_s:.2f}"
    return text("study.finding.pair", base=figure.base, end=figure.end, least=least)


def measure_words(measure: ReachMeasure) -> str:
    """Return a measure of reach in words."""
    when = text("study.finding.own_sensors")
    if measure.delay_s is not None:
        when = text("study.finding.at_delay", delay=f"{measure.delay_s:g}")
    speed = ""
    if measure.speed_m_s is not None:
        speed = text("study.finding.at_speed", speed=f"{measure.speed_m_s * KM_S:g}")
    part = "" if measure.part == ANY else text(f"study.finding.{measure.part.replace('-', '_')}")
    narrowed = [
        text(f"study.finding.only_{name}", ids=text("study.finding.and").join(ids))
        for name, ids in (("bases", measure.bases), ("ends", measure.ends))
        if ids
    ]
    return text(
        f"study.finding.{measure.measure}",
        site=text(f"study.finding.site_{measure.kind.replace('-', '_')}", site=measure.site),
        trajectories=text("study.finding.and").join(measure.trajectories),
        when=when,
        part=part,
        speed=speed,
    ) + "".join(narrowed)


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
