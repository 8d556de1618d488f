"""One engagement second by second, in each variant: where the time goes.

The arc is chosen by rule, so that nobody picks a flattering one: of the arcs of the middle
missile class, those that most variants can engage; of these, the one whose first window in the
last variant that has any opens at the median time (the lower of two middle ones; ties by arc
number). When no arc of the middle class can be engaged, the next class by range is taken. In
each variant the battery whose window on that arc opens first is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from longroad.dossier.reading import Columns, RunLike
from longroad.study.manifest import Threat

ARC = (
    *("missile", "launch_area", "shape", "country", "range_km", "apogee_km"),
    *("burnout_time_s", "time_of_flight_s"),
)
WINDOW = (
    *("variant", "battery", "warned_s", "first_track_s", "commit_s", "opens_s", "closes_s"),
    *("intercept_altitude_km", "launch_s"),
)


@dataclass(frozen=True)
class Arc:
    """The arc shown; times in seconds after ignition, lengths in km."""

    number: int
    threat: str
    launch_area: str
    shape: str
    country: str
    range_km: float
    apogee_km: float
    burnout_s: float
    impact_s: float


@dataclass(frozen=True)
class Engagement:
    """One variant's engagement of the arc; ``battery`` is None where there is no window.

    ``launchable_s`` is the earliest launch, ``launch_s`` the latest launch for the earliest
    intercept, ``windows`` the intervals (opens, closes) of that battery. NaN: never happens.
    """

    variant: str
    battery: str | None
    warned_s: float
    first_track_s: float
    launchable_s: float
    launch_s: float
    altitude_km: float
    windows: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Timeline:
    """An arc and how each variant engages it."""

    arc: Arc
    engagements: tuple[Engagement, ...]


def middle_threat(threats: tuple[Threat, ...]) -> Threat:
    """Return the class in the middle by range (the lower of two)."""
    return sorted(threats, key=lambda threat: threat.range_km)[(len(threats) - 1) // 2]


def choose(run: RunLike, party: str) -> Timeline | None:
    """Return the timeline by the rule above, or None when no variant engages anything."""
    manifest = run.manifest
    arcs = run.select("arcs", ("arc", "missile"))
    keep = {"agreement": manifest.agreement, "party": party}
    windows = run.select("windows", ("variant", "arc", "opens_s"), keep)
    numbers = np.asarray(arcs["arc"], dtype=np.int64)
    opens = np.asarray(windows["opens_s"], dtype=np.float64)
    own = np.isfinite(opens)
    by_range = sorted(manifest.threats, key=lambda threat: threat.range_km)
    middle = middle_threat(manifest.threats)
    arc = np.asarray(windows["arc"], dtype=np.int64)
    for threat in (middle, *[one for one in by_range if one != middle]):
        rows = own & np.isin(arc, numbers[arcs["missile"] == threat.id])
        if rows.any():
            variants = [v.id for v in manifest.variants]
            chosen = _median_arc(arc[rows], opens[rows], windows["variant"][rows], variants)
            return _timeline(run, party, chosen)
    return None


def _median_arc(arc: Any, opens: Any, variant: Any, variants: list[str]) -> int:
    """Return the arc by the rule above, from rows of windows."""
    known, position = np.unique(arc, return_inverse=True)
    engaged = np.zeros((len(variants), len(known)), dtype=bool)
    for i, id in enumerate(variants):
        engaged[i, position[variant == id]] = True
    most = engaged.sum(axis=0) == engaged.sum(axis=0).max()
    last = max(i for i in range(len(variants)) if engaged[i, most].any())
    candidate = most & engaged[last]
    first = np.full(len(known), np.inf)
    rows = variant == variants[last]
    np.minimum.at(first, position[rows], opens[rows])
    order = np.lexsort((known, np.where(candidate, first, np.inf)))
    return int(known[order[(int(candidate.sum()) - 1) // 2]])


def _timeline(run: RunLike, party: str, number: int) -> Timeline:
    arcs = run.select("arcs", ARC, {"arc": number})
    arc = Arc(
        number=number,
        threat=str(arcs["missile"][0]),
        launch_area=str(arcs["launch_area"][0]),
        shape=str(arcs["shape"][0]),
        country=str(arcs["country"][0]),
        range_km=float(arcs["range_km"][0]),
        apogee_km=float(arcs["apogee_km"][0]),
        burnout_s=float(arcs["burnout_time_s"][0]),
        impact_s=float(arcs["time_of_flight_s"][0]),
    )
    keep = {"agreement": run.manifest.agreement, "party": party, "arc": number}
    columns = run.select("windows", WINDOW, keep)
    engagements = tuple(_engagement(columns, variant.id) for variant in run.manifest.variants)
    return Timeline(arc, engagements)


def _engagement(columns: Columns, variant: str) -> Engagement:
    rows = np.nonzero(columns["variant"] == variant)[0]

    def real(name: str, row: int) -> float:
        return float(columns[name][row])

    open_rows = [int(r) for r in rows if np.isfinite(real("opens_s", int(r)))]
    if not open_rows:
        nan = float("nan")
        known = [int(r) for r in rows]
        warned = min((real("warned_s", r) for r in known), default=nan)
        track = min((real("first_track_s", r) for r in known), default=nan)
        return Engagement(variant, None, warned, track, nan, nan, nan, ())
    first = min(open_rows, key=lambda r: (real("opens_s", r), str(columns["battery"][r])))
    battery = str(columns["battery"][first])
    own = sorted(
        (r for r in open_rows if columns["battery"][r] == battery), key=lambda r: real("opens_s", r)
    )
    return Engagement(
        variant=variant,
        battery=battery,
        warned_s=real("warned_s", first),
        first_track_s=real("first_track_s", first),
        launchable_s=real("commit_s", first),
        launch_s=real("launch_s", first),
        altitude_km=real("intercept_altitude_km", first),
        windows=tuple((real("opens_s", r), real("closes_s", r)) for r in own),
    )
