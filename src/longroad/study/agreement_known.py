"""What a party knows in one case and one draw: when it is warned, cued, told, and by whom."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from longroad.scenario import SensorSite
from longroad.sensing.commit import Known, Sensors
from longroad.sensing.cueing import told_by_others
from longroad.study.agreement_plan import AgreementJob, Case

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Flags = NDArray[np.bool_]
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

    @cached_property
    def telling(self) -> tuple[bytes, bytes]:
        """Return what decides about when radars are told where to look."""
        return self.cue_s.tobytes(), self.told_s.tobytes()


@dataclass(frozen=True)
class _Ways:
    """By which ways data come in one case to those who count for a job, whatever the draw.

    ``terms`` (F, L): the columns that add up along each of F feeds, in their order, -1 for none.
    ``feeds`` (E,): the feeds by what they give; ``first`` (T,) says where the entries of each
    ``target`` (T,) begin, which is a place among parties x needs x (radars, orbiters).
    """

    terms: Index
    feeds: Index
    first: Index
    target: Index


def facts(job: AgreementJob, row: Array, cases: Sequence[Case]) -> list[Facts]:
    """Return what reaches the party of a job in each of some cases, for one row of values."""
    many = len(job.radars)
    late = _late(job, row, cases)
    reports = np.array([row[use.delay] + row[use.latency] for use in job.orbiters])
    latency = np.array([row[use.latency] for use in job.radars])
    data = latency + late[:, 0, :, :many]
    orbit = reports + late[:, :, :, many:]
    warning = orbit[:, 0, WARNING].min(axis=1, initial=math.inf).tolist()
    # By the owner of the radar that is told where to look; then, turned, by the one that tells.
    owner = np.array([job.owners.index(use.site.owner.id) for use in job.radars], dtype=np.intp)
    cue_s = orbit[:, :, CUE].min(axis=2, initial=math.inf)[:, owner]
    told = (latency + late[:, :, CUE, :many])[:, owner].transpose(0, 2, 1).copy()
    told[:, np.arange(many), np.arange(many)] = math.inf
    return [
        Facts(
            warning[c],
            data[c, WARNING],
            data[c, TRACK],
            data[c, FIRE],
            cue_s[c],
            _cue(job, row, orbit[c, 0, CUE]),
            told[c],
        )
        for c in range(len(cases))
    ]


def _late(job: AgreementJob, row: Array, cases: Sequence[Case]) -> Array:
    """Return what agreements add (s), (C, P, 4, S + O): as `Information.delays`, all at once.

    Parties are `AgreementJob.owners`; needs are warning, cue, track and fire; radars of the job
    come first, then orbiters.
    """
    out = np.full((len(cases), len(job.owners), 4, len(job.radars) + len(job.orbiters)), math.inf)
    ways = [case.once(job, _ways) for case in cases]
    feeds = np.cumsum([0, *(len(one.terms) for one in ways)])
    entries = np.cumsum([0, *(len(one.feeds) for one in ways)])
    if entries[-1] == 0:
        return out
    terms = np.full((feeds[-1], max(one.terms.shape[1] for one in ways)), -1)
    for one, begin in zip(ways, feeds, strict=False):
        terms[begin : begin + len(one.terms), : one.terms.shape[1]] = one.terms
    # A term that is none adds nothing.
    values = np.append(row, 0.0)
    late = np.zeros(len(terms))
    for column in terms.T:
        late += values[column]
    given = np.concatenate([one.feeds + f for one, f in zip(ways, feeds, strict=False)])
    first = np.concatenate([one.first + e for one, e in zip(ways, entries, strict=False)])
    target = np.concatenate([one.target + c * out[0].size for c, one in enumerate(ways)])
    out.reshape(-1)[target] = np.minimum.reduceat(late[given], first)
    return out


def _ways(job: AgreementJob, case: Case) -> _Ways:
    """Return the ways of a case."""
    sites = [use.site.id for use in job.radars] + [use.site.id for use in job.orbiters]
    place = {id: k for k, id in enumerate(sites)}
    terms: list[list[int]] = []
    by_target: dict[int, list[int]] = {}
    for p, party in enumerate(job.owners):
        for feed in case.arrangement.information[party].feeds:
            k = place.get(feed.sensor.id)
            if k is None:
                continue
            gives = (feed.warns, feed.cues, feed.tracks, feed.fires)
            for need, given in enumerate(gives):
                if given:
                    target = (4 * p + need) * len(sites) + k
                    by_target.setdefault(target, []).append(len(terms))
            terms.append([job.columns[link.latency.id] for link in feed.links])
    most = max((len(one) for one in terms), default=0)
    padded = [[*one, *[-1] * (most - len(one))] for one in terms]
    return _Ways(
        np.array(padded, np.intp).reshape(len(terms), most),
        np.array([feed for feeds in by_target.values() for feed in feeds], np.intp),
        np.cumsum([0, *(len(feeds) for feeds in by_target.values())], dtype=np.intp)[:-1],
        np.array(list(by_target), np.intp),
    )


def first_cue(job: AgreementJob, row: Array, case: Case) -> SensorSite | None:
    """Return the sensor in orbit whose cue reaches the party first; None where none does."""
    reports = np.array([row[use.delay] + row[use.latency] for use in job.orbiters])
    times = _late(job, row, [case])[0, 0, CUE, len(job.radars) :] + reports
    if not times.size or not math.isfinite(times.min()):
        return None
    return job.orbiters[int(np.argmin(times))].site


def _cue(job: AgreementJob, row: Array, times: Array) -> Cue:
    """Return errors and arrival of the earliest of the orbiters' cues, by when they arrive (s)."""
    if not times.size:
        return NO_CUE
    first = int(times.argmin())
    arrival = float(times[first])
    if not math.isfinite(arrival):
        return NO_CUE
    use = job.orbiters[first]
    return float(row[use.place]), float(row[use.speed]), arrival


