"""The ensemble of raids: every raid under every agreement, for the best estimate and the draws.

As agreements do, raids rest on the first quarter of the draws. In every row of values a raid is
played over and over until the sampling error is small enough, for all agreements together, which
meet the same luck; so what agreements differ by is known better than what each comes to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from longroad.base.streams import philox_key
from longroad.engagement.raid import Discrimination
from longroad.engagement.raid_outcome import Outcome
from longroad.engagement.raid_run import Goal, simulate_until
from longroad.study.agreement_ensemble import agreement_rows_of
from longroad.study.blocks import Block, Part, Progress, run_parts
from longroad.study.columns import BEST_ROW, Values
from longroad.study.ensemble import plan_digest
from longroad.study.plan import Plan
from longroad.study.raid_inputs import Inputs, RaidInputs
from longroad.study.raid_plan import RaidJob
from longroad.study.row import Row

Array = NDArray[np.float64]
# Changes with the meaning of what a block holds.
BLOCK_FORMAT = "raids-1"
MODES = (Discrimination.PERFECT, Discrimination.STATED, Discrimination.NONE)
# Replicates of a draw, and of the best estimate, whose own figures are told.
LEAST, MOST, MOST_BEST = 256, 512, 65_536
MEAN, ERROR, LOW, HIGH, DIFFERENCE, DIFFERENCE_ERROR = range(6)
WHOLE = (
    ("objects", "1"),
    ("leakers", "1"),
    ("nothing_leaks", "1"),
    ("interceptors_launched", "1"),
    ("interceptors_wasted", "1"),
    ("double_engagements", "1"),
    ("lost_to_procedure", "1"),
    ("never_engageable", "1"),
    ("passed_over", "1"),
    ("not_fired_at", "1"),
    ("missed", "1"),
)
BY_PARTY = (
    ("interceptors_launched", "1"),
    ("interceptors_wasted", "1"),
    ("refused", "1"),
    ("too_late_for_consent", "1"),
    ("barred", "1"),
)
# What the engagement room calls them.
ROOM = {
    "interceptors_launched": "launched",
    "interceptors_wasted": "wasted",
    "too_late_for_consent": "late",
}
QUANTILES = (0.05, 0.95)


@dataclass(frozen=True)
class RaidOutcome:
    """One outcome of a raid: of all, or of one party (as defender of land, or as owner)."""

    name: str
    party: str
    unit: str


@dataclass(frozen=True)
class RaidEnsemble:
    """``found[j]`` (R, 6, S, D, Q): rows (the best estimate first), statistics, situations of job
    j, discriminations, :func:`outcomes_of`; ``replicates[j]`` (R,).

    The statistics are mean, sampling error, 5 % and 95 % quantiles of the replicates, and the
    difference from the first situation with its sampling error.
    """

    jobs: tuple[RaidJob, ...] = ()
    found: tuple[Array, ...] = ()
    replicates: tuple[Array, ...] = ()


def outcomes_of(job: RaidJob) -> tuple[RaidOutcome, ...]:
    """Return the outcomes of a raid in the order of the arrays."""
    return (
        *(RaidOutcome(name, "", unit) for name, unit in WHOLE),
        *(RaidOutcome("leakers", id, "1") for id in job.territories),
        *(RaidOutcome(name, id, unit) for id in job.parties for name, unit in BY_PARTY),
        *(RaidOutcome("warning_time", id, "s") for id in job.territories[:-1]),
    )


def run_raids(
    plan: Plan,
    jobs: tuple[RaidJob, ...],
    values: Values,
    seed: int,
    workers: int,
    progress: Progress | None = None,
) -> RaidEnsemble:
    """Play every raid in the first rows of values with a number of threads."""
    parts = raid_parts(plan, jobs, values, seed)
    return raids_of(jobs, run_parts(parts, partial(Row, plan), workers, progress))


def raid_parts(plan: Plan, jobs: tuple[RaidJob, ...], values: Values, seed: int) -> list[Part[Row]]:
    """Return what to compute for raids; nothing where there are none."""
    if not jobs:
        return []
    told = plan_digest(plan) + "".join(job.digest for job in jobs).encode()
    digest = hashlib.sha256(told + str(seed).encode()).digest()
    table = values.table[: agreement_rows_of(len(values.table))]
    best = values.table[BEST_ROW].tobytes()
    return [Part(BLOCK_FORMAT, digest, table, partial(_row, jobs, seed, best))]


def raids_of(jobs: tuple[RaidJob, ...], blocks: Sequence[Block]) -> RaidEnsemble:
    """Return the ensemble that the block of :func:`raid_parts` makes, if any."""
    if not blocks:
        return RaidEnsemble()
    (block,) = blocks
    found = [
        tuple(block[f"{name}-{j}"] for j in range(len(jobs))) for name in ("found", "replicates")
    ]
    return RaidEnsemble(jobs, *found)


def _row(jobs: Sequence[RaidJob], seed: int, best: bytes, row: Row) -> Block:
    block: Block = {}
    most = MOST_BEST if row.values.tobytes() == best else MOST
    for j, job in enumerate(jobs):
        inputs = RaidInputs(row.agreements, job).all()
        outcome = play(job, inputs, float(row.values[job.columns["leaker_error"]]), seed, most)
        block[f"found-{j}"] = statistics(job, inputs, outcome)
        count = outcome.replicates if outcome is not None else 0
        block[f"replicates-{j}"] = np.array(count, dtype=np.float64)
    return block


def play(
    job: RaidJob, inputs: Inputs, error: float, seed: int, most: int, workers: int = 1
) -> Outcome | None:
    """Return the outcome of enough replicates; None where nothing comes at all."""
    if not inputs.raids:
        return None
    return simulate_until(
        inputs.raids,
        inputs.arrangements,
        len(job.territories),
        raid_key(job, seed),
        Goal(error, LEAST, most),
        workers=workers,
        modes=MODES,
    )


def raid_key(job: RaidJob, seed: int) -> NDArray[np.uint64]:
    """Return the key of a raid's luck: the same under every agreement and in every variant."""
    return philox_key(seed, "raid", job.raid.id)


