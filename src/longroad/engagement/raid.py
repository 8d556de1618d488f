"""A raid from typed inputs: what comes, what can meet it, who may fire, and under which rules.

Everything is an array. Letters as in `raid_arrays_kernel`: R raids in sequence, O objects, N arcs,
B batteries, P parties, S states of information, K launch times, Q quantiles.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import RaidError
from longroad.engagement.kill import Levels, levels
from longroad.engagement.raid_checks import shaped, within

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Flags = NDArray[np.bool_]

UNLIMITED = 2**31
"""As many rounds as the object's flight and the stock allow."""
SHARED = 0
"""As a later salvo: what is left, shared evenly over the objects that wait."""


class Discrimination(IntEnum):
    """Which objects are taken for true ones; three assumptions that are run side by side."""

    PERFECT = 0
    """True objects are, decoys never."""
    STATED = 1
    """Each object with its stated probability."""
    NONE = 2
    """All objects alike are."""


class Coordination(IntEnum):
    """How two parties keep out of each other's way."""

    INDEPENDENT = 0
    DECONFLICTED = 1
    JOINT = 2


@dataclass(frozen=True)
class Raid:
    """Objects (O,) of one raid; times in s, those of flight from the object's own ignition.

    ``ignition_s`` is delayed by a uniform number between 0 and ``spread_s``; ``arc`` indexes the
    arcs of the opportunities; ``territory`` is what it comes down on; ``taken`` is the stated
    probability that it is taken for a true object: 1 less the chance to be passed over for a true
    one, the chance to be fired at for a decoy.
    """

    ignition_s: Array
    spread_s: Array
    flight_s: Array
    arc: Index
    territory: Index
    decoy: Flags
    taken: Array

    def __post_init__(self) -> None:
        count = (np.size(self.arc),)
        if count == (0,):
            raise RaidError("a raid has no objects", field="objects", expected="one or more")
        for field in fields(self):
            kind = {"arc": np.int64, "territory": np.int64, "decoy": np.bool_}.get(field.name)
            value = shaped(getattr(self, field.name), count, field.name, kind or np.float64)
            object.__setattr__(self, field.name, value)
        within(self.spread_s, 0.0, np.inf, "spread_s")
        within(self.ignition_s, -1e9, 1e9, "ignition_s")
        within(self.taken, 0.0, 1.0, "taken")
        within(self.arc, 0, np.inf, "arc")
        within(self.territory, 0, np.inf, "territory")

    def __len__(self) -> int:
        return int(self.arc.size)


@dataclass(frozen=True)
class Force:
    """Batteries (B,) under one agreement.

    ``party`` and ``kind`` (of interceptor) are indices. ``inventory`` before the first raid;
    ``reserve`` and ``resupply`` (R, B) or (B,): what is held back in each raid for those after it,
    and what arrives before each raid (the first included). A salvo of ``salvo``, in later rounds
    of ``later`` (`SHARED`: what is left, shared evenly), at most ``rounds`` salvos at one object:
    a barrage has one round. ``gap_s`` least time between launches, ``assessment_s`` from the last
    arrival until the outcome is known; those who assign together go by the quickest of
    theirs. ``kill`` single-shot probability, and its correlations within the kind (`kill.levels`).
    """

    party: Index
    kind: Index
    inventory: Index
    reserve: Index
    resupply: Index
    salvo: Index
    later: Index
    rounds: Index
    gap_s: Array
    assessment_s: Array
    kill: Array
    system_correlation: Array
    object_correlation: Array

    def __post_init__(self) -> None:
        count = (np.size(self.party),)
        if count == (0,):
            raise RaidError("there is no battery", field="party", expected="one or more batteries")
        real = {"gap_s", "assessment_s", "kill", "system_correlation", "object_correlation"}
        for field in fields(self):
            value = getattr(self, field.name)
            shape: tuple[int, ...] = count
            if field.name in {"reserve", "resupply"} and np.ndim(value) == 2:
                shape = (len(value), *count)
            kind = np.float64 if field.name in real else np.int64
            object.__setattr__(self, field.name, shaped(value, shape, field.name, kind))
            within(getattr(self, field.name), 0.0, np.inf, field.name)
        self.levels  # noqa: B018 -- raises where the three numbers do not fit together

    def __len__(self) -> int:
        return int(self.party.size)

    @property
    def levels(self) -> Levels:
        """Return the three levels of the kill model."""
        return levels(self.kill, self.system_correlation, self.object_correlation)

    def silent(self) -> tuple[tuple[int, str], ...]:
        """Return the batteries that never fire whatever comes, each with the field that says so."""
        found = []
        for b in range(len(self)):
            reserve = np.atleast_2d(self.reserve)[:, b]
            supply = self.inventory[b] + np.cumsum(np.atleast_2d(self.resupply)[:, b])
            if self.salvo[b] == 0:
                found.append((b, "salvo"))
            elif self.rounds[b] == 0:
                found.append((b, "rounds"))
            elif supply[-1] == 0:
                found.append((b, "inventory"))
            elif supply[-1] <= reserve.min():
                found.append((b, "reserve"))
        return tuple(found)


