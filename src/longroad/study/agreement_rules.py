"""What the rules of a case leave a battery: when each arc may be met, and the latest launch for it.

For each battery and arc the latest launch that still meets the arc is computed once; rules on
ground ask anew only for the arcs that pass above it.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from longroad.agreement import Zone
from longroad.engagement.latest import Latest, latest_of
from longroad.engagement.windows import support_of
from longroad.flight.nodes import Nodes
from longroad.sensing.track import CUED
from longroad.study.agreement_plan import AgreementJob, BatteryUse, Case
from longroad.study.agreement_zones import Clear, Tracks, forbidden_arcs, keep_clear, reach_key
from longroad.study.evaluate import Evaluation

Array = NDArray[np.float64]
Support = tuple[Array, NDArray[np.int32]]


@dataclass(frozen=True)
class Ruled:
    """What the rules of a case leave a party, by battery of a job.

    ``modes`` is how each may engage, ``works`` whether its own radar does; ``unruled`` and
    ``latest`` as of :class:`Rules`, ``limits`` the latest launches (N,) that all rules leave.
    """

    modes: tuple[str, ...]
    works: tuple[bool, ...]
    unruled: tuple[Latest, ...]
    latest: tuple[Latest, ...]
    limits: tuple[Array, ...]


class Rules:
    """Latest launches of one row of values; jobs and cases share what they have in common."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self._latest: dict[Hashable, Latest] = {}
        self._ruled: dict[Hashable, tuple[AgreementJob, Ruled]] = {}
        self._clear: dict[Hashable, Clear] = {}
        self._tracks: dict[int, Tracks] = {}
        self._nothing = cache(lambda count: np.full(count, -math.inf))

    def latest(self, job: AgreementJob, battery: BatteryUse, case: Case) -> Latest:
        """Return the latest launches of a battery in a case, before any rule but for ground."""
        zones = case.arrangement.authority[job.party].forbidden
        whole, ground = self.unruled(job, battery, case), reach_key(zones)
        if not ground:
            return whole
        key = self._stem(job, battery, case)
        if (key, ground) not in self._latest:
            clear, nodes = self._clear_of(job, zones), self.evaluation.arcs(job.arcs).nodes
            # Only what passes above that ground, and could be met at all, is asked anew.
            some = np.isfinite(whole.launch_s[clear.rows])
            rows = clear.rows[some]
            passing = Nodes(nodes.state[rows], nodes.start_s[rows], nodes.dt_s[rows])
            spans, count = clear.of(self._in_view(job, battery, case))
            again = self._latest_of(passing, (spans[some], count[some]), battery)
            launch, meets = whole.launch_s.copy(), whole.meets_s.copy()
            launch[rows], meets[rows] = again.launch_s, again.meets_s
            self._latest[key, ground] = Latest(launch, meets)
        return self._latest[key, ground]

    def unruled(self, job: AgreementJob, battery: BatteryUse, case: Case) -> Latest:
        """Return the latest launches of a battery in a case if no rule kept it from any ground."""
        key = self._stem(job, battery, case)
        if key not in self._latest:
            nodes = self.evaluation.arcs(job.arcs).nodes
            self._latest[key] = self._latest_of(nodes, self._in_view(job, battery, case), battery)
        return self._latest[key]

    def _latest_of(self, nodes: Nodes, support: Support, battery: BatteryUse) -> Latest:
        flown = self.evaluation.plan.batteries[battery.job].flyout
        row, table = self.evaluation.battery_row(battery.job), self.evaluation.flyout(flown)
        return latest_of(nodes, support, row, table)

    def support(self, job: AgreementJob, battery: BatteryUse, case: Case) -> Support:
        """Return when each arc may be met: in view of what has to see it, not above closed ground.

        Intervals (N, MOST, 2) in s after ignition, and their number (N,).
        """
        zones = case.arrangement.authority[job.party].forbidden
        support = self._in_view(job, battery, case)
        if not reach_key(zones):
            return support
        clear = self._clear_of(job, zones)
        spans, count = support[0].copy(), support[1].copy()
        spans[clear.rows], count[clear.rows] = clear.of(support)
        return spans, count

    def mode(self, job: AgreementJob, battery: BatteryUse, case: Case) -> tuple[str, bool]:
        """Return how a battery may engage in a case, and whether its own radar works."""
        return case.once(job, _means)[battery.id]

    def of(self, job: AgreementJob, case: Case) -> Ruled:
        """Return what the rules of a case leave a party; cases with the same rules share it."""
        key = (id(job), case.arrangement.authority[job.party].key, case.once(job, _working))
        if key not in self._ruled:
            # The job is kept too, so that its number is nobody else's.
            self._ruled[key] = job, self._of(job, case)
        return self._ruled[key][1]

    def limits(self, job: AgreementJob, case: Case) -> tuple[Array, ...]:
        """Return, by battery, the latest launch (N,) that the rules of a case leave."""
        return self.of(job, case).limits

    def in_zones(self, job: AgreementJob, zones: Sequence[Zone]) -> NDArray[np.bool_]:
        """Return which kept arcs (N,) zones mean by origin, aim point or overflight."""
        arcs, plan = self.evaluation.arcs(job.arcs), self.evaluation.plan
        if not zones:
            return np.zeros(len(arcs.kept), dtype=bool)
        cells = plan.territories[plan.arcs[job.arcs].territory]
        return forbidden_arcs(zones, arcs, cells, job.launch_areas, self._tracks_of(job))

    def _of(self, job: AgreementJob, case: Case) -> Ruled:
        authority, batteries = case.arrangement.authority[job.party], job.batteries
        modes = [self.mode(job, battery, case) for battery in batteries]
        latest = tuple(self.latest(job, battery, case) for battery in batteries)
        barred = self.in_zones(job, authority.forbidden)
        some = bool(barred.any())
        return Ruled(
            tuple(mode for mode, _ in modes),
            tuple(works for _, works in modes),
            tuple(self.unruled(job, battery, case) for battery in batteries),
            latest,
            tuple(
                self._nothing(len(barred))
                if authority.blocked or not authority.left(battery.id).on
                else np.where(barred, -math.inf, one.launch_s)
                if some
                else one.launch_s
                for battery, one in zip(batteries, latest, strict=True)
            ),
        )

    def _stem(self, job: AgreementJob, battery: BatteryUse, case: Case) -> Hashable:
        """Return what decides about latest launches before any rule on ground."""
        mode, works = self.mode(job, battery, case)
        own, flown = battery.own, self.evaluation.plan.batteries[battery.job]
        radar = job.radars[own].radar if own is not None and works else None
        seen_by = "none" if mode == "engage-on-remote" else radar
        return job.arcs, flown.flyout, flown.latitude_rad, flown.longitude_rad, seen_by

    def _in_view(self, job: AgreementJob, battery: BatteryUse, case: Case) -> Support:
        """Return when what has to see an intercept sees it: the battery's own radar, or nothing."""
        mode, works = self.mode(job, battery, case)
        count = len(self.evaluation.arcs(job.arcs).kept)
        if mode == "engage-on-remote":
            return self.evaluation.unlimited(count)
        if battery.own is None or not works:
            return support_of([], count)
        seen = self.evaluation.seen(job.radars[battery.own].radar)
        return support_of([(seen.intervals[CUED], seen.count[CUED])], count)

    def _clear_of(self, job: AgreementJob, zones: Sequence[Zone]) -> Clear:
        key = (job.arcs, reach_key(zones))
        if key not in self._clear:
            self._clear[key] = keep_clear(zones, self._tracks_of(job))
        return self._clear[key]

    def _tracks_of(self, job: AgreementJob) -> Tracks:
        if job.arcs not in self._tracks:
            self._tracks[job.arcs] = Tracks(self.evaluation.arcs(job.arcs).nodes)
        return self._tracks[job.arcs]


def _means(job: AgreementJob, case: Case) -> dict[str, tuple[str, bool]]:
    """Return, by battery, how it may engage in a case, and whether its own radar works."""
    authority = case.arrangement.authority[job.party]
    heard = case.arrangement.information[job.party].warning
    return {
        one.id: (
            authority.left(one.id).mode,
            one.own is not None and job.radars[one.own].site.id in heard,
        )
        for one in job.batteries
    }


def _working(job: AgreementJob, case: Case) -> tuple[bool, ...]:
    return tuple(works for _, works in case.once(job, _means).values())


def forbidden_by(battery: BatteryUse, case: Case, party: str) -> list[str]:
    """Return the provisions that may keep a battery from an arc: its limits, or zones of others."""
    authority = case.arrangement.authority[party]
    left = authority.left(battery.id)
    if not left.on:
        return list(left.provisions)
    return list(dict.fromkeys(zone.provision for zone in authority.forbidden))
