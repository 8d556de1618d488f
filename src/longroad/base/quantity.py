"""Numbers that carry where they come from: quantities and disputed quantities."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base import units
from longroad.base.errors import QuantityError, nearest
from longroad.base.ids import quantity_id, slug

HoldMode = Literal["stated", "attributed", "adopted"]
HOLD_MODES: tuple[str, ...] = get_args(HoldMode)
DISTRIBUTIONS = ("pert", "uniform", "triangular", "fixed")
LEAST_JUDGEMENT_SPREAD = 0.2
RIGHT_ANGLE = math.pi / 2
_SLACK = 1e-9  # relative; 0.8 * 65 must count as 52


class Status(StrEnum):
    """How far a number can be trusted to be what its source says."""

    PUBLISHED = "published"  # the source was seen
    REPORTED = "reported"  # second-hand
    JUDGEMENT = "judgement"  # somebody's, with author and reason
    UNVERIFIED = "unverified"  # from memory


@dataclass(frozen=True)
class Held:
    """Who holds a number to be true: by own statement, by attribution, or adopted for a run."""

    party: str
    mode: HoldMode

    def __post_init__(self) -> None:
        slug(self.party, "party")
        if self.mode not in HOLD_MODES:
            raise QuantityError(
                f"'{self.mode}' is no way of holding a number",
                expected=", ".join(HOLD_MODES),
                nearest=nearest(str(self.mode), HOLD_MODES),
            )


@dataclass(frozen=True)
class Quantity:
    """A number with interval, unit, status and source; ``best``, ``low``, ``high`` are SI.

    ``unit`` is the display unit its author wrote. ``sources`` are bibliography ids and are
    needed unless the status is judgement, which needs ``author``, ``reason`` and an interval of
    at least 20 % to either side (:func:`wide_enough` says where a percentage has no meaning).
    ``claim`` and ``claimant`` are set when this is one alternative of a dispute.

    Raises :class:`QuantityError` when any of this does not hold.
    """

    id: str
    best: float
    low: float
    high: float
    unit: str
    status: Status
    sources: tuple[str, ...] = ()
    author: str | None = None
    reason: str | None = None
    distribution: str = "pert"
    note: str | None = None
    held_by: tuple[Held, ...] = ()
    claim: str | None = None
    claimant: str | None = None

    def __post_init__(self) -> None:
        quantity_id(self.id)
        units.dimension_of(self.unit)
        object.__setattr__(self, "status", Status(self.status))
        if not all(map(math.isfinite, (self.low, self.best, self.high))):
            raise QuantityError(f"{self.id} is not finite", expected="finite numbers")
        if not self.low <= self.best <= self.high:
            raise QuantityError(
                f"the interval of {self.id} is out of order ({self.written()})",
                expected="low <= best <= high",
            )
        if self.distribution not in DISTRIBUTIONS:
            raise QuantityError(
                f"'{self.distribution}' is not a distribution",
                expected=", ".join(DISTRIBUTIONS),
                nearest=nearest(self.distribution, DISTRIBUTIONS),
            )
        if self.claim is not None:
            slug(self.claim, "claim")
        self._check_origin()

    def _check_origin(self) -> None:
        if self.status is not Status.JUDGEMENT:
            if not self.sources:
                raise QuantityError(
                    f"{self.id} is {self.status} but names no source",
                    expected="'source', the id of an entry of the bibliography",
                )
            return
        missing = [n for n, v in (("author", self.author), ("reason", self.reason)) if not v]
        if missing:
            raise QuantityError(
                f"{self.id} is a judgement without {' and '.join(missing)}",
                expected="a judgement names its author and its reason",
            )
        if not wide_enough(self):
            raise QuantityError(
                f"the interval of {self.id} is too narrow for a judgement ({self.written()})",
                expected="low at most 0.8 x best and high at least 1.2 x best",
            )

    @property
    def is_fixed(self) -> bool:
        """Return whether the number does not vary over draws."""
        return self.distribution == "fixed" or self.low == self.high

    def ppf(self, u: ArrayLike) -> NDArray[np.float64]:
        """Return the inverse of the cumulative distribution at ``u`` (any shape), in SI units.

        PERT is the beta distribution on [low, high] with mode ``best`` and weight 4:
        alpha = 1 + 4 (best - low) / (high - low), beta = 1 + 4 (high - best) / (high - low), so
        that its mean is (low + 4 best + high) / 6 (Malcolm, Roseboom, Clark and Fazar,
        Operations Research 7:5, 1959, doi:10.1287/opre.7.5.646). Triangular has the same
        support and mode; uniform ignores ``best``; fixed is ``best``.

        Raises ValueError when a ``u`` is not in [0, 1].
        """
        p = np.asarray(u, dtype=np.float64)
        if not np.all((p >= 0.0) & (p <= 1.0)):
            raise ValueError("probabilities lie in [0, 1]")
        if self.is_fixed:
            return np.full(p.shape, self.best)
        width = self.high - self.low
        mode = (self.best - self.low) / width
        if self.distribution == "uniform":
            share = p
        elif self.distribution == "triangular":
            rising = np.sqrt(p * mode)
            falling = 1.0 - np.sqrt((1.0 - p) * (1.0 - mode))
            share = np.where(p <= mode, rising, falling)
        else:
            from scipy.special import betaincinv  # costs 0.1 s, and only draws need it

            share = betaincinv(1.0 + 4.0 * mode, 1.0 + 4.0 * (1.0 - mode), p)
        return np.clip(self.low + width * share, self.low, self.high)

    def written(self) -> str:
        """Return best and interval in the display unit: ``4.5 km/s (4.35 to 4.8)``."""
        best = units.written(self.best, self.unit)
        if self.low == self.high:
            return best
        low, high = (f"{units.to_unit(v, self.unit):.6g}" for v in (self.low, self.high))
        return f"{best} ({low} to {high})"


@dataclass(frozen=True)
class Disputed:
    """Rival claims about one number that cannot all be true; never averaged.

    ``adopted`` is the claim of the alternative that headlines use. Raises
    :class:`QuantityError` when there are fewer than two alternatives, when two share a claim, or
    when none is adopted.
    """

    id: str
    alternatives: tuple[Quantity, ...]
    adopted: str

    def __post_init__(self) -> None:
        quantity_id(self.id)
        claims = [alternative.claim for alternative in self.alternatives]
        if len(claims) < 2:
            raise QuantityError(
                f"{self.id} is disputed but has {len(claims)} alternative",
                expected="two or more, each with a claim",
            )
        if any(claim is None for claim in claims) or len(set(claims)) < len(claims):
            raise QuantityError(
                f"the alternatives of {self.id} are not told apart by their claims",
                expected="'claim', a slug of its own for each alternative",
            )
        self.alternative(self.adopted)

    @property
    def claims(self) -> tuple[str, ...]:
        """Return the claims of the alternatives, in the order written."""
        return tuple(str(alternative.claim) for alternative in self.alternatives)

    @property
    def adopted_quantity(self) -> Quantity:
        """Return the alternative that headlines use."""
        return self.alternative(self.adopted)

    def alternative(self, claim: str) -> Quantity:
        """Return the alternative of a claim; raise :class:`QuantityError` when there is none."""
        for alternative in self.alternatives:
            if alternative.claim == claim:
                return alternative
        raise QuantityError(
            f"'{claim}' is no claim about {self.id}",
            expected="one of " + ", ".join(self.claims),
            nearest=nearest(str(claim), self.claims),
        )


def wide_enough(quantity: Quantity) -> bool:
    """Return whether the interval of a judgement reaches 20 % of |best| to either side.

    A percentage means nothing, and the rule is eased, in three cases: a *position* (id ending
    in latitude or longitude, whose zero is a convention) may have any interval; a *zero* best
    needs only an interval that is not empty; a side may stop short at a *bound*: 0 and 1 for
    fractions, a multiple of the right angle for angles.
    """
    if quantity.id.rsplit(".", 1)[-1] in {"latitude", "longitude"}:
        return True
    if quantity.best == 0.0:
        return quantity.low < quantity.high
    needed = LEAST_JUDGEMENT_SPREAD * abs(quantity.best) * (1.0 - _SLACK)
    return all(
        abs(side - quantity.best) >= needed or _at_bound(side, quantity.unit)
        for side in (quantity.low, quantity.high)
    )


def _at_bound(side: float, unit: str) -> bool:
    if unit in {units.BARE, "%"}:
        return side in {0.0, 1.0}
    if units.dimension_of(unit) == "angle":
        return math.isclose(side, round(side / RIGHT_ANGLE) * RIGHT_ANGLE, abs_tol=1e-12)
    return False
