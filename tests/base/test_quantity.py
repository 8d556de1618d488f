import math
from dataclasses import replace

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from longroad.base.errors import IdError, QuantityError, UnitError
from longroad.base.quantity import Disputed, Held, Quantity, Status


def published(best=3000.0, low=3000.0, high=3500.0, **more):
    more = {"unit": "km/s", "status": Status.PUBLISHED, "sources": ("a-source",)} | more
    return Quantity("interceptor.x.burnout_speed", best, low, high, **more)


def judged(best=65.0, low=50.0, high=80.0, unit="s", id="interceptor.x.burn_time", **more):
    more = {"author": "somebody", "reason": "because"} | more
    return Quantity(id, best, low, high, unit, Status.JUDGEMENT, **more)


@st.composite
def intervals(draw):
    a, b, c = sorted(draw(st.floats(-1e6, 1e6)) for _ in range(3))
    return a, b, c


@given(intervals(), st.lists(st.floats(0.001, 0.999), min_size=1, max_size=9))
def test_pert_is_the_beta_distribution_of_scipy(interval, u):
    low, best, high = interval
    if high - low < 1e-3:
        return
    mode = (best - low) / (high - low)
    witness = scipy.stats.beta(1 + 4 * mode, 5 - 4 * mode, loc=low, scale=high - low)
    ours = published(best, low, high).ppf(u)
    assert ours == pytest.approx(witness.ppf(u), rel=1e-9, abs=1e-7 * (high - low))


def test_pert_moments_are_those_of_the_closed_form():
    low, best, high = 50.0, 60.0, 90.0
    u = (np.arange(200_000) + 0.5) / 200_000
    x = published(best, low, high).ppf(u)
    mean = (low + 4 * best + high) / 6
    assert x.mean() == pytest.approx(mean, rel=1e-6)
    # Variance of PERT with weight 4: (mean - low)(high - mean) / 7.
    assert x.var() == pytest.approx((mean - low) * (high - mean) / 7, rel=1e-4)


def test_triangular_and_uniform_against_scipy():
    u = np.linspace(0.0, 1.0, 41)
    triangular = published(60.0, 50.0, 90.0, distribution="triangular").ppf(u)
    assert triangular == pytest.approx(scipy.stats.triang.ppf(u, 0.25, 50, 40), rel=1e-12)
    uniform = published(60.0, 50.0, 90.0, distribution="uniform").ppf(u)
    assert uniform == pytest.approx(scipy.stats.uniform.ppf(u, 50, 40), rel=1e-12)


@pytest.mark.parametrize("distribution", ["pert", "triangular", "uniform"])
@given(interval=intervals())
def test_ppf_keeps_order_and_bounds(distribution, interval):
    low, best, high = interval
    x = published(best, low, high, distribution=distribution).ppf(np.linspace(0, 1, 33))
    assert np.all(np.diff(x) >= 0)
    assert x[0] == pytest.approx(low, abs=1e-9)
    assert low <= x.min()
    assert x.max() <= high


def test_ppf_keeps_shape_and_fixed_does_not_vary():
    u = np.full((3, 4), 0.9)
    assert published().ppf(u).shape == (3, 4)
    fixed = published(3100.0, distribution="fixed")
    assert fixed.is_fixed
    assert np.all(fixed.ppf(u) == 3100.0)
    assert np.all(published(1.0, 1.0, 1.0).ppf(u) == 1.0)


@pytest.mark.parametrize("u", [-0.1, 1.1, math.nan])
def test_ppf_refuses_what_is_no_probability(u):
    with pytest.raises(ValueError, match="probabilities"):
        published().ppf(u)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"low": 4000.0}, "out of order"),
        ({"high": 2000.0}, "out of order"),
        ({"best": math.nan}, "finite"),
        ({"high": math.inf}, "finite"),
        ({"sources": ()}, "source"),
        ({"distribution": "normal"}, "distribution"),
    ],
)
def test_what_makes_no_sense_is_refused(change, word):
    with pytest.raises(QuantityError, match=word):
        replace(published(), **change)


def test_ids_units_and_status_are_checked():
    with pytest.raises(IdError):
        replace(published(), id="speed")
    with pytest.raises(UnitError):
        replace(published(), unit="kms")
    with pytest.raises(ValueError, match="hearsay"):
        replace(published(), status="hearsay")


@pytest.mark.parametrize("missing", ["author", "reason"])
def test_a_judgement_names_author_and_reason(missing):
    with pytest.raises(QuantityError, match=missing):
        judged(**{missing: None})


@pytest.mark.parametrize(
    ("best", "low", "high", "enough"),
    [
        (65, 52, 78, True),  # exactly 20 %
        (65, 52.1, 78, False),
        (65, 52, 77.9, False),
        (-65, -78, -52, True),
        (-65, -70, -52, False),
        (0, 0, 10, True),
        (0, 0, 0, False),
    ],
)
def test_a_judgement_is_twenty_per_cent_wide(best, low, high, enough):
    if enough:
        assert judged(float(best), float(low), float(high)).best == best
    else:
        with pytest.raises(QuantityError, match="too narrow"):
            judged(float(best), float(low), float(high))


def test_a_judged_side_may_stop_at_a_bound():
    assert judged(0.9, 0.7, 1.0, unit="1", id="sensor.x.share")
    assert judged(math.radians(85), math.radians(60), math.radians(90), unit="deg", id="a.b.c")
    with pytest.raises(QuantityError, match="too narrow"):
        judged(0.9, 0.7, 0.95, unit="1", id="sensor.x.share")
    with pytest.raises(QuantityError, match="too narrow"):
        judged(math.radians(85), math.radians(60), math.radians(89), unit="deg", id="a.b.c")


def test_positions_are_exempt_from_the_percentage():
    assert judged(0.6, 0.6, 0.6, unit="deg", id="site.x.latitude").is_fixed


def test_written_in_the_unit_of_the_author():
    assert published().written() == "3 km/s (3 to 3.5)"
    assert published(4500.0, 4500.0, 4500.0).written() == "4.5 km/s"


def rivals():
    low = published(870e3, 870e3, 870e3, unit="km", claim="low", claimant="one")
    return low, replace(low, best=1500e3, low=1500e3, high=1500e3, claim="high", claimant="two")


def test_a_dispute_keeps_its_alternatives_apart():
    dispute = Disputed("sensor.x.reference_range", rivals(), "high")
    assert dispute.claims == ("low", "high")
    assert dispute.adopted_quantity.best == 1500e3
    assert dispute.alternative("low").best == 870e3
    assert not hasattr(dispute, "best")


def test_disputes_that_are_none_are_refused():
    low, high = rivals()
    with pytest.raises(QuantityError, match="1 alternative"):
        Disputed("sensor.x.reference_range", (low,), "low")
    with pytest.raises(QuantityError, match="told apart"):
        Disputed("sensor.x.reference_range", (low, replace(high, claim="low")), "low")
    with pytest.raises(QuantityError, match="told apart"):
        Disputed("sensor.x.reference_range", (low, replace(high, claim=None)), "low")
    with pytest.raises(QuantityError) as caught:
        Disputed("sensor.x.reference_range", (low, high), "hihg")
    assert caught.value.nearest == "high"


def test_who_holds_a_number():
    assert Held("nato", "stated").mode == "stated"
    with pytest.raises(QuantityError) as caught:
        Held("nato", "statd")
    assert caught.value.nearest == "stated"
    with pytest.raises(IdError):
        Held("NATO", "stated")
