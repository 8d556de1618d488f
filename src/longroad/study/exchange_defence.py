"""Defences as an exchange takes them: sites and, for every flight, whether each can meet it.

A weapon's flights are those of its owner's trajectories from the bases it is thought to be at: of
its own missile where there are any at that base, else of its class (ICBM or SLBM). Bases weigh
alike, and so do the flights from one base. Weapons without such flights count as out of reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.quantity import Quantity
from longroad.base.streams import SCRAMBLES
from longroad.deterrent import Defence, Flight, Force, Reach, Site, Weapon, force_of
from longroad.scenario import Battery, Scenario, Trajectories, Variant
from longroad.scenario.exchange_claim import end_country
from longroad.study.exchange_layers import Layer, layer_sites, layers_of
from longroad.study.plan import Plan
from longroad.study.reach_ensemble import ReachEnsemble, Timing, timings
from longroad.study.reach_plan import ANY, OWN_SENSORS, ReachJob
from longroad.study.readings import ADOPTED, FORCE_KINDS, Assumptions

Flags = NDArray[np.bool_]
Pair = tuple[str, str, str]  # trajectories, base, end
CERTAIN = 1.0
USUAL = Assumptions(ADOPTED)


@dataclass(frozen=True)
class ExchangeCase:
    """One defence against one force: where its flights go, when its sites launch, what is read.

    ``towards`` is the country (ISO 3166) of the end points; ``delay_s`` None: as soon as the
    owner's sensors support a launch.
    """

    variant: str
    assumptions: str
    towards: str
    timing: str
    delay_s: float | None
    force: Force
    defence: Defence
    computed_share: float
    """Of the deployed warheads that fly ballistically, those whose weapons have flights."""
    force_read: str = ADOPTED
    """The reading of the force's numbers: adopted where the case's own changes none of them."""
    few: bool = False
    """Whether the reading changes chances and numbers alone, so that few draws have to do."""
    own_time: bool = False
    """Whether the launch time belongs to the assumptions."""


def exchange_cases(
    scenario: Scenario,
    plan: Plan,
    ensemble: ReachEnsemble,
    force_year: int | None = None,
    ways: Sequence[Assumptions] = (USUAL,),
) -> Iterator[ExchangeCase]:
    """Yield the cases of a scenario: every party's batteries against every other party's force.

    A force is the latest up to ``force_year``, by default the variant's year. ``ways`` are the
    readings of the numbers; one that says of a pair what the adopted one does is left out.
    """
    for variant in scenario.variants:
        own = tuple(
            way for way in ways
            if way.held is None or any(one is way.held for one in variant.assumptions)
        )  # fmt: skip
        for force, party in exchange_pairs(scenario, variant, force_year):
            yield from cases_against(variant, force, party, plan, ensemble, own)


def exchange_pairs(
    scenario: Scenario, variant: Variant, force_year: int | None = None
) -> Iterator[tuple[Force, str]]:
    """Yield every force whose flights are known with every other party that has batteries."""
    year = force_year or variant.year or scenario_year(scenario)
    for owner in dict.fromkeys(group.owner.id for group in variant.trajectories):
        force = force_read(variant, owner, year)
        if force is None:
            continue
        for party in defenders(variant):
            if party != owner:
                yield force, party


def defenders(variant: Variant) -> tuple[str, ...]:
    """Return the parties that have batteries or a layer in orbit."""
    owners = [battery.owner.id for battery in variant.batteries]
    owners += [layer.owner.id for layer in variant.constellations]
    return tuple(dict.fromkeys(owners))


def force_read(variant: Variant, owner: str, year: int, way: Assumptions = USUAL) -> Force | None:
    """Return a party's force with the numbers that a reading takes, the scenario's own first."""
    return force_of(
        variant.catalog, owner, year, lambda entry, name: way.choose(variant, entry, name)
    )


def cases_against(
    variant: Variant, force: Force, party: str, plan: Plan, ensemble: ReachEnsemble,
    ways: Sequence[Assumptions] = (USUAL,),
) -> Iterator[ExchangeCase]:  # fmt: skip
    """Yield the cases of one party's batteries, as the variant has them, against one force.

    The plan may be of a variant of the same id that has more batteries.
    """
    jobs = [
        job for job in plan.reach
        if (job.variant, job.kind, job.party) == (variant.id, "battery", party)
    ]  # fmt: skip
    if jobs or any(layer.owner.id == party for layer in variant.constellations):
        yield from _against(variant, force, party, jobs, plan, ensemble, ways)


def scenario_forces(scenario: Scenario) -> tuple[Force, ...]:
    """Return the forces of a scenario's parties in the years of its variants, each once."""
    found: dict[str, Force] = {}
    for variant in scenario.variants:
        for party in variant.parties:
            force = force_read(variant, party.id, variant.year or 0)
            if force is not None:
                found.setdefault(force.id, force)
    return tuple(found.values())


