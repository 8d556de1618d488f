"""What a party knows in one case and one draw: when it is warned, cued, told, and by whom."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.agreement.feed import Information
from longroad.scenario import SensorSite
from longroad.sensing.commit import Known, Sensors
from longroad.sensing.cueing import told_by_others
from longroad.study.agreement_plan import AgreementJob, Case

Array = NDArray[np.float64]
Cue = tuple[float, float, float]
Set = tuple[tuple[float, ...], tuple[float, ...], Cue, bytes]
WARNING, CUE, TRACK, FIRE = range(4)
NO_CUE: Cue = (math.inf, math.inf, math.inf)


@dataclass(frozen=True)
class Facts:
    """What reaches a party, by radar of the job (S,): seconds, infinite for never.

    ``warning_s`` is the earliest report from orbit, ``radar_warning_s`` what a radar's detection
    takes to arrive; ``track_s`` and ``fire_s`` what its data take; ``cue_s`` when it is told where
    to look from orbit, and ``told_s`` (S, S) what it takes from the tracking of one radar (row)
    until the owner of another is told where to look; infinite within one radar. ``cue``: errors
    of the party's own cue from orbit (m, m/s) and its arrival.
    """

    warning_s: float
    radar_warning_s: Array
    track_s: Array
    fire_s: Array
    cue_s: Array
    cue: Cue
    told_s: Array


def facts(job: AgreementJob, row: Array, case: Case) -> Facts:
    """Return what reaches the party of a job in one case, for one row of values."""
    known = case.arrangement.information
    reports = np.array([row[u.delay] + row[u.latency] for u in job.orbiters])
    late = _late(job, row, known[job.party])
    radars, orbit = late[:, : len(job.radars)], late[:, len(job.radars) :]
    latency = np.array([row[u.latency] for u in job.radars])
    owners = {u.site.owner.id for u in job.radars} - {job.party}
    told = {job.party: late[CUE]} | {o: _late(job, row, known[o])[CUE] for o in sorted(owners)}
    many = len(job.radars)
    cues = {owner: _cue(job, row, one[many:] + reports) for owner, one in told.items()}
    others = np.array([latency + told[u.site.owner.id][:many] for u in job.radars])
    others = others.reshape(many, many).T.copy()
    np.fill_diagonal(others, math.inf)
    return Facts(
        float(np.min(reports + orbit[WARNING], initial=math.inf)),
        latency + radars[WARNING],
        latency + radars[TRACK],
        latency + radars[FIRE],
        np.array([cues[u.site.owner.id][2] for u in job.radars]),
        cues[job.party],
        others,
    )


def _late(job: AgreementJob, row: Array, known: Information) -> Array:
    """Return what agreements add (s), (4, S + O): as `Information.delays`, in one pass.

    Rows are warning, cue, track and fire; radars of the job come first, then orbiters.
    """
    sites = [use.site.id for use in job.radars] + [use.site.id for use in job.orbiters]
    place = {id: k for k, id in enumerate(sites)}
    out = np.full((4, len(sites)), math.inf)
    terms: dict[str, float] = {}
    for feed in known.feeds:
        k = place.get(feed.sensor.id)
        if k is None:
            continue
        late = 0.0
        for link in feed.links:
            if link.id not in terms:
                terms[link.id] = float(row[job.columns[link.latency.id]])
            late += terms[link.id]
        gives = (feed.warns, feed.cues, feed.tracks, feed.fires)
        for need, given in enumerate(gives):
            if given and late < out[need, k]:
                out[need, k] = late
    return out


def first_cue(job: AgreementJob, row: Array, known: Information) -> SensorSite | None:
    """Return the sensor in orbit whose cue reaches a party first; None where none does."""
    reports = np.array([row[u.delay] + row[u.latency] for u in job.orbiters])
    times = _late(job, row, known)[CUE, len(job.radars) :] + reports
    if not times.size or not math.isfinite(times.min()):
        return None
    return job.orbiters[int(np.argmin(times))].site


def _cue(job: AgreementJob, row: Array, times: Array) -> Cue:
    """Return errors and arrival of the earliest of the orbiters' cues, by when they arrive (s)."""
    if not times.size or not math.isfinite(times.min()):
        return NO_CUE
    first = int(np.argmin(times))
    use = job.orbiters[first]
    return float(row[use.place]), float(row[use.speed]), float(times[first])


class Sets:
    """The distinct sets of data of a job: cases in which the same radars know the same share one.

    ``radars`` are those of the job, with what they see of the arcs that are asked for.
    """

    def __init__(self, radars: Sensors) -> None:
        self._radars = radars
        self._index: dict[Set, tuple[int, int]] = {}
        self._ways: dict[tuple[bytes, bytes], int] = {}
        self._found: list[Array] = []

    def add(self, latency_s: Array, known: Facts) -> int:
        """Return the number of the set in which radars report with these latencies (S,)."""
        heard = np.isfinite(latency_s)
        cue_s = np.where(heard, known.cue_s, math.inf)
        way = self._way(known)
        seen = hashlib.sha256(self._found[way][heard].tobytes()).digest()
        found = (tuple(latency_s.tolist()), tuple(cue_s.tolist()), known.cue, seen)
        return self._index.setdefault(found, (len(self._index), way))[0]

    def alone(self, radar: int, known: Facts) -> int:
        """Return the number of the set of one radar alone, without a share's latency."""
        latency = np.full(known.track_s.shape, math.inf)
        latency[radar] = known.track_s[radar]
        return self.add(latency, known)

    def _way(self, known: Facts) -> int:
        """Return the number of the way in which radars tell each other where to look."""
        key = known.cue_s.tobytes(), known.told_s.tobytes()
        if key not in self._ways:
            self._ways[key] = len(self._ways)
            all_ = self._radars
            self._found.append(
                told_by_others(all_.intervals, all_.count, all_.uncued_s, known.cue_s, known.told_s)
            )
        return self._ways[key]

    def known(self) -> Known:
        """Return all sets as the sensing layer takes them."""
        sets = list(self._index)
        return Known(
            np.array([cue for _, cue, _, _ in sets]).reshape(len(sets), -1),
            np.array([latency for latency, _, _, _ in sets]).reshape(len(sets), -1),
            np.array([cue for _, _, cue, _ in sets]).reshape(len(sets), 3),
            np.array(self._found),
            np.array([way for _, way in self._index.values()], dtype=np.int32),
        )
