"""Columns, readings, spreads, findings: the bookkeeping between quantities and outcomes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longroad.base.quantity import Disputed, Quantity, Status
from longroad.engagement.area import count_cells, fraction
from longroad.scenario import load
from longroad.study.columns import ColumnBook, draw_values
from longroad.study.findings import finding_word
from longroad.study.planner import make_plan
from longroad.study.readings import ADOPTED, Assumptions, disputed_thing, readings
from longroad.study.spread import Spread, spread


def number(id, best, low, high, claim=None):
    return Quantity(
        id, best, low, high, "1", Status.JUDGEMENT, author="a", reason="r", claim=claim,
        distribution="uniform",
    )  # fmt: skip


def test_equal_quantities_share_a_column():
    book = ColumnBook()
    first = book.column(number("a.b.c", 0.5, 0.1, 0.9))
    assert book.column(number("a.b.c", 0.5, 0.1, 0.9)) == first
    assert book.column(number("a.b.c", 0.5, 0.1, 0.8)) != first
    assert len(book.quantities()) == 2


def test_rivals_of_one_id_share_their_uniform_number():
    """Uniform distributions: value = low + u (high - low), so u can be read back and compared."""
    one, two = number("a.b.c", 0.5, 0.0, 1.0, "x"), number("a.b.c", 5.0, 2.0, 8.0, "y")
    other = number("a.b.d", 0.5, 0.0, 1.0)
    table = draw_values([one, two, other], 64, seed=3).table
    assert table[0].tolist() == [0.5, 5.0, 0.5]
    assert table[1:, 0] == pytest.approx((table[1:, 1] - 2.0) / 6.0)
    assert not np.allclose(table[1:, 0], table[1:, 2])


def test_a_fixed_number_leaves_all_draws_as_they_are():
    varying = number("m.b.c", 0.5, 0.0, 1.0)
    fixed = Quantity("a.b.c", 3.0, 3.0, 3.0, "1", Status.PUBLISHED, sources=("s",))
    alone = draw_values([varying], 32, seed=0).table
    both = draw_values([fixed, varying], 32, seed=0).table
    assert np.array_equal(alone[:, 0], both[:, 1])
    assert np.all(both[:, 0] == 3.0)


def test_readings_of_the_flagship():
    """One adopted reading, one per rival claim; a disputed position counts once, not twice."""
    found = [r.id for r in readings(load("epaa-2011"))]
    assert found[0] == ADOPTED
    assert len(found) == len(set(found))
    assert "sensor.an-tpy-2-forward.reference_range=lewis-postol-2012" in found
    assert sum(r.startswith("site.kurecik") for r in found) == 1
    assert disputed_thing("site.kurecik.latitude") == "site.kurecik"
    assert disputed_thing("sensor.x.reference_range") == "sensor.x.reference_range"


def test_a_rival_position_moves_both_coordinates():
    scenario = load("epaa-2011")
    about, claim = next(r.claim for r in readings(scenario) if r.id.startswith("site.kurecik"))
    site = next(s for s in scenario.variants[0].sensors if s.id == "kurecik")
    usual = Assumptions(ADOPTED).place(site.position)
    moved = Assumptions("x", (about, claim)).place(site.position)
    assert usual[0] != moved[0]
    assert usual[1] != moved[1]


def test_the_plan_computes_shared_things_once():
    """All variants and all readings share arcs, radars and fly-outs."""
    scenario = load("epaa-2011")
    plan = make_plan(scenario, 2, readings(scenario))
    asked = [
        (variant.id, threat.id, party.id)
        for variant in scenario.variants
        for threat in variant.threats
        for party in threat.against
        if party.defends
    ]
    assert len(plan.arcs) == len({(threat, party) for _, threat, party in asked})
    speeds = set()
    for variant in scenario.variants:
        defenders = {party for own, _, party in asked if own == variant.id}
        for battery in variant.batteries:
            if battery.owner.id in defenders:
                speed = variant.of(battery.interceptor, "burnout_speed")
                claims = speed.claims if isinstance(speed, Disputed) else (None,)
                speeds |= {(battery.interceptor.id, claim) for claim in claims}
    assert len(plan.flyouts) == len(speeds)
    assert len(plan.territories) == len({party for *_, party in asked})
    adopted = [c for c in plan.coverage if c.assumptions == ADOPTED]
    assert len(adopted) == len(asked)


def test_spread_keeps_the_kinds_apart():
    draws = np.linspace(0.0, 1.0, 101)
    found = spread(0.4, draws)
    assert (found.best, found.epistemic_p05, found.epistemic_p95) == pytest.approx(
        (0.4, 0.05, 0.95)
    )
    assert 0.0 < found.mc_se < 0.2
    assert spread(float("nan"), np.full(8, np.nan)) == Spread(None, None, None, None, "1")


class FakeClaim:
    class threshold:  # noqa: N801
        @staticmethod
        def holds(value):
            return value >= 0.5


@pytest.mark.parametrize(
    ("best", "low", "high", "word"),
    [(0.6, 0.5, 0.7, "holds"), (0.4, 0.3, 0.45, "fails"), (0.6, 0.4, 0.7, "undecided"),
     (None, None, None, "undecided")],
)  # fmt: skip
def test_findings(best, low, high, word):
    assert finding_word(FakeClaim, Spread(best, low, high, 0.0)) == word


@given(
    st.lists(st.tuples(st.booleans(), st.booleans()), min_size=6, max_size=60).filter(
        lambda rows: len(rows) % 3 == 0
    )
)
def test_cell_counts_against_a_loop(rows):
    """Three cells, arcs with the cell running fastest."""
    within = np.array([w for w, _ in rows])
    engaged = np.array([w and e for w, e in rows])
    kept = np.flatnonzero(within)
    found = count_cells(within, kept, engaged[kept], 3)
    for c in range(3):
        mine = [(w, e and w) for k, (w, e) in enumerate(rows) if k % 3 == c]
        assert found.within[c] == sum(w for w, _ in mine)
        assert found.engaged[c] == sum(e for _, e in mine)
        everything = bool(mine) and any(w for w, _ in mine) and all(e for w, e in mine if w)
        assert found.all_engaged[c] == everything


def test_fraction_of_nothing_is_nan():
    none = np.zeros(3, dtype=bool)
    assert np.isnan(fraction(none, none, np.ones(3)))
    part, whole = np.array([True, False, False]), np.array([True, True, False])
    assert fraction(part, whole, np.array([1.0, 3.0, 100.0])) == 0.25
