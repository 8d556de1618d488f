"""Limits as they are asked for: by a command, and by a run for its tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from longroad.base.errors import UsageError, nearest
from longroad.base.quantity import LEAST_JUDGEMENT_SPREAD
from longroad.deterrent import Answer, Force, Limit, LimitError, LimitSet, Outcome, answers
from longroad.scenario import Scenario, Variant, load
from longroad.study.columns import adopted
from longroad.study.exchange_defence import countries
from longroad.study.growth import PRESENT, grown
from longroad.study.limits_apply import changes
from longroad.study.limits_assume import FIRST, LATE
from longroad.study.limits_growth import GrowthRow, growth_rows
from longroad.study.limits_search import (
    LimitRow,
    Searched,
    search_limits,
    sets_of,
    tolerable_of,
)
from longroad.study.limits_told import MOST, default_sets, limited_parties
from longroad.study.limits_world import rivals_of
from longroad.study.pipeline import Progress, with_numbers, worker_count

LAST = "default.reach.last_delay"


@dataclass(frozen=True)
class Limits:
    """What limits do to one party's defence: a row a set, the frontier, and the answer."""

    searched: Searched
    answers: tuple[Answer, ...]

    @property
    def rows(self) -> tuple[LimitRow, ...]:
        """Return a row for each set, the first without limits."""
        return self.searched.rows

    @property
    def knee(self) -> Outcome | None:
        """Return the outcome at the knee of the frontier, where it has one."""
        return self.searched.frontier.knee


