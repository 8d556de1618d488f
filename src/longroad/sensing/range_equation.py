"""The radar range equation: how far a radar of given power, antenna, noise and losses reaches.

One antenna sends and receives. The energy E sent towards the target comes back from a cross
section sigma at range R and stands against the noise k T of a matched receiver:

    S/N = E G^2 lambda^2 sigma / ((4 pi)^3 k T L R^4).

For a single pulse E is peak power times pulse length; pulses added up coherently over a dwell
carry average power times dwell. An aperture A of efficiency eta has the gain G = 4 pi eta A /
lambda^2 (M. I. Skolnik, Introduction to Radar Systems; truth cases: MathWorks, Radar Toolbox,
`radareqrng`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.errors import GeometryError

Array = NDArray[np.float64]

# SI Brochure, 9th edition (2019): both are exact.
BOLTZMANN_J_K = 1.380649e-23
LIGHT_SPEED_M_S = 299_792_458.0


def ratio_of(decibels: ArrayLike) -> Array:
    """Return the ratio of powers that a number of decibels stands for: 10**(dB/10)."""
    return np.asarray(10.0 ** (np.asarray(decibels, dtype=float) / 10.0))


def wavelength(frequency_hz: ArrayLike) -> Array:
    """Return the wavelength (m) of a frequency (Hz)."""
    return np.asarray(LIGHT_SPEED_M_S / _positive("frequency", frequency_hz))


def aperture_gain(aperture_m2: ArrayLike, efficiency: ArrayLike, wavelength_m: ArrayLike) -> Array:
    """Return the gain of an aperture: 4 pi eta A / lambda^2; eta is a fraction up to 1."""
    eta = _positive("aperture_efficiency", efficiency)
    if np.any(eta > 1.0):
        raise GeometryError(
            "an antenna has an efficiency above 1",
            field="aperture_efficiency",
            expected="a fraction above 0 and up to 1",
        )
    area = _positive("aperture", aperture_m2)
    return np.asarray(4.0 * np.pi * eta * area / _positive("wavelength", wavelength_m) ** 2)


def range_of_energy(
    energy_j: ArrayLike,
    gain: ArrayLike,
    wavelength_m: ArrayLike,
    cross_section_m2: ArrayLike,
    noise_temperature_k: ArrayLike,
    losses: ArrayLike,
    signal_to_noise: ArrayLike,
) -> Array:
    """Return the range (m) at which the energy sent gives a signal-to-noise ratio.

    ``gain``, ``losses`` (1 for none) and ``signal_to_noise`` are ratios, not decibels. Arguments
    broadcast. Raises GeometryError for an argument that is not above 0, or losses below 1.
    """
    lost = _positive("losses", losses)
    if np.any(lost < 1.0):
        raise GeometryError(
            "the losses of a radar are below 1", field="losses", expected="a ratio of at least 1"
        )
    power = (
        _positive("energy", energy_j)
        * _positive("gain", gain) ** 2
        * _positive("wavelength", wavelength_m) ** 2
        * _positive("radar_cross_section", cross_section_m2)
    )
    noise = (
        (4.0 * np.pi) ** 3
        * BOLTZMANN_J_K
        * _positive("noise_temperature", noise_temperature_k)
        * lost
        * _positive("signal_to_noise", signal_to_noise)
    )
    return np.asarray((power / noise) ** 0.25)


def single_pulse_range(
    peak_power_w: ArrayLike,
    pulse_s: ArrayLike,
    gain: ArrayLike,
    wavelength_m: ArrayLike,
    cross_section_m2: ArrayLike,
    noise_temperature_k: ArrayLike,
    losses: ArrayLike,
    signal_to_noise: ArrayLike,
) -> Array:
    """Return the range (m) of one pulse: E = peak power x pulse length. See `range_of_energy`."""
    energy = _positive("peak_power", peak_power_w) * _positive("pulse", pulse_s)
    return range_of_energy(
        energy, gain, wavelength_m, cross_section_m2, noise_temperature_k, losses, signal_to_noise
    )


def average_power_range(
    average_power_w: ArrayLike,
    dwell_s: ArrayLike,
    aperture_m2: ArrayLike,
    aperture_efficiency: ArrayLike,
    wavelength_m: ArrayLike,
    cross_section_m2: ArrayLike,
    noise_temperature_k: ArrayLike,
    losses: ArrayLike,
    signal_to_noise: ArrayLike,
) -> Array:
    """Return the range (m) of pulses added up coherently: E = average power x dwell.

    With the gain of the aperture, R^4 = P t (eta A)^2 sigma / (4 pi lambda^2 k T L S/N): twice
    the power and twice the aperture see 8^(1/4) = 1.68 times as far. See `range_of_energy`.
    """
    energy = _positive("average_power", average_power_w) * _positive("dwell", dwell_s)
    gain = aperture_gain(aperture_m2, aperture_efficiency, wavelength_m)
    return range_of_energy(
        energy, gain, wavelength_m, cross_section_m2, noise_temperature_k, losses, signal_to_noise
    )


def _positive(name: str, value: ArrayLike) -> Array:
    """Return ``value`` as finite numbers above 0, or say which argument is not."""
    found = np.asarray(value, dtype=float)
    if not np.all(np.isfinite(found) & (found > 0.0)):
        raise GeometryError(
            f"the {name.replace('_', ' ')} of a radar is not above 0",
            field=name,
            expected="a finite number above 0",
        )
    return found
