"""Checks before a run that need no computation: whether a scenario says what its author meant.

What cannot be loaded is an error and comes from loading itself. Whether a missile reaches and
what a sensor sees is checked by `longroad.study.semantic`, which runs these checks too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from longroad.base.errors import LongroadError
from longroad.catalog import Catalog
from longroad.scenario import agreement_checks, number_checks, place_checks, use_checks
from longroad.scenario.faults import ScenarioFaultsError
from longroad.scenario.finding import Check, Checks, Finding, Remark
from longroad.scenario.ground import Grounds, positions
from longroad.scenario.load import load
from longroad.scenario.model import Scenario
from longroad.scenario.packs import locate

CHECKS: Checks = {
    **use_checks.VARIANT_CHECKS,
    **use_checks.SCENARIO_CHECKS,
    **place_checks.VARIANT_CHECKS,
    **number_checks.VARIANT_CHECKS,
    **agreement_checks.VARIANT_CHECKS,
    **number_checks.SCENARIO_CHECKS,
}
# The name under which the faults of a file that does not load are found.
FORM = "form"
Heard = tuple[str, Remark, str | None]


def check(
    path_or_pack: str | Path,
    *,
    catalog: Catalog | None = None,
    checks: Callable[[Scenario], tuple[Finding, ...]] | None = None,
) -> tuple[Finding, ...]:
    """Return everything there is to say about a scenario file, in the order of its lines.

    A file that does not load gives one finding of severity *error* per fault; the other checks
    (``checks``, by default those of this room) need a scenario that loads. Raises
    :class:`ScenarioError` only when there is no such file.
    """
    file = locate(path_or_pack)
    try:
        scenario = load(file, catalog=catalog)
    except ScenarioFaultsError as error:
        return tuple(as_finding(fault, str(file)) for fault in error.faults)
    except LongroadError as fault:
        return (as_finding(fault, str(file)),)
    return (checks or check_scenario)(scenario)


def check_scenario(scenario: Scenario) -> tuple[Finding, ...]:
    """Return the findings of the checks of this room on a loaded scenario."""
    return findings(scenario, heard(scenario))


def heard(scenario: Scenario) -> list[Heard]:
    """Return what every check of this room says, with the variant it speaks of."""
    grounds = Grounds(positions(scenario))
    return [
        *of_variants(scenario, use_checks.VARIANT_CHECKS),
        *of_variants(scenario, place_checks.VARIANT_CHECKS, grounds),
        *of_variants(scenario, number_checks.VARIANT_CHECKS),
        *of_variants(scenario, agreement_checks.VARIANT_CHECKS),
        *of_scenario(scenario, use_checks.SCENARIO_CHECKS),
        *of_scenario(scenario, number_checks.SCENARIO_CHECKS),
    ]


def of_variants(scenario: Scenario, checks: Checks, *given: object) -> Iterable[Heard]:
    """Yield what checks of single variants say; ``given`` comes before the variant."""
    for variant in scenario.variants:
        for check in checks.values():
            for remark in check.function(*given, variant):
                yield check.name, remark, variant.id


def of_scenario(scenario: Scenario, checks: Checks, *given: object) -> Iterable[Heard]:
    """Yield what checks of a whole scenario say; ``given`` comes before the scenario."""
    for check in checks.values():
        for remark in check.function(*given, scenario):
            yield check.name, remark, None


def findings(scenario: Scenario, remarks: Iterable[Heard]) -> tuple[Finding, ...]:
    """Return remarks as findings in the order of lines; what several variants share is one."""
    found: dict[tuple[str, Remark], list[str]] = {}
    for name, remark, variant in remarks:
        variants = found.setdefault((name, remark), [])
        if variant is not None and variant not in variants:
            variants.append(variant)
    made = [
        Finding(
            check=name,
            severity=remark.severity,
            text=remark.text,
            file=remark.file or scenario.file,
            line=remark.origin.line,
            field=remark.origin.path or None,
            variants=tuple(variants) if len(scenario.variants) > 1 else (),
        )
        for (name, remark), variants in found.items()
    ]
    # The scenario's own lines first, then those of the claims beside it.
    return tuple(sorted(made, key=lambda one: (one.file != scenario.file, one.line or 0)))


def as_finding(fault: LongroadError, file: str, check: str = FORM) -> Finding:
    """Return a fault as a finding of severity *error*."""
    said = fault.what
    if fault.expected:
        said += f"; expected {fault.expected}"
    if fault.nearest:
        said += f"; did you mean '{fault.nearest}'?"
    return Finding(check, "error", said, fault.file or file, fault.line, fault.field)


def every() -> tuple[Check, ...]:
    """Return the checks of this room in the order in which they stand."""
    return tuple(CHECKS.values())
