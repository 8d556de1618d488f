"""Write the numbers of `docs/packs/general-staff-2012.md`: best estimates, computed anew.

Each table stands between `<!-- numbers: NAME -->` and `<!-- end -->`; a test compares.

    .venv/bin/python builders/general_staff_page.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from longroad.earth.borders import countries_at
from longroad.earth.countries import country_names
from longroad.earth.territories import Cells
from longroad.engagement.area import CellCount, count_cells, fraction
from longroad.engagement.reach import Interceptor
from longroad.scenario import Scenario, Variant, load
from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.agreement_plan import AS_AGREED, AgreementJob
from longroad.study.claims_run import claims
from longroad.study.columns import BEST_ROW, adopted, draw_values
from longroad.study.evaluate import Evaluation
from longroad.study.one_surface import _met_flights as met_flights
from longroad.study.planner import plan_whole
from longroad.study.questions import ask
from longroad.study.reach_rows import reach_pairs
from longroad.study.readings import ADOPTED, Assumptions
from longroad.study.surfaces import Grid, surfaces, trajectory_of

PACK = "general-staff-2012"
PAGE = Path(__file__).resolve().parent.parent / "docs" / "packs" / f"{PACK}.md"
MARKED = re.compile(r"(<!-- numbers: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
PLANNED, KEPT = "phase-4", "kept-out"
LONGEST, SHORTER = "icbm-10000", "irbm-3700"
NAMED = ("EST", "LVA", "LTU", "POL", "NOR")
DELAYS = (60.0, 120.0, 200.0, 300.0)
# Where could interceptors of phases III and IV not stand? Which, and how late they start.
STANDING = (("interceptor/sm3-iia", 4500.0), ("interceptor/sm3-iib", 5500.0))
STAND_DELAYS = (120.0, 200.0)
MOST_SPEED_M_S = 7000.0
BESIDE = ("SWE", "FIN", "DNK", "DEU", "GBR", "CZE", "SVK", "HUN", "ROU")
FLIGHTS = ("russia-icbm-west", "russia-icbm-west-liquid", "russia-icbm-heavy", "russia-icbm-east")
Shares = dict[str, float]
Jobs = tuple[AgreementJob, ...]


@cache
def pack() -> Scenario:
    """Return the pack."""
    return load(PACK)


def planned(variant: Variant, missile: str, *, agreements: bool) -> tuple[Evaluation, Jobs]:
    """Return the best estimate of a variant against one missile, at the map's resolution."""
    threats = tuple(t for t in variant.threats if t.id == missile)
    alone = replace(variant, threats=threats, trajectories=(), patrol_areas=())
    scenario = replace(pack(), variants=(alone,), claims=())
    whole = plan_whole(scenario, scenario.grid.map, (Assumptions(ADOPTED),), second=agreements)
    row = draw_values(whole.plan.quantities, 0, scenario.seed).table[BEST_ROW]
    return Evaluation(whole.plan, row), whole.agreements


def by_country(count: CellCount, cells: Cells) -> Shares:
    """Return the engageable share of the reachable area by country; '' is all."""
    found = {}
    for code in ("", *dict.fromkeys(cells.country.tolist())):
        here = cells.country == code if code else np.ones(len(cells), dtype=bool)
        part, whole = count.all_engaged & here, count.reachable & here
        found[code] = fraction(part, whole, cells.area_m2)
    return found


def shares(variant: Variant, missile: str) -> Shares:
    """Return shares by country by the rule of the map: a track after a time in view."""
    evaluation, _ = planned(variant, missile, agreements=False)
    (job,) = evaluation.plan.coverage
    cells = evaluation.plan.territories[evaluation.plan.arcs[job.arcs].territory]
    return by_country(evaluation.cells(job), cells)


@cache
def agreed(variant: str, missile: str) -> dict[str, Shares]:
    """Return shares by agreement and country by the rule of agreements: what data allow."""
    evaluation, (job,) = planned(pack().variant(variant), missile, agreements=True)
    arcs = evaluation.arcs(job.arcs)
    cells = evaluation.plan.territories[evaluation.plan.arcs[job.arcs].territory]
    cases = [case for case in job.cases if case.circumstance == AS_AGREED]
    results = AgreementEvaluation(evaluation).results(job, cases)
    return {
        case.agreement: by_country(
            count_cells(arcs.within, arcs.kept, result.engaged, len(cells)), cells
        )
        for case, result in zip(cases, results, strict=True)
    }


