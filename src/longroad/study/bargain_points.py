"""Points for drawings: packages by what two parties gain, and where weights allow an agreement."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from longroad.bargaining.gains import gains, gains_of
from longroad.bargaining.problem import Floats, utilities
from longroad.study.bargain_inputs import AGREEMENT, Row, columns, drawn, measures
from longroad.study.bargain_run import WIDEST, Bargained
from longroad.study.table import Table

CLOUD = 40_000
"""Packages drawn by chance for the cloud; all of them where there are fewer."""
BIN = 0.02
"""Width of the cloud's bins, as a share of a party's range."""
STEPS = 60
MOST_FOR_BANDS = 256
MOST_CELLS, IN_A_CELL = 6, 40
"""Cells of weights along each side: as many as leave so many assignments in each, about."""
LEAST = 0.02


def points_table(done: Bargained) -> Table:
    """Return the points of all drawings."""
    return columns("bargain_points", [*_packages(done), *_weights(done)])


def _packages(done: Bargained) -> list[Row]:
    one, found = done.report.drawn.one, done.report.drawn.found
    sizes = np.array(one.sizes)
    rng = np.random.default_rng(done.report.seed)
    some = rng.integers(0, sizes, size=(CLOUD, len(sizes)))
    cloud = utilities(one, some) - one.reservation
    best = gains_of(found, one)
    bands = _frontiers(done)
    margin = _margin(done)
    rows: list[Row] = []
    for p, q in combinations(range(len(one.parties)), 2):
        name = f"gains/{one.parties[p]}/{one.parties[q]}"
        places, counts = np.unique(
            np.floor(cloud[:, [p, q]] / BIN).astype(int), axis=0, return_counts=True
        )
        rows += [
            (name, "cloud", (x + 0.5) * BIN, (y + 0.5) * BIN, float(n), float(n))
            for (x, y), n in zip(places.tolist(), counts.tolist(), strict=True)
        ]
        rows += [(name, "frontier", x, y, np.nan, 1.0) for x, y in _staircase(best[:, [p, q]])]
        rows += _bands(name, [each[:, [p, q]] for each in bands])
        for k, series in enumerate(("no-deal-p05", "no-deal", "no-deal-p95")):
            x, y = margin[k, p], margin[k, q]
            rows.append((name, series, float(-x), float(-y), np.nan, float(len(bands))))
    return rows


def _staircase(gains: Floats) -> list[tuple[float, float]]:
    """Return the points that no other beats for two parties, the first's gain rising."""
    kept: list[tuple[float, float]] = []
    most = -np.inf
    for x, y in sorted(map(tuple, gains.tolist()), key=lambda one: (-one[0], -one[1])):
        if y > most + 1e-12:
            kept.append((x, y))
            most = y
    return kept[::-1]


def _frontiers(done: Bargained) -> list[Floats]:
    """Return the gains at the frontier of some assignments."""
    some = range(min(done.sampled.draws, MOST_FOR_BANDS))
    found = {place: own for one in gains(done.sampled, some) for place, own in one.each()}
    return [found[draw] for draw in some]


def _bands(name: str, frontiers: list[Floats]) -> list[Row]:
    """Return, for rising gains of the first, the second's most, at quantiles over assignments.

    Attainment: at the 5 % curve all but one in twenty assignments have an agreement as good.
    """
    most = max((float(one[:, 0].max()) for one in frontiers if len(one)), default=0.0)
    rows: list[Row] = []
    for x in np.linspace(0.0, most, STEPS):
        tops = [
            float(one[one[:, 0] >= x - 1e-12, 1].max(initial=-np.inf)) if len(one) else -np.inf
            for one in frontiers
        ]
        ordered = np.sort(tops)
        for series, share in (("p05", 0.05), ("p50", 0.5), ("p95", 0.95)):
            y = ordered[min(int(share * len(ordered)), len(ordered) - 1)] if tops else -np.inf
            if np.isfinite(y):
                rows.append((name, series, float(x), float(y), np.nan, float(len(tops))))
    return rows


def _margin(done: Bargained) -> Floats:
    """Return what signing costs at home beside no deal: quantiles 5, best, 95 by party, (3, p)."""
    sampled, best = done.sampled, done.report.drawn.best
    kept = np.zeros((3, len(done.parties)))
    for p, one in enumerate(done.negotiation.interests):
        margin = one.reservation.margin
        if margin is not None:
            values = sampled.numbers.of(f"{one.party}/margin", margin)
            middle = best.numbers.of(f"{one.party}/margin", margin)[0]
            kept[:, p] = np.percentile(values, 5.0), middle, np.percentile(values, 95.0)
    return kept


def _weights(done: Bargained) -> list[Row]:
    """Return the share with an agreement over the two weights that move it most."""
    asked = measures(done)
    whole = float(asked[AGREEMENT].mean())
    name = AGREEMENT if LEAST <= whole <= 1.0 - LEAST else WIDEST
    if name not in asked:
        return []
    held = asked[name]
    moves: list[tuple[float, str, str, Floats]] = []
    for one, values in drawn(done):
        if one.kind in ("weight", "curve"):
            upper = values > np.median(values)
            if upper.any() and not upper.all():
                change = abs(float(held[upper].mean() - held[~upper].mean()))
                moves.append((change, one.id, one.party, values))
    moves.sort(key=lambda one: (-one[0], one[1]))
    others = [one for one in moves[1:] if one[2] != moves[0][2]] or moves[1:]
    if len(moves) < 2 or not others:
        return []
    first, second = moves[0], others[0]
    plot = f"weights/{name}/{first[1]}|{second[1]}"
    rows: list[Row] = []
    cells = int(np.clip(np.sqrt(len(held) / IN_A_CELL), 2, MOST_CELLS))
    edges = [np.linspace(each[3].min(), each[3].max(), cells + 1) for each in (first, second)]
    place = [
        np.clip(np.searchsorted(edge, each[3], side="right") - 1, 0, cells - 1)
        for edge, each in zip(edges, (first, second), strict=True)
    ]
    for i in range(cells):
        for j in range(cells):
            inside = (place[0] == i) & (place[1] == j)
            middle = [0.5 * (e[k] + e[k + 1]) for e, k in zip(edges, (i, j), strict=True)]
            share = float(held[inside].mean()) if inside.any() else np.nan
            rows.append((plot, "cell", *map(float, middle), share, float(inside.sum())))
    for series, chosen in (("signed", held > 0.5), ("unsigned", held <= 0.5)):
        if chosen.any():
            x, y = (float(each[3][chosen].mean()) for each in (first, second))
            rows.append((plot, series, x, y, np.nan, float(chosen.sum())))
    return rows
