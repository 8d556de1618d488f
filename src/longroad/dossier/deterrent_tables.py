"""The tables of the chapter on deterrents: stability, and which assumption makes a difference."""

from __future__ import annotations

import math
from dataclasses import dataclass

from longroad.base.messages import text
from longroad.deterrent import Posture
from longroad.dossier.agreement_tables import TextTable
from longroad.dossier.deterrent_data import WORST, Case, Deterrent, Row
from longroad.dossier.deterrent_limits import free
from longroad.dossier.deterrent_words import (
    Names,
    count,
    holder,
    launch,
    none,
    posture,
    reading,
    set_words,
    taken_share,
)
from longroad.dossier.numbers import listed, percent
from longroad.dossier.reading import ADOPTED

CALM = Posture.GENERATED_PROMPT.value
SHOWN = (WORST, CALM)


@dataclass(frozen=True)
class MatterRow:
    """One assumption that lets a defence take something: what, who holds it, how much."""

    party: str
    assumption: str
    held: str
    worst: str
    calm: str
    bar: float
    moot: str


@dataclass(frozen=True)
class MatterTable:
    """One owner's rows, largest first, and which defences take nothing under any."""

    owner: str
    title: str
    rows: list[MatterRow]
    note: str


def stability(found: Deterrent, names: Names) -> TextTable:
    """Return a row for each owner, defence and posture shown; adopted assumptions, at its most.

    Every owner and every defence stands in it, in the order of the scenario.
    """
    rows = []
    for owner in found.owners:
        for party in found.against(owner):
            case = found.adopted(owner, party)
            for at in SHOWN:
                row = found.rows[case][at]
                rows.append([
                    names.called(owner), names.called(party), posture(at),
                    text("dossier_deterrent.stability.pair", before=count(row.arriving),
                         after=count(row.penetrating)),
                    text("dossier_deterrent.stability.pair",
                         before=percent(row.first_strike_advantage),
                         after=percent(row.first_strike_advantage_defended)),
                    build_up(row),
                    percent(row.touchable_fraction),
                    needed(found, owner, party) if at == WORST else "",
                ])  # fmt: skip
    heads = [
        text(f"dossier_deterrent.stability.{name}")
        for name in (
            *("owner", "party", "posture", "retaliation", "advantage", "build_up", "touched"),
            "needed",
        )
    ]
    return TextTable(heads, rows)


def needed(found: Deterrent, owner: str, party: str) -> str:
    """Return how many times the interceptors a defence needs for the effect that is asked."""
    known = found.needed.get((owner, party))
    if known is None:
        return text("dossier_deterrent.stability.no_number")
    _, factor, effect = known
    if math.isnan(factor):
        return text("dossier_deterrent.stability.never", most=percent(effect))
    return text("dossier_deterrent.stability.factor", factor=f"{factor:.2g}")


def touched(found: Deterrent, names: Names, owner: str, party: str) -> TextTable | None:
    """Return by base and variant which share of the warheads there any site could touch.

    At the launch time and towards the country told of; None where nothing was computed.
    """
    told = found.adopted(owner, party)
    shares: dict[str, dict[str, tuple[float, float]]] = {}
    for one in found.touched:
        case = one.case
        same = (case.party, case.owner, case.towards, case.timing)
        if same != (party, owner, told.towards, told.timing) or case.delay_s != told.delay_s:
            continue
        by = shares.setdefault(one.base, {})
        whole, near = by.get(case.variant, (0.0, 0.0))
        known = 0.0 if math.isnan(one.share) else one.share
        by[case.variant] = (whole + one.warheads, near + one.warheads * known)
    if not shares:
        return None
    variants = list(dict.fromkeys(v for by in shares.values() for v in by))
    heads = [text("dossier_deterrent.stability.base"), *(names.variant[v] for v in variants)]
    none = text("dossier_deterrent.stability.no_number")
    rows = [
        [
            names.base.get(base, base),
            *(
                percent(by[v][1] / by[v][0]) if v in by and by[v][0] > 0.0 else none
                for v in variants
            ),
        ]
        for base, by in shares.items()
    ]
    return TextTable(heads, rows)


def build_up(row: Row) -> str:
    """Return the growth of a force that cancels a defence: between which bounds, and in weapons."""
    if row.lost <= 0.0:
        return text("dossier_deterrent.stability.no_build_up")
    bounds = row.build_up
    if bounds is None:
        return text("dossier_deterrent.stability.unbounded")
    low, high = bounds
    key = "build_up_one" if percent(low) == percent(high) else "build_up_range"
    return text(
        f"dossier_deterrent.stability.{key}", low=percent(low), high=percent(high),
        fewest=count(low * row.deployed), most=count(high * row.deployed),
    )  # fmt: skip


