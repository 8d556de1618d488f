"""Track information against a filter of Stone Soup, closed forms, a plain sum, and its laws."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import kalman_witness

from longroad.earth.wgs84 import ANGULAR_SPEED_RAD_S as SPIN
from longroad.earth.wgs84 import MU_M3_S2 as MU
from longroad.earth.wgs84 import geodetic_to_ecef
from longroad.flight.arcs import solve_arcs
from longroad.flight.intervals import MOST
from longroad.flight.kepler import kepler
from longroad.flight.transition import transition
from longroad.sensing import commit_kernel, information_kernel
from longroad.sensing.information_kernel import PACKED, PLACE_M, SPEED_M_S

NEVER = math.inf
# Latitude, longitude (deg), range of signal-to-noise 1 (km), range error (m) and angle error (rad)
# there, their floors, looks per second times detection, registration error (m).
FORWARD = (38.3, 37.8, 2100.0, 5.0, 4e-3, 0.3, 1e-4, 0.9, 0.0)
WARNING = (44.9, 41.0, 8900.0, 150.0, 2e-2, 8.0, 5e-4, 0.1, 0.0)
SHIP = (38.0, 25.0, 1500.0, 15.0, 1.6e-2, 1.0, 3e-4, 0.5, 0.0)


def sensor(values, bias=None):
    latitude, longitude, reach, *rest = values
    place = geodetic_to_ecef(math.radians(latitude), math.radians(longitude), 0.0)
    row = np.array([*place, 1e3 * reach, *rest])
    if bias is not None:
        row[-1] = bias
    return row


def arc(latitude=50.0, longitude=10.0):
    """One arc from south-west Asia: state at burnout, burnout and impact time."""
    solved = solve_arcs(*np.radians([34.0, 50.0, latitude, longitude]), 120.0, 100e3, 150e3)
    state = np.concatenate([solved.burnout_position_m[0], solved.burnout_velocity_m_s[0]])
    return state, 120.0, float(solved.time_of_flight_s[0])


def unpacked(packed):
    full = np.empty((6, 6))
    full[np.triu_indices(6)] = packed
    return np.triu(full) + np.triu(full, 1).T


def gathered(state, begin, row, low, high, step):
    """Return the kernel's information (6, 6), about place (m) and speed (m/s), from a radar."""
    total = np.zeros(PACKED)
    rate, work = np.empty((2, PACKED)), np.empty(6)
    count = round((high - low) / step)
    for k in range(count):
        times = low + step * np.array([k, k + 1])
        states, rows, squares = np.empty((2, 6)), np.empty((2, 3, 6)), np.empty((2, PACKED))
        for j, time in enumerate(times):
            information_kernel.place_rows(
                MU, state, time - begin, math.nan, states[j], rows[j], squares[j]
            )
        information_kernel.gather(
            SPIN, row, times[0], step, states, rows, squares, step, rate, k > 0, work, total
        )
    scale = 1.0 / np.array([PLACE_M] * 3 + [SPEED_M_S] * 3)
    return unpacked(total) * scale[:, None] * scale[None, :]


@pytest.mark.parametrize("values", [FORWARD, WARNING, SHIP])
@pytest.mark.parametrize("target", [(50.0, 10.0), (41.0, 29.0), (64.0, -18.0)])
def test_agrees_with_a_filter_of_stone_soup(values, target):
    """Looks at the revisit time of the radar for two minutes, predicted three minutes on.

    The kernel spreads the looks evenly over steps, here of 1 s; the filter makes them one by one
    in the middle of each interval, a dozen of them for the slowest radar: N of them in T have the
    second moment T^2/12 (1 - 1/N^2), 0.7 % less than evenly spread ones, which the prediction
    over three minutes doubles.
    """
    state, begin, _ = arc(*target)
    row = sensor(values)
    revisit = 1.0 / row[information_kernel.RATE]
    low, high, until = 150.0, 270.0, 450.0
    prior = np.diag([20e3**2] * 3 + [500.0**2] * 3)
    looks = []
    for time in np.arange(low + 0.5 * revisit, high, revisit):
        place, _ = kepler(state[:3], state[3:], time - begin)
        c, s = math.cos(SPIN * time), math.sin(SPIN * time)
        own = np.array([c * row[0] - s * row[1], s * row[0] + c * row[1], row[2]])
        fall = (np.linalg.norm(place - own) / row[information_kernel.UNIT_RANGE]) ** 4
        range_error = math.sqrt(0.5 * row[4] ** 2 * fall + row[6] ** 2)
        angle_error = math.sqrt(0.5 * row[5] ** 2 * fall + row[7] ** 2)
        looks.append((time - begin, row[:3], time, range_error, angle_error))
    expected = kalman_witness.filtered(state, prior, looks, until - begin)
    information = np.linalg.inv(prior) + gathered(state, begin, row, low, high, 1.0)
    forward = transition(state[:3], state[3:], until - begin)
    found = forward @ np.linalg.inv(information) @ forward.T
    # The two filters know the same directions well and badly, and by how much.
    for block in (slice(0, 3), slice(3, 6)):
        mine = np.sqrt(np.linalg.eigvalsh(found[block, block]))
        theirs = np.sqrt(np.linalg.eigvalsh(expected[block, block]))
        assert mine == pytest.approx(theirs, rel=0.02)


