"""Lambert's azimuthal equal-area projection, as d3 draws it, and the frame of a map.

Equal-area, so that an area on the page is in proportion to the area on the ground, which is
what the headline figures weigh. Spherical form (Snyder 1987, USGS Professional Paper 1395,
eqs 24-2 to 24-4 and 20-14 to 20-18); pixels as in d3: x to the right, y down, `scale` pixels
per radian at the centre. A test holds it against d3 itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_RADIUS_KM = 6371.0088  # mean radius of WGS-84, IUGG R1
MARGIN = 0.03


@dataclass(frozen=True)
class Frame:
    """A map's projection: centre in degrees, scale in pixels per radian, size in pixels."""

    longitude_deg: float
    latitude_deg: float
    scale: float
    x_px: float
    y_px: float
    width: int
    height: int

    def project(
        self, longitude_deg: ArrayLike, latitude_deg: ArrayLike
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return pixels (x, y) of points in degrees; the antipode of the centre becomes NaN."""
        x, y = _forward(longitude_deg, latitude_deg, self.longitude_deg, self.latitude_deg)
        return self.x_px + self.scale * x, self.y_px - self.scale * y

    def invert(self, x_px: float, y_px: float) -> tuple[float, float]:
        """Return (longitude, latitude) in degrees of a pixel."""
        x, y = (x_px - self.x_px) / self.scale, (self.y_px - y_px) / self.scale
        rho = float(np.hypot(x, y))
        if rho == 0.0:
            return self.longitude_deg, self.latitude_deg
        c = 2.0 * np.arcsin(min(rho / 2.0, 1.0))
        lat0 = np.radians(self.latitude_deg)
        sine = np.cos(c) * np.sin(lat0) + y * np.sin(c) * np.cos(lat0) / rho
        east = np.arctan2(
            x * np.sin(c), rho * np.cos(lat0) * np.cos(c) - y * np.sin(lat0) * np.sin(c)
        )
        lon = (self.longitude_deg + np.degrees(east) + 180.0) % 360.0 - 180.0
        return float(lon), float(np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0))))

    @property
    def km_per_px(self) -> float:
        """Ground kilometres per pixel at the centre."""
        return EARTH_RADIUS_KM / self.scale


def _forward(
    longitude_deg: ArrayLike, latitude_deg: ArrayLike, lon0_deg: float, lat0_deg: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    lon = np.radians(np.asarray(longitude_deg, dtype=np.float64) - lon0_deg)
    lat, lat0 = np.radians(np.asarray(latitude_deg, dtype=np.float64)), np.radians(lat0_deg)
    cosine = np.sin(lat0) * np.sin(lat) + np.cos(lat0) * np.cos(lat) * np.cos(lon)
    with np.errstate(divide="ignore", invalid="ignore"):
        k = np.where(cosine > -1.0 + 1e-12, np.sqrt(2.0 / (1.0 + cosine)), np.nan)
    x = k * np.cos(lat) * np.sin(lon)
    y = k * (np.cos(lat0) * np.sin(lat) - np.sin(lat0) * np.cos(lat) * np.cos(lon))
    return x, y


def centre(longitude_deg: ArrayLike, latitude_deg: ArrayLike) -> tuple[float, float]:
    """Return the mean direction of points as (longitude, latitude) in degrees."""
    lon, lat = np.radians(np.asarray(longitude_deg)), np.radians(np.asarray(latitude_deg))
    x, y, z = np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)
    flat = float(np.hypot(x.mean(), y.mean()))
    return (
        float(np.degrees(np.arctan2(y.mean(), x.mean()))),
        float(np.degrees(np.arctan2(z.mean(), flat))),
    )


def frame(
    longitude_deg: ArrayLike,
    latitude_deg: ArrayLike,
    *,
    width: int,
    least_aspect: float = 0.55,
    greatest_aspect: float = 1.05,
) -> Frame:
    """Return the frame of given width that shows all points, centred on their mean direction.

    The height follows from the points, kept between the two aspects (height over width); where
    the points are wider or taller than that, the scale gives way.
    """
    lon0, lat0 = centre(longitude_deg, latitude_deg)
    x, y = _forward(longitude_deg, latitude_deg, lon0, lat0)
    left, right = float(np.nanmin(x)), float(np.nanmax(x))
    low, high = float(np.nanmin(y)), float(np.nanmax(y))
    pad = MARGIN * max(right - left, high - low, 0.02)
    left, right, low, high = left - pad, right + pad, low - pad, high + pad
    aspect = min(max((high - low) / (right - left), least_aspect), greatest_aspect)
    height = round(width * aspect)
    scale = min(width / (right - left), height / (high - low))
    return Frame(
        longitude_deg=lon0,
        latitude_deg=lat0,
        scale=scale,
        x_px=width / 2.0 - scale * (left + right) / 2.0,
        y_px=height / 2.0 + scale * (low + high) / 2.0,
        width=width,
        height=height,
    )
