"""The chart of limits: for each concern a panel, cost to the right, what is left of it upwards."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import pairwise

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.assumptions import Reading as Claim
from longroad.dossier.assumptions import claim_value, inputs_of
from longroad.dossier.deterrent_words import Names, none
from longroad.dossier.drawing import add
from longroad.dossier.labels import Anchor, place
from longroad.dossier.limits_data import NO_CHANGE, LimitPoint, LimitSearch
from longroad.dossier.numbers import percent

WIDTH_PX, LEFT_PX, GAP_PX, HIGH_PX, HEAD_PX, FOOT_PX = 1080, 48, 40, 210, 46, 48
COLUMNS, MARGIN_PX = 3, 20
DOMINATED = palette.RULE
R_PX, OFF_PX, SMALL_PX, FONT_PX = 8.0, 6.0, 3.0, 11.0
# Marks nearer than this, across and up, share one label.
NEAR_PX = (70.0, 12.0)
# Burnout speeds of the demarcation of 1997, km/s, as a limit's words spell them.
SPEEDS_OF_1997 = ("3 km/s", "4.5 km/s", "5.5 km/s")
_FASTER = re.compile(r"^\S+: no interceptor faster than (.+)$")


def of_1997(point: LimitPoint) -> str:
    """Return which of the speeds of 1997 a set is alone; empty where none."""
    found = _FASTER.match(point.words)
    return found[1] if found and found[1] in SPEEDS_OF_1997 else ""


def shown(search: LimitSearch) -> list[str]:
    """Return the owners that have a panel: those with a concern, in order."""
    start = search.points[0].left
    return [owner for owner in search.owners if not none(start[owner].own.best)]


def numbered(search: LimitSearch) -> dict[str, int]:
    """Return the number of every set that the chart names: each alone, and all on a frontier."""
    edges = {one.set.id for owner in shown(search) for one in search.edge(owner).points}
    chosen = [one.id for one in search.points if one.alone or one.id in edges]
    return {id: number for number, id in enumerate(chosen)}


def disputes(names: Names, search: LimitSearch) -> list[tuple[str, str, str, str]]:
    """Return the disputed burnout speeds of a defence: name, value adopted, greatest, claimant."""
    variant = next(one for one in names.manifest.variants if one.id == search.variant)
    told: dict[tuple[str, str, str, str], None] = {}
    for battery in variant.batteries:
        id = battery.interceptor.removeprefix("interceptor/")
        thing = f"interceptor.{id}.burnout_speed"
        disputed = inputs_of(names.manifest, thing)
        if battery.owner != search.party or not disputed or not disputed[0].adopted:
            continue
        most = max(disputed[0].values, key=lambda value: value.best)
        usual, claim = (
            claim_value(names.manifest, Claim("", thing, one or ""))
            for one in (disputed[0].adopted, most.claim)
        )
        told[battery.interceptor_name, usual, claim, most.claimant or most.claim or ""] = None
    return list(told)


def draw(names: Names, search: LimitSearch) -> ET.Element:
    """Return the drawing: panels in rows, the same scale of cost in all."""
    owners = shown(search)
    across = min(len(owners), COLUMNS) or 1
    rows = -(-len(owners) // COLUMNS) or 1
    each = HEAD_PX + HIGH_PX + FOOT_PX
    root = plot.canvas(WIDTH_PX, rows * each)
    wide = (WIDTH_PX - LEFT_PX - MARGIN_PX - (across - 1) * (GAP_PX + LEFT_PX)) / across
    most = max([*(point.cost for point in search.points), 0.05])
    for number, owner in enumerate(owners):
        left = LEFT_PX + (number % COLUMNS) * (wide + GAP_PX + LEFT_PX)
        _Panel(root, names, search, owner, left, number // COLUMNS * each + HEAD_PX, wide, most)
    return root


def _step(most: float) -> float:
    steps = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25)
    return next((step for step in steps if most / step <= 5.0), 0.25)


class _Panel:
    """One owner's concern against the cost."""

    def __init__(
        self, root: ET.Element, names: Names, search: LimitSearch, owner: str, left: float,
        top: float, wide: float, most: float,
    ) -> None:  # fmt: skip
        self.root, self.search, self.owner = root, search, owner
        self.left, self.foot, self.wide = left, top + HIGH_PX, wide
        ends = [search.points[0].left[owner].own]
        upward = max([0.01, *(one.epistemic_p95 or one.best for one in ends)])
        upward = max([upward, *(one.left[owner].own.best for one in search.points)])
        self.step_x, self.step_y = _step(most), _step(upward)
        self.right = self.step_x * math.ceil(most / self.step_x - 1e-9)
        self.top = self.step_y * math.ceil(upward / self.step_y - 1e-9)
        plot.write(root, names.called(owner), left - 36.0, top - 36.0, 13.0, bold=True)
        plot.write(root, text("dossier_deterrent.limits.upward"), left - 36.0, top - 19.0, 11.0,
                   colour=palette.QUIET, room=wide + 36.0)  # fmt: skip
        told = disputes(names, search)
        # Where one speed is disputed, the plan's two marks are what its claims come to.
        self.claims = told[0][1:3] if len(told) == 1 else None
        self._axes()
        self._points()

    def x(self, cost: float) -> float:
        """Return where a cost stands."""
        return self.left + self.wide * min(max(cost, 0.0), self.right) / self.right

    def y(self, worry: float) -> float:
        """Return where a concern stands."""
        return self.foot - HIGH_PX * min(max(worry, 0.0), self.top) / self.top

    def _axes(self) -> None:
        for k in range(round(self.right / self.step_x) + 1):
            at = self.x(k * self.step_x)
            ends = (at, self.foot - HIGH_PX, at, self.foot)
            plot.line(self.root, ends, palette.RULE, 0.6)
            plot.write(self.root, percent(k * self.step_x), at, self.foot + 14.0, 11.0,
                       colour=palette.QUIET, anchor="middle")  # fmt: skip
        for k in range(round(self.top / self.step_y) + 1):
            at = self.y(k * self.step_y)
            plot.line(self.root, (self.left, at, self.left + self.wide, at), palette.RULE, 0.6)
            plot.write(self.root, percent(k * self.step_y), self.left - 8.0, at, 11.0,
                       colour=palette.QUIET, anchor="end")  # fmt: skip
        bare = self.search.points[0].area is None
        plot.write(
            self.root, text(f"dossier_deterrent.limits.{'across_bare' if bare else 'across'}"),
            self.left + self.wide / 2.0, self.foot + 31.0, 11.0, colour=palette.QUIET,
            anchor="middle", room=self.wide + 40.0,
        )  # fmt: skip
        level = self.y(self.search.tolerable)
        plot.line(self.root, (self.left, level, self.left + self.wide, level), palette.LAUNCH, 1.0,
                  dashes="4 3")  # fmt: skip

    def _points(self) -> None:
        edge = self.search.edge(self.owner)
        on = [self.search.point(one.set.id) for one in edge.points]
        knee = None if edge.knee is None else edge.knee.set.id
        for one, other in pairwise(on):
            plot.line(self.root, (*self._at(one), *self._at(other)), palette.ALL, 1.6)
        names = numbered(self.search)
        for point in self.search.points:
            if point.id not in names:
                at, up = self._at(point)
                add(self.root, "circle", cx=at, cy=up, r=SMALL_PX, fill=DOMINATED,
                    stroke=palette.OUTLINE, stroke_width=0.6)  # fmt: skip
        for point in on:
            self._bars(point)
        ids = {point.id for point in on}
        told = [point for point in self.search.points if point.id in names]
        for point in sorted(told, key=lambda one: (one.id in ids, one.id == knee)):
            self._mark(point, point.id in ids, point.id == knee)
        adopted = self._adopted()
        labels = [*self._labels(told, names), *adopted]
        marks = [self._at(point) for point in told] + [(one.x_px, one.y_px) for one, _ in adopted]
        for point in on:
            marks += self._along(point)
        self._write(labels, marks)

    def _near(self, points: list[LimitPoint]) -> list[list[LimitPoint]]:
        """Return points in groups that share a label."""
        groups: list[list[LimitPoint]] = []
        for point in points:
            at, up = self._at(point)
            for group in groups:
                x, y = self._at(group[0])
                if abs(at - x) < NEAR_PX[0] and abs(up - y) < NEAR_PX[1]:
                    group.append(point)
                    break
            else:
                groups.append([point])
        return groups

    def _at(self, point: LimitPoint) -> tuple[float, float]:
        return self.x(point.cost), self.y(point.left[self.owner].own.best)

    def _bars(self, point: LimitPoint) -> None:
        """Draw the intervals over the draws of a point on the frontier."""
        at, up = self._at(point)
        own = point.left[self.owner].own
        if own.epistemic_p05 is not None and own.epistemic_p95 is not None:
            ends = (at, self.y(own.epistemic_p05), at, self.y(own.epistemic_p95))
            plot.line(self.root, ends, palette.NEARLY, 1.2)
        area = point.area
        if area is not None and area.epistemic_p05 is not None and area.epistemic_p95 is not None:
            ends = (self.x(area.epistemic_p05), up, self.x(area.epistemic_p95), up)
            plot.line(self.root, ends, palette.NEARLY, 1.2)

    def _along(self, point: LimitPoint) -> list[tuple[float, float]]:
        """Return places along the interval of a point's cost; no label fits between two."""
        area, (at, up) = point.area, self._at(point)
        if area is None or area.epistemic_p95 is None:
            return []
        steps = range(1, int((self.x(area.epistemic_p95) - at) / R_PX) + 1)
        return [(at + k * R_PX, up) for k in steps]

    def _mark(self, point: LimitPoint, on: bool, knee: bool) -> None:
        at, up = self._at(point)
        fill = palette.LAUNCH if knee else (palette.ALL if on else DOMINATED)
        ring = bool(of_1997(point))
        add(self.root, "circle", cx=at, cy=up, r=R_PX if on else OFF_PX, fill=fill,
            stroke=palette.NONE if ring else palette.ALL,
            stroke_width=3.0 if ring else 1.2)  # fmt: skip

    def _labels(
        self, told: list[LimitPoint], names: dict[str, int]
    ) -> Iterator[tuple[Anchor, str]]:
        """Yield the numbers of sets that fall together, and their speeds of 1997; with colours."""
        for group in self._near(told):
            at, up = max(self._at(point)[0] for point in group), self._at(group[0])[1]
            words = ", ".join(str(names[point.id]) for point in group)
            fast = [point for point in group if of_1997(point)]
            if self.claims and not fast and self.search.points[0] in group:
                words += f"  {self.claims[1]}"
            yield Anchor(at, up, words), palette.INK
            if fast:
                speeds = " · ".join(of_1997(point).removesuffix(" km/s") for point in fast)
                idle = all(point.standing == NO_CHANGE for point in fast)
                said = text(
                    f"dossier_deterrent.limits.{'idle' if idle else 'speed'}", speeds=speeds
                )
                yield Anchor(at, up, said), palette.QUIET

    def _adopted(self) -> list[tuple[Anchor, str]]:
        """Mark what is taken without limits by the adopted assumptions, as a hollow diamond."""
        point = self.search.points[0]
        at, up = self.x(point.cost), self.y(point.left[self.owner].adopted.best)
        corners = f"M{at - 6:.1f},{up:.1f}L{at:.1f},{up - 6:.1f}L{at + 6:.1f},{up:.1f}"
        add(self.root, "path", d=f"{corners}L{at:.1f},{up + 6:.1f}Z", fill="none",
            stroke=palette.SENSOR, stroke_width=1.6)  # fmt: skip
        return [(Anchor(at, up, self.claims[0]), palette.SENSOR)] if self.claims else []

    def _write(self, labels: list[tuple[Anchor, str]], marks: list[tuple[float, float]]) -> None:
        """Write labels beside their marks, clear of others, of the panel's edge and of its axis."""
        left, top = self.left - R_PX, self.foot - HIGH_PX - FONT_PX
        size = (self.wide + LEFT_PX, HIGH_PX + FONT_PX)
        placed = place(
            [Anchor(one.x_px - left, one.y_px - top, one.text) for one, _ in labels],
            [(x - left, y - top) for x, y in marks], size, FONT_PX, keep_all=True, radius_px=R_PX,
        )  # fmt: skip
        for one, (_, colour) in zip(placed, labels, strict=True):
            plot.write(
                self.root, one.text, left + one.x_px, top + one.y_px, FONT_PX, colour=colour,
                anchor="end" if one.align == "right" else "start", halo=True,
            )  # fmt: skip
