"""The engagement windows once more, in plain NumPy: all arcs at once, by scan and bisection.

A second implementation with the same model of feasibility and none of the kernels: correctness
witness of the tests and opponent of the benchmark.
"""

import numpy as np

from longroad.flight.flyout_kernel import (
    LEVELS,
    LOWEST,
    NODES,
    PER_SPAN,
    RADIUS,
    REACH,
    REACH_SCALE,
    REACH_TIME,
    SLOWNESS,
    TOP,
)

A, F = 6_378_137.0, 1.0 / 298.257223563


def positions(nodes, start, dt, t):
    """Cubic through the nodes: nodes (N, K, 6), t (N, P) -> (N, P, 3)."""
    u = (t - start[:, None]) / dt[:, None]
    k = np.clip(u.astype(int), 0, nodes.shape[1] - 2)
    s = (u - k)[..., None]
    row = np.arange(len(nodes))[:, None]
    a, b = nodes[row, k], nodes[row, k + 1]
    h1 = s * s * (3.0 - 2.0 * s)
    step = dt[:, None, None]
    return (
        (1.0 - h1) * a[..., :3]
        + h1 * b[..., :3]
        + step * s * (s - 1.0) ** 2 * a[..., 3:]
        + step * s * s * (s - 1.0) * b[..., 3:]
    )


def altitudes(r):
    """Geodetic height by Bowring's formula, twice."""
    p = np.hypot(r[..., 0], r[..., 1])
    z = r[..., 2]
    e2, b = F * (2.0 - F), A * (1.0 - F)
    beta = np.arctan2(z, p * (1.0 - F))
    for _ in range(2):
        lat = np.arctan2(
            z + e2 / (1.0 - e2) * b * np.sin(beta) ** 3, p - e2 * A * np.cos(beta) ** 3
        )
        beta = np.arctan2((1.0 - F) * np.sin(lat), np.cos(lat))
    return p * np.cos(lat) + z * np.sin(lat) - A * np.sqrt(1.0 - e2 * np.sin(lat) ** 2)


def levels(table, h):
    left = np.clip((table[TOP] - h) * table[PER_SPAN], 0.0, 1.0)
    x = np.where(h <= table[LOWEST], 0.0, (LEVELS - 1) * (1.0 - np.sqrt(left)))
    i = np.minimum(x.astype(int), LEVELS - 2)
    return i, x - i


def look_up(table, m, h):
    i, fx = levels(table, h)
    edge = table[REACH + i] * (1.0 - fx) + table[REACH + i + 1] * fx
    q = np.where(m < edge, m / np.where(edge > 0.0, edge, 1.0), 1.0)
    w = 0.5 * (1.0 + np.sqrt(q) - np.sqrt(1.0 - q)) * (NODES - 1)
    j = np.minimum(w.astype(int), NODES - 2)
    fw = w - j
    slow = table[SLOWNESS:].reshape(LEVELS, NODES)
    low = slow[i, j] * (1.0 - fw) + slow[i, j + 1] * fw
    high = slow[i + 1, j] * (1.0 - fw) + slow[i + 1, j + 1] * fw
    big = table[RADIUS]
    slant = np.sqrt(h * h + 2.0 * big * (big + h) * np.minimum(m, np.maximum(edge, 0.0)))
    above = np.maximum((h - table[TOP]) * table[PER_SPAN], 0.0)
    return slant * (low * (1.0 - fx) + high * fx), edge - above * table[REACH_SCALE]


def feasible(nodes, start, dt, t, ready, support, battery, table):
    """Whether an intercept at t (N, P) is feasible: the model of the window kernel, restated."""
    r = positions(nodes, start, dt, t)
    x, y, z = r[..., 0], r[..., 1], r[..., 2]
    _, _, _, radius, rate, schuler, floor, ceiling = battery
    i, fx = levels(table, np.sqrt(x * x + y * y + z * z) - radius)
    edge_time = table[REACH_TIME + i] * (1.0 - fx) + table[REACH_TIME + i + 1] * fx
    tau = np.maximum(np.minimum(t - ready[:, None], edge_time), 0.0)
    c, s = np.cos(rate * tau), np.sin(rate * tau)
    lx, ly = c * battery[0] + s * battery[1], c * battery[1] - s * battery[0]
    root = np.sqrt(schuler)
    offset = rate * np.sin(root * tau) / root
    px, py = x + offset * ly, y - offset * lx
    distance = np.sqrt(px * px + py * py + z * z)
    m = 1.0 - (px * lx + py * ly + z * battery[2]) / (distance * radius)
    m = m * (radius / table[RADIUS]) ** 2
    lift = 0.25 * schuler * tau**3 * rate * (lx * py - ly * px) / distance
    least, edge = look_up(table, m, distance - radius - lift)
    height = altitudes(r)
    inside = (support[:, None, 0] <= t) & (t <= support[:, None, 1])
    return (
        inside
        & (t - ready[:, None] >= least)
        & (m <= edge)
        & (height >= floor)
        & (height <= ceiling)
    )


def windows(nodes, start, dt, ready, support, battery, table, points=200, rounds=18):
    """First window of each arc (N, 2) by scan and bisection; NaN where there is none."""
    end = start + (nodes.shape[1] - 1) * dt
    t = start[:, None] + (end - start)[:, None] * np.linspace(0.0, 1.0, points)
    case = (start, dt)
    ok = feasible(nodes, *case, t, ready, support, battery, table)
    some = ok.any(axis=1)
    first = ok.argmax(axis=1)
    after = (~ok & (np.arange(points) > first[:, None])).argmax(axis=1)
    row = np.arange(len(nodes))
    out = np.full((len(nodes), 2), np.nan)
    for side, (low, high) in enumerate(
        [(np.maximum(first - 1, 0), first), (after, np.maximum(after - 1, 0))]
    ):
        bad, good = t[row, low], t[row, high]
        for _ in range(rounds):
            middle = 0.5 * (bad + good)
            hit = feasible(nodes, *case, middle[:, None], ready, support, battery, table)[:, 0]
            good, bad = np.where(hit, middle, good), np.where(hit, bad, middle)
        out[:, side] = good
    out[some & (after == 0), 1] = end[some & (after == 0)]
    out[~some] = np.nan
    return out
