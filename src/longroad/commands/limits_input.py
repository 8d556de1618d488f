"""What the user of `longroad limits` wrote: limits as KIND=VALUE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longroad.base.errors import UsageError

if TYPE_CHECKING:
    from longroad.deterrent import Limit


def limit_of(party: str, written: str) -> Limit:
    """Return a limit on a party; names of places are divided by commas.

    Raises :class:`UsageError` where there is no KIND=VALUE, :class:`LimitError` for an unknown
    kind or unit.
    """
    from longroad.deterrent import read_limit

    kind, equals, value = written.partition("=")
    if not equals or not kind.strip() or not value.strip():
        raise UsageError(
            f"'{written}' is no limit",
            field="--limit",
            expected="KIND=VALUE, such as 'burnout-speed=4.5 km/s'",
        )
    named = kind.strip() in ("area", "patrol-area", "site")
    parts: object = [one.strip() for one in value.split(",")] if named else value.strip()
    return read_limit(party, kind.strip(), parts)
