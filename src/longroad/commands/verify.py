"""The command that holds this installation against published results."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from longroad import console
from longroad.base.messages import text
from longroad.commands.app import DONE, FAILED_CHECK, Json, app, argument, option

if TYPE_CHECKING:
    from longroad.verify import Result

# Widths of the table's longest columns; the details have everything in full.
WHAT, SOURCE, PAGE = 58, 40, 92


@app.command(help=text("cli.help.verify"))
def verify(
    id: Annotated[list[str] | None, argument("case", "ID")] = None,
    group: Annotated[str | None, option("--group", "group", "M|K|R|S|T|X")] = None,
    json: Json = False,
) -> int:
    """Compute the published cases and say which of them hold."""
    from longroad.verify import failed, run_cases
    from longroad.verify.rows import case_rows

    results = run_cases(group, id or ())
    wrong = failed(results)
    if json:
        console.document({"cases": case_rows(results)})
        return FAILED_CHECK if wrong else DONE
    if id:
        for result in results:
            _details(result)
            console.line()
    else:
        _overview(results)
    _count(results, wrong)
    return FAILED_CHECK if wrong else DONE


def _heads(*names: str) -> tuple[str, ...]:
    return tuple(text(f"verify.column.{name}") for name in names)


def _overview(results: Sequence[Result]) -> None:
    """Write one row for each case, then why some of them miss."""
    from longroad.verify import Verdict, words

    rows = []
    for result in results:
        case, shown = result.case, ("", "", "")
        what = case.title
        if result.computed:
            at = words.headline(result)
            figure, found = case.expected[at], result.computed[at]
            if len(case.expected) > 1:
                what = text("verify.what", title=case.title, number=figure.name)
            shown = (
                words.expected_text(figure),
                words.computed_text(figure, found),
                words.tolerance_text(figure),
            )
        rows.append(
            (
                case.id,
                textwrap.shorten(what, WHAT, placeholder="..."),
                *shown,
                text(f"verify.verdict.{result.verdict}"),
                textwrap.shorten(case.source, SOURCE, placeholder="..."),
            )
        )
    names = ("id", "what", "expected", "computed", "tolerance", "verdict", "source")
    console.table(_heads(*names), rows)
    console.line()
    console.line(text("verify.first"))
    explained = [result for result in results if result.verdict is Verdict.EXPLAINED]
    missed = [result for result in results if result.verdict is Verdict.MISS]
    for head, those in (("explanations", explained), ("misses", missed)):
        if those:
            console.line()
            console.line(text(f"verify.{head}"))
        for result in those:
            for reason in words.reasons(result):
                said = text("verify.reason", id=result.case.id, reason=reason)
                _wrapped(said, " " * (len(result.case.id) + 2))
    console.line()


def _details(result: Result) -> None:
    """Write everything about one case."""
    from longroad.verify import Verdict, words

    case = result.case
    verdict = text(f"verify.verdict.{result.verdict}")
    console.line(text("verify.head", id=case.id, title=case.title, verdict=verdict))
    _wrapped(case.claim)
    mark = text(f"verify.mark.{case.mark}")
    _wrapped(text("verify.source", mark=mark, source=case.source))
    if case.url:
        console.line(text("verify.address", url=case.url))
    if result.computed:
        console.line()
        rows = [
            (
                figure.name,
                words.expected_text(figure),
                words.computed_text(figure, found),
                words.tolerance_text(figure),
                text("verify.value.yes" if fine else "verify.value.no"),
            )
            for figure, found, fine in zip(case.expected, result.computed, result.met, strict=True)
        ]
        console.table(_heads("number", "expected", "computed", "tolerance", "agrees"), rows)
        console.line()
    _wrapped(text("verify.argument", argument=case.argument))
    if case.note:
        _wrapped(text("verify.note", note=case.note))
    if result.fault:
        _wrapped(text("verify.fault", fault=result.fault))
    if result.verdict is Verdict.EXPLAINED:
        _wrapped(text("verify.explanation", explanation=case.explanation))
    console.line(text("verify.gates" if case.gated else "verify.gates_nothing"))


def _count(results: Sequence[Result], wrong: Sequence[Result]) -> None:
    """Write how many cases hold, and whether the verification does."""
    from longroad.verify import Verdict

    numbers = {v: sum(result.verdict is v for result in results) for v in Verdict}
    console.line(
        text(
            "verify.count",
            count=len(results),
            passed=numbers[Verdict.PASS],
            explained=numbers[Verdict.EXPLAINED],
            missed=numbers[Verdict.MISS],
        )
    )
    if wrong:
        ids = ", ".join(result.case.id for result in wrong)
        console.line(text("verify.gate.broken", count=len(wrong), ids=ids))
    else:
        console.line(text("verify.gate.sound"))


def _wrapped(content: str, indent: str = "") -> None:
    for row in textwrap.wrap(content, PAGE, subsequent_indent=indent):
        console.line(row)
