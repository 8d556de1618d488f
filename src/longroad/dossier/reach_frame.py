"""The frames of reach maps: near the flights, near the launch sites, over the pole, the world.

The first three are Lambert's azimuthal equal-area projection (`projection.Frame`), the world is
Equal Earth (Savric, Patterson and Jenny 2018, doi:10.1080/13658816.2018.1504949): areas compare
truly on all of them. Spherical forms; pixels run right and down.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.dossier.projection import EARTH_RADIUS_KM, MARGIN, Frame, centre

Array = NDArray[np.float64]
# Polynomial of Equal Earth, and half the square root of 3.
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = np.sqrt(3.0) / 2.0
# Half the width and height of the whole Earth at a scale of 1.
HALF_WIDTH = np.pi / (M * A1)
ROUNDS = 8


def _rise(theta: Array) -> Array:
    t2 = theta * theta
    t6 = t2**3
    return np.asarray(theta * (A1 + A2 * t2 + t6 * (A3 + A4 * t2)))


def _slope(theta: Array) -> Array:
    t2 = theta * theta
    t6 = t2**3
    return np.asarray(A1 + 3.0 * A2 * t2 + t6 * (7.0 * A3 + 9.0 * A4 * t2))


HALF_HEIGHT = float(_rise(np.array(np.arcsin(M))))


@dataclass(frozen=True)
class World:
    """The whole Earth in Equal Earth: middle meridian in degrees, scale in px per radian."""

    longitude_deg: float
    scale: float
    x_px: float
    y_px: float
    width: int
    height: int

    def project(self, longitude_deg: ArrayLike, latitude_deg: ArrayLike) -> tuple[Array, Array]:
        """Return pixels of points; longitudes are not wrapped: a turn away lies off the map."""
        lam = np.radians(np.asarray(longitude_deg, float) - self.longitude_deg)
        theta = np.arcsin(M * np.sin(np.radians(np.asarray(latitude_deg, float))))
        x = lam * np.cos(theta) / (M * _slope(theta))
        return self.x_px + self.scale * x, self.y_px - self.scale * _rise(theta)

    def invert(self, x_px: ArrayLike, y_px: ArrayLike) -> tuple[Array, Array]:
        """Return longitude and latitude (deg) of pixels, also of those just off the map."""
        y = np.clip((self.y_px - np.asarray(y_px, float)) / self.scale, -HALF_HEIGHT, HALF_HEIGHT)
        theta = y / A1
        for _ in range(ROUNDS):
            theta = theta - (_rise(theta) - y) / _slope(theta)
        lat = np.degrees(np.arcsin(np.clip(np.sin(theta) / M, -1.0, 1.0)))
        x = (np.asarray(x_px, float) - self.x_px) / self.scale
        lon = self.longitude_deg + np.degrees(x * M * _slope(theta) / np.cos(theta))
        return np.asarray((lon + 180.0) % 360.0 - 180.0), np.asarray(lat)

    def edge(self) -> Array:
        """Return the outline of the Earth, closed, in pixels (n, 2)."""
        lat = np.linspace(90.0, -90.0, 91)
        left = self.project(np.full(91, self.longitude_deg - 180.0), lat)
        right = self.project(np.full(91, self.longitude_deg + 180.0), lat[::-1])
        return np.column_stack([np.concatenate([left[i], right[i]]) for i in (0, 1)])

    @property
    def km_per_px(self) -> float:
        """Ground kilometres per pixel along the middle of the equator."""
        return float(EARTH_RADIUS_KM * M * A1 / self.scale)


def world(longitude_deg: float, width: int, height: int) -> World:
    """Return the map of the world that fills a picture."""
    scale = 0.995 * min(width / (2.0 * HALF_WIDTH), height / (2.0 * HALF_HEIGHT))
    return World(longitude_deg, scale, width / 2.0, height / 2.0, width, height)


def around(longitude_deg: ArrayLike, latitude_deg: ArrayLike, width: int, height: int) -> Frame:
    """Return the azimuthal frame of a given size that shows all points."""
    lon0, lat0 = centre(longitude_deg, latitude_deg)
    unit = Frame(lon0, lat0, 1.0, 0.0, 0.0, width, height)
    x, y = unit.project(longitude_deg, latitude_deg)
    left, right, low, high = x.min(), x.max(), -y.max(), -y.min()
    pad = MARGIN * max(right - left, high - low, 0.02)
    scale = min(width / (right - left + 2 * pad), height / (high - low + 2 * pad))
    middle = (left + right) / 2.0, (low + high) / 2.0
    return Frame(
        lon0, lat0, float(scale), float(width / 2.0 - scale * middle[0]),
        float(height / 2.0 + scale * middle[1]), width, height,
    )  # fmt: skip


def polar(longitude_deg: float, lowest_deg: float, width: int, height: int) -> Frame:
    """Return the map around the north pole, a meridian pointing down, as far as a latitude."""
    reach = 2.0 * np.sin(np.radians(90.0 - lowest_deg) / 2.0)
    scale = float(min(width, height) / (2.0 * reach))
    return Frame(longitude_deg, 90.0, scale, width / 2.0, height / 2.0, width, height)


def inverse(shape: Frame | World, x_px: Array, y_px: Array) -> tuple[Array, Array]:
    """Return longitude and latitude (deg) of many pixels."""
    if isinstance(shape, World):
        return shape.invert(x_px, y_px)
    x, y = (x_px - shape.x_px) / shape.scale, (shape.y_px - y_px) / shape.scale
    rho = np.hypot(x, y)
    c = 2.0 * np.arcsin(np.minimum(rho / 2.0, 1.0))
    lat0 = np.radians(shape.latitude_deg)
    over = 1.0 / np.where(rho > 0.0, rho, 1.0)
    sine = np.cos(c) * np.sin(lat0) + y * np.sin(c) * np.cos(lat0) * over
    east = np.arctan2(x * np.sin(c), rho * np.cos(lat0) * np.cos(c) - y * np.sin(lat0) * np.sin(c))
    lon = (shape.longitude_deg + np.degrees(east) + 180.0) % 360.0 - 180.0
    return lon, np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0)))
