"""An exchange of 4,096 draws, and the same draws by a plain NumPy program.

    python benchmarks/exchange.py

Russia's force of 2011 against two sites whose reach is made up, in four postures; 4,096 draws with
one outcome each and as many under the best estimates, on two workers. The goal is below 5 s. The
plain program draws launchers and warheads by NumPy, draw by draw, without a defence.
"""

from __future__ import annotations

import statistics
import time

import numpy as np

from longroad.catalog import load_catalog
from longroad.deterrent import (
    POSTURES,
    Defence,
    Force,
    Posture,
    Site,
    draw,
    exchange,
    load_force,
    make_roster,
    no_defence,
    reach_of_shares,
)

DRAWS, ROUNDS, SEED, WORKERS = 4096, 5, 1, 2


def made_up(force: Force) -> Defence:
    """Return two sites that reach a third and a tenth of the flights of land-based missiles."""
    sites = (Site("first", 24, 0.5, 2), Site("second", 30, 0.6, 4))
    shares = {w.id: {"first": 0.33, "second": 0.1} for w in force.weapons if w.leg == "icbm"}
    ids = tuple(site.id for site in sites)
    return Defence("made-up", "nato", sites, reach_of_shares(force, ids, shares), 0.9, 0.8)


def plain(force: Force, draws: int) -> np.ndarray:
    """Return warheads that arrive (draw, posture), by NumPy alone."""
    roster = make_roster(force, no_defence("none"), SEED)
    drawn = draw(force, draws, SEED).values
    rng = np.random.default_rng(SEED)
    weapon = roster.platform_weapon
    out = np.empty((draws, len(POSTURES)))
    for row in range(draws):
        value = drawn[row]
        own = value[weapon]
        lives, leaves = rng.random((2, len(weapon)))
        flies = rng.random(len(roster.launcher_platform)) < value[roster.launcher_weapon, 5]
        slot_weapon = roster.launcher_weapon[roster.slot_launcher]
        passes = roster.ballistic[slot_weapon]
        passes = passes | (rng.random(len(slot_weapon)) < value[slot_weapon, 6])
        filled = roster.slot_rank < value[slot_weapon, 7]
        for k, posture in enumerate(POSTURES):
            ready = own[:, 0] + (1.0 - own[:, 0]) * own[:, 1] * posture.generated
            alert = roster.platform_alert_rank < ready
            gone = alert & posture.prompt & (leaves < own[:, 4])
            stays = lives < own[:, 2] * np.where(alert, 1.0, own[:, 3])
            fired = flies & (gone | stays)[roster.launcher_platform]
            out[row, k] = np.sum(filled & passes & fired[roster.slot_launcher])
    return out


def main() -> None:
    """Print the times and their ratio."""
    force = load_force(load_catalog(), "russia-2011")
    defence = made_up(force)
    exchange(force, defence, draws=8, repeats=1, seed=SEED)  # compiles
    ours, theirs = [], []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        exchange(force, defence, draws=DRAWS, repeats=1, seed=SEED, workers=WORKERS)
        ours.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        plain(force, DRAWS // 16)
        theirs.append(16 * (time.perf_counter() - begun))
    first, second = statistics.median(ours), statistics.median(theirs)
    print(f"exchange, {2 * DRAWS} outcomes with a defence  {first:7.2f} s on {WORKERS} workers")
    print(f"NumPy, {DRAWS} outcomes without            {second:7.2f} s, one thread")
    print(f"ratio, an outcome of each                    {2 * second / first:7.1f}")
    ride = POSTURES.index(Posture.DAILY_RIDE_OUT)
    print(f"mean arrivals of the plain program           {plain(force, 256)[:, ride].mean():7.1f}")


if __name__ == "__main__":
    main()
