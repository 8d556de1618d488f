"""Commands for scenario files: check one, list the packs, start one, print the schema."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from longroad import console
from longroad.base.messages import text
from longroad.commands.app import BAD_INPUT, DONE, Json, app, argument, option

if TYPE_CHECKING:
    from longroad.scenario import Finding, Scenario


@app.command(help=text("cli.help.check"))
def check(file: Annotated[str, argument("file", "FILE")], json: Json = False) -> int:
    """Check a scenario file; one that does not load is bad input."""
    from longroad import scenario as scenarios
    from longroad.scenario.check_negotiation import check_negotiation, only_negotiation

    alone, findings = only_negotiation(file), check_negotiation(file)
    if not alone:
        with console.progress() as move:
            findings = scenarios.check(file, checks=partial(_semantic, move)) + findings
    faults = [finding for finding in findings if finding.severity == "error"]
    if json:
        console.document({"file": str(file), "sound": not faults, "findings": findings})
    elif not faults and alone:
        talks = scenarios.load_negotiation(file)
        console.line(
            text(
                "cli.check.sound_negotiation",
                file=file,
                parties=len(talks.parties),
                issues=len(talks.issues),
                packages=len(talks.packages),
            )
        )
    elif not faults:
        loaded = scenarios.load(file)
        console.line(
            text(
                "cli.check.sound",
                file=file,
                variants=len(loaded.variants),
                draws=loaded.draws,
                seed=loaded.seed,
            )
        )
        if findings:
            console.line(text("cli.check.findings", count=len(findings)))
        for finding in findings:
            console.line(_written(finding))
    if faults:
        for finding in findings:
            console.complain(_written(finding))
        console.complain(text("cli.check.faulty", count=len(faults)))
    return BAD_INPUT if faults else DONE


def _semantic(move: console.ProgressCall | None, scenario: Scenario) -> tuple[Finding, ...]:
    """Return what all checks find; a file that does not load is told so without their weight."""
    from longroad.study import semantic

    if move is not None:
        move("cli.check.rehearsing", 0, 1)
    found = semantic.check_scenario(scenario)
    if move is not None:
        move("cli.check.rehearsing", 1, 1)
    return found


def _written(finding: Finding) -> str:
    """Return a finding on one line, with the name of its check and the variants it holds in."""
    known = {"finding": console.paragraph(finding), "check": finding.check}
    if finding.variants:
        return text("cli.check.finding_in", **known, variants=", ".join(finding.variants))
    return text("cli.check.finding", **known)


@app.command(help=text("cli.help.packs"))
def packs(json: Json = False) -> int:
    """List the packs."""
    from longroad import scenario as scenarios

    found, talks = scenarios.packs(), scenarios.negotiations()
    if json:
        console.document({"packs": found, "negotiations": talks})
        return DONE
    columns = (text("cli.column.pack"), text("cli.column.title"))
    console.table(columns, [(pack.id, pack.title) for pack in found])
    console.line()
    console.table(
        (text("cli.column.negotiation"), columns[1]), [(pack.id, pack.title) for pack in talks]
    )
    return DONE


@app.command(help=text("cli.help.new"))
def new(
    directory: Annotated[Path, argument("directory", "DIR")],
    pack: Annotated[str | None, option("--pack", "pack", "PACK")] = None,
    json: Json = False,
) -> int:
    """Make a folder with a scenario to change."""
    from longroad import scenario as scenarios

    made = scenarios.new(directory, pack)
    files = sorted(path.name for path in made.iterdir())
    if json:
        console.document({"directory": made, "files": files})
    else:
        console.line(text("cli.new.made", path=made, files=", ".join(files)))
        alone = "scenario.yaml" not in files
        console.line(text("cli.new.next_bargain" if alone else "cli.new.next", path=made))
    return DONE


@app.command(help=text("cli.help.schema"))
def schema(
    claims: Annotated[bool, option("--claims", "claims")] = False,
    negotiation: Annotated[bool, option("--negotiation", "negotiation")] = False,
    json: Json = False,
) -> int:
    """Print a JSON Schema; it is JSON with or without ``--json``."""
    from longroad import scenario as scenarios

    if negotiation:
        console.document(scenarios.negotiation_schema())
        return DONE
    console.document(scenarios.claims_schema() if claims else scenarios.json_schema())
    return DONE
