"""Made-up raids under agreements for the made-up run: one of every kind of finding.

*data* helps the first party surely; *mixed* helps one and harms the other; *waste* wastes more;
*vague* helps by best estimates and may harm; *noisy* differs by less than the sampling shows;
*same* is like having none. Between *data* and *crowd* the order turns with no discrimination.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from fake_agreements import EAST
from fake_table import FakeRun, Table

from longroad.base.tables import SCHEMAS
from longroad.study import manifest as m

NAN = float("nan")
NONE, CLAIM = "none", "default.raid.single_shot_kill=rival"
MODES = ("perfect", "stated", "none")
COMING = {"nato": 8.0, "east": 4.0}
WITHOUT = {"nato": 5.0, "east": 3.0}
# Change of what gets through by party: (best, 5 %, 95 %, sampling error).
STILL = (0.0, 0.0, 0.0, 0.0)
CHANGES = {
    "same": {"nato": STILL, "east": STILL},
    "data": {"nato": (-2.0, -2.5, -1.5, 0.02), "east": STILL},
    "mixed": {"nato": (-1.0, -1.4, -0.6, 0.02), "east": (0.5, 0.2, 0.8, 0.02)},
    "waste": {"nato": STILL, "east": STILL},
    "vague": {"nato": (-0.8, -1.5, 0.4, 0.02), "east": STILL},
    "noisy": {"nato": (-0.03, -0.04, 0.01, 0.02), "east": STILL},
    "crowd": {"nato": (-1.5, -1.8, -1.2, 0.02), "east": STILL},
}
WASTED = {"waste": (1.5, 1.0, 2.0, 0.03)}
# With no discrimination data give less than crowd does.
LESS = {"data": 0.5}
STEPS = {"data": ("first-gives", "second-gives"), "mixed": ("sectors",), "same": ("words",)}


def _row(head, mode, party, outcome, told, chance=(NAN, NAN)):
    best, low, high, error = told
    return (*head, mode, party, outcome, best, low, high, error, *chance, "1")


def _situation(head, agreement, mode, assumptions, day):
    kind = agreement.partition("-")[0]
    gone = day != "as-agreed"
    changes = CHANGES.get(kind, {}) if not gone else {}
    share = (LESS.get(kind, 1.0) if mode == "none" else 1.0) * (
        0.5 if assumptions == CLAIM else 1.0
    )
    told_by = {party: tuple(share * x for x in changes.get(party, STILL)) for party in COMING}
    told_by = {p: (*it[:3], changes.get(p, STILL)[3]) for p, it in told_by.items()}
    whole = tuple(sum(it[k] for it in told_by.values()) for k in range(4))
    wasted = WASTED.get(kind, STILL) if not gone else STILL
    spoiled = {"perfect": 0.0, "stated": 1.0, "none": 3.0}[mode]
    rows = [_row(head, mode, "", "objects", (12.0, 12.0, 12.0, NAN))]

    def add(party, outcome, base, change, wide, chance=(NAN, NAN)):
        best = base + change[0]
        rows.append(
            _row(head, mode, party, outcome, (best, best - wide, best + wide, 0.02), chance)
        )
        if agreement != NONE:
            rows.append(_row(head, mode, party, f"{outcome}_difference", change))

    base = sum(WITHOUT.values())
    add("", "leakers", base, whole, 1.0, (base + whole[0] - 2.0, base + whole[0] + 2.0))
    add("", "nothing_leaks", 0.0, STILL, 0.0)
    # Those made up in number are told apart by a hair.
    hair = 1e-6 * int(agreement.partition("-")[2] or 0)
    add("", "interceptors_launched", 10.0 + hair, wasted, 1.0)
    add("", "interceptors_wasted", spoiled, wasted, 0.5)
    lost = (1.0 if kind == "mixed" else 0.0, 0.0, 0.0, 0.0)
    rows.append(_row(head, mode, "", "lost_to_procedure", lost))
    for party in COMING:
        add(party, "leakers", WITHOUT[party], told_by[party], 0.5)
    rows.append(_row(head, mode, "elsewhere", "leakers", STILL))
    for party, sent in (("nato", 10.0), ("east", 0.0)):
        add(party, "interceptors_launched", sent, wasted if sent else STILL, 0.0)
        add(party, "interceptors_wasted", spoiled if sent else 0.0, wasted if sent else STILL, 0.0)
    return rows


def _rows(variant, raids, agreements):
    made = []
    for raid in raids:
        for assumptions in ("adopted", CLAIM):
            for agreement in agreements:
                days = ["as-agreed"]
                if agreement != NONE and assumptions == "adopted":
                    days += ["withdrawn/nato", "withdrawn/east"]
                for day in days:
                    head = (variant, raid, assumptions, agreement, day)
                    for mode in MODES:
                        made += _situation(head, agreement, mode, assumptions, day)
    return made


def _steps(variant, raids):
    made = []
    for raid in raids:
        for agreement, provisions in STEPS.items():
            change = CHANGES[agreement]["nato"][0] + CHANGES[agreement]["east"][0]
            for number, provision in enumerate(provisions, 1):
                for mode in MODES:
                    # The first step of two makes matters worse by one.
                    part = change if len(provisions) == 1 else (1.0, change - 1.0)[number - 1]
                    head = (variant, raid, agreement, number, provision, "share", mode)
                    error = 0.03 if part else 0.0
                    made.append((*head, "leakers", 8.0 + part, part, error))
                    made.append((*head, "interceptors_wasted", 1.0, 0.0, 0.0))
    return made


def _table(name, rows):
    columns = {}
    for k, column in enumerate(SCHEMAS[name].columns):
        kind = object if column.dtype == "text" else float
        columns[column.name] = np.array([row[k] for row in rows], dtype=kind)
    return Table(columns)


def with_raids(run, extra=0, raids=("two-waves",)):
    """Return the run with raids of its last variant, and ``extra`` more agreements of no effect."""
    variants = run.manifest.variants
    if EAST not in variants[-1].parties:
        variants = tuple(replace(one, parties=(*one.parties, EAST)) for one in variants)
    variant = variants[-1]
    agreements = (NONE, *CHANGES, *(f"noisy-{i}" for i in range(extra)))
    proposals = [
        (
            variant.id, id, "No agreement" if id == NONE else f"The {id} arrangement",
            "", "", "", "", "",
        )
        for id in agreements
    ]  # fmt: skip
    made = {
        "raid": _table("raid", _rows(variant.id, raids, agreements)),
        "raid_steps": _table("raid_steps", _steps(variant.id, raids)),
        "proposals": _table("proposals", proposals),
    }
    records = tuple(m.TableRecord(name, len(table), "00" * 32) for name, table in made.items())
    held = tuple(one for one in run.manifest.tables if one.name not in made)
    manifest = replace(run.manifest, variants=variants, tables=(*held, *records))
    return FakeRun(manifest, {**run.tables, **made})
