"""The format as a JSON Schema, for editors that complete and check while one writes.

It is made from the same tables that validate (:mod:`longroad.scenario.written`). It knows form
only: whether a name exists, and whether a unit fits, is said by ``longroad check``.
"""

from __future__ import annotations

import copy
import json
from typing import Any

from pydantic import BaseModel

from longroad.scenario.bargain_claim import WrittenBargainMeasure
from longroad.scenario.written import (
    FORMAT_VERSION,
    REQUIRED_SECTIONS,
    Head,
    Sections,
    VariantHead,
    WrittenClaim,
    WrittenClaims,
    WrittenExchangeMeasure,
    WrittenMeasure,
    WrittenReachMeasure,
)
from longroad.scenario.written_agreements import PROVISIONS, WrittenAgreement
from longroad.scenario.written_negotiation import FORMS, WrittenNegotiation
from longroad.scenario.written_raids import (
    WrittenDoctrine,
    WrittenRaid,
    WrittenRaidGroup,
    WrittenWave,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_QUANTITY_ID = r"^[a-z0-9-]+\.[a-z0-9-]+\.[a-z0-9_]+$"
_BY_QUANTITY_ID = frozenset({"assume"})
Schema = dict[str, Any]


def json_schema() -> Schema:
    """Return the JSON Schema (2020-12) of a scenario file."""
    head, definitions = _model(Head)
    sections, more = _model(Sections)
    definitions |= more | _agreements(sections) | _raids(sections)
    properties = head["properties"] | sections["properties"]
    properties["longroad"] = {
        "const": FORMAT_VERSION,
        "description": head["properties"]["longroad"]["description"],
    }
    properties["id"] |= {"pattern": _SLUG}
    for name in sections["properties"]:
        properties[name]["propertyNames"] = _names(name)
    variant, _ = _model(VariantHead)
    for name, section in sections["properties"].items():
        entry = section.get("additionalProperties", {})
        variant["properties"][name] = _nullable(
            {
                "type": "object",
                "description": f"overrides of {section['description']}; null removes",
                "propertyNames": _names(name),
                "additionalProperties": _nullable(_override(entry, definitions)),
            }
        )
    properties["variants"] = {
        "type": "object",
        "description": "cases by id, each laid over the rest of the file before it is checked",
        "propertyNames": {"pattern": _SLUG},
        "minProperties": 1,
        "additionalProperties": variant,
    }
    return {
        "$schema": DIALECT,
        "title": "Longroad scenario",
        "description": "Who owns which sensors and interceptors, which missiles are considered, "
        "and what is assumed.",
        "type": "object",
        "properties": properties,
        "required": [*head["required"], *REQUIRED_SECTIONS],
        "additionalProperties": False,
        "$defs": definitions,
    }


def claims_schema() -> Schema:
    """Return the JSON Schema (2020-12) of a claims register."""
    top, definitions = _model(WrittenClaims)
    claim, more = _model(WrittenClaim)
    definitions |= more | {"Claim": claim}
    forms: dict[str, type[BaseModel]] = {
        "Measure": WrittenMeasure,
        "ReachMeasure": WrittenReachMeasure,
        "ExchangeMeasure": WrittenExchangeMeasure,
        "BargainMeasure": WrittenBargainMeasure,
    }
    for name, model in forms.items():
        definitions[name], _ = _model(model)
    claim["properties"]["measure"]["anyOf"] = [{"$ref": f"#/$defs/{name}"} for name in forms]
    top["properties"]["claims"] = {
        "type": "object",
        "description": "claims by id",
        "propertyNames": {"pattern": _SLUG},
        "additionalProperties": {"$ref": "#/$defs/Claim"},
    }
    return {"$schema": DIALECT, **top, "title": "Longroad claims register", "$defs": definitions}


# Which form stands under which field of a negotiation, by id, or as a group of its own.
_BY_ID = {
    "parties": "Party", "issues": "Issue", "packages": "Package", "interests": "Interests",
    "ratification": "Ratification", "stages": "Stage",
}  # fmt: skip
_WITHIN = {
    ("Interests", "red_lines"): "RedLine", ("Interests", "together"): "Together",
    ("Interests", "curves"): "Curve", ("Ratification", "vetoes"): "RedLine",
}  # fmt: skip


def negotiation_schema() -> Schema:
    """Return the JSON Schema (2020-12) of a negotiation."""
    top, definitions = _model(WrittenNegotiation)
    for name, model in FORMS.items():
        part, more = _model(model)
        part["title"] = name
        definitions |= more | {name: part}
    top["properties"]["longroad"] |= {"const": FORMAT_VERSION}
    top["properties"]["negotiation"] |= {"pattern": _SLUG}
    for field, name in _BY_ID.items():
        top["properties"][field] |= _entries(name)
    for field, name in (("patience", "Patience"), ("trust", "Trust"), ("basis", "Basis")):
        known = top["properties"][field]
        top["properties"][field] = {"$ref": f"#/$defs/{name}", "description": known["description"]}
    top["properties"]["no_deal"] |= {"type": "object", "additionalProperties": {"type": "string"}}
    for (owner, field), name in _WITHIN.items():
        definitions[owner]["properties"][field] |= _entries(name)
    for owner in ("Interests", "Weights"):
        definitions[owner]["properties"]["basis"] |= {"$ref": "#/$defs/Basis"}
    return {"$schema": DIALECT, **top, "title": "Longroad negotiation", "$defs": definitions}


def _entries(name: str) -> Schema:
    return {
        "type": "object",
        "propertyNames": {"pattern": _SLUG},
        "additionalProperties": {"$ref": f"#/$defs/{name}"},
    }


def schema_text() -> str:
    """Return the JSON Schema of a scenario file as text."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _raids(sections: Schema) -> dict[str, Schema]:
    """Put the forms of raids and doctrines into the sections; return the definitions they need."""
    definitions = {}
    forms: dict[str, type[BaseModel]] = {
        "Raid": WrittenRaid,
        "Wave": WrittenWave,
        "RaidGroup": WrittenRaidGroup,
        "Doctrine": WrittenDoctrine,
    }
    for name, model in forms.items():
        definitions[name], more = _model(model)
        definitions[name]["title"] = name
        definitions |= more
    for name in ("Raid", "Wave"):
        definitions[name]["properties"]["objects"]["items"] = {"$ref": "#/$defs/RaidGroup"}
    definitions["Raid"]["properties"]["then"]["items"] = {"$ref": "#/$defs/Wave"}
    for section, name in (("raids", "Raid"), ("doctrines", "Doctrine")):
        sections["properties"][section]["additionalProperties"] = {"$ref": f"#/$defs/{name}"}
    return definitions


def _agreements(sections: Schema) -> dict[str, Schema]:
    """Put the form of an agreement into the sections; return the definitions that it needs."""
    agreement, definitions = _model(WrittenAgreement)
    definitions["Agreement"] = agreement
    for kind, model in PROVISIONS.items():
        part, more = _model(model)
        part["properties"]["kind"] = {"const": kind, "description": "the kind of provision"}
        definitions |= more | {part["title"].removeprefix("Written"): part}
        part["title"] = part["title"].removeprefix("Written")
    names = [model.__name__.removeprefix("Written") for model in PROVISIONS.values()]
    agreement["properties"]["provisions"] |= {
        "propertyNames": {"pattern": _SLUG},
        "additionalProperties": {"anyOf": [{"$ref": f"#/$defs/{name}"} for name in names]},
    }
    agreement["title"] = "Agreement"
    sections["properties"]["agreements"]["additionalProperties"] = {"$ref": "#/$defs/Agreement"}
    return definitions


def _model(model: type[BaseModel]) -> tuple[Schema, dict[str, Schema]]:
    """Return a model's schema and its definitions, without the nulls Python needs for itself."""
    schema = _tidy(model.model_json_schema(ref_template="#/$defs/{model}"))
    definitions = schema.pop("$defs", {})
    renamed = {name.removeprefix("Written"): part for name, part in definitions.items()}
    for part in renamed.values():
        part["title"] = part["title"].removeprefix("Written")
    return schema, renamed


def _tidy(part: Any) -> Any:
    if isinstance(part, list):
        return [_tidy(item) for item in part]
    if not isinstance(part, dict):
        return part
    kept = {key: _tidy(value) for key, value in part.items()}
    if isinstance(kept.get("title"), str) and "properties" not in kept:
        kept.pop("title")  # pydantic repeats the field's name as its title
    if isinstance(kept.get("$ref"), str):
        kept["$ref"] = kept["$ref"].replace("/Written", "/")
    if kept.get("default", 0) is None:
        kept.pop("default")
    options = kept.get("anyOf")
    if isinstance(options, list):
        options = [option for option in options if option != {"type": "null"}]
        kept["anyOf"] = options
        if len(options) == 1:
            kept.pop("anyOf")
            kept = {**options[0], **kept}
    return kept


def _override(entry: Schema, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of an override: nothing is required, and null removes a field."""
    reference = entry.get("$ref")
    if reference is None and isinstance(entry.get("additionalProperties"), dict):
        return entry | {"additionalProperties": _nullable(entry["additionalProperties"])}
    if reference is None:
        return entry  # a quantity, a place or a provision is replaced as a whole
    part = copy.deepcopy(definitions[reference.rpartition("/")[2]])
    part.pop("required", None)
    part["properties"] = {
        name: _nullable(_override(field, definitions)) for name, field in part["properties"].items()
    }
    return part


def _nullable(part: Schema) -> Schema:
    return {"anyOf": [part, {"type": "null"}]}


def _names(section: str) -> Schema:
    return {"pattern": _QUANTITY_ID if section in _BY_QUANTITY_ID else _SLUG}