def matters(found: Deterrent, names: Names) -> list[MatterTable]:
    """Return for each owner which assumptions let which defence take something of it."""
    made = []
    for owner in found.owners:
        best: dict[tuple[str, str, str, float | None], Case] = {}
        for case in found.rows:
            if case.owner != owner or (
                case.variant != found.variant.id and case.assumptions != ADOPTED
            ):
                continue
            key = (case.party, case.variant, case.assumptions, case.delay_s)
            if key not in best or found.lost(case) > found.lost(best[key]):
                best[key] = case
        cases = _distinct(found, list(best.values()))
        some = [case for case in cases if found.rows[case][WORST].lost_p95 > 0.0]
        some.sort(key=lambda case: -found.lost(case))
        made.append(
            MatterTable(
                names.called(owner),
                text("dossier_deterrent.matters.owner", owner=names.called(owner)),
                _merged(found, names, some),
                _idle(found, names, owner, some),
            )
        )
    return made


def _merged(found: Deterrent, names: Names, cases: list[Case]) -> list[MatterRow]:
    """Return the rows; launches at a delay and by own sensors that take the same are one."""

    def same(case: Case) -> tuple[object, ...]:
        row = found.rows[case]
        taken = (round(found.lost(case), 4), taken_share(row[WORST]), taken_share(row[CALM]))
        return (case.party, case.towards, case.variant, case.assumptions, *taken)

    groups: dict[tuple[object, ...], list[Case]] = {}
    for case in cases:
        groups.setdefault(same(case), []).append(case)
    return [_matter(found, names, group) for group in groups.values()]


def _distinct(found: Deterrent, cases: list[Case]) -> list[Case]:
    """Leave out other variants where they say what the one told of says."""
    own = {
        (case.party, case.assumptions, case.delay_s): round(found.lost(case), 4)
        for case in cases if case.variant == found.variant.id
    }  # fmt: skip
    return [
        case for case in cases
        if case.variant == found.variant.id
        or own.get((case.party, case.assumptions, case.delay_s)) != round(found.lost(case), 4)
    ]  # fmt: skip


def _matter(found: Deterrent, names: Names, group: list[Case]) -> MatterRow:
    """Return the row of one case, or of cases that take the same at several launch times."""
    # By own sensors is said last, and is what makes the delay no matter of judgement.
    group = sorted(group, key=lambda case: case.delay_s is None)
    case, last = group[0], group[-1]
    by = found.rows[case]
    words, held = [launch(case)], [launch_holder(last)]
    if case is not last:
        words = [text("dossier_deterrent.launch.either", first=launch(case))]
    if found.held(case):
        words = [*([] if extreme(found, case) else words), set_words(found, names, case)]
        by_whom = listed([names.called(one) for one in by[WORST].holder.split(", ")])
        key = "ends" if extreme(found, case) else "set"
        held = [text(f"dossier_deterrent.holder.{key}", name=by_whom)]
    elif case.assumptions != ADOPTED:
        words.append(reading(names, case.assumptions))
        held = [holder(names, case.assumptions)] + (held if last.delay_s is not None else [])
    if case.variant != found.variant.id:
        words.append(names.variant[case.variant])
        held.insert(0, text("dossier_deterrent.holder.variant"))
    return MatterRow(
        party=text("dossier_deterrent.matters.party", party=names.called(case.party),
                   towards=names.towards(case.towards)),
        assumption="; ".join(words),
        held="; ".join(held),
        worst=taken_share(by[WORST]),
        calm=taken_share(by[CALM]),
        bar=100.0 * min(found.lost(case), 1.0),
        moot=moot(found, names, case),
    )  # fmt: skip


def extreme(found: Deterrent, case: Case) -> bool:
    """Return whether a case is an extreme, whose launch time is part of it."""
    return found.rows[case][WORST].mode == "extreme"


def launch_holder(case: Case) -> str:
    """Return who holds it that a defence launches when it does."""
    key = "sensors" if case.delay_s is None else "delay"
    return text(f"dossier_deterrent.holder.{key}")


def moot(found: Deterrent, names: Names, case: Case) -> str:
    """Return the cheapest limit that leaves this owner nothing to worry about, where known.

    Limits are known for one defence in the variant told of, under adopted assumptions.
    """
    asked = (case.party, case.variant) == (found.limited, found.variant.id)
    if not asked or not found.limits or case.owner not in free(found).concern:
        return text("dossier_deterrent.moot.unknown")
    if case.assumptions != ADOPTED:
        return text("dossier_deterrent.moot.other")
    fine = [one for one in found.limits[1:] if none(one.concern[case.owner])]
    if not fine:
        return text("dossier_deterrent.moot.none")
    best = min(fine, key=lambda one: (one.area_lost, one.interceptors_lost))
    return text(
        "dossier_deterrent.moot.limit", limits=names.limits(best, found.limited),
        area=percent(max(best.area_lost, 0.0)),
    )  # fmt: skip


def _idle(found: Deterrent, names: Names, owner: str, some: list[Case]) -> str:
    """Return which defences take nothing in any draw, or that each takes something."""
    taking = {case.party for case in some}
    rest = [names.called(party) for party in found.against(owner) if party not in taking]
    if not rest:
        return ""
    return text("dossier_deterrent.matters.idle", parties=", ".join(rest))