def scenario_year(scenario: Scenario) -> int:
    """Return the latest year among the variants; 0 where none has one."""
    return max((variant.year or 0 for variant in scenario.variants), default=0)


def _against(
    variant: Variant, force: Force, party: str, jobs: list[ReachJob], plan: Plan,
    ensemble: ReachEnsemble, ways: Sequence[Assumptions],
) -> Iterator[ExchangeCase]:  # fmt: skip
    batteries = [b for b in variant.batteries if b.owner.id == party]
    names = tuple(battery.id for battery in batteries)
    reaching = {job.assumptions for job in jobs}
    for towards in countries(variant, force.party):
        pairs = weapon_pairs(variant, force, towards)
        if not any(pairs.values()):
            continue
        for kind, delay in _times(plan, jobs, pairs):
            first: ExchangeCase | None = None
            for way in ways:
                if first is not None and way.id not in reaching and not _read(way, batteries):
                    continue
                read = _force_under(variant, force, way)
                flights = [pair for own in pairs.values() for pair, _ in own]
                layers = layers_of(variant, party, flights, way)
                sites = (
                    *(_site(variant, one, way) for one in batteries),
                    *layer_sites(variant, layers, way),
                )
                told = _chance(variant, "true_taken", way)
                if first is None or way.id in reaching or layers:
                    reach = _reach(
                        force, pairs, names, _reading(jobs, way.id), plan, ensemble, delay, layers
                    )
                else:
                    reach = first.defence.reach
                defence = Defence(variant.id, party, sites, reach, CERTAIN, told)
                same = first is not None and same_reach(first.defence.reach, reach)
                if (
                    first is not None and same
                    and (read, sites, told)
                    == (first.force, first.defence.sites, first.defence.discriminated)
                ):  # fmt: skip
                    continue
                case = ExchangeCase(
                    variant.id, way.id, towards, kind, delay, read, defence,
                    computed_share(read, pairs), way.id if read is not force else ADOPTED, few=same,
                )  # fmt: skip
                first = case if first is None else first
                yield case


def _read(way: Assumptions, batteries: list[Battery]) -> bool:
    """Return whether a reading may change chances, numbers of shots or of forces."""
    if way.claim is None:
        return way.held is not None
    kind, _, rest = way.claim[0].partition(".")
    own = {battery.interceptor.id for battery in batteries}
    layered = kind == "constellation" or kind in FORCE_KINDS
    return kind == "default" or layered or rest.removesuffix(".single_shot_kill") in own


def _force_under(variant: Variant, force: Force, way: Assumptions) -> Force:
    """Return a force under a reading; the same object where that changes nothing of it."""
    about = "" if way.claim is None else way.claim[0].partition(".")[0]
    if way.held is None and about not in FORCE_KINDS:
        return force
    found = force_read(variant, force.party, force.year, way)
    return force if found is None or found == force else found


def same_reach(first: Reach, second: Reach) -> bool:
    """Return whether two findings are the same in every draw and by best estimates."""
    tables = ((first.within, second.within), (first.best_table, second.best_table))
    return all(np.array_equal(one, other) for one, other in tables)


def _reading(jobs: list[ReachJob], reading: str) -> list[ReachJob]:
    """Return the jobs of a reading; where it changes nothing of a site, the adopted ones."""
    found = {(job.site, job.trajectories): job for job in jobs if job.assumptions == ADOPTED}
    found |= {(job.site, job.trajectories): job for job in jobs if job.assumptions == reading}
    return list(found.values())


def countries(variant: Variant, owner: str) -> tuple[str, ...]:
    """Return the countries that an owner's trajectories end in, in the order written."""
    return tuple(
        dict.fromkeys(
            end_country(end, variant.catalog)
            for group in variant.trajectories
            if group.owner.id == owner
            for end in group.ends
        )
    )


def weapon_pairs(
    variant: Variant, force: Force, towards: str
) -> dict[str, list[tuple[Pair, float]]]:
    """Return, for each weapon, the flights it is given, with weights that add up to one."""
    own = [group for group in variant.trajectories if group.owner.id == force.party]
    found: dict[str, list[tuple[Pair, float]]] = {}
    for weapon in force.weapons:
        alike = [group for group in own if _same_class(variant, weapon, group)]
        at_base: list[list[Pair]] = []
        for base in weapon.at:
            exact = [group for group in alike if group.missile.id == weapon.missile]
            pairs = _pairs(variant, exact, base, towards) or _pairs(variant, alike, base, towards)
            if pairs:
                at_base.append(pairs)
        found[weapon.id] = [
            (pair, 1.0 / (len(at_base) * len(pairs))) for pairs in at_base for pair in pairs
        ]
    return found


def _same_class(variant: Variant, weapon: Weapon, group: Trajectories) -> bool:
    if weapon.missile is None or not weapon.ballistic:
        return False
    entry = variant.catalog.entry(f"missile/{weapon.missile}")
    return group.missile.facts.get("class") == entry.facts.get("class")


