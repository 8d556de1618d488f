"""Quantities that a scenario assumes in place of the catalogue's.

Three forms under a quantity's dotted id: a full quantity, a whole dispute, or ``{claim: ...}``,
which adopts another alternative of a catalogued dispute and keeps the rest as rivals.
"""

from __future__ import annotations

import dataclasses
import math

from longroad.base.errors import LongroadError
from longroad.base.quantity import Disputed, Quantity
from longroad.base.quantity_reader import read_quantity
from longroad.base.units import written as with_unit
from longroad.catalog import Catalog
from longroad.catalog.fields import Field, fields_of
from longroad.scenario.faults import Faults
from longroad.scenario.form import written
from longroad.scenario.node import Node
from longroad.scenario.references import catalog_quantity, check_sources
from longroad.scenario.values import check_status, place_of

_PICK_KEYS = frozenset({"claim", "note"})


def read_assumptions(
    node: Node | None, catalog: Catalog, faults: Faults
) -> dict[str, Quantity | Disputed]:
    """Return the quantities under ``assume:`` or under the ``set:`` of an assumption set."""
    found: dict[str, Quantity | Disputed] = {}
    if node is None:
        return found
    for id, child in node.mapping.items():
        catalogued = catalog_quantity(child, id, catalog, faults)
        if catalogued is None:
            continue
        quantity = _read(child, id, catalogued, catalog, faults)
        if quantity is not None and check_sources(quantity, child, catalog, faults):
            found[id] = quantity
    return found


def _read(
    node: Node, id: str, catalogued: Quantity | Disputed, catalog: Catalog, faults: Faults
) -> Quantity | Disputed | None:
    if not isinstance(node.value, dict):
        faults.at(
            node,
            f"{written(node)} stands without unit, status and source",
            expected="{best: 3 km/s, status: ..., source: ...} or {claim: <claim>}",
        )
        return None
    if "claim" in node.mapping and node.mapping.keys() <= _PICK_KEYS:
        return _pick(node, id, catalogued, faults)
    if not check_status(node, faults):
        return None
    field = _field(id, catalog)
    try:
        quantity = read_quantity(
            node.plain(),
            id=id,
            where=place_of(node, faults.file),
            dimension=field.dimension if field is not None else None,
        )
    except LongroadError as fault:
        faults.add(place_of(node, faults.file).locate(fault))
        return None
    if field is not None and not _within(quantity, field):
        faults.at(
            node,
            f"{id} is beyond what it can be",
            expected=_bounds(quantity, field),
        )
        return None
    return quantity


def _field(id: str, catalog: Catalog) -> Field | None:
    """Return what the catalogue says about the field that a dotted id ends in."""
    kind, slug, name = id.split(".")
    facts = catalog.entry(f"{kind}/{slug}").facts
    return next((field for field in fields_of(kind, slug, facts) if field.name == name), None)


def _within(quantity: Quantity | Disputed, field: Field) -> bool:
    parts = quantity.alternatives if isinstance(quantity, Disputed) else (quantity,)
    slack = 1e-12 * max(1.0, abs(field.least), 0.0 if math.isinf(field.greatest) else 1.0)
    return all(
        part.low >= field.least - slack and part.high <= field.greatest * (1.0 + 1e-12) + slack
        for part in parts
    )


def _bounds(quantity: Quantity | Disputed, field: Field) -> str:
    unit = (quantity.alternatives[0] if isinstance(quantity, Disputed) else quantity).unit
    least = with_unit(field.least, unit)
    if math.isinf(field.greatest):
        return f"at least {least}"
    return f"{least} to {with_unit(field.greatest, unit)}"


def _pick(node: Node, id: str, catalogued: Quantity | Disputed, faults: Faults) -> Disputed | None:
    claim = node.mapping["claim"]
    if not isinstance(claim.value, str):
        faults.at(claim, f"{written(claim)} is not a claim", expected="the name of a claim")
        return None
    if not isinstance(catalogued, Disputed):
        faults.at(claim, f"{id} is not disputed, so it has no claims", expected="a full quantity")
        return None
    try:
        return dataclasses.replace(catalogued, adopted=str(claim.value))
    except LongroadError as fault:
        faults.add(place_of(claim, faults.file).locate(fault))
        return None
