"""A plain twin of reach: shoots the interceptor by integration, and tries many times.

Nothing of the kernels is used. Both bodies move under the attraction of a point mass, by the
classical fourth-order Runge-Kutta rule at a fixed number of steps; the interceptor is pushed by
a constant force along a fixed direction until its burn ends (gravity being contained in the
published burnout speed), starting with the ground of the turning Earth. The push that leads to
the missile is found by Newton's method with differences, for a grid of launch and intercept
times at once, and the grid is narrowed around the least.
"""

from __future__ import annotations

import numpy as np

MU = 3.986004418e14
SPIN = 7.292115e-5
STEPS = 90


def pull(r):
    return -MU * r / np.linalg.norm(r, axis=-1, keepdims=True) ** 3


def fly(r, v, time, steps=STEPS):
    """Carry states (..., 3) through times (...) under attraction alone."""
    h = (time / steps)[..., None]
    for _ in range(steps):
        a1 = pull(r)
        r2, v2 = r + 0.5 * h * v, v + 0.5 * h * a1
        a2 = pull(r2)
        r3, v3 = r + 0.5 * h * v2, v + 0.5 * h * a2
        a3 = pull(r3)
        r4, v4 = r + h * v3, v + h * a3
        a4 = pull(r4)
        r = r + h / 6.0 * (v + 2.0 * v2 + 2.0 * v3 + v4)
        v = v + h / 6.0 * (a1 + 2.0 * a2 + 2.0 * a3 + a4)
    return r, v


def turned(vector, angle):
    c, s = np.cos(angle), np.sin(angle)
    x, y, z = vector[..., 0], vector[..., 1], vector[..., 2]
    return np.stack([c * x - s * y, s * x + c * y, z + 0.0 * c], axis=-1)


def shoot(place, launch, meet, target, burn, guess):
    """Return the burnout velocity (relative to the ground at launch) that meets the target."""
    start = turned(place, SPIN * launch)
    ground = np.stack([-SPIN * start[..., 1], SPIN * start[..., 0], 0.0 * launch], axis=-1)
    coast = meet - launch - burn

    def miss(w):
        # A constant push over the burn: half of burnout speed times burn time is the way.
        r = start + (ground + 0.5 * w) * burn
        return fly(r, ground + w, coast)[0] - target

    w = guess
    for _ in range(7):
        off = miss(w)
        columns = [(miss(w + np.eye(3)[i]) - off) for i in range(3)]
        jacobian = np.stack(columns, axis=-1)
        w = w - np.linalg.solve(jacobian, off[..., None])[..., 0]
    left = np.linalg.norm(miss(w), axis=-1)
    return np.where(left < 100.0, np.linalg.norm(w, axis=-1), np.inf)


def least_speed(burnout, begin, place, delay, first, last, burn):
    """Return the least burnout speed for intercepts between two times, launch at delay or later.

    ``burnout``: inertial position and velocity of the missile at ``begin``.
    """
    first = max(first, delay + burn + 5.0)
    if first >= last:
        return np.nan
    times, waits = (first, last), (0.0, 0.95)
    best = np.inf
    for count in (19, 11, 9):
        t = np.linspace(*times, count)
        share = np.linspace(*waits, count)
        meet, wait = (a.ravel() for a in np.meshgrid(t, share, indexing="ij"))
        launch = delay + wait * (meet - burn - 5.0 - delay)
        r0, v0 = (np.broadcast_to(b, (count, 3)) for b in burnout)
        target = np.repeat(fly(r0, v0, t - begin)[0], count, axis=0)
        start = turned(place, SPIN * launch)
        coast = (meet - launch)[:, None]
        guess = (target - start) / coast - 0.5 * pull(start) * coast
        speed = shoot(place, launch, meet, target, burn, guess)
        best = min(best, float(speed.min()))
        i, j = divmod(int(speed.argmin()), count)
        times = (t[max(i - 1, 0)], t[min(i + 1, count - 1)])
        waits = (share[max(j - 1, 0)], share[min(j + 1, count - 1)])
    return best
