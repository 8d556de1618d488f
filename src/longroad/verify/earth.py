"""The figure of the Earth and its air: cases M06 to M19."""

from __future__ import annotations

import math

import numpy as np

from longroad.earth import ecef_to_geodetic, standard_atmosphere
from longroad.earth.geodesic import geodesic
from longroad.flight import ground
from longroad.verify.case import Inputs
from longroad.verify.figure import Found, found
from longroad.verify.registry import computes


@computes("M06", "M07", "M08", "M09")
def geodesics(inputs: Inputs) -> tuple[Found, ...]:
    """Shortest way along the ellipsoid between two places."""
    (lat1, lon1), (lat2, lon2) = inputs.numbers("from"), inputs.numbers("to")
    way = geodesic(lat1, lon1, lat2, lon2)
    return found(
        {
            "distance": float(way.range_m),
            "azimuth at the start": float(way.azimuth_rad),
            "azimuth at the end": float(way.arrival_azimuth_rad),
        }
    )


@computes("M10")
def on_a_sphere(inputs: Inputs) -> tuple[Found, ...]:
    """The same ways as if the Earth were a sphere."""
    radius = inputs.number("radius")
    values: dict[str, float | bool | tuple[float, float]] = {}
    for pair in inputs.rows("pairs"):
        (lat1, lon1), (lat2, lon2) = pair.numbers("from"), pair.numbers("to")
        values[f"distance {pair.text('name')}"] = float(
            ground.ground_range(lat1, lon1, lat2, lon2, radius, 0.0)
        )
    return found(values)


@computes("M11")
def geodetic(inputs: Inputs) -> tuple[Found, ...]:
    """Latitude, longitude and height of an Earth-fixed position."""
    latitude, longitude, height = ecef_to_geodetic(np.array(inputs.numbers("position")))
    return found(
        {
            "latitude": float(latitude),
            "longitude": float(longitude),
            "height": float(height),
        }
    )


@computes("M12", "M13", "M14", "M15", "M16", "M17", "M18")
def air(inputs: Inputs) -> tuple[Found, ...]:
    """The standard atmosphere at one height."""
    state = standard_atmosphere(inputs.number("height"))
    return found(
        {
            "temperature": float(state.temperature_k),
            "pressure": float(state.pressure_pa),
            "density": float(state.density_kg_m3),
        }
    )


@computes("M19")
def sound(inputs: Inputs) -> tuple[Found, ...]:
    """The speed of sound at several heights."""
    heights = inputs.numbers("heights")
    speeds = standard_atmosphere(np.array(heights)).sound_speed_m_s
    return found(
        {
            f"speed of sound at {height / 1e3:g} km": float(speed)
            for height, speed in zip(heights, speeds, strict=True)
            if not math.isnan(speed)
        }
    )
