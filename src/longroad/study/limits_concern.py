"""What a defence under limits still takes of a deterrent: by posture and assumption set, by draw.

The same random numbers serve every set of limits, and a battery that is switched off stays in the
list with nothing to fire, so that fewer interceptors never take more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.deterrent import POSTURES, STAGES, Defence, Force, Reach, Site, Stage, exchange
from longroad.study.exchange_defence import ExchangeCase, cases_against
from longroad.study.limits_world import DRAWS, Kept, World
from longroad.study.readings import ADOPTED
from longroad.study.spread import Spread, spread

Array = NDArray[np.float64]
REPEATS = 16
"""Outcomes for each draw; the best estimate rests on as many as all draws together."""


@dataclass(frozen=True)
class Concern:
    """The share of an owner's arriving warheads that a defence takes, under one assumption set.

    The greatest over end points and launch times, in every draw; ``postures`` in their order.
    ``towards`` is the country of end points towards which most is taken; None where nothing is.
    """

    owner: str
    assumptions: str
    towards: str | None
    postures: tuple[Spread, ...]

    @property
    def posture(self) -> str:
        """The posture in which the defence takes most, by the best estimate."""
        return POSTURES[self._worst].value

    @property
    def share(self) -> Spread:
        """The share taken in that posture."""
        return self.postures[self._worst]

    @property
    def best(self) -> float:
        """Its best estimate."""
        return self.share.best or 0.0

    @property
    def _worst(self) -> int:
        return int(np.argmax([one.best or 0.0 for one in self.postures]))


class Concerns:
    """Concerns in a world, each distinct exchange counted out once."""

    def __init__(self, world: World, towards: str | None = None) -> None:
        self.world, self.towards = world, towards
        self._cases: dict[tuple[str, str], list[ExchangeCase]] = {}
        self._known: dict[tuple[object, ...], Array] = {}
        self._figures: dict[bytes, tuple[Spread, ...]] = {}

    def of(self, kept: Sequence[Kept], force: Force, assumptions: str) -> Concern:
        """Return what is left of one concern by the batteries that limits leave."""
        most = np.zeros((1 + DRAWS, len(POSTURES)))
        towards, greatest = None, 0.0
        for case in self._of(force, assumptions):
            lost = self._lost(kept, case)
            if lost[0].max() > greatest:
                towards, greatest = case.towards, float(lost[0].max())
            np.maximum(most, lost, out=most)
        key = most.tobytes()  # most sets of limits leave what another leaves
        if key not in self._figures:
            self._figures[key] = tuple(spread(float(one[0]), one[1:]) for one in most.T)
        return Concern(force.party, assumptions, towards, self._figures[key])

    def reaching(self, force: Force, assumptions: str) -> tuple[str, ...]:
        """Return the batteries that meet some flight of a force, by best estimate, as deployed."""
        found: set[str] = set()
        for case in self._of(force, assumptions):
            met = np.atleast_1d(case.defence.reach.best_table.any(axis=0))
            sites = zip(case.defence.reach.sites, met, strict=True)
            found |= {site for site, hit in sites if hit}
        return tuple(one.id for one in self.world.variant.batteries if one.id in found)

    def _of(self, force: Force, assumptions: str) -> list[ExchangeCase]:
        key = (force.id, assumptions)
        if key not in self._cases:
            variant = self.world.variants[assumptions]
            found = cases_against(
                variant, force, self.world.party, self.world.plan, self.world.reach
            )
            self._cases[key] = [
                case for case in found
                if case.assumptions == ADOPTED and self.towards in (None, case.towards)
            ]  # fmt: skip
        return self._cases[key]

    def _lost(self, kept: Sequence[Kept], case: ExchangeCase) -> Array:
        """Return the share lost (1 + draws, postures), the best estimate first; exactly 0 or so."""
        defence = self._left(kept, case.defence)
        reach = defence.reach
        armed = np.array([site.inventory > 0 for site in defence.sites], dtype=bool)
        hit = (reach.within.any(axis=(0, 1)) | reach.best_table.any(axis=0)) & armed
        if not hit.any():
            return np.zeros((1 + DRAWS, len(POSTURES)))
        used = tuple(site for site, hits in zip(defence.sites, hit, strict=True) if hits)
        tables = (reach.within[:, :, hit].tobytes(), reach.best_table[:, hit].tobytes())
        key = (case.force.id, used, reach.flights, *tables)
        if key not in self._known:
            self._known[key] = _shares(case.force, defence, self.world.scenario.seed)
        return self._known[key]

    def _left(self, kept: Sequence[Kept], whole: Defence) -> Defence:
        """Return the defence with each of the party's batteries in the mode it is left in."""
        left = {id: (mode, number) for id, mode, number in kept}
        place = {site: k for k, site in enumerate(whole.reach.sites)}
        sites, columns = [], []
        for battery in self.world.variant.batteries:
            mode, number = left.get(battery.id, (battery.mode, 0))
            column = place[self.world.names[battery.id, mode]]
            known = whole.sites[column]
            sites.append(Site(battery.id, number, known.kill, known.shots))
            columns.append(column)
        reach = Reach(
            whole.reach.flights,
            tuple(site.id for site in sites),
            np.ascontiguousarray(whole.reach.within[:, :, columns]),
            np.ascontiguousarray(whole.reach.best_table[:, columns]),
        )
        return Defence(whole.id, whole.party, tuple(sites), reach, whole.works, whole.discriminated)


def _shares(force: Force, defence: Defence, seed: int) -> Array:
    """Return the share lost (1 + draws, postures), the best estimate first."""
    found = exchange(force, defence, draws=DRAWS, repeats=REPEATS, seed=seed)
    out = np.empty((1 + DRAWS, len(POSTURES)))
    for k, posture in enumerate(POSTURES):
        out[0, k] = found.best_lost_share(posture)
        arriving, left = (
            found.draws[:, k, STAGES.index(stage)] for stage in (Stage.ARRIVING, Stage.PENETRATING)
        )
        lost = np.zeros(DRAWS)
        np.divide(arriving - left, arriving, out=lost, where=arriving > 0.0)
        out[1:, k] = lost
    return out
