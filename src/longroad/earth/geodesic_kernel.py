"""Geodesics on WGS-84 for compiled code: the inverse and the direct problem, one at a time.

Method: C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013) 43-55,
doi:10.1007/s00190-012-0578-z; the order of evaluation that keeps the rounding small is that of
GeographicLib (Copyright (c) Charles Karney, MIT licence, `LICENSE-GeographicLib.txt`). The inverse
problem is one equation, longitude difference as a function of the azimuth at the first point,
which has one root; it is solved by Newton's method kept inside a shrinking bracket, so it does not
fail near the antipode, where Vincenty's iteration does. Karney's special starting value there is
left out: the bracket costs a few more rounds instead.

Names follow the paper: beta reduced latitude, sigma arc on the auxiliary sphere, omega longitude
on it, alpha azimuth; s and c before a name mean its sine and cosine.
"""

from __future__ import annotations

import math

from longroad.base.kernel import kernel
from longroad.earth.geodesic_series import (
    SECOND_ECCENTRICITY_SQUARED,
    THIRD_FLATTENING,
    a1,
    a2,
    a3,
    c1,
    c1_reverted,
    c2,
    c3,
    expansion,
    sines,
)
from longroad.earth.wgs84 import FLATTENING, SEMI_MAJOR_AXIS_M, SEMI_MINOR_AXIS_M

_TINY = 1.4916681462400413e-154
_EPSILON = 2.220446049250313e-16
# Below this arc the sphere of the mean latitude is exact to rounding (Karney, section 7).
_SHORT = 0.1 * math.sqrt(_EPSILON) / math.sqrt(FLATTENING * (1.0 - FLATTENING / 2.0) / 2.0)
_NEWTON_ROUNDS, _ROUNDS = 20, 90


@kernel
def _unit(s: float, c: float) -> tuple[float, float]:
    length = math.hypot(s, c)
    return s / length, c / length


@kernel
def _reduced(latitude_rad: float) -> tuple[float, float]:
    """Return sine and cosine of the reduced latitude; the cosine is never zero."""
    if abs(latitude_rad) < 1e-17:
        return 0.0, 1.0
    s, c = _unit((1.0 - FLATTENING) * math.sin(latitude_rad), math.cos(latitude_rad))
    return s, max(_TINY, c)


@kernel
def _lengths(
    eps: float, sig12: float,
    ssig1: float, csig1: float, dn1: float,
    ssig2: float, csig2: float, dn2: float,
) -> tuple[float, float]:  # fmt: skip
    """Return distance and reduced length, both over the polar semi-axis (equations 7, 38)."""
    big1, big2, c1s, c2s = a1(eps), a2(eps), c1(eps), c2(eps)
    b1 = sines(ssig2, csig2, c1s) - sines(ssig1, csig1, c1s)
    b2 = sines(ssig2, csig2, c2s) - sines(ssig1, csig1, c2s)
    j12 = (big1 - big2) * sig12 + (big1 * b1 - big2 * b2)
    reduced = dn2 * (csig1 * ssig2) - dn1 * (ssig1 * csig2) - csig1 * csig2 * j12
    return big1 * (sig12 + b1), reduced


