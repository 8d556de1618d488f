"""The answer in a few sentences, made from the outcomes; every figure with its interval."""

from __future__ import annotations

from dataclasses import dataclass

from longroad.base.messages import text
from longroad.dossier.assumptions import Reading, claim_value, claimant, thing_words
from longroad.dossier.naming import headline, threat_names, variant_name
from longroad.dossier.numbers import listed, share
from longroad.dossier.reading import ENGAGEABLE, Outcomes, Series
from longroad.study.manifest import Manifest, Threat, Variant

LEAST_SWING = 0.05


@dataclass(frozen=True)
class Swing:
    """The rival claim that moves a headline figure most."""

    reading: Reading
    threat: str
    adopted: Series
    rival: Series


@dataclass(frozen=True)
class Answer:
    """Sentences for the first screen: the finding, what else, and what would change it."""

    lead: str
    others: str | None
    swing: str


def figures(
    outcomes: Outcomes, manifest: Manifest, party: str, measure: str = ENGAGEABLE
) -> dict[tuple[str, str], Series]:
    """Return one measure by (variant, missile class), where the run has it."""
    found = {}
    for variant in manifest.variants:
        for threat in variant.threats:
            series = outcomes.get(variant.id, party, f"{measure}/{threat.id}")
            if series is not None and series.best == series.best:
                found[variant.id, threat.id] = series
    return found


def largest_swing(outcomes: Outcomes, manifest: Manifest, party: str) -> Swing | None:
    """Return the claim that moves a best estimate of the variant told first most, if any does."""
    last = headline(manifest)
    best: Swing | None = None
    for assumptions in outcomes.other_assumptions():
        reading = Reading.parse(assumptions)
        if reading.thing is None:
            continue
        for threat in last.threats:
            name = f"{ENGAGEABLE}/{threat.id}"
            adopted = outcomes.get(last.id, party, name)
            other = outcomes.get(last.id, party, name, assumptions)
            if adopted is None or other is None:
                continue
            swing = Swing(reading, threat.id, adopted, other)
            size = abs(other.best - adopted.best)
            if best is None or size > abs(best.rival.best - best.adopted.best):
                best = swing
    return best


def most_demanding(manifest: Manifest, found: dict[tuple[str, str], Series]) -> Threat | None:
    """Return the class with the smallest figure in the variant told first (else the longest)."""
    last = headline(manifest)
    known = [threat for threat in last.threats if (last.id, threat.id) in found]
    if not known:
        return None
    return min(known, key=lambda t: (found[last.id, t.id].best, -t.range_km))


def answer(outcomes: Outcomes, manifest: Manifest, party: str) -> Answer:
    """Return the answer for one party."""
    found = figures(outcomes, manifest, party)
    names = threat_names(manifest)
    first, last = manifest.variants[0], headline(manifest)
    hardest = most_demanding(manifest, found)
    if hardest is None:
        return Answer(text("dossier.answer.nothing"), None, text("dossier.answer.no_rivals"))
    now = found[last.id, hardest.id]
    before = found.get((first.id, hardest.id)) if first.id != last.id else None
    key = "dossier.answer.lead_one" if before is None else "dossier.answer.lead"
    values = {
        "last": variant_name(last),
        "first": variant_name(first),
        "share": share(now.spread),
        "share_before": share(before.spread) if before else "",
        "missile": names[hardest.id],
    }
    if len(last.threats) > 1:
        key += "_of_several"
    lead = {
        "dossier.answer.lead": text("dossier.answer.lead", **values),
        "dossier.answer.lead_one": text("dossier.answer.lead_one", **values),
        "dossier.answer.lead_of_several": text("dossier.answer.lead_of_several", **values),
        "dossier.answer.lead_one_of_several": text("dossier.answer.lead_one_of_several", **values),
    }[key]
    rest = [
        text("dossier.answer.other", share=share(found[last.id, t.id].spread), missile=names[t.id])
        for t in last.threats
        if t.id != hardest.id and (last.id, t.id) in found
    ]
    others = None
    if rest:
        others = text("dossier.answer.others", last=variant_name(last), list=listed(rest))
    return Answer(lead, others, _swing_sentence(outcomes, manifest, party, names, last))


def _swing_sentence(
    outcomes: Outcomes, manifest: Manifest, party: str, names: dict[str, str], last: Variant
) -> str:
    swing = largest_swing(outcomes, manifest, party)
    if swing is None:
        return text("dossier.answer.no_rivals")
    if abs(swing.rival.best - swing.adopted.best) < LEAST_SWING:
        return text(
            "dossier.answer.no_swing", points=round(100 * LEAST_SWING), last=variant_name(last)
        )
    return text(
        "dossier.answer.swing",
        quantity=thing_words(manifest, swing.reading.thing or ""),
        claimant=claimant(manifest, swing.reading),
        value=claim_value(manifest, swing.reading),
        missile=names[swing.threat],
        last=variant_name(last),
        adopted=share(swing.adopted.spread),
        rival=share(swing.rival.spread),
    )
