"""What an arrangement changes in a raid, for whom and how surely: numbers, kinds and sentences."""

from __future__ import annotations

from dataclasses import dataclass

from longroad.base.messages import text
from longroad.dossier.agreement_data import NONE
from longroad.dossier.numbers import listed
from longroad.dossier.raid_data import ELSEWHERE, LEAKERS, PROCEDURE, WASTED, Group, Raids, Told

# A change is told where it is at least so many sampling errors.
ERRORS = 2.0
# Below it an end of an interval is nothing to a reader, who sees one digit.
LEAST = 0.05
EXACT = 1e-9
MOST_NAMES = 2


@dataclass(frozen=True)
class Change:
    """A difference and how sure it is.

    ``kind``: *nothing* (none, under all assumptions), *noise* (less than twice the sampling
    error), *unsure* (its interval holds zero), *sure*; ``sign`` of what is told, else 0.
    """

    kind: str
    told: Told

    @property
    def sign(self) -> int:
        """Which way it goes: +1, -1, or 0 where nothing is to be told."""
        if self.kind not in ("sure", "unsure"):
            return 0
        return 1 if self.told.best > 0.0 else -1

    @property
    def open(self) -> bool:
        """Whether under other assumptions there is more than the best estimates show."""
        ends = (self.told.epistemic_p05, self.told.epistemic_p95)
        return self.kind == "noise" and any(abs(end) >= LEAST for end in ends if end is not None)


def change(told: Told | None) -> Change:
    """Return what a difference amounts to."""
    if told is None:
        return Change("nothing", Told(0.0))
    low, high = told.epistemic_p05, told.epistemic_p95
    if abs(told.best) <= EXACT or abs(told.best) < ERRORS * told.error:
        still = max(abs(told.best), told.error, abs(low or 0.0), abs(high or 0.0)) <= EXACT
        return Change("nothing" if still else "noise", told)
    if low is not None and high is not None and low <= 0.0 <= high:
        return Change("unsure", told)
    return Change("sure", told)


def one(value: float) -> str:
    """Return a number of missiles or interceptors: one digit, two where one would say nothing."""
    shown = f"{value:.1f}" if abs(value) >= LEAST or value == 0.0 else f"{value:.2f}"
    return "0.0" if float(shown) == 0.0 else shown.replace("-", "\N{MINUS SIGN}")


def signed(value: float, digits: int = 1) -> str:
    """Return a difference with its sign; what rounds to nothing has none."""
    shown = f"{value:+.{digits}f}"
    return "0" if float(shown) == 0.0 else shown.replace("-", "\N{MINUS SIGN}")


def by_chance(told: Told) -> str:
    """Return the interval of chance in whole numbers, or nothing where there is none."""
    if told.chance_p05 is None or told.chance_p95 is None:
        return text("dossier.format.none")
    low, high = f"{told.chance_p05:.0f}", f"{told.chance_p95:.0f}"
    return low if low == high else text("dossier_raids.table.range", low=low, high=high)


def party_name(found: Raids, party: str) -> str:
    """Return a party's name."""
    if party == ELSEWHERE:
        return text("dossier_raids.elsewhere")
    return next((one.name for one in found.variant.parties if one.id == party), party)


def label(found: Raids, group: Group) -> str:
    """Return the names of a group in short: two of them and how many more."""
    names = [found.agreements[id] for id in group]
    if NONE in group and len(names) > 1:
        words = {"name": names[0], "count": len(names) - 1}
        return text("dossier_raids.table.same_as_none", **words)
    if len(names) <= MOST_NAMES + 1:
        return listed(names)
    rest = len(names) - MOST_NAMES
    return text("dossier_raids.table.more", list=", ".join(names[:MOST_NAMES]), count=rest)


@dataclass(frozen=True)
class Verdict:
    """What an arrangement changes in one raid under one discrimination."""

    parties: dict[str, Change]
    wasted: Change
    procedure: float

    @property
    def kind(self) -> str:
        """*harms*, *helps*, *mixed* (surely or perhaps), *unsure*, *wastes*, or *same*."""
        signs = {one.sign for one in self.parties.values()} - {0}
        if len(signs) == 2:
            return "mixed"
        sure = any(one.kind == "sure" for one in self.parties.values())
        if signs and not sure:
            return "unsure"
        if signs:
            return "helps" if signs == {-1} else "harms"
        if self.wasted.sign > 0:
            return "wastes"
        return "same"


