"""What reaches a party: feeds of sensors over links, and how late each kind of knowledge comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from longroad.agreement.value import Figure, Value
from longroad.base.key import Key
from longroad.scenario.agreement import Depth, Number
from longroad.scenario.world import Party, SensorSite

Need = Literal["warning", "cue", "track", "fire"]
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Link:
    """A share or a centre that data pass, with what it adds and how often it works.

    Links fail independently of each other, also where two have the same availability.
    """

    id: str
    latency: Number
    availability: Number


@dataclass(frozen=True)
class Feed:
    """One way by which a party has the data of one sensor, as deep as the shallowest link.

    ``parties`` are the ids of those whose hands it passes, the owner first and the receiver last.
    """

    sensor: SensorSite
    depth: Depth
    links: tuple[Link, ...]
    parties: tuple[str, ...]

    @property
    def own(self) -> bool:
        """Return whether the sensor is the receiver's own."""
        return not self.links

    @property
    def warns(self) -> bool:
        """Return whether it says that and when something was launched."""
        return self.depth >= Depth.D1

    @property
    def cues(self) -> bool:
        """Return whether it tells where to look."""
        return self.depth >= Depth.D2

    @property
    def tracks(self) -> bool:
        """Return whether its measurements count for the receiver's track; orbit has none."""
        return self.depth >= Depth.D3 and self.sensor.is_radar

    @property
    def fires(self) -> bool:
        """Return whether an engagement may rest on it alone."""
        return self.depth >= Depth.D4 and self.sensor.is_radar

    def gives(self, need: Need) -> bool:
        """Return whether it gives one of the four kinds of knowledge."""
        given = {"warning": self.warns, "cue": self.cues, "track": self.tracks, "fire": self.fires}
        return given[need]

    @property
    def terms(self) -> tuple[Number, ...]:
        """Return the latencies that add up; a number stands as often as it counts."""
        return tuple(link.latency for link in self.links)

    def latency_s(self, value: Value) -> Figure:
        """Return what the links add to the sensor's own report (s); 0 for an own sensor."""
        total: Figure = 0.0
        for term in self.terms:
            total = total + value(term)
        return total

    def availability(self, value: Value) -> Figure:
        """Return the chance that all links work: the product over independent links."""
        total: Figure = 1.0
        for link in self.links:
            total = total * value(link.availability)
        return total


@dataclass(frozen=True)
class Delays:
    """How late a party knows, by sensor: what agreements add (s); infinite for never.

    Arrays (S,) or (S, draws): ``warning_s`` that something was launched, ``cue_s`` where to look,
    ``track_s`` measurements for a track, ``fire_s`` measurements to fire on alone.
    """

    warning_s: Array
    cue_s: Array
    track_s: Array
    fire_s: Array


@dataclass(frozen=True)
class Information:
    """Everything that reaches one party: its own sensors, then those of others, path by path."""

    party: Party
    feeds: tuple[Feed, ...]

    def of(self, sensor: SensorSite, need: Need = "warning") -> tuple[Feed, ...]:
        """Return the feeds of one sensor that give one kind of knowledge."""
        return tuple(f for f in self.feeds if f.sensor.id == sensor.id and f.gives(need))

    def sensors_of(self, need: Need) -> tuple[SensorSite, ...]:
        """Return the sensors that give one kind of knowledge, own ones first."""
        found = {feed.sensor.id: feed.sensor for feed in self.feeds if feed.gives(need)}
        return tuple(found.values())

    def depth(self, sensor: SensorSite) -> Depth:
        """Return the deepest look that the party has at a sensor's data."""
        return max((f.depth for f in self.of(sensor)), default=Depth.D0)

    def soonest(self, sensor: SensorSite, need: Need, value: Value) -> Feed | None:
        """Return the feed by which one kind of knowledge comes first; None where none does.

        ``value`` gives single numbers here. Of equal ones it is the first.
        """
        feeds = self.of(sensor, need)
        return min(feeds, key=lambda feed: float(feed.latency_s(value)), default=None)

    def delays(self, sensors: Sequence[SensorSite], value: Value) -> Delays:
        """Return what agreements add to the reports of some sensors, in their order."""
        return Delays(*(self._late(sensors, need, value) for need in _NEEDS))

    def _late(self, sensors: Sequence[SensorSite], need: Need, value: Value) -> Array:
        rows: list[Figure] = []
        for sensor in sensors:
            least: Figure = np.inf
            for feed in self.of(sensor, need):
                least = np.minimum(least, feed.latency_s(value))
            rows.append(least)
        shapes = np.broadcast_shapes((), *(np.shape(row) for row in rows))
        if not rows:
            return np.empty(0)
        return np.stack([np.broadcast_to(np.asarray(row, float), shapes) for row in rows])

    @property
    def links(self) -> tuple[Link, ...]:
        """Return the links that anything passes, each once."""
        found = {link.id: link for feed in self.feeds for link in feed.links}
        return tuple(found.values())

    @cached_property
    def warning(self) -> frozenset[str]:
        """Return the ids of the sensors whose warning comes."""
        return frozenset(feed.sensor.id for feed in self.feeds if feed.warns)

    @cached_property
    def key(self) -> Key:
        """Return what decides about delays, whatever the draw: equal keys, equal delays."""
        return Key(
            tuple(
                sorted(
                    (feed.sensor.id, int(feed.depth), tuple(sorted(term.id for term in feed.terms)))
                    for feed in self.feeds
                )
            )
        )


_NEEDS: tuple[Need, ...] = ("warning", "cue", "track", "fire")
