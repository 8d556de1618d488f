"""Whose data it was: by which ways a party's knowledge of one arc came, as chains of ids.

Track quality comes of several sensors together. Those named are what is left when every sensor
without which it would come no later is put aside, latest and foreign ones first.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from longroad.agreement import Value
from longroad.agreement.feed import Need
from longroad.flight.arcs import ArcSet
from longroad.scenario import SensorSite
from longroad.sensing.commit import Sensors, Wanted, commits
from longroad.study.agreement_known import NO_CUE, Facts, Sets, first_cue
from longroad.study.agreement_plan import AgreementJob, Case
from longroad.study.agreement_words import STEP

Array = NDArray[np.float64]
TOGETHER = " + "
SAME_S = 1e-6


def path(case: Case, party: str, site: SensorSite, need: Need, value: Value) -> str:
    """Return the soonest way of one sensor's data to a party: sensor, links, party."""
    feed = case.arrangement.information[party].soonest(site, need, value)
    return "" if feed is None else STEP.join((site.id, *(x.id for x in feed.links), party))


class Carriers:
    """What carries a party's knowledge of one arc in one case: ``radars`` see that arc alone."""

    def __init__(
        self, job: AgreementJob, row: Array, case: Case, known: Facts, arc: ArcSet, radars: Sensors
    ) -> None:
        self.job, self.row, self.case = job, row, case
        self.known, self.arc, self.radars = known, arc, radars

    def value(self, number: object) -> float:
        """Return a number of the agreement in this draw."""
        return float(self.row[self.job.columns[number.id]])  # type: ignore[attr-defined]

    def first(self) -> tuple[float, SensorSite | None]:
        """Return when the first track data arrive (s, infinite for never), and of which radar."""
        count = len(self.job.radars)
        if not count:
            return math.inf, None
        alone = np.where(np.eye(count, dtype=bool), self.known.track_s, math.inf)
        sets = [self._at(latency, self.known, np.array([math.inf]), 0.0)[0] for latency in alone]
        radar = int(np.argmin(sets))
        return float(sets[radar]), self.job.radars[radar].site

    def paths(
        self, latency_s: Array, basket_m: float, lead_s: float, time: float, need: Need
    ) -> str:
        """Return the ways by which quality came at ``time``; empty where it never came.

        ``latency_s`` (S,) are those of the radars whose data were used.
        """
        if not math.isfinite(time):
            return ""
        used, known = latency_s.copy(), self.known
        basket = np.array([basket_m])

        def enough(latency: Array, facts: Facts) -> bool:
            return self._at(latency, facts, basket, lead_s)[1] <= time + SAME_S

        own = [use.site.owner.id == self.job.party for use in self.job.radars]
        order = sorted(
            (k for k in range(len(used)) if math.isfinite(used[k])),
            key=lambda k: (own[k], -used[k]),
        )
        for k in order:
            less = used.copy()
            less[k] = math.inf
            if enough(less, known):
                used = less
        found = [
            path(self.case, self.job.party, self.job.radars[k].site, need, self.value)
            for k in sorted(order)
            if math.isfinite(used[k])
        ]
        uncued = replace(known, cue=NO_CUE, cue_s=np.where(own, math.inf, known.cue_s))
        orbiter = first_cue(self.job, self.row, self.case)
        if orbiter is not None and not enough(used, uncued):
            found.insert(0, path(self.case, self.job.party, orbiter, "cue", self.value))
        return TOGETHER.join(found)

    def _at(self, latency_s: Array, known: Facts, basket_m: Array, lead_s: float) -> Array:
        """Return first data and quality (2,) of one set of data on the arc."""
        sets = Sets(self.radars)
        sets.add(latency_s, known)
        wanted = Wanted(basket_m, np.array([lead_s]), np.array([self.arc.time_of_flight_s]))
        found = commits(self.arc, self.radars, sets.known(), wanted)
        return np.array([found.first_s[0, 0], found.commit_s[0, 0, 0]])
