"""What a defence does to a deterrent, in numbers that both sides can argue about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import UsageError
from longroad.deterrent.assumptions import Draws, best_draw
from longroad.deterrent.defence import Defence
from longroad.deterrent.exchange import run_best, run_draws
from longroad.deterrent.force import Force
from longroad.deterrent.posture import POSTURES, STAGES, Posture, Stage
from longroad.deterrent.roster import make_roster

Array = NDArray[np.float64]
ANY = "any"
_STEPS = 30  # of a bisection
_SURE = 2.0**-20


@dataclass(frozen=True)
class Touched:
    """Deployed warheads of a weapon at a base, and the share of its flights that a site reaches.

    ``site`` is a site of the defence or "any"; ``share`` is None where no flight was computed.
    """

    weapon: str
    base: str
    site: str
    warheads: float
    share: float | None


def touched(force: Force, defence: Defence) -> tuple[Touched, ...]:
    """Return which part of a force each site could touch at all, by weapon and base.

    Reach only: no inventory, no miss. Warheads are the deployed ones, divided over bases by the
    weight of their flights.
    """
    defence.of(force)
    rows: list[Touched] = []
    for weapon in force.weapons:
        deployed = weapon.warheads.best * weapon.deployed_fraction.best
        own = [k for k, f in enumerate(defence.reach.flights) if f.weapon == weapon.id]
        if not own:
            share = None if weapon.ballistic else 0.0
            rows.append(Touched(weapon.id, "", ANY, deployed, share))
            continue
        weight = np.array([defence.reach.flights[k].weight for k in own])
        weight = weight / weight.sum()
        table = defence.reach.best_table[own]
        for base in dict.fromkeys(defence.reach.flights[k].base for k in own):
            here = np.array([defence.reach.flights[k].base == base for k in own])
            part = weight[here].sum()
            reached = np.column_stack([table[here], table[here].any(axis=1)])
            shares = weight[here] @ reached / part
            rows += [
                Touched(weapon.id, base, site, deployed * part, float(share))
                for site, share in zip((*defence.reach.sites, ANY), shares, strict=True)
            ]
    return tuple(rows)


def touchable_share(force: Force, defence: Defence) -> float:
    """Return the share of a force's deployed warheads within reach of any site.

    Weapons without computed flights count as out of reach.
    """
    rows = [row for row in touched(force, defence) if row.site == ANY]
    return sum(row.warheads * (row.share or 0.0) for row in rows) / force.deployed


class Lever(StrEnum):
    """What is turned up until a defence has a given effect."""

    INVENTORY = "inventory"
    KILL = "kill"


@dataclass(frozen=True)
class Needed:
    """The least value of a lever for an effect: a factor on all inventories, or a kill chance.

    None where no value within ``greatest`` brings it; ``effect`` is then the most that can be had.
    """

    lever: Lever
    value: float | None
    effect: float
    greatest: float


def needed(
    force: Force,
    defence: Defence,
    posture: Posture,
    share: float,
    lever: Lever,
    *,
    greatest: float,
    repeats: int,
    seed: int,
) -> Needed:
    """Return the defence needed to take a ``share`` of what would arrive, under best estimates.

    The mean share lost over ``repeats`` outcomes never falls with the lever, on the same random
    numbers, so that a bisection finds the least value.
    """
    if not 0.0 < share <= 1.0:
        raise UsageError(f"{share:g} is no effect", expected="a share above 0, up to 1")
    if lever is Lever.KILL and not 0.0 <= greatest <= 1.0:
        raise UsageError(f"{greatest:g} is no chance", expected="0 to 1")
    roster = make_roster(force, defence, seed)

    def effect(value: float) -> float:
        turned = defence.with_kill(value) if lever is Lever.KILL else defence.with_inventory(value)
        counts = _posture(run_best(roster, force, turned, repeats, seed), posture).mean(axis=0)
        arriving, left = counts[_ARRIVING], counts[_PENETRATING]
        return 0.0 if arriving == 0.0 else float((arriving - left) / arriving)

    most = effect(greatest)
    if most < share:
        return Needed(lever, None, most, greatest)
    low, high = 0.0, greatest
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        low, high = (low, middle) if effect(middle) >= share else (middle, high)
    return Needed(lever, high, effect(high), greatest)


@dataclass(frozen=True)
class Stability:
    """One party's retaliation in a posture, with and without a defence; best estimates.

    ``retaliation`` arrives after an attack, ``unattacked`` if there were none; each without and
    with the defence. A first strike spares its author the share that the two differ by.
    """

    party: str
    posture: Posture
    retaliation: float
    retaliation_defended: float
    unattacked: float
    unattacked_defended: float

    @property
    def first_strike_advantage(self) -> float:
        """Return 1 - retaliation / unattacked, without a defence."""
        return _advantage(self.retaliation, self.unattacked)

    @property
    def first_strike_advantage_defended(self) -> float:
        """Return the same with the defence."""
        return _advantage(self.retaliation_defended, self.unattacked_defended)


def _advantage(after: float, before: float) -> float:
    return 0.0 if before == 0.0 else 1.0 - after / before


def stability(
    force: Force, defence: Defence, *, repeats: int, seed: int, under: Draws | None = None,
    outcomes: Array | None = None,
) -> tuple[Stability, ...]:  # fmt: skip
    """Return the stability of a force against a defence, one row for each posture.

    Unattacked, everything that is deployed is launched, whatever the posture. ``under`` is a single
    draw in place of the best estimates; ``outcomes`` those of :func:`run_best` for the same, as
    many or more, where they are known.
    """
    roster = make_roster(force, defence, seed)
    if outcomes is None:
        outcomes = run_best(roster, force, defence, repeats, seed, under=under)
    attacked = outcomes[:repeats].mean(axis=0)
    whole = _unattacked(best_draw(force) if under is None else under)
    calm = run_draws(roster, defence.at_best(), whole, repeats, seed, 1)[0]
    return tuple(
        Stability(
            force.party,
            posture,
            float(attacked[k, _ARRIVING]),
            float(attacked[k, _PENETRATING]),
            float(calm[k, _ARRIVING]),
            float(calm[k, _PENETRATING]),
        )
        for k, posture in enumerate(POSTURES)
    )


def _unattacked(best: Draws) -> Draws:
    """Return the same draw with every launcher surviving."""
    values = best.values.copy()
    values[:, :, 2:4] = 1.0
    return replace(best, values=values)


@dataclass(frozen=True)
class BuildUp:
    """How much larger a force has to be so that a defence takes nothing away on balance.

    ``size`` is a factor on its launchers and warheads, all types alike; None above ``greatest``.
    """

    posture: Posture
    size: float | None
    warheads_added: float | None
    greatest: float


def build_up(
    force: Force, defence: Defence, posture: Posture, *, greatest: int, repeats: int, seed: int
) -> BuildUp:
    """Return the least size at which as much penetrates as would arrive at size 1 undefended."""
    roster = make_roster(force, defence, seed, blocks=greatest)

    def counts(size: float) -> Array:
        found = run_best(roster, force, defence, repeats, seed, size)
        return _posture(found, posture).mean(axis=0)

    wanted = counts(1.0)[_ARRIVING]
    if counts(float(greatest))[_PENETRATING] < wanted * (1.0 - _SURE):
        return BuildUp(posture, None, None, float(greatest))
    low, high = 0.0, float(greatest)
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        enough = counts(middle)[_PENETRATING] >= wanted * (1.0 - _SURE)
        low, high = (low, middle) if enough else (middle, high)
    size = max(high, 1.0)
    added = counts(size)[_DEPLOYED] - counts(1.0)[_DEPLOYED]
    return BuildUp(posture, size, float(added), float(greatest))


_DEPLOYED = STAGES.index(Stage.DEPLOYED)
_ARRIVING = STAGES.index(Stage.ARRIVING)
_PENETRATING = STAGES.index(Stage.PENETRATING)


def _posture(counts: Array, posture: Posture) -> Array:
    return counts[:, POSTURES.index(posture)]
