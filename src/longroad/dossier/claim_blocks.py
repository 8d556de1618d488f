"""The register of claims: who said what, how it is tested, and what comes of it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from longroad.base.messages import text
from longroad.dossier.assumptions import ADOPTED, assumed_words
from longroad.dossier.bargain_words import ranged
from longroad.dossier.deterrent_words import count
from longroad.dossier.inputs import SourceRef, bibliography
from longroad.dossier.material import Material
from longroad.dossier.naming import threat_names, variant_names
from longroad.dossier.numbers import listed, percent, plain, share
from longroad.dossier.reach_claims import claim_view, pairs_words, question_words
from longroad.dossier.reading import ENGAGEABLE, PEOPLE, REACHABLE, REACHABLE_PEOPLE, Spread
from longroad.earth.countries import country_names
from longroad.study.manifest import Claim, Finding, Manifest


@dataclass(frozen=True)
class FindingBlock:
    """A finding in words."""

    kind: str
    words: str
    value: str | None


@dataclass(frozen=True)
class ClaimBlock:
    """A claim with its claimant, test and findings."""

    text: str
    who: str
    sources: list[SourceRef]
    test: str
    findings: list[FindingBlock]
    same: str | None
    pairs: list[str]
    show: str | None
    note: str | None


def claims(
    material: Material,
    kind: Literal["coverage", "reach", "deterrence", "bargaining"],
    more: Iterable[str] = (),
) -> list[ClaimBlock]:
    """Return the claims of the register about coverage, reach, deterrence or the negotiation.

    ``more`` are sources that other parts of the page cite, as for `bibliography`.
    """
    manifest = material.manifest
    numbers = {cited.source.id: cited.number for cited in bibliography(manifest, more)}
    return [_claim(material, claim, numbers) for claim in manifest.claims if claim.kind == kind]


def _claim(material: Material, claim: Claim, numbers: dict[str, int]) -> ClaimBlock:
    manifest = material.manifest
    measure = _measure_words(manifest, claim.measure)
    if claim.kind == "reach":
        measure = question_words(material, claim) or claim.measure
    if claim.kind in ("bargaining", "deterrence"):
        measure = claim.measure
    view = claim_view(material, claim) if claim.kind == "reach" else None
    test = text(
        "dossier.claims.test",
        measure=measure,
        threshold=_threshold_words(claim.threshold),
    )
    if claim.variant is not None and claim.kind != "bargaining":
        name = variant_names(manifest).get(claim.variant, claim.variant)
        test = f"{test}, {text('dossier.claims.in_variant', variant=name)}"
    usual = [finding for finding in claim.findings if finding.under == ADOPTED]
    others = [finding for finding in claim.findings if finding.under != ADOPTED]
    word = usual[0].finding if usual else None
    changed = [finding for finding in others if finding.finding != word]
    same = len(others) - len(changed)
    return ClaimBlock(
        text=claim.text,
        who=claim.claimant if claim.date is None else f"{claim.claimant}, {claim.date}",
        sources=[SourceRef(numbers[id], id) for id in claim.sources],
        test=f"{test}.",
        findings=[_finding(manifest, finding, claim.kind) for finding in (*usual, *changed)],
        same=text("dossier.claims.same", count=same) if usual and same else None,
        pairs=pairs_words(material, claim) if claim.kind == "reach" else [],
        show=None if view is None else f"#{view.fragment()}",
        note=_note(claim),
    )


def _with_ends(finding: Finding) -> str:
    """Return a figure with its interval and unit."""
    best, low, high = (
        text("dossier_bargain.claims.no_end")
        if value is None
        else f"{value:.2g}"
        if abs(value) < 100.0
        else plain(round(value))
        for value in (finding.best, finding.epistemic_p05, finding.epistemic_p95)
    )
    return text("dossier_bargain.claims.value", best=best, low=low, high=high, unit=finding.unit)


def _note(claim: Claim) -> str | None:
    """Return how a claim's words were read, and when."""
    if claim.note is None:
        return None
    if claim.fixed_on is None:
        return claim.note
    return text("dossier.claims.note", date=claim.fixed_on, note=claim.note)


