"""Names that point elsewhere: into the catalogue, or to another entry of the same file."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from longroad.base.errors import nearest
from longroad.base.quantity import Disputed, Quantity
from longroad.catalog import Catalog, Entry
from longroad.scenario.faults import Faults
from longroad.scenario.form import listed, written
from longroad.scenario.node import Node, dotted


def catalog_entry(node: Node | None, kind: str, catalog: Catalog, faults: Faults) -> Entry | None:
    """Return the catalogue entry that ``kind/id`` names, or None with a fault."""
    if node is None or not isinstance(node.value, str):
        return None
    own, _, id = node.value.partition("/")
    found = _entry(catalog, kind, id) if own == kind else None
    if found is None:
        faults.at(
            node,
            f"the catalogue has no {kind} {written(node)}",
            expected=f"{kind}/<id>, as `longroad catalog {kind}` lists them",
            nearest=partial(_nearest_entry, catalog, kind, node.value),
        )
    return found


def _entry(catalog: Catalog, kind: str, id: str) -> Entry | None:
    """Return an entry or None; the catalogue's own error would look for the nearest each time."""
    return next((entry for entry in catalog.entries(kind) if entry.id == id), None)


def _nearest_entry(catalog: Catalog, kind: str, name: str) -> str | None:
    ids = [entry.id for entry in catalog.entries(kind)]
    meant = nearest(name.rpartition("/")[2], ids)
    return f"{kind}/{meant}" if meant else None


def known_id(
    node: Node | None,
    noun: str,
    known: Collection[str],
    faults: Faults,
    section: Node | None = None,
) -> str | None:
    """Return the id of an entry of this file (a ``noun``), or None with a fault.

    When a variant removed the entry from ``section``, the fault is the removal's.
    """
    if node is None or not isinstance(node.value, str):
        return None
    if node.value in known:
        return node.value
    if section is not None and node.value in section.removed:
        faults.at(
            section.removed[node.value],
            f"this removes the {noun} '{node.value}', which '{dotted(node.path)}' still names",
            expected=f"the {noun} left in, or what names it changed too",
        )
        return None
    names = list(known)
    faults.at(
        node,
        f"there is no {noun} {written(node)} in this scenario",
        expected=listed(names) if names else f"a {noun} of this scenario (it has none)",
        nearest=partial(nearest, node.value, names),
    )
    return None


def known_ids(
    node: Node | None,
    noun: str,
    known: Collection[str],
    faults: Faults,
    section: Node | None = None,
) -> tuple[str, ...] | None:
    """Return ids of entries of this file, each once, or None with faults."""
    before = len(faults)
    found: dict[str, None] = {}
    for member in node.items if node is not None else ():
        name = known_id(member, noun, known, faults, section)
        if name in found:
            faults.at(member, f"'{name}' is listed twice", expected=f"each {noun} once")
        elif name is not None:
            found[name] = None
    return tuple(found) if len(faults) == before and node is not None else None


def catalog_quantity(
    node: Node, id: str, catalog: Catalog, faults: Faults
) -> Quantity | Disputed | None:
    """Return the catalogued quantity ``id``; ``node`` is the entry whose key it is."""
    kind, _, rest = id.partition(".")
    own, _, name = rest.partition(".")
    entry = _entry(catalog, kind, own) if kind in catalog.kinds() else None
    if entry is not None and name in entry.quantities:
        return entry.quantities[name]
    faults.at(
        node,
        f"the catalogue has no quantity '{id}'",
        expected="the dotted id of a catalogued quantity: kind.id.field",
        nearest=partial(_nearest_quantity, catalog, id),
        on_key=True,
    )
    return None


def _nearest_quantity(catalog: Catalog, id: str) -> str | None:
    return nearest(id, [quantity.id for quantity in catalog.quantities()])


def check_source(node: Node | None, catalog: Catalog, faults: Faults) -> None:
    """Add a fault when the id that stands at ``node`` is not in the bibliography."""
    if node is None or not isinstance(node.value, str):
        return
    known = [source.id for source in catalog.sources()]
    if node.value not in known:
        faults.at(
            node,
            f"the bibliography has no source {written(node)}",
            expected="an id that `longroad sources` lists",
            nearest=partial(nearest, node.value, known),
        )


def check_sources(
    quantity: Quantity | Disputed, node: Node, catalog: Catalog, faults: Faults
) -> bool:
    """Return whether every source of a quantity is in the bibliography."""
    before = len(faults)
    alternatives = quantity.alternatives if isinstance(quantity, Disputed) else (quantity,)
    for alternative in alternatives:
        for source in alternative.sources:
            check_source(_source_node(node, source), catalog, faults)
    return len(faults) == before


def _source_node(node: Node, source: str) -> Node:
    """Return where a source id is written below ``node``."""
    for below in node.walk():
        if below.value == source and "source" in below.path:
            return below
    return node
