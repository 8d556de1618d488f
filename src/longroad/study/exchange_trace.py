"""The trace of an exchange: one count of one force against one defence, computed again.

    [VARIANT/]exchange/PARTY/OWNER/TOWARDS/POSTURE/TIMING/MEASURE

The best estimate as adopted: single draws of exchanges are not stored, and other readings, sets and
extremes are rows of the table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from longroad.base.errors import UsageError, nearest
from longroad.base.streams import SCRAMBLES
from longroad.deterrent import POSTURES, STAGES, Stage, make_roster
from longroad.deterrent.exchange import run_best
from longroad.scenario import Scenario, Variant
from longroad.study.columns import Array
from longroad.study.evaluate import Evaluation
from longroad.study.exchange_defence import ExchangeCase, exchange_cases, scenario_year
from longroad.study.exchange_inputs import force_numbers, shots_of
from longroad.study.exchange_rows import REPEATS
from longroad.study.inputs import TracedInput, traced, traced_number
from longroad.study.plan import Plan
from longroad.study.reach_ensemble import ReachEnsemble, timings
from longroad.study.reach_outcomes import ReachOutcome
from longroad.study.reach_plan import ANY, OWN_SENSORS, ReachJob
from longroad.study.reach_trace import STAGES as REACH_STAGES
from longroad.study.reach_trace import reach_columns
from longroad.study.readings import ADOPTED, Assumptions
from longroad.study.store import Run

EXCHANGE = "exchange"
EXCHANGE_STAGES = (*REACH_STAGES, "force", "exchange")
MEASURES = ("arriving", "penetrating", "within_reach", "lost", "lost_fraction")
WRITTEN = "[VARIANT/]exchange/PARTY/OWNER/TOWARDS/POSTURE/TIMING/MEASURE"


@dataclass(frozen=True)
class ExchangeOutcome:
    """One count of an exchange by name; ``delay_s`` None: as the owner's sensors support."""

    variant: str | None
    party: str
    owner: str
    towards: str
    posture: str
    delay_s: float | None
    measure: str

    @property
    def name(self) -> str:
        """Return the name without the variant."""
        when = OWN_SENSORS if self.delay_s is None else f"{self.delay_s:g}-s"
        about = (self.party, self.owner, self.towards, self.posture, when, self.measure)
        return "/".join((EXCHANGE, *about))


def is_exchange(outcome: str) -> bool:
    """Return whether a name is that of an exchange."""
    return EXCHANGE in outcome.split("/")[:2]


def parse_exchange(written: str) -> ExchangeOutcome:
    """Split the name of an exchange into its parts; raise UsageError for what is none."""
    parts = written.split("/")
    place = parts.index(EXCHANGE)
    after = parts[place + 1 :]
    if len(after) != 6 or not all(parts):
        raise UsageError(f"'{written}' is not the name of an exchange", expected=WRITTEN)
    party, owner, towards, posture, when, name = after
    words = [one.value for one in POSTURES]
    for word, known in ((posture, words), (name, MEASURES)):
        if word not in known:
            raise UsageError(
                f"'{word}' is no part of an exchange", expected=", ".join(known),
                nearest=nearest(word, known),
            )  # fmt: skip
    delay = None
    if when != OWN_SENSORS:
        try:
            delay = float(when.removesuffix("-s"))
        except ValueError:
            raise UsageError(
                f"'{when}' is no launch time", expected=f"300-s, or {OWN_SENSORS}"
            ) from None
    return ExchangeOutcome(parts[0] if place else None, party, owner, towards, posture, delay, name)


def stored_exchange(run: Run, meant: ExchangeOutcome) -> tuple[str, float]:
    """Return the variant and the value that the run holds; raise UsageError unless it is one."""
    table = run.table("exchange")
    delay = np.asarray(table["delay_s"], dtype=float)
    here = (
        (table["party"] == meant.party) & (table["owner"] == meant.owner)
        & (table["towards"] == meant.towards) & (table["posture"] == meant.posture)
        & (table["assumptions"] == ADOPTED)
        & (np.isnan(delay) if meant.delay_s is None else delay == meant.delay_s)
    )  # fmt: skip
    if meant.variant is not None:
        here &= table["variant"] == meant.variant
    found = [str(one) for one in table["variant"][here]]
    if len(found) != 1:
        names = [f"{one}/{meant.name}" for one in found]
        what = f"fits {len(found)} exchanges" if found else "is none that the run has"
        raise UsageError(f"'{meant.name}' {what}", expected=", ".join(names) or WRITTEN)
    return found[0], float(np.asarray(table[meant.measure])[here][0])


