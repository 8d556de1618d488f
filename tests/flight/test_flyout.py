"""Fly-out tables against direct three-dimensional integration by SciPy's DOP853."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from longroad.base.errors import GeometryError
from longroad.engagement.window_kernel import flight_margins
from longroad.flight.flyout import MU_M3_S2, SCHULER_HEIGHT_M, flyout_tables
from longroad.flight.flyout_kernel import look_up

OMEGA = 7.292115e-5
RADIUS = 6_371_000.0

# Classes of interceptor: burnout speed (m/s), burn time (s), life (s).
SLOW = (3000.0, 60.0, 450.0)
FAST = (4500.0, 70.0, 700.0)
VERY_FAST = (6300.0, 140.0, 1000.0)


def table_of(speed, burn, life, elevation=math.radians(10.0), ceiling=2.5e6):
    return flyout_tables(speed, burn, 0.5, life, elevation, ceiling)


def fly(site, up, east, north, speed, burn, azimuth, elevation, seconds):
    """Integrate one flight from a moving site in inertial axes; return positions at times."""
    along = math.sin(azimuth) * east + math.cos(azimuth) * north
    direction = math.cos(elevation) * along + math.sin(elevation) * up
    site_velocity = np.cross([0.0, 0.0, OMEGA], site)
    r0 = site + site_velocity * burn + direction * 0.5 * speed * burn
    v0 = site_velocity + direction * speed

    def field(_t, y):
        r = y[:3]
        return np.concatenate([y[3:], -MU_M3_S2 * r / np.linalg.norm(r) ** 3])

    flown = solve_ivp(
        field, (burn, seconds[-1]), np.concatenate([r0, v0]), method="DOP853",
        t_eval=seconds, rtol=1e-11, atol=1e-6,
    )  # fmt: skip
    return flown.y[:3].T


def launch_site(latitude):
    up = np.array([math.cos(latitude), 0.0, math.sin(latitude)])
    east = np.array([0.0, 1.0, 0.0])
    return RADIUS * up, up, east, np.cross(up, east)


def earth_fixed(r, t):
    c, s = math.cos(OMEGA * t), math.sin(OMEGA * t)
    return c * r[0] + s * r[1], c * r[1] - s * r[0], r[2]


@pytest.mark.parametrize("kind", [SLOW, FAST, VERY_FAST])
@pytest.mark.parametrize("latitude_deg", [0.0, 35.0, 54.5, 80.0])
def test_table_agrees_with_direct_integration_at_all_azimuths(kind, latitude_deg):
    """A point really flown through is reached, by the table, at the time it was flown through.

    Each flight is flown in inertial axes from a site that moves with the Earth. Where it rises on
    the direct side of the fan it is the earliest one, so the time margin at ready = 0 must vanish.
    Bounds: 0.25 s in the median and 3 s at worst. The worst points lie on near-vertical flights
    within a grid step of burnout, where time of flight has a kink (the interceptor cannot be there
    before it has burnt out); elsewhere 2 s after 600 s of flight, from the displaced axes, in
    which gravity's gradient is carried to second order.
    """
    speed, burn, life = kind
    table = table_of(speed, burn, life).table[0]
    site, up, east, north = launch_site(math.radians(latitude_deg))
    battery = np.array(
        [*site, RADIUS, OMEGA, MU_M3_S2 / (RADIUS + SCHULER_HEIGHT_M) ** 3, 0.0, 1e9], dtype=float
    )
    seconds = np.linspace(burn + 5.0, life - 60.0, 24)
    errors = []
    for azimuth in np.radians(np.arange(0.0, 360.0, 30.0)):
        for elevation in np.radians([35.0, 50.0, 65.0, 80.0, 89.0]):
            track = fly(site, up, east, north, speed, burn, azimuth, elevation, seconds)
            heights = np.linalg.norm(track, axis=1) - RADIUS
            for k in range(1, len(seconds) - 1):
                # Rising, clear of the floor of the table and of the apex where the fan folds.
                rate = (heights[k + 1] - heights[k - 1]) / (seconds[k + 1] - seconds[k - 1])
                if not 120e3 < heights[k] < 2e6 or rate < 400.0:
                    continue
                x, y, z = earth_fixed(track[k], seconds[k])
                in_time, in_reach = flight_margins(x, y, z, seconds[k], 0.0, battery, table)
                assert in_reach > -1e-6
                errors.append(abs(in_time))
    assert len(errors) > 300
    assert np.median(errors) < 0.25
    assert max(errors) < 3.0


def test_without_the_site_velocity_the_table_would_be_wrong():
    """The displaced axes matter: a site at rest in turning axes is wrong by many times as much."""
    speed, burn, life = FAST
    table = table_of(speed, burn, life).table[0]
    site, up, east, north = launch_site(math.radians(35.0))
    seconds = np.linspace(burn + 5.0, 300.0, 5)
    track = fly(site, up, east, north, speed, burn, math.radians(90.0), math.radians(45.0), seconds)
    still = np.array([*site, RADIUS, 0.0, 0.0, 0.0, 1e9])
    moving = still.copy()
    moving[4:6] = OMEGA, MU_M3_S2 / (RADIUS + SCHULER_HEIGHT_M) ** 3
    target = (*earth_fixed(track[-1], seconds[-1]), seconds[-1], 0.0)
    wrong = abs(flight_margins(*target, still, table)[0])
    right = abs(flight_margins(*target, moving, table)[0])
    assert wrong > 0.5
    assert wrong > 5.0 * right


def test_vertical_flight_has_the_closed_form_apogee():
    """A vertical launch tops out where its energy says: 1/r_top = 1/r - v**2 / (2 mu)."""
    speed, burn = 3000.0, 60.0
    tables = table_of(speed, burn, 2000.0)
    r = RADIUS + 0.5 * speed * burn
    top = 1.0 / (1.0 / r - speed * speed / (2.0 * MU_M3_S2)) - RADIUS
    assert tables.table[0, 1] == pytest.approx(top, rel=1e-4)
    assert tables.reach_m(0)[-1] == pytest.approx(0.0, abs=25e3)


def test_widest_reach_is_that_of_the_free_flight_range_equation():
    """With ample life and burnout at a point, range at burnout height is Bate-Mueller-White's.

    sin(psi / 2) = Q / (2 - Q), Q = v**2 r / mu (BMW 1971, eq. 6.2-18).
    """
    speed = 4000.0
    tables = flyout_tables(speed, 1e-3, 0.5, 5000.0, 0.05, 2.5e6)
    q = speed * speed * RADIUS / MU_M3_S2
    psi = 2.0 * math.asin(q / (2.0 - q))
    # The lowest level is 40 km up; the free-flight equation is for level zero: allow that loss.
    assert tables.widest_m(0) == pytest.approx(psi * RADIUS, rel=0.03)
    assert tables.widest_m(0) < psi * RADIUS


@settings(max_examples=25, deadline=None)
@given(
    speed=st.floats(2000.0, 7000.0),
    burn=st.floats(20.0, 150.0),
    life=st.floats(200.0, 900.0),
    share=st.floats(0.0, 0.95),
    climb=st.floats(0.02, 0.95),
)
def test_a_faster_interceptor_is_never_later(speed, burn, life, share, climb):
    """More burnout speed, all else equal: nothing that was reached is reached later or lost."""
    slow = table_of(speed, burn, life)
    fast = table_of(1.15 * speed, burn, life)
    if not slow.usable[0]:
        return
    lowest, top = slow.table[0, :2]
    height = lowest + climb * (top - lowest)
    level = np.interp(
        np.sqrt(climb), np.linspace(0, 1, 64), np.arange(64)
    )  # any level below: take the reach there as a guide only
    m = share * float(slow.table[0, 8 + int(level)])
    before, edge_before = look_up(slow.table[0], m, height)
    after, edge_after = look_up(fast.table[0], m, height)
    if m < 0.98 * edge_before and height > 0.5 * 1.15 * speed * burn:
        assert edge_after >= edge_before * 0.999
        assert after <= before + 2.5  # interpolation of either table, see docs/methods/flight.md


def test_an_interceptor_too_slow_for_the_floor_is_unusable():
    tables = table_of(500.0, 20.0, 300.0)
    assert not tables.usable[0]
    least, edge = look_up(tables.table[0], 0.0, 60e3)
    assert edge < 0.0 and math.isfinite(least)


@pytest.mark.parametrize(
    "bad", [(math.nan, 60.0, 400.0), (-3000.0, 60.0, 400.0), (3000.0, math.inf, 400.0)]
)
def test_bad_numbers_are_refused(bad):
    with pytest.raises(GeometryError, match="not negative"):
        table_of(*bad)
