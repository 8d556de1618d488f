"""What a defence takes by expected numbers: quick, and only good for telling more from less.

The mean number of objects within reach of a site stands for their distribution, so that a loss is
a little off where few arrive. Which end of an interval makes a defence take more is the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longroad.deterrent.assumptions import Draws, slots
from longroad.deterrent.defence import Defence
from longroad.deterrent.force import Force
from longroad.deterrent.posture import POSTURES

Array = NDArray[np.float64]
PLACES = (np.arange(32) + 0.5) / 32.0


def expected_share_lost(force: Force, defence: Defence, under: Draws) -> Array:
    """Return the share lost of what would arrive, by posture (4).

    Of n objects within reach of a site of I interceptors that fires at most m at one, the object
    at place x n (x from 0 to 1, the same for every site) gets min(m, ceil(I / n - x)) shots, as in
    the simulation; the mean is taken over 32 places. ``under`` is a single draw; reach is that
    under the best estimates.
    """
    value = under.values[0]
    kill, told, works = (part[0] for part in defence.chances(under))
    table = defence.reach.best_table
    weapons = {weapon.id: k for k, weapon in enumerate(force.weapons)}
    passing = np.array([weapon.ballistic for weapon in force.weapons])
    places = np.array([slots(weapon) for weapon in force.weapons])
    weight = np.array([flight.weight for flight in defence.reach.flights])
    own = np.array([weapons[flight.weapon] for flight in defence.reach.flights], dtype=int)
    total = np.bincount(own, weight, minlength=len(places)) if len(own) else np.zeros(len(places))
    shots = np.array([site.shots for site in defence.sites], dtype=float)
    inventory = np.array([site.inventory for site in defence.sites], dtype=float)
    lost = np.zeros(len(POSTURES))
    for k, posture in enumerate(POSTURES):
        ready = value[:, 0] + (1.0 - value[:, 0]) * value[:, 1] * posture.generated
        prompt = value[:, 4] * posture.prompt
        left = ready * (prompt + (1.0 - prompt) * value[:, 2])
        left += (1.0 - ready) * value[:, 2] * value[:, 3]
        flown = places * value[:, 7] * left * value[:, 5] * np.where(passing, 1.0, value[:, 6])
        arriving = float(flown.sum())
        if not len(own) or arriving <= 0.0 or not table.any():
            continue
        objects = flown[own] * weight / total[own]
        count = table.T.astype(float) @ objects  # by site
        each = np.divide(inventory, count, out=np.full_like(count, np.inf), where=count > 0.0)
        given = np.minimum(shots, np.ceil(np.maximum(each - PLACES[:, None], 0.0)))  # place, site
        missed = (1.0 - kill) ** given
        spared = np.where(table[None], missed[:, None, :], 1.0).prod(axis=2).mean(axis=0)
        hit = 1.0 - spared
        lost[k] = float(works * told * (objects @ hit)) / arriving
    return lost
