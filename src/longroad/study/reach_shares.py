"""Shares of pairs within reach and least speeds by site: the table with the spread of the draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longroad.base.streams import scramble_error
from longroad.base.tables import schema
from longroad.study.evaluate import Evaluation
from longroad.study.plan import Plan
from longroad.study.reach_ensemble import LEAST_SPEED, PAIR_FRACTION, ReachEnsemble, Timing, timings
from longroad.study.reach_outcomes import ReachOutcome, outcome_values
from longroad.study.reach_plan import ANY, BEFORE, PARTS, ReachJob
from longroad.study.table import Table, make_table

Array = NDArray[np.float64]
Columns = dict[str, list[NDArray]]
Key = tuple[object, ...]
KM_S = 1e-3
QUANTILES = (0.05, 0.95)
# For each part: 5 % and 95 % quantiles and sampling error, of the share and of the least speed.
SPREADS = (
    "fraction_p05",
    "fraction_p95",
    "fraction_mc_se",
    "least_p05_km_s",
    "least_p95_km_s",
    "least_mc_se_km_s",
)


def shares_table(evaluation: Evaluation, plan: Plan, ensemble: ReachEnsemble) -> Table:
    """Return shares of pairs and least speeds by site: best estimates, with spread where drawn.

    ``evaluation`` is of the full plan; ``plan`` and ``ensemble`` are those of the draws.
    """
    columns: Columns = {name: [] for name in schema("reach_shares").names}
    drawn = {_key(job): job for job in plan.reach}
    found: dict[Key, Array] = {}
    for job in evaluation.plan.reach:
        if job.kind == "place":
            continue  # asked for by a claim; its finding stands with the claim
        twin = drawn.get(_key(job))
        told = {} if twin is None else {t.delay_s: t for t in timings(plan, twin)}
        known = timings(evaluation.plan, job)
        count = len(known) * len(PARTS)
        spreads = np.full((len(known), len(PARTS), len(SPREADS)), np.nan)
        for k, timing in enumerate(known):
            if twin is not None and timing.delay_s in told:
                asked = told[timing.delay_s]
                content = (*twin.physics, twin.assumptions, asked)
                if content not in found:
                    found[content] = _spreads(plan, ensemble, twin, asked)
                spreads[k] = found[content]
        words = {
            "variant": job.variant, "party": job.party, "site": job.site, "kind": job.kind,
            "trajectories": job.trajectories, "assumptions": job.assumptions,
        }  # fmt: skip
        rows: dict[str, NDArray] = {n: np.full(count, w, dtype=object) for n, w in words.items()}
        rows["timing"] = np.repeat(np.array([t.kind for t in known], dtype=object), len(PARTS))
        delays = [np.nan if t.delay_s is None else t.delay_s for t in known]
        rows["delay_s"] = np.repeat(np.array(delays, dtype=np.float64), len(PARTS))
        rows["part"] = np.tile(np.array(PARTS, dtype=object), len(known))
        rows |= _best(evaluation, job)
        rows |= {name: spreads[..., k].ravel() for k, name in enumerate(SPREADS)}
        for name, column in columns.items():
            column.append(rows[name])
    none = np.zeros(0)
    return make_table(
        "reach_shares", {k: np.concatenate(c) if c else none for k, c in columns.items()}
    )


def _key(job: ReachJob) -> Key:
    return (job.variant, job.kind, job.site, job.trajectories, job.assumptions)


def _best(evaluation: Evaluation, job: ReachJob) -> dict[str, NDArray]:
    """Return the best estimates of a job: rows by launch time and part of the flight."""
    meetings = [evaluation.meeting(k) for k in (job.meeting, job.supported) if k is not None]
    within = meetings[0].flights.within
    speed = np.concatenate([m.speed_m_s for m in meetings], axis=1)
    chase = np.zeros(speed.shape[:2], dtype=bool)
    chase[meetings[0].flights.kept] = np.concatenate(
        [m.full.overtaking[..., 0] for m in meetings], axis=1
    )
    own = np.nan if job.burnout_speed is None else evaluation.row[job.burnout_speed]
    # By launch time, part and flight; the parts in the order of PARTS.
    least = np.stack([speed[..., 0], speed[..., 1], np.fmin(speed[..., 0], speed[..., 1])])
    least = np.moveaxis(least, (0, 1, 2), (1, 2, 0))
    with np.errstate(invalid="ignore"):
        reached = (least <= own) & within
        chased = chase.T[:, None] & (least[:, :1] <= own) & within
    pairs = int(within.sum())
    hits = reached.sum(axis=2)
    low = np.where(np.isnan(least) | ~within, np.inf, least).min(axis=2, initial=np.inf)
    before = np.array([part in (BEFORE, ANY) for part in PARTS])
    share = np.full(hits.shape, np.nan)
    if pairs > 0 and job.burnout_speed is not None:
        share = hits / pairs
    return {
        "pairs": np.full(hits.size, pairs, dtype=np.int32),
        "reachable_pairs": hits.ravel().astype(np.int32),
        "overtaking_pairs": (chased.sum(axis=2) * before).ravel().astype(np.int32),
        "fraction": share.ravel(),
        "least_km_s": np.where(np.isfinite(low), low * KM_S, np.nan).ravel(),
    }


def _spreads(plan: Plan, ensemble: ReachEnsemble, job: ReachJob, timing: Timing) -> Array:
    """Return the spreads (part, SPREADS) of a job at one launch time over the draws."""
    out = np.full((len(PARTS), len(SPREADS)), np.nan)
    for k, part in enumerate(PARTS):
        for first, measure in ((0, PAIR_FRACTION), (3, LEAST_SPEED)):
            if measure == PAIR_FRACTION and job.burnout_speed is None:
                continue
            asked = ReachOutcome(job, timing, measure, part)
            draws = outcome_values(plan, ensemble, asked)[1:]
            known = draws[np.isfinite(draws)]
            if known.size:
                out[k, first : first + 2] = np.quantile(known, QUANTILES)
            if known.size == draws.size:
                out[k, first + 2] = scramble_error(draws)
    return out
