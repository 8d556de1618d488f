"""Stages against all at once: what each step brings, what it risks, and where trust runs out.

By itself a step is worth taking for party p when trust t >= (1 - q) e / (g + (1 - q) e): g is what
it adds to p's utility if all keep it, e what p loses if others cheat, q how likely that shows in
time. With the road beyond it, V_k = k (g_k + V_k+1) - (1 - k) (1 - q) e with k = t + (1 - t) m, m
how often a side that cannot be trusted keeps a step all the same; all parties have to find V_k no
less than nothing. A step kept raises trust (see `longroad.bargaining.trust`). Small first steps
build trust (Watson, Starting Small and Commitment) but cost time, and can cost more than they
bring (Kartal, Mueller and Tremewan): both ways are computed, and neither is assumed to win.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from longroad.bargaining.acceptance import Share, share
from longroad.bargaining.assign import Assignments, package_rows
from longroad.bargaining.problem import Bools, Floats


@dataclass(frozen=True)
class Step:
    """One stage over all assignments; arrays (draws, parties).

    ``gain`` is the change of utility by this step if all keep it, ``needed`` the trust from which
    it is worth taking by itself, ``trust`` what there is when it is reached. ``taken`` (draws,)
    says where all parties take it and all steps before.
    """

    stage: str
    years: Floats
    gain: Floats
    needed: Floats
    trust: Floats
    taken: Bools

    @property
    def share(self) -> Share:
        """Return the share of assignments in which the road leads through this step."""
        return share(self.taken)


@dataclass(frozen=True)
class Roadmap:
    """A road of stages, and the same end state signed at once.

    ``staged`` and ``at_once`` (draws, parties): expected, discounted change of utility.
    ``once_taken`` (draws,): all parties would sign everything at once.
    """

    steps: tuple[Step, ...]
    staged: Floats
    at_once: Floats
    once_taken: Bools

    @property
    def staged_better(self) -> Share:
        """Return where the stages are at least as good for all parties and better for one."""
        better = np.all(self.staged >= self.at_once, axis=1)
        return share(better & np.any(self.staged > self.at_once + 1e-12, axis=1))


def roadmap(sampled: Assignments) -> Roadmap | None:
    """Return the stages of a negotiation's file followed one by one, or None without stages.

    Payoffs last from the moment a step is in force; a cheated party loses its exposure times
    (1 - detection) once and the road ends. Discounting is each party's own, per year.
    """
    negotiation, numbers = sampled.negotiation, sampled.numbers
    stages, trusted = negotiation.stages, negotiation.trust
    if not stages or trusted is None:
        return None
    parties = sampled.parties
    start: Mapping[str, str] = negotiation.no_deal or {
        issue.id: issue.option_ids[0] for issue in negotiation.issues
    }
    packages = [dict(start)]
    for stage in stages:
        packages.append({**packages[-1], **stage.choices})
    worth = sampled.utilities(package_rows(negotiation, packages))
    mimic = numbers.of("mimic", trusted.mimic)
    trust = np.column_stack([numbers.of(f"{p}/trust", trusted.start[p]) for p in parties])
    rate = np.zeros_like(trust)
    if negotiation.patience is not None:
        discount = negotiation.patience.discount
        rate = np.column_stack([numbers.of(f"{p}/discount", discount[p]) for p in parties])
    first = trust.copy()
    elapsed = np.zeros(len(trust))
    whole_exposure, quality = np.zeros_like(trust), np.ones(len(trust))
    made: list[tuple[Floats, ...]] = []
    for k, stage in enumerate(stages):
        detection = numbers.of(f"stage/{stage.id}/detection", stage.detection)
        years = numbers.of(f"stage/{stage.id}/years", stage.years)
        exposed = np.column_stack(
            [numbers.of(f"{p}/exposure/{stage.id}", stage.exposure[p]) for p in parties]
        )
        gain = worth[:, k + 1] - worth[:, k]
        loss = (1.0 - detection)[:, None] * exposed
        # A side that cannot be trusted keeps this step with probability ``mimic``.
        kept = trust + (1.0 - trust) * mimic[:, None]
        made.append((years, gain, loss, trust, kept, np.exp(-rate * elapsed[:, None])))
        trust = np.divide(trust, kept, out=np.zeros_like(trust), where=kept > 0.0)
        elapsed = elapsed + years
        whole_exposure = whole_exposure + exposed
        quality = np.minimum(quality, detection)
    steps, staged = _backwards([stage.id for stage in stages], made)
    total = worth[:, -1] - worth[:, 0]
    risk = (1.0 - quality)[:, None] * whole_exposure
    at_once = first * total - (1.0 - first) * risk
    once = np.all(at_once >= 0.0, axis=1)
    return Roadmap(steps, staged, np.where(once[:, None], at_once, 0.0), once)


def _backwards(
    names: Sequence[str], made: Sequence[tuple[Floats, ...]]
) -> tuple[tuple[Step, ...], Floats]:
    """Return the steps and the value of the road, from its last step to its first.

    A party takes a step when what it brings, with the road beyond it, is worth the risk: a step
    that costs it something can be taken for the sake of the next.
    """
    ahead = np.zeros_like(made[0][1])
    willing: list[Bools] = []
    for _, gain, loss, _, kept, now in reversed(made):
        value = kept * (now * gain + ahead) - (1.0 - kept) * now * loss
        taken = np.all(value >= 0.0, axis=1)
        willing.insert(0, taken)
        ahead = np.where(taken[:, None], value, 0.0)
    road = np.ones(len(ahead), dtype=np.bool_)
    steps = []
    for name, taken, (years, gain, loss, trust, _, _) in zip(names, willing, made, strict=True):
        road = road & taken
        steps.append(Step(name, years, gain, _needed(gain, loss), trust, road))
    return tuple(steps), ahead


def _needed(gain: Floats, loss: Floats) -> Floats:
    """Return the trust from which a step is worth taking; above one where nothing is gained."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(gain + loss > 0.0, loss / (gain + loss), np.inf)
    return np.asarray(np.where(gain >= 0.0, np.where(loss > 0.0, ratio, 0.0), np.inf))