@kernel
def _longitude(
    sbet1: float, cbet1: float, dn1: float,
    sbet2: float, cbet2: float, dn2: float,
    salp1: float, calp1: float, slam: float, clam: float,
) -> tuple[float, float, float, float, float]:  # fmt: skip
    """Follow azimuth alpha1 from latitude beta1 to beta2.

    Return the longitude passed less the one wanted, its derivative by alpha1, salp2, calp2 and
    the distance over the polar semi-axis.
    """
    if sbet1 == 0.0 and calp1 == 0.0:
        # An equatorial start due east would never leave the equator.
        calp1 = -_TINY
    salp0, calp0 = salp1 * cbet1, math.hypot(calp1, salp1 * sbet1)
    somg1, comg1 = salp0 * sbet1, calp1 * cbet1
    ssig1, csig1 = _unit(sbet1, comg1)
    # Equal and opposite latitudes are kept exactly symmetric: Newton's method is singular there.
    salp2 = salp0 / cbet2 if cbet2 != cbet1 else salp1
    if cbet2 != cbet1 or abs(sbet2) != -sbet1:
        if cbet1 < -sbet1:
            difference = (cbet2 - cbet1) * (cbet1 + cbet2)
        else:
            difference = (sbet1 - sbet2) * (sbet1 + sbet2)
        calp2 = math.sqrt(max(0.0, (calp1 * cbet1) ** 2 + difference)) / cbet2
    else:
        calp2 = abs(calp1)
    somg2, comg2 = salp0 * sbet2, calp2 * cbet2
    ssig2, csig2 = _unit(sbet2, comg2)
    sig12 = math.atan2(max(0.0, csig1 * ssig2 - ssig1 * csig2), csig1 * csig2 + ssig1 * ssig2)
    somg12 = max(0.0, comg1 * somg2 - somg1 * comg2)
    comg12 = comg1 * comg2 + somg1 * somg2
    eta = math.atan2(somg12 * clam - comg12 * slam, comg12 * clam + somg12 * slam)
    _, eps = expansion(calp0)
    c3s = c3(eps)
    b3 = sines(ssig2, csig2, c3s) - sines(ssig1, csig1, c3s)
    passed = eta - FLATTENING * a3(eps) * salp0 * (sig12 + b3)
    distance, reduced = _lengths(eps, sig12, ssig1, csig1, dn1, ssig2, csig2, dn2)
    if calp2 == 0.0:
        slope = -2.0 * (1.0 - FLATTENING) * dn1 / sbet1
    else:
        slope = reduced * (1.0 - FLATTENING) / (calp2 * cbet2)
    return passed, slope, salp2, calp2, distance


@kernel
def _search(
    sbet1: float, cbet1: float, dn1: float,
    sbet2: float, cbet2: float, dn2: float,
    salp1: float, calp1: float, slam: float, clam: float,
) -> tuple[float, float, float, float, float]:  # fmt: skip
    """Find alpha1: return salp1, calp1, salp2, calp2 and distance over the polar semi-axis."""
    # The bracket: due north is one side of the root, due south the other.
    salp1a, calp1a, salp1b, calp1b = _TINY, 1.0, _TINY, -1.0
    close = last = False
    salp2 = calp2 = distance = 0.0
    for turn in range(_ROUNDS):
        miss, slope, salp2, calp2, distance = _longitude(
            sbet1, cbet1, dn1, sbet2, cbet2, dn2, salp1, calp1, slam, clam
        )
        if last or not abs(miss) >= (8.0 if close else 1.0) * _EPSILON:
            break
        if miss > 0.0 and (turn > _NEWTON_ROUNDS or calp1 / salp1 > calp1b / salp1b):
            salp1b, calp1b = salp1, calp1
        elif miss < 0.0 and (turn > _NEWTON_ROUNDS or calp1 / salp1 < calp1a / salp1a):
            salp1a, calp1a = salp1, calp1
        if turn < _NEWTON_ROUNDS and slope > 0.0 and abs(miss / slope) < math.pi:
            s, c = math.sin(-miss / slope), math.cos(miss / slope)
            turned = salp1 * c + calp1 * s
            if turned > 0.0:
                salp1, calp1 = _unit(turned, calp1 * c - salp1 * s)
                close = abs(miss) <= 16.0 * _EPSILON
                continue
        salp1, calp1 = _unit(0.5 * (salp1a + salp1b), 0.5 * (calp1a + calp1b))
        close = False
        last = (
            abs(salp1a - salp1) + (calp1a - calp1) < _EPSILON
            or abs(salp1 - salp1b) + (calp1 - calp1b) < _EPSILON
        )
    return salp1, calp1, salp2, calp2, distance


