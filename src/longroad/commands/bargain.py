"""The command for what all could sign."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from longroad import console
from longroad.base.errors import UsageError, nearest
from longroad.base.messages import text
from longroad.commands.app import DONE, Draws, Json, Seed, Study, Workers, app, option

if TYPE_CHECKING:
    from longroad.bargaining.physics import PhysicsBlock
    from longroad.bargaining.telling import Block
    from longroad.scenario import Negotiation, Scenario


@app.command(help=text("cli.help.bargain"))
def bargain(
    scenario: Study,
    package: Annotated[str | None, option("--package", "package", "ID")] = None,
    against: Annotated[str | None, option("--against", "against", "ID")] = None,
    about: Annotated[str | None, option("--about", "bargain_about", "TOPIC")] = None,
    split: Annotated[str | None, option("--split", "split", "ISSUES")] = None,
    other: Annotated[str | None, option("--compare", "bargain_compare", "FILE")] = None,
    profile: Annotated[list[Path] | None, option("--profile", "profile", "FILE")] = None,
    sheet: Annotated[Path | None, option("--worksheet", "worksheet", "FOLDER")] = None,
    shade: Annotated[float | None, option("--shade", "shade", "PERCENT")] = None,
    without: Annotated[bool, option("--without-physics", "without_physics")] = False,
    draws: Draws = None,
    seed: Seed = None,
    workers: Workers = None,
    json: Json = False,
) -> int:
    """Print what a negotiation says, or one of its packages in full."""
    from longroad.scenario import load_negotiation

    if profile or scenario.lower().endswith(".xml"):
        return _domain([Path(scenario), *(profile or ())], json)
    if against is not None and package is None:
        raise UsageError(text("cli.fault.against_what"), expected="--package ID")
    negotiation = load_negotiation(scenario)
    if sheet is not None:
        return _worksheet(negotiation, sheet, json)
    for name in (package, against):
        _known(negotiation, name)
    topic = None if about is None else _topic(about)
    if split is not None and topic != "linkage":
        raise UsageError(text("cli.fault.split_what"), expected="--about linkage")
    share = _shade(shade)
    if other is not None:
        if package is not None or topic is not None:
            raise UsageError(text("cli.fault.compare_alone"), expected="--compare FILE alone")
        return _compare(negotiation, load_negotiation(other), without, draws, seed, workers, json)
    block = None if without else _physics(negotiation, workers)
    if topic is not None:
        issues = tuple(name.strip() for name in (split or "").split(",") if name.strip())
        return _about(negotiation, block, topic, package, issues, draws, seed, json)
    if package is None:
        return _whole(negotiation, block, draws, seed, workers, share, json)
    return _one(negotiation, block, package, against, draws, seed, json)


def _domain(files: list[Path], json: bool) -> int:
    from longroad.bargaining.domain import domain_answer, domain_told

    found = domain_answer(files)
    if json:
        console.document(found)
        return DONE
    _print(domain_told(found))
    return DONE


def _worksheet(negotiation: Negotiation, folder: Path, json: bool) -> int:
    from longroad.bargaining.worksheet import worksheet
    from longroad.base.atomic import atomic_directory

    made = worksheet(negotiation)
    with atomic_directory(folder) as part:
        (part / "worksheet.md").write_text(made.page, encoding="utf-8")
        (part / "negotiation.yaml").write_text(made.file, encoding="utf-8")
        # What the answers are about comes with them, so that the folder can be run.
        for name in ("scenario.yaml", "claims.yaml"):
            source = Path(negotiation.file).with_name(name)
            if source.is_file():
                (part / name).write_bytes(source.read_bytes())
    if json:
        console.document({"folder": str(folder), "files": sorted(p.name for p in folder.iterdir())})
        return DONE
    console.line(text("bargaining.worksheet.written", folder=folder))
    console.line(text("bargaining.worksheet.then", folder=folder))
    return DONE


def _compare(
    before: Negotiation,
    after: Negotiation,
    without: bool,
    draws: int | None,
    seed: int | None,
    workers: int | None,
    json: bool,
) -> int:
    from longroad.bargaining.contrast import contrast
    from longroad.bargaining.contrast_told import contrast_told
    from longroad.study.physics_block import beside

    # What both are about: a changed copy need not have the scenario beside it too.
    scenario = None if without else beside(before, after)

    def block_of(one: Negotiation) -> PhysicsBlock | None:
        return None if without else _physics(one, workers, scenario)

    found = contrast(before, after, block_of, draws=draws, seed=seed, workers=workers)
    if json:
        console.document(found)
        return DONE
    console.line(text("bargaining.contrast.head", before=before.file, after=after.file))
    _print(contrast_told(found))
    return DONE


def _topic(written: str) -> str:
    from longroad.bargaining.topics import TOPICS

    if written not in TOPICS:
        raise UsageError(
            text("cli.fault.no_topic", topic=console.paragraph(written)),
            field="about",
            expected=", ".join(TOPICS),
            nearest=nearest(written, TOPICS),
        )
    return written


def _shade(written: float | None) -> float | None:
    if written is not None and not 0.0 < written < 100.0:
        raise UsageError(
            text("cli.fault.no_shade", shade=f"{written:g}"),
            field="shade",
            expected="more than 0 and less than 100 (per cent)",
        )
    return None if written is None else written / 100.0


def _about(
    negotiation: Negotiation,
    block: PhysicsBlock | None,
    topic: str,
    package: str | None,
    split: tuple[str, ...],
    draws: int | None,
    seed: int | None,
    json: bool,
) -> int:
    from longroad.bargaining import topics
    from longroad.bargaining.topics_told import topic_told

    found = topics.topic(
        topic, negotiation, block, draws=draws, seed=seed, package=package, split=split
    )
    if json:
        console.document(found)
        return DONE
    console.line(negotiation.title)
    _print(topic_told(found))
    return DONE


def _physics(
    negotiation: Negotiation, workers: int | None, scenario: Scenario | None = None
) -> PhysicsBlock | None:
    """Return the outcomes of the physical options, computed or kept from before."""
    from longroad.study.physics_block import beside, physics_block

    whole = beside(negotiation) if scenario is None else scenario
    with console.progress() as move:
        return physics_block(negotiation, whole, workers=workers, progress=move)


def _whole(
    negotiation: Negotiation,
    block: PhysicsBlock | None,
    draws: int | None,
    seed: int | None,
    workers: int | None,
    shade: float | None,
    json: bool,
) -> int:
    from longroad.bargaining.document import document
    from longroad.bargaining.report import report
    from longroad.bargaining.telling import told

    found = report(negotiation, draws=draws, seed=seed, block=block, workers=workers, shaded=shade)
    if json:
        console.document(document(found))
        return DONE
    console.line(negotiation.title)
    _print(told(found))
    return DONE


def _one(
    negotiation: Negotiation,
    block: PhysicsBlock | None,
    package: str,
    against: str | None,
    draws: int | None,
    seed: int | None,
    json: bool,
) -> int:
    from longroad.bargaining.sheet import sheet, sheet_told

    found = sheet(negotiation, package, against, draws=draws, seed=seed, block=block)
    if json:
        console.document(found)
        return DONE
    _print(sheet_told(found))
    return DONE


def _known(negotiation: Negotiation, name: str | None) -> None:
    known = [one.id for one in negotiation.packages]
    if name is not None and name not in known:
        raise UsageError(
            text("cli.fault.no_package", package=name),
            expected=", ".join(known) or text("bargaining.none"),
            nearest=nearest(name, known),
        )


def _print(blocks: Iterable[Block]) -> None:
    for block in blocks:
        indent = len(block.words) - len(block.words.lstrip())
        if not indent:
            console.line()
        wrapped = textwrap.wrap(
            block.words.strip(),
            console.width(),
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + 2 if indent else 0),
        )
        for line in wrapped:
            console.line(line)
        if block.rows:
            console.table(block.columns, block.rows)
