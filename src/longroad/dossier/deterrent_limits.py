"""Limits on a defence in words: what each costs it, what it leaves of a concern, and an answer."""

from __future__ import annotations

import math

from longroad.base.messages import text
from longroad.dossier import limits_chart, palette
from longroad.dossier.agreement_tables import TextTable
from longroad.dossier.deterrent_data import Deterrent
from longroad.dossier.deterrent_words import Names, none
from longroad.dossier.deterrent_words import posture as posture_words
from longroad.dossier.figure import Figure
from longroad.dossier.limits_data import NO_CHANGE, Left, LimitPoint, LimitSearch
from longroad.dossier.numbers import listed, percent, share
from longroad.dossier.reading import Spread
from longroad.earth.countries import country_names

NAME = "limits-frontier"
STRONGEST = "strongest-claims"


def figure_name(search: LimitSearch) -> str:
    """Return the name of the chart of a search."""
    return f"{NAME}-{search.variant}-{search.party}"


def figure(found: Deterrent, names: Names, search: LimitSearch) -> Figure:
    """Return the chart: what limits cost to the right, what is left of each concern upwards."""
    return Figure(
        figure_name(search),
        title(names, search),
        " ".join(answers(names, search)),
        lambda: limits_chart.draw(names, search),
    )


def title(names: Names, search: LimitSearch) -> str:
    """Return the title of a search's chart."""
    return text(
        "dossier_deterrent.limits.chart_title", party=names.called(search.party),
        variant=names.variant[search.variant],
    )  # fmt: skip


def free(found: Deterrent) -> LimitPoint:
    """Return the point without limits of the defence told of first."""
    return found.limits[0]


def worded(names: Names, search: LimitSearch, point: LimitPoint) -> str:
    """Return a set of limits with names in place of ids, and without the party."""
    variant = next(one for one in names.manifest.variants if one.id == search.variant)
    known = {area.id: area.name for area in variant.patrol_areas}
    known |= {battery.id: battery.name for battery in variant.batteries}
    known |= country_names()
    words = point.words.replace(f"{search.party}: ", "")
    parts = [one.split(", ") for one in words.split("; ")]
    # Names may hold commas, which ids do not.
    return "; ".join(" · ".join(_spelled(one, known) for one in part) for part in parts)


def _spelled(words: str, known: dict[str, str]) -> str:
    """Return words with an id at their end spelled out."""
    before, space, last = words.rpartition(" ")
    return f"{before}{space}{known.get(last, last)}"


def reading(search: LimitSearch) -> str:
    """Return how the chart is read."""
    sets = {left.assumptions for left in search.points[0].left.values()}
    own = "strongest" if STRONGEST in sets else "held"
    return text(
        "dossier_deterrent.limits.reading", level=percent(search.tolerable),
        own=text(f"dossier_deterrent.limits.{own}"),
    )  # fmt: skip


def drawn(search: LimitSearch) -> bool:
    """Return whether there is anything to draw: a deterrent from which something is taken."""
    return bool(limits_chart.shown(search))


def answers(names: Names, search: LimitSearch) -> list[str]:
    """Return for each concern the cheapest set that makes it moot and its cost, or that none does.

    Owners with the same answer stand together; those that need no limit come last.
    """
    told: dict[tuple[str, str], list[str]] = {}
    for owner in search.owners:
        start = search.points[0]
        plan = start.left[owner].own.best
        fine = [one for one in search.points if one.left[owner].own.best <= search.tolerable]
        key, point = "met", start
        if plan <= search.tolerable:
            key = "moot"
        elif fine:
            point = min(fine, key=_price)
        else:
            key = "least"
            point = min(search.points, key=lambda one: (one.left[owner].own.best, _price(one)))
        told.setdefault((key, point.id), []).append(_concerned(names, search, owner, point))
    made = []
    for (key, id), who in sorted(told.items(), key=lambda one: one[0][0] == "moot"):
        point = search.point(id)
        made.append(
            text(
                f"dossier_deterrent.limits.{key}", owners="; ".join(who),
                party=names.called(search.party), limits=worded(names, search, point),
                level=percent(search.tolerable), cost=cost(point), observable=point.observable,
            )
        )  # fmt: skip
    return made


def _price(point: LimitPoint) -> tuple[float, float, int]:
    return (point.cost, point.interceptors_lost, len(point.words.split(";")))


def _concerned(names: Names, search: LimitSearch, owner: str, point: LimitPoint) -> str:
    """Return an owner with what is taken of it without limits, and with those of a point."""
    before, after = search.points[0].left[owner].own, point.left[owner].own
    shown = "owner_left" if after.best > 0.0 and point.id != search.points[0].id else "owner"
    return text(
        f"dossier_deterrent.limits.{shown}", owner=names.called(owner), plan=share(before),
        left=share(after),
    )  # fmt: skip