@kernel
def _general(
    sbet1: float, cbet1: float, sbet2: float, cbet2: float,
    lam: float, slam: float, clam: float,
) -> tuple[float, float, float, float, float]:  # fmt: skip
    """Solve a pair off one meridian and off the equator: salp1, calp1, salp2, calp2, metres."""
    dn1 = math.sqrt(1.0 + SECOND_ECCENTRICITY_SQUARED * sbet1 * sbet1)
    dn2 = math.sqrt(1.0 + SECOND_ECCENTRICITY_SQUARED * sbet2 * sbet2)
    sbet12, cbet12 = sbet2 * cbet1 - cbet2 * sbet1, cbet2 * cbet1 + sbet2 * sbet1
    short = cbet12 >= 0.0 and sbet12 < 0.5 and cbet2 * lam < 0.5
    stretch, somg, comg = 1.0, slam, clam
    if short:
        mean2 = (sbet1 + sbet2) ** 2
        mean2 /= mean2 + (cbet1 + cbet2) ** 2
        stretch = math.sqrt(1.0 + SECOND_ECCENTRICITY_SQUARED * mean2)
        omg = lam / ((1.0 - FLATTENING) * stretch)
        somg, comg = math.sin(omg), math.cos(omg)
    # The azimuth on the sphere, written so that it keeps its digits for close points.
    salp1 = cbet2 * somg
    if comg >= 0.0:
        calp1 = sbet12 + cbet2 * sbet1 * somg * somg / (1.0 + comg)
    else:
        calp1 = sbet2 * cbet1 + cbet2 * sbet1 - cbet2 * sbet1 * somg * somg / (1.0 - comg)
    ssig = math.hypot(salp1, calp1)
    if short and ssig < _SHORT:
        csig = sbet1 * sbet2 + cbet1 * cbet2 * comg
        back = sbet12 - cbet1 * sbet2 * somg * somg / (1.0 + comg)
        salp2, calp2 = _unit(cbet1 * somg, back)
        salp1, calp1 = _unit(salp1, calp1)
        return salp1, calp1, salp2, calp2, math.atan2(ssig, csig) * SEMI_MINOR_AXIS_M * stretch
    if salp1 > 0.0:
        salp1, calp1 = _unit(salp1, calp1)
    else:
        salp1, calp1 = 1.0, 0.0
    salp1, calp1, salp2, calp2, distance = _search(
        sbet1, cbet1, dn1, sbet2, cbet2, dn2, salp1, calp1, slam, clam
    )
    return salp1, calp1, salp2, calp2, distance * SEMI_MINOR_AXIS_M


