"""Each reply to a dated proposal, predicted from the others, against always saying 'refused'.

Every value assignment says of each proposal whether those asked would have accepted. Assignments
that fit the other replies count more: each reply missed divides an assignment's weight by
(1 - e) / e. The weighted share that accepts is the prediction. Scores are Brier scores, the mean
squared difference from 1 (accepted) or 0; lower is better. Refusal of openings is normal in any
bargaining over several issues, so beating 'always refused' is the least a model must do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from longroad.bargaining.acceptance import Acceptance, acceptance
from longroad.bargaining.assign import Assignments, package_rows
from longroad.bargaining.problem import Bools, Floats

COIN = 0.25
"""The squared error of saying one half."""
MISREAD = 0.2
"""How often a reply is taken for the wrong one: judgement, see docs/methods/bargaining.md."""


@dataclass(frozen=True)
class Reply:
    """One proposal: what came of it, and what was predicted without it.

    ``plain`` is the share of all assignments that accept; ``predicted`` that of those weighted by
    the other replies; ``effective`` how many assignments the weights amount to. ``reply`` is what
    the file records. ``without_lines`` and ``without_cost`` are the plain share if no red line were
    real, and if signing cost nothing at home: what the refusals of the values rest on.
    """

    package: str
    date: str | None
    accepted: bool
    plain: float
    predicted: float
    effective: float
    reply: str
    without_lines: float
    without_cost: float

    @property
    def miss(self) -> float:
        """Return the squared error, what this reply adds to the score of all."""
        return (self.predicted - float(self.accepted)) ** 2


@dataclass(frozen=True)
class Hindcast:
    """All replies, and scores: predicted, plain, always refused, and the share of the others.

    ``share_score`` is that of predicting each reply by the share of the others that were accepted,
    the base rate. ``plainly_answered`` are predicted and always-refused without replies in part.
    """

    replies: tuple[Reply, ...]
    score: float
    plain_score: float
    refuse_score: float
    share_score: float
    plainly_answered: tuple[float, float]

    @property
    def misses(self) -> tuple[Reply, ...]:
        """Return the replies that a coin would have foretold as well or better, worst first."""
        wrong = [one for one in self.replies if one.miss >= COIN]
        return tuple(sorted(wrong, key=lambda one: -one.miss))

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
    says = _asked_only(sampled, known, found.signs)
    actual = np.array([packages[k].reply == "accepted" for k in known])
    right: Bools = np.equal(says, actual)
    fits = np.where(right, np.full(right.shape, np.log1p(-misread)), np.log(misread))
    rows = package_rows(sampled.negotiation, [one.choices for one in packages])
    no_lines, no_cost = (
        _asked_only(sampled, known, acceptance(other, rows).signs)
        for other in (
            replace(sampled, lines=()),
            replace(sampled, reservation=sampled.reservation - _margins(sampled)),
        )
    )
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
                str(packages[k].reply),
                float(no_lines[:, j].mean()),
                float(no_cost[:, j].mean()),
            )
        )
    truth = actual.astype(float)
    whole = [one.reply != "partly" for one in replies]

    def brier(values: Floats, kept: Bools | None = None) -> float:
        errors = (values - truth) ** 2
        return float(np.mean(errors if kept is None else errors[kept]))

    foretold = np.array([one.predicted for one in replies])
    others = (truth.sum() - truth) / (len(truth) - 1)
    plain = np.array(whole) if any(whole) else None
    return Hindcast(
        tuple(replies),
        brier(foretold),
        brier(np.array([one.plain for one in replies])),
        brier(0.0 * truth),
        brier(others),
        (brier(foretold, plain), brier(0.0 * truth, plain)),
    )


def _asked_only(sampled: Assignments, packages: Sequence[int], held: Bools) -> Bools:
    """Return where all who were asked hold so, (draws, packages), of (draws, all, parties)."""
    return np.column_stack([held[:, k][:, _asked(sampled, k)].all(axis=1) for k in packages])


def _asked(sampled: Assignments, package: int) -> list[int]:
    one = sampled.negotiation.packages[package]
    return [sampled.parties.index(party) for party in one.to if party != one.by]


def _margins(sampled: Assignments) -> Floats:
    """Return what signing costs each party at home, (draws, parties)."""
    found = np.zeros((sampled.draws, len(sampled.parties)))
    for p, one in enumerate(sampled.negotiation.interests):
        if one.reservation.margin is not None:
            found[:, p] = sampled.numbers.of(f"{one.party}/margin", one.reservation.margin)
    return found