def statistics(job: RaidJob, inputs: Inputs, outcome: Outcome | None) -> Array:
    """Return the statistics (6, S, D, Q) of one row; see :class:`RaidEnsemble`."""
    wanted = outcomes_of(job)
    situations = len(job.situations)
    out = np.zeros((6, situations, len(MODES), len(wanted)))
    out[[LOW, HIGH]] = np.nan
    if outcome is not None:
        means, errors = outcome.mean(), outcome.error()
        places = [_place(outcome, job, one) for one in wanted]
        some = [(q, m) for q, m in enumerate(places) if m is not None]
        mine, theirs = (list(part) for part in zip(*some, strict=True))
        of = list(inputs.of)
        out[MEAN][:, :, mine] = means[of][:, :, theirs]
        out[ERROR][:, :, mine] = errors[of][:, :, theirs]
        for s, a in enumerate(of):
            mean, error = outcome.difference(a, of[0])
            out[DIFFERENCE, s][:, mine] = mean[:, theirs]
            out[DIFFERENCE_ERROR, s][:, mine] = error[:, theirs]
        for which, probability in zip((LOW, HIGH), QUANTILES, strict=True):
            leaks = outcome.leak_quantile(probability)[of]
            launched = outcome.launched_quantile(probability)[of]
            wasted = outcome.wasted_quantile(probability)[of]
            for q, one in enumerate(wanted):
                if one.name == "leakers":
                    where = 0 if not one.party else 1 + job.territories.index(one.party)
                    out[which, :, :, q] = leaks[:, :, where]
                elif not one.party and one.name == "interceptors_launched":
                    out[which, :, :, q] = launched
                elif not one.party and one.name == "interceptors_wasted":
                    out[which, :, :, q] = wasted
    for q, one in enumerate(wanted):
        if one.name == "objects":
            out[MEAN, :, :, q] = inputs.missiles.sum()
        elif one.name == "warning_time":
            usual = _warning(inputs, job.territories.index(one.party))
            out[MEAN, :, :, q] = usual[:, None]
            out[DIFFERENCE, :, :, q] = (usual - usual[0])[:, None]
    return out


def _place(outcome: Outcome, job: RaidJob, one: RaidOutcome) -> int | None:
    """Return where the simulation counts an outcome; None for one that it does not count."""
    if one.name in ("objects", "warning_time"):
        return None
    name = ROOM.get(one.name, one.name)
    if not one.party:
        return outcome.index(name)
    if one.name == "leakers":
        return outcome.index(name, "territory", job.territories.index(one.party))
    return outcome.index(name, "party", job.parties.index(one.party))


def _warning(inputs: Inputs, territory: int) -> Array:
    """Return the mean time (S,) from warning to impact over missiles at a territory; NaN for none.

    A missile of which no warning comes counts with none.
    """
    here = inputs.territory == territory
    weights = inputs.missiles[here]
    if weights.sum() == 0:
        return np.full(len(inputs.warned_s), np.nan)
    left = inputs.flight_s[here] - inputs.warned_s[:, here]
    left = np.where(np.isfinite(left), np.maximum(left, 0.0), 0.0)
    return np.asarray(left @ weights / weights.sum())