@pytest.mark.parametrize("values", [FORWARD, WARNING, SHIP])
def test_steps_of_ten_seconds_are_short_enough(values):
    """After a minute of view or more the error predicted differs by less than 6 % from 0.5 s."""
    state, begin, _ = arc()
    row = sensor(values)
    prior = np.diag([1 / 20e3**2] * 3 + [1 / 500.0**2] * 3)
    ahead = transition(state[:3], state[3:], 330.0)[:3]
    for high in (210.0, 270.0, 330.0):
        found = [
            math.sqrt(
                np.trace(
                    ahead
                    @ np.linalg.inv(prior + gathered(state, begin, row, 150.0, high, step))
                    @ ahead.T
                )
            )
            for step in (commit_kernel.STEP_S, 0.5)
        ]
        assert found[0] == pytest.approx(found[1], rel=0.06)


def test_without_attraction_it_is_the_fit_of_a_straight_line():
    """Equal errors in all directions, looks from -T/2 to T/2 about the state: the textbook's

    variances s^2/N of the place in the middle and 12 s^2/(N T^2) of the velocity (N large).
    """
    state = np.array([7e6, 0.0, 0.0, 0.0, 1e3, 0.0])
    row = sensor((0.0, 0.0, 1.0, 0.0, 0.0, 100.0, 0.0, 2.0, 0.0))
    row[:3] = 0.0
    # From the centre, where angle and range errors are to be equal at this distance.
    row[information_kernel.ANGLE_FLOOR] = 100.0 / 7e6
    span, rate = 400.0, 2.0
    total, both = np.zeros(PACKED), np.empty((2, PACKED))
    for k in range(4000):
        times = -0.5 * span + span / 4000 * np.array([k, k + 1])
        states, rows, squares = np.empty((2, 6)), np.empty((2, 3, 6)), np.empty((2, PACKED))
        for j, time in enumerate(times):
            information_kernel.place_rows(
                1e3, state, time, math.nan, states[j], rows[j], squares[j]
            )
        information_kernel.gather(
            0.0,
            row,
            times[0],
            span / 4000,
            states,
            rows,
            squares,
            span / 4000,
            both,
            k > 0,
            np.empty(6),
            total,
        )
    found = np.linalg.inv(unpacked(total)) * np.outer(
        [PLACE_M] * 3 + [SPEED_M_S] * 3, [PLACE_M] * 3 + [SPEED_M_S] * 3
    )
    looks = rate * span
    # The distance, and with it the angle's error, changes by a few parts in a thousand.
    assert np.diag(found)[:3] == pytest.approx([100.0**2 / looks] * 3, rel=0.01)
    assert np.diag(found)[3:] == pytest.approx([12.0 * 100.0**2 / (looks * span**2)] * 3, rel=0.01)


def packed(matrix):
    return np.ascontiguousarray(matrix[np.triu_indices(6)])


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 8), st.floats(1.0, 1e4))
def test_a_registration_error_ends_what_a_radar_knows(seed, rank, bias):
    """(J^-1 + B)^-1 = J (1 + B J)^-1, which needs no inverse of J: it may have none."""
    rows = np.random.default_rng(seed).normal(size=(rank, 6)) * 10.0
    information = rows.T @ rows
    blunted = packed(information)
    information_kernel.blunt(blunted, bias, np.empty((3, 6)))
    spread = np.zeros((6, 6))
    spread[:3, :3] = np.eye(3) * (bias / PLACE_M) ** 2
    expected = information @ np.linalg.inv(np.eye(6) + spread @ information)
    # Rounding alone: 7e-13 at most over 20,000 cases.
    assert unpacked(blunted) == pytest.approx(expected, abs=1e-10 * np.abs(information).max())
    # Never more than without the error, never less than nothing.
    left = np.linalg.eigvalsh(information - unpacked(blunted))
    assert left.min() > -1e-9 * np.abs(information).max()
    assert np.linalg.eigvalsh(unpacked(blunted)).min() > -1e-7 * np.abs(information).max()


def test_the_predicted_error_is_that_of_the_covariance():
    rng = np.random.default_rng(5)
    rows = rng.normal(size=(9, 6))
    information = rows.T @ rows
    ahead = rng.normal(size=(3, 6))
    expected = math.sqrt(np.trace(ahead @ np.linalg.inv(information) @ ahead.T))
    found = information_kernel.predicted_error(packed(information), ahead, np.empty((7, 6)))
    assert found == pytest.approx(expected, rel=1e-9)
    flat = rows[:5].T @ rows[:5]
    assert information_kernel.predicted_error(packed(flat), ahead, np.empty((7, 6))) == math.inf


