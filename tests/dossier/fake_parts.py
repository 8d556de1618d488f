"""Made-up contributions and differences for the made-up run, in its own tables.

The differences are counted from the run's coverage, so that maps and numbers can be held against
each other; the contributions are invented.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import fake_run
import numpy as np

from longroad.study import manifest as m
from longroad.study.contributions import COLUMNS as CONTRIBUTIONS
from longroad.study.contributions import MODES
from longroad.study.differences import CHANGES
from longroad.study.differences import COLUMNS as DIFFERENCES

WHOLE, WITHOUT, ALONE = 0.6, 0.45, 0.3


def _table(names, rows):
    text = {"variant", "agreement", "party", "missile", "kind", "asset"}
    text |= {"from_variant", "to_variant"}
    return fake_run.Table(
        {
            name: np.array([row[k] for row in rows], dtype=object if name in text else float)
            for k, name in enumerate(names)
        }
    )


def contributions(manifest):
    """Every battery, sensor and mode of the first party against every missile."""
    rows = []
    for variant in manifest.variants:
        parts = [("battery", b.id) for b in variant.batteries if b.owner == "nato"]
        parts += [("sensor", s.id) for s in variant.sensors if s.owner == "nato"]
        parts += [("mode", mode) for mode in MODES]
        for kind, asset in parts:
            for number, threat in enumerate(variant.threats):
                whole, alone = WHOLE - 0.1 * number, ALONE - 0.1 * number
                without = np.nan if kind == "mode" else WITHOUT - 0.1 * number
                lost = 1.0 - without / whole
                head = (variant.id, "none", "nato", threat.id, kind, asset)
                rows.append((*head, whole, whole, without, without, alone, alone, lost, lost))
    return _table(CONTRIBUTIONS, rows)


def differences(run):
    """All pairs of variants, counted from the fine cells of the run's coverage."""
    table = run.table("coverage")
    rows = []
    fine = table["resolution"] == run.manifest.grid.map
    for threat in run.manifest.threats:
        layers = {}
        for variant in run.manifest.variants:
            keep = fine & (table["variant"] == variant.id) & (table["missile"] == threat.id)
            layers[variant.id] = {
                name: np.asarray(table[name][keep], dtype=float)
                for name in ("arcs", "engageable", "area_km2", "population")
            }
        for old, new in combinations(layers, 2):
            before, after = layers[old], layers[new]
            reached = (before["arcs"] > 0) & (after["arcs"] > 0)
            was, now = (reached & (one["engageable"] == 1.0) for one in (before, after))
            parts = (now & ~was, was & ~now, was & now, reached & ~was & ~now)
            shares = [
                before[weight][part].sum() / before[weight][reached].sum()
                for part in parts
                for weight in ("area_km2", "population")
            ]
            rows.append(("none", "nato", threat.id, old, new, *shares))
    assert len(CHANGES) == 4
    return _table(DIFFERENCES, rows)


def with_parts(run):
    """Return the run with both tables."""
    made = {"contributions": contributions(run.manifest), "differences": differences(run)}
    records = tuple(m.TableRecord(name, len(table), "00" * 32) for name, table in made.items())
    manifest = replace(run.manifest, tables=(*run.manifest.tables, *records))
    return fake_run.FakeRun(manifest, {**run.tables, **made})
