"""A force counted out: platforms, launchers and places for warheads, each with its rank.

Ranks are spread evenly over (0, 1) in a shuffled order, so that a share such as "15 % on alert"
picks a number of platforms rather than tossing a coin for each, and a greater share always holds
the smaller one. The shuffles depend on the seed and on the weapon's place in its force, not on
names.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.streams import philox
from longroad.deterrent.assumptions import slots
from longroad.deterrent.defence import Defence, Flight
from longroad.deterrent.force import Force, Weapon

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
OUT_OF_REACH = -1


@dataclass(frozen=True)
class Roster:
    """Arrays over platforms, launchers and places (in the order in which a defence counts them).

    ``launcher_flight`` is the flight of the table of reach, or -1; a place is filled when
    ``slot_rank`` is below the share loaded; a platform exists when ``platform_block`` is below
    the size of the force (1: as it is).
    """

    platform_weapon: Ints
    platform_alert_rank: Array
    platform_block: Array
    launcher_platform: Ints
    launcher_flight: Ints
    slot_launcher: Ints
    slot_rank: Array
    ballistic: NDArray[np.bool_]

    @property
    def launcher_weapon(self) -> Ints:
        """Return the weapon of each launcher."""
        return self.platform_weapon[self.launcher_platform]


def make_roster(force: Force, defence: Defence, seed: int, blocks: int = 1) -> Roster:
    """Return a force counted out; with more ``blocks``, several times over."""
    defence.of(force)
    platforms: list[tuple[Array, ...]] = []
    launchers: list[tuple[Ints, Ints]] = []
    places: list[tuple[Ints, Array]] = []
    first_platform = first_launcher = 0
    for block in range(blocks):
        for index, weapon in enumerate(force.weapons):
            rng = philox(seed, "roster", index, block)
            count = round(weapon.launchers.best)
            boats = -(-count // weapon.platform_launchers)
            rank = (rng.permutation(boats) + 0.5) / max(boats, 1)
            size = (np.arange(boats) + 0.5) / max(boats, 1) + block
            platforms.append((np.full(boats, float(index)), rank, size))
            own = np.arange(count) // weapon.platform_launchers + first_platform
            launchers.append((own, _flights(weapon, defence.reach.flights, count, rng)))
            number = slots(weapon) if count else 0
            place = np.arange(number)
            places.append((place % max(count, 1) + first_launcher, (place + 0.5) / max(number, 1)))
            first_platform += boats
            first_launcher += count
    weapon_of, alert, size = (np.concatenate(part) for part in zip(*platforms, strict=True))
    platform, flight = (np.concatenate(part) for part in zip(*launchers, strict=True))
    launcher, rank = (np.concatenate(part) for part in zip(*places, strict=True))
    order = philox(seed, "roster", "order").permutation(len(launcher))
    return Roster(
        weapon_of.astype(np.int64), alert, size, platform, flight, launcher[order], rank[order],
        np.array([weapon.ballistic for weapon in force.weapons]),
    )  # fmt: skip


def _flights(
    weapon: Weapon, flights: tuple[Flight, ...], count: int, rng: np.random.Generator
) -> Ints:
    """Return the flight of each launcher, by weight with the largest remainders, shuffled."""
    rows = np.array([k for k, flight in enumerate(flights) if flight.weapon == weapon.id])
    if not len(rows):
        return np.full(count, OUT_OF_REACH)
    weight = np.array([flights[k].weight for k in rows])
    quota = weight / weight.sum() * count
    number = np.floor(quota).astype(np.int64)
    rest = np.argsort(number - quota, kind="stable")[: count - int(number.sum())]
    number[rest] += 1
    return np.asarray(np.repeat(rows, number)[rng.permutation(count)], dtype=np.int64)