def exchange_value(
    scenario: Scenario, plan: Plan, meant: ExchangeOutcome, variant: str, row: Array
) -> tuple[float, ExchangeCase, tuple[ReachJob, ...]]:
    """Return the count by best estimates, the case it is of, and the jobs of reach it reads."""
    jobs = tuple(
        job for job in plan.reach
        if (job.variant, job.kind, job.party, job.assumptions)
        == (variant, "battery", meant.party, ADOPTED)
    )  # fmt: skip
    evaluation = Evaluation(plan, row)
    speeds, within = [row[:0]] * len(plan.meetings), [row[:0].astype(bool)] * len(plan.flights)
    for job in jobs:
        for timing in timings(plan, job):
            speeds[timing.meeting] = evaluation.meeting(timing.meeting).speed_m_s[None]
        flights = plan.meetings[job.meeting].flights
        within[flights] = evaluation.flights(flights).within[None]
    only = ReachEnsemble(tuple(speeds), tuple(within), row[None])
    wanted = (meant.party, meant.owner, meant.towards, meant.delay_s)
    year = scenario.variant(variant).year or scenario_year(scenario)
    single = replace(scenario, variants=(scenario.variant(variant),))
    case = next(
        one for one in exchange_cases(single, plan, only, year)
        if (one.defence.party, one.force.party, one.towards, one.delay_s) == wanted
    )  # fmt: skip
    named = {g.id for g in scenario.variant(variant).trajectories if g.owner.id == meant.owner}
    used = tuple(job for job in jobs if job.trajectories in named)
    return _count(scenario, case, meant), case, used


def _count(scenario: Scenario, case: ExchangeCase, meant: ExchangeOutcome) -> float:
    """Return the mean count over as many outcomes as the run took."""
    repeats = max(scenario.draws, SCRAMBLES) * REPEATS
    roster = make_roster(case.force, case.defence, scenario.seed)
    counts = run_best(roster, case.force, case.defence, repeats, scenario.seed)
    own = counts[:, [one.value for one in POSTURES].index(meant.posture)].mean(axis=0)
    arriving, left = (own[STAGES.index(s)] for s in (Stage.ARRIVING, Stage.PENETRATING))
    found = {
        "arriving": arriving,
        "penetrating": left,
        "within_reach": own[STAGES.index(Stage.WITHIN_REACH)],
        "lost": arriving - left,
        "lost_fraction": (arriving - left) / arriving if arriving > 0.0 else 0.0,
    }
    return float(found[meant.measure])


def exchange_inputs(
    plan: Plan, case: ExchangeCase, jobs: tuple[ReachJob, ...], variant: Variant, row: Array
) -> tuple[TracedInput, ...]:
    """Return everything that an exchange read: of reach, of the force, of the shots."""
    way = Assumptions(ADOPTED)
    columns: dict[tuple[str, int], None] = {}
    for job in jobs:
        timing = next(t for t in timings(plan, job) if t.delay_s == case.delay_s)
        outcome = ReachOutcome(job, timing, "reachable_pair_fraction", ANY)
        columns |= dict.fromkeys(reach_columns(plan, outcome))
    named = {job.trajectories for job in jobs}
    sites = {job.site for job in jobs}
    positions = [
        ("flight", end.position)
        for group in variant.trajectories if group.id in named
        for end in (*group.bases, *group.ends)
    ]  # fmt: skip
    batteries = [one for one in variant.batteries if one.id in sites]
    positions += [("meeting", one.position) for one in batteries]
    found = traced(plan, variant, way, row, columns, positions, REACH_STAGES)
    force = [traced_number("force", variant, one) for one in force_numbers(case.force)]
    shots = [traced_number("exchange", variant, one) for one in shots_of(variant, batteries)]
    return (*found, *force, *shots)