@dataclass(frozen=True)
class Opportunities:
    """What can meet what under one agreement; times in s after the arc's ignition.

    ``chance`` (S,) of the states of information, the same for all batteries; ``ready_s`` (S, N, B)
    when a battery may launch (commit-quality track, link and decision; not the wait for consent),
    infinite where it never may, or a rule bars it; ``free`` (S, N, B) whether it could meet the
    arc if nobody had to be asked and nothing were forbidden. ``meets_s`` (N, B, K) is the intercept
    that K launches lead to, evenly from ``opens_s`` to ``latest_s`` (N, B); NaN where a launch
    meets nothing.
    """

    chance: Array
    ready_s: Array
    free: Flags
    opens_s: Array
    latest_s: Array
    meets_s: Array

    def __post_init__(self) -> None:
        meets = np.asarray(self.meets_s)
        if meets.ndim != 3 or meets.shape[2] == 0:
            raise RaidError(
                f"an array has the shape {meets.shape}", field="meets_s",
                expected="arcs x batteries x launch times",
            )  # fmt: skip
        arcs, batteries, _ = meets.shape
        states = np.size(self.chance)
        shapes = {
            "chance": (states,), "meets_s": meets.shape,
            "ready_s": (states, arcs, batteries), "free": (states, arcs, batteries),
        }  # fmt: skip
        for field in fields(self):
            shape = shapes.get(field.name, (arcs, batteries))
            kind = np.bool_ if field.name == "free" else np.float64
            value = shaped(getattr(self, field.name), shape, field.name, kind)
            object.__setattr__(self, field.name, value)
        within(self.chance, 0.0, 1.0, "chance")
        if states == 0 or abs(float(self.chance.sum()) - 1.0) > 1e-9:
            raise RaidError(
                "the states of information do not make up the whole",
                field="chance",
                expected="probabilities that add up to 1",
            )
        usable = np.isfinite(self.latest_s)
        if np.any(np.isnan(self.ready_s)) or np.any(usable & ~np.isfinite(self.opens_s)):
            raise RaidError("a launch time is no number", field="ready_s", expected="times in s")
        if np.any(np.isnan(self.latest_s)) or np.any(self.latest_s == np.inf):
            raise RaidError(
                "a latest launch is no number", field="latest_s",
                expected="a time in s, or minus infinity where nothing is met",
            )  # fmt: skip


@dataclass(frozen=True)
class Rules:
    """Who may fire, and how parties (P,) keep out of each other's way, under one agreement.

    ``coordination`` (P, P), symmetric (see `Coordination`); ``consent`` (P,) the chance that all
    who are asked agree, 1 where nobody is, 0 where it is blocked; ``delay_s`` (P, Q) evenly spaced
    quantiles of how long that takes; ``asks_as`` (P,) the party whose draw a party shares, its own
    number where it asks alone. ``sees_kills``: an independent party recognises by itself, after
    its own assessment, what another one has killed.
    """

    coordination: Index
    consent: Array
    delay_s: Array
    asks_as: Index
    sees_kills: bool

    def __post_init__(self) -> None:
        parties = np.size(self.consent)
        delay = np.asarray(self.delay_s, dtype=np.float64)
        quantiles = delay.shape[1] if delay.ndim == 2 else 1
        delay = delay[:, None] if delay.ndim == 1 else delay
        for name, value, shape, kind in (
            ("coordination", self.coordination, (parties, parties), np.int64),
            ("consent", self.consent, (parties,), np.float64),
            ("delay_s", delay, (parties, quantiles), np.float64),
            ("asks_as", self.asks_as, (parties,), np.int64),
        ):
            object.__setattr__(self, name, shaped(value, shape, name, kind))
        within(self.coordination, 0, 2, "coordination")
        within(self.consent, 0.0, 1.0, "consent")
        within(self.delay_s, 0.0, np.inf, "delay_s")
        within(self.asks_as, 0, parties - 1, "asks_as")
        if not np.array_equal(self.coordination, self.coordination.T):
            raise RaidError(
                "a party coordinates with one that does not with it", field="coordination",
                expected="a symmetric table",
            )  # fmt: skip
        if np.any(np.diff(self.delay_s, axis=1) < 0.0):
            raise RaidError(
                "quantiles of a delay fall", field="delay_s", expected="quantiles in rising order"
            )

    def commands(self) -> Index:
        """Return which command each party belongs to (P,): the parties that it assigns with."""
        joint = (self.coordination == Coordination.JOINT) | np.eye(len(self.consent), dtype=bool)
        for _ in range(len(joint)):
            joint = (joint.astype(np.int64) @ joint.astype(np.int64)) > 0
        first = joint.argmax(axis=1)
        return np.asarray(np.unique(first, return_inverse=True)[1], dtype=np.int64)

    def aware(self, command: Index) -> Flags:
        """Return whose engagements each command knows of (G, G): its own, and what it is told.

        What one member of a command knows, all of them know.
        """
        known = (self.coordination >= Coordination.DECONFLICTED) | np.eye(len(command), dtype=bool)
        member = (np.arange(int(command.max()) + 1)[:, None] == command).astype(np.int64)
        return np.asarray((member @ known.astype(np.int64) @ member.T) > 0)


@dataclass(frozen=True)
class Arrangement:
    """One agreement as a raid knows it."""

    force: Force
    opportunities: Opportunities
    rules: Rules
