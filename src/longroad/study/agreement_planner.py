"""Makes the plan of agreements: derives every case and collects what evaluating it reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from longroad.agreement import NORMAL, Arrangement, Circumstances, derive, states
from longroad.scenario import Battery, Party, Scenario, SensorSite, Threat, Variant
from longroad.scenario.agreement import Agreement
from longroad.study.agreement_plan import (
    AS_AGREED,
    REFUSED,
    WITHDRAWN,
    AgreementJob,
    BatteryUse,
    Case,
    OrbitUse,
    RadarUse,
)
from longroad.study.collect import Collector
from longroad.study.columns import adopted
from longroad.study.plan import CoverageJob
from longroad.study.readings import ADOPTED, Assumptions

# Patterns of links that work: exact up to ten links.
MOST_STATES = 1024
ACCURACY = (
    "reference_snr",
    "range_error",
    "angle_error",
    "range_floor",
    "angle_floor",
    "detection_probability",
    "revisit",
    "registration_error",
)
USUAL = Assumptions(ADOPTED)
Headline = Mapping[tuple[str, str, str], CoverageJob]


def has_agreements(scenario: Scenario) -> bool:
    """Return whether any variant has an agreement beside that of having none."""
    return any(len(variant.agreements) > 1 for variant in scenario.variants)


def agreement_jobs(
    collector: Collector, scenario: Scenario, headline: Headline
) -> tuple[AgreementJob, ...]:
    """Return a job for each party and missile of every variant with agreements, as adopted.

    ``headline`` holds the adopted coverage jobs, whose arcs and batteries these are.
    """
    return tuple(
        _job(collector, variant, threat, party, headline[variant.id, party.id, threat.id])
        for variant in scenario.variants
        if len(variant.agreements) > 1
        for threat in variant.threats
        for party in threat.against
        if party.defends
    )


def cases_of(variant: Variant, agreement: Agreement, party: Party) -> Iterator[Case]:
    """Yield the cases of one agreement: as agreed, each partner gone, each consent refused."""

    def case(circumstance: str, day: Circumstances) -> Case:
        arranged = derive(variant, agreement, day)
        return Case(
            agreement.id, circumstance, arranged,
            states(arranged, party.id, most=MOST_STATES).states,
        )  # fmt: skip

    usual = case(AS_AGREED, NORMAL)
    yield usual
    for other in agreement.members:
        if other.id != party.id:
            yield case(f"{WITHDRAWN}/{other.id}", Circumstances(withdrawn=(other.id,)))
    for other in usual.arrangement.authority[party.id].asks:
        yield case(f"{REFUSED}/{other.id}", Circumstances(refused=(other.id,)))


def _job(
    collector: Collector, variant: Variant, threat: Threat, party: Party, coverage: CoverageJob
) -> AgreementJob:
    cases = tuple(c for one in variant.agreements for c in cases_of(variant, one, party))
    return job_of(collector, variant, threat, party, coverage, cases)


def job_of(
    collector: Collector, variant: Variant, threat: Threat, party: Party,
    coverage: CoverageJob, cases: tuple[Case, ...],
) -> AgreementJob:  # fmt: skip
    """Return the job of one party against the arcs of a coverage job, for the given cases."""
    sensors = _sensors(variant, party, [case.arrangement for case in cases])
    radars = tuple(
        _radar(collector, variant, site, coverage.arcs) for site in sensors if site.is_radar
    )
    place = {use.site.id: k for k, use in enumerate(radars)}
    jobs = dict(coverage.batteries)
    return AgreementJob(
        variant.id,
        party.id,
        threat.id,
        coverage.arcs,
        threat.launch_areas,
        radars,
        tuple(_orbiter(collector, variant, s) for s in variant.sensors if not s.is_radar),
        tuple(
            _battery(collector, variant, battery, jobs[battery.id], place)
            for battery in variant.batteries
            if battery.id in jobs
        ),
        collector.default(variant, USUAL, "link.own_link_latency"),
        collector.default(variant, USUAL, "link.remote_link_latency"),
        collector.default(variant, USUAL, "engagement.decision_time"),
        {
            number.id: collector.book.column(adopted(number))
            for case in cases
            for number in case.arrangement.quantities
        },
        next(case for case in cases if case.circumstance == AS_AGREED),
        cases,
    )


def _sensors(variant: Variant, party: Party, all_: list[Arrangement]) -> list[SensorSite]:
    """Return the sensors whose data reach the party in some case, in the variant's order."""
    reach = {f.sensor.id for one in all_ for f in one.information[party.id].feeds}
    return [site for site in variant.sensors if site.id in reach]


def _radar(collector: Collector, variant: Variant, site: SensorSite, arcs: int) -> RadarUse:
    (latency,) = collector.columns(variant, USUAL, site.sensor, "report_latency")
    group = f"radar-{site.sensor.facts['band']}"
    accuracy = tuple(collector.default(variant, USUAL, f"{group}.{name}") for name in ACCURACY)
    return RadarUse(
        site, collector.radar(variant, USUAL, site, arcs, strategic=False), latency, accuracy
    )


def _orbiter(collector: Collector, variant: Variant, site: SensorSite) -> OrbitUse:
    delay, latency = collector.columns(
        variant, USUAL, site.sensor, "detection_delay", "report_latency"
    )
    place = collector.default(variant, USUAL, "infrared-cue.cue_place_error")
    speed = collector.default(variant, USUAL, "infrared-cue.cue_speed_error")
    return OrbitUse(site, delay, latency, place, speed)


def _battery(
    collector: Collector, variant: Variant, battery: Battery, job: int, place: Mapping[str, int]
) -> BatteryUse:
    group = f"handover-{battery.interceptor.facts['handover']}"
    names = ("handover_basket", "fire_control_basket", "prediction_lead")
    own = battery.own_radar
    return BatteryUse(
        battery.id,
        job,
        place[own.id] if own is not None else None,
        *(collector.default(variant, USUAL, f"{group}.{name}") for name in names),
    )
