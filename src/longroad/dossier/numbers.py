"""Numbers as a reader sees them. Every pattern comes from the message table."""

from __future__ import annotations

import math

from longroad.base.messages import text
from longroad.dossier.reading import Spread


def _percent_digits(share: float) -> str:
    """Return whole percent, or one digit more where rounding would say 0 or 100 falsely."""
    value = 100.0 * share
    if 0.0 < value < 0.5 or 99.5 <= value < 100.0 - 1e-9:
        shown = f"{math.floor(value * 10.0) / 10.0:.1f}"
        return "0.1" if shown == "0.0" else shown
    return f"{value:.0f}"


def percent(share: float) -> str:
    """Return ``62%``; 0 and 100 are said only when they are exact (to 0.1 otherwise)."""
    if not math.isfinite(share):
        return text("dossier.format.none")
    return text("dossier.format.percent", value=_percent_digits(share))


def interval(spread: Spread) -> str | None:
    """Return ``48–71%``, or None when there are no draws."""
    if spread.epistemic_p05 is None or spread.epistemic_p95 is None:
        return None
    low, high = _percent_digits(spread.epistemic_p05), _percent_digits(spread.epistemic_p95)
    return text("dossier.format.percent_range", low=low, high=high)


def share(spread: Spread) -> str:
    """Return ``62% (48–71%)``."""
    between = interval(spread)
    if between is None:
        return percent(spread.best)
    return text("dossier.format.with_range", value=percent(spread.best), range=between)


def _points(value: float) -> str:
    rounded = round(100.0 * value)
    sign = "\N{MINUS SIGN}" if rounded < 0 else ("+" if rounded > 0 else "")
    return f"{sign}{abs(rounded)}"


def change(spread: Spread) -> str:
    """Return ``+12 (+8 to +15)`` in percentage points."""
    if spread.epistemic_p05 is None or spread.epistemic_p95 is None:
        return _points(spread.best)
    return text(
        "dossier.format.change_range",
        value=_points(spread.best),
        low=_points(spread.epistemic_p05),
        high=_points(spread.epistemic_p95),
    )


def clock(seconds: float) -> str:
    """Return minutes and seconds, ``4:10``."""
    if not math.isfinite(seconds):
        return text("dossier.format.none")
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def plain(value: float) -> str:
    """Return a number with up to four significant digits and thousands marks: ``1,300``."""
    if not math.isfinite(value):
        return text("dossier.format.none")
    if value == round(value) and abs(value) < 1e15:
        return f"{value:,.0f}".replace("-", "\N{MINUS SIGN}")
    digits = max(0, 3 - math.floor(math.log10(abs(value))))
    shown = f"{value:,.{digits}f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.replace("-", "\N{MINUS SIGN}")


def listed(items: list[str]) -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``."""
    if len(items) < 2:
        return items[0] if items else ""
    return text("dossier.format.list_end", first=", ".join(items[:-1]), last=items[-1])
