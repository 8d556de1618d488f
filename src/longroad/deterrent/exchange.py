"""An exchange: from the force to the end points, with and without a defence, in four postures."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import UsageError
from longroad.base.streams import SCRAMBLES, scramble_error
from longroad.deterrent.assumptions import Draws, Link, best_draw, draw
from longroad.deterrent.defence import Chance, Defence, Flight, Reach, Site
from longroad.deterrent.exchange_kernel import simulate
from longroad.deterrent.force import Force
from longroad.deterrent.posture import POSTURES, STAGES, Posture, Stage
from longroad.deterrent.roster import Roster, make_roster

Array = NDArray[np.float64]
QUANTILES = (0.05, 0.95)
_BLOCK = 64  # draws that one thread takes at a time


@dataclass(frozen=True)
class Figure:
    """A count with its spreads, each apart: over assumptions, of sampling, and by chance."""

    best: float
    epistemic_p05: float
    epistemic_p95: float
    mc_se: float
    outcome_p05: float
    outcome_p95: float
    unit: str = "1"


@dataclass(frozen=True)
class Exchange:
    """Counts of one force against one defence.

    ``draws`` (draw, posture, stage): means over the repeats of each draw of the assumptions;
    ``best`` (repeat, posture, stage): single outcomes under the best estimates.
    """

    force: Force
    defence: Defence
    draws: Array
    best: Array

    def figure(self, posture: Posture, stage: Stage) -> Figure:
        """Return a stage's count in a posture."""
        return _figure(*self._of(posture, stage))

    def best_mean(self, posture: Posture, stage: Stage) -> float:
        """Return a stage's mean count in a posture under the best estimates."""
        return float(self._of(posture, stage)[1].mean())

    def lost(self, posture: Posture) -> Figure:
        """Return the warheads that the defence takes, of those that would arrive."""
        arriving, left = (self._of(posture, stage) for stage in (Stage.ARRIVING, Stage.PENETRATING))
        return _figure(arriving[0] - left[0], arriving[1] - left[1])

    def lost_share(self, posture: Posture) -> Figure:
        """Return the same as a share of those that would arrive; 0 where none would.

        Best as within a draw: of means over chance. The interval by chance is that of single
        outcomes.
        """
        arriving, left = (self._of(posture, stage) for stage in (Stage.ARRIVING, Stage.PENETRATING))
        found = _figure(*(_share(a - b, a) for a, b in zip(arriving, left, strict=True)))
        return replace(found, best=self.best_lost_share(posture))

    def best_lost_share(self, posture: Posture) -> float:
        """Return the best estimate of :meth:`lost_share` alone."""
        whole = self.best_mean(posture, Stage.ARRIVING)
        lost = whole - self.best_mean(posture, Stage.PENETRATING)
        return lost / whole if whole > 0.0 else 0.0

    def at_least(self, posture: Posture, numbers: Array, stage: Stage) -> Array:
        """Return the share of draws in which at least N of a stage arrive, for each N.

        A draw is one set of assumptions; chance in the world is averaged inside it.
        """
        means = self._of(posture, stage)[0]
        return np.asarray((means[:, None] >= np.asarray(numbers)[None, :]).mean(axis=0))

    def chance_of_at_least(self, posture: Posture, numbers: Array, stage: Stage) -> Array:
        """Return the chance, under the best estimates, that at least N arrive, for each N."""
        counts = self._of(posture, stage)[1]
        return np.asarray((counts[:, None] >= np.asarray(numbers)[None, :]).mean(axis=0))

    def _of(self, posture: Posture, stage: Stage) -> tuple[Array, Array]:
        place = (slice(None), POSTURES.index(posture), STAGES.index(stage))
        return self.draws[place], self.best[place]


def _share(part: Array, whole: Array) -> Array:
    return np.asarray(np.divide(part, whole, out=np.zeros_like(part), where=whole > 0.0))


def _figure(draws: Array, best: Array) -> Figure:
    low, high = np.quantile(draws, QUANTILES)
    first, last = np.quantile(best, QUANTILES)
    return Figure(
        best=float(best.mean()),
        epistemic_p05=float(low),
        epistemic_p95=float(high),
        mc_se=float(scramble_error(draws)),
        outcome_p05=float(first),
        outcome_p95=float(last),
    )