ROWS = np.array([sensor(FORWARD, 50.0), sensor(WARNING, 400.0), sensor(SHIP, 100.0)])


def commit(latencies, cues=80.0, views=None, baskets=(2e3, 5e3, 2e4), prior=(20e3, 500.0)):
    """Return first data and commit times of sets of the three radars on a few arcs."""
    arcs = [arc(*target) for target in ((50.0, 10.0), (41.0, 29.0), (64.0, -18.0))]
    latencies = np.atleast_2d(np.asarray(latencies, dtype=float))
    sets, count = len(latencies), len(arcs)
    views = views or [(140.0, 420.0), (160.0, 600.0), (300.0, 700.0)]
    intervals = np.zeros((3, count, MOST, 2))
    intervals[:, :, 0] = np.array(views)[:, None, :]
    first, out = np.empty((sets, count)), np.empty((sets, len(baskets), count))
    commit_kernel.commit_times(
        MU, SPIN, np.array([a[0] for a in arcs]), np.array([a[1] for a in arcs]),
        np.array([a[2] for a in arcs]), ROWS, intervals, np.ones((3, count), np.int32),
        np.full((1, 3, count), NEVER), np.zeros(sets, np.int32),
        np.full((sets, 3), cues), latencies,
        np.tile([*np.square(prior), 0.0], (sets, 1)), np.array(baskets),
        np.full(len(baskets), 150.0),
        np.full((len(baskets), count), 900.0), first, out,
    )  # fmt: skip
    return first, out


def test_the_commit_time_is_when_the_error_enters_the_basket():
    """Recomputed with NumPy from small steps: the error there is the basket, within the step."""
    _, out = commit([[10.0, NEVER, NEVER]], baskets=(3e3,))
    for index, target in enumerate(((50.0, 10.0), (41.0, 29.0), (64.0, -18.0))):
        state, begin, _ = arc(*target)
        time = out[0, 0, index]
        assert math.isfinite(time)

        def error(moment, state=state, begin=begin):
            information = gathered(state, begin, ROWS[0], 140.0, moment - 10.0, 0.5)
            bias = np.zeros((6, 6))
            bias[:3, :3] = 50.0**2 * np.eye(3)
            own = np.linalg.inv(np.linalg.inv(information) + bias)
            whole = own + np.diag([1 / 20e3**2] * 3 + [1 / 500.0**2] * 3)
            ahead = transition(state[:3], state[3:], moment + 150.0 - begin)[:3]
            return math.sqrt(np.trace(ahead @ np.linalg.inv(whole) @ ahead.T))

        assert error(round(time) - 5.0) > 3e3 > error(round(time) + 5.0)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([0.0, 5.0, 20.0, 60.0, NEVER]), min_size=3, max_size=3),
    st.integers(0, 2),
    st.sampled_from([0.0, 5.0, 20.0]),
)
def test_more_data_never_makes_it_later(latency, which, better):
    more = list(latency)
    more[which] = min(more[which], better)
    first, out = commit([latency, more])
    assert np.all(first[1] <= first[0])
    known = np.isfinite(out[0])
    assert np.all(np.isfinite(out[1][known]))
    assert np.all(out[1][known] <= out[0][known] + 1e-6)


def test_a_sensor_that_never_reports_is_no_sensor():
    both = commit([[10.0, NEVER, NEVER]])
    alone = commit([[10.0, NEVER, NEVER]], views=[(140.0, 420.0), (0.0, 0.0), (0.0, 0.0)])
    assert np.array_equal(both[0], alone[0])
    assert np.array_equal(both[1], alone[1])


def test_a_set_is_the_same_alone_and_among_others():
    sets = [[10.0, 20.0, NEVER], [NEVER, 5.0, NEVER], [0.0, 0.0, 0.0]]
    together = commit(sets)
    for index, one in enumerate(sets):
        alone = commit([one])
        assert np.array_equal(together[0][index], alone[0][0])
        assert np.array_equal(together[1][index], alone[1][0])


def test_data_that_come_later_are_of_use_later():
    _, out = commit([[0.0, NEVER, NEVER], [40.0, NEVER, NEVER]], baskets=(5e3,))
    gone = out[1] - out[0]
    # The prediction starts later too, so a little less than the latency itself.
    assert np.all(gone > 20.0)
    assert np.all(gone < 60.0)


def test_without_a_cue_a_radar_finds_by_itself_or_not_at_all():
    first, out = commit([[10.0, NEVER, NEVER]], cues=NEVER)
    assert np.all(first == NEVER)
    assert np.all(out == NEVER)


def test_a_basket_that_no_data_can_meet():
    """Smaller than the registration error of every radar: never."""
    _, out = commit([[10.0, 10.0, 10.0]], baskets=(1.0,))
    assert np.all(out == NEVER)