def _pairs(variant: Variant, groups: list[Trajectories], base: str, towards: str) -> list[Pair]:
    return [
        (group.id, base, end.id)
        for group in groups
        if base in {one.id for one in group.bases}
        for end in group.ends
        if end_country(end, variant.catalog) == towards
    ]


def _times(
    plan: Plan, jobs: list[ReachJob], pairs: dict[str, list[tuple[Pair, float]]]
) -> tuple[tuple[str, float | None], ...]:
    """Return the launch times that are known for all flights, by delay and then by sensors."""
    groups = {pair[0] for own in pairs.values() for pair, _ in own}
    known: dict[tuple[str, float | None], set[tuple[str, str]]] = {}
    wanted = {(job.site, job.trajectories) for job in jobs if job.trajectories in groups}
    for job in jobs:
        for t in timings(plan, job):
            known.setdefault((t.kind, t.delay_s), set()).add((job.site, job.trajectories))
    if not jobs:
        return ((OWN_SENSORS, None),)  # a layer in orbit launches at burnout, whatever the sites do
    found = [time for time, have in known.items() if have >= wanted]
    return tuple(sorted(found, key=lambda one: (one[1] is None, one[1] or 0.0)))


def _reach(
    force: Force, pairs: dict[str, list[tuple[Pair, float]]], sites: tuple[str, ...],
    jobs: list[ReachJob], plan: Plan, ensemble: ReachEnsemble, delay: float | None,
    layers: list[Layer],
) -> Reach:  # fmt: skip
    """Return which flights each site reaches, in every draw and by best estimates.

    A flight of several shapes counts as reached when any of them is. With fewer draws than an
    exchange needs, the best estimates stand for all.
    """
    rows = [(weapon, pair, w) for weapon, own in pairs.items() for pair, w in own]
    runs = len(ensemble.table)
    table = np.zeros((runs, len(rows), len(sites)), dtype=bool)
    by_site = {(job.site, job.trajectories): job for job in jobs}
    hits: dict[tuple[str, str], dict[tuple[str, str], Flags]] = {}
    for key, job in by_site.items():
        timing = next((t for t in timings(plan, job) if t.delay_s == delay), None)
        if timing is not None:
            hits[key] = _hits(plan, ensemble, job, timing)
    for k, (_, (group, base, end), _) in enumerate(rows):
        for s, site in enumerate(sites):
            found = hits.get((site, group), {}).get((base, end))
            if found is not None:
                table[:, k, s] = found
    flights = tuple(Flight(weapon, pair[1], pair[2], w) for weapon, pair, w in rows)
    if layers:
        above = np.array([layer.meets for layer in layers]).T
        table = np.concatenate([table, np.broadcast_to(above, (runs, *above.shape))], axis=2)
        sites = (*sites, *(layer.id for layer in layers))
    drawn = table[1:] if runs > SCRAMBLES else table[:1]
    return Reach(flights, sites, drawn, table[0])


def _hits(
    plan: Plan, ensemble: ReachEnsemble, job: ReachJob, timing: Timing
) -> dict[tuple[str, str], Flags]:
    """Return by (base, end) whether a site's own interceptor meets the flight (R)."""
    speed = ensemble.own_speed(job)
    found: dict[tuple[str, str], Flags] = {}
    if speed is None:
        return found
    with np.errstate(invalid="ignore"):
        met = (ensemble.least(timing, ANY) <= speed[:, None]) & ensemble.pairs(plan, job)
    pairs = plan.flights[plan.meetings[job.meeting].flights].pairs
    for column, (base, end, _) in enumerate(pairs):
        found[base, end] = found.get((base, end), False) | met[:, column]
    return found


def _site(variant: Variant, battery: Battery, way: Assumptions) -> Site:
    """Return a battery with its interceptors; kill by its own record, else the default."""
    kill = kill_of(variant, battery, way)
    shots = round(way.pick(variant.quantity("default.raid.salvo", held=way.held)).best)
    return Site(battery.id, battery.number, kill, shots)


def kill_of(variant: Variant, battery: Battery, way: Assumptions = USUAL) -> Quantity:
    """Return the chance of one shot: by the interceptor's own record, else the default."""
    entry = battery.interceptor
    if "single_shot_kill" in entry.quantities:
        return way.choose(variant, entry, "single_shot_kill")
    return _chance(variant, "single_shot_kill", way)


def _chance(variant: Variant, name: str, way: Assumptions) -> Quantity:
    return way.pick(variant.quantity(f"default.raid.{name}", held=way.held))


def computed_share(force: Force, pairs: dict[str, list[tuple[Pair, float]]]) -> float:
    """Return the share of the deployed ballistic warheads whose weapons have flights."""
    flying = [weapon for weapon in force.weapons if weapon.ballistic]
    amount = {w.id: w.warheads.best * w.deployed_fraction.best for w in flying}
    whole = sum(amount.values())
    return sum(amount[w.id] for w in flying if pairs[w.id]) / whole if whole else 0.0
