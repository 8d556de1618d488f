"""The difference of two negotiations in words, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from longroad.bargaining.contrast import Cause, Contrast, Moved
from longroad.bargaining.telling import VISIBLE, Block, chosen, two_digits
from longroad.base.messages import text

MOST_SHOWN = 40


def contrast_told(found: Contrast) -> Iterator[Block]:
    """Yield what was changed, what became of it, and which change does what alone."""
    if not found.inputs:
        yield Block(text("bargaining.contrast.same"))
        return
    rows = tuple((one.input, one.before or "-", one.after or "-") for one in found.inputs)
    yield Block(text("bargaining.contrast.inputs"), _heads("input", "before", "after"), rows)
    if found.ranges:
        yield Block(text("bargaining.contrast.ranges", places=", ".join(found.ranges)))
    telling = [one for one in found.results if _visible(one)]
    telling.sort(key=lambda one: -abs(one.difference or 1.0))
    if telling:
        shown = tuple(_moved(one) for one in telling[:MOST_SHOWN])
        yield Block(
            text("bargaining.contrast.results", draws=f"{found.draws:,}", seed=found.seed),
            _heads("result", "before", "after", "change", "error"),
            shown,
        )
    left = found.same_results + len(found.results) - len(telling[:MOST_SHOWN])
    yield Block(text("bargaining.contrast.left", count=left))
    if not found.same_numbers:
        yield Block(text("bargaining.contrast.other_numbers"))
    if found.point_before or found.point_after:
        none = text("bargaining.none")
        yield Block(
            text(
                "bargaining.contrast.point",
                before=chosen(found.point_before) or none,
                after=chosen(found.point_after) or none,
            )
        )
    yield from _why(found)


def _why(found: Contrast) -> Iterator[Block]:
    parties = next((list(one.gains) for one in found.causes if one.gains), [])
    heads = (*_heads("input", "agreement", "ratified"), *parties, *_heads("most"))
    rows = tuple(_cause(one, parties) for one in found.causes)
    yield Block(text("bargaining.contrast.why", draws=f"{found.cause_draws:,}"), heads, rows)
    first = found.causes[0]
    if first.size < VISIBLE:
        yield Block(text("bargaining.contrast.nothing"))
    elif len(found.causes) > 1:
        yield Block(text("bargaining.contrast.greatest", input=first.input))


def _heads(*names: str) -> tuple[str, ...]:
    return tuple(text(f"bargaining.contrast.columns.{name}") for name in names)


def _visible(one: Moved) -> bool:
    return one.difference is None or abs(one.difference) >= VISIBLE


def _moved(one: Moved) -> tuple[str, ...]:
    values = ("-" if v is None else two_digits(v) for v in (one.before, one.after))
    change = "-" if one.difference is None else f"{one.difference:+.2f}"
    return (one.result, *values, change, "-" if one.mc_se is None else f"{one.mc_se:.3f}")


def _cause(one: Cause, parties: list[str]) -> tuple[str, ...]:
    if one.fault is not None:
        return (one.input, "-", "-", *("-" for _ in parties), one.fault)
    shares = ("-" if v is None else f"{v:+.2f}" for v in (one.agreement, one.ratified))
    gains = (f"{one.gains[party]:+.3f}" for party in parties)
    most = "-" if one.most is None else f"{one.most} {one.most_change:+.2f}"
    return (one.input, *shares, *gains, most)
