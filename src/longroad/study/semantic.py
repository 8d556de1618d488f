"""Semantic checks: everything there is to say about a scenario before it is run.

    from longroad.study import semantic

    for finding in semantic.check("epaa-2011"):
        print(finding)

The checks of `longroad.scenario.checks` need no computation; those here rehearse the run on best
estimates (`longroad.study.rehearsal`). What has severity *error* has no meaning that could be run,
and `longroad run` refuses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from longroad.base.errors import LongroadError, ScenarioError
from longroad.catalog import Catalog
from longroad.scenario import Finding, Scenario, ScenarioFaultsError, Variant, checks
from longroad.scenario.finding import Check, Checks, Remark, said
from longroad.scenario.origin import Origin
from longroad.study import (
    agreement_checks,
    claim_checks,
    flight_checks,
    raid_checks,
    sensing_checks,
)
from longroad.study.rehearsal import Rehearsal

CANNOT_COMPUTE = "cannot-compute"
NOT_REHEARSED = "not-rehearsed"


def registry() -> tuple[Check, ...]:
    """Return all checks by the names under which findings appear, faults of form first."""
    nothing = _says_nothing
    return (
        Check(checks.FORM, ("error",), nothing),
        *checks.every(),
        *flight_checks.VARIANT_CHECKS.values(),
        *sensing_checks.VARIANT_CHECKS.values(),
        *agreement_checks.VARIANT_CHECKS.values(),
        *raid_checks.VARIANT_CHECKS.values(),
        *claim_checks.SCENARIO_CHECKS.values(),
        Check(CANNOT_COMPUTE, ("error",), nothing),
        Check(NOT_REHEARSED, ("note",), nothing),
    )


def check(path_or_pack: str | Path, *, catalog: Catalog | None = None) -> tuple[Finding, ...]:
    """Return everything there is to say about a scenario file, in the order of its lines.

    A file that does not load gives its faults of form alone. Raises :class:`ScenarioError` only
    when there is no such file.
    """
    return checks.check(path_or_pack, catalog=catalog, checks=check_scenario)


def check_scenario(scenario: Scenario) -> tuple[Finding, ...]:
    """Return the findings of all checks on a loaded scenario."""
    return checks.findings(scenario, [*checks.heard(scenario), *_heard(scenario)])


def require_sound(scenario: Scenario) -> tuple[Finding, ...]:
    """Return all findings; raise :class:`ScenarioFaultsError` if any is an error.

    The first error is the one raised; its ``faults`` holds all of them.
    """
    found = check_scenario(scenario)
    errors = [
        ScenarioError(one.text.rstrip("."), file=one.file, line=one.line, field=one.field)
        for one in found
        if one.severity == "error"
    ]
    if errors:
        first = errors[0]
        refusal = ScenarioFaultsError(
            first.what, file=first.file, line=first.line, field=first.field
        )
        refusal.faults = tuple(errors)
        raise refusal
    return found


def _heard(scenario: Scenario) -> Iterator[checks.Heard]:
    rehearsal = Rehearsal(scenario)
    if rehearsal.resolution is None:
        origin = scenario.variants[0].origin
        yield NOT_REHEARSED, Remark("note", said("not_rehearsed"), origin), None
        return
    groups: tuple[Checks, ...] = (
        flight_checks.VARIANT_CHECKS,
        sensing_checks.VARIANT_CHECKS,
        agreement_checks.VARIANT_CHECKS,
        raid_checks.VARIANT_CHECKS,
    )
    for variant in scenario.variants:
        for group in groups:
            for one in group.values():
                yield from _guarded(one, variant, scenario, rehearsal, variant)
    for one in claim_checks.SCENARIO_CHECKS.values():
        yield from _guarded(one, None, scenario, rehearsal, scenario)


def _guarded(
    check: Check, variant: Variant | None, scenario: Scenario, *given: object
) -> Iterator[checks.Heard]:
    """Yield what a check says; where a number has no meaning for the models, say that instead."""
    id = variant.id if variant is not None else None
    try:
        for remark in check.function(*given):
            yield check.name, remark, id
    except LongroadError as fault:
        expected = f"; expected {fault.expected}" if fault.expected else ""
        words = said("cannot_compute", fault=f"{fault.what}{expected}".rstrip("."))
        origin = _to_blame(fault, variant or scenario.variants[0])
        yield CANNOT_COMPUTE, Remark("error", words, origin), id


def _to_blame(fault: LongroadError, variant: Variant) -> Origin:
    """Return the assumption that a fault's field names, or else the variant."""
    if fault.line is not None:
        return Origin(fault.line, fault.field or "")
    for id, origin in variant.assume_origins.items():
        if fault.field and id.endswith(f".{fault.field}"):
            return origin
    return variant.origin


def _says_nothing(*_: object) -> Iterator[Remark]:
    return iter(())
