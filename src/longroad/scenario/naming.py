"""Names that readers see: as written or catalogued, or by kind and number where asked for."""

from __future__ import annotations

from collections.abc import Hashable

from longroad.base.messages import text


class Names:
    """The names of one file: with ``generic``, a thing is called by its kind and a number.

    Numbers are given in the order of first mention over all variants, so that one thing keeps
    its number from variant to variant.
    """

    def __init__(self, *, generic: bool = False) -> None:
        self.generic = generic
        self._numbers: dict[str, dict[Hashable, int]] = {}

    def name(self, kind: str, key: Hashable, own: str) -> str:
        """Return ``own``, or the generic name of the thing ``key`` (message of ``kind``)."""
        if not self.generic:
            return own
        numbers = self._numbers.setdefault(kind, {})
        number = numbers.setdefault(key, len(numbers) + 1)
        return numbered(kind, number)


def numbered(kind: str, number: int) -> str:
    """Return the name of a thing that has none of its own: ``Base 2``."""
    return text(f"scenario.generic_{kind}", number=number)
