"""Lays typed raids and agreements out as the arrays of the kernels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import RaidError
from longroad.engagement.raid import Arrangement, Raid
from longroad.engagement.raid_arrays_kernel import (
    ARC,
    LATER,
    ROUNDS,
    SALVO,
    TERRITORY,
    Luck,
    Objects,
    Terms,
    Work,
)
from longroad.engagement.raid_checks import fits, within
from longroad.engagement.raid_count_kernel import measures

Index = NDArray[np.int64]

MOST_BYTES = 2**30
"""What one worker and its results may take; the house's peak is twice that."""


@dataclass(frozen=True)
class Packed:
    """Everything the kernels read, and how much room they need.

    ``commands`` (A,) commands by agreement; ``shots`` the most at one object and ``stock`` the
    most in all.
    """

    objects: Objects
    terms: Terms
    commands: Index
    territories: int
    kinds: int
    parties: int
    shots: int
    stock: int

    @property
    def measures(self) -> int:
        """Return how many measures a replicate has."""
        return int(measures(self.territories, self.terms.stock.shape[1], self.parties))

    def room(self, modes: int, samples: int) -> float:
        """Return the bytes that one worker needs, its results included."""
        objects, agreements = len(self.objects.whole), self.commands.size
        scratch = objects * (
            24 * self.shots + 32 * (self.kinds * (self.shots // 4 + 2) + self.parties)
            + 8 * (self.terms.stock.shape[1] + 6 * int(self.commands.max()) + 20)
        )  # fmt: skip
        tables = (1 + self.territories) * (objects + 1) + 2 * (self.stock + 1)
        results = agreements * modes * (
            tables + self.measures * (agreements + samples + self.objects.first.size)
        )  # fmt: skip
        return scratch + 8.0 * results

    def luck(self) -> Luck:
        """Return room for the random numbers of one replicate."""
        objects, raids = len(self.objects.whole), self.objects.first.size - 1
        return Luck(
            plain=np.zeros((objects, 4)),
            consent=np.zeros((objects, self.parties, 4)),
            system=np.zeros((raids, self.kinds)),
            kill=np.zeros((objects, self.kinds, 4 * (self.shots // 4 + 1))),
            drawn=np.zeros((objects, self.kinds), dtype=np.int64),
        )

    def work(self, events: int = 0) -> Work:
        """Return room for one raid, with a log of ``events``."""
        objects, batteries = len(self.objects.whole), self.terms.stock.shape[1]
        commands, shots = int(self.commands.max()), max(self.shots, 1)
        longest = int(np.diff(self.objects.first).max())

        def whole(*shape: int) -> Index:
            return np.zeros(shape, dtype=np.int64)

        return Work(
            when=np.zeros((objects, 2 + self.parties)), tally=whole(objects, 3 + batteries),
            arrival=np.zeros((objects, commands)),
            open=np.zeros((objects, commands), dtype=np.bool_), numbers=whole(objects, self.kinds),
            account=whole(batteries, 7), idle=np.zeros(batteries),
            arrives=np.zeros((objects, shots)), shot=whole(objects, shots, 2),
            queue_time=np.zeros(longest * commands), queue_what=whole(longest * commands),
            log=np.zeros((events, 6)), logged=whole(1),
        )  # fmt: skip


def pack(
    raids: Sequence[Raid], arrangements: Sequence[Arrangement], territories: int, modes: int,
    samples: int,
) -> Packed:  # fmt: skip
    """Return the arrays; raise :class:`RaidError` where raids and agreements do not fit together.

    All arrangements have the same batteries (party, kind), arcs, launch times and parties; those
    with fewer states are filled up with states of chance 0.
    """
    if not raids or not arrangements:
        raise RaidError("there is nothing to run", field="raids", expected="a raid, an agreement")
    objects = _objects(raids, territories)
    first = arrangements[0]
    arcs, batteries, _ = first.opportunities.meets_s.shape
    parties = first.rules.consent.size
    within(objects.whole[:, ARC], 0, arcs - 1, "arc")
    for k, one in enumerate(arrangements):
        alike = (
            len(one.force) == batteries
            and one.opportunities.meets_s.shape == first.opportunities.meets_s.shape
            and one.rules.consent.size == parties
            and np.array_equal(one.force.party, first.force.party)
            and np.array_equal(one.force.kind, first.force.kind)
        )
        if not alike:
            raise RaidError(
                f"agreement {k} has other batteries, arcs or parties than the first",
                field="arrangements", expected="the same batteries, arcs and parties in all",
            )  # fmt: skip
        within(one.force.party, 0, parties - 1, "party")
    terms = _terms(arrangements, len(raids))
    commands = np.array([int(one.rules.commands().max()) + 1 for one in arrangements])
    shots, stock = _most(terms)
    packed = Packed(
        objects,
        terms,
        commands,
        territories,
        int(first.force.kind.max()) + 1,
        parties,
        shots,
        stock,
    )
    fits(packed.room(modes, samples), MOST_BYTES, len(objects.whole))
    return packed


def _objects(raids: Sequence[Raid], territories: int) -> Objects:

    def joined(*names: str) -> NDArray:
        return np.stack([np.concatenate([getattr(r, n) for r in raids]) for n in names], axis=-1)

    found = Objects(
        first=np.cumsum([0, *(len(raid) for raid in raids)]).astype(np.int64),
        whole=joined("arc", "territory", "decoy").astype(np.int64),
        real=joined("ignition_s", "spread_s", "flight_s", "taken"),
    )
    within(found.whole[:, TERRITORY], 0, territories - 1, "territory")
    return found


def _terms(arrangements: Sequence[Arrangement], raids: int) -> Terms:
    forces = [one.force for one in arrangements]
    states = max(one.opportunities.chance.size for one in arrangements)

    def stacked(name: str) -> NDArray:
        return np.stack([getattr(force, name) for force in forces])

    def by_raid(name: str) -> Index:
        found = []
        for force in forces:
            value = getattr(force, name)
            rows = value if value.ndim == 2 else np.broadcast_to(value, (raids, value.size))
            if name == "resupply" and value.ndim == 1:
                # Written once, it comes between raids: not before the first.
                rows = rows * (np.arange(raids) > 0)[:, None]
            if len(rows) != raids:
                raise RaidError(
                    f"there are {len(rows)} rows", field=name, expected=f"{raids}, one for a raid"
                )
            found.append(rows)
        return np.stack(found)

    def filled(name: str) -> NDArray:
        found = []
        for one in arrangements:
            value = getattr(one.opportunities, name)
            found.append(np.concatenate([value, np.repeat(value[-1:], states - len(value), 0)]))
        return np.stack(found)

    def seen(name: str) -> NDArray:
        return np.stack([getattr(one.opportunities, name) for one in arrangements])

    def ruled(name: str) -> NDArray:
        return np.stack([getattr(one.rules, name) for one in arrangements])

    edges = [np.cumsum(one.opportunities.chance) for one in arrangements]
    quantiles = max(one.rules.delay_s.shape[1] for one in arrangements)
    command = [one.rules.commands() for one in arrangements]
    most = max(int(one.max()) for one in command) + 1
    party, salvo = forces[0].party, stacked("salvo")
    held = np.stack([one[party] for one in command])
    aware = np.zeros((len(forces), most, most), dtype=np.bool_)
    look = np.full((len(forces), most), np.inf)
    for k, one in enumerate(arrangements):
        known = one.rules.aware(command[k])
        aware[k, : len(known), : len(known)] = known
        np.minimum.at(look[k], held[k], one.force.assessment_s)
    start = [np.searchsorted(np.sort(row), np.arange(most + 1)) for row in held]
    ready = filled("ready_s")
    spans = [np.nan_to_num(seen("opens_s"), posinf=0.0, neginf=0.0), seen("latest_s")]
    span = spans[1] - spans[0]
    steps = seen("meets_s").shape[-1] - 1
    spans.append(
        np.divide(steps, span, out=np.zeros_like(span), where=(span > 0) & (span < np.inf))
    )
    spread = [np.broadcast_to(one[:, None], ready.shape) for one in spans]
    rounds = np.where(salvo > 0, stacked("rounds"), 0)
    kind = np.broadcast_to(forces[0].kind, salvo.shape)
    parties = np.broadcast_to(party, salvo.shape)
    sees = np.array([[one.rules.sees_kills] * most for one in arrangements])
    levels = [force.levels for force in forces]
    return Terms(
        edge=np.stack([np.append(e, np.ones(states - len(e))) for e in edges]),
        launches=np.stack([ready, *spread], axis=-1),
        free=filled("free"),
        meets=seen("meets_s"),
        real=np.stack(
            [
                stacked("gap_s"), np.stack([one.system for one in levels]),
                np.stack([one.object for one in levels]), np.stack([one.shot for one in levels]),
            ],
            axis=-1,
        ),
        whole=np.stack([kind, parties, salvo, stacked("later"), rounds, held], axis=-1).astype(
            np.int64
        ),
        order=np.stack([np.argsort(row, kind="stable") for row in held]).astype(np.int64),
        start=np.stack(start).astype(np.int64),
        look=look,
        aware=aware,
        sees=sees,
        stock=stacked("inventory"),
        reserve=by_raid("reserve"),
        resupply=by_raid("resupply"),
        consent=ruled("consent"),
        delay=np.stack([_resampled(one.rules.delay_s, quantiles) for one in arrangements]),
        asks=ruled("asks_as"),
    )  # fmt: skip


def _resampled(delay: NDArray[np.float64], quantiles: int) -> NDArray[np.float64]:
    """Return quantiles (P, Q) at another even spacing, linear between."""
    if delay.shape[1] == quantiles:
        return delay
    at, given = np.linspace(0.0, 1.0, quantiles), np.linspace(0.0, 1.0, delay.shape[1])
    return np.stack([np.interp(at, given, row) for row in delay])


def _most(terms: Terms) -> tuple[int, int]:
    """Return the most shots at one object, and the most interceptors in all."""
    supply = terms.stock + terms.resupply.sum(axis=1)
    salvo, given, rounds = (terms.whole[..., k] for k in (SALVO, LATER, ROUNDS))
    later = np.where(given > 0, given, supply)
    wanted = np.where(rounds > 0, salvo + np.maximum(rounds - 1, 0) * later, 0)
    return int(np.minimum(wanted, supply).sum(axis=1).max()), int(supply.sum(axis=1).max())
