"""Extremes of a pair, and which assumption makes the difference between them and what is adopted.

The owner's extreme takes every matter at the end that lets the defence take most, the defender's
at the end that lets it take least; mechanically, and for every pair of parties alike. Matters are
taken one after the other, reach first: an end is kept where it moves the share lost (the sum over
the four postures, by expected numbers), else the part of the force within reach, else the mean
speed to spare; where an end moves nothing, the adopted value stands.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from longroad.deterrent import (
    Defence,
    Draws,
    Flight,
    Force,
    Posture,
    Reach,
    Roster,
    Site,
    Stage,
    Weapon,
    best_draw,
    make_roster,
)  # fmt: skip
from longroad.deterrent.assumptions import COLUMNS, slots
from longroad.deterrent.estimate import expected_share_lost
from longroad.deterrent.exchange import run_best
from longroad.deterrent.posture import POSTURES, STAGES
from longroad.scenario import Scenario, Variant
from longroad.study.columns import BEST_ROW
from longroad.study.evaluate import Evaluation
from longroad.study.exchange_defence import (
    Pair,
    computed_share,
    countries,
    kill_of,
    weapon_pairs,
)  # fmt: skip
from longroad.study.exchange_layers import KILL, layers_of
from longroad.study.exchange_matters import (
    LATE,
    LAUNCH,
    OF_WEAPON,
    OWN_SENSORS,
    End,
    Matter,
    matters_of,
)  # fmt: skip
from longroad.study.plan import Plan
from longroad.study.reach_ensemble import ReachEnsemble
from longroad.study.reach_plan import ReachJob
from longroad.study.readings import ADOPTED, Assumptions

Array = NDArray[np.float64]
OWNER, DEFENDER = "owner-extreme", "defender-extreme"
WORST = Posture.DAILY_RIDE_OUT
REPEATS = 32
"""Outcomes, on the same random numbers, for each of the one-at-a-time shares."""
LEAST = 2e-3
"""Change of the share lost, by expected numbers, below which an assumption is not told of."""
NO_MEETING_M_S = -2e4  # to spare, where no speed meets a flight
SLACK = 1e-12
State = Mapping[str, End]


@dataclass(frozen=True)
class Difference:
    """What one assumption does between the adopted set and the owner's extreme, in share lost.

    ``alone``: by how much more is lost when only this one is at the owner's end; ``without``: by
    how much less when only this one is not. NaN where the defender's extreme alone moves it.
    """

    matter: Matter
    owner_end: End
    defender_end: End
    alone: float
    without: float

    @property
    def size(self) -> float:
        """Return the greater of both, by which assumptions are ranked; 0 where neither is known."""
        return 0.0 if math.isnan(self.alone) else max(self.alone, self.without, 0.0)


@dataclass(frozen=True)
class Extremes:
    """One pair towards one country: shares lost in the posture in which least is left."""

    variant: str
    party: str
    owner: str
    towards: str
    computed_share: float
    adopted: float
    most: float
    least: float
    differences: tuple[Difference, ...]
    cases: tuple[ExtremeCase, ...]


@dataclass(frozen=True)
class ExtremeCase:
    """An extreme as an exchange takes it: force and defence with a single draw of numbers."""

    id: str
    timing: str
    delay_s: float | None
    force: Force
    defence: Defence
    under: Draws


def extremes(
    scenario: Scenario, variant: Variant, force: Force, party: str, plan: Plan,
    ensemble: ReachEnsemble, asked: Collection[str] | None = None,
) -> tuple[Extremes, ...]:  # fmt: skip
    """Return both extremes of a pair, towards each country ``asked`` for.

    By default the one towards which most is taken when launched as early as anybody speaks of.
    None at all where no flight of the force was computed against a battery of the party.
    """
    found = [
        _Pair(variant, force, party, towards, plan, ensemble, scenario.seed)
        for towards in countries(variant, force.party)
        if asked is None or towards in asked
    ]
    found = [pair for pair in found if pair.jobs and pair.rows]
    if asked is None and found:
        found = [max(found, key=lambda pair: pair.early)]
    return tuple(pair.found() for pair in found)


class _Pair:
    """One defence against one force towards one country, under any state of its matters."""

    def __init__(
        self, variant: Variant, force: Force, party: str, towards: str, plan: Plan,
        ensemble: ReachEnsemble, seed: int,
    ) -> None:  # fmt: skip
        self.variant, self.force, self.party, self.towards = variant, force, party, towards
        self.seed, self.row = seed, ensemble.table[BEST_ROW]
        self.batteries = tuple(one for one in variant.batteries if one.owner.id == party)
        pairs = weapon_pairs(variant, force, towards)
        self.computed = computed_share(force, pairs)
        self.rows = [(weapon, pair, w) for weapon, own in pairs.items() for pair, w in own]
        named = {pair[0] for _, pair, _ in self.rows}
        self.jobs = [
            job for job in plan.reach
            if (job.variant, job.kind, job.party, job.assumptions)
            == (variant.id, "battery", party, ADOPTED)
            and job.trajectories in named
        ]  # fmt: skip
        if not self.rows or not self.jobs:
            return
        flown = [pair for _, pair, _ in self.rows]
        self.layers = layers_of(variant, party, flown, Assumptions(ADOPTED))
        groups = [group for group in variant.trajectories if group.id in named]
        self.matters = matters_of(variant, force, self.batteries, groups, layers=bool(self.layers))
        self.usual: dict[str, End] = {one.id: one.usual for one in self.matters}
        self.plan = self._plan(plan)
        self.columns: dict[str, list[int]] = {}
        for column, quantity in enumerate(plan.quantities):
            self.columns.setdefault(quantity.id, []).append(column)
        self.best = best_draw(force)
        self._known: dict[tuple[End, ...], Array] = {}
        self._evaluations: dict[tuple[End, ...], Evaluation] = {}
        self._flown: dict[tuple[End, ...], Evaluation] = {}
        # By the identity of ends, which all live as long as the pair's matters.
        self._defences: dict[tuple[int, ...], Defence] = {}
        self._losses: dict[tuple[int, ...], Array] = {}
        self._roster: Roster | None = None
        launch = next(one for one in self.matters if one.id == LAUNCH)
        self.early = self.judged({**self.usual, LAUNCH: launch.ends[0]})

    def _plan(self, plan: Plan) -> Plan:
        """Return the flights and meetings of the pair alone: by delay, then by sensors."""
        launch = next(one for one in self.matters if one.id == LAUNCH)
        self.delays = tuple(
            sorted({launch.usual.value(LATE), *(end.value(LATE) for end in launch.ends)})
        )
        used = sorted({plan.meetings[job.meeting].flights for job in self.jobs})
        place = {flights: k for k, flights in enumerate(used)}
        by_delay = [replace(plan.meetings[j.meeting], delays_s=self.delays) for j in self.jobs]
        sensed = [plan.meetings[j.supported] for j in self.jobs if j.supported is not None]
        return replace(
            plan,
            flights=tuple(plan.flights[k] for k in used),
            meetings=tuple(
                replace(one, flights=place[one.flights]) for one in (*by_delay, *sensed)
            ),
            ready=tuple(replace(one, flights=place.get(one.flights, 0)) for one in plan.ready),
            radars=tuple(
                replace(one, arcs=place.get(one.arcs, 0)) if one.strategic else one
                for one in plan.radars
            ),
        )

    def spare(self, state: State) -> Array:
        """Return by flight and battery how much faster the interceptor is than it must be (m/s)."""
        geometry = (state[LAUNCH], *_ends(state, ("interceptor.", "missile.")))
        if geometry not in self._known:
            self._known[geometry] = self._spare(state)
        return self._known[geometry]

    def _evaluated(self, state: State) -> Evaluation:
        """Return flights and meetings in a state: at all delays, so that launches share them."""
        flown = _ends(state, ("missile.",))
        shots = (*flown, *_ends(state, ("interceptor.all.",)))
        if shots not in self._evaluations:
            made = Evaluation(self.plan, self._row(shots))
            # Flights do not change with what is fired at them.
            made.reach.fleet = self._flown.setdefault(flown, made).reach.fleet
            self._evaluations[shots] = made
        return self._evaluations[shots]

    def _row(self, ends: Iterable[End]) -> Array:
        row = self.row.copy()
        for end in ends:
            for id, value in end.values:
                row[self.columns.get(id, [])] = value
        return row

    def _spare(self, state: State) -> Array:
        evaluation, row = self._evaluated(state), self._row(state.values())
        launch = state[LAUNCH]
        out = np.full((len(self.rows), len(self.batteries)), NO_MEETING_M_S)
        place = {battery.id: k for k, battery in enumerate(self.batteries)}
        index: dict[Pair, list[int]] = {}
        for k, (_, pair, _) in enumerate(self.rows):
            index.setdefault(pair, []).append(k)
        sensed = len(self.jobs)
        for k, job in enumerate(self.jobs):
            own = job.supported is not None
            meeting, column = k, self.delays.index(launch.value(LATE))
            if launch.word == OWN_SENSORS:
                if not own:
                    continue
                meeting, column = sensed, 0
            sensed += own
            self._fill(out, evaluation, job, meeting, column, row, index, place[job.site])
        return out

    def _fill(
        self, out: Array, evaluation: Evaluation, job: ReachJob, meeting: int, column: int,
        row: Array, index: dict[Pair, list[int]], site: int,
    ) -> None:  # fmt: skip
        if job.burnout_speed is None:
            return
        flights = self.plan.meetings[meeting].flights
        speeds = evaluation.meeting(meeting).speed_m_s[:, column]
        least = np.fmin(speeds[:, 0], speeds[:, 1])
        flown = evaluation.flights(flights).within
        spare = np.where(flown & np.isfinite(least), row[job.burnout_speed] - least, NO_MEETING_M_S)
        for (base, end, _), value in zip(self.plan.flights[flights].pairs, spare, strict=True):
            for k in index.get((job.trajectories, base, end), ()):
                out[k, site] = max(out[k, site], float(value))

    def defence(self, state: State) -> Defence:
        """Return the defence in a state, with chances and numbers that are certain."""
        key = _identity(state)
        if key not in self._defences:
            self._defences[key] = self._defence(state)
        return self._defences[key]

    def lost(self, state: State) -> Array:
        """Return the share lost by expected numbers, by posture."""
        key = _identity(state)
        if key not in self._losses:
            defence, under = self.defence(state), self.draws(state)
            self._losses[key] = expected_share_lost(self.force, defence, under)
        return self._losses[key]

    def _defence(self, state: State) -> Defence:
        within = self.spare(state) >= 0.0
        if self.layers:
            above = np.array([layer.meets for layer in self.layers]).T
            within = np.concatenate([within, above], axis=1)
        shots = round(state["default.raid.salvo"].values[0][1])
        sites = tuple(
            Site(battery.id, battery.number, self._kill(state, k), shots)
            for k, battery in enumerate(self.batteries)
        )
        if self.layers:
            kill = state[KILL].values[0][1]
            sites += tuple(Site(one.id, one.number, kill, shots) for one in self.layers)
        flights = tuple(Flight(weapon, pair[1], pair[2], w) for weapon, pair, w in self.rows)
        ids = tuple(site.id for site in sites)
        told = state["default.raid.true_taken"].values[0][1]
        return Defence(
            self.variant.id, self.party, sites, Reach(flights, ids, within[None]), 1.0, told
        )

    def _kill(self, state: State, battery: int) -> float:
        number = kill_of(self.variant, self.batteries[battery], Assumptions(ADOPTED))
        return state[number.id].values[0][1] if number.id in state else number.best

    def draws(self, state: State) -> Draws:
        """Return the force's numbers in a state as a single draw."""
        values = self.best.values.copy()
        for k, weapon in enumerate(self.force.weapons):

            def of(name: str, weapon: Weapon = weapon) -> float:
                number = getattr(weapon, name)
                group = OF_WEAPON.get(name)
                id = number.id if group is None else f"{getattr(weapon, group)}.all.{name}"
                return state[id].value(number.id) if id in state else float(number.best)

            for column, name in enumerate(COLUMNS[:7]):
                if getattr(weapon, name) is not None:
                    values[0, k, column] = of(name)
            loaded = of("warheads") * of("deployed_fraction") / max(slots(weapon), 1)
            values[0, k, 7] = min(loaded, 1.0)
        return Draws(values, self.best.defence)

    def judged(self, state: State) -> tuple[float, float, float]:
        """Return by what an end is picked: share lost, part within reach, speed to spare."""
        spare = self.spare(state)
        weight = np.array([w for _, _, w in self.rows])
        most = spare.max(axis=1)
        return float(self.lost(state).sum()), float(weight @ (most >= 0.0)), float(weight @ most)

    def picked(self, sign: float) -> dict[str, End]:
        """Return the state in which a defence takes most (+1) or least (-1)."""
        state = dict(self.usual)
        now = self.judged(state)
        for matter in self.matters:
            if sign < 0.0 and now[:2] == (0.0, 0.0):
                break  # what takes nothing cannot take less
            for end in matter.ends:
                tried = {**state, matter.id: end}
                found = self.judged(tried)
                if _better(found, now, sign):
                    state, now = tried, found
        return state

    def share(self, state: State) -> float:
        """Return the share lost in the posture in which least is left, by simulation."""
        defence = self.defence(state)
        if self._roster is None:
            self._roster = make_roster(self.force, defence, self.seed)
        counts = run_best(
            self._roster, self.force, defence, REPEATS, self.seed, under=self.draws(state)
        )[:, POSTURES.index(WORST)].mean(axis=0)
        arriving = counts[STAGES.index(Stage.ARRIVING)]
        left = counts[STAGES.index(Stage.PENETRATING)]
        return float((arriving - left) / arriving) if arriving > 0.0 else 0.0

    def found(self) -> Extremes:
        """Return both extremes, and what each assumption does on the way to the owner's."""
        most, least = self.picked(1.0), self.picked(-1.0)
        usual, whole = self.share(self.usual), self.share(most)
        differences = []
        for matter in self.matters:
            ends = (most[matter.id], least[matter.id])
            alone, without = {**self.usual, matter.id: ends[0]}, {**most, matter.id: matter.usual}
            if ends[0] is matter.usual:
                if ends[1] is not matter.usual:
                    differences.append(Difference(matter, *ends, math.nan, math.nan))
            elif self._moves(alone, self.usual) or self._moves(most, without):
                own = (self.share(alone) - usual, whole - self.share(without))
                differences.append(Difference(matter, *ends, *own))
        ranked = tuple(sorted(differences, key=lambda one: -one.size))
        cases = (self._case(OWNER, most), self._case(DEFENDER, least))
        pair = (self.variant.id, self.party, self.force.party, self.towards)
        return Extremes(*pair, self.computed, usual, whole, self.share(least), ranked, cases)

    def _moves(self, one: State, other: State) -> bool:
        return abs(self._expected(one) - self._expected(other)) >= LEAST

    def _expected(self, state: State) -> float:
        return float(self.lost(state)[POSTURES.index(WORST)])

    def _case(self, id: str, state: State) -> ExtremeCase:
        launch = state[LAUNCH]
        sensed = launch.word == OWN_SENSORS
        return ExtremeCase(
            id, OWN_SENSORS if sensed else "delay", None if sensed else launch.value(LATE),
            self.force, self.defence(state), self.draws(state),
        )  # fmt: skip


def _ends(state: State, kinds: tuple[str, ...]) -> tuple[End, ...]:
    """Return the ends of what meetings read of some kinds of things."""
    return tuple(
        end for id, end in state.items()
        if id.startswith(kinds) and not id.endswith("single_shot_kill")
    )  # fmt: skip


def _identity(state: State) -> tuple[int, ...]:
    return tuple(map(id, state.values()))


def _better(found: tuple[float, ...], now: tuple[float, ...], sign: float) -> bool:
    """Return whether a judgement moves in a direction, by the first part that moves at all."""
    for new, old in zip(found, now, strict=True):
        if abs(new - old) > SLACK * max(abs(old), 1.0):
            return sign * (new - old) > 0.0
    return False