class Sets:
    """The distinct sets of data of a job: cases in which the same radars know the same share one.

    ``radars`` are those of the job, with what they see of the arcs that are asked for.
    """

    def __init__(self, radars: Sensors) -> None:
        self._radars = radars
        self._index: dict[Set, tuple[int, int]] = {}
        self._asked: dict[tuple[object, ...], int] = {}
        self._ways: dict[tuple[bytes, bytes], int] = {}
        self._found: list[Array] = []
        # By way and radar, the first way in which the radar finds every arc at the same times.
        self._same: list[Index] = []

    def add(self, latency_s: Array, known: Facts) -> int:
        """Return the number of the set in which radars report with these latencies (S,)."""
        way = self._way(known)
        asked = way, known.cue, latency_s.tobytes()
        if asked not in self._asked:
            heard = np.isfinite(latency_s)
            cue_s = np.where(heard, known.cue_s, math.inf)
            seen = self._same[way][heard].tobytes()
            found = (tuple(latency_s.tolist()), tuple(cue_s.tolist()), known.cue, seen)
            self._asked[asked] = self._index.setdefault(found, (len(self._index), way))[0]
        return self._asked[asked]

    def alone(self, radar: int, known: Facts) -> int:
        """Return the number of the set of one radar alone, without a share's latency."""
        asked = self._way(known), known.cue, radar, float(known.track_s[radar])
        if asked not in self._asked:
            latency = np.full(known.track_s.shape, math.inf)
            latency[radar] = known.track_s[radar]
            self._asked[asked] = self.add(latency, known)
        return self._asked[asked]

    def _way(self, known: Facts) -> int:
        """Return the number of the way in which radars tell each other where to look."""
        key = known.telling
        if key not in self._ways:
            all_ = self._radars
            found = told_by_others(
                all_.intervals, all_.count, all_.uncued_s, known.cue_s, known.told_s
            )
            same = np.full(len(found), len(self._found))
            for way in range(len(self._found) - 1, -1, -1):
                same[(self._found[way] == found).all(axis=1)] = way
            self._ways[key] = len(self._found)
            self._found.append(found)
            self._same.append(same)
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
