"""Kernels of a whole flight by integration: staged boost, coast, re-entry to the ground.

The motion is that of a point in inertial axes (those of the Earth at ignition):

    dv/dt = attraction (point mass, J2) - rho |w| w / (2 beta) + a(t) direction,

with w the velocity relative to air that turns with the Earth, beta the ballistic coefficient
m/(C_D A), and, while a stage burns, a(t) = c f/b / (1 - f (t - t0)/b) for exhaust speed c, burn
time b and propellant share f of the mass at its ignition: constant thrust, without the loss to
outside pressure. A flight rises straight up, is turned once by the *kick*, and from there on
thrusts along w (a gravity turn; Wheelon, ARS Journal 29, 1959; Culler and Fried, Journal of
Applied Physics 28, 1957). In boost, beta falls with the propellant burnt; the empty stages that
are dropped are not counted, since what is left of the air up there is little.

The rule is that of Dormand and Prince, order 5(4), as in `longroad.flight.integrate`; legs end
exactly where the forces change (kick, ignition, burnout), and apogee and ground are found by
re-stepping. A flight that passes a perigee above the ground is in orbit and is given up.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel
from longroad.flight.air import density
from longroad.flight.ground import height
from longroad.flight.integrate import DIFFERENCE, TABLEAU, pull
from longroad.flight.secant import narrowed, secant

Array = NDArray[np.float64]

# Columns of the plain Earth.
RADIUS, E2, MU, SPIN, J2 = range(5)
# What acts during a leg: ignition time, burn time (0: no thrust), exhaust speed, propellant
# share, 1/beta at that ignition, whether the thrust follows w (1) or the direction given (0).
BEGIN, BURN, EXHAUST, SHARE, CROSS, TURN, WAY, LEG = 0, 1, 2, 3, 4, 5, 6, 9
# Columns of a stage.
STAGE_BURN, STAGE_EXHAUST, STAGE_SHARE = range(3)
# Columns of a flight.
STATUS, BURNOUT_TIME, BURNOUT, TOP_TIME, TOP, END_TIME, END, FLIGHT = 0, 1, 2, 8, 9, 10, 11, 17
OK, CRASHED, ESCAPED, FAILED = range(4)

# Work space: rates of seven stages and the trial state.
ROWS = 8
MOST_STEPS = 100_000
# A body that is still climbing or falling after two days does not come down as a missile does.
LONGEST_S = 172_800.0
# In boost a path below the ground has failed; at the start the height is 0 but for rounding.
BURIED_M = -1.0
FIRST_STEP_S = 0.05
LONGEST_STEP_S = 120.0


@kernel
def forces(earth: Array, air: Array, leg: Array, time: float, y: Array, out: Array) -> None:
    """Write the rate of change of an inertial state ``y`` (6) during a leg to ``out`` (6)."""
    pull(earth[MU], earth[RADIUS], earth[J2], y, out)
    spin = earth[SPIN]
    wx, wy, wz = y[3] + spin * y[1], y[4] - spin * y[0], y[5]
    speed = math.sqrt(wx * wx + wy * wy + wz * wz)
    left = 1.0
    if leg[BURN] > 0.0:
        left = 1.0 - leg[SHARE] * (time - leg[BEGIN]) / leg[BURN]
    if leg[CROSS] > 0.0 and air.shape[0] > 0:
        rho = density(air, height(y[0], y[1], y[2], earth[RADIUS], earth[E2]))
        drag = 0.5 * rho * speed * leg[CROSS] / left
        out[3] -= drag * wx
        out[4] -= drag * wy
        out[5] -= drag * wz
    if leg[BURN] > 0.0:
        push = leg[EXHAUST] * leg[SHARE] / (leg[BURN] * left)
        if leg[TURN] > 0.0 and speed > 0.0:
            push /= speed
            out[3] += push * wx
            out[4] += push * wy
            out[5] += push * wz
        else:
            c, s = math.cos(spin * time), math.sin(spin * time)
            out[3] += push * (c * leg[WAY] - s * leg[WAY + 1])
            out[4] += push * (s * leg[WAY] + c * leg[WAY + 1])
            out[5] += push * leg[WAY + 2]


@kernel
def attempt(
    earth: Array, air: Array, leg: Array, time: float, step: float, y: Array, work: Array
) -> float:
    """Try one step from ``y``, whose rates are work[0]; return its error relative to scale.

    The state after the step is work[7], its rates work[6]. The scales are the distance from the
    centre and the speed of falling from there.
    """
    trial = work[7]
    for stage in range(6):
        for i in range(6):
            total = 0.0
            for j in range(stage + 1):
                total += TABLEAU[stage, j] * work[j, i]
            trial[i] = y[i] + step * total
        ahead = 0.2 * step
        if stage == 1:
            ahead = 0.3 * step
        elif stage == 2:
            ahead = 0.8 * step
        elif stage == 3:
            ahead = 8.0 / 9.0 * step
        elif stage > 3:
            ahead = step
        forces(earth, air, leg, time + ahead, trial, work[stage + 1])
    length = math.sqrt(trial[0] ** 2 + trial[1] ** 2 + trial[2] ** 2)
    speed = math.sqrt(trial[3] ** 2 + trial[4] ** 2 + trial[5] ** 2 + earth[MU] / length)
    worst = 0.0
    for i in range(6):
        error = 0.0
        for j in range(7):
            error += DIFFERENCE[j] * work[j, i]
        worst = max(worst, abs(step * error) / (length if i < 3 else speed))
    return worst


@kernel
def measure(earth: Array, y: Array, which: int) -> float:
    """Return what has to become 0: r.v for the apogee (0), the height for the ground (1)."""
    if which == 0:
        return y[0] * y[3] + y[1] * y[4] + y[2] * y[5]
    return height(y[0], y[1], y[2], earth[RADIUS], earth[E2])


@kernel
def locate(
    earth: Array, air: Array, leg: Array, time: float, step: float, y: Array, work: Array,
    which: int,
) -> float:  # fmt: skip
    """Return the part of a step after which `measure` falls through 0; work[7] is the state there.

    Illinois rule on the step itself (each trial is a step of full order), to 1e-9 s. The step
    has to begin above 0 and to end at or below it.
    """
    low, high = 0.0, step
    at_low = measure(earth, y, which)
    at_high = measure(earth, work[7], which)
    side = 0
    found = high
    for _ in range(60):
        last = found
        found = secant(low, at_low, high, at_high)
        attempt(earth, air, leg, time, found, y, work)
        value = measure(earth, work[7], which)
        low, at_low, high, at_high, side = narrowed(low, at_low, high, at_high, found, value, side)
        if value == 0.0 or abs(found - last) < 1e-9:
            break
    return found


@kernel
def peak(
    earth: Array, air: Array, leg: Array, time: float, step: float, y: Array, work: Array,
    out: Array,
) -> None:  # fmt: skip
    """Note time and height of an apogee inside the accepted step from ``y``, if it is the highest.

    The trial in ``work`` is the same afterwards.
    """
    if measure(earth, y, 0) > 0.0 and measure(earth, work[7], 0) <= 0.0:
        part = locate(earth, air, leg, time, step, y, work, 0)
        top = measure(earth, work[7], 1)
        if top > out[TOP]:
            out[TOP_TIME], out[TOP] = time + part, top
        attempt(earth, air, leg, time, step, y, work)


@kernel
def note(track: Array, count: int, time: float, y: Array) -> int:
    """Store time and state as the next row of ``track`` if there is room; return the count."""
    if count < track.shape[0]:
        track[count, 0] = time
        track[count, 1:] = y
        count += 1
    return count


@kernel
def drive(
    earth: Array, air: Array, leg: Array, tolerance: float, begin: float, end: float,
    y: Array, work: Array, out: Array, track: Array, count: int,
) -> tuple[int, int]:  # fmt: skip
    """Carry ``y`` from time ``begin`` to ``end`` through one boost leg: (status, track rows).

    An apogee on the way is noted in ``out``.
    """
    time = begin
    step = min(FIRST_STEP_S, end - begin)
    forces(earth, air, leg, time, y, work[0])
    for _ in range(MOST_STEPS):
        if end - time <= 0.0:
            return OK, count
        last = end - time <= step
        if last:
            step = end - time
        worst = attempt(earth, air, leg, time, step, y, work)
        if not worst < math.inf:
            return FAILED, count
        if worst <= tolerance:
            peak(earth, air, leg, time, step, y, work, out)
            time = end if last else time + step
            y[:] = work[7]
            work[0] = work[6]
            count = note(track, count, time, y)
            if height(y[0], y[1], y[2], earth[RADIUS], earth[E2]) < BURIED_M:
                return CRASHED, count
        step *= min(5.0, max(0.2, 0.9 * (tolerance / max(worst, 1e-300)) ** 0.2))
    return FAILED, count


@kernel
def fall(
    earth: Array, air: Array, cross: float, tolerance: float, begin: float,
    y: Array, work: Array, out: Array, track: Array, count: int,
) -> tuple[int, int]:  # fmt: skip
    """Carry ``y`` at time ``begin`` to the ground without thrust: (status, rows of the track).

    Fills time and height of the apogee, if it is higher than what stands there, and time and
    inertial state of the impact in ``out``. ``cross`` is 1/beta; an empty ``air`` means none.
    """
    leg = np.zeros(LEG)
    leg[CROSS] = cross
    time = begin
    step = 1.0
    above = measure(earth, y, 1)
    if above < 0.0:
        return CRASHED, count
    if not above < out[TOP]:
        out[TOP_TIME], out[TOP] = begin, above
    forces(earth, air, leg, time, y, work[0])
    for _ in range(MOST_STEPS):
        worst = attempt(earth, air, leg, time, step, y, work)
        if not worst < math.inf:
            return FAILED, count
        if worst <= tolerance:
            peak(earth, air, leg, time, step, y, work, out)
            if measure(earth, work[7], 1) < 0.0:
                part = locate(earth, air, leg, time, step, y, work, 1)
                out[END_TIME] = time + part
                out[END : END + 6] = work[7]
                y[:] = work[7]
                return OK, note(track, count, time + part, y)
            # Past a perigee, or up for days.
            round_again = measure(earth, y, 0) < 0.0 and measure(earth, work[7], 0) > 0.0
            time += step
            y[:] = work[7]
            work[0] = work[6]
            count = note(track, count, time, y)
            if round_again or time - begin > LONGEST_S:
                return ESCAPED, count
        step *= min(5.0, max(0.2, 0.9 * (tolerance / max(worst, 1e-300)) ** 0.2))
        step = min(step, LONGEST_STEP_S)
    return FAILED, count


@kernel
def fly_staged(
    earth: Array, air: Array, stages: Array, cross_launch: float, cross_entry: float,
    rise: float, kick: float, place: Array, up: Array, ahead: Array, tolerance: float,
    out: Array, track: Array,
) -> int:  # fmt: skip
    """Fly one vehicle from the ground to the ground; fill ``out`` and return the track's rows.

    ``stages`` (S, 3): burn time (s), exhaust speed (m/s), propellant share. ``rise`` (s) is the
    time straight up, ``kick`` (rad) the turn from the vertical ``up`` towards ``ahead`` (unit
    vectors at the launch ``place``, Earth-fixed). ``cross_*`` are 1/beta (m^2/kg) at launch and
    after burnout.
    """
    out[:] = math.nan
    work = np.empty((ROWS, 6))
    leg = np.zeros(LEG)
    y = np.empty(6)
    spin = earth[SPIN]
    y[0], y[1], y[2] = place[0], place[1], place[2]
    y[3], y[4], y[5] = -spin * place[1], spin * place[0], 0.0
    out[TOP_TIME], out[TOP] = 0.0, 0.0
    count = note(track, 0, 0.0, y)
    leg[WAY : WAY + 3] = up
    time, load, turned = 0.0, 1.0, False
    for k in range(stages.shape[0]):
        leg[BEGIN], leg[BURN] = time, stages[k, STAGE_BURN]
        leg[EXHAUST], leg[SHARE] = stages[k, STAGE_EXHAUST], stages[k, STAGE_SHARE]
        leg[CROSS] = cross_launch / load
        end = time + stages[k, STAGE_BURN]
        if not turned:
            stop = min(rise, end)
            status, count = drive(
                earth, air, leg, tolerance, time, stop, y, work, out, track, count
            )
            if status != OK:
                out[STATUS] = status
                return count
            time = stop
            if stop == rise:
                # The turn: the relative velocity keeps its length.
                turned = True
                leg[TURN] = 1.0
                wx, wy, wz = y[3] + spin * y[1], y[4] - spin * y[0], y[5]
                speed = math.sqrt(wx * wx + wy * wy + wz * wz)
                c, s = math.cos(spin * time), math.sin(spin * time)
                lift, over = math.cos(kick), math.sin(kick)
                dx = lift * up[0] + over * ahead[0]
                dy = lift * up[1] + over * ahead[1]
                dz = lift * up[2] + over * ahead[2]
                y[3] = speed * (c * dx - s * dy) - spin * y[1]
                y[4] = speed * (s * dx + c * dy) + spin * y[0]
                y[5] = speed * dz
        status, count = drive(earth, air, leg, tolerance, time, end, y, work, out, track, count)
        if status != OK:
            out[STATUS] = status
            return count
        time = end
        load *= 1.0 - stages[k, STAGE_SHARE]
    out[BURNOUT_TIME] = time
    out[BURNOUT : BURNOUT + 6] = y
    status, count = fall(earth, air, cross_entry, tolerance, time, y, work, out, track, count)
    out[STATUS] = status
    return count
