"""One raid of one replicate, event by event: what a replay shows, and what bookkeeping checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from longroad.engagement.raid import Arrangement, Discrimination, Raid
from longroad.engagement.raid_block_kernel import one_raid
from longroad.engagement.raid_pack import pack
from longroad.engagement.raid_shots_kernel import (
    CONSENT,
    DECOY,
    DOUBLE,
    HIT,
    IGNITION,
    IMPACT,
    INTERCEPT,
    LAUNCH,
    MISS,
    SURPLUS,
)

Array = NDArray[np.float64]
Index = NDArray[np.int64]


class Event(IntEnum):
    """What happens."""

    IGNITION = IGNITION
    CONSENT = CONSENT
    LAUNCH = LAUNCH
    INTERCEPT = INTERCEPT
    IMPACT = IMPACT


class Fate(IntEnum):
    """What becomes of an interceptor; surplus: its own side's salvo had killed the object."""

    HIT = HIT
    MISS = MISS
    SURPLUS = SURPLUS
    DOUBLE = DOUBLE
    DECOY = DECOY


@dataclass(frozen=True)
class Replay:
    """Events (E,) in order of time (s after the raid's zero); -1 where one has no battery or party.

    ``outcome`` is, of an ignition or an impact, 1 for a true object; of consent, 1 for granted (an
    event only where somebody is asked); of a launch, the shot's number at the object by that kind;
    of an intercept, its :class:`Fate`. ``state`` is the state of information; ``before`` and
    ``after`` (B,) are the interceptors at hand.
    """

    time_s: Array
    event: Index
    object: Index
    battery: Index
    party: Index
    outcome: Index
    state: int
    before: Index
    after: Index


def replay(
    raids: Sequence[Raid], arrangements: Sequence[Arrangement], territories: int,
    key: NDArray[np.uint64], replicate: int, agreement: int, mode: Discrimination, *,
    raid: int = 0,
) -> Replay:  # fmt: skip
    """Return the events of one raid of one replicate, as `raid_run.simulate` runs it."""
    packed = pack(raids, arrangements, territories, 1, 0)
    events = len(packed.objects.whole) * (2 * packed.shots + packed.parties + 2)
    work = packed.work(events)
    stock = np.zeros((2, packed.terms.stock.shape[1]), dtype=np.int64)
    state = one_raid(
        key, replicate, agreement, int(mode), int(packed.commands[agreement]), raid,
        packed.objects, packed.terms, packed.luck(), work, stock,
    )  # fmt: skip
    log = work.log[: work.logged[0]]
    log = log[np.argsort(log[:, 0], kind="stable")]
    what, of, battery, party, outcome = log[:, 1:].astype(np.int64).T
    return Replay(
        log[:, 0].copy(), what, of, battery, party, outcome, int(state), stock[0], stock[1]
    )
