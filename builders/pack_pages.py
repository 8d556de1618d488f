"""Write the numbers of `docs/packs/epaa-2011.md`: best estimates, computed anew from the pack.

Each table stands between `<!-- numbers: NAME -->` and `<!-- end -->`. A test compares the page with
what this program would write, so that the page cannot outlive a change of the pack or the model.

    .venv/bin/python builders/pack_pages.py
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from longroad.engagement.area import fraction
from longroad.scenario import Scenario, Variant, load
from longroad.study.agreement_best import without
from longroad.study.agreement_ensemble import case_measures
from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.agreement_plan import AS_AGREED
from longroad.study.claims_run import claims
from longroad.study.columns import BEST_ROW, draw_values
from longroad.study.contributions import contributions_table
from longroad.study.differences import differences_table
from longroad.study.evaluate import Evaluation
from longroad.study.planner import make_plan, plan_with_agreements
from longroad.study.reach_rows import reach_pairs
from longroad.study.readings import ADOPTED, Assumptions

PACK = "epaa-2011"
PAGE = Path(__file__).resolve().parent.parent / "docs" / "packs" / f"{PACK}.md"
MARKED = re.compile(r"(<!-- numbers: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
CITIES = ("london", "paris", "brussels", "berlin", "warsaw", "rome", "athens", "ankara")
LONGEST = "icbm-10000"
PARTY = "nato"
FORWARD_RADAR = "kurecik"
WEST = ("russia-icbm-west", "russia-icbm-west-liquid")
EAST = ("russia-icbm-heavy", "russia-icbm-east")
SEA = ("russia-slbm-north", "russia-slbm-pacific")
GROUPS = {WEST: "western ICBMs", EAST: "heavy and eastern ICBMs", SEA: "SLBMs"}
DELAYS = (120.0, 200.0, 300.0, 420.0)
# Variant, battery, burnout speed (m/s): both sides of 2007, the plan of 2011, a ship in the north.
REACHERS = (
    ("third-site-2007", "third-site-poland", 6300.0),
    ("third-site-2007", "third-site-poland", 9000.0),
    ("phase-3", "redzikowo", 4500.0),
    ("phase-4", "redzikowo", 5500.0),
    ("ships-north", "ship-norwegian-sea", 4500.0),
    ("ships-north", "ship-barents", 4500.0),
)
MIDDLE = "irbm-3700"
LOST = {"kurecik": "Kurecik", "early-warning": "own warning from orbit"}
HOMES = ("fort-greely", "vandenberg", "moscow-a-135", "moscow-s-400", "moscow-s-500")


@cache
def pack() -> Scenario:
    """Return the pack."""
    return load(PACK)


def evaluate(*variants: Variant) -> Evaluation:
    """Return the best estimate of some variants' coverage at the ensemble's resolution."""
    alone = tuple(replace(v, trajectories=(), patrol_areas=()) for v in variants)
    scenario = replace(pack(), variants=alone, claims=())
    plan = make_plan(scenario, scenario.grid.ensemble, (Assumptions(ADOPTED),))
    return Evaluation(plan, draw_values(plan.quantities, 0, scenario.seed).table[BEST_ROW])


@cache
def whole() -> Evaluation:
    """Return the best estimate of all variants."""
    return evaluate(*pack().variants)


def percent(share: float) -> str:
    """Return a share in whole per cent."""
    return "-" if np.isnan(share) else f"{100.0 * share:.0f} %"


def lines(heads: list[str], rows: list[list[str]]) -> str:
    """Return a table in Markdown."""
    rule = ["---", *("---:" for _ in heads[1:])]
    return "".join(f"| {' | '.join(row)} |\n" for row in (heads, rule, *rows))


def classes() -> list[str]:
    """Return the ids of the missile classes."""
    return [threat.id for threat in pack().variants[0].threats]


def shares(evaluation: Evaluation) -> dict[tuple[str, str], tuple[float, float]]:
    """Return the engageable area and population by (variant, missile)."""
    plan = evaluation.plan
    found = {}
    for job in plan.coverage:
        cells, count = plan.territories[plan.arcs[job.arcs].territory], evaluation.cells(job)
        found[job.variant, job.threat] = (
            fraction(count.all_engaged, count.reachable, cells.area_m2),
            fraction(count.all_engaged, count.reachable, cells.population),
        )
    return found


def cover() -> str:
    """Return area and people by variant and class, and the area when no flight is lofted."""

    def least_energy(variant: Variant) -> Variant:
        threats = tuple(replace(t, shapes=t.shapes[:1]) for t in variant.threats)
        return replace(variant, threats=threats)

    both = shares(whole())
    plain = shares(evaluate(*(least_energy(variant) for variant in pack().variants)))
    heads = ["variant", *classes()]
    rows = []
    for variant in pack().variants:
        cells = []
        for threat in classes():
            area, people = both[variant.id, threat]
            other = percent(plain[variant.id, threat][0])
            cells.append(f"{percent(area)} ({percent(people)}; {other})")
        rows.append([f"`{variant.id}`", *cells])
    return lines(heads, rows)


def cities() -> str:
    """Return how many of the flights considered to each city can be met, longest class."""
    third = pack().variant("third-site-2007")
    blind = replace(
        third,
        id="third site, no forward radar",
        sensors=tuple(s for s in third.sensors if s.id != FORWARD_RADAR),
    )
    rows = []
    for evaluation in (whole(), evaluate(blind)):
        for job in evaluation.plan.coverage:
            if job.threat == LONGEST:
                name = job.variant if " " in job.variant else f"`{job.variant}`"
                rows.append([name, *city_cells(evaluation, job)])
    return lines(["variant", *(city.capitalize() for city in CITIES)], rows)


def city_cells(evaluation, job) -> list[str]:
    """Return *met/considered* for the cell nearest to each city."""
    plan = evaluation.plan
    cells, count = plan.territories[plan.arcs[job.arcs].territory], evaluation.cells(job)
    found = []
    for city in CITIES:
        site = pack().variants[0].catalog.entry(f"site/end-{city}").quantities
        lat, lon = site["latitude"].best, site["longitude"].best
        cosine = np.sin(cells.latitude_rad) * np.sin(lat) + np.cos(cells.latitude_rad) * np.cos(
            lat
        ) * np.cos(cells.longitude_rad - lon)
        nearest = int(np.argmax(cosine))
        found.append(f"{count.engaged[nearest]}/{count.within[nearest]}")
    return found


def contributions() -> str:
    """Return the share of the engageable area lost without each battery and sensor."""
    chosen = ("phase-1", "phase-2", "phase-3", "third-site-2007")
    scenario = replace(pack(), variants=tuple(pack().variant(id) for id in chosen))
    table = contributions_table(scenario)
    rows = []
    for variant in chosen:
        here = (table["variant"] == variant) & (table["kind"] != "mode") & (table["party"] == PARTY)
        for asset in dict.fromkeys(table["asset"][here]):
            cells = []
            for threat in classes():
                row = here & (table["asset"] == asset) & (table["missile"] == threat)
                lost, alone = table["lost_area_share"][row][0], table["alone_area_fraction"][row][0]
                cells.append(f"{percent(lost)} / {percent(alone)}")
            rows.append([f"`{variant}`, {asset}", *cells])
    return lines(["part", *classes()], rows)


def differences() -> str:
    """Return what the third site gains and loses against each phase."""
    table = differences_table(whole())
    rows = []
    for old in ("phase-1", "phase-2", "phase-3", "phase-4"):
        cells = []
        for threat in classes():
            row = (
                (table["from_variant"] == old)
                & (table["to_variant"] == "third-site-2007")
                & (table["missile"] == threat)
            )
            gained, lost = table["gained_area_fraction"][row], table["lost_area_fraction"][row]
            cells.append(f"{percent(gained[0])} / {percent(lost[0])}")
        rows.append([f"`{old}`", *cells])
    return lines(["instead of", *classes()], rows)


def reach() -> str:
    """Return how many flights to the United States some batteries reach, by launch delay."""
    rows = []
    for variant, battery, speed in REACHERS:
        for group in (WEST, EAST, SEA):
            found = reach_pairs(pack(), battery, group, speed, DELAYS, variant=variant)
            name = f"{battery}, {speed / 1e3:g} km/s, against {GROUPS[group]}"
            cells = [f"{n.reachable} ({n.overtaking}, {n.late})" for n in found]
            rows.append([f"{name} ({found[0].pairs})", *cells])
    heads = ["flights reached (overtaking, late)", *(f"{delay:g} s" for delay in DELAYS)]
    return lines(heads, rows)


def homes() -> str:
    """Return how many flights of every other party each party's own defences reach."""
    owners: dict[str, list[str]] = {}
    for group in pack().variants[0].trajectories:
        owners.setdefault(group.owner.name, []).append(group.id)
    rows = []
    for battery in HOMES:
        owner = next(b.owner.name for b in pack().variants[0].batteries if b.id == battery)
        cells = []
        for name, groups in owners.items():
            if name == owner:
                cells.append("")
                continue
            early, late = (
                reach_pairs(pack(), battery, groups, None, [delay], variant="phase-3")[0]
                for delay in (DELAYS[0], DELAYS[-1])
            )
            cells.append(f"{early.reachable}, {late.reachable} of {early.pairs}")
        rows.append([battery, *cells])
    return lines(["battery", *owners], rows)


