"""What each provision shows of its giver: location, coverage, accuracy, latency, number and so on.

Which aspect shows at which depth is a judgement without numbers; `docs/methods/agreements.md`
argues it. What was once shown stays known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from longroad.agreement.flow import Arrival, Hop
from longroad.scenario.agreement import (
    Authority,
    Centre,
    Depth,
    Measure,
    Provision,
    Transparency,
)

Aspect = Literal[
    "location",
    "coverage",
    "accuracy",
    "latency",
    "number",
    "burnout-speed",
    "performance",
    "activity",
    "rules",
    "engagements",
]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)

# A notice shows how soon its giver notices. Detections show where it looks, tracks how well and
# (by their geometry) from where, data to fire on how well in full.
OF_DEPTH: Mapping[Depth, tuple[Aspect, ...]] = {
    Depth.D0: (),
    Depth.D1: ("latency",),
    Depth.D2: ("coverage", "latency"),
    Depth.D3: ("location", "coverage", "accuracy", "latency"),
    Depth.D4: ("location", "coverage", "accuracy", "latency", "performance"),
}
OF_MEASURE: Mapping[Measure, tuple[Aspect, ...]] = {
    "site-visits": ("location", "number"),
    "observers": ("location", "number", "activity"),
    "monitoring": ("number", "activity"),
    "test-observation": ("burnout-speed",),
    "annual-declaration": ("number",),
    "burnout-speed-disclosure": ("burnout-speed",),
    "telemetry": ("burnout-speed", "performance"),
    "exercises": ("latency", "rules"),
    "threat-assessment": (),
}


@dataclass(frozen=True)
class Exposure:
    """What one provision shows one party of another's assets.

    ``asset`` is the id of a sensor, or None for the defence as a whole. ``through`` are parties
    that the data pass on their way. ``kept`` says that it is known from before and flows no more.
    """

    provision: str
    giver: str
    asset: str | None
    receiver: str
    aspects: tuple[Aspect, ...]
    depth: Depth | None = None
    through: tuple[str, ...] = ()
    kept: bool = False


def exposures(
    provisions: tuple[Provision, ...], steps: tuple[Hop, ...], come: tuple[tuple[Arrival, ...], ...]
) -> tuple[Exposure, ...]:
    """Return what provisions show, in the order of the provisions."""
    shown = [*_of_shares(steps, come), *_of_words(provisions)]
    order = {provision.id: index for index, provision in enumerate(provisions)}
    return tuple(sorted(shown, key=lambda one: order[one.provision]))


def still_known(before: tuple[Exposure, ...], now: tuple[Exposure, ...]) -> tuple[Exposure, ...]:
    """Return what was shown before and is shown no more; it stays known."""
    flows = {(one.provision, one.asset, one.receiver) for one in now}
    return tuple(
        replace(one, kept=True)
        for one in before
        if (one.provision, one.asset, one.receiver) not in flows
    )


def _of_shares(steps: tuple[Hop, ...], come: tuple[tuple[Arrival, ...], ...]) -> Iterator[Exposure]:
    """Yield what each share shows of each sensor that it carries, by the first way to its giver."""
    for ways in come:
        sensor = ways[0].feed.sensor
        for hop in steps:
            before = next((arrival for arrival in ways if arrival.carried_by(hop)), None)
            if before is None:
                continue
            depth = min(before.feed.depth, hop.depth)
            yield Exposure(
                provision=hop.share.id,
                giver=sensor.owner.id,
                asset=sensor.id,
                receiver=hop.receiver,
                # From orbit there are no tracks, however deep the share.
                aspects=OF_DEPTH[depth if sensor.is_radar else min(depth, Depth.D2)],
                depth=depth,
                through=before.feed.parties[1:],
            )


def _of_words(provisions: tuple[Provision, ...]) -> Iterator[Exposure]:
    """Yield what transparency, joint planning and asking for consent show of a defence."""
    for one in provisions:
        if isinstance(one, Transparency):
            found = {aspect for measure in one.measures for aspect in OF_MEASURE[measure]}
            aspects = tuple(aspect for aspect in ASPECTS if aspect in found)
            for receiver in one.receivers:
                if aspects:
                    yield Exposure(one.id, one.giver.id, None, receiver.id, aspects)
        elif isinstance(one, Centre) and one.purpose != "fusion":
            for giver in one.members:
                for receiver in one.members:
                    if giver != receiver:
                        yield Exposure(one.id, giver.id, None, receiver.id, ("rules",))
        elif isinstance(one, Authority):
            for other in one.of:
                yield Exposure(one.id, one.party.id, None, other.id, ("engagements",))
