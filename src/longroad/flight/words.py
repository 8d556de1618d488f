"""How the numbers of a flight are written for readers."""

from __future__ import annotations

import math


def kilometres(length_m: float) -> str:
    """Write a length as ``3,725 km``; below 100 km with one decimal."""
    value = length_m / 1e3
    return f"{value:,.0f} km" if abs(value) >= 99.95 else f"{value:.1f} km"


def seconds(time_s: float) -> str:
    """Write a time as ``2,723 s``."""
    return f"{time_s:,.0f} s"


def speed(speed_m_s: float) -> str:
    """Write a speed as ``6.16 km/s``."""
    return f"{speed_m_s / 1e3:.2f} km/s"


def degrees(angle_rad: float) -> str:
    """Write an angle as ``83.8`` (degrees)."""
    return f"{math.degrees(angle_rad):.1f}"
