"""Limits on a defence: what may be limited, in which unit, and how one could see it kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from longroad.base import units
from longroad.base.errors import LongroadError, nearest
from longroad.base.messages import text
from longroad.deterrent.faults import LimitError
from longroad.deterrent.observability import Means, means_of


class Kind(StrEnum):
    """What a limit is on."""

    BURNOUT_SPEED = "burnout-speed"
    """No interceptor faster than this."""
    NUMBER = "number"
    """No more interceptors than this, at all sites together."""
    AREA = "area"
    """No interceptors inside these named areas, on land."""
    PATROL_AREA = "patrol-area"
    """No ships with interceptors inside these named areas."""
    SITE = "site"
    """No interceptors at the places of these batteries, on land or at sea."""
    REMOTE_ENGAGEMENT = "remote-engagement"
    """The most that may be done on tracks of other sensors: none, launch or engage."""


_DIMENSIONS = {Kind.BURNOUT_SPEED: "speed", Kind.NUMBER: "count"}
REMOTE = ("none", "launch", "engage")


@dataclass(frozen=True)
class Limit:
    """One limit on one party. ``value`` is SI for speeds and numbers; ``names`` are areas, or how
    far remote engagement may go. ``unit`` is how it was written."""

    party: str
    kind: Kind
    value: float | None = None
    names: tuple[str, ...] = ()
    unit: str = ""

    @property
    def words(self) -> str:
        """Return the limit in words."""
        said = ", ".join(self.names)
        if self.value is not None:
            said = units.written(self.value, self.unit)
        return text(f"deterrent.limit.{self.kind}", party=self.party, value=said)

    @property
    def means(self) -> tuple[Means, ...]:
        """Return by which published means or transparency provision it could be seen to be kept."""
        return means_of(self.kind)

    @property
    def observable(self) -> str:
        """Return the same in words."""
        said = "; ".join(means.words for means in self.means)
        return text(f"deterrent.observable.{self.kind}", means=said)


def read_limit(party: str, kind: str, written: object) -> Limit:
    """Return a limit; raise :class:`LimitError` for an unknown kind, unit or word."""
    known = [one.value for one in Kind]
    if kind not in known:
        raise LimitError(
            f"'{kind}' cannot be limited", field="kind", expected=", ".join(known),
            nearest=nearest(str(kind), known),
        )  # fmt: skip
    chosen = Kind(kind)
    if chosen in _DIMENSIONS:
        try:
            read = units.read(written, _DIMENSIONS[chosen])  # type: ignore[arg-type]
        except LongroadError as fault:
            raise LimitError(
                fault.what, field=kind, expected=fault.expected, nearest=fault.nearest
            ) from None
        if read.value < 0.0:
            raise LimitError(f"'{written}' is negative", field=kind, expected="0 or more")
        return Limit(party, chosen, read.value, (), read.unit)
    names = tuple(str(one) for one in written) if isinstance(written, list) else (str(written),)
    names = tuple(dict.fromkeys(names))
    if not names or not all(names):
        raise LimitError("a limit names nothing", field=kind, expected="one name or a list")
    if chosen is Kind.REMOTE_ENGAGEMENT and (len(names) > 1 or names[0] not in REMOTE):
        raise LimitError(
            f"'{written}' says not how far remote engagement may go",
            field=kind,
            expected=", ".join(REMOTE),
            nearest=nearest(str(written), REMOTE),
        )
    return Limit(party, chosen, None, names)


@dataclass(frozen=True)
class LimitSet:
    """Limits that hold together; none at all is the plan as it stands."""

    id: str
    limits: tuple[Limit, ...] = ()

    def __post_init__(self) -> None:
        seen: dict[tuple[str, Kind], Limit] = {}
        for one in self.limits:
            other = seen.setdefault((one.party, one.kind), one)
            if other is not one:
                raise LimitError(
                    f"'{one.words}' and '{other.words}' limit the same thing twice",
                    field=one.kind.value,
                    expected="each kind once for each party",
                )

    @property
    def words(self) -> str:
        """Return the limits in words."""
        if not self.limits:
            return text("deterrent.limit.nothing")
        return "; ".join(limit.words for limit in self.limits)


def limit_sets(limits: Sequence[Limit], most: int) -> tuple[LimitSet, ...]:
    """Return the empty set, every limit alone and every set of up to ``most``, in a fixed order.

    Two values of one kind for one party never stand in one set. Ids number them: ``l0``, ``l1``...
    """
    chosen: list[tuple[Limit, ...]] = [()]
    for size in range(1, most + 1):
        chosen += [found for found in combinations(limits, size) if _once(found)]
    return tuple(LimitSet(f"l{number}", found) for number, found in enumerate(chosen))


def _once(limits: Iterable[Limit]) -> bool:
    seen = [(one.party, one.kind) for one in limits]
    return len(set(seen)) == len(seen)
