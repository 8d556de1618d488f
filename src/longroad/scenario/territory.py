"""Defended territory: whether its countries exist, and how many cells it makes."""

from __future__ import annotations

import math

from longroad.base.errors import GeometryError, ScenarioError
from longroad.earth.borders import country_at
from longroad.earth.countries import check_countries as known_countries
from longroad.earth.territories import territory_cells
from longroad.scenario.faults import Faults
from longroad.scenario.form import written
from longroad.scenario.model import Grid, Variant
from longroad.scenario.node import Node
from longroad.scenario.sizes import (
    MOST_ARCS,
    MOST_ENSEMBLE_CELLS,
    MOST_MAP_CELLS,
    MOST_TRAJECTORIES,
)
from longroad.scenario.world import Party, Position


def check_countries(node: Node | None, faults: Faults) -> bool:
    """Return whether every code in the list is a country that Longroad knows, each once."""
    before = len(faults)
    seen: set[str] = set()
    for member in node.items if node is not None else ():
        code = member.value
        if not isinstance(code, str):
            continue  # not text; reported with the form
        if code in seen:
            faults.at(member, f"'{code}' is listed twice", expected="each country once")
        seen.add(code)
        try:
            known_countries([code])
        except GeometryError as fault:
            what = f"there is no country {written(member)}"
            faults.at(member, what, expected=fault.expected, nearest=fault.nearest)
    return len(faults) == before


def check_size(variant: Variant, grid: Grid, root: Node, faults: Faults) -> None:
    """Add a fault when a territory is empty, or a variant needs more than is allowed.

    That is: cells, arcs of threats, strategic trajectories.
    """
    _check_trajectories(variant, faults)
    at, _ = root.nearest_place(("grid", "map"))
    attacked = {party.id: party for threat in variant.threats for party in threat.against}
    rows: dict[str, int] = {}
    for party in attacked.values():
        rows[party.id] = _count(party, grid.map)
        if party.defends and not rows[party.id]:
            where, _ = root.nearest_place(("parties", party.id, "within"))
            faults.at(
                where,
                f"no land that '{party.id}' defends lies inside the box",
                expected="a box around at least part of it",
            )
    for name, resolution, most in (
        ("map", grid.map, MOST_MAP_CELLS),
        ("ensemble", grid.ensemble, MOST_ENSEMBLE_CELLS),
    ):
        cells = sum(_count(party, resolution) for party in attacked.values())
        if cells > most:
            place, _ = root.nearest_place(("grid", name))
            faults.at(
                place,
                f"the territory would be {cells:,} cells at resolution {resolution}",
                expected=f"at most {most:,}: a coarser grid or fewer countries",
            )
            return
    arcs = sum(
        len(threat.launch_areas) * len(threat.shapes) * rows[party.id]
        for threat in variant.threats
        for party in threat.against
    )
    if arcs > MOST_ARCS:
        faults.at(
            at,
            f"launch areas, shapes and cells would make {arcs:,} trajectories",
            expected=f"at most {MOST_ARCS:,}: a coarser grid, fewer areas or fewer shapes",
        )


def _check_trajectories(variant: Variant, faults: Faults) -> None:
    count = sum(len(group) for group in variant.trajectories)
    if count > MOST_TRAJECTORIES:
        largest = max(variant.trajectories, key=len)
        faults.add(
            ScenarioError(
                f"bases, end points and shapes would make {count:,} trajectories",
                file=faults.file,
                line=largest.origin.line,
                field=largest.origin.path,
                expected=f"at most {MOST_TRAJECTORIES:,} in a variant, all groups together",
            )
        )


def country_of(position: Position) -> str | None:
    """Return the ISO A3 code of the country at a position, or None at sea."""
    return country_at(math.degrees(position.latitude_rad), math.degrees(position.longitude_rad))


def _count(party: Party, resolution: int) -> int:
    return len(territory_cells(party.defends, resolution, party.within)) if party.defends else 0
