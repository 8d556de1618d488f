"""What a run says to each claim of the register: holds, fails, undecided, and what flips it.

The measure and its threshold were fixed with the claim, before the run. A finding is stated for
the adopted reading of the numbers and for every rival claim or party's own assumptions that
changes the measure:

    holds      the best estimate and both ends of the interval meet the threshold
    fails      none of them does
    undecided  otherwise
"""

from __future__ import annotations

from longroad.scenario import Claim, Scenario
from longroad.study import manifest
from longroad.study.ensemble import MEASURES, Ensemble
from longroad.study.plan import CoverageJob, Plan
from longroad.study.readings import ADOPTED
from longroad.study.spread import Spread, spread


def finding_word(claim: Claim, figure: Spread) -> manifest.FindingWord:
    """Return the finding for one figure."""
    values = (figure.best, figure.epistemic_p05, figure.epistemic_p95)
    met = [claim.threshold.holds(value) for value in values if value is not None]
    if met and all(met):
        return "holds"
    return "fails" if met and not any(met) else "undecided"


def claim_records(scenario: Scenario, plan: Plan, ensemble: Ensemble) -> tuple[manifest.Claim, ...]:
    """Return the claims of a scenario with their findings."""
    return tuple(_record(claim, plan, ensemble) for claim in scenario.claims)


def _record(claim: Claim, plan: Plan, ensemble: Ensemble) -> manifest.Claim:
    measure = claim.measure
    figures = {
        job.assumptions: _figure(claim, plan, ensemble, j)
        for j, job in enumerate(plan.coverage)
        if _about(claim, job)
    }
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
    sense = ">=" if claim.threshold.sense == "at_least" else "<="
    return manifest.Claim(
        id=claim.id,
        text=claim.said,
        claimant=claim.who,
        date=claim.date,
        sources=(claim.source,),
        measure=f"{measure.outcome}, {measure.party}{place}",
        threshold=f"{sense} {claim.threshold.value:g}",
        variant=measure.variant,
        findings=findings,
    )


def _about(claim: Claim, job: CoverageJob) -> bool:
    measure = claim.measure
    return (job.variant, job.party, job.threat) == (
        measure.variant,
        measure.party,
        measure.missile,
    )


def _figure(claim: Claim, plan: Plan, ensemble: Ensemble, job: int) -> Spread:
    subset = plan.subsets.index(claim.measure.countries)
    kind = MEASURES.index(claim.measure.measure)
    values = ensemble.measures[job, :, subset, kind]
    return spread(values[0], values[1:])
