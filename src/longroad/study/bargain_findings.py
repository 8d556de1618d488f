"""What the negotiation beside a scenario says to each claim about it: holds, fails, undecided.

    records = bargaining_records(scenario, negotiation, block, draws=None, seed=None)

A finding holds when the best estimate and both ends of its interval meet the threshold, of a share
its bounds of sampling error too (1.96 standard errors); it fails when none of them does.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from longroad.bargaining.physics import PhysicsBlock
from longroad.bargaining.tested import YEAR_S, Figure, Part, Register
from longroad.base.messages import text
from longroad.base.units import written
from longroad.scenario import BargainMeasure, Claim, Negotiation, Scenario, load_negotiation
from longroad.scenario.claim import Sense
from longroad.study import manifest
from longroad.study.physics_block import physics_block
from longroad.study.readings import ADOPTED

SURE = 1.96
SHOWN = 6


def bargaining_claims(scenario: Scenario) -> tuple[Claim, ...]:
    """Return the claims of a scenario that are about its negotiation."""
    return tuple(one for one in scenario.claims if isinstance(one.measure, BargainMeasure))


def bargaining_records(
    scenario: Scenario,
    negotiation: Negotiation,
    block: PhysicsBlock | None,
    *,
    draws: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
) -> tuple[manifest.Claim, ...]:
    """Return the scenario's claims about its negotiation with their findings, in their order.

    ``block`` brings the outcomes of the physical options; without it only typed values count.
    Findings come first for each party's own assumptions (``adopted``), then for every assumption
    set that, held by all, changes the figure. ``draws`` and ``seed`` are by default the
    negotiation's own. The answer does not depend on ``workers``.
    """
    register = Register(negotiation, block, draws, seed, workers)
    return tuple(_record(claim, register) for claim in bargaining_claims(scenario))


def negotiated_records(
    scenario: Scenario,
    *,
    draws: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> tuple[manifest.Claim, ...]:
    """Return the same for a loaded scenario: negotiation and physics are found beside it."""
    if not bargaining_claims(scenario):
        return ()
    talks = load_negotiation(scenario.file)
    block = physics_block(talks, scenario, workers=workers, progress=progress)
    return bargaining_records(scenario, talks, block, draws=draws, seed=seed, workers=workers)


def _record(claim: Claim, register: Register) -> manifest.Claim:
    measure, threshold = claim.measure, claim.threshold
    assert isinstance(measure, BargainMeasure)
    figures = register.figures(measure, threshold.sense)
    words = [_word(claim, one) for one in figures]
    flips = [_under(one) for one, word in zip(figures, words, strict=True) if word != words[0]]
    years = threshold.unit == "years"
    scale, unit = (1.0 / YEAR_S, "years") if years else (1.0, "1")
    findings = tuple(
        manifest.Finding(
            finding=word,
            under=_under(one),
            best=_number(one.best * scale),
            epistemic_p05=_number(one.low * scale),
            epistemic_p95=_number(one.high * scale),
            unit=unit,
            flips_on=", ".join(flips) if one.own and flips else None,
            detail=_detail(one, scale, unit),
        )
        for one, word in zip(figures, words, strict=True)
    )
    bound = written(threshold.value, "years") if years else f"{threshold.value:g}"
    physics = register.negotiation.physics
    return manifest.Claim(
        id=claim.id,
        text=claim.said,
        claimant=claim.who,
        date=claim.date,
        sources=(claim.source,),
        measure=measure_words(measure, threshold.sense),
        threshold=f"{'>=' if threshold.sense == 'at_least' else '<='} {bound}",
        variant=physics.variant if physics is not None else None,
        findings=findings,
        kind="bargaining",
        note=claim.note,
        fixed_on=claim.fixed_on,
    )


def _under(one: Figure) -> str:
    return ADOPTED if one.own else text("study.finding.all_hold", name=one.reading)


def _word(claim: Claim, one: Figure) -> manifest.FindingWord:
    error = 0.0 if one.mc_se is None or math.isnan(one.mc_se) else SURE * one.mc_se
    values = (one.best, one.best - error, one.best + error, one.low, one.high)
    met = [claim.threshold.holds(value) for value in values if not math.isnan(value)]
    if met and all(met):
        return "holds"
    return "fails" if met and not any(met) else "undecided"


def _detail(one: Figure, scale: float, unit: str) -> str | None:
    """Return the parts that a figure was chosen from, and a share's sampling error."""
    said = []
    named = [part for part in one.parts if part.name]
    if named:
        shown = "; ".join(_part(part, scale, unit) for part in named[:SHOWN])
        rest = len(named) - SHOWN
        said.append(shown + (text("study.finding.more", count=rest) if rest > 0 else ""))
    if one.mc_se is not None and not math.isnan(one.mc_se):
        said.append(text("study.finding.sampling", error=f"{one.mc_se:.3f}"))
    return "; ".join(said) or None


def _part(part: Part, scale: float, unit: str) -> str:
    values = [value * scale for value in (part.best, part.low, part.high)]
    never = text("study.finding.never")
    if unit == "years":
        best, low, high = (f"{v:.2g}" if math.isfinite(v) else never for v in values)
    else:
        best, low, high = (f"{v:.2f}".replace("-0.00", "0.00") for v in values)
    return text("study.finding.part", name=part.name, best=best, low=low, high=high)


def measure_words(measure: BargainMeasure, sense: Sense) -> str:
    """Return a measure of bargaining in words; ``sense`` says which of several counts."""
    join = text("study.finding.and").join
    parts = []
    if measure.packages:
        parts.append(text("study.finding.of_packages", packages=", ".join(measure.packages)))
    elif measure.measure == "gain_fraction":
        parts.append(text("study.finding.at_nash"))
    if measure.measure in ("package_accepted_fraction", "gain_fraction"):
        parts.append(text("study.finding.hardest_" + sense))
    if measure.parties:
        parts.append(text("study.finding.of_parties", parties=join(measure.parties)))
    if measure.choices:
        options = "; ".join(
            f"{issue} {text('study.finding.or').join(names)}"
            for issue, names in measure.choices.items()
        )
        parts.append(text("study.finding.only_options", options=options))
    if measure.ratified:
        parts.append(text("study.finding.ratified"))
    if measure.percentile is not None:
        parts.append(text("study.finding.percentile", percentile=f"{measure.percentile:g}"))
    if measure.kind is not None:
        parts.append(text("study.finding.of_kind", kind=measure.kind))
    return text(f"study.finding.{measure.measure}") + "".join(parts)


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
