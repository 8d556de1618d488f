"""Whether the order of arrangements turns between discriminations, or between rival claims.

Of two arrangements only each one's difference from having none has a sampling error. Their own
difference has at most the sum of the two: what is told exceeds twice that.
"""

from __future__ import annotations

from dataclasses import dataclass

from longroad.base.messages import text
from longroad.dossier.agreement_data import AS_AGREED, NONE
from longroad.dossier.numbers import listed
from longroad.dossier.raid_data import LEAKERS, MODES, Group, Raids
from longroad.dossier.raid_words import ERRORS, EXACT, by_chance, label, one, verdict
from longroad.dossier.reading import ADOPTED

# Kinds of verdict that a lead names, and the words for each.
MOVES = {
    "helps": "fewer",
    "harms": "more",
    "mixed": "mixed",
    "unsure": "unsure",
    "wastes": "wastes",
}


@dataclass(frozen=True)
class Turn:
    """Two groups that change places: the first lets fewer through ``at``, more ``then``."""

    first: Group
    second: Group
    at: str
    then: str
    gain: float
    loss: float


def apart(
    found: Raids, raid: str, pair: tuple[Group, Group], mode: str, assumptions: str = ADOPTED
) -> float:
    """Return by how many leakers a pair is apart, first less second; 0 within sampling error."""
    told = [
        found.difference(raid, group[0], mode, LEAKERS, "", AS_AGREED, assumptions)
        for group in pair
    ]
    if told[0] is None or told[1] is None:
        return 0.0
    gap = told[0].best - told[1].best
    return gap if abs(gap) > ERRORS * (told[0].error + told[1].error) + EXACT else 0.0


def pairs(found: Raids, raid: str) -> list[tuple[Group, Group]]:
    """Return every two groups once."""
    groups = found.groups(raid)
    return [(a, b) for i, a in enumerate(groups) for b in groups[i + 1 :]]


def turns(found: Raids, raid: str) -> list[Turn]:
    """Return the pairs whose order turns between two discriminations, the widest first."""
    made = []
    for pair in pairs(found, raid):
        gaps = {mode: apart(found, raid, pair, mode) for mode in MODES}
        low, high = min(gaps, key=lambda m: gaps[m]), max(gaps, key=lambda m: gaps[m])
        if gaps[low] < 0.0 < gaps[high]:
            made.append(Turn(*pair, low, high, -gaps[low], gaps[high]))
    return sorted(made, key=lambda turn: -min(turn.gain, turn.loss))


def order_words(found: Raids, raid: str) -> str:
    """Return the sentence on whether the order turns, and else what only comes near it."""
    made = turns(found, raid)
    if made:
        first = made[0]
        words = text(
            "dossier_raids.lead.turns", first=label(found, first.first),
            second=label(found, first.second), one=_under(first.at), other=_under(first.then),
            gain=one(first.gain), loss=one(first.loss),
        )  # fmt: skip
        if len(made) > 1:
            key = "turns_one" if len(made) == 2 else "turns_more"
            words += " " + text(f"dossier_raids.lead.{key}", count=len(made) - 1)
        return words
    words = text("dossier_raids.lead.keeps")
    faded = _fades(found, raid)
    return f"{words} {faded}" if faded else words


def _fades(found: Raids, raid: str) -> str:
    """Return which pair is furthest apart under one discrimination and not apart under another."""
    best: tuple[float, str] = (0.0, "")
    for pair in pairs(found, raid):
        gaps = {mode: abs(apart(found, raid, pair, mode)) for mode in MODES}
        wide, same = max(gaps, key=lambda m: gaps[m]), min(gaps, key=lambda m: gaps[m])
        if gaps[same] == 0.0 and gaps[wide] > best[0]:
            words = text(
                "dossier_raids.lead.fades", first=label(found, pair[0]),
                second=label(found, pair[1]), gain=one(gaps[wide]), one=_under(wide),
                other=_under(same),
            )  # fmt: skip
            best = (gaps[wide], words)
    return best[1]


def _under(mode: str) -> str:
    return text(f"dossier_raids.under.{mode}")


def leads(found: Raids, raid: str, mode: str) -> list[str]:
    """Return the findings under one discrimination: without an agreement, and with those."""
    groups: dict[str, list[Group]] = {}
    for group in others(found, raid):
        groups.setdefault(verdict(found, raid, group[0], mode).kind, []).append(group)
    parts = []
    for kind, key in MOVES.items():
        if kind in groups:
            names = listed([label(found, group) for group in groups[kind]])
            parts.append(text(f"dossier_raids.lead.{key}", list=names))
    every = len(found.agreements) - 1
    moved = sum(len(group) for kind in MOVES for group in groups.get(kind, ()))
    words = text("dossier_raids.lead.same_all")
    if parts:
        if every > moved:
            parts.append(text("dossier_raids.lead.same", count=every - moved, all=every))
        whole = "; ".join(parts)
        words = f"{whole[0].upper()}{whole[1:]}."
    left = _left(found, raid) if mode == "none" else ""
    return [_without(found, raid, mode), f"{words} {left}".strip()]


def others(found: Raids, raid: str) -> list[Group]:
    """Return the groups that differ from having no agreement."""
    return [group for group in found.groups(raid) if NONE not in group]


def _left(found: Raids, raid: str) -> str:
    """Return how many of the differences told as stated are left without discrimination."""
    kinds = [
        [verdict(found, raid, group[0], mode).kind for mode in ("stated", "none")]
        for group in others(found, raid)
        for _ in group
    ]
    moved = [(one, other) for one, other in kinds if one in MOVES]
    kept = sum(one == other for one, other in moved)
    return text("dossier_raids.lead.left", count=len(moved), kept=kept) if moved else ""


def _without(found: Raids, raid: str, mode: str) -> str:
    told = found.get(raid, NONE, mode, LEAKERS)
    if told is None:
        return ""
    values = {"leakers": one(told.best), "objects": f"{found.objects(raid):.0f}"}
    values["under"] = _under(mode)
    if told.epistemic_p05 is None or told.epistemic_p95 is None or told.chance_p05 is None:
        return text("dossier_raids.lead.none_best", **values)
    return text(
        "dossier_raids.lead.none", **values, low=one(told.epistemic_p05),
        high=one(told.epistemic_p95), chance=by_chance(told),
    )  # fmt: skip
