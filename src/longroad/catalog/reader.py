"""Turns a data file into entries or sources, and says exactly what is wrong when it cannot."""

from __future__ import annotations

from collections.abc import Mapping

from longroad.base import units
from longroad.base.errors import CatalogError, LongroadError, nearest
from longroad.base.ids import slug
from longroad.base.place import Place
from longroad.base.quantity import Disputed, Quantity
from longroad.base.quantity_reader import read_quantity
from longroad.catalog import fields as table
from longroad.catalog import source as bibliography
from longroad.catalog.entry import Entry
from longroad.catalog.source import Source
from longroad.catalog.yaml_file import YamlFile

KEYS = ("name", "country", "facts", "note", "source", "quantities")


def read_entries(file: YamlFile, kind: str) -> tuple[Entry, ...]:
    """Return the entries of a data file, in the order written; raise :class:`CatalogError`."""
    return tuple(
        _entry(file, kind, id, node, file.place.down(id)) for id, node in file.content.items()
    )


def read_sources(file: YamlFile) -> tuple[Source, ...]:
    """Return the bibliography, in the order written; raise :class:`CatalogError`."""
    return tuple(_source(id, node, file.place.down(id)) for id, node in file.content.items())


def check_sources(file: YamlFile, entries: tuple[Entry, ...], known: Mapping[str, Source]) -> None:
    """Raise :class:`CatalogError` when an entry names a source that the bibliography lacks."""
    for entry in entries:
        named: list[tuple[tuple[str, ...], tuple[str, ...]]] = [(entry.sources, ("source",))]
        named += [(q.sources, ("quantities", q.id.rpartition(".")[2])) for q in entry.each()]
        for ids, keys in named:
            for id in ids:
                if id not in known:
                    raise file.place.down(entry.id, *keys).fault(
                        CatalogError,
                        f"the bibliography has no source '{id}'",
                        expected="an id that `longroad sources` lists",
                        nearest=nearest(id, known),
                    )


def _entry(file: YamlFile, kind: str, id: str, node: object, place: Place) -> Entry:
    _slug(id, place)
    written = _mapping(node, place, KEYS)
    facts = _texts(written.get("facts"), place.down("facts"))
    _check_word(kind, "sensor", "type", facts, table.SENSOR_TYPES, place)
    _check_word(kind, "missile", "role", facts, table.MISSILE_ROLES, place)
    _check_word(kind, "site", "kind", facts, table.SITE_KINDS, place)
    _check_word(kind, "weapon", "leg", facts, table.LEGS, place)
    if kind == "default" and id not in table.DEFAULT_GROUPS:
        raise place.fault(
            CatalogError,
            f"there is no group of defaults '{id}'",
            expected=", ".join(table.DEFAULT_GROUPS),
            nearest=nearest(id, table.DEFAULT_GROUPS),
        )
    return Entry(
        kind=kind,
        id=id,
        name=_required_text(written, "name", place),
        country=_text(written, "country", place),
        quantities=_quantities(kind, id, facts, written.get("quantities"), place),
        facts=facts,
        note=_text(written, "note", place),
        sources=_ids(written.get("source"), place.down("source")),
        file=str(file.path),
        line=file.entry_lines.get(id),
    )


def _quantities(
    kind: str, id: str, facts: Mapping[str, str], node: object, place: Place
) -> dict[str, Quantity | Disputed]:
    wanted = table.fields_of(kind, id, facts)
    names = tuple(field.name for field in wanted)
    inside = place.down("quantities")
    written = _mapping(node if node is not None else {}, inside, names)
    found: dict[str, Quantity | Disputed] = {}
    for field in wanted:
        spot = inside.down(field.name)
        if field.name not in written:
            if field.optional:
                continue
            raise inside.fault(
                CatalogError,
                f"{kind}/{id} has no '{field.name}' ({field.description})",
                expected=", ".join(names),
            )
        try:
            quantity = read_quantity(
                written[field.name],
                id=f"{kind}.{id}.{field.name}",
                where=spot,
                dimension=field.dimension,
            )
        except LongroadError as fault:
            raise _as_catalog_error(fault) from None
        for number in quantity.alternatives if isinstance(quantity, Disputed) else (quantity,):
            _check_bounds(number, field, spot)
        found[field.name] = quantity
    return found


