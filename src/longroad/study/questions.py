"""Questions about reach, by the best estimate: who meets what, when, where, with what speed.

    from longroad import study
    rows = study.threshold(scenario, "icbm-west/kozelsk/end-washington", site="redzikowo",
                           delays_s=(120.0, 300.0))

Nothing here draws: intervals stand with a run.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import GeometryError, UsageError
from longroad.catalog import Entry
from longroad.flight.arcs import check_arcs
from longroad.flight.capability import attainable_speed
from longroad.scenario import Battery, Scenario, Trajectories, Variant
from longroad.study.asking import Site, Threat, read_interceptor, read_site, read_threat
from longroad.study.collect import Collector
from longroad.study.columns import BEST_ROW, draw_values
from longroad.study.evaluate import Evaluation
from longroad.study.plan import Plan
from longroad.study.reach_jobs import SiteJobs, battery_jobs, place_jobs
from longroad.study.reach_plan import Place
from longroad.study.reach_settings import reach_settings
from longroad.study.reach_tables import BELOW_FLOOR, NO_FLIGHT, OUT_OF_RANGE, flight_states
from longroad.study.readings import ADOPTED, Assumptions
from longroad.study.sea import sea_places

Array = NDArray[np.float64]
GENERIC = "generic"
MOST_DELAYS = 1000
USUAL = Assumptions(ADOPTED)


@dataclass
class Answer:
    """The jobs that answer a question for one site, and the variants they are the same in.

    ``interceptor`` is the id of the catalogue's, or ``generic``.
    """

    variant: Variant
    group: Trajectories
    site: Site
    party: str
    interceptor: str
    flights: int
    jobs: SiteJobs
    floor: int
    variants: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    """A question, resolved: the threat, the distinct answers, and their evaluation."""

    threat: Threat
    answers: tuple[Answer, ...]
    evaluation: Evaluation

    def pairs(self, answer: Answer) -> list[int]:
        """Return the numbers of the flights that are meant."""
        named = self.evaluation.plan.flights[answer.flights].pairs
        return [k for k, (base, end, _) in enumerate(named) if self.threat.keeps(base, end)]

    def states(self, answer: Answer) -> NDArray[np.object_]:
        """Return, flight by flight, whether it is flown above the site's least height."""
        floor = float(self.evaluation.row[answer.floor])
        return flight_states(self.evaluation.flights(answer.flights), floor)


def ask(
    scenario: Scenario, threat: str, *, battery: str | None = None, site: str | None = None,
    at: Place | None = None, delays_s: Sequence[float] = (), variant: str | None = None,
    interceptor: str | None = None,
) -> Question:  # fmt: skip
    """Resolve a question; no delay means the late delay of the catalogue's defaults.

    Without a site it is about every battery of every party but the missile's owner. Raises
    UsageError for names that are not there, GeometryError when no flight meant can be met.
    """
    variants = scenario.variants if variant is None else (scenario.variant(variant),)
    catalog = variants[0].catalog
    meant = read_threat(threat, scenario, variants)
    where = read_site(variants, catalog, battery, site, at)
    entry = read_interceptor(interceptor, catalog)
    collector = Collector()
    found: dict[tuple[object, ...], Answer] = {}
    for case in variants:
        group = next((g for g in case.trajectories if g.id == meant.trajectories), None)
        if group is None:
            continue
        delays = _delays(delays_s, case)
        for answer in _answers(collector, case, group, where, delays, entry):
            key = (answer.site, answer.party, answer.interceptor, answer.flights, answer.jobs)
            found.setdefault(key, answer).variants.append(case.id)
    if not found:
        raise UsageError(
            "no variant has both this place and these trajectories",
            expected="another place, or another --variant",
        )
    plan = _plan(collector)
    evaluation = Evaluation(plan, draw_values(plan.quantities, 0, scenario.seed).table[BEST_ROW])
    question = Question(meant, tuple(found.values()), evaluation)
    _check_flights(question)
    return question