def _measure_words(manifest: Manifest, measure: str) -> str:
    """Return a measure such as ``engageable_area_fraction/mrbm, nato [POL]`` in words."""
    outcome, _, about = measure.partition(", ")
    kind, _, missile = outcome.partition("/")
    words = {
        ENGAGEABLE: text("dossier.claims.engageable_area"),
        PEOPLE: text("dossier.claims.engageable_people"),
        REACHABLE: text("dossier.claims.reachable_area"),
        REACHABLE_PEOPLE: text("dossier.claims.reachable_people"),
    }.get(kind, kind)
    name = threat_names(manifest).get(missile, missile)
    if missile:
        words = text("dossier.claims.measure", words=words, missile=name)
    party, _, places = about.partition(" [")
    names = country_names()
    where = [names.get(iso, iso) for iso in places.rstrip("]").split(", ") if iso]
    if not where and party:
        where = [next((p.name for p in manifest.parties if p.id == party), party)]
    return f"{words} ({listed(where)})" if where else words


def _threshold_words(threshold: str) -> str:
    """Return ``>= 0.95`` as ``at least 95%``; other words as they are."""
    sign, _, number = threshold.partition(" ")
    key = {">=": "least", "<=": "most"}.get(sign)
    try:
        value = percent(float(number))
    except ValueError:
        value = number
    if key == "least":
        return text("dossier.claims.at_least", value=value)
    return text("dossier.claims.at_most", value=value) if key == "most" else threshold


def _held_words(manifest: Manifest, finding: Finding) -> str | None:
    """Return a set that a party holds as the end of a sentence; None for other readings."""
    holder, _, mode = (finding.detail or "").rpartition(", ")
    if mode not in ("stated", "attributed"):
        return None
    names = {one.id: one.name for variant in manifest.variants for one in variant.parties}
    by = listed([names.get(one, one) for one in holder.split(", ")])
    return text(f"dossier.claims.under_{mode}", holder=by, name=finding.under)


def _warheads(spread: Spread) -> str:
    """Return a number of warheads with its interval, where the draws differ."""
    ends = (spread.epistemic_p05, spread.epistemic_p95)
    best = text("dossier.claims.warheads", count=count(spread.best))
    if None in ends or ends[0] == ends[1]:
        return best
    low, high = (count(end) for end in ends if end is not None)
    return text("dossier.claims.warheads_spread", best=best, low=low, high=high)


def _finding(manifest: Manifest, finding: Finding, kind: str = "coverage") -> FindingBlock:
    if kind == "bargaining":
        under = text("dossier_bargain.claims.own")
        if finding.under != ADOPTED:
            name = finding.under.removeprefix(text("study.finding.all_hold", name=""))
            under = text("dossier_bargain.claims.all_hold", name=name)
    else:
        under = _held_words(manifest, finding) or assumed_words(manifest, finding.under)
    words = {
        "holds": text("dossier.claims.holds", under=under),
        "fails": text("dossier.claims.fails", under=under),
        "undecided": text("dossier.claims.undecided", under=under),
    }[finding.finding]
    value = None
    if finding.best is not None:
        spread = Spread(finding.best, finding.epistemic_p05, finding.epistemic_p95)
        signed = min(v for v in (finding.best, finding.epistemic_p05 or 0.0)) < 0.0
        if finding.unit == "1" and kind == "bargaining" and signed:
            ends = finding.epistemic_p05, finding.epistemic_p95
            gain = ranged(finding.best, *(math.nan if end is None else end for end in ends))
            value = text("dossier_bargain.claims.gain", gain=gain)
        elif finding.unit == "1":
            value = share(spread)
        elif kind == "bargaining":
            value = _with_ends(finding)
        elif finding.unit == "warheads":
            value = _warheads(spread)
        else:
            value = f"{plain(finding.best)} {finding.unit}"
    return FindingBlock(finding.finding, words, value)
