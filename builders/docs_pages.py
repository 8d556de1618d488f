"""Write what the documentation takes from the program: help texts and tables of fields.

`docs/commands.md` is written whole. In `docs/scenario.md` and `agreements.md` each table of fields
stands between `<!-- fields: NAME -->` and `<!-- end -->` and is written anew from the JSON Schema,
and the table of checks after `<!-- checks: all -->` from their registry; in `json.md` each table
of columns stands between `<!-- table: NAME -->` and `<!-- end -->`. A test compares the files with
what this program would write.

    .venv/bin/python builders/docs_pages.py
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import typer

from longroad.base.tables import SCHEMAS
from longroad.cli import app
from longroad.scenario import claims_schema, json_schema, negotiation_schema
from longroad.study.semantic import registry

DOCS = Path(__file__).resolve().parent.parent / "docs"
WIDTH = 88
MARKED = re.compile(
    r"(<!-- (fields|table|checks|negotiation): ([\w-]+) -->\n).*?(<!-- end -->)",
    re.DOTALL,
)


def helps() -> dict[str, str]:
    """Return the help text of every command by name; the program's own is ''."""
    program = typer.main.get_command(app)
    settings: dict[str, Any] = {**program.context_settings, "terminal_width": WIDTH}
    top = typer.Context(program, info_name="longroad", **settings)
    found = {"": program.get_help(top)}
    for name, command in program.commands.items():  # type: ignore[attr-defined]
        inner = typer.Context(command, info_name=name, parent=top, **settings)
        found[name] = command.get_help(inner)
    return found


def commands_page() -> str:
    """Return `docs/commands.md`."""
    introduction = (
        (Path(__file__).with_name("commands_introduction.md")).read_text(encoding="utf-8").rstrip()
    )
    parts = [introduction]
    for name, said in helps().items():
        title = f"## longroad {name}" if name else "## longroad"
        parts.append(f"{title}\n\n```text\n{said.rstrip()}\n```")
    return "\n\n".join(parts) + "\n"


def forms() -> dict[str, dict[str, Any]]:
    """Return the schema of every form by name: each is a table in `docs/scenario.md`."""
    scenario, claims = json_schema(), claims_schema()
    properties = scenario["properties"]
    found = {"Scenario": scenario, **scenario["$defs"]}
    found["Place"] = properties["places"]["additionalProperties"]
    found["Position"] = _of_kind(scenario["$defs"]["LaunchArea"]["properties"]["at"], "object")
    found["Shape"] = _of_kind(
        scenario["$defs"]["Threat"]["properties"]["shapes"]["items"], "object"
    )
    found["Quantity"] = properties["assume"]["additionalProperties"]
    found["Variant"] = properties["variants"]["additionalProperties"]
    return found | {"Claims": claims, **claims["$defs"]}


def negotiation_forms() -> dict[str, dict[str, Any]]:
    """Return the schema of every form of a negotiation by name: tables in `negotiation.md`."""
    schema = negotiation_schema()
    return {"Negotiation": schema, **schema["$defs"]}


def fields_table(form: dict[str, Any]) -> str:
    """Return a table of the fields of one form."""
    rows = ["| field | | meaning |", "| --- | --- | --- |"]
    for name, field in form["properties"].items():
        needed = "required" if name in form.get("required", ()) else ""
        rows.append(f"| `{name}` | {needed} | {_meaning(name, field)} |")
    return "\n".join(rows) + "\n"


def columns_table(name: str) -> str:
    """Return a table of the columns of one table of a run."""
    rows = ["| column | type | unit | meaning |", "| --- | --- | --- | --- |"]
    for column in SCHEMAS[name].columns:
        said = column.description.replace("<", "&lt;")
        rows.append(f"| `{column.name}` | {column.dtype} | {column.unit} | {said} |")
    return f"One row: {SCHEMAS[name].row}.\n\n" + "\n".join(rows) + "\n"


def checks_table() -> str:
    """Return a table of the checks before a run: name, severities, what each looks for."""
    rows = ["| check | severity | finds |", "| --- | --- | --- |"]
    for check in registry():
        about = check.about.replace("|", "\\|").replace("<", "&lt;")
        rows.append(f"| `{check.name}` | {', '.join(check.severities)} | {about} |")
    return "\n".join(rows) + "\n"


def filled(page: str) -> str:
    """Return a page with its marked tables written anew."""
    known = forms()

    def table(match: re.Match[str]) -> str:
        before, kind, name, after = match.groups()
        if kind == "checks":
            return before + checks_table() + after
        if kind == "negotiation":
            return before + fields_table(negotiation_forms()[name]) + after
        made = fields_table(known[name]) if kind == "fields" else columns_table(name)
        return before + made + after

    return MARKED.sub(table, page)


def _meaning(name: str, field: dict[str, Any]) -> str:
    said = field.get("description") or _PLAIN.get(name)
    if said is None:
        inner: dict[str, Any] = next(
            (one for one in field.get("anyOf", ()) if "description" in one), {}
        )
        said = inner.get("description")
    if said is None:
        raise KeyError(f"the field '{name}' has no description")
    if "enum" in field and not all(str(word) in said for word in field["enum"]):
        said += ": " + ", ".join(f"`{word}`" for word in field["enum"])
    return str(said).replace("|", "\\|").replace("<", "&lt;")


def _of_kind(field: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(one for one in field["anyOf"] if one.get("type") == kind)


# What the schema leaves to the reader's knowledge of the words.
_PLAIN = {
    "name": "the name readers see",
    "note": "a remark for readers",
    "latitude": "geodetic latitude with its unit, such as 38.1 deg",
    "longitude": "longitude with its unit, such as 46.3 deg",
    "apogee": "height of the highest point, such as 900 km",
    "time_of_flight": "ignition to impact, such as 800 s",
    "burnout_speed": "Earth-relative speed at burnout, such as 4 km/s; needs `branch`",
    "branch": "which of the two arcs of that speed",
    "best": "the best estimate with its unit",
    "low": "the low end; without low and high the number is fixed",
    "high": "the high end",
    "distribution": "how values are drawn between low and high; pert unless said",
    "held_by": "parties that hold this value, each with the mode stated, attributed or adopted",
    "claim": "a rival claim's id: alone, it picks a claim of a disputed number",
    "claimant": "who makes the claim",
    "disputed": "rival claims, each a quantity with its `claim`",
    "adopted": "which rival claim headlines use",
}

if __name__ == "__main__":
    (DOCS / "commands.md").write_text(commands_page(), encoding="utf-8")
    for name in ("scenario.md", "agreements.md", "json.md", "negotiation.md"):
        page = (DOCS / name).read_text(encoding="utf-8")
        (DOCS / name).write_text(filled(page), encoding="utf-8")
    print("docs/commands.md and the tables of the pages with fields and columns are written")
