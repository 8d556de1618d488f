"""Faults of form: a written entry against its table of fields, in words with a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from longroad.base.errors import nearest
from longroad.scenario.faults import Faults
from longroad.scenario.node import Node, Path
from longroad.scenario.sizes import cells_on_earth
from longroad.scenario.written import Form, WrittenGrid

W = TypeVar("W", bound=Form)

_WRONG_TYPE = {
    "string_type": ("text", "text (in quotes if it looks like a number)"),
    "int_type": ("a whole number", "a whole number"),
    "int_from_float": ("a whole number", "a whole number"),
    "float_type": ("a number", "a number"),
    "list_type": ("a list", "a list, such as [a, b]"),
    "dict_type": ("a group", "a group of 'key: value' entries"),
    "model_type": ("a group", "a group of 'key: value' entries"),
    "model_attributes_type": ("a group", "a group of 'key: value' entries"),
    "bool_type": ("true or false", "true or false"),
}


def validate(model: type[W], node: Node, faults: Faults) -> W | None:
    """Return ``node`` as ``model``, or None after adding every fault of form to ``faults``."""
    before = len(faults)
    if node.value is None:
        fields = ", ".join(names_of(model))
        faults.at(node, "nothing stands here", expected=f"a group of {fields}", on_key=True)
        return None
    for location, below in _empty_values(node, ()):
        _empty(model, location, below, faults)
    try:
        form = model.model_validate(node.plain())
    except ValidationError as error:
        found = [dict(fault) for fault in error.errors(include_url=False)]
        misspelt = {_meant(model, fault) for fault in found}
        for fault in found:
            # A misspelt field is one fault, not an unknown field and a missing one.
            if fault["type"] != "missing" or fault["loc"] not in misspelt:
                _translate(model, node, fault, faults)
        return None
    return form if len(faults) == before else None


def names_of(model: type[BaseModel]) -> list[str]:
    """Return the field names of a model as they are written."""
    return [str(field.alias or name) for name, field in model.model_fields.items()]


def _meant(model: type[Form], fault: dict[str, Any]) -> Path | None:
    """Return the place of the field that an unknown field was probably meant to be."""
    if fault["type"] != "extra_forbidden":
        return None
    location: Path = tuple(fault["loc"])
    owner = _model_at(model, location[:-1])
    meant = nearest(str(location[-1]), names_of(owner)) if owner is not None else None
    return (*location[:-1], meant) if meant else None


def _translate(model: type[Form], root: Node, fault: dict[str, Any], faults: Faults) -> None:
    location: Path = tuple(fault["loc"])
    node, rest = root.nearest_place(location)
    if node.value is None and not rest:
        return  # an empty value; reported as such
    kind = str(fault["type"])
    owner = _model_at(model, location[:-1])
    last = location[-1] if location else None
    description = _description(owner, last)
    context = fault.get("ctx") or {}
    if kind == "missing" and str(last) in node.removed:
        faults.at(
            node.removed[str(last)],
            f"this removes '{last}', which cannot be left out",
            expected=description,
        )
    elif kind == "missing":
        faults.at(
            node, f"the field '{last}' is missing", expected=description, below=rest, on_key=True
        )
    elif kind == "extra_forbidden":
        known = names_of(owner) if owner is not None else []
        faults.at(
            node,
            f"'{last}' is not a field here",
            expected=listed(known),
            nearest=partial(nearest, str(last), known),
            on_key=True,
        )
    elif kind == "literal_error" and description is not None:
        known = _literals(owner, last)
        faults.at(
            node,
            f"{written(node)} is not a word that can stand here",
            expected=listed(known),
            nearest=partial(nearest, str(node.value), known),
        )
    elif kind in _WRONG_TYPE:
        wanted, expected = _WRONG_TYPE[kind]
        if wanted == "a whole number":
            expected = _range(owner, last) or expected
        faults.at(node, f"{written(node)} is not {wanted}", expected=expected)
    elif kind in ("greater_than_equal", "less_than_equal"):
        faults.at(
            node,
            _out_of_range(owner, node, kind == "less_than_equal"),
            expected=_range(owner, last),
        )
    elif kind == "too_short" and node.items:
        least = context.get("min_length")
        stand = "stands" if len(node.items) == 1 else "stand"
        faults.at(
            node,
            f"{len(node.items)} {stand} here, and {least} or more are needed",
            expected=description,
        )
    elif kind in ("too_short", "string_too_short"):
        faults.at(node, "nothing stands here", expected=description)
    elif kind in ("too_long", "string_too_long"):
        most = context.get("max_length")
        unit = "characters" if kind == "string_too_long" else "entries"
        faults.at(node, f"this is longer than {most} {unit}", expected=f"at most {most} {unit}")
    else:
        faults.at(node, str(fault["msg"]).rstrip("."), expected=description)


def listed(known: list[str], most: int = 32) -> str:
    """Return valid words as the end of a sentence that begins "expected"."""
    if len(known) == 1:
        return f"'{known[0]}'"
    shown = ", ".join(known[:most]) + (", ..." if len(known) > most else "")
    return f"one of {shown}" if known else "nothing"


def written(node: Node) -> str:
    """Return a value as it may be quoted in an error."""
    if isinstance(node.value, dict):
        return "a group of entries"
    if isinstance(node.value, list):
        return "a list"
    if node.value is None:
        return "an empty value"
    if not isinstance(node.value, str):
        return str(node.value).lower() if isinstance(node.value, bool) else str(node.value)
    text = node.value
    return f"'{text[:57]}...'" if len(text) > 60 else f"'{text}'"


def _empty_values(node: Node, location: Path) -> Iterator[tuple[Path, Node]]:
    """Yield every empty value below a node, and where it is in the merged tree.

    A value laid over by a variant has another path: that of where it was written.
    """
    below: Iterable[tuple[str | int, Node]] = node.mapping.items() or enumerate(node.items)
    for key, child in below:
        if child.value is None:
            yield (*location, key), child
        yield from _empty_values(child, (*location, key))


def _empty(model: type[Form], location: Path, node: Node, faults: Faults) -> None:
    while location and isinstance(location[-1], int):
        location = location[:-1]  # a member of a list is what the list is said to hold
    expected = _description(_model_at(model, location[:-1]), location[-1]) if location else None
    faults.at(node, "the value is missing", expected=expected or "a value", on_key=True)


def _model_at(model: Any, location: Path) -> type[Form] | None:
    """Return the model that holds the field after ``location``, or None."""
    if not location:
        return model if isinstance(model, type) and issubclass(model, Form) else None
    part, rest = location[0], location[1:]
    if isinstance(model, type) and issubclass(model, Form):
        for name, field in model.model_fields.items():
            if part in (name, field.alias):
                return _model_at(_core(field.annotation), rest)
        return None
    arguments = get_args(model)
    return _model_at(_core(arguments[-1]), rest) if arguments else None


def _core(annotation: Any) -> Any:
    """Strip "or None" and annotations."""
    arguments = [a for a in get_args(annotation) if a is not type(None)]
    if type(None) in get_args(annotation) and len(arguments) == 1:
        return _core(arguments[0])
    if hasattr(annotation, "__metadata__"):
        return _core(arguments[0])
    return annotation


def _field(owner: type[Form] | None, name: object) -> Any:
    if owner is None:
        return None
    for own, field in owner.model_fields.items():
        if name in (own, field.alias):
            return field
    return None


def _description(owner: type[Form] | None, name: object) -> str | None:
    field = _field(owner, name)
    return field.description if field is not None else None


def _out_of_range(owner: type[Form] | None, node: Node, high: bool) -> str:
    if owner is WrittenGrid and high and isinstance(node.value, int):
        resolution = min(node.value, 15)
        at_least = "" if node.value <= 15 else "more than "
        return f"resolution {node.value} would divide the Earth into {at_least}" + (
            f"{cells_on_earth(resolution):,} cells"
        )
    return f"{node.value} is too {'large' if high else 'small'}"


def _literals(owner: type[Form] | None, name: object) -> list[str]:
    field = _field(owner, name)
    return [str(word) for word in get_args(_core(field.annotation))] if field is not None else []


def _range(owner: type[Form] | None, name: object) -> str | None:
    field = _field(owner, name)
    if field is None:
        return None
    low = next((m.ge for m in field.metadata if getattr(m, "ge", None) is not None), None)
    high = next((m.le for m in field.metadata if getattr(m, "le", None) is not None), None)
    if low is None or high is None:
        return field.description
    shown = f"{low} to {high}" if high < 10_000 else f"{low:,} to {high:,}"
    return f"a whole number from {shown}"