def _answers(
    collector: Collector, variant: Variant, group: Trajectories, where: Site | None,
    delays: tuple[float, ...], interceptor: Entry | None,
) -> list[Answer]:  # fmt: skip
    if where is None:
        sites = [Site("battery", b.id) for b in variant.batteries if b.owner.id != group.owner.id]
    else:
        sites = [where]
    found = []
    for site in sites:
        battery: Battery | None = None
        party = ""
        if site.kind == "battery":
            battery = next((b for b in variant.batteries if b.id == site.id), None)
            if battery is None:
                continue
            entry, party = interceptor or battery.interceptor, battery.owner.id
            jobs = battery_jobs(collector, variant, USUAL, group, battery, delays, entry)
        else:
            places: tuple[Place, ...] = () if site.place is None else (site.place,)
            if site.kind == "patrol-area":
                area = next((a for a in variant.patrol_areas if a.id == site.id), None)
                if area is None:
                    continue
                party = area.owner.id
                places = sea_places(area, reach_settings(variant).patrol_step_rad)
            jobs = place_jobs(collector, variant, USUAL, group, places, delays, interceptor)
        used = battery.interceptor if battery is not None and interceptor is None else interceptor
        meeting = collector.meetings.all()[jobs.meeting]
        name = GENERIC if used is None else used.id
        found.append(
            Answer(variant, group, site, party, name, meeting.flights, jobs, meeting.floor)
        )
    return found


def _plan(collector: Collector) -> Plan:
    return Plan(
        resolution=0,
        territories=(),
        arcs=(),
        radars=collector.radars.all(),
        tracks=collector.tracks.all(),
        flyouts=(),
        batteries=(),
        coverage=(),
        quantities=collector.book.quantities(),
        flights=collector.flights.all(),
        ready=collector.ready.all(),
        meetings=collector.meetings.all(),
    )


def _delays(delays_s: Sequence[float], variant: Variant) -> tuple[float, ...]:
    if not delays_s:
        return (reach_settings(variant).late_delay_s,)
    found = tuple(sorted({float(delay) for delay in delays_s}))
    if len(found) > MOST_DELAYS or not all(0.0 <= delay < math.inf for delay in found):
        raise UsageError(
            "a launch delay is not a time after the missile's ignition",
            field="delay",
            expected=f"at most {MOST_DELAYS} times in seconds, none negative",
        )
    return found


def _check_flights(question: Question) -> None:
    """Raise GeometryError, with the reason, when nothing that is meant can be met by any site."""
    worst: GeometryError | None = None
    for answer in question.answers:
        pairs = question.pairs(answer)
        states = question.states(answer)[pairs]
        if any(state not in (NO_FLIGHT, OUT_OF_RANGE, BELOW_FLOOR) for state in states):
            return
        if worst is None and pairs:
            worst = _why_not(question, answer, pairs[0], str(states[0]))
    if worst is not None:
        raise worst


def _why_not(question: Question, answer: Answer, pair: int, state: str) -> GeometryError:
    evaluation = question.evaluation
    job = evaluation.plan.flights[answer.flights]
    found = evaluation.flights(answer.flights)
    name = "/".join((job.trajectories, *job.pairs[pair][:2]))
    if state == OUT_OF_RANGE:
        row = evaluation.row
        reach, boost = row[job.maximum_range], (job.burnout_altitude, job.burnout_ground_distance)
        have = float(attainable_speed(reach, *(row[column] for column in boost)))
        need = float(found.solved.burnout_speed_m_s[pair])
        return GeometryError(
            f"'{name}' takes {need / 1e3:.2f} km/s at burnout, more than the {have / 1e3:.2f} km/s "
            f"that the missile's range of {reach / 1e3:,.0f} km stands for",
            field="threat",
            expected="a flight that the missile can make, or a greater maximum_range",
        )
    if state == BELOW_FLOOR:
        floor = evaluation.row[answer.floor] / 1e3
        return GeometryError(
            f"'{name}' stays below {floor:,.0f} km after burnout, where no intercept takes place",
            field="threat",
            expected="a flight that leaves the atmosphere",
        )
    try:
        check_arcs(found.solved.select(np.array([pair])))
    except GeometryError as fault:
        return GeometryError(f"'{name}': {fault.what}", field="threat", expected=fault.expected)
    return GeometryError(f"'{name}' has no flight", field="threat")


def own_speed(question: Question, answer: Answer) -> float | None:
    """Return the adopted burnout speed of an answer's interceptor (m/s), None without one."""
    column = answer.jobs.burnout_speed
    return None if column is None else float(question.evaluation.row[column])
