"""What there is to say about a negotiation file, or about the one beside a scenario."""

from __future__ import annotations

from pathlib import Path

from longroad.base.errors import LongroadError
from longroad.catalog import Catalog
from longroad.scenario.checks import as_finding
from longroad.scenario.faults import ScenarioFaultsError
from longroad.scenario.finding import Finding
from longroad.scenario.packs import NEGOTIATION_FILE, SCENARIO_FILE
from longroad.scenario.read_negotiation import load_negotiation, locate_negotiation

# The name under which the faults of such a file are found.
NEGOTIATION = "negotiation"


def check_negotiation(
    path_or_pack: str | Path, *, catalog: Catalog | None = None
) -> tuple[Finding, ...]:
    """Return one finding of severity *error* for each fault; none where there is no such file."""
    try:
        file = locate_negotiation(path_or_pack)
    except LongroadError:
        return ()
    try:
        load_negotiation(file, catalog=catalog)
    except ScenarioFaultsError as error:
        return tuple(as_finding(fault, str(file), NEGOTIATION) for fault in error.faults)
    except LongroadError as fault:
        return (as_finding(fault, str(file), NEGOTIATION),)
    return ()


def only_negotiation(path_or_pack: str | Path) -> bool:
    """Return whether this means a negotiation that has no scenario beside it."""
    try:
        file = locate_negotiation(path_or_pack)
    except LongroadError:
        return False
    named = Path(path_or_pack) == file
    return named or (file.name == NEGOTIATION_FILE and not file.with_name(SCENARIO_FILE).is_file())
