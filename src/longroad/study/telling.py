"""The trace of an outcome as text: value, equations, numbers, who says otherwise, sources."""

from __future__ import annotations

from longroad.base.messages import text
from longroad.catalog.page import DEEP, INDENT, Page
from longroad.study.inputs import TracedInput
from longroad.study.rivals import Rival
from longroad.study.tracing import Trace


def trace_text(trace: Trace, width: int) -> str:
    """Return a trace as text: a headline, stage by stage equation and numbers read, the sources.

    No line is wider than ``width`` unless an address is.
    """
    page = Page(width)
    draw = text("study.trace.best") if trace.draw < 0 else text("study.trace.draw", draw=trace.draw)
    page.add(
        "",
        text(
            "study.trace.headline",
            outcome=trace.outcome,
            variant=trace.variant,
            party=trace.party,
            assumptions=trace.assumptions,
            draw=draw,
        ),
    )
    page.add("", text("study.trace.value", value=_number(trace.value, trace.unit)))
    key = "study.trace.matches" if trace.matches else "study.trace.differs"
    page.add("", text(key, stored=trace.stored))
    page.add("", text("study.trace.shares", shares=trace.shares.sentence()))
    for stage in trace.stages:
        page.gap()
        page.add("", f"{stage.stage}: {stage.equation}")
        for number in trace.inputs:
            if number.stage == stage.stage:
                _input(page, number, drawn=trace.draw >= 0)
    page.gap()
    page.add("", text("study.trace.sources"))
    for source in trace.sources:
        page.add(INDENT, f"[{source.id}] {source.reference}")
    return page.written()


def _input(page: Page, number: TracedInput, *, drawn: bool) -> None:
    interval = _interval(number.low, number.high)
    if drawn and interval:
        best = _number(number.best, number.unit)
        interval = text("study.trace.drawn", best=best, low=number.low, high=number.high)
    page.add(
        INDENT,
        text(
            "study.trace.input",
            id=number.id + (f" [{number.claim}]" if number.claim else ""),
            value=_number(number.value, number.unit),
            interval=interval,
            status=number.status,
            origin=_origin(number.sources),
        ),
    )
    if number.author:
        page.add(INDENT + DEEP, f"{number.author}: {number.reason}")
    for rival in number.rivals:
        page.add(INDENT + DEEP, _rival(rival))


def _rival(rival: Rival) -> str:
    who = (rival.claim, rival.claimant or rival.author)
    return text(
        f"study.trace.rival_{rival.whence}",
        who="".join(f", {word}" for word in who if word),
        value=_number(rival.best, rival.unit),
        interval=_interval(rival.low, rival.high),
        status=rival.status,
        origin=_origin(rival.sources),
    )


def _origin(sources: tuple[str, ...]) -> str:
    return "".join(f" [{id}]" for id in sources)


def _interval(low: float, high: float) -> str:
    return "" if low == high else text("study.trace.interval", low=f"{low:.6g}", high=f"{high:.6g}")


def _number(value: float, unit: str) -> str:
    return f"{value:.6g}" if unit == "1" else f"{value:.6g} {unit}"
