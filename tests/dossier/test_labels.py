"""Labels keep clear of symbols, of each other and of the edge."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from longroad.dossier.labels import MEAN_ADVANCE, Anchor, place

SIZE, FONT = (400.0, 300.0), 11.0


def box(label):
    width = MEAN_ADVANCE * FONT * len(label.text)
    left = label.x_px if label.align == "left" else label.x_px - width
    return left, label.y_px - FONT * 0.575, left + width, label.y_px + FONT * 0.575


def overlap(a, b):
    return min(a[2], b[2]) > max(a[0], b[0]) + 1e-9 and min(a[3], b[3]) > max(a[1], b[1]) + 1e-9


POINTS = st.lists(
    st.tuples(st.floats(0, 400), st.floats(0, 300), st.text("abcdef", min_size=1, max_size=20)),
    max_size=12,
)


@given(POINTS)
def test_placed_labels_are_free(points):
    anchors = [Anchor(*point) for point in points]
    spots = [(a.x_px, a.y_px) for a in anchors]
    placed = place(anchors, spots, SIZE, FONT)
    boxes = [box(label) for label in placed]
    for i, one in enumerate(boxes):
        assert one[0] >= -1e-6
        assert one[1] >= -1e-6
        assert one[2] <= SIZE[0] + 1e-6
        assert one[3] <= SIZE[1] + 1e-6
        assert not any(overlap(one, other) for other in boxes[i + 1 :])


def test_a_crowded_label_is_dropped_or_kept_on_demand():
    anchors = [Anchor(200.0, 150.0, "a long name for a battery") for _ in range(12)]
    spots = [(200.0, 150.0)]
    assert len(place(anchors, spots, SIZE, FONT)) < 12
    assert len(place(anchors, spots, SIZE, FONT, keep_all=True)) == 12


def test_the_first_choice_is_to_the_right():
    (label,) = place([Anchor(100.0, 100.0, "ship")], [(100.0, 100.0)], SIZE, FONT)
    assert label.align == "left"
    assert label.x_px > 100.0
    (label,) = place([Anchor(395.0, 100.0, "ship")], [(395.0, 100.0)], SIZE, FONT)
    assert label.align == "right"