def limits(
    scenario: Scenario | str | Path,
    *,
    party: str | None = None,
    variant: str | None = None,
    concern: str | None = None,
    towards: str | None = None,
    delay_s: float | None = None,
    chosen: Sequence[Limit] = (),
    together: bool = False,
    most: int = MOST,
    grow: str = PRESENT,
    tolerable: float | None = None,
    seed: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Limits:
    """Return what sets of limits on one party's defence cost it and leave of each concern.

    ``concern`` is the one party whose deterrent counts, by default every other party that has one;
    ``towards`` the country of end points that counts, by default each; ``delay_s`` the launch time
    after the missile's ignition, beside the one that sensors support, by default the catalogue's
    ``default.reach.late_delay`` (``default.reach.first_delay`` under the strongest claims).
    ``chosen`` are the limits to combine, up to ``most`` at once, by default those of
    :func:`default_limits`; with ``together`` they are one set. ``grow`` is a step of growth that
    the defence has taken before it is limited. ``tolerable`` is the share below which a concern
    counts as moot, by default ``default.limits.tolerable_share``.

    Raises :class:`UsageError` where there is nothing to limit or to worry about, or for a word that
    is not known; :class:`LimitError` for limits that contradict each other or name what is not
    there.
    """
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    loaded = with_numbers(loaded, None, seed)
    meant = loaded.variant(variant or loaded.headline)
    if delay_s is not None:
        meant = _at_delay(meant, delay_s)
    owner = party_of(meant, party)
    rivals = _rivals(loaded, meant, owner, concern)
    if towards is not None:
        ends = [end for force in rivals for end in countries(meant, force.party)]
        _check(towards, "towards", list(dict.fromkeys(ends)))
    if grow != PRESENT and len(rivals) > 1:
        raise UsageError(
            f"'{grow}' is asked for {len(rivals)} deterrents, and ships stand for one at a time",
            field="concern",
            expected="one of " + ", ".join(force.party for force in rivals),
        )
    meant = grown(loaded, meant, owner, rivals[0].party, grow)
    count = worker_count(workers)
    if chosen:
        sets = _sets(meant, owner, chosen, together=together, most=most)
    else:
        sets = default_sets(loaded, meant, owner, rivals, most, count)
    if progress is not None:
        progress("study.limits", 0, 1)
    found = search_limits(loaded, meant, owner, rivals, sets, count, towards)
    if progress is not None:
        progress("study.limits", 1, 1)
    level = tolerable_of(meant) if tolerable is None else tolerable
    return Limits(found, answers(found.frontier, level))


def growth_of(
    scenario: Scenario | str | Path,
    *,
    party: str | None = None,
    variant: str | None = None,
    concern: str | None = None,
    seed: int | None = None,
    workers: int | None = None,
) -> tuple[GrowthRow, ...]:
    """Return what a party's defence takes at every step of its growth, under limits and without.

    Words as for :func:`limits`, which see.
    """
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    loaded = with_numbers(loaded, None, seed)
    meant = loaded.variant(variant or loaded.headline)
    owner = party_of(meant, party)
    rivals = _rivals(loaded, meant, owner, concern)
    return growth_rows(loaded, meant, owner, rivals, worker_count(workers))


def _sets(
    variant: Variant, party: str, chosen: Sequence[Limit], *, together: bool, most: int
) -> tuple[LimitSet, ...]:
    if together:
        both = LimitSet("l1", tuple(chosen))  # refuses what contradicts
        changes(variant, both)  # and what is not there
        return (LimitSet("l0"), both)
    for one in chosen:
        changes(variant, LimitSet("l1", (one,)))
    wrong = next((one for one in chosen if one.party != party), None)
    if wrong is not None:
        raise LimitError(
            f"'{wrong.words}' is on another party than the one asked about",
            field="party",
            expected=party,
        )
    return sets_of(party, tuple(dict.fromkeys(chosen)), most, marks=False)


def party_of(variant: Variant, party: str | None) -> str:
    """Return the party to limit: as named, else the owner of the first battery."""
    owners = list(limited_parties(variant))
    if not owners:
        raise UsageError(f"'{variant.id}' has no batteries to limit", expected="a battery")
    if party is None:
        return owners[0]
    parties = [one.id for one in variant.parties]
    if party in parties and party not in owners:
        raise UsageError(
            f"'{party}' has no batteries in '{variant.id}' to limit",
            field="party",
            expected="a party with batteries: " + ", ".join(owners),
        )
    _check(party, "party", owners)
    return party


def _rivals(
    scenario: Scenario, variant: Variant, party: str, concern: str | None
) -> tuple[Force, ...]:
    rivals = rivals_of(scenario, variant, party)
    known = [force.party for force in rivals]
    if not rivals:
        raise UsageError(
            f"no other party of '{variant.id}' has a strategic force whose flights are known",
            expected="a scenario with trajectories of parties with strategic forces",
        )
    if concern is None:
        return rivals
    if concern not in known and concern in {one.id for one in variant.parties}:
        why = "is the party limited" if concern == party else "has no strategic force with flights"
        raise UsageError(
            f"'{concern}' {why} in '{variant.id}'",
            field="concern",
            expected="a party with one: " + ", ".join(known),
        )
    _check(concern, "concern", known)
    return tuple(force for force in rivals if force.party == concern)


def _at_delay(variant: Variant, delay_s: float) -> Variant:
    """Return a variant whose reach is asked at another launch delay."""
    if not 0.0 <= delay_s < np.inf:
        raise UsageError(f"a delay of {delay_s:g} s", field="delay", expected="0 s or more")
    width = LEAST_JUDGEMENT_SPREAD * delay_s
    last = adopted(variant.quantity(LAST))
    assume = dict(variant.assume)
    # Under the strongest claims reach is asked at the first delay of the axis: the same here.
    for id in (LATE, FIRST, *([LAST] if last.best < delay_s else [])):
        assume[id] = replace(
            adopted(variant.quantity(id)),
            best=delay_s, low=delay_s - width, high=delay_s + width, distribution="fixed",
        )  # fmt: skip
    return replace(variant, assume=assume)


def _check(word: str, field: str, known: list[str]) -> None:
    """Raise :class:`UsageError` for a word that is not known."""
    if word not in known:
        raise UsageError(
            f"'{word}' does not fit here",
            field=field,
            expected=", ".join(known) or "nothing",
            nearest=nearest(word, known),
        )
