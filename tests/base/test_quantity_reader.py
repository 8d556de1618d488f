from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longroad.base.errors import LongroadError, QuantityError, UnitError
from longroad.base.place import Place
from longroad.base.quantity import Disputed, Quantity, Status
from longroad.base.quantity_reader import read_quantity

ID = "sensor.x.reference_range"


def read(dimension="length", **fields):
    place = Place("a.yaml", ("sensors", "x"), {("sensors", "x"): 7}.get)
    return read_quantity(fields, id=ID, where=place, dimension=dimension)


def test_published():
    q = read(best="1500 km", status="published", source="nrc-2012", note="a note")
    assert (q.best, q.low, q.high, q.unit) == (1.5e6, 1.5e6, 1.5e6, "km")
    assert q.is_fixed
    assert (q.status, q.sources, q.note) == (Status.PUBLISHED, ("nrc-2012",), "a note")


def test_interval_in_other_units_and_several_sources():
    q = read(best="1.5 km", low="1000 m", high="2 km", status="reported", source=["a", "b"])
    assert (q.low, q.best, q.high, q.sources) == (1000.0, 1500.0, 2000.0, ("a", "b"))


def test_judgement():
    q = read(best="10 m", low="5 m", high="20 m", status="judgement", author="me", reason="so")
    assert (q.author, q.reason, q.sources) == ("me", "so", ())


def test_held_by():
    q = read(
        best="10 m",
        status="published",
        source="a",
        held_by=[{"party": "nato", "mode": "stated"}, {"party": "russia", "mode": "attributed"}],
    )
    assert [(h.party, h.mode) for h in q.held_by] == [("nato", "stated"), ("russia", "attributed")]


def test_without_a_dimension_any_unit_will_do_but_one():
    assert read(None, best="10 m", status="published", source="a").unit == "m"
    with pytest.raises(UnitError):
        read(None, best=10, status="published", source="a")
    with pytest.raises(UnitError):
        read(None, best="1 m", low="1 s", high="2 m", status="published", source="a")


def test_dispute():
    rivals = [
        {"claim": c, "claimant": "x", "best": b, "status": "published", "source": "a"}
        for c, b in (("low", "870 km"), ("high", "1500 km"))
    ]
    q = read(disputed=rivals, adopted="high")
    assert isinstance(q, Disputed)
    assert q.adopted_quantity.best == 1.5e6
    with pytest.raises(QuantityError, match="headlines"):
        read(disputed=rivals)
    with pytest.raises(QuantityError) as caught:
        read(disputed=rivals, adopted="hgih")
    assert caught.value.nearest == "high"
    with pytest.raises(QuantityError) as caught:
        read(disputed=[rivals[0], {k: v for k, v in rivals[1].items() if k != "claimant"}])
    assert caught.value.field == "sensors.x.disputed[1]"


BAD = [
    (1500, "without unit"),
    ("1500 km", "without unit"),
    (None, "without unit"),
    ({}, "status"),
    ({"best": "1 km", "source": "a"}, "status"),
    ({"best": "1 km", "status": "published"}, "source"),
    ({"best": "1 km", "status": "publishd", "source": "a"}, "publishd"),
    ({"status": "published", "source": "a"}, "no number"),
    ({"best": True, "status": "published", "source": "a"}, "not a number"),
    ({"best": "1 km", "low": "1 km", "status": "published", "source": "a"}, "alone"),
    ({"best": "1 km", "status": "judgement", "author": "a", "reason": "b"}, "interval"),
    ({"best": "1 km", "status": "published", "source": 4}, "source"),
    ({"best": "1 km", "status": "published", "source": "a", "note": 4}, "note"),
    ({"best": "1 km", "status": "published", "source": "a", "hgih": "2 km"}, "hgih"),
    ({"best": "1 km", "status": "published", "source": "a", "held_by": "nato"}, "unit"),
    ({"best": "1 km", "status": "published", "source": "a", "claim": "x"}, "claim"),
    ({"best": "5 s", "status": "published", "source": "a"}, "time"),
    ({"best": "5", "status": "published", "source": "a"}, "no unit"),
    ({"best": float("nan"), "status": "published", "source": "a"}, "finite"),
    ({"disputed": "yes", "adopted": "a"}, "list"),
    ({"disputed": [], "adopted": "a"}, "no claim"),
]


@pytest.mark.parametrize(("node", "word"), BAD)
def test_every_fault_names_its_place(node, word):
    place = Place("a.yaml", ("sensors", "x"), {("sensors", "x"): 7}.get)
    with pytest.raises(LongroadError) as caught:
        read_quantity(node, id=ID, where=place, dimension="length")
    assert word in str(caught.value)
    assert (caught.value.file, caught.value.line) == ("a.yaml", 7)
    assert caught.value.field.startswith("sensors.x")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["best", "low", "status", "source", "disputed", "held_by", "claim"]),
            inner,
        )
    ),
    max_leaves=8,
)


@given(anything)
def test_whatever_is_written_is_a_quantity_or_a_typed_error(node):
    with suppress(LongroadError):
        assert isinstance(read_quantity(node, id=ID, dimension="length"), Quantity | Disputed)
