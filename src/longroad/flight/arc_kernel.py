"""Kernels of ballistic arcs between two places on a rotating Earth.

A missile launched at time 0 burns until ``burn time``; it is then at ``burnout altitude``, the
``burnout distance`` along the ground from its launch, and coasts on a conic to the aim point,
which the Earth has carried on meanwhile. Its boost lies in a vertical plane: at burnout the
Earth-relative velocity points along the boost's ground heading. Unknown are the coast time t
and the launch heading a; one condition is

    sideways(t, a) = 0      no Earth-relative velocity across the heading at burnout,

and the other is the shape: least speed, given apogee, given time, given speed. For every (t, a)
Lambert's problem gives the flight, so the aim point is met exactly, and the closed form of its
derivatives (`longroad.flight.lambert_slope`) gives Newton's step in both unknowns at once.
Along the curve ``sideways = 0`` every shape is one-dimensional in the coast time and grows
with it, which brackets the root. Least speed is the root of the derivative of the speed along
that curve, by the secant rule, since only first derivatives are known.

Axes: while solving, inertial axes that coincide with the Earth-fixed ones at burnout; results
are turned into those that coincide at ignition (`DESIGN`: one inertial epoch, the first
ignition).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import lean_kernel
from longroad.flight.ground import height, on_ground
from longroad.flight.lambert_kernel import join
from longroad.flight.lambert_slope import change

Array = NDArray[np.float64]

# Shapes.
LEAST_SPEED, APOGEE, TIME, LOFTED, DEPRESSED, ELEVATION = range(6)

# Columns of the plain Earth: radius (m), eccentricity squared, mu, rotation (rad/s).
RADIUS, E2, MU, SPIN = 0, 1, 2, 3

# Rows of a site: launch place, up, north, east; aim place, its up. Then altitude and distance of
# burnout, the burn time and the greatest coast time, principal curvatures (meridian, transverse).
PLACE, UP, NORTH, EAST, AIM, AIM_UP = 0, 3, 6, 9, 12, 15
ALTITUDE, DISTANCE, BURN, MERIDIAN, TRANSVERSE, SITE = 18, 19, 20, 21, 22, 23

# Columns of a probe: place, velocity, velocity at the aim, place of the aim, heading, up there,
# Earth-relative velocity; its rates of change with the heading and with the time along the
# curve, and those of the place; then single numbers.
R, V, V_END, R_END, HEAD, TOP, REL, REL_A, REL_T, R_A, R_T = range(0, 33, 3)
X, SPEED, SIDE, SIDE_A, TURN, PROBE = 33, 34, 35, 36, 37, 38


@lean_kernel
def dot(a: Array, i: int, b: Array, j: int) -> float:
    """Return the scalar product of the three numbers from a[i] and those from b[j]."""
    return a[i] * b[j] + a[i + 1] * b[j + 1] + a[i + 2] * b[j + 2]


@lean_kernel
def prepare(
    earth: Array, lat1: float, lon1: float, lat2: float, lon2: float,
    burn: float, altitude: float, distance: float, site: Array,
) -> None:  # fmt: skip
    """Fill ``site`` for one launch and one aim point (rad) and one boost (s, m, m)."""
    radius, e2 = earth[RADIUS], earth[E2]
    s, c = math.sin(lat1), math.cos(lat1)
    sl, cl = math.sin(lon1), math.cos(lon1)
    site[PLACE], site[PLACE + 1], site[PLACE + 2] = on_ground(lat1, lon1, radius, e2)
    site[UP], site[UP + 1], site[UP + 2] = c * cl, c * sl, s
    site[NORTH], site[NORTH + 1], site[NORTH + 2] = -s * cl, -s * sl, c
    site[EAST], site[EAST + 1], site[EAST + 2] = -sl, cl, 0.0
    site[AIM], site[AIM + 1], site[AIM + 2] = on_ground(lat2, lon2, radius, e2)
    c2 = math.cos(lat2)
    site[AIM_UP], site[AIM_UP + 1] = c2 * math.cos(lon2), c2 * math.sin(lon2)
    site[AIM_UP + 2] = math.sin(lat2)
    site[ALTITUDE], site[DISTANCE], site[BURN] = altitude, distance, burn
    bulge = 1.0 - e2 * s * s
    site[TRANSVERSE] = math.sqrt(bulge) / radius
    site[MERIDIAN] = bulge * math.sqrt(bulge) / (radius * (1.0 - e2))


@lean_kernel
def first_heading(site: Array) -> float:
    """Return the azimuth of the aim point from the launch (rad)."""
    dx, dy = site[AIM] - site[PLACE], site[AIM + 1] - site[PLACE + 1]
    dz = site[AIM + 2] - site[PLACE + 2]
    north = dx * site[NORTH] + dy * site[NORTH + 1] + dz * site[NORTH + 2]
    east = dx * site[EAST] + dy * site[EAST + 1] + dz * site[EAST + 2]
    return math.atan2(east, north)


@lean_kernel
def boost(earth: Array, site: Array, heading: float, out: Array) -> float:
    """Write place, heading and up at burnout; return the rate of the place's sideways motion.

    The way along the ground is a circle with the curvature of the ellipsoid at the launch in
    that direction, projected to the ellipsoid: against the geodesic it errs by less than 1 m in
    500 km and 30 m in 1,500 km. The return value is metres at altitude per radian of heading.
    """
    s, c = math.sin(heading), math.cos(heading)
    curvature = c * c * site[MERIDIAN] + s * s * site[TRANSVERSE]
    angle = site[DISTANCE] * curvature
    sine, cosine = math.sin(angle), math.cos(angle)
    drop = 2.0 * math.sin(0.5 * angle) ** 2
    flat2 = 1.0 - earth[E2]
    for i in range(3):
        ahead = c * site[NORTH + i] + s * site[EAST + i]
        out[HEAD + i] = cosine * ahead - sine * site[UP + i]
        out[R + i] = site[PLACE + i] + (sine * ahead - drop * site[UP + i]) / curvature
    x, y, z = out[R], out[R + 1], out[R + 2]
    scale = earth[RADIUS] / math.sqrt(x * x + y * y + z * z / flat2)
    out[TOP], out[TOP + 1], out[TOP + 2] = x, y, z / flat2
    norm = math.sqrt(dot(out, TOP, out, TOP))
    for i in range(3):
        out[TOP + i] /= norm
        out[R + i] = scale * out[R + i] + site[ALTITUDE] * out[TOP + i]
    slip = dot(out, HEAD, out, TOP)
    for i in range(3):
        out[HEAD + i] -= slip * out[TOP + i]
    norm = math.sqrt(dot(out, HEAD, out, HEAD))
    for i in range(3):
        out[HEAD + i] /= norm
    return sine * (1.0 / curvature + site[ALTITUDE])


@lean_kernel
def probe(earth: Array, site: Array, time: float, heading: float, guess: float, p: Array) -> bool:
    """Fill the probe ``p`` for one coast time (s) and heading (rad); False when none joins."""
    mu, spin = earth[MU], earth[SPIN]
    reach = boost(earth, site, heading, p)
    x1, y1, z1 = p[R], p[R + 1], p[R + 2]
    s, c = math.sin(spin * time), math.cos(spin * time)
    x2, y2 = c * site[AIM] - s * site[AIM + 1], s * site[AIM] + c * site[AIM + 1]
    z2 = site[AIM + 2]
    p[R_END], p[R_END + 1], p[R_END + 2] = x2, y2, z2
    # Beyond half a revolution the flight that sets out along the heading is the long way.
    far = x1 * x2 + y1 * y2 + z1 * z2 < 0.0 and dot(p, HEAD, p, R_END) < 0.0
    x, p[V], p[V + 1], p[V + 2], p[V_END], p[V_END + 1], p[V_END + 2] = join(
        mu, x1, y1, z1, x2, y2, z2, time, far, guess
    )
    p[X] = x
    if not x > -1.0:
        return False
    # Right of the heading: heading x up.
    hx, hy, hz = p[HEAD], p[HEAD + 1], p[HEAD + 2]
    ux, uy, uz = p[TOP], p[TOP + 1], p[TOP + 2]
    wx, wy, wz = hy * uz - hz * uy, hz * ux - hx * uz, hx * uy - hy * ux
    p[REL], p[REL + 1], p[REL + 2] = p[V] + spin * y1, p[V + 1] - spin * x1, p[V + 2]
    p[SPEED] = math.sqrt(dot(p, REL, p, REL))
    p[SIDE] = p[REL] * wx + p[REL + 1] * wy + p[REL + 2] * wz
    # Turning the heading moves burnout to the right.
    p[R_A], p[R_A + 1], p[R_A + 2] = reach * wx, reach * wy, reach * wz
    ax, ay, az = change(
        mu, x1, y1, z1, x2, y2, z2, time, far, x,
        p[R_A], p[R_A + 1], p[R_A + 2], 0.0, 0.0, 0.0, 0.0,
    )  # fmt: skip
    p[REL_A], p[REL_A + 1], p[REL_A + 2] = ax + spin * p[R_A + 1], ay - spin * p[R_A], az
    # ... and turns the direction "right" back against the heading, and down.
    angle = reach * site[TRANSVERSE]
    back = math.sqrt(max(0.0, 1.0 - angle * angle))
    p[SIDE_A] = (
        p[REL_A] * wx + p[REL_A + 1] * wy + p[REL_A + 2] * wz
        - back * dot(p, REL, p, HEAD) - angle * dot(p, REL, p, TOP)
    )  # fmt: skip
    tx, ty, tz = change(
        mu, x1, y1, z1, x2, y2, z2, time, far, x,
        0.0, 0.0, 0.0, -spin * y2, spin * x2, 0.0, 1.0,
    )  # fmt: skip
    # The heading that goes with the time along the curve of no sideways velocity.
    turn = -(tx * wx + ty * wy + tz * wz) / p[SIDE_A]
    p[TURN] = turn
    p[REL_T] = tx + turn * p[REL_A]
    p[REL_T + 1] = ty + turn * p[REL_A + 1]
    p[REL_T + 2] = tz + turn * p[REL_A + 2]
    for i in range(3):
        p[R_T + i] = turn * p[R_A + i]
    return True


@lean_kernel
def apogee_radius(earth: Array, p: Array, rate_v: int, rate_r: int) -> tuple[float, float]:
    """Return the greatest distance from the centre (m) and its rate for the given rates."""
    mu, spin = earth[MU], earth[SPIN]
    r = math.sqrt(dot(p, R, p, R))
    speed2 = dot(p, V, p, V)
    energy = 0.5 * speed2 - mu / r
    radial = dot(p, R, p, V)
    if radial <= 0.0 or energy >= 0.0:
        return r, 0.0
    # Inertial rates from Earth-relative ones.
    dx, dy, dz = p[rate_r], p[rate_r + 1], p[rate_r + 2]
    dvx, dvy, dvz = p[rate_v] - spin * dy, p[rate_v + 1] + spin * dx, p[rate_v + 2]
    r_dr = p[R] * dx + p[R + 1] * dy + p[R + 2] * dz
    v_dv = p[V] * dvx + p[V + 1] * dvy + p[V + 2] * dvz
    r_dv = p[R] * dvx + p[R + 1] * dvy + p[R + 2] * dvz
    v_dr = p[V] * dx + p[V + 1] * dy + p[V + 2] * dz
    momentum2 = r * r * speed2 - radial * radial
    denergy = v_dv + mu / (r * r * r) * r_dr
    half = speed2 * r_dr + r * r * v_dv - radial * (r_dv + v_dr)
    root = math.sqrt(max(0.0, mu * mu + 2.0 * energy * momentum2))
    top = (-mu - root) / (2.0 * energy)
    return top, (top * top * denergy - half) / root if root > 0.0 else 0.0


@lean_kernel
def apogee_altitude(earth: Array, p: Array) -> float:
    """Return the height above the ellipsoid of the point farthest from the centre (m).

    The true greatest height is above it, as the ellipsoid falls away by up to 21 km per radian:
    by less than 50 m up to 10,000 km of range, less than 200 m beyond. A flight that only descends
    has its apogee at burnout.
    """
    radius, _ = apogee_radius(earth, p, REL_T, R_T)
    r = math.sqrt(dot(p, R, p, R))
    if not radius > r:
        return height(p[R], p[R + 1], p[R + 2], earth[RADIUS], earth[E2])
    # The eccentricity vector points to perigee.
    mu = earth[MU]
    speed2, radial = dot(p, V, p, V), dot(p, R, p, V)
    out, along = speed2 / mu - 1.0 / r, -radial / mu
    ex, ey = out * p[R] + along * p[V], out * p[R + 1] + along * p[V + 1]
    ez = out * p[R + 2] + along * p[V + 2]
    scale = -radius / math.sqrt(ex * ex + ey * ey + ez * ez)
    return height(scale * ex, scale * ey, scale * ez, earth[RADIUS], earth[E2])


@lean_kernel
def shape_function(earth: Array, p: Array, shape: int, value: float) -> tuple[float, float, float]:
    """Return the shape's function, rising through 0, and its rates with heading and time."""
    speed = p[SPEED]
    if shape == LEAST_SPEED:
        return dot(p, REL, p, REL_T) / speed, 0.0, 0.0
    if shape == APOGEE:
        _, by_a = apogee_radius(earth, p, REL_A, R_A)
        _, by_t = apogee_radius(earth, p, REL_T, R_T)
        return apogee_altitude(earth, p) - value, by_a, by_t
    along_a, along_t = dot(p, REL, p, REL_A) / speed, dot(p, REL, p, REL_T) / speed
    if shape == ELEVATION:
        # value: sine of the flight-path angle. The vertical turns as the place moves.
        r = math.sqrt(dot(p, R, p, R))
        up_a = dot(p, TOP, p, REL_A) + dot(p, REL, p, R_A) / r
        up_t = dot(p, TOP, p, REL_T) + dot(p, REL, p, R_T) / r
        return dot(p, REL, p, TOP) - speed * value, up_a - along_a * value, up_t - along_t * value
    if shape == LOFTED:
        return speed - value, along_a, along_t
    return value - speed, -along_a, -along_t