def verdict(found: Raids, raid: str, agreement: str, mode: str) -> Verdict:
    """Return what an arrangement changes against having none."""
    procedure = found.get(raid, agreement, mode, PROCEDURE)
    return Verdict(
        {
            party: change(found.difference(raid, agreement, mode, LEAKERS, party))
            for party in found.territories(raid)
        },
        change(found.difference(raid, agreement, mode, WASTED)),
        procedure.best if procedure is not None else 0.0,
    )


def badge(found: Raids, made: Verdict) -> str:
    """Return the verdict in a few words: who is helped, who is harmed, whether more is wasted."""
    parts = []
    for word, sign in (("harm", 1), ("help", -1)):
        for kind, key in (("sure", f"{word}s"), ("unsure", f"may_{word}")):
            named = [
                party_name(found, party)
                for party, one in made.parties.items()
                if one.kind == kind and one.sign == sign
            ]
            if named:
                parts.append(text(f"dossier_raids.badge.{key}", list=listed(named)))
    if made.wasted.kind == "sure":
        word = "wastes" if made.wasted.sign > 0 else "spares"
        parts.append(text(f"dossier_raids.badge.{word}"))
    return ", ".join(parts) or text("dossier_raids.badge.same")


def sentence(found: Raids, raid: str, group: Group, mode: str) -> str:
    """Return the one sentence on an arrangement: what it changes, for whom, how sure that is."""
    others = [found.agreements[id] for id in group if id != NONE]
    if NONE in group:
        base = text("dossier_raids.say.base")
        same = text("dossier_raids.say.same_none", list=listed(others)) if others else ""
        return f"{base} {same}".strip()
    made = verdict(found, raid, group[0], mode)
    parts = [_gets_through(found, made)]
    if made.wasted.sign:
        word = "wastes" if made.wasted.sign > 0 else "spares"
        count = text(f"dossier_raids.say.{word}", count=one(abs(made.wasted.told.best)))
        parts.append(_assumed(count, made.wasted))
    if made.procedure >= LEAST:
        parts.append(text("dossier_raids.say.procedure", count=one(made.procedure)))
    clauses = parts[0]
    if len(parts) > 1:
        first = ", ".join(parts[:-1])
        clauses = text("dossier_raids.say.and", first=f"{first},", second=parts[-1])
    return text("dossier_raids.say.with", name=listed(others), clauses=clauses)


def _gets_through(found: Raids, made: Verdict) -> str:
    """Return the clause on what gets through, party by party."""
    told: dict[int, list[str]] = {1: [], -1: []}
    quiet = []
    for party, one_change in made.parties.items():
        name = party_name(found, party)
        if one_change.sign:
            key = "more" if one_change.sign > 0 else "fewer"
            count = one(abs(one_change.told.best))
            words = text(f"dossier_raids.say.{key}", count=count, party=name)
            told[one_change.sign].append(_assumed(words, one_change))
        elif one_change.kind == "noise":
            words = text("dossier_raids.say.noise", party=name)
            quiet.append(_assumed(words, one_change) if one_change.open else words)
        else:
            quiet.append(text("dossier_raids.say.none", party=name))
    sides = [listed(side) for side in (told[-1], told[1]) if side]
    if not sides:
        return _unmoved(made, quiet)
    clause = sides[0]
    if len(sides) == 2:
        clause = text("dossier_raids.say.but", first=sides[0], second=sides[1])
    if quiet:
        clause = text("dossier_raids.say.comma", first=clause, second=listed(quiet))
    return clause


def _unmoved(made: Verdict, quiet: list[str]) -> str:
    kinds = {one.kind for one in made.parties.values()}
    if kinds <= {"nothing"}:
        return text("dossier_raids.say.nothing")
    if any(one.open for one in made.parties.values()):
        return listed(quiet)
    return text("dossier_raids.say.noise_all")


def _assumed(words: str, made: Change) -> str:
    """Return words with the interval under the assumptions, and whether that leaves them sure."""
    low, high = made.told.epistemic_p05, made.told.epistemic_p95
    if low is None or high is None:
        return words
    key = "unsure" if made.kind == "unsure" else "assumed"
    return text(f"dossier_raids.say.{key}", words=words, low=signed(low), high=signed(high))
