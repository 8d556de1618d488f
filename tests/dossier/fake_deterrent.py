"""Made-up exchanges of two parties for the made-up run, the same for both but for names.

The defence takes four of forty warheads at 300 s after ignition, nothing on its own sensors; a
rival claim lets it take eight. All numbers are round and invented.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from fake_table import FakeRun, Table

from longroad.base.tables import SCHEMAS
from longroad.deterrent import POSTURES
from longroad.study import manifest as m

NAN = float("nan")
CLAIM = "interceptor.sm3-iia.burnout_speed=critics"
PAIRS = (("nato", "rival", "RUS"), ("rival", "nato", "USA"))
TAKES = {("adopted", 300.0): 4.0, ("adopted", NAN): 0.0, (CLAIM, 300.0): 8.0}
DEPLOYED, OTHER = 100.0, 5.0
WORST = "day-to-day-ride-out"
ARRIVING = (70.0, 50.0, 60.0, 40.0)
SHARES = tuple(k / 20.0 for k in range(1, 20))


def table(name: str, rows: list[dict[str, object]]) -> Table:
    """Return a table with the columns of its schema; what a row leaves out is 0 or empty."""
    kinds = {"text": object, "bool": bool}
    return Table({
        column.name: np.array(
            [row.get(column.name, "" if column.dtype == "text" else 0) for row in rows],
            dtype=kinds.get(column.dtype, float),
        )
        for column in SCHEMAS[name].columns
    })  # fmt: skip


def exchange_rows(variant: str, pairs=PAIRS, takes=None) -> list[dict[str, object]]:
    """Return the rows of every pair, reading and posture."""
    rows = []
    for party, owner, towards in pairs:
        for (assumptions, delay), lost in (takes or TAKES).items():
            for posture, arriving in zip(POSTURES, ARRIVING, strict=True):
                rows.append({
                    "variant": variant, "party": party, "owner": owner,
                    "force": f"{owner}-2018", "towards": towards, "assumptions": assumptions,
                    "timing": "own-sensors" if np.isnan(delay) else "delay", "delay_s": delay,
                    "posture": posture.value, "deployed": DEPLOYED,
                    "surviving": arriving + 20.0, "launched": arriving + 10.0,
                    "arriving": arriving, "other_routes": OTHER, "within_reach": arriving / 2.0,
                    "penetrating": arriving - lost, "lost": lost, "lost_p05": 0.5 * lost,
                    "lost_p95": 1.5 * lost, "lost_fraction": lost / arriving,
                    "lost_fraction_p05": 0.5 * lost / arriving,
                    "lost_fraction_p95": 1.5 * lost / arriving, "touchable_fraction": 0.5,
                    "computed_fraction": 1.0, "first_strike_advantage": 0.6,
                    "first_strike_advantage_defended": 0.65, "provisional": True,
                })  # fmt: skip
    return rows


def arrival_rows(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return straight curves, ten warheads to both sides of the mean."""
    return [
        {
            **row, "draws_fraction": share, "arriving": row["arriving"] + 20.0 * (0.5 - share),
            "penetrating": row["penetrating"] + 20.0 * (0.5 - share),
        }
        for row in rows for share in SHARES
    ]  # fmt: skip


def treaty_rows() -> list[dict[str, object]]:
    """Return two declarations of each party under New START: one above the limit, one within."""
    limits = {"deployed-launchers": 700.0, "deployed-warheads": 1550.0, "all-launchers": 800.0}
    return [
        {
            "ledger": "new-start", "rule": rule, "party": party, "counted": "declared",
            "date": date, "value": factor * limit, "limit": limit,
            "headroom": (1.0 - factor) * limit, "state": "within" if factor <= 1 else "exceeded",
            "treaty_state": state, "bound": True, "status": status,
        }
        for party in ("nato", "rival")
        for date, factor, state, status in (
            ("2012-03-01", 1.1, "in-force", "unverified"),
            ("2018-02-05", 0.9, "limits-apply", "published"),
        )
        for rule, limit in limits.items()
    ]  # fmt: skip


LIMITS = (
    ("l0", "no limit", 0.0, 0.0, 0.2, "frontier"),
    ("l4", "nato: no interceptor faster than 4.5 km/s", 0.0, 0.0, 0.2, "no-change"),
    ("l1", "nato: no interceptor faster than 3 km/s", 0.8, 0.7, 0.0, "frontier"),
    ("l2", "nato: no more than 44 interceptors", 0.1, 0.5, 0.02, "knee"),
    ("l3", "nato: on tracks of other sensors no more than launch", 0.4, 0.0, 0.2, "dominated"),
)


def limit_rows(variant: str) -> list[dict[str, object]]:
    """Return limits on the first party's defence: one takes all concern away, one most of it."""
    return [
        {
            "variant": variant, "set": id, "limits": words, "party": "nato", "owner": "rival",
            "area_lost": area, "area_lost_p05": 0.9 * area, "area_lost_p95": area,
            "shots_lost": 0.5 * area, "shots_lost_p05": 0.4 * area, "shots_lost_p95": 0.6 * area,
            "interceptors_lost": rounds, "assumptions": assumptions, "towards": "RUS",
            "posture": posture.value, "headline": posture.value == WORST,
            "concern": factor * left, "concern_p05": 0.5 * factor * left,
            "concern_p95": 1.5 * factor * left, "worst": 2.0 * left, "tolerable": 0.01,
            "standing": standing, "observable": "" if id == "l0" else "by looking",
        }
        for id, words, area, rounds, left, standing in LIMITS
        for assumptions, factor in (("adopted", 1.0), ("strongest-claims", 2.0))
        for posture in POSTURES
    ]  # fmt: skip


def growth_rows(variant: str) -> list[dict[str, object]]:
    """Return growth that doubles what is taken, and a limit that is idle today and binds then."""
    freeze = "nato: no more than 88 interceptors"
    return [
        {
            "variant": variant, "party": "nato", "owner": "rival", "step": step, "limits": limit,
            "binds": limit == freeze and step == "all", "interceptors": 88,
            "assumptions": assumptions, "towards": "RUS", "posture": WORST, "headline": True,
            "concern": factor * (0.1 if limit == freeze or step == "present" else 0.2),
        }
        for step in ("present", "all")
        for limit in ("no limit", freeze)
        for assumptions, factor in (("adopted", 1.0), ("strongest-claims", 1.5))
    ]  # fmt: skip


def with_deterrent(run: FakeRun, pairs=PAIRS, leave_out=(), takes=None) -> FakeRun:
    """Return the run with the tables on strategic forces, but for those left out."""
    variant = run.manifest.variants[-1].id
    rows = exchange_rows(variant, pairs, takes)
    made = {
        "exchange": table("exchange", rows),
        "arrivals": table("arrivals", arrival_rows(rows)),
        "treaty": table("treaty", treaty_rows()),
        "limits": table("limits", limit_rows(variant)),
        "growth": table("growth", growth_rows(variant)),
    }
    made = {name: one for name, one in made.items() if name not in leave_out}
    records = tuple(m.TableRecord(name, len(one), "5e" * 32) for name, one in made.items())
    manifest = replace(run.manifest, tables=(*run.manifest.tables, *records))
    return FakeRun(manifest, {**run.tables, **made})
