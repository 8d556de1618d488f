"""Write `docs/verification.md`: every published case with what this installation makes of it.

The numbers are computed, not typed; a test compares the page with what this program would write.

    .venv/bin/python builders/verification_page.py
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from longroad.base.messages import text
from longroad.verify import Result, Verdict, failed, run_cases, words

PAGE = Path(__file__).resolve().parent.parent / "docs" / "verification.md"

INTRODUCTION = """\
# Verification

What others have published, and what Longroad makes of it. `longroad verify` computes this table
anew on any installation; with an id, such as `longroad verify K09`, it shows one case in full.
The exit status is 1 when a case that gates misses.

A case carries a *mark*, how far its published number can be trusted to be what the source says:
**F** seen; **F2** second-hand; **M** from memory; **C** an own calculation that is independent
of the program. What rests on memory is shown and gates nothing.

A case *passes* when every one of its numbers agrees within the tolerance, whose argument is
given. Where a number depends on something that no source gives, mostly a burn time, an interval
of it is carried through: then intervals have to overlap, unless the case asks for one inside
the other. A miss that is understood is *explained*, and shown as a miss with the reason; no
constant is moved to make it go away. Such cases gate nothing.

Written by `builders/verification_page.py`."""


def page(results: Sequence[Result]) -> str:
    """Return the page for these results."""
    parts = [INTRODUCTION, _count(results)]
    for group in dict.fromkeys(result.case.group for result in results):
        own = [result for result in results if result.case.group == group]
        title, about = (text(f"verify.group.{group}.{key}") for key in ("title", "about"))
        parts += [f"## {group}: {title}", about, _overview(own)]
        parts += [_case(result) for result in own]
    return "\n\n".join(parts) + "\n"


def _count(results: Sequence[Result]) -> str:
    numbers = {v: sum(result.verdict is v for result in results) for v in Verdict}
    said = text(
        "verify.count",
        count=len(results),
        passed=numbers[Verdict.PASS],
        explained=numbers[Verdict.EXPLAINED],
        missed=numbers[Verdict.MISS],
    )
    wrong = failed(results)
    if not wrong:
        return f"{said} {text('verify.gate.sound')}"
    ids = ", ".join(result.case.id for result in wrong)
    return f"{said} {text('verify.gate.broken', count=len(wrong), ids=ids)}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    shown = [text(f"verify.column.{head}") for head in heads]
    lines = [shown, ["---"] * len(shown), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(content: str) -> str:
    return content.replace("|", "\\|").replace("<", "&lt;")


def _overview(results: Sequence[Result]) -> str:
    rows = []
    for result in results:
        case = result.case
        link = f"[{case.id}](#{_anchor(_heading(result))})"
        verdict = text(f"verify.verdict.{result.verdict}")
        rows.append([link, case.title, case.mark.value, _gates(result), verdict])
    return _table(("id", "what", "mark", "gates", "verdict"), rows)


def _gates(result: Result) -> str:
    return text("verify.value.yes" if result.case.gated else "verify.value.no")


def _heading(result: Result) -> str:
    return f"{result.case.id} {result.case.title}"


def _anchor(title: str) -> str:
    kept = "".join(c for c in title.lower() if c.isalnum() or c in "-_ ")
    return kept.strip().replace(" ", "-")


def _case(result: Result) -> str:
    case = result.case
    mark = text(f"verify.mark.{case.mark}")
    parts = [f"### {_heading(result)}", case.claim]
    source = text("verify.source", mark=mark, source=case.source)
    parts.append(f"{source} <{case.url}>" if case.url else source)
    if result.computed:
        rows = [
            [
                figure.name,
                figure.written,
                words.computed_text(figure, found),
                words.tolerance_text(figure),
                text("verify.value.yes" if fine else "verify.value.no"),
            ]
            for figure, found, fine in zip(case.expected, result.computed, result.met, strict=True)
        ]
        parts.append(_table(("number", "expected", "computed", "tolerance", "agrees"), rows))
    parts.append(text("verify.argument", argument=case.argument))
    if case.note:
        parts.append(text("verify.note", note=case.note))
    if result.fault:
        parts.append(text("verify.fault", fault=result.fault))
    if result.verdict is Verdict.EXPLAINED:
        parts.append(text("verify.explanation", explanation=case.explanation))
    return "\n\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(run_cases()), encoding="utf-8")
    print(f"docs/{PAGE.name} is written")
