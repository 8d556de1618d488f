"""The Earth: its figure, its territories and who lives where.

The names below are imported when they are first used. The outlines for drawing are
`longroad.earth.borders.borders`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from longroad.earth.atmosphere import standard_atmosphere as standard_atmosphere
    from longroad.earth.borders import country_at as country_at
    from longroad.earth.cells import cell_boundary as cell_boundary
    from longroad.earth.countries import country_names as country_names
    from longroad.earth.geodesic import destination as destination
    from longroad.earth.geodesic import ground_range as ground_range
    from longroad.earth.territories import territory_cells as territory_cells
    from longroad.earth.wgs84 import ecef_to_geodetic as ecef_to_geodetic
    from longroad.earth.wgs84 import geodetic_to_ecef as geodetic_to_ecef

_AT_HOME = {
    "cell_boundary": "cells",
    "country_at": "borders",
    "country_names": "countries",
    "destination": "geodesic",
    "ecef_to_geodetic": "wgs84",
    "geodetic_to_ecef": "wgs84",
    "ground_range": "geodesic",
    "standard_atmosphere": "atmosphere",
    "territory_cells": "territories",
}

__all__ = [
    "cell_boundary",
    "country_at",
    "country_names",
    "destination",
    "ecef_to_geodetic",
    "geodetic_to_ecef",
    "ground_range",
    "standard_atmosphere",
    "territory_cells",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _AT_HOME:
        raise AttributeError(f"module 'longroad.earth' has no attribute '{name}'")
    found = getattr(importlib.import_module(f"longroad.earth.{_AT_HOME[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted({*globals(), *_AT_HOME})
