"""The trace of an outcome as text for a terminal: value, equations, numbers, sources."""

from __future__ import annotations

from longroad.base.messages import text
from longroad.study.tracing import Trace, TracedInput


def trace_text(trace: Trace) -> str:
    """Return a trace as text: a headline, then stage by stage equation and numbers read."""
    draw = text("study.trace.best") if trace.draw < 0 else text("study.trace.draw", draw=trace.draw)
    lines = [
        text(
            "study.trace.headline",
            outcome=trace.outcome,
            variant=trace.variant,
            party=trace.party,
            assumptions=trace.assumptions,
            draw=draw,
        ),
        text("study.trace.value", value=f"{trace.value:.6g}"),
        text(
            "study.trace.matches" if trace.matches else "study.trace.differs", stored=trace.stored
        ),
    ]
    for stage in trace.stages:
        lines += ["", f"{stage.stage}: {stage.equation}"]
        lines += [_line(number) for number in trace.inputs if number.stage == stage.stage]
    return "\n".join(lines) + "\n"


def _line(number: TracedInput) -> str:
    claim = f" [{number.claim}]" if number.claim else ""
    origin = ", ".join(number.sources)
    if number.author:
        origin = f"{number.author}: {number.reason}" + (f" ({origin})" if origin else "")
    value, low, high = (f"{v:.6g}" for v in (number.value, number.low, number.high))
    return text(
        "study.trace.input",
        id=number.id + claim,
        value=value,
        unit="" if number.unit == "1" else number.unit,
        low=low,
        high=high,
        status=number.status,
        origin=origin,
    )
