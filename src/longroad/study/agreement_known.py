"""What a party knows in one case and one draw: when it is warned, cued, told, and by whom."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.agreement.feed import Information
from longroad.scenario import SensorSite
from longroad.sensing.commit import Known
from longroad.study.agreement_plan import AgreementJob, Case, OrbitUse

Array = NDArray[np.float64]
Cue = tuple[float, float, float]
Set = tuple[tuple[float, ...], tuple[float, ...], Cue]
NO_CUE: Cue = (math.inf, math.inf, math.inf)


@dataclass(frozen=True)
class Facts:
    """What reaches a party, by radar of the job (S,): seconds, infinite for never.

    ``warning_s`` is the earliest report from orbit, ``radar_warning_s`` what a radar's detection
    takes to arrive; ``track_s`` and ``fire_s`` what its data take; ``cue_s`` when it is told where
    to look. ``cue``: errors of the party's own cue (m, m/s) and its arrival.
    """

    warning_s: float
    radar_warning_s: Array
    track_s: Array
    fire_s: Array
    cue_s: Array
    cue: Cue


def facts(job: AgreementJob, row: Array, case: Case) -> Facts:
    """Return what reaches the party of a job in one case, for one row of values."""

    def value(number: object) -> float:
        return float(row[job.columns[number.id]])  # type: ignore[attr-defined]

    known = case.arrangement.information
    mine = known[job.party]
    reports = np.array([row[u.delay] + row[u.latency] for u in job.orbiters])
    orbit = mine.delays([u.site for u in job.orbiters], value)
    own = mine.delays([u.site for u in job.radars], value)
    latency = np.array([row[u.latency] for u in job.radars])
    owners = {u.site.owner.id for u in job.radars}
    cues = {owner: _cue(job, row, known[owner])[2] for owner in owners}
    return Facts(
        float(np.min(reports + orbit.warning_s, initial=math.inf)),
        latency + own.warning_s,
        latency + own.track_s,
        latency + own.fire_s,
        np.array([cues[u.site.owner.id] for u in job.radars]),
        _cue(job, row, mine),
    )


def first_cue(job: AgreementJob, row: Array, known: Information) -> SensorSite | None:
    """Return the sensor in orbit whose cue reaches a party first; None where none does."""
    use, _ = _first_cue(job, row, known)
    return use.site if use is not None else None


def _first_cue(job: AgreementJob, row: Array, known: Information) -> tuple[OrbitUse | None, float]:
    def value(number: object) -> float:
        return float(row[job.columns[number.id]])  # type: ignore[attr-defined]

    if not job.orbiters:
        return None, math.inf
    reports = np.array([row[u.delay] + row[u.latency] for u in job.orbiters])
    times = reports + known.delays([u.site for u in job.orbiters], value).cue_s
    first = int(np.argmin(times))
    time = float(times[first])
    return (job.orbiters[first], time) if math.isfinite(time) else (None, math.inf)


def _cue(job: AgreementJob, row: Array, known: Information) -> Cue:
    """Return errors and arrival of the earliest cue that reaches a party."""
    use, time = _first_cue(job, row, known)
    return NO_CUE if use is None else (float(row[use.place]), float(row[use.speed]), time)


class Sets:
    """The distinct sets of data of a job: cases that know the same share one."""

    def __init__(self) -> None:
        self._index: dict[Set, int] = {}

    def add(self, latency_s: Array, known: Facts) -> int:
        """Return the number of the set in which radars report with these latencies (S,)."""
        heard = np.isfinite(latency_s)
        cue_s = np.where(heard, known.cue_s, math.inf)
        found = (tuple(latency_s.tolist()), tuple(cue_s.tolist()), known.cue)
        return self._index.setdefault(found, len(self._index))

    def alone(self, radar: int, known: Facts) -> int:
        """Return the number of the set of one radar alone, without a share's latency."""
        latency = np.full(known.track_s.shape, math.inf)
        latency[radar] = known.track_s[radar]
        return self.add(latency, known)

    def known(self) -> Known:
        """Return all sets as the sensing layer takes them."""
        sets = list(self._index)
        return Known(
            np.array([cue for _, cue, _ in sets]).reshape(len(sets), -1),
            np.array([latency for latency, _, _ in sets]).reshape(len(sets), -1),
            np.array([cue for _, _, cue in sets]).reshape(len(sets), 3),
        )
