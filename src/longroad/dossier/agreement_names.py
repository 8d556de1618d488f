"""Names and words that the parts of the chapter on agreements share."""

from __future__ import annotations

import math
from dataclasses import dataclass

from longroad.base.messages import text
from longroad.dossier.agreement_data import AREA, NONE, PEOPLE, REFUSED, WITHDRAWN, Agreements
from longroad.dossier.naming import threat_names
from longroad.dossier.numbers import clock
from longroad.dossier.reading import Spread
from longroad.study.manifest import Manifest

# Half a percentage point: below it two shares read alike.
LEAST_CHANGE = 0.005
LEAST_SECONDS = 1.0
WARNING = "warning_time"


@dataclass(frozen=True)
class Names:
    """Names by id of one variant's parties, sensors, batteries, missiles, areas, agreements."""

    party: dict[str, str]
    asset: dict[str, str]
    missile: dict[str, str]
    area: dict[str, str]
    agreement: dict[str, str]

    @classmethod
    def of(cls, manifest: Manifest, found: Agreements) -> Names:
        """Return the names as readers see them."""
        variant = found.variant
        spelled = [one.name for one in found.proposals]
        return cls(
            party={party.id: party.name for party in variant.parties},
            asset={
                **{sensor.id: sensor.name for sensor in variant.sensors},
                **{battery.id: battery.name for battery in variant.batteries},
            },
            missile=threat_names(manifest),
            area={area.id: area.name for area in variant.launch_areas},
            agreement={
                one.id: one.name if spelled.count(one.name) == 1 else f"{one.name} {one.id}"
                for one in found.proposals
            },
        )

    def day(self, circumstance: str) -> str:
        """Return a circumstance in words."""
        if circumstance.startswith(WITHDRAWN):
            left = circumstance.removeprefix(WITHDRAWN)
            return text("dossier_agreements.story.withdrawn", party=self.party.get(left, left))
        if circumstance.startswith(REFUSED):
            refuses = circumstance.removeprefix(REFUSED)
            words = self.party.get(refuses, refuses)
            return text("dossier_agreements.story.refused", party=words)
        return text("dossier_agreements.story.as_agreed")

    def way(self, path: str) -> str:
        """Return by which way data came, in names; what has no name keeps its id."""
        known = {**self.asset, **self.party}
        ways = [[known.get(id, id) for id in one.split(" > ")] for one in path.split(" + ")]
        return "; ".join(" > ".join(way) for way in ways) if path else text("dossier.format.none")


@dataclass(frozen=True)
class Verdict:
    """What an arrangement changes against having none: a kind, and the words for it."""

    kind: str
    words: str


def verdict(
    found: Agreements, names: Names, agreement: str, party: str, missile: str
) -> Verdict | None:
    """Return what an arrangement changes for a party; None where there is nothing to compare.

    *lower* when area or people engageable are less than without, by half a point or more, even
    where the other is more; the figures beside it say which. Where the engageable share of
    another missile goes another way, the words say so.
    """
    if agreement == NONE:
        return Verdict("base", text("dossier_agreements.verdict.base"))
    made = _against(found, agreement, party, missile)
    if made is None:
        return None
    others = []
    for other in found.missiles(party):
        now, before = (found.get(id, party, other, AREA) for id in (agreement, NONE))
        if other != missile and now is not None and before is not None:
            others.append((now.best - before.best, other))
    sign = {"higher": 1.0, "lower": -1.0}.get(made.kind, 0.0)
    turned = [one for one in others if abs(one[0]) >= LEAST_CHANGE and one[0] * sign <= 0.0]
    if not turned:
        return made
    change, other = max(turned, key=lambda one: abs(one[0]))
    words = text(
        "dossier_agreements.verdict.against", words=made.words, points=points(change),
        missile=names.missile[other],
    )  # fmt: skip
    return Verdict(made.kind, words)


def _against(found: Agreements, agreement: str, party: str, missile: str) -> Verdict | None:
    """Return what an arrangement changes against one missile."""
    changes = []
    for outcome in (AREA, PEOPLE):
        now, before = (found.get(id, party, missile, outcome) for id in (agreement, NONE))
        if now is not None and before is not None:
            changes.append(now.best - before.best)
    if not changes:
        return None
    worst = min(changes)
    if worst <= -LEAST_CHANGE:
        shown = changes[0] if changes[0] <= -LEAST_CHANGE else worst
        return Verdict("lower", text("dossier_agreements.verdict.lower", points=points(shown)))
    if max(changes) >= LEAST_CHANGE:
        gained = points(changes[0]).removeprefix("+")
        return Verdict("higher", text("dossier_agreements.verdict.higher", points=gained))
    return _warned(found, agreement, party, missile)


def _warned(found: Agreements, agreement: str, party: str, missile: str) -> Verdict:
    now, before = (found.get(id, party, missile, WARNING) for id in (agreement, NONE))
    if now is not None and before is not None and abs(now.best - before.best) >= LEAST_SECONDS:
        time = clock(abs(now.best - before.best))
        if now.best < before.best:
            return Verdict("earlier", text("dossier_agreements.verdict.earlier", time=time))
        return Verdict("later", text("dossier_agreements.verdict.later", time=time))
    return Verdict("same", text("dossier_agreements.verdict.same"))


def points(change: float) -> str:
    """Return a change of a share in percentage points with its sign."""
    rounded = round(100.0 * change)
    return f"{rounded:+d}".replace("-", "\N{MINUS SIGN}") if rounded else "0"


def timed(spread: Spread | None) -> str | None:
    """Return a time as minutes and seconds, or None where it does not exist."""
    return clock(spread.best) if spread is not None and math.isfinite(spread.best) else None
