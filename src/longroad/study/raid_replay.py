"""One raid, replicate by replicate as it was counted: its events in words, and what moved where.

Numbers are best estimates. Interceptors are drawn on the two-body path from launch to intercept,
which is not how they fly while their motors burn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import UsageError, nearest
from longroad.earth.frames import ecef_to_inertial, inertial_to_ecef
from longroad.engagement.raid import Discrimination
from longroad.engagement.raid_replay import Event, Fate, Replay, replay
from longroad.flight import kepler, lambert
from longroad.flight.along import position
from longroad.scenario import Scenario
from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.columns import BEST_ROW, draw_values
from longroad.study.evaluate import Evaluation, ecef
from longroad.study.planner import plan_whole
from longroad.study.raid_ensemble import MODES, raid_key
from longroad.study.raid_inputs import RaidInputs
from longroad.study.raid_plan import RaidJob
from longroad.study.readings import ADOPTED, Assumptions

Array = NDArray[np.float64]
# Between drawn positions (s).
STEP_S = 10.0


@dataclass(frozen=True)
class RaidEvent:
    """Something that happened, ``time_s`` after the raid's zero. Empty where it does not apply.

    ``outcome``: of an ignition or an impact true or decoy; of consent granted or refused; of an
    intercept hit, miss, surplus, double or decoy.
    """

    time_s: float
    event: str
    object: int
    battery: str
    party: str
    outcome: str


@dataclass(frozen=True)
class FlownPath:
    """Something that flew: an object or an interceptor, Earth-fixed positions (n, 3), m."""

    id: str
    kind: str
    times_s: Array
    positions_m: Array
    party: str


@dataclass(frozen=True)
class RaidReplay:
    """One replicate of one raid: what happened, who stood where, what flew."""

    variant: str
    raid: str
    wave: int
    agreement: str
    circumstance: str
    discrimination: str
    replicate: int
    events: tuple[RaidEvent, ...]
    paths: tuple[FlownPath, ...]
    interceptors_before: dict[str, int]
    interceptors_after: dict[str, int]


def replay_raid(
    scenario: Scenario, *, raid: str | None = None, variant: str | None = None,
    agreement: str | None = None, circumstance: str = "as-agreed",
    discrimination: str = "stated", replicate: int = 0, wave: int = 0, seed: int | None = None,
) -> RaidReplay:  # fmt: skip
    """Return one replicate of a raid, event by event, as the run counted it.

    Without ``raid`` and ``variant`` the first raid of the headline variant, else of the last that
    has one; without ``agreement`` the first, `none`. Raises `UsageError` with the nearest word for
    what there is not.
    """
    plan = plan_whole(scenario, scenario.grid.ensemble, (Assumptions(ADOPTED),))
    jobs = [job for job in plan.raids if job.assumptions == ADOPTED]
    job = _job(jobs, scenario, raid, variant)
    mode = _one_of("discrimination", discrimination, [m.name.lower() for m in MODES])
    ids = [s.agreement for s in job.situations]
    chosen = ids[_one_of("agreement", agreement or ids[0], ids)]
    days = [s.circumstance for s in job.situations if s.agreement == chosen]
    day = days[_one_of("circumstance", circumstance, days)]
    which = next(
        s for s, one in enumerate(job.situations)
        if (one.agreement, one.circumstance) == (chosen, day)
    )  # fmt: skip
    best = draw_values(plan.plan.quantities, 0, scenario.seed).table[BEST_ROW]
    evaluation = AgreementEvaluation(Evaluation(plan.plan, best))
    made = RaidInputs(evaluation, job)
    inputs = made.all()
    if not 0 <= wave < len(inputs.raids):
        raise UsageError(
            f"there is no raid number {wave} in the sequence", field="wave",
            expected=f"0 to {len(inputs.raids) - 1}" if inputs.raids else "a raid that comes",
        )  # fmt: skip
    found = replay(
        inputs.raids, inputs.arrangements, len(job.territories),
        raid_key(job, scenario.seed if seed is None else seed), replicate, inputs.of[which],
        MODES[mode], raid=wave,
    )  # fmt: skip
    offset = int(sum(len(one) for one in inputs.raids[:wave]))
    events = tuple(_events(job, found, offset, inputs.raids[wave].decoy))
    return RaidReplay(
        job.variant, job.raid.id, wave, chosen, day, MODES[mode].name.lower(), replicate, events,
        tuple(_paths(evaluation, job, made, found, offset, inputs.raids[wave].arc)),
        _stock(job, found.before), _stock(job, found.after),
    )  # fmt: skip


def _job(
    jobs: Sequence[RaidJob], scenario: Scenario, raid: str | None, variant: str | None
) -> RaidJob:
    if not jobs:
        raise UsageError(
            "this scenario has no raids", field="raids", expected="a section 'raids', and batteries"
        )
    if raid is not None:
        ids = [job.raid.id for job in jobs]
        known = ids[_one_of("raid", raid, ids)]
        jobs = [job for job in jobs if job.raid.id == known]
    if variant is not None:
        scenario.variant(variant)
        mine = [job for job in jobs if job.variant == variant]
        if not mine:
            raise UsageError(
                f"the variant '{variant}' has no such raid", field="variant",
                expected="one of " + ", ".join(dict.fromkeys(job.variant for job in jobs)),
            )  # fmt: skip
        return mine[0]
    return next((job for job in jobs if job.variant == scenario.headline), jobs[-1])


def _one_of(field: str, word: str, known: list[str]) -> int:
    """Return the place of a word; raise `UsageError` with the nearest otherwise."""
    if word in known:
        return known.index(word)
    once = list(dict.fromkeys(known))
    raise UsageError(
        f"there is no {field} '{word}'", field=field, expected="one of " + ", ".join(once),
        nearest=nearest(word, once),
    )  # fmt: skip


def _stock(job: RaidJob, count: NDArray[np.int64]) -> dict[str, int]:
    return {battery.id: int(n) for battery, n in zip(job.batteries, count, strict=True)}


def _events(job: RaidJob, found: Replay, offset: int, decoy: NDArray) -> list[RaidEvent]:
    told = []
    for k in range(len(found.time_s)):
        event, outcome = Event(int(found.event[k])), int(found.outcome[k])
        battery, party = int(found.battery[k]), int(found.party[k])
        if battery >= 0:
            party = job.batteries[battery].party
        word = ""
        if event in (Event.IGNITION, Event.IMPACT):
            word = "decoy" if decoy[int(found.object[k]) - offset] else "true"
        elif event is Event.CONSENT:
            word = "granted" if outcome else "refused"
        elif event is Event.INTERCEPT:
            word = Fate(outcome).name.lower()
        told.append(
            RaidEvent(
                round(float(found.time_s[k]), 3),
                event.name.lower(),
                int(found.object[k]) - offset,
                job.batteries[battery].id if battery >= 0 else "",
                job.parties[party] if party >= 0 else "",
                word,
            )
        )
    return told


def _paths(
    evaluation: AgreementEvaluation, job: RaidJob, made: RaidInputs, found: Replay, offset: int,
    arcs: NDArray[np.int64],
) -> list[FlownPath]:  # fmt: skip
    """Return the paths of objects, until they come down or are hit, and of interceptors."""
    nodes = _nodes(evaluation, job, made)
    event, time = found.event, found.time_s
    object_ = found.object - offset
    ends = {}
    for k in np.flatnonzero((event == Event.IMPACT) | (event == Event.INTERCEPT)):
        if event[k] == Event.IMPACT or found.outcome[k] == Fate.HIT:
            ends[int(object_[k])] = float(time[k])
    begins = {int(object_[k]): float(time[k]) for k in np.flatnonzero(event == Event.IGNITION)}
    paths = []
    for number, begin in sorted(begins.items()):
        state, start, dt = nodes[int(arcs[number])]
        last = start + dt * (len(state) - 1)
        until = min(ends.get(number, begin + last) - begin, last)
        flown = _along(state, start, dt, start, until)
        if flown is not None:
            paths.append(FlownPath(f"object-{number}", "object", begin + flown[0], flown[1], ""))
    for k in np.flatnonzero(event == Event.INTERCEPT):
        shot = _shot(
            job, evaluation, found, int(k), nodes[int(arcs[int(object_[k])])], begins, offset
        )
        if shot is not None:
            paths.append(shot)
    return paths


def _nodes(
    evaluation: AgreementEvaluation, job: RaidJob, made: RaidInputs
) -> list[tuple[Array, float, float]]:
    """Return state (K, 6), start and step (s) of every arc of the raid, in their numbering."""
    told = []
    for use, one in zip(job.groups, made.chosen, strict=True):
        nodes = evaluation.evaluation.arcs(use.arcs).nodes
        told += [
            (nodes.state[row], float(nodes.start_s[row]), float(nodes.dt_s[row]))
            for row in one.rows
        ]
    return told


def _along(
    state: Array, start: float, dt: float, begin: float, end: float
) -> tuple[Array, Array] | None:
    if end - begin < 1.0:
        return None
    times = np.linspace(begin, end, max(2, int((end - begin) / STEP_S) + 1))
    return times, np.array([position(state, start, dt, float(t)) for t in times])


def _shot(
    job: RaidJob, evaluation: AgreementEvaluation, found: Replay, k: int,
    arc: tuple[Array, float, float], begins: dict[int, float], offset: int,
) -> FlownPath | None:  # fmt: skip
    """Return the path of the interceptor that met an object at event ``k``."""
    battery, number = int(found.battery[k]), int(found.object[k])
    meets = float(found.time_s[k])
    fired = (
        (found.event == Event.LAUNCH) & (found.battery == battery) & (found.object == number)
        & (found.time_s < meets)
    )  # fmt: skip
    earlier = np.flatnonzero(fired)
    if earlier.size == 0:
        return None
    # Salvos at one object follow each other: the n-th intercept belongs to the n-th launch.
    before = (
        (found.event == Event.INTERCEPT) & (found.battery == battery) & (found.object == number)
    )
    place = int(np.flatnonzero(before).tolist().index(k))
    launched = float(found.time_s[earlier[min(place, earlier.size - 1)]])
    state, start, dt = arc
    begin = begins[number - offset]
    aim = np.array(position(state, start, dt, meets - begin))
    where = evaluation.evaluation.plan.batteries[_battery_job(job, battery)]
    site = ecef(where.latitude_rad, where.longitude_rad)
    flight = meets - launched
    times = np.linspace(0.0, flight, max(2, int(flight / STEP_S) + 1))
    id = f"{job.batteries[battery].id}-{k}"
    party = job.parties[job.batteries[battery].party]
    return FlownPath(id, "interceptor", launched + times, _ballistic(site, aim, times), party)


def _battery_job(job: RaidJob, battery: int) -> int:
    party = job.batteries[battery].party
    uses = job.groups[0].jobs[party].batteries
    return next(use.job for use in uses if use.id == job.batteries[battery].id)


def _ballistic(site: Array, aim: Array, times: Array) -> Array:
    """Return Earth-fixed positions (n, 3) of the two-body path between two places."""
    flight = float(times[-1])
    velocity, _ = lambert(site, ecef_to_inertial(aim, flight), flight)
    moved = np.array([site, *(kepler(site, velocity, float(t))[0] for t in times[1:])])
    return inertial_to_ecef(moved, times)


__all__ = ["Discrimination", "RaidEvent", "RaidReplay", "replay_raid"]
