"""What a run says to each claim of the register: holds, fails, undecided, and what flips it.

The measure and its threshold were fixed with the claim, before the run. A finding is stated for
the adopted reading of the numbers and for every rival claim or party's own assumptions that
changes the measure:

    holds      the best estimate and both ends of the interval meet the threshold
    fails      none of them does
    undecided  otherwise
"""

from __future__ import annotations

import math

from longroad.base.units import written
from longroad.scenario import (
    Claim,
    ExchangeMeasure,
    Measure,
    ReachMeasure,
    Scenario,
)
from longroad.study import manifest
from longroad.study.agreement_ensemble import AgreementEnsemble
from longroad.study.ensemble import MEASURES, Ensemble
from longroad.study.exchange_findings import exchange_record
from longroad.study.exchange_rows import ExchangeRow
from longroad.study.plan import AGREEMENT_NONE, CoverageJob, Plan
from longroad.study.reach_ensemble import ReachEnsemble
from longroad.study.reach_findings import measure_words, reach_findings
from longroad.study.readings import ADOPTED
from longroad.study.spread import Spread, spread


def finding_word(claim: Claim, figure: Spread) -> manifest.FindingWord:
    """Return the finding for one figure."""
    values = (figure.best, figure.epistemic_p05, figure.epistemic_p95)
    met = [claim.threshold.holds(value) for value in values if value is not None]
    if met and all(met):
        return "holds"
    return "fails" if met and not any(met) else "undecided"


def claim_records(
    scenario: Scenario,
    plan: Plan,
    ensemble: Ensemble,
    reach: ReachEnsemble,
    agreements: AgreementEnsemble,
    strategic: tuple[ExchangeRow, ...] = (),
) -> tuple[manifest.Claim, ...]:
    """Return the claims of a scenario with their findings.

    Claims about the negotiation are answered apart (`bargain_findings`).

    A claim whose measure names an agreement is read under the adopted numbers alone: rival claims
    and parties' own assumptions are not evaluated under agreements.
    """
    found: list[manifest.Claim] = []
    for claim in scenario.claims:
        measure = claim.measure
        if isinstance(measure, ReachMeasure):
            found.append(_reach_record(claim, measure, scenario, plan, reach))
        elif isinstance(measure, ExchangeMeasure):
            found.append(
                exchange_record(claim, measure, strategic, scenario.variant(measure.variant))
            )
        elif isinstance(measure, Measure):
            figures = _figures(measure, plan, ensemble, agreements)
            found.append(_record(claim, measure, figures))
    return tuple(found)


def _reach_record(
    claim: Claim, measure: ReachMeasure, scenario: Scenario, plan: Plan, reach: ReachEnsemble
) -> manifest.Claim:
    sense = ">=" if claim.threshold.sense == "at_least" else "<="
    bound = f"{claim.threshold.value:g}"
    if measure.measure == "least_burnout_speed":
        bound = written(claim.threshold.value, "km/s")
    return manifest.Claim(
        id=claim.id,
        text=claim.said,
        claimant=claim.who,
        date=claim.date,
        sources=(claim.source,),
        measure=measure_words(measure),
        threshold=f"{sense} {bound}",
        variant=measure.variant,
        findings=reach_findings(claim, measure, scenario, plan, reach),
        kind="reach",
        asks=_asked(measure),
        note=claim.note,
        fixed_on=claim.fixed_on,
    )


def _asked(measure: ReachMeasure) -> manifest.ReachQuestion:
    """Return a measure of reach in parts, in display units."""
    place = measure.position
    return manifest.ReachQuestion(
        trajectories=measure.trajectories,
        kind=measure.kind,
        site=measure.site,
        latitude_deg=None if place is None else math.degrees(place.latitude_rad),
        longitude_deg=None if place is None else math.degrees(place.longitude_rad),
        delay_s=measure.delay_s,
        part=measure.part,
        speed_km_s=None if measure.speed_m_s is None else measure.speed_m_s / 1e3,
        bases=measure.bases,
        ends=measure.ends,
    )


def _figures(
    measure: Measure, plan: Plan, ensemble: Ensemble, agreements: AgreementEnsemble
) -> dict[str, Spread]:
    """Return what a claim measures, by reading of the numbers."""
    if measure.agreement != AGREEMENT_NONE:
        drawn = agreements.drawn(measure, plan.subsets.index(measure.countries))
        return {ADOPTED: spread(drawn[0], drawn[1:])} if drawn.size else {}
    return {
        job.assumptions: _figure(measure, plan, ensemble, j)
        for j, job in enumerate(plan.coverage)
        if _about(measure, job)
    }


def _record(claim: Claim, measure: Measure, figures: dict[str, Spread]) -> manifest.Claim:
    words = {reading: finding_word(claim, figure) for reading, figure in figures.items()}
    usual = words.get(ADOPTED)
    flips = [reading for reading, word in words.items() if word != usual]
    findings = tuple(
        manifest.Finding(
            finding=words[reading],
            under=reading,
            best=figure.best,
            epistemic_p05=figure.epistemic_p05,
            epistemic_p95=figure.epistemic_p95,
            unit=figure.unit,
            flips_on=", ".join(flips) if reading == ADOPTED and flips else None,
        )
        for reading, figure in figures.items()
    )
    place = f" [{', '.join(measure.countries)}]" if measure.countries else ""
    under = f", under {measure.agreement}" if measure.agreement != AGREEMENT_NONE else ""
    sense = ">=" if claim.threshold.sense == "at_least" else "<="
    return manifest.Claim(
        id=claim.id,
        text=claim.said,
        claimant=claim.who,
        date=claim.date,
        sources=(claim.source,),
        measure=f"{measure.outcome}, {measure.party}{place}{under}",
        threshold=f"{sense} {claim.threshold.value:g}",
        variant=measure.variant,
        findings=findings,
        note=claim.note,
        fixed_on=claim.fixed_on,
    )


def _about(measure: Measure, job: CoverageJob) -> bool:
    return (job.variant, job.agreement, job.party, job.threat) == (
        measure.variant,
        measure.agreement,
        measure.party,
        measure.missile,
    )


def _figure(measure: Measure, plan: Plan, ensemble: Ensemble, job: int) -> Spread:
    subset = plan.subsets.index(measure.countries)
    kind = MEASURES.index(measure.measure)
    values = ensemble.drawn(job, kind, subset)
    return spread(values[0], values[1:])
