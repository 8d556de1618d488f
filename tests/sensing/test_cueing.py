"""Radars that tell each other where to look, on intervals made by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from longroad.sensing.cueing import told_by_others

NEVER = math.inf


def begins(views, uncued, delays, orbit=None):
    """Return when each radar begins to track one arc; ``views`` are lists of intervals."""
    many = len(views)
    intervals = np.full((many, 1, 4, 2), math.nan)
    for s, view in enumerate(views):
        for k, span in enumerate(view):
            intervals[s, 0, k] = span
    count = np.array([[len(view)] for view in views], dtype=np.int32)
    told = np.full((many, many), NEVER)
    for (one, other), delay in delays.items():
        told[one, other] = delay
    where = np.full(many, NEVER) if orbit is None else np.array(orbit, dtype=float)
    found = np.array(uncued, dtype=float)[:, None]
    return told_by_others(intervals, count, found, where, told)[:, 0].tolist()


VIEWS = [[(100.0, 300.0)], [(200.0, 500.0)], [(250.0, 260.0), (400.0, 900.0)]]


def test_alone_each_finds_it_by_itself_or_from_orbit():
    assert begins(VIEWS, [150.0, 450.0, NEVER], {}) == [150.0, 450.0, NEVER]
    assert begins(VIEWS, [150.0, 450.0, NEVER], {}, orbit=[90.0, NEVER, 255.0]) == [
        100.0, 450.0, 255.0,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("delay", "expected"),
    # Told before it sees it, while it sees it, later than it finds it, after its view is over.
    [(20.0, 200.0), (100.0, 250.0), (310.0, 450.0), (NEVER, 450.0)],
)
def test_told_by_another_a_radar_finds_it_when_it_can(delay, expected):
    found = begins(VIEWS, [150.0, 450.0, NEVER], {(0, 1): delay})
    assert found == [150.0, expected, NEVER]


def test_a_chain_of_radars_adds_its_delays():
    found = begins(VIEWS, [150.0, 450.0, NEVER], {(0, 1): 60.0, (1, 2): 45.0})
    assert found == [150.0, 210.0, 255.0]
    # A little later, and the first of the two views is over.
    assert begins(VIEWS, [150.0, 450.0, NEVER], {(0, 1): 60.0, (1, 2): 51.0})[2] == 400.0


def test_a_circle_tells_nobody_anything_that_nobody_knows():
    circle = {(0, 1): 1.0, (1, 2): 1.0, (2, 0): 1.0}
    assert begins(VIEWS, [NEVER, NEVER, NEVER], circle) == [NEVER, NEVER, NEVER]
    assert begins(VIEWS, [NEVER, 450.0, NEVER], circle) == [NEVER, 450.0, 451.0]


def test_a_radar_does_not_tell_itself():
    assert begins(VIEWS, [NEVER, 450.0, NEVER], {(1, 1): 0.0}) == [NEVER, 450.0, NEVER]


def test_knowing_more_or_sooner_never_makes_anybody_later():
    chance = np.random.default_rng(3)
    for _ in range(200):
        uncued = np.where(chance.random(3) < 0.4, NEVER, chance.uniform(100.0, 900.0, 3))
        more = np.where(chance.random((3, 3)) < 0.3, NEVER, chance.uniform(0.0, 300.0, (3, 3)))
        slower = more + chance.uniform(0.0, 200.0, (3, 3))
        less = np.where(chance.random((3, 3)) < 0.3, NEVER, slower)
        pairs = [(s, t) for s in range(3) for t in range(3)]
        soon = begins(VIEWS, uncued, {p: more[p] for p in pairs})
        late = begins(VIEWS, uncued, {p: less[p] for p in pairs})
        alone = begins(VIEWS, uncued, {})
        assert all(a <= b <= c for a, b, c in zip(soon, late, alone, strict=True))
