"""A raid of 40 objects on eight batteries: against SimPy, and a million replicates.

    python benchmarks/raid.py [REPLICATES]

The SimPy program is `tests/engagement/raid_twin.py`, whose distributions the compiled model has
(tests there). Both run one agreement under stated discrimination, on one thread, taking turns.
Times are those of the processor, so that a busy machine counts alike for both. Then the million
replicates run on two threads in blocks, and the memory of the process is read after each block.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "engagement"))
import raid_twin as twin

from longroad.base.streams import philox_key
from longroad.engagement.raid import (
    Arrangement,
    Coordination,
    Discrimination,
    Force,
    Opportunities,
    Raid,
    Rules,
)
from longroad.engagement.raid_outcome import merged
from longroad.engagement.raid_run import simulate

OBJECTS, BATTERIES, PARTIES, ARCS, LAUNCHES = 40, 8, 3, 6, 9
ROUNDS, TWIN_REPLICATES, OUR_REPLICATES = 5, 30, 5000
BLOCKS, WORKERS = 10, 2
MODE = (Discrimination.STATED,)


def case(how: Coordination) -> tuple[Raid, Arrangement]:
    """Return the raid and an agreement under which the parties keep apart in one way."""
    rng = np.random.default_rng(0)
    decoy = np.arange(OBJECTS) % 4 == 3
    raid = Raid(
        ignition_s=10.0 * np.arange(OBJECTS), spread_s=30.0, flight_s=700.0,
        arc=np.arange(OBJECTS) % ARCS, territory=np.arange(OBJECTS) % 3, decoy=decoy,
        taken=np.where(decoy, 0.4, 0.9),
    )  # fmt: skip
    force = Force(
        party=np.arange(BATTERIES) % PARTIES, kind=np.arange(BATTERIES) % 3, inventory=12,
        reserve=0, resupply=0, salvo=1, later=1, rounds=3, gap_s=5.0, assessment_s=20.0, kill=0.6,
        system_correlation=0.1, object_correlation=0.3,
    )  # fmt: skip
    opens = np.full((ARCS, BATTERIES), 100.0)
    latest = rng.uniform(250.0, 480.0, (ARCS, BATTERIES))
    meets = np.linspace(opens, latest, LAUNCHES, axis=-1) + rng.uniform(60.0, 150.0, (ARCS, 8, 1))
    ready = rng.uniform(100.0, 300.0, (1, ARCS, BATTERIES))
    opportunities = Opportunities([1.0], ready, ready <= latest, opens, latest, meets)
    rules = Rules(
        coordination=np.full((PARTIES, PARTIES), how), consent=[1.0, 0.9, 1.0],
        delay_s=[[0.0, 0.0], [10.0, 60.0], [0.0, 0.0]], asks_as=[0, 1, 2], sees_kills=False,
    )  # fmt: skip
    return raid, Arrangement(force, opportunities, rules)


def memory_mib() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


def main() -> None:
    """Measure and print."""
    replicates = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    key = philox_key(0, "benchmark")
    print(f"raid of {OBJECTS} objects, {BATTERIES} batteries of {PARTIES} parties")
    for how in Coordination:
        raid, arrangement = case(how)
        simulate([raid], [arrangement], 3, key, 10, modes=MODE)
        ours, theirs = [], []
        for k in range(ROUNDS):
            before = time.process_time()
            simulate(
                [raid], [arrangement], 3, key, OUR_REPLICATES, modes=MODE,
                first=k * OUR_REPLICATES,
            )  # fmt: skip
            middle = time.process_time()
            twin.run([raid], arrangement, int(MODE[0]), TWIN_REPLICATES, k)
            ours.append((middle - before) / OUR_REPLICATES)
            theirs.append((time.process_time() - middle) / TWIN_REPLICATES)
        mine, other = statistics.median(ours), statistics.median(theirs)
        print(
            f"  {how.name.lower():12} compiled {mine * 1e6:7.1f} us   SimPy {other * 1e6:9.0f} us"
            f"   ratio {other / mine:6.0f}"
        )
    raid, arrangement = case(Coordination.INDEPENDENT)
    size, held, parts = max(replicates // BLOCKS, 1), [], []
    before, used = time.perf_counter(), time.process_time()
    for k in range(BLOCKS):
        parts = [*parts, simulate(
            [raid], [arrangement], 3, key, size, first=k * size, workers=WORKERS, modes=MODE
        )]  # fmt: skip
        parts = [merged(parts)]
        held.append(memory_mib())
    wall, used = time.perf_counter() - before, time.process_time() - used
    found = parts[0]
    mean, error = (x[0, 0, found.index("leakers")] for x in (found.mean(), found.error()))
    print(
        f"{found.replicates:,} replicates on {WORKERS} threads: {wall:.1f} s, of the processor "
        f"{used:.1f} s"
    )
    print(f"  leakers {mean:.4f} +- {error:.4f}")
    print(f"  memory after the first tenth {held[0]:.0f} MiB, at the end {held[-1]:.0f} MiB")


if __name__ == "__main__":
    main()