@cache
def of_variant(variant: str, missile: str) -> Shares:
    """Return the shares of one variant of the pack."""
    return shares(pack().variant(variant), missile)


def percent(share: float) -> str:
    """Return a share in whole per cent."""
    return "-" if np.isnan(share) else f"{100.0 * share:.0f} %"


def lines(heads: list[str], rows: list[list[str]]) -> str:
    """Return a table in Markdown."""
    rule = ["---", *("---:" for _ in heads[1:])]
    return "".join(f"| {' | '.join(row)} |\n" for row in (heads, rule, *rows))


def country(code: str) -> str:
    """Return a country's name, marked where the sentence names it."""
    name = country_names()[code] if code else "all"
    return f"**{name}**" if code in NAMED else name


def codes() -> list[str]:
    """Return those the sentence names, then the others by name, then everything."""
    defends = next(p for p in pack().variants[0].parties if p.id == "nato").defends
    others = sorted((c for c in defends if c not in NAMED), key=lambda c: country_names()[c])
    return [*NAMED, *others, ""]


def reach() -> str:
    """Return how many Russian flights each battery of the plan reaches, by launch delay."""
    rows = []
    for battery in pack().variant(PLANNED).batteries:
        variants = ["phase-3", PLANNED] if battery.id == "redzikowo" else [PLANNED]
        for variant in variants:
            found = reach_pairs(pack(), battery.id, FLIGHTS, None, DELAYS, variant=variant)
            name = f"`{battery.id}`" + (f", {variant}" if len(variants) > 1 else "")
            rows.append([f"{name} ({found[0].pairs})", *(str(n.reachable) for n in found)])
    moved = replace(pack(), variants=(_ashore(pack().variant(PLANNED)),), claims=())
    found = reach_pairs(moved, "deveselu", FLIGHTS, None, DELAYS, variant=PLANNED)
    rows.append([f"Block IIA at `deveselu` ({found[0].pairs})", *(str(n.reachable) for n in found)])
    return lines(["battery (flights)", *(f"{delay:g} s" for delay in DELAYS)], rows)


def table_of(missile: str) -> str:
    """Return the engageable share by country and variant."""
    ids = [variant.id for variant in pack().variants]
    rows = [
        [country(code), *(percent(of_variant(id, missile)[code]) for id in ids)] for code in codes()
    ]
    return lines(["country", *(f"`{id}`" for id in ids)], rows)


def agreements() -> str:
    """Return what each agreement leaves of the plan, by the rule of agreements."""
    found = agreed(PLANNED, LONGEST)
    rows = [
        [f"`{id}`", *(percent(one[code]) for code in (*NAMED, ""))] for id, one in found.items()
    ]
    names = [country_names()[code] for code in NAMED]
    return lines(["agreement, on `phase-4`", *names, "all"], rows)


def why() -> str:
    """Return what moves the line: the first reading with one thing changed at a time."""
    rows = []
    for name, changed, missile in _changes(pack().variant(KEPT)):
        found = shares(changed, missile)
        rows.append([name, *(percent(found[code]) for code in (*NAMED, ""))])
    names = [country_names()[code] for code in NAMED]
    return lines([f"`{KEPT}`, changed", *names, "all"], rows)


def _changes(kept: Variant) -> Iterator[tuple[str, Variant, str]]:
    """Yield what is changed in words, the variant, and the missile that it is asked about."""
    yield "nothing", kept, LONGEST
    yield "the 3,700 km class", kept, SHORTER
    yield "flights of least energy alone", _least_energy(kept), LONGEST
    for speed in (3.5, 4.0, 5.0, 5.5):
        yield f"ships' interceptors of {speed:g} km/s", _faster(kept, speed), LONGEST
    for claim in ("chinese-press", "lewis-postol-2012", "uscc-2016"):
        yield f"range of the forward radar after {claim}", _claimed(kept, claim), LONGEST
    south = ("ship-eastern-mediterranean", "ship-aegean")
    west = ("ship-adriatic", "ship-tyrrhenian")
    yield "no ships in the Adriatic and Tyrrhenian Seas", _without(kept, west), LONGEST
    yield "no ships", _without(kept, south + west), LONGEST
    yield "Block IIA at Deveselu too", _ashore(kept), LONGEST
    yield "no ships, Block IIA at Deveselu", _ashore(_without(kept, south + west)), LONGEST


def _least_energy(variant: Variant) -> Variant:
    threats = tuple(replace(t, shapes=t.shapes[:1]) for t in variant.threats)
    return replace(variant, threats=threats)


