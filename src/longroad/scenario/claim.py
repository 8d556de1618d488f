"""A claim that somebody made, and the measure and threshold that would test it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from longroad.scenario.origin import Origin
from longroad.scenario.world import Position

Sense = Literal["at_least", "at_most"]
Part = Literal["before-apogee", "after-apogee", "any"]
# The four postures of the room `deterrent`, which stands below this one.
Posture = Literal[
    "generated-launch-under-attack",
    "generated-ride-out",
    "day-to-day-launch-under-attack",
    "day-to-day-ride-out",
]
ReachKind = Literal["battery", "patrol-area", "place", "party"]
# What a claim can be about: measure of the outcomes table, dimension of its threshold.
COVERAGE_MEASURES: Mapping[str, str] = {
    "engageable_area_fraction": "fraction",
    "engageable_population_fraction": "fraction",
    "reachable_area_fraction": "fraction",
    "reachable_population_fraction": "fraction",
}
REACH_MEASURES: Mapping[str, str] = {
    "reachable_pair_fraction": "fraction",
    "least_burnout_speed": "speed",
}
BARGAIN_MEASURES: Mapping[str, str] = {
    "package_accepted_fraction": "fraction",
    "agreement_exists_fraction": "fraction",
    "gain_fraction": "fraction",
    "years_to_agreement": "time",
    "years_recorded": "time",
}
EXCHANGE_MEASURES: Mapping[str, str] = {
    "warheads_lost_fraction": "fraction",
    "warheads_lost": "count",
    "arriving_warheads": "count",
    "touchable_fraction": "fraction",
}
MEASURES: Mapping[str, str] = {
    **COVERAGE_MEASURES,
    **REACH_MEASURES,
    **EXCHANGE_MEASURES,
    **BARGAIN_MEASURES,
}


@dataclass(frozen=True)
class Measure:
    """The figure that tests a claim: one outcome of one variant, for one party and missile.

    ``countries`` (ISO alpha-3) narrows it to a part of the party's territory; empty means all.
    ``agreement`` is the id of the variant's agreement under which it is measured.
    """

    measure: str
    variant: str
    party: str
    missile: str
    countries: tuple[str, ...]
    agreement: str = "none"

    @property
    def outcome(self) -> str:
        """Return the name in the outcomes table: ``engageable_area_fraction/mrbm-2000``."""
        return f"{self.measure}/{self.missile}"


@dataclass(frozen=True)
class ReachMeasure:
    """The figure that tests a claim about reach, over all pairs of base and end point named.

    ``site`` is a battery, a patrol area, a place (``position``) or, with kind ``party``, all
    batteries of a party together. ``delay_s`` None: at the earliest launch that the owner's own
    sensors support. ``speed_m_s`` replaces the batteries' own burnout speed. ``bases`` and
    ``ends`` narrow the pairs; empty means all.
    """

    measure: str
    variant: str
    trajectories: tuple[str, ...]
    kind: ReachKind
    site: str
    position: Position | None
    delay_s: float | None
    part: Part
    speed_m_s: float | None
    bases: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True)
class ExchangeMeasure:
    """The figure that tests a claim about a deterrent: one force, one defence, one posture.

    ``towards`` is the country (ISO 3166) of the end points; ``delay_s`` None: at the earliest
    launch that the defender's own sensors support. ``assumptions`` is the reading of the numbers
    that the claim is about. Arriving warheads are those that pass the defence.
    """

    measure: str
    variant: str
    party: str
    owner: str
    towards: str
    posture: Posture
    delay_s: float | None
    assumptions: str = "adopted"


@dataclass(frozen=True)
class BargainMeasure:
    """The figure that tests a claim about the negotiation beside the scenario.

    ``packages`` are ids of named packages; of several packages and of several parties that one
    counts which is hardest for the claim, of several pairs that wait the slowest. ``parties``
    narrows whose answer, gain or delay is meant; empty means all whom it concerns. ``choices``
    keeps to packages that hold one of these options of each issue named; ``ratified`` asks those at
    home too. ``percentile`` (0 to 100) replaces the best estimate by a percentile over value
    assignments. ``kind`` narrows recorded durations.
    """

    measure: str
    packages: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ratified: bool = False
    percentile: float | None = None
    kind: str | None = None


AnyMeasure = Measure | ReachMeasure | ExchangeMeasure | BargainMeasure
# What a claim is about, by the form of its measure.
SUBJECTS: Mapping[type, str] = {
    Measure: "coverage",
    ReachMeasure: "reach",
    ExchangeMeasure: "deterrence",
    BargainMeasure: "bargaining",
}


@dataclass(frozen=True)
class Threshold:
    """The value (SI) at or beyond which the claim holds."""

    sense: Sense
    value: float
    unit: str

    def holds(self, value: float) -> bool:
        """Return whether a computed value meets the threshold; the threshold itself does."""
        return value >= self.value if self.sense == "at_least" else value <= self.value


@dataclass(frozen=True)
class Claim:
    """One claim: who said what when, according to which source, and what would test it.

    ``said`` is a paraphrase. ``date`` is YYYY, YYYY-MM or YYYY-MM-DD; None where the source
    bears none.
    """

    id: str
    who: str
    said: str
    date: str | None
    source: str
    measure: AnyMeasure
    threshold: Threshold
    fixed_on: str
    note: str | None
    origin: Origin = field(compare=False)

    @property
    def subject(self) -> str:
        """Return what the claim is about: coverage, reach, bargaining."""
        return SUBJECTS[type(self.measure)]
