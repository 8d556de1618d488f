"""Nodes of arcs against the propagator, and the cubic between them against its stated bound."""

import math

import numpy as np
import pytest

from longroad.base.errors import GeometryError
from longroad.flight import kepler
from longroad.flight.along import position
from longroad.flight.arcs import solve_arcs
from longroad.flight.figure import WGS84
from longroad.flight.nodes import STEP_S, nodes_needed, sample_arcs

SPIN = WGS84.rotation_rad_s


def fan(degrees, count, **shape):
    """Arcs of one range in all directions, from Tehran's latitude."""
    d = math.radians(degrees)
    heading = np.linspace(0.0, 2.0 * math.pi, count, endpoint=False)
    lat1 = 0.62
    lat2 = np.arcsin(math.sin(lat1) * math.cos(d) + math.cos(lat1) * math.sin(d) * np.cos(heading))
    lon2 = np.arctan2(
        np.sin(heading) * math.sin(d) * math.cos(lat1),
        math.cos(d) - math.sin(lat1) * np.sin(lat2),
    )
    boost = (60.0, 3e4, 3e4) if degrees < 20 else (170.0, 1.5e5, 3e5)
    arcs = solve_arcs(lat1, 0.0, lat2, lon2, *boost, **shape)
    assert arcs.ok.all()
    return arcs


def exact(arcs, row, times):
    """Earth-fixed places and velocities at given times, by the propagator."""
    r, v = kepler(
        arcs.burnout_position_m[row],
        arcs.burnout_velocity_m_s[row],
        times - arcs.burnout_time_s[row],
    )
    c, s = np.cos(SPIN * times), np.sin(SPIN * times)
    place = np.stack([c * r[:, 0] + s * r[:, 1], c * r[:, 1] - s * r[:, 0], r[:, 2]], axis=1)
    turned = np.stack([c * v[:, 0] + s * v[:, 1], c * v[:, 1] - s * v[:, 0], v[:, 2]], axis=1)
    return place, turned - np.cross([0.0, 0.0, SPIN], place)


CASES = {
    "500 km": fan(4.5, 8),
    "2,000 km": fan(18.0, 8),
    "10,000 km": fan(90.0, 8),
    "45 minutes over 4,500 km": fan(40.0, 8, shape="time-of-flight", value=2700.0),
    "45 minutes over 11,000 km": fan(100.0, 8, shape="time-of-flight", value=2700.0),
    "lofted to 6,600 km": fan(9.0, 8, shape="apogee", value=6.6e6),
    "depressed": fan(60.0, 8, shape="depressed", value=7400.0),
    "depressed, 500 km": fan(4.5, 4, shape="depressed", value=2400.0),
}


@pytest.mark.parametrize("name", CASES)
def test_nodes_are_the_conic_and_the_cubic_stays_within_a_metre(name):
    arcs = CASES[name]
    nodes = sample_arcs(arcs)
    count = nodes.state.shape[1]
    assert count == nodes_needed(arcs)
    assert np.all(nodes.dt_s <= STEP_S)
    for row in range(len(arcs)):
        times = nodes.start_s[row] + nodes.dt_s[row] * np.arange(count)
        assert times[-1] == pytest.approx(arcs.time_of_flight_s[row], abs=1e-9)
        place, velocity = exact(arcs, row, times)
        assert np.abs(nodes.state[row, :, :3] - place).max() < 1e-6
        assert np.abs(nodes.state[row, :, 3:] - velocity).max() < 1e-9
        between = np.linspace(times[0], times[-1], 40 * count)
        cubic = np.array(
            [position(nodes.state[row], nodes.start_s[row], nodes.dt_s[row], t) for t in between]
        )
        error = np.linalg.norm(cubic - exact(arcs, row, between)[0], axis=1)
        assert error.max() < 1.0


def test_error_falls_with_the_fourth_power_of_the_step():
    arcs = CASES["10,000 km"].select(np.array([0]))
    worst = []
    for count in (24, 47):
        nodes = sample_arcs(arcs, count)
        times = np.linspace(nodes.start_s[0], arcs.time_of_flight_s[0], 3000)
        cubic = [position(nodes.state[0], nodes.start_s[0], nodes.dt_s[0], t) for t in times]
        worst.append(np.linalg.norm(np.array(cubic) - exact(arcs, 0, times)[0], axis=1).max())
    assert worst[0] / worst[1] == pytest.approx(16.0, rel=0.1)
    assert worst[0] > 1.0


def test_nearly_parabolic_and_hyperbolic_flights():
    arcs = fan(60.0, 6, shape="lofted", value=9500.0)
    fast = solve_arcs(0.6, 0.0, 0.6, 0.14, 60.0, 2e5, 3e4, shape="time-of-flight", value=120.0)
    assert fast.ok.all()
    assert fast.burnout_speed_m_s[0] > 11500.0
    for some in (arcs, fast):
        nodes = sample_arcs(some, 50)
        for row in range(len(some)):
            times = nodes.start_s[row] + nodes.dt_s[row] * np.arange(50)
            place, _ = exact(some, row, times)
            assert np.abs(nodes.state[row, :, :3] - place).max() < 1e-4


def test_threads_and_missing_arcs():
    arcs = solve_arcs(0.6, 0.0, np.linspace(0.55, 0.9, 9000), 0.01, 60.0, 5e4, 1e5)
    assert 0 < arcs.ok.sum() < 9000
    one, two = sample_arcs(arcs), sample_arcs(arcs, workers=2)
    assert one.state.tobytes() == two.state.tobytes()
    assert np.array_equal(np.isnan(one.state).all(axis=(1, 2)), ~arcs.ok)
    assert np.array_equal(np.isnan(one.state).any(axis=(1, 2)), ~arcs.ok)
    with pytest.raises(GeometryError):
        sample_arcs(arcs, 1)
