"""The closed-form derivative of Lambert's problem against differences of its solution."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from longroad.flight.lambert_kernel import join
from longroad.flight.lambert_slope import change

MU = 3.986004418e14
part = st.floats(-1.0, 1.0)
triple = st.tuples(part, part, part)


def velocity(start, end, time, long_way):
    return np.array(join(MU, *start, *end, time, long_way, math.nan)[1:4])


@settings(max_examples=200, deadline=None, derandomize=True)
@given(triple, triple, triple, triple, part, st.floats(0.4, 4.0), st.booleans())
def test_is_the_limit_of_differences(a, b, da, db, dt, factor, long_way):
    a, b = np.array(a), np.array(b)
    assume(np.linalg.norm(a) > 0.1)
    assume(np.linalg.norm(b) > 0.1)
    start = a / np.linalg.norm(a) * 6.6e6
    end = b / np.linalg.norm(b) * 6.4e6
    cosine = start @ end / 6.6e6 / 6.4e6
    assume(-0.98 < cosine < 0.9999)
    time = factor * 2000.0 * math.acos(cosine) ** 0.7
    if long_way:
        time += 3000.0
    d_start, d_end = 1e4 * np.array(da), 1e4 * np.array(db)

    def shifted(h):
        return velocity(start + h * d_start, end + h * d_end, time + h * dt * 10.0, long_way)

    x = join(MU, *start, *end, time, long_way, math.nan)[0]
    found = np.array(change(MU, *start, *end, time, long_way, x, *d_start, *d_end, dt * 10.0))
    h = 1e-3
    expected = (8.0 * (shifted(h) - shifted(-h)) - (shifted(2 * h) - shifted(-2 * h))) / (12.0 * h)
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-5)
