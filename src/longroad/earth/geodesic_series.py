"""The series of Karney's solution of geodesics, to sixth order, for compiled code.

Coefficients: C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013) 43-55,
doi:10.1007/s00190-012-0578-z, equations 17, 18, 21, 24, 25, 42, 43, as GeographicLib writes them
(Copyright (c) Charles Karney, MIT licence, `LICENSE-GeographicLib.txt`). For WGS-84 sixth order
leaves an error of some 15 nanometres.
"""

from __future__ import annotations

import math

from longroad.base.kernel import kernel
from longroad.earth.wgs84 import ECCENTRICITY_SQUARED, FLATTENING

Six = tuple[float, float, float, float, float, float]

THIRD_FLATTENING = FLATTENING / (2.0 - FLATTENING)
SECOND_ECCENTRICITY_SQUARED = ECCENTRICITY_SQUARED / (1.0 - ECCENTRICITY_SQUARED)

# Equation 24 and 25 in powers of eps, with the third flattening of WGS-84 put in.
_N = THIRD_FLATTENING
_A3 = (
    1.0,
    (_N - 1.0) / 2.0,
    ((3.0 * _N - 1.0) * _N - 2.0) / 8.0,
    ((-_N - 3.0) * _N - 1.0) / 16.0,
    (-2.0 * _N - 3.0) / 64.0,
    -3.0 / 128.0,
)
_C31 = (
    (1.0 - _N) / 4.0,
    (1.0 - _N * _N) / 8.0,
    ((-_N + 3.0) * _N + 3.0) / 64.0,
    (2.0 * _N + 5.0) / 128.0,
    3.0 / 128.0,
)
_C32 = (
    ((_N - 3.0) * _N + 2.0) / 32.0,
    ((-3.0 * _N - 2.0) * _N + 3.0) / 64.0,
    (_N + 3.0) / 128.0,
    5.0 / 256.0,
)
_C33 = (((5.0 * _N - 9.0) * _N + 5.0) / 192.0, (-10.0 * _N + 9.0) / 384.0, 7.0 / 512.0)
_C34 = ((-14.0 * _N + 7.0) / 512.0, 7.0 / 512.0)
_C35 = 21.0 / 2560.0


@kernel
def expansion(calp0: float) -> tuple[float, float]:
    """Return k**2 = e'**2 cos(alpha0)**2 and eps, the parameter of all series (equation 16)."""
    k2 = calp0 * calp0 * SECOND_ECCENTRICITY_SQUARED
    return k2, k2 / (2.0 * (1.0 + math.sqrt(1.0 + k2)) + k2)


@kernel
def sines(s: float, c: float, a: Six) -> float:
    """Return the sum of a[k - 1] sin(2 k x), k = 1 to 6, by Clenshaw, s = sin x, c = cos x."""
    twice = 2.0 * (c - s) * (c + s)
    b1 = a[5]
    b0 = twice * b1 + a[4]
    b1 = twice * b0 - b1 + a[3]
    b0 = twice * b1 - b0 + a[2]
    b1 = twice * b0 - b1 + a[1]
    b0 = twice * b1 - b0 + a[0]
    return 2.0 * s * c * b0


@kernel
def a1(eps: float) -> float:
    """Return A1 (equation 17), the scale of distance along the auxiliary sphere."""
    e2 = eps * eps
    return 1.0 + (((e2 + 4.0) * e2 + 64.0) * e2 / 256.0 + eps) / (1.0 - eps)


@kernel
def a2(eps: float) -> float:
    """Return A2 (equation 42), for the reduced length."""
    e2 = eps * eps
    return 1.0 + (((-11.0 * e2 - 28.0) * e2 - 192.0) * e2 / 256.0 - eps) / (1.0 + eps)


@kernel
def a3(eps: float) -> float:
    """Return A3 (equation 24), the scale of longitude."""
    a = _A3
    return ((((a[5] * eps + a[4]) * eps + a[3]) * eps + a[2]) * eps + a[1]) * eps + a[0]


@kernel
def c1(e: float) -> Six:
    """Return C1 (equation 18): distance from arc on the auxiliary sphere."""
    e2 = e * e
    return (
        e * ((6.0 - e2) * e2 - 16.0) / 32.0,
        e2 * ((64.0 - 9.0 * e2) * e2 - 128.0) / 2048.0,
        e * e2 * (9.0 * e2 - 16.0) / 768.0,
        e2 * e2 * (3.0 * e2 - 5.0) / 512.0,
        -7.0 * e * e2 * e2 / 1280.0,
        -7.0 * e2 * e2 * e2 / 2048.0,
    )


@kernel
def c1_reverted(e: float) -> Six:
    """Return C1' (equation 21): arc on the auxiliary sphere from distance."""
    e2 = e * e
    return (
        e * ((205.0 * e2 - 432.0) * e2 + 768.0) / 1536.0,
        e2 * ((4005.0 * e2 - 4736.0) * e2 + 3840.0) / 12288.0,
        e * e2 * (-225.0 * e2 + 116.0) / 384.0,
        e2 * e2 * (-7173.0 * e2 + 2695.0) / 7680.0,
        3467.0 * e * e2 * e2 / 7680.0,
        38081.0 * e2 * e2 * e2 / 61440.0,
    )


@kernel
def c2(e: float) -> Six:
    """Return C2 (equation 43), for the reduced length."""
    e2 = e * e
    return (
        e * ((e2 + 2.0) * e2 + 16.0) / 32.0,
        e2 * ((35.0 * e2 + 64.0) * e2 + 384.0) / 2048.0,
        e * e2 * (15.0 * e2 + 80.0) / 768.0,
        e2 * e2 * (7.0 * e2 + 35.0) / 512.0,
        63.0 * e * e2 * e2 / 1280.0,
        77.0 * e2 * e2 * e2 / 2048.0,
    )


@kernel
def c3(e: float) -> Six:
    """Return C3 (equation 25), for the longitude; the sixth is zero at this order."""
    c, d, f, g = _C31, _C32, _C33, _C34
    e2 = e * e
    return (
        e * ((((c[4] * e + c[3]) * e + c[2]) * e + c[1]) * e + c[0]),
        e2 * (((d[3] * e + d[2]) * e + d[1]) * e + d[0]),
        e * e2 * ((f[2] * e + f[1]) * e + f[0]),
        e2 * e2 * (g[1] * e + g[0]),
        e * e2 * e2 * _C35,
        0.0,
    )
