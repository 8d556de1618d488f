"""Each reply to a dated proposal, predicted from the others, against always saying 'refused'.

Every value assignment says of each proposal whether those asked would have accepted. Assignments
that fit the other replies count more: each reply missed divides an assignment's weight by
(1 - e) / e. The weighted share that accepts is the prediction. Scores are Brier scores, the mean
squared difference from 1 (accepted) or 0; lower is better. Refusal of openings is normal in any
bargaining over several issues, so beating 'always refused' is the least a model must do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from longroad.bargaining.acceptance import Acceptance
from longroad.bargaining.assign import Assignments
from longroad.bargaining.problem import Bools

MISREAD = 0.2
"""How often a reply is taken for the wrong one: judgement, see docs/methods/bargaining.md."""


@dataclass(frozen=True)
class Reply:
    """One proposal: what came of it, and what was predicted without it.

    ``plain`` is the share of all assignments that accept; ``predicted`` that of those weighted by
    the other replies; ``effective`` how many assignments the weights amount to.
    """

    package: str
    date: str | None
    accepted: bool
    plain: float
    predicted: float
    effective: float


@dataclass(frozen=True)
class Hindcast:
    """All replies, and three scores: predicted, plain, and always refused."""

    replies: tuple[Reply, ...]
    score: float
    plain_score: float
    refuse_score: float

    @property
    def beats_refusal(self) -> bool:
        """Return whether the prediction is better than always saying 'refused'."""
        return self.score < self.refuse_score


def hindcast(sampled: Assignments, found: Acceptance, misread: float = MISREAD) -> Hindcast | None:
    """Return the hindcast of all packages with a reply, or None without two.

    A package without a proposer was made by all together, so all have to accept it.

    Only 'accepted' counts as acceptance: a reply in part is a refusal of the package as it stood.
    """
    packages = sampled.negotiation.packages
    known = [k for k, one in enumerate(packages) if one.reply in ("accepted", "refused", "partly")]
    if len(known) < 2:
        return None
    says = np.column_stack([_accepting(sampled, found, k) for k in known])
    actual = np.array([packages[k].reply == "accepted" for k in known])
    right: Bools = np.equal(says, actual)
    fits = np.where(right, np.full(right.shape, np.log1p(-misread)), np.log(misread))
    replies = []
    for j, k in enumerate(known):
        support = fits.sum(axis=1) - fits[:, j]
        weight = np.exp(support - support.max())
        predicted = float(weight @ says[:, j] / weight.sum())
        effective = float(weight.sum() ** 2 / (weight @ weight))
        replies.append(
            Reply(
                packages[k].id,
                packages[k].date,
                bool(actual[j]),
                float(says[:, j].mean()),
                predicted,
                effective,
            )
        )
    truth = actual.astype(float)
    return Hindcast(
        tuple(replies),
        float(np.mean([(r.predicted - t) ** 2 for r, t in zip(replies, truth, strict=True)])),
        float(np.mean([(r.plain - t) ** 2 for r, t in zip(replies, truth, strict=True)])),
        float(np.mean(truth**2)),
    )


def _accepting(sampled: Assignments, found: Acceptance, package: int) -> Bools:
    """Return in which assignments all who were asked accept."""
    one = sampled.negotiation.packages[package]
    asked = [sampled.parties.index(party) for party in one.to if party != one.by]
    return np.asarray(found.signs[:, package][:, asked].all(axis=1))
