"""Combinations of physical options, and which of them are the same case of the scenario.

Options that change nothing in the world, a disclosure or a notice, share the case of those that
they leave as they are: not as an approximation but because no input of the physics differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TypeVar

from longroad.bargaining.errors import BargainingError
from longroad.bargaining.physics import MOST_COMBINATIONS
from longroad.scenario.negotiation import Effect, Issue, Negotiation, Physics

NOTHING = Effect()
Number = TypeVar("Number", int, float)


@dataclass(frozen=True)
class Combinations:
    """All combinations of the physical issues' options, the last issue's changing fastest.

    ``cases`` are the distinct effects; ``of`` (combinations,) says which case each combination is.
    """

    issues: tuple[Issue, ...]
    cases: tuple[Effect, ...]
    of: tuple[int, ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        """Return the number of options of each issue."""
        return tuple(len(issue.options) for issue in self.issues)


def combinations_of(negotiation: Negotiation, physics: Physics) -> Combinations:
    """Return the combinations; raise :class:`BargainingError` for none or too many."""
    issues = tuple(issue for issue in negotiation.issues if issue.physics is not None)
    count = prod(len(issue.options) for issue in issues)
    if not issues or count > MOST_COMBINATIONS:
        raise BargainingError(
            f"the physical issues have {count if issues else 0} combinations of options",
            field="issues",
            expected=f"1 to {MOST_COMBINATIONS}",
        )
    places: dict[Effect, int] = {}
    of = []
    for options in product(*(issue.option_ids for issue in issues)):
        chosen = dict(zip((issue.id for issue in issues), options, strict=True))
        of.append(places.setdefault(effect_of(physics, chosen), len(places)))
    return Combinations(issues, tuple(places), tuple(of))


def effect_of(physics: Physics, chosen: Mapping[str, str]) -> Effect:
    """Return what options by issue change together: the tightest of each limit.

    Raises :class:`BargainingError` where two of them name an agreement.
    """
    all_ = [physics.effects.get(issue, {}).get(option, NOTHING) for issue, option in chosen.items()]
    agreements = [one.agreement for one in all_ if one.agreement is not None]
    if len(agreements) > 1:
        raise BargainingError(
            f"options name the agreements {' and '.join(agreements)} together",
            field="physics.effects",
            expected="one issue that names agreements",
        )
    waters = {name: None for one in all_ for name in one.closed_waters}
    return Effect(
        agreements[0] if agreements else None,
        _least([one.speed_on_land for one in all_]),
        _least([one.speed_at_sea for one in all_]),
        _least([one.number for one in all_]),
        any(one.out_of_reach for one in all_),
        tuple(sorted(waters)),
    )


def _least(values: list[Number | None]) -> Number | None:
    return min((value for value in values if value is not None), default=None)
