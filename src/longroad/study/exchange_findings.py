"""What a run says to a claim about a deterrent, under every reading, set and extreme asked of."""

from __future__ import annotations

from collections.abc import Mapping

from longroad.base.messages import text
from longroad.scenario import Claim, ExchangeMeasure, Variant
from longroad.scenario.claim import EXCHANGE_MEASURES
from longroad.study import manifest
from longroad.study.exchange_extremes import DEFENDER, OWNER
from longroad.study.exchange_rows import ExchangeRow
from longroad.study.readings import ADOPTED

EXTREMES = (OWNER, DEFENDER)


def exchange_record(
    claim: Claim, measure: ExchangeMeasure, rows: tuple[ExchangeRow, ...], variant: Variant
) -> manifest.Claim:
    """Return a claim with its findings: as adopted, or as the claim assumes, first.

    A reading that says of the pair what the adopted one does has no finding of its own. In a set
    that has a launch time of its own, and in an extreme, that time stands for the claim's.
    """
    found: dict[str, ExchangeRow] = {}
    for row in rows:
        if _about(measure, row):
            found.setdefault(row.assumptions, row)
    first = measure.assumptions if measure.assumptions in found else ADOPTED
    order = sorted(found, key=lambda reading: (reading != first, reading != ADOPTED))
    words = {reading: _word(claim, measure, found[reading]) for reading in order}
    flips = [reading for reading in order if words[reading] != words.get(first)]
    sense = ">=" if claim.threshold.sense == "at_least" else "<="
    bound = f"{claim.threshold.value:g}"
    if _unit(measure) != "1":
        bound = text("study.finding.warheads", count=bound)
    return manifest.Claim(
        id=claim.id,
        text=claim.said,
        claimant=claim.who,
        date=claim.date,
        sources=(claim.source,),
        measure=measure_words(measure, {party.id: party.name for party in variant.parties}),
        threshold=f"{sense} {bound}",
        variant=measure.variant,
        findings=tuple(
            _finding(measure, found[reading], words[reading], flips if reading == first else [])
            for reading in order
        ),
        kind="deterrence",
        note=claim.note,
        fixed_on=claim.fixed_on,
    )


def _about(measure: ExchangeMeasure, row: ExchangeRow) -> bool:
    here = (row.variant, row.party, row.owner, row.towards, row.posture)
    wanted = (
        measure.variant, measure.party, measure.owner, measure.towards, measure.posture,
    )  # fmt: skip
    own = row.mode == "extreme" or (row.own_time and row.delay_s is not None)
    asked = own if measure.delay_s is not None else row.mode == "extreme"
    return here == wanted and (row.delay_s == measure.delay_s or asked)


def _figures(
    measure: ExchangeMeasure, row: ExchangeRow
) -> tuple[float, float | None, float | None]:
    """Return best, 5 % and 95 % quantile of a measure; no quantiles where it has none."""
    if measure.measure == "touchable_fraction":
        return row.touchable_fraction, None, None
    if measure.measure == "arriving_warheads":
        by = {one.draws_fraction: one.penetrating for one in row.arrivals}
        return row.penetrating, by[max(by)], by[min(by)]
    figure = row.lost if measure.measure == "warheads_lost" else row.lost_share
    return figure.best, figure.epistemic_p05, figure.epistemic_p95


def _unit(measure: ExchangeMeasure) -> str:
    return "1" if EXCHANGE_MEASURES[measure.measure] == "fraction" else "warheads"


def _word(claim: Claim, measure: ExchangeMeasure, row: ExchangeRow) -> manifest.FindingWord:
    met = [claim.threshold.holds(v) for v in _figures(measure, row) if v is not None]
    if all(met):
        return "holds"
    return "undecided" if any(met) else "fails"


def _finding(
    measure: ExchangeMeasure, row: ExchangeRow, word: manifest.FindingWord, flips: list[str]
) -> manifest.Finding:
    best, low, high = _figures(measure, row)
    if row.mode == "extreme":
        low = high = None  # every number that matters is certain there
    held = text("study.finding.held", holder=row.holder, mode=row.mode) if row.holder else None
    return manifest.Finding(
        finding=word,
        under=row.assumptions,
        best=best,
        epistemic_p05=low,
        epistemic_p95=high,
        unit=_unit(measure),
        flips_on=", ".join(flips) if flips else None,
        detail=held,
    )


def measure_words(measure: ExchangeMeasure, names: Mapping[str, str]) -> str:
    """Return a measure of an exchange in words; ``names`` are those of parties by id."""
    when = text("study.finding.own_sensors")
    if measure.delay_s is not None:
        when = text("study.finding.at_delay", delay=f"{measure.delay_s:g}")
    words = text(
        f"study.finding.{measure.measure}", owner=names[measure.owner], party=names[measure.party],
        towards=measure.towards, posture=text(f"study.finding.posture.{measure.posture}"),
        when=when,
    )  # fmt: skip
    if measure.assumptions != ADOPTED:
        words += text("study.finding.assumed", assumptions=measure.assumptions)
    return words