@kernel
def inverse(
    latitude1_rad: float, longitude1_rad: float, latitude2_rad: float, longitude2_rad: float
) -> tuple[float, float, float]:
    """Return distance (m) and the azimuths (rad, from north to east) at both ends, forward."""
    lam = longitude2_rad - longitude1_rad
    lam -= 2.0 * math.pi * round(lam / (2.0 * math.pi))
    east = -1.0 if lam < 0.0 else 1.0
    lam = abs(lam)
    slam, clam = math.sin(lam), math.cos(lam)
    if lam > math.pi - 3.0 * _EPSILON:
        slam, clam = 0.0, -1.0
    # Bring the pair to: point 1 the one farther from the equator, and in the south.
    swapped = 1.0
    if abs(latitude1_rad) < abs(latitude2_rad):
        swapped = -1.0
        east = -east
        latitude1_rad, latitude2_rad = latitude2_rad, latitude1_rad
    south = 1.0 if latitude1_rad < 0.0 else -1.0
    sbet1, cbet1 = _reduced(south * latitude1_rad)
    sbet2, cbet2 = _reduced(south * latitude2_rad)
    if cbet1 < -sbet1:
        if cbet2 == cbet1:
            sbet2 = math.copysign(sbet1, sbet2)
    elif abs(sbet2) == -sbet1:
        cbet2 = cbet1
    if cbet1 < 1e-16 or slam == 0.0:
        # Along a meridian; on an oblate ellipsoid it is always the shortest way.
        salp1, calp1, salp2, calp2 = slam, clam, 0.0, 1.0
        ssig1, csig1 = _unit(sbet1, calp1 * cbet1)
        ssig2, csig2 = sbet2, cbet2
        sig12 = math.atan2(max(0.0, csig1 * ssig2 - ssig1 * csig2), csig1 * csig2 + ssig1 * ssig2)
        distance, _ = _lengths(THIRD_FLATTENING, sig12, ssig1, csig1, 1.0, ssig2, csig2, 1.0)
        distance = max(0.0, distance * SEMI_MINOR_AXIS_M)
        if sig12 < _EPSILON:
            distance = 0.0
    elif sbet1 == 0.0 and math.pi - lam >= FLATTENING * math.pi:
        salp1, calp1, salp2, calp2 = 1.0, 0.0, 1.0, 0.0
        distance = SEMI_MAJOR_AXIS_M * lam
    else:
        salp1, calp1, salp2, calp2, distance = _general(sbet1, cbet1, sbet2, cbet2, lam, slam, clam)
    if swapped < 0.0:
        salp1, calp1, salp2, calp2 = salp2, calp2, salp1, calp1
    turn, flip = swapped * east, swapped * south
    return distance, math.atan2(turn * salp1, flip * calp1), math.atan2(turn * salp2, flip * calp2)


@kernel
def direct(
    latitude_rad: float, longitude_rad: float, azimuth_rad: float, distance_m: float
) -> tuple[float, float, float]:
    """Return latitude, longitude (rad, -pi to pi) and forward azimuth (rad) at the far end."""
    sbet1, cbet1 = _reduced(latitude_rad)
    salp1, calp1 = math.sin(azimuth_rad), math.cos(azimuth_rad)
    salp0, calp0 = salp1 * cbet1, math.hypot(calp1, salp1 * sbet1)
    somg1 = salp0 * sbet1
    comg1 = cbet1 * calp1 if sbet1 != 0.0 or calp1 != 0.0 else 1.0
    ssig1, csig1 = _unit(sbet1, comg1)
    _, eps = expansion(calp0)
    b11 = sines(ssig1, csig1, c1(eps))
    s, c = math.sin(b11), math.cos(b11)
    stau1, ctau1 = ssig1 * c + csig1 * s, csig1 * c - ssig1 * s
    tau12 = distance_m / (SEMI_MINOR_AXIS_M * a1(eps))
    s, c = math.sin(tau12), math.cos(tau12)
    b12 = -sines(stau1 * c + ctau1 * s, ctau1 * c - stau1 * s, c1_reverted(eps))
    sig12 = tau12 - (b12 - b11)
    s, c = math.sin(sig12), math.cos(sig12)
    ssig2, csig2 = ssig1 * c + csig1 * s, csig1 * c - ssig1 * s
    sbet2, cbet2 = calp0 * ssig2, math.hypot(salp0, calp0 * csig2)
    if cbet2 == 0.0:
        cbet2 = csig2 = _TINY
    somg2 = salp0 * ssig2
    omg12 = math.atan2(somg2 * comg1 - csig2 * somg1, csig2 * comg1 + somg2 * somg1)
    c3s = c3(eps)
    b3 = sines(ssig2, csig2, c3s) - sines(ssig1, csig1, c3s)
    longitude = longitude_rad + omg12 - FLATTENING * salp0 * a3(eps) * (sig12 + b3)
    longitude -= 2.0 * math.pi * round(longitude / (2.0 * math.pi))
    latitude = math.atan2(sbet2, (1.0 - FLATTENING) * cbet2)
    return latitude, longitude, math.atan2(salp0, calp0 * csig2)
