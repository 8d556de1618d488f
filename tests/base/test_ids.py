import pytest
from hypothesis import given
from hypothesis import strategies as st

from longroad.base.errors import IdError
from longroad.base.ids import quantity_id, slug, slugify


@pytest.mark.parametrize("good", ["a", "sm3-ia", "iran-north-west", "1", "a" * 64])
def test_slugs(good):
    assert slug(good) == good


@pytest.mark.parametrize(
    "bad", ["", "A", "-a", "a-", "a--b", "a_b", "a b", "é", "a\n", "a" * 65, 7, None, "a/b", "../a"]
)
def test_not_slugs(bad):
    with pytest.raises(IdError):
        slug(bad)


def test_a_slug_that_would_do_is_suggested():
    with pytest.raises(IdError) as caught:
        slug("Ship East_Méd")
    assert caught.value.nearest == "ship-east-med"


@given(st.text(max_size=100))
def test_slugify_gives_a_slug_or_nothing(text):
    made = slugify(text)
    assert made is None or slug(made) == made


@pytest.mark.parametrize("good", ["interceptor.sm3-ia.burn_time", "default.link.own_link_latency"])
def test_quantity_ids(good):
    assert quantity_id(good) == good


@pytest.mark.parametrize("bad", ["", "a", "a.", ".a", "a.b-c", "a..b", "A.b", "a.b c", None, 1])
def test_not_quantity_ids(bad):
    with pytest.raises(IdError):
        quantity_id(bad)