def _check_bounds(number: Quantity, field: table.Field, place: Place) -> None:
    # Not a rounding allowance for the author but for the factor between degrees and radians.
    slack = 1e-12 * max(1.0, abs(number.best))
    if number.low < field.least - slack or number.high > field.greatest + slack:
        least, greatest = (units.written(v, number.unit) for v in (field.least, field.greatest))
        raise place.fault(
            CatalogError,
            f"{number.written()} is out of bounds for {field.name}",
            expected=f"{field.description}: {least} to {greatest}",
        )


def _source(id: str, node: object, place: Place) -> Source:
    _slug(id, place)
    written = _mapping(node, place, bibliography.KEYS)
    for key in bibliography.NEEDED:
        _required_text(written, key, place)
    source = Source(id, **{key: _text(written, key, place) for key in written})  # type: ignore[arg-type]
    if source.mark not in bibliography.MARKS:
        raise place.down("mark").fault(
            CatalogError,
            f"'{source.mark}' does not say how the source was seen",
            expected=", ".join(bibliography.MARKS),
            nearest=nearest(source.mark, bibliography.MARKS),
        )
    if source.url is not None and not source.url.startswith(("http://", "https://")):
        raise place.down("url").fault(
            CatalogError, f"'{source.url}' is not an address", expected="http:// or https://"
        )
    return source


def _check_word(
    kind: str,
    only: str,
    fact: str,
    facts: Mapping[str, str],
    words: tuple[str, ...],
    place: Place,
) -> None:
    """Check a fact that decides what an entry is; it applies to the kind ``only``."""
    if kind == only and facts.get(fact) not in words:
        raise place.down("facts", fact).fault(
            CatalogError,
            f"'{facts.get(fact)}' is not a {fact} of {only}",
            expected=", ".join(words),
            nearest=nearest(str(facts.get(fact)), words),
        )


def _slug(id: str, place: Place) -> None:
    try:
        slug(id)
    except LongroadError as fault:
        raise _as_catalog_error(place.locate(fault)) from None


def _mapping(node: object, place: Place, known: tuple[str, ...]) -> dict[str, object]:
    if not isinstance(node, dict):
        raise place.fault(CatalogError, "this is not a mapping", expected=", ".join(known))
    for key in node:
        if key not in known:
            raise place.down(key).fault(
                CatalogError,
                f"'{key}' does not belong here",
                expected=", ".join(known) or "nothing",
                nearest=nearest(key, known),
            )
    return node


def _text(written: Mapping[str, object], key: str, place: Place) -> str | None:
    value = written.get(key)
    if value is None:
        return None
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise place.down(key).fault(CatalogError, f"'{key}' is not text", expected="text, in quotes")


def _required_text(written: Mapping[str, object], key: str, place: Place) -> str:
    value = _text(written, key, place)
    if value is None:
        raise place.fault(CatalogError, f"there is no '{key}'", expected=f"'{key}', a text")
    return value


def _texts(node: object, place: Place) -> dict[str, str]:
    if node is None:
        return {}
    if not isinstance(node, dict):
        raise place.fault(CatalogError, "the facts are not a mapping", expected="word: text")
    return {key: _required_text(node, key, place) for key in node}


def _ids(node: object, place: Place) -> tuple[str, ...]:
    listed = [] if node is None else node if isinstance(node, list) else [node]
    if not all(isinstance(id, str) for id in listed):
        raise place.fault(CatalogError, "a source is not an id", expected="an id, or a list")
    return tuple(listed)


def _as_catalog_error(fault: LongroadError) -> CatalogError:
    return CatalogError(
        fault.what,
        file=fault.file,
        line=fault.line,
        field=fault.field,
        expected=fault.expected,
        nearest=fault.nearest,
    )
