"""What is assumed about a force in every draw: one row for a draw, one column for a weapon.

One uniform number per quantity and basing (or route, or leg) is mapped through each weapon's own
distribution. So weapons of one basing stand or fall together, two parties are compared draw by
draw, and a party that holds other numbers is mapped through its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from longroad.base.quantity import Quantity
from longroad.base.streams import sobol_draws
from longroad.deterrent.force import Force, Weapon

Array = NDArray[np.float64]
# Quantities of the kernel, in its order; the last is the share of warhead places that are filled.
COLUMNS = (
    "alert",
    "generation",
    "survival",
    "base_survival_ratio",
    "prompt_launch",
    "reliability",
    "penetration",
    "loaded",
)
_GROUPED = {
    **dict.fromkeys(COLUMNS[:6], "basing"),
    "penetration": "route",
    "warheads": "leg",
    "deployed_fraction": "leg",
}
DEFENCE = ("kill", "discriminated", "works")


class Link(StrEnum):
    """How far what is assumed of weapons goes together."""

    BASING = "basing"
    """Weapons of one basing share their uniform numbers (route: penetration; leg: loading)."""
    ALL = "all"
    """All weapons do: if one basing is worse than thought, so are the others."""


@dataclass(frozen=True)
class Draws:
    """Values (draw, weapon, :data:`COLUMNS`), and uniform numbers of the defence (draw, 3)."""

    values: Array
    defence: Array

    def __len__(self) -> int:
        return len(self.values)

    def row(self, draw: int) -> Draws:
        """Return one draw alone."""
        return Draws(self.values[draw : draw + 1], self.defence[draw : draw + 1])


def slots(weapon: Weapon) -> int:
    """Return how many places for warheads a weapon has: its greatest number of them."""
    return int(np.ceil(weapon.warheads.high))


def best_draw(force: Force) -> Draws:
    """Return the best estimates as a single draw; the defence is marked as best by NaN."""
    return _single(force, "best")


def edge_draw(force: Force, side: Literal["low", "high"]) -> Draws:
    """Return every number of a force at the same end of its interval, as a single draw."""
    return _single(force, side)


def _single(force: Force, side: str) -> Draws:
    values = np.ones((1, len(force.weapons), len(COLUMNS)))
    for column, weapon in enumerate(force.weapons):

        def of(name: str, weapon: Weapon = weapon) -> Array:
            return np.array([getattr(getattr(weapon, name), side)])

        for k, name in enumerate(COLUMNS[:7]):
            if getattr(weapon, name) is not None:
                values[:, column, k] = of(name)
        values[:, column, 7] = _loaded(weapon, of("warheads"), of("deployed_fraction"))
    return Draws(values, np.full((1, len(DEFENCE)), np.nan))


@lru_cache(maxsize=32)
def draw(force: Force, n: int, seed: int, link: Link = Link.BASING) -> Draws:
    """Return ``n`` draws of what is assumed; the same uniform numbers for every force."""
    uniform = _uniform(n, seed, link)
    values = np.ones((n, len(force.weapons), len(COLUMNS)))
    for column, weapon in enumerate(force.weapons):

        def drawn(name: str, weapon: Weapon = weapon) -> Array:
            number: Quantity = getattr(weapon, name)
            group = getattr(weapon, _GROUPED[name])
            return number.ppf(uniform[_id(name, group, link)])

        for k, name in enumerate(COLUMNS[:7]):
            if getattr(weapon, name) is not None:
                values[:, column, k] = drawn(name)
        values[:, column, 7] = _loaded(weapon, drawn("warheads"), drawn("deployed_fraction"))
    defence = np.stack([uniform[name] for name in DEFENCE], axis=1)
    for array in (values, defence):
        array.flags.writeable = False  # shared by all who ask for the same draws
    return Draws(values, defence)


@lru_cache(maxsize=4)
def _uniform(n: int, seed: int, link: Link) -> Mapping[str, Array]:
    ids = _ids(link)
    return dict(zip(ids, sobol_draws(n, ids, seed).T, strict=True))


def _loaded(weapon: Weapon, warheads: Array, deployed: Array) -> Array:
    return np.minimum(warheads * deployed / max(slots(weapon), 1), 1.0)


# Every group that a force may have, so that all forces share the dimensions of the draws.
_GROUPS = {
    "basing": ("silo", "mobile", "submarine", "bomber-base"),
    "route": ("glide", "cruise", "bomber"),
    "leg": ("icbm", "slbm", "bomber"),
}


def _ids(link: Link) -> list[str]:
    found = {_id(name, group, link) for name, kind in _GROUPED.items() for group in _GROUPS[kind]}
    return sorted(found | set(DEFENCE))


def _id(name: str, group: str, link: Link) -> str:
    return name if link is Link.ALL else f"{name}.{group}"
