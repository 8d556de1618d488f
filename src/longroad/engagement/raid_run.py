"""Runs a raid: many replicates on one or more threads, until the error is small enough, or one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import RaidError
from longroad.engagement.raid import Arrangement, Discrimination, Raid
from longroad.engagement.raid_block_kernel import block
from longroad.engagement.raid_outcome import Outcome, layout, merged
from longroad.engagement.raid_pack import Packed, pack

Words = NDArray[np.uint64]
ALL = (Discrimination.PERFECT, Discrimination.STATED, Discrimination.NONE)


@dataclass(frozen=True)
class Goal:
    """When there are replicates enough: at ``most``, or from ``least`` on, doubling.

    The sampling error of the mean leakers of every agreement, and of every paired difference of
    them, is at most ``error`` (objects) under every discrimination.
    """

    error: float
    least: int
    most: int


def simulate(
    raids: Sequence[Raid], arrangements: Sequence[Arrangement], territories: int, key: Words,
    replicates: int, *, first: int = 0, workers: int = 1,
    modes: Sequence[Discrimination] = ALL, samples: bool = False,
) -> Outcome:  # fmt: skip
    """Return what comes of replicates ``first`` to ``first + replicates`` of raids in sequence.

    All agreements and discriminations meet the same luck; ``key`` as of `streams.philox_key`. The
    result has the same bytes at any number of workers, and blocks that follow each other add up
    (`raid_outcome.merged`). ``samples`` keeps every replicate, which takes memory.

    Raises :class:`RaidError` where things do not fit together or not into memory.
    """
    if replicates < 1:
        raise RaidError(
            f"{replicates} replicates are none", field="replicates", expected="one or more"
        )
    kept = replicates if samples else 0
    packed = pack(raids, arrangements, territories, len(modes), kept)
    edges = np.linspace(first, first + replicates, min(workers, replicates) + 1).astype(np.int64)
    spans = list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))
    if len(spans) == 1:
        return _run(packed, key, first, first + replicates, modes, samples)
    with ThreadPoolExecutor(len(spans)) as pool:
        jobs = [pool.submit(_run, packed, key, *span, modes, samples) for span in spans]
        return merged([job.result() for job in jobs])


def simulate_until(
    raids: Sequence[Raid], arrangements: Sequence[Arrangement], territories: int, key: Words,
    goal: Goal, *, workers: int = 1, modes: Sequence[Discrimination] = ALL,
) -> Outcome:  # fmt: skip
    """Return the outcome of doubling blocks of replicates, until the goal or its most is reached.

    One decision for all agreements together, so that they stay paired.
    """
    found = simulate(
        raids, arrangements, territories, key, min(goal.least, goal.most), workers=workers,
        modes=modes,
    )  # fmt: skip
    while found.replicates < goal.most and worst_error(found) > goal.error:
        more = min(found.replicates, goal.most - found.replicates)
        again = simulate(
            raids, arrangements, territories, key, more, first=found.replicates, workers=workers,
            modes=modes,
        )  # fmt: skip
        found = merged([found, again])
    return found


def worst_error(outcome: Outcome) -> float:
    """Return the greatest sampling error of mean leakers and of their paired differences."""
    m = outcome.index("leakers")
    errors = [outcome.error()[..., m]]
    agreements = len(outcome.total)
    errors += [
        outcome.difference(a, b)[1][:, m] for a in range(agreements) for b in range(a)
    ]  # fmt: skip
    worst = max(float(np.max(one)) for one in errors)
    return math.inf if math.isnan(worst) else worst


def _run(
    packed: Packed, key: Words, begin: int, end: int, modes: Sequence[Discrimination],
    samples: bool,
) -> Outcome:  # fmt: skip
    agreements, count, objects = len(packed.commands), packed.measures, len(packed.objects.whole)
    batteries, raids = packed.terms.stock.shape[1], packed.objects.first.size - 1

    def whole(*shape: int) -> NDArray[np.int64]:
        return np.zeros(shape, dtype=np.int64)

    found = Outcome(
        replicates=end - begin,
        first=begin,
        modes=np.array(modes, dtype=np.int64),
        measures=layout(packed.territories, batteries, packed.parties),
        total=whole(agreements, len(modes), count),
        cross=whole(len(modes), count, agreements, agreements),
        by_raid=whole(raids, agreements, len(modes), count),
        leaks=whole(agreements, len(modes), 1 + packed.territories, objects + 1),
        launched=whole(agreements, len(modes), packed.stock + 1),
        wasted=whole(agreements, len(modes), packed.stock + 1),
        samples=whole(end - begin if samples else 0, agreements, len(modes), count),
    )
    block(
        key, begin, end, found.modes, packed.commands, packed.territories, packed.objects,
        packed.terms, packed.luck(), packed.work(), found.by_raid, found.total, found.cross,
        found.leaks, found.launched, found.wasted, found.samples,
    )  # fmt: skip
    return found