def cost(point: LimitPoint) -> str:
    """Return what a set costs, in words."""
    if point.area is None:
        return text("dossier_deterrent.limits.cost_bare", rounds=percent(point.interceptors_lost))
    return text(
        "dossier_deterrent.limits.cost", area=share(point.area),
        shots=share(point.shots or Spread(math.nan, None, None)),
        rounds=percent(point.interceptors_lost),
    )  # fmt: skip


def knees(names: Names, search: LimitSearch) -> str:
    """Return where the knee of each owner's frontier is; empty where none has one."""
    told: dict[str, list[str]] = {}
    for owner in search.owners:
        knee = search.edge(owner).knee
        if knee is not None:
            told.setdefault(knee.set.id, []).append(names.called(owner))
    parts = [
        text(
            "dossier_deterrent.limits.knee_of", owners=listed(who),
            limits=worded(names, search, search.point(id)),
        )
        for id, who in told.items()
    ]  # fmt: skip
    return text("dossier_deterrent.limits.knees", knees="; ".join(parts)) if parts else ""


def speeds(search: LimitSearch) -> str:
    """Return what became of the values of 1997: which change something, which do not."""
    by = {limits_chart.of_1997(point): point for point in search.points if point.alone}
    known = [speed for speed in limits_chart.SPEEDS_OF_1997 if speed in by]
    silent = [speed for speed in known if by[speed].standing == NO_CHANGE]
    told = [speed for speed in known if speed not in silent]
    if not known:
        return ""
    if not silent:
        return text("dossier_deterrent.limits.speeds_all", told=listed(told))
    key = "speeds_some" if told else "speeds_none"
    return text(f"dossier_deterrent.limits.{key}", told=listed(told), silent=listed(silent))


def dispute(names: Names, search: LimitSearch) -> str:
    """Return how the claims about a disputed burnout speed move what is taken without limits."""
    told = [
        text(
            "dossier_deterrent.limits.disputed", name=name, usual=usual, most=most,
            claimant=claimant,
        )
        for name, usual, most, claimant in limits_chart.disputes(names, search)
    ]  # fmt: skip
    moved = [
        text(
            "dossier_deterrent.limits.moved", owner=names.called(owner),
            adopted=percent(left.adopted.best), own=percent(left.own.best),
            towards=names.towards(left.towards),
        )
        for owner, left in search.points[0].left.items() if not none(left.own.best)
    ]  # fmt: skip
    if not told or not moved:
        return ""
    claims = "; ".join(told)
    return text("dossier_deterrent.limits.dispute", claims=claims, moved=listed(moved))


def legend() -> list[tuple[str, str]]:
    """Return (colour, words) of the points."""
    return [
        (palette.ALL, text("dossier_deterrent.limits.on_frontier")),
        (palette.LAUNCH, text("dossier_deterrent.limits.knee")),
        (limits_chart.DOMINATED, text("dossier_deterrent.limits.dominated")),
        (palette.NONE, text("dossier_deterrent.limits.ring")),
        (palette.SENSOR, text("dossier_deterrent.limits.by_adopted")),
    ]


def table(names: Names, search: LimitSearch, *, whole: bool = False) -> TextTable:
    """Return sets with their costs and what they leave of every owner's concern.

    Those in the chart with a number, or the ``whole`` search.
    """
    known = search.owners
    heads = [
        text("dossier_deterrent.limits.heads.limits"),
        text("dossier_deterrent.limits.heads.area"),
        text("dossier_deterrent.limits.heads.shots"),
        text("dossier_deterrent.limits.heads.rounds"),
        *(text("dossier_deterrent.limits.heads.left", owner=names.called(one)) for one in known),
    ]
    numbered = limits_chart.numbered(search)
    rows = [
        [
            _numbered(numbered, point, worded(names, search, point)),
            text("dossier.format.none") if point.area is None else share(point.area),
            text("dossier.format.none") if point.shots is None else share(point.shots),
            percent(point.interceptors_lost),
            *(_left(point.left[owner]) for owner in known),
        ]
        for point in search.points
        if whole or point.id in numbered
    ]
    return TextTable(heads, rows)


def _numbered(numbered: dict[str, int], point: LimitPoint, words: str) -> str:
    return f"{numbered[point.id]}  {words}" if point.id in numbered else words


def _left(left: Left) -> str:
    return text(
        "dossier_deterrent.limits.pair", adopted=percent(left.adopted.best), own=share(left.own)
    )


def postures(names: Names, search: LimitSearch) -> str:
    """Return in which posture most is taken of each owner without limits, and towards whom."""
    told: dict[tuple[str, str], list[str]] = {}
    for owner, left in search.points[0].left.items():
        if not none(left.own.best):
            told.setdefault((left.posture, left.towards), []).append(names.called(owner))
    parts = [
        text(
            "dossier_deterrent.limits.posture", owners=listed(who), posture=posture_words(posture),
            towards=names.towards(towards),
        )
        for (posture, towards), who in told.items()
    ]  # fmt: skip
    return text("dossier_deterrent.limits.postures", told="; ".join(parts)) if parts else ""
