"""Exact distributions of arrivals under one draw of the assumptions.

Platforms survive independently, so what arrives of a pool is a convolution over platforms; what a
defence hits is Poisson-binomial given that number. Exact where every site reaches one pool of
flights alone and no platform's missiles fly in two pools; else there is the simulation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.deterrent.assumptions import Draws
from longroad.deterrent.defence import Defence
from longroad.deterrent.exact_kernel import defended_pmf, platforms_pmf
from longroad.deterrent.faults import DefenceError
from longroad.deterrent.posture import Posture
from longroad.deterrent.roster import Roster

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
NEGLIGIBLE = 1e-15


def arrivals_pmf(
    roster: Roster, defence: Defence, draws: Draws, row: int, posture: Posture
) -> Array:
    """Return the distribution of how many warheads arrive past the defence; entry n is P(n).

    Raises :class:`DefenceError` where sites share some of their flights but not all.
    """
    best = bool(np.isnan(draws.defence[row]).all())
    within = defence.reach.within
    table = defence.reach.best_table if best else within[min(row, len(within) - 1)]
    pools = _pools(roster, defence, table)
    value = draws.values[row]
    kill, told, works = (part[row] for part in defence.chances(draws))
    without, with_ = np.ones(1), np.ones(1)
    for sites, launchers in pools:
        own = _pool_pmf(roster, launchers, value, posture)
        without = _convolved(without, own)
        if sites:
            inventory = np.array([defence.sites[s].inventory for s in sites], dtype=np.int64)
            most = np.array([defence.sites[s].shots for s in sites], dtype=np.int64)
            left = np.empty_like(own)
            own = np.where(own < NEGLIGIBLE, 0.0, own)
            defended_pmf(own, inventory, most, kill[list(sites)], float(told), left)
            own = left
        with_ = _convolved(with_, own)
    return np.asarray(works * with_ + (1.0 - works) * without)


def mixture(parts: list[Array]) -> Array:
    """Return the equal mixture of distributions: chance in the world and assumptions together."""
    out = np.zeros(max(len(part) for part in parts))
    for part in parts:
        out[: len(part)] += part / len(parts)
    return out


def at_least(pmf: Array) -> Array:
    """Return P(at least n) for n from 0."""
    return np.asarray(np.cumsum(pmf[::-1])[::-1])


def mean(pmf: Array) -> float:
    """Return the mean of a distribution."""
    return float(np.sum(np.arange(len(pmf)) * pmf))


def _pools(
    roster: Roster, defence: Defence, table: NDArray[np.bool_]
) -> list[tuple[tuple[int, ...], Ints]]:
    """Return launchers by the sites that reach them, each set of sites apart."""
    found: dict[tuple[int, ...], list[int]] = {}
    for launcher, flight in enumerate(roster.launcher_flight):
        sites = () if flight < 0 else tuple(int(s) for s in np.flatnonzero(table[flight]))
        found.setdefault(sites, []).append(launcher)
    named = [site for sites in found for site in sites]
    pools = {sites: np.array(own, dtype=np.int64) for sites, own in sorted(found.items())}
    homes = [set(roster.launcher_platform[own].tolist()) for own in pools.values()]
    if len(named) != len(set(named)) or sum(map(len, homes)) != len(set().union(*homes)):
        raise DefenceError(
            f"{defence.id}: no exact distribution, since sites share a part of their flights or "
            "one platform's missiles fly in and out of reach",
            field="reach",
            expected="sites that reach the same flights or none in common; else simulate",
        )
    return list(pools.items())


@dataclass(frozen=True)
class Means:
    """Mean numbers of warheads, without a defence."""

    deployed: float
    surviving: float
    launched: float
    arriving: float


def expected(roster: Roster, draws: Draws, row: int, posture: Posture) -> Means:
    """Return the mean numbers of a draw in a posture, without a defence."""
    value = draws.values[row]
    load = _loads(roster, value).astype(np.float64)
    survival = _survival(roster, value, posture)[roster.launcher_platform]
    weapon = roster.launcher_weapon
    flown = load * survival * value[weapon, 5]
    passing = np.where(roster.ballistic[weapon], 1.0, value[weapon, 6])
    found = (load, load * survival, flown, flown * passing)
    return Means(*(float(part.sum()) for part in found))


def _loads(roster: Roster, value: Array) -> Ints:
    """Return the deployed warheads of each launcher, none for launchers of a grown force."""
    launcher = roster.slot_launcher
    filled = roster.slot_rank < value[roster.launcher_weapon[launcher], 7]
    exists = roster.platform_block[roster.launcher_platform[launcher]] < 1.0
    return np.bincount(launcher[filled & exists], minlength=len(roster.launcher_platform))


def _survival(roster: Roster, value: Array, posture: Posture) -> Array:
    """Return each platform's chance to survive or to have left.

    On alert: p + (1 - p) s, with p the share launched under attack (0 when riding out) and s the
    survival; else r s, with r the ratio of the others' survival to theirs.
    """
    own = value[roster.platform_weapon]
    ready = own[:, 0] + (1.0 - own[:, 0]) * own[:, 1] * posture.generated
    prompt = own[:, 4] * posture.prompt
    return np.where(
        roster.platform_alert_rank < ready,
        prompt + (1.0 - prompt) * own[:, 2],
        own[:, 2] * own[:, 3],
    )


def _pool_pmf(roster: Roster, launchers: Ints, value: Array, posture: Posture) -> Array:
    """Return the distribution of how many warheads of some launchers arrive undefended."""
    platform = roster.launcher_platform[launchers]
    order = np.argsort(platform, kind="stable")
    launchers, platform = launchers[order], platform[order]
    homes, first = np.unique(platform, return_index=True)
    weapon = roster.platform_weapon[platform]
    load = _loads(roster, value)
    survival = _survival(roster, value, posture)[homes]
    pmf = np.empty(int(load[launchers].sum()) + 1)
    platforms_pmf(
        np.append(first, len(launchers)), survival, load[launchers], value[weapon, 5],
        np.where(roster.ballistic[weapon], 1.0, value[weapon, 6]), pmf,
    )  # fmt: skip
    return pmf


def _convolved(first: Array, second: Array) -> Array:
    return np.asarray(np.convolve(first, second))
