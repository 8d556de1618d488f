"""The range equation against published examples, and its own scaling laws."""

import math

import numpy as np
import pytest

from longroad.base.errors import GeometryError
from longroad.sensing.radar import radar_range
from longroad.sensing.range_equation import (
    aperture_gain,
    average_power_range,
    range_of_energy,
    ratio_of,
    single_pulse_range,
    wavelength,
)

# MathWorks, radareqrng: 10 GHz, S/N 6 dB, 10 us, 1 MW, noise temperature 290 K. M25 and M26.
EXAMPLES = [(20.0, 1.0, 0.0, 41_057.0), (40.0, 0.1, 3.0, 194_260.0)]


@pytest.mark.parametrize(("gain_db", "section_m2", "loss_db", "range_m"), EXAMPLES)
def test_published_examples(gain_db, section_m2, loss_db, range_m):
    found = single_pulse_range(
        1e6, 10e-6, ratio_of(gain_db), wavelength(10e9), section_m2, 290.0, ratio_of(loss_db),
        ratio_of(6.0),
    )  # fmt: skip
    assert found == pytest.approx(range_m, rel=1e-4)


def test_the_power_at_the_receiver_is_the_noise_times_the_ratio():
    """Forwards, step by step: density at the target, scattered back, caught by the aperture."""
    power, dwell, area, eta, lam, section, temperature = 81e3, 0.1, 9.2, 0.8, 0.0316, 0.01, 500.0
    losses, ratio = 4.0, 20.0
    r = float(
        average_power_range(power, dwell, area, eta, lam, section, temperature, losses, ratio)
    )
    gain = 4.0 * math.pi * eta * area / lam**2
    density = power * gain / (4.0 * math.pi * r**2)
    caught = density * section / (4.0 * math.pi * r**2) * eta * area / losses
    assert caught * dwell == pytest.approx(1.380649e-23 * temperature * ratio, rel=1e-12)


def test_both_forms_are_one_equation():
    lam = wavelength(9.5e9)
    whole = average_power_range(81e3, 0.1, 9.2, 0.8, lam, 0.01, 500.0, 2.0, 20.0)
    # 20 pulses of 1 ms, every 5 ms, at the peak power of that average.
    pulse = single_pulse_range(
        81e3 * 5.0, 20 * 1e-3, aperture_gain(9.2, 0.8, lam), lam, 0.01, 500.0, 2.0, 20.0
    )
    assert whole == pytest.approx(pulse, rel=1e-12)


def test_cross_section_scales_as_the_sensing_room_has_it():
    sections = np.array([0.01, 0.1, 1.0])
    found = range_of_energy(8.1e3, 1e4, 0.03, sections, 500.0, 1.0, 20.0)
    assert found == pytest.approx(radar_range(found[0], sections, sections[0]), rel=1e-12)


def test_twice_the_power_and_aperture():
    one = average_power_range(81e3, 0.1, 9.2, 0.8, 0.03, 0.01, 500.0, 1.0, 20.0)
    two = average_power_range(162e3, 0.1, 18.4, 0.8, 0.03, 0.01, 500.0, 1.0, 20.0)
    assert two / one == pytest.approx(8.0**0.25, rel=1e-12)


def test_decibels():
    assert ratio_of([0.0, 10.0, -20.0, 3.0]) == pytest.approx(
        [1.0, 10.0, 0.01, 1.9952623], rel=1e-7
    )


GOOD = {
    "average_power_w": 81e3, "dwell_s": 0.1, "aperture_m2": 9.2, "aperture_efficiency": 0.8,
    "wavelength_m": 0.03, "cross_section_m2": 0.01, "noise_temperature_k": 500.0, "losses": 1.0,
    "signal_to_noise": 20.0,
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf])
def test_bad_input_names_its_field(name, value):
    with pytest.raises(GeometryError) as caught:
        average_power_range(**{**GOOD, name: value})
    assert caught.value.field
    assert caught.value.expected


@pytest.mark.parametrize(("name", "value"), [("losses", 0.5), ("aperture_efficiency", 1.1)])
def test_gain_from_nothing_is_refused(name, value):
    with pytest.raises(GeometryError, match=r"losses|efficiency"):
        average_power_range(**{**GOOD, name: value})
