"""The timeline: the arc is picked by its rule, the lanes hold what the table says."""

from __future__ import annotations

import numpy as np
import pytest

from longroad.dossier import timeline
from longroad.dossier.svg import SVG
from longroad.dossier.timeline_chart import COLOURS, chart, segments


def test_the_middle_class_by_range(run):
    assert timeline.middle_threat(run.manifest.threats).id == "mrbm-2000"
    assert timeline.middle_threat(run.manifest.threats[:2]).id == "mrbm-1300"


def test_the_arc_follows_the_rule(run):
    """Worked out again with plain loops over the rows."""
    arcs, windows = run.table("arcs"), run.table("windows")
    missile = dict(zip(arcs["arc"].tolist(), arcs["missile"], strict=True))
    opens: dict[int, dict[str, float]] = {}
    for arc, variant, at in zip(
        windows["arc"].tolist(), windows["variant"], windows["opens_s"].tolist(), strict=True
    ):
        if missile[arc] == "mrbm-2000":
            seen = opens.setdefault(int(arc), {})
            seen[variant] = min(at, seen.get(variant, np.inf))
    most = max(len(seen) for seen in opens.values())
    candidates = sorted(
        (seen["phase-3"], arc)
        for arc, seen in opens.items()
        if len(seen) == most and "phase-3" in seen
    )
    expected = candidates[(len(candidates) - 1) // 2][1]
    found = timeline.choose(run, "nato")
    assert found is not None
    assert found.arc.number == expected
    assert [e.variant for e in found.engagements] == ["phase-1", "phase-2", "phase-3"]


def test_each_lane_shows_the_battery_that_opens_first(run):
    found = timeline.choose(run, "nato")
    windows = run.table("windows")
    for one in found.engagements:
        rows = (windows["arc"] == found.arc.number) & (windows["variant"] == one.variant)
        if one.battery is None:
            assert not rows.any()
            continue
        assert one.windows[0][0] == windows["opens_s"][rows].min()
        first = windows["battery"][rows][np.argmin(windows["opens_s"][rows])]
        assert one.battery == first
        own = rows & (windows["battery"] == one.battery)
        assert len(one.windows) == own.sum()


ARC = timeline.Arc(1, "m", "a", "lofted", "TUR", 1500.0, 400.0, 110.0, 800.0)
NAN = float("nan")


def test_segments_follow_each_other():
    one = timeline.Engagement(
        "v", "b", 60.0, 150.0, 200.0, 230.0, 120.0, ((300.0, 400.0), (450.0, 600.0))
    )
    found = [(s.kind, s.start_s, s.end_s) for s in segments(ARC, one)]
    assert found == [
        ("unseen", 0.0, 60.0),
        ("warned", 60.0, 150.0),
        ("tracking", 150.0, 200.0),
        ("waiting", 200.0, 230.0),
        ("flying", 230.0, 300.0),
        ("window", 300.0, 400.0),
        ("window", 450.0, 600.0),
    ]


@pytest.mark.parametrize(
    ("warned", "track", "kinds"),
    [
        (60.0, 150.0, ["unseen", "warned", "tracking"]),
        (60.0, NAN, ["unseen", "warned"]),
        (NAN, NAN, []),
    ],
)
def test_a_lane_without_window_claims_no_more_than_is_known(warned, track, kinds):
    one = timeline.Engagement("v", None, warned, track, NAN, NAN, NAN, ())
    found = segments(ARC, one)
    assert [s.kind for s in found] == kinds
    if kinds:
        assert found[-1].end_s == ARC.impact_s


def test_bars_stand_where_their_times_are(run):
    found = timeline.choose(run, "nato")
    root = chart(found, {"phase-1": "I"}, {})
    rects = [
        (float(one.get("x")), float(one.get("width")), one.get("fill"))
        for one in root.iter(f"{{{SVG}}}rect")
    ]
    powered, ballistic = rects[:2]
    scale = powered[1] / found.arc.burnout_s
    assert ballistic[0] == pytest.approx(powered[0] + powered[1], abs=0.11)
    assert ballistic[1] / scale == pytest.approx(
        found.arc.impact_s - found.arc.burnout_s, abs=0.3 / scale
    )
    windows = [one for e in found.engagements for one in e.windows]
    drawn = [one for one in rects if one[2] == COLOURS["window"]]
    assert len(drawn) == len(windows)
    for (left, width, _), (opens, closes) in zip(drawn, windows, strict=True):
        assert (left - powered[0]) / scale == pytest.approx(opens, abs=0.3 / scale)
        assert width / scale == pytest.approx(closes - opens, abs=0.3 / scale)


def test_no_windows_no_timeline(run, fake):
    from dataclasses import replace

    windows = run.table("windows")
    none = fake.Table({name: windows[name][:0] for name in windows.names})
    assert timeline.choose(replace(run, tables={**run.tables, "windows": none}), "nato") is None
