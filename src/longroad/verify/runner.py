"""Computes cases and compares them with what was published."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from longroad.base.errors import LongroadError, UsageError, nearest
from longroad.base.messages import text
from longroad.verify import registry
from longroad.verify.case import Case
from longroad.verify.figure import Found
from longroad.verify.reader import load_cases

# Importing one of these enters its functions.
MODULES = (
    "orbits", "earth", "ballistics", "kinematics", "radar", "raids", "reach", "exchange",
    "bargaining",
)  # fmt: skip


class Verdict(StrEnum):
    """What came of a case."""

    PASS = "pass"
    MISS = "miss"
    EXPLAINED = "explained"
    """A miss that is understood and written down; such cases gate nothing."""


@dataclass(frozen=True)
class Result:
    """A case with what was computed; ``computed`` and ``met`` stand in the case's own order."""

    case: Case
    computed: tuple[Found, ...]
    met: tuple[bool, ...]
    verdict: Verdict
    fault: str | None = None
    """Why there is nothing to compare, if the computation failed."""


def prepare() -> None:
    """Enter the functions of all cases."""
    for name in MODULES:
        importlib.import_module(f"longroad.verify.{name}")


def run_cases(group: str | None = None, ids: Sequence[str] = ()) -> tuple[Result, ...]:
    """Return the results of all cases, of one group, or of the cases named.

    Raises :class:`UsageError` with the nearest word for a group or a case that does not exist,
    and where a case does not belong to the group.
    """
    prepare()
    return tuple(run_case(case) for case in _chosen(load_cases(), group, ids))


def run_case(case: Case) -> Result:
    """Return the result of one case."""
    if case.id not in registry.known():
        return Result(case, (), (), Verdict.MISS, text("verify.no_computation"))
    try:
        given = {one.name: one for one in registry.computation(case.id)(case.inputs)}
        computed = tuple(given[expected.name] for expected in case.expected)
    except LongroadError as fault:
        return Result(case, (), (), Verdict.MISS, str(fault))
    met = tuple(expected.met_by(one) for expected, one in zip(case.expected, computed, strict=True))
    missed = [expected for expected, fine in zip(case.expected, met, strict=True) if not fine]
    if not missed:
        verdict = Verdict.PASS
    elif all(expected.known_miss for expected in missed):
        verdict = Verdict.EXPLAINED
    else:
        verdict = Verdict.MISS
    return Result(case, computed, met, verdict)


def failed(results: Sequence[Result]) -> tuple[Result, ...]:
    """Return the results that fail a verification: gated cases that miss."""
    return tuple(r for r in results if r.case.gated and r.verdict is not Verdict.PASS)


def _chosen(cases: Sequence[Case], group: str | None, ids: Sequence[str]) -> list[Case]:
    groups = list(dict.fromkeys(case.group for case in cases))
    if group is not None and group.upper() not in groups:
        raise UsageError(
            text("verify.no_group", group=group),
            expected=", ".join(groups),
            nearest=nearest(group, groups),
        )
    pool = [case for case in cases if group is None or case.group == group.upper()]
    if not ids:
        return pool
    by_id = {case.id: case for case in pool}
    chosen = []
    for id in dict.fromkeys(one.upper() for one in ids):
        if id not in by_id:
            raise UsageError(
                text("verify.no_case", id=id),
                expected=text("verify.ids", first=pool[0].id, last=pool[-1].id),
                nearest=nearest(id, by_id),
            )
        chosen.append(by_id[id])
    return chosen
