"""Generic vehicles against the rocket equation and by what they refuse."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longroad.base.errors import GeometryError
from longroad.flight.vehicle import Build, Stage, Vehicle

DEEP = settings(max_examples=200, deadline=None, derandomize=True)


def test_a_stage_of_thrust():
    """A textbook rocket: 10 t on 200 kN, 3 km/s, 60 % propellant: 6 t at 66.7 kg/s is 90 s."""
    weight = 200e3 / (10e3 * 9.80665)
    stage = Stage.of_thrust(weight, 3000.0, 0.6)
    assert stage.burn_time_s == pytest.approx(90.0)
    assert stage.thrust_to_weight == pytest.approx(weight)
    # ln(10/4) = 0.916 291
    assert stage.impulse_m_s == pytest.approx(2748.872, abs=1e-3)


@DEEP
@given(
    st.integers(1, 4), st.floats(20.0, 400.0), st.floats(1500.0, 4500.0), st.floats(300.0, 12_000.0)
)
def test_a_build_has_the_impulse_and_the_time_asked_for(stages, burn, exhaust, impulse):
    vehicle = Build(stages, burn, exhaust, 0.05).vehicle(impulse)
    assert len(vehicle.stages) == stages
    assert vehicle.burn_time_s == pytest.approx(burn)
    assert vehicle.impulse_m_s == pytest.approx(impulse)
    table = vehicle.table()
    assert table.shape == (stages, 3)
    # Tsiolkovsky for the whole stack: what is left after all propellant, without dropped stages.
    left = np.prod(1.0 - table[:, 2])
    assert -exhaust * math.log(left) == pytest.approx(impulse)


@DEEP
@given(st.floats(0.3, 0.7), st.integers(2, 4))
def test_equal_shares_leave_most(first, stages):
    """For one structural share in all stages, no other split of an impulse leaves more payload."""
    exhaust, impulse, structure = 2600.0, 8000.0, 0.1

    def payload(shares):
        ratio = [math.exp(-impulse * s / exhaust) for s in shares]
        return math.prod(max(0.0, (r - structure) / (1.0 - structure)) for r in ratio)

    other = [first] + [(1.0 - first) / (stages - 1)] * (stages - 1)
    assert payload([1.0 / stages] * stages) >= payload(other) * (1.0 - 1e-12)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Stage(0.0, 2600.0, 0.6),
        lambda: Stage(60.0, math.nan, 0.6),
        lambda: Stage(60.0, 2600.0, 1.0),
        lambda: Stage(60.0, 2600.0, 0.0),
        lambda: Stage.of_thrust(0.0, 2600.0, 0.6),
        lambda: Stage.of_thrust(math.inf, 2600.0, 0.6),
        lambda: Vehicle((), 0.05),
        lambda: Vehicle((Stage(60.0, 2600.0, 0.6),), 0.0),
        lambda: Vehicle((Stage(60.0, 2600.0, 0.6),), 1.0),
        lambda: Vehicle((Stage(60.0, 2600.0, 0.6),), 0.05, 0.0),
        lambda: Vehicle((Stage(60.0, 2600.0, 0.6),), 0.05, 1e4, math.nan),
        lambda: Build(0, 60.0, 2600.0, 0.05).vehicle(3000.0),
        lambda: Build(1, 60.0, 2600.0, 0.05).vehicle(0.0),
        lambda: Build(1, 60.0, 2600.0, 0.05).vehicle(1e6),
        lambda: Build(2, 60.0, -2600.0, 0.05).vehicle(3000.0),
    ],
)
def test_what_no_rocket_has_is_refused(make):
    with pytest.raises(GeometryError):
        make()
