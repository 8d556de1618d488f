"""Radars: the range equation (M25, M26, R01, R02) and what radars see (R03 to R05)."""

from __future__ import annotations

import math

import numpy as np

from longroad.sensing.range_equation import (
    average_power_range,
    ratio_of,
    single_pulse_range,
    wavelength,
)
from longroad.verify import sight
from longroad.verify.case import Inputs
from longroad.verify.figure import Found, found
from longroad.verify.registry import computes


@computes("M25", "M26")
def single_pulse(inputs: Inputs) -> tuple[Found, ...]:
    """Range of one pulse."""
    reach = single_pulse_range(
        inputs.number("peak power"),
        inputs.number("pulse"),
        ratio_of(inputs.number("gain")),
        wavelength(inputs.number("frequency")),
        inputs.number("cross section"),
        inputs.number("noise temperature"),
        ratio_of(inputs.number("losses")),
        ratio_of(inputs.number("signal to noise")),
    )
    return found({"range": float(reach)})


def _dwell(inputs: Inputs, losses_db: float, power: float = 1.0, aperture: float = 1.0) -> float:
    """Return the range (m) of a dwell; ``power`` and ``aperture`` multiply those of the inputs."""
    return float(
        average_power_range(
            power * inputs.number("average power"),
            inputs.number("dwell"),
            aperture * inputs.number("aperture"),
            inputs.number("aperture efficiency"),
            wavelength(inputs.number("frequency")),
            inputs.number("cross section"),
            inputs.number("noise temperature"),
            ratio_of(losses_db),
            inputs.number("signal to noise"),
        )
    )


@computes("R01")
def dwell_range(inputs: Inputs) -> tuple[Found, ...]:
    """Range of pulses added up over a dwell, for several losses."""
    low, high = inputs.number("least losses"), inputs.number("greatest losses")
    short, long = _dwell(inputs, high), _dwell(inputs, low)
    return found(
        {
            "range": (short, long),
            "range without losses": _dwell(inputs, 0.0),
            "range with least losses": long,
            "range with greatest losses": short,
        }
    )


@computes("R02")
def scaling(inputs: Inputs) -> tuple[Found, ...]:
    """What twice the power and twice the aperture do to the range."""
    ratio = _dwell(inputs, 0.0, 2.0, 2.0) / _dwell(inputs, 0.0)
    return found(
        {
            "range ratio": ratio,
            "ratio drawn by the National Research Council follows": math.isclose(
                ratio, inputs.number("drawn ratio"), rel_tol=0.05
            ),
        }
    )


@computes("R03")
def ring(inputs: Inputs) -> tuple[Found, ...]:
    """The edge of what a radar sees, in all directions of its sector."""
    one = sight.radar(
        inputs.text("sensor"), inputs.text("site"), inputs.number("range"), None,
        inputs.number("facing"),
    )  # fmt: skip
    # To a degree within the sector's edges.
    half = 0.5 * one.width_rad - math.radians(1.0)
    azimuths = one.facing_rad + np.linspace(-half, half, 25)
    height = inputs.number("height")
    slant = [sight.line_of_sight(one, float(azimuth)) for azimuth in azimuths]
    ground = [sight.ground_radius(one, float(azimuth), height) for azimuth in azimuths]
    return found(
        {
            "radius along the line of sight": (min(slant), max(slant)),
            "radius on the map": (min(ground), max(ground)),
        }
    )


def _listed(row: Inputs) -> sight.Radar:
    facing = row.number("facing") if "facing" in row.written else None
    claim = row.text("claim") if "claim" in row.written else None
    return sight.radar(row.text("sensor"), row.text("site"), None, claim, facing)


@computes("R04")
def fields_of_view(inputs: Inputs) -> tuple[Found, ...]:
    """Edges of the sectors of radars, their ranges, and which of them see one arc."""
    nodes = sight.track(
        inputs.text("launch"), inputs.text("aim"), inputs.number("burn time"),
        inputs.number("burnout altitude"), inputs.number("burnout distance"),
    )  # fmt: skip
    values: dict[str, float | bool | tuple[float, float]] = {}
    for row in inputs.rows("radars"):
        name, one = row.text("name"), _listed(row)
        values[f"{name} from"], values[f"{name} to"] = sight.sector(one)
        values[f"{name} range"] = sight.line_of_sight(one, one.facing_rad)
        values[f"{name} sees the arc"] = math.isfinite(sight.first_seen(nodes, one))
    return found(values)


@computes("R05")
def detection(inputs: Inputs) -> tuple[Found, ...]:
    """When, and how far away, a radar first sees an arc under rival claims about its range."""
    nodes = sight.track(
        inputs.text("launch"), inputs.text("aim"), inputs.number("burn time"),
        inputs.number("burnout altitude"), inputs.number("burnout distance"),
    )  # fmt: skip
    times, distances = [], []
    for reach in (inputs.number("least range"), inputs.number("greatest range")):
        one = sight.radar(inputs.text("sensor"), inputs.text("site"), reach, None, None)
        time = sight.first_seen(nodes, one)
        times.append(time)
        distances.append(sight.distance(nodes, one, time))
    return found(
        {
            "distance at detection, least range": distances[0],
            "distance at detection, greatest range": distances[1],
            "time of detection": (min(times), max(times)),
            "earlier by": times[0] - times[1],
        }
    )
