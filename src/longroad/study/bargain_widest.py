"""The package that most value assignments let everybody sign, those at home included."""

from __future__ import annotations

import numpy as np

from longroad.bargaining.acceptance import acceptance
from longroad.bargaining.assign import Assignments
from longroad.bargaining.problem import Floats, Ints

AT_ONCE = 256
MOST_STEPS = 60


def widest(sampled: Assignments, starts: Ints) -> Ints | None:
    """Return the most widely accepted package (issues,) that a climb from ``starts`` finds.

    The share of assignments in which all parties, ratifiers and hosts accept is raised by changing
    one issue at a time, then two where one does not help, until neither does. A climb can end
    below the best there is. None where no start and no step is ever accepted by all.
    """
    best, held = _best(sampled, starts)
    for _ in range(MOST_STEPS):
        for changes in (1, 2):
            others = _near(sampled.sizes, best, changes)
            found, value = _best(sampled, others)
            if value > held:
                best, held = found, value
                break
        else:
            break
    return best if held[0] > 0.0 else None


def _best(sampled: Assignments, packages: Ints) -> tuple[Ints, tuple[float, float]]:
    """Return the package accepted most; of equals the one whose least mean gain is greatest."""
    shares: list[Floats] = []
    gains: list[Floats] = []
    for start in range(0, len(packages), AT_ONCE):
        found = acceptance(sampled, packages[start : start + AT_ONCE])
        shares.append(found.ratifies.all(axis=2).mean(axis=0))
        gains.append(found.gains.mean(axis=0).min(axis=1))
    share, gain = np.concatenate(shares), np.round(np.concatenate(gains), 12)
    row = int(np.lexsort((gain, share))[-1])
    return packages[row], (float(share[row]), float(gain[row]))


def _near(sizes: tuple[int, ...], package: Ints, changes: int) -> Ints:
    """Return the packages that differ in so many issues, one or two."""
    single = [(i, o) for i, size in enumerate(sizes) for o in range(size) if o != package[i]]
    found = []
    for k, (i, o) in enumerate(single):
        if changes == 1:
            found.append([(i, o)])
        else:
            found += [[(i, o), (j, p)] for j, p in single[k + 1 :] if j != i]
    rows = np.repeat(package[None, :], len(found), axis=0)
    for row, changed in zip(rows, found, strict=True):
        for i, o in changed:
            row[i] = o
    return rows