def exchange(
    force: Force,
    defence: Defence,
    *,
    draws: int,
    repeats: int,
    seed: int,
    workers: int = 1,
    link: Link = Link.BASING,
) -> Exchange:
    """Return the exchange of a force against a defence.

    ``draws`` sets of assumptions with ``repeats`` outcomes each, and as many outcomes as both
    together under the best estimates. The result depends on the seed, not on ``workers``.

    Raises :class:`DefenceError` when the defence speaks of weapons that the force lacks,
    :class:`UsageError` for fewer draws than scrambles of the sequence.
    """
    if draws < SCRAMBLES or repeats < 1:
        raise UsageError(
            f"{draws} draws with {repeats} repeats are too few",
            expected=f"{SCRAMBLES} draws or more, 1 repeat or more",
        )
    roster = make_roster(force, defence, seed)
    drawn = run_draws(roster, defence, draw(force, draws, seed, link), repeats, seed, workers)
    reach = defence.reach
    outcomes = _outcomes(
        force, defence.sites, reach.flights, reach.best_table.tobytes(), defence.works,
        defence.discriminated, draws * repeats, seed,
    )  # fmt: skip
    return Exchange(force, defence, drawn, outcomes)


@lru_cache(64)
def _outcomes(
    force: Force, sites: tuple[Site, ...], flights: tuple[Flight, ...], within: bytes,
    works: Chance, discriminated: Chance, repeats: int, seed: int,
) -> Array:  # fmt: skip
    """Return single outcomes under the best estimates, which many defences have in common."""
    table = np.frombuffer(within, dtype=np.bool_).reshape(1, len(flights), len(sites))
    reach = Reach(flights, tuple(site.id for site in sites), table)
    defence = Defence("best", "", sites, reach, works, discriminated)
    found = run_best(make_roster(force, defence, seed), force, defence, repeats, seed)
    found.flags.writeable = False
    return found


def run_draws(
    roster: Roster, defence: Defence, draws: Draws, repeats: int, seed: int, workers: int
) -> Array:
    """Return mean counts (draw, posture, stage) over the repeats of each draw."""
    out = np.empty((len(draws), repeats, len(POSTURES), len(STAGES)))

    def block(first: int) -> None:
        own = slice(first, min(first + _BLOCK, len(draws)))
        part = Draws(draws.values[own], draws.defence[own])
        table = defence.reach.within
        _simulate(
            roster, defence, part, table[own] if len(table) > 1 else table, repeats, seed, first,
            1.0, out[own],
        )  # fmt: skip

    starts = range(0, len(draws), _BLOCK)
    if workers <= 1 or len(starts) == 1:
        for first in starts:
            block(first)
    else:
        with ThreadPoolExecutor(max_workers=workers) as pool:
            list(pool.map(block, starts))
    return np.asarray(out.mean(axis=1))


def run_best(
    roster: Roster, force: Force, defence: Defence, repeats: int, seed: int, size: float = 1.0,
    under: Draws | None = None,
) -> Array:  # fmt: skip
    """Return single outcomes (repeat, posture, stage) under the best estimates.

    Reach is that under the best estimates. ``size`` is the size of the force when the roster
    counts it out several times over; ``under`` a single draw in place of the best estimates.
    """
    out = np.empty((1, repeats, len(POSTURES), len(STAGES)))
    table = defence.reach.best_table[None]
    read = best_draw(force) if under is None else under
    _simulate(roster, defence, read, table, repeats, seed + 1, 0, size, out)
    return out[0]


def _simulate(
    roster: Roster,
    defence: Defence,
    draws: Draws,
    within: NDArray[np.bool_],
    repeats: int,
    seed: int,
    first: int,
    size: float,
    out: Array,
) -> None:
    """Fill ``out`` (draw, repeat, posture, stage)."""
    kill, discriminated, works = defence.chances(draws)
    whole = np.empty((len(draws) * repeats, len(POSTURES), len(STAGES)))
    simulate(
        seed, first, repeats, size, roster.platform_weapon, roster.platform_alert_rank,
        roster.platform_block, roster.launcher_platform, roster.launcher_flight,
        roster.slot_launcher, roster.slot_rank, roster.ballistic, draws.values,
        np.ascontiguousarray(within),
        np.array([site.inventory for site in defence.sites], dtype=np.int64),
        np.array([site.shots for site in defence.sites], dtype=np.int64),
        kill, discriminated, works, whole,
    )  # fmt: skip
    out[...] = whole.reshape(out.shape)