def _faster(variant: Variant, speed_km_s: float) -> Variant:
    """Return a variant whose Block IIA burns out at one speed."""
    stated = adopted(variant.of(variant.batteries[0].interceptor, "burnout_speed"))
    value = 1000.0 * speed_km_s
    number = replace(stated, best=value, low=value, high=value)
    return replace(variant, assume={**variant.assume, stated.id: number})


def _claimed(variant: Variant, claim: str) -> Variant:
    """Return a variant in which one of the rival claims about the radar's range is adopted."""
    radar = next(site.sensor for site in variant.sensors if site.id == "kurecik")
    ranges = variant.of(radar, "reference_range")
    chosen = {**variant.assume, ranges.id: ranges.alternative(claim)}
    return replace(variant, assume=chosen)


def _without(variant: Variant, batteries: tuple[str, ...]) -> Variant:
    left = tuple(b for b in variant.batteries if b.id not in batteries)
    return replace(variant, batteries=left)


def _ashore(variant: Variant) -> Variant:
    """Return a variant with Block IIA, engaging on remote, at Deveselu."""
    at_sea = pack().variant(KEPT).batteries[0]
    changed = {"interceptor": at_sea.interceptor, "mode": at_sea.mode}
    moved = (replace(b, **changed) if b.id == "deveselu" else b for b in variant.batteries)
    return replace(variant, batteries=tuple(moved))


def sites() -> str:
    """Return the share of each country's land from which an interceptor reaches a flight."""
    north, west = 72.0, -25.0
    places = Grid(np.arange(34.0, north + 0.1), np.arange(west, 45.1))
    latitude, longitude = (np.degrees(one) for one in places.flat_rad)
    countries = countries_at(latitude, longitude).astype(str)
    heads, columns = ["land of"], []
    for interceptor, speed_m_s in STANDING:
        least = least_speeds(interceptor, places)
        for k, delay in enumerate(STAND_DELAYS):
            heads.append(f"{speed_m_s / 1e3:g} km/s, {delay:g} s")
            columns.append(least[:, k] <= speed_m_s)
    rows = []
    for code in (*NAMED, *BESIDE):
        here = countries == code
        weight = np.cos(np.radians(latitude[here]))
        shares = (float(weight[hit[here]].sum() / weight.sum()) for hit in columns)
        rows.append([country(code), *(percent(share) for share in shares)])
    return lines(heads, rows)


def least_speeds(interceptor: str, places: Grid) -> NDArray[np.float64]:
    """Return the least burnout speed (m/s) from each place at each delay over all flights."""
    found = []
    for threat in FLIGHTS:
        question = ask(
            pack(), threat, at=(0.0, 0.0), delays_s=STAND_DELAYS, variant=PLANNED,
            interceptor=interceptor,
        )  # fmt: skip
        job = question.evaluation.plan.meetings[question.answers[0].jobs.meeting]
        row = question.evaluation.row
        flights = question.evaluation.flights(job.flights).kept_flights
        spans = flights.spans(float(row[job.floor]))
        shot = Interceptor(*(float(row[k]) for k in (job.burn_time, job.boost_path_fraction,
            job.flight_life)))  # fmt: skip
        _, rows = met_flights(question)
        paths = [trajectory_of(flights, spans, path) for path in rows]
        times = np.array(STAND_DELAYS)
        speed = surfaces(paths, places, times, shot, MOST_SPEED_M_S, 1)
        over = np.where(np.isnan(speed), np.inf, speed).min(axis=(0, 4))
        found.append(over.reshape(-1, len(STAND_DELAYS)))
    return np.min(found, axis=0)


def claim_values() -> str:
    """Return each claim's test and its best estimates: adopted, and over the rival claims."""
    rows = []
    for claim in claims(pack(), draws=1):
        usual = next(one for one in claim.findings if one.under == ADOPTED)
        rival = (one.best for one in claim.findings if one.under != ADOPTED)
        others = sorted(best for best in rival if best is not None)
        ends = list(dict.fromkeys(f"{100.0 * one:.1f} %" for one in (others[:1] + others[-1:])))
        rows.append(
            [f"`{claim.id}`", claim.threshold, f"{100.0 * (usual.best or 0.0):.1f} %",
             " to ".join(ends)]
        )  # fmt: skip
    return lines(["claim", "test", "adopted", "rival claims"], rows)


TABLES = {
    "reach": reach,
    "longest": lambda: table_of(LONGEST),
    "shorter": lambda: table_of(SHORTER),
    "agreements": agreements,
    "why": why,
    "sites": sites,
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