def claim_values() -> str:
    """Return each claim's test and its best estimates: adopted, and over the rival claims."""
    rows = []
    coverage = [claim for claim in pack().claims if claim.subject != "bargaining"]
    for claim in claims(replace(pack(), claims=tuple(coverage)), draws=1):
        usual = next(one for one in claim.findings if one.under == ADOPTED)
        others = [one for one in claim.findings if one.under != ADOPTED and one.best is not None]
        ends = sorted(others, key=lambda one: one.best or 0.0)
        words = [shown(one.best, one.unit) for one in (ends[:1] + ends[-1:])]
        between = " to ".join(dict.fromkeys(words))
        rows.append([f"`{claim.id}`", claim.threshold, shown(usual.best, usual.unit), between])
    return lines(["claim", "test", "adopted", "rival claims"], rows)


def agreements() -> str:
    """Return what the agreements of phase III let NATO engage, whole and with a sensor lost."""
    variant = replace(pack().variant("phase-3"), trajectories=(), patrol_areas=())
    scenario = replace(pack(), variants=(variant,), claims=())
    chosen = (Assumptions(ADOPTED),)
    plan, jobs = plan_with_agreements(scenario, scenario.grid.ensemble, chosen)
    row = draw_values(plan.quantities, 0, scenario.seed).table[BEST_ROW]
    evaluation = AgreementEvaluation(Evaluation(plan, row))
    found: dict[str, list[str]] = {one.id: [] for one in variant.agreements}
    for job in jobs:
        usual = [case for case in job.cases if case.circumstance == AS_AGREED]
        asked = list(usual)
        for sensor in LOST if job.threat == MIDDLE else ():
            asked += [without(case, sensor) for case in usual]
        measures = case_measures(evaluation, job, asked)
        for k, case in enumerate(asked):
            found[case.agreement].append(f"{percent(measures[k, 0])} ({percent(measures[k, 1])})")
    classes_ = [job.threat for job in jobs]
    place = classes_.index(MIDDLE) + 1
    heads = ["agreement", *classes_, *(f"without {name}" for name in LOST.values())]
    table = []
    for id, cells in found.items():
        lost = cells[place : place + len(LOST)]
        table.append([f"`{id}`", *cells[:place], *cells[place + len(LOST) :], *lost])
    return lines(heads, table)


def shown(value: float | None, unit: str) -> str:
    """Return a figure of a claim."""
    if value is None:
        return "-"
    return f"{100.0 * value:5.1f} %".strip() if unit == "1" else f"{value:.2f} {unit}"


TABLES = {
    "agreements": agreements,
    "cover": cover,
    "cities": cities,
    "contributions": contributions,
    "differences": differences,
    "reach": reach,
    "homes": homes,
    "claims": claim_values,
}


def written(page: str) -> str:
    """Return the page with its tables written anew."""
    return MARKED.sub(lambda found: found[1] + TABLES[found[2]]() + found[3], page)


def main() -> None:
    """Write the page."""
    PAGE.write_text(written(PAGE.read_text("utf-8")), encoding="utf-8")
    print(f"{PAGE.name}: {len(TABLES)} tables are written")


if __name__ == "__main__":
    main()
