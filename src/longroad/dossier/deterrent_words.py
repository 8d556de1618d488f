"""Names and words that the parts of the chapter on deterrents share."""

from __future__ import annotations

from dataclasses import dataclass, field

from longroad.base.messages import text
from longroad.dossier.assumptions import ADOPTED, Reading, claim_value, claimant, thing_words
from longroad.dossier.deterrent_data import LEAST, Case, Deterrent, Row
from longroad.dossier.limits_data import LimitPoint
from longroad.dossier.naming import variant_names
from longroad.dossier.numbers import listed, percent, share
from longroad.dossier.reading import Spread
from longroad.earth.countries import country_names
from longroad.study.manifest import Manifest


@dataclass(frozen=True)
class Names:
    """Names by id of parties, variants and seas; countries by their code."""

    manifest: Manifest
    party: dict[str, str]
    variant: dict[str, str]
    sea: dict[str, str]
    base: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, manifest: Manifest, found: Deterrent) -> Names:
        """Return the names as readers see them."""
        parties = {one.id: one.name for variant in manifest.variants for one in variant.parties}
        parties |= {one.id: one.name for one in found.variant.parties}
        seas = {one.id: one.name for one in found.variant.patrol_areas}
        ends = (one for variant in manifest.variants for group in variant.trajectories
                for one in group.bases)  # fmt: skip
        bases = {one.id: one.name for one in ends}
        return cls(manifest, parties, variant_names(manifest), seas, bases)

    def called(self, party: str) -> str:
        """Return a party's name, or its id where it has none."""
        return self.party.get(party, party)

    def towards(self, country: str) -> str:
        """Return a country's name, or its code."""
        return country_names().get(country, country)

    def limits(self, point: LimitPoint, party: str) -> str:
        """Return a set of limits with the names of seas in place of their ids."""
        words = point.words
        start = f"{party}: "
        if party:
            words = words.replace(start, "")
        for id, name in self.sea.items():
            words = words.replace(f" in {id}", f" in {name}")
        return words


def launch(case: Case) -> str:
    """Return when a defence launches, in words."""
    if case.delay_s is None:
        return text("dossier_deterrent.launch.sensors")
    return text("dossier_deterrent.launch.delay", delay=f"{case.delay_s:g}")


def reading(names: Names, assumptions: str) -> str:
    """Return a set of assumptions in words: the quantity, who holds it, and its value."""
    if assumptions == ADOPTED:
        return text("dossier_deterrent.reading.adopted")
    parsed = Reading.parse(assumptions)
    if parsed.thing is None:
        return text("dossier_deterrent.reading.own", name=parsed.claim)
    return text(
        "dossier_deterrent.reading.claim",
        thing=thing_words(names.manifest, parsed.thing),
        claimant=claimant(names.manifest, parsed),
        value=claim_value(names.manifest, parsed),
    )


def holder(names: Names, assumptions: str) -> str:
    """Return who holds a set of assumptions."""
    if assumptions == ADOPTED:
        return text("dossier_deterrent.holder.adopted")
    parsed = Reading.parse(assumptions)
    return claimant(names.manifest, parsed) if parsed.thing else parsed.claim


def set_words(found: Deterrent, names: Names, case: Case) -> str:
    """Return what a set of assumptions is, and whose: a party's own, or an extreme."""
    row = next(iter(found.rows[case].values()))
    holders = listed([names.called(one) for one in row.holder.split(", ")])
    if row.mode == "extreme":
        side = "owner" if case.assumptions.startswith("owner") else "defender"
        return text(f"dossier_deterrent.sets.{side}_extreme", holder=holders)
    return text(f"dossier_deterrent.sets.{row.mode}", holder=holders, name=case.assumptions)


def posture(id: str) -> str:
    """Return a posture in words."""
    return text(f"dossier_deterrent.posture.{id}")


def count(value: float) -> str:
    """Return a number of warheads: whole, one digit below ten; 0 only where there are none."""
    if 0.0 < value < 0.05:
        return text("dossier_deterrent.format.under", value="0.1")
    return f"{value:,.0f}" if value >= 9.95 or value == 0.0 else f"{value:.1f}"


def taken(row: Row) -> str:
    """Return how many a defence takes, with the interval over the draws where they differ."""
    if row.lost_p95 <= row.lost_p05:
        return count(row.lost)
    return text(
        "dossier_deterrent.format.spread", best=count(row.lost), low=count(row.lost_p05),
        high=count(row.lost_p95),
    )  # fmt: skip


def taken_share(row: Row) -> str:
    """Return the share that a defence takes, with its interval."""
    spread = Spread(row.lost_fraction, row.lost_fraction_p05, row.lost_fraction_p95)
    return share(spread) if row.lost_fraction_p95 > row.lost_fraction_p05 else percent(spread.best)


def none(value: float) -> bool:
    """Return whether a share is told as none."""
    return value < LEAST
