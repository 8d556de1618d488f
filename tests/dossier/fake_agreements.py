"""Made-up agreements between two parties for the made-up run: one of every kind of finding.

*links* gives the first party much and rests on its partner, *notice* only warns earlier, *consent*
is blocked by a refusal, *limits* takes something away, *words* changes nothing.
"""

from __future__ import annotations

from dataclasses import replace

import fake_run
import numpy as np
from fake_table import FakeRun, Table

from longroad.base.tables import SCHEMAS
from longroad.study import manifest as m

NAN = float("nan")
NONE = "none"
AREA = {NONE: 0.2, "links": 0.9, "notice": 0.2, "consent": 0.7, "limits": 0.1, "words": 0.2}
WARNED = {**dict.fromkeys(AREA, 300.0), "links": 60.0, "notice": 90.0, "consent": 60.0}
DATES = {"links": "2010-11", "notice": "2009", "limits": "2011-05"}
EAST = m.Party("east", "East", ("RUS",))
EVENTS = (
    *("ignition", "burnout", "warned", "first-track", "commit-quality", "ready", "consented"),
    *("latest-launch", "launch", "intercept-earliest", "intercept-latest", "fire-control"),
    "impact",
)


def _table(name, rows):
    schema = SCHEMAS[name]
    columns = {}
    for k, column in enumerate(schema.columns):
        kind = {"text": object, "bool": bool}.get(column.dtype, float)
        columns[column.name] = np.array([row[k] for row in rows], dtype=kind)
    return Table(columns)


def _outcomes(variant, parties, agreements):
    rows = []
    for agreement in agreements:
        area = AREA[agreement.partition("-")[0]]
        for party in parties:
            for number, threat in enumerate(variant.threats[-2:]):
                share = min(area + 0.05 * (1 - number), 1.0)
                if party == EAST.id:
                    share = 0.4 if agreement != "limits" else 0.3
                rows += _day(variant.id, agreement, "as-agreed", party, threat.id, share)
                partner = parties[1 - parties.index(party)]
                if agreement == NONE:
                    continue
                kept = AREA[NONE] + 0.05 * (1 - number) if party != EAST.id else 0.4
                rows += _day(
                    variant.id, agreement, f"withdrawn/{partner}", party, threat.id, kept
                )  # fmt: skip
                if agreement == "consent":
                    rows += _day(
                        variant.id, agreement, f"refused/{partner}", party, threat.id, 0.0
                    )  # fmt: skip
    return rows


def _day(variant, agreement, day, party, missile, share):
    head = (variant, agreement, day, party, missile)
    spread = (max(share - 0.15, 0.0), min(share + 0.05, 1.0), 0.01)
    kind = agreement.partition("-")[0]
    rows = [
        (*head, "engageable_area_fraction", share, *spread, "1"),
        (*head, "engageable_population_fraction", share, *spread, "1"),
        (*head, "warning_time", WARNED[kind], WARNED[kind], WARNED[kind] + 20.0, NAN, "s"),
        (*head, "commit_time", NAN if share < 0.5 else 200.0, NAN, NAN, NAN, "s"),
        (*head, "partner_data_fraction", 0.5 if share > 0.5 else 0.0, NAN, NAN, NAN, "1"),
        (*head, "partner_consent_fraction", float(kind == "consent"), 0.0, 1.0, NAN, "1"),
    ]
    if day == "as-agreed":
        rows.append((*head, "shot_opportunities", 2.0 * share, NAN, NAN, NAN, "1"))
        gain = 0.7 if kind == "links" and party == "nato" else 0.0
        for sensor, part in (("kurecik", 0.75), ("deveselu-radar", 0.25)):
            value = gain * part
            marginal = (value, value - 0.02, value + 0.02) if gain else (0.0, NAN, NAN)
            rows.append((*head, f"marginal_area_fraction/{sensor}", *marginal, 0.01, "1"))
    return rows


def _sequence(variant, party, agreements):
    missile = variant.threats[-1].id
    place = ("minimum-energy", "south", 44.4, 26.1)
    rows = []
    for agreement in agreements:
        kind = agreement.partition("-")[0]
        engaged = AREA[kind] > 0.5
        times = dict.fromkeys(EVENTS, NAN)
        times |= {"ignition": 0.0, "burnout": 150.0, "impact": 900.0, "warned": WARNED[kind]}
        times["first-track"] = WARNED[kind] + 60.0
        if engaged:
            times |= {"commit-quality": 150.0, "ready": 200.0, "latest-launch": 420.0}
            times |= {"launch": 200.0, "intercept-earliest": 380.0, "intercept-latest": 610.0}
        if kind == "consent":
            times["consented"] = 190.0
        for event in EVENTS:
            if event == "consented" and kind != "consent":
                continue
            actor = "deveselu" if event == "launch" else ""
            way = "kurecik > link > nato" if event == "commit-quality" and engaged else ""
            head = (variant.id, agreement, "as-agreed", party, missile, *place)
            rows.append((*head, event, times[event], actor, way))
    return rows


def _cells(run, variant, agreements):
    table = run.table("coverage")
    missile = variant.threats[-1].id
    rows = np.flatnonzero(
        (table["resolution"] == run.manifest.grid.ensemble)
        & (table["variant"] == variant.id)
        & (table["missile"] == missile)
    )
    made = []
    for agreement in agreements:
        for count, row in enumerate(rows):
            share = 1.0 if count % 3 == 0 else 0.5
            if agreement == "links" and count % 3 == 1:
                share = 1.0
            elif agreement == "limits" and count % 3 == 0:
                share = 0.0
            elif agreement != NONE:
                continue
            where = (str(table["cell"][row]), str(table["country"][row]))
            made.append((variant.id, agreement, "as-agreed", "nato", missile, *where, share))
    return made


def with_agreements(run, extra=0):
    """Return the run with tables on agreements of its last variant, and ``extra`` more of them."""
    variants = tuple(
        replace(one, parties=(*one.parties, EAST)) for one in run.manifest.variants
    )  # fmt: skip
    variant = variants[-1]
    agreements = (*AREA, *(f"words-{i}" for i in range(extra)))
    source = run.manifest.sources[0].id
    proposals = [
        (
            variant.id, id, "No agreement" if id == NONE else f"The {id} arrangement",
            "none" if id == NONE else "A1", "east" if id == "limits" else "",
            DATES.get(id, ""), source if id == "links" else "", "Made up." if id == "links" else "",
        )
        for id in agreements
    ]  # fmt: skip
    exposure = [
        (variant.id, agreement, "p", giver, receiver, asset, aspect, "D3", "", aspect != "latency")
        for agreement in agreements
        if agreement in ("links", "consent")
        for giver, receiver, asset in (("nato", "east", "kurecik"), ("east", "nato", ""))
        for aspect in ("location", "latency")
    ]
    made = {
        "agreements": _table("agreements", _outcomes(variant, ("nato", "east"), agreements)),
        "sequence": _table("sequence", _sequence(variant, "nato", agreements)),
        "agreement_cells": _table("agreement_cells", _cells(run, variant, agreements)),
        "exposure": _table("exposure", exposure),
        "proposals": _table("proposals", proposals),
    }
    records = tuple(m.TableRecord(name, len(table), "00" * 32) for name, table in made.items())
    manifest = replace(run.manifest, variants=variants, tables=(*run.manifest.tables, *records))
    return FakeRun(manifest, {**run.tables, **made})


def swapped(run):
    """Return the run with the two parties' ids exchanged in the table of outcomes."""
    table = run.table("agreements")
    other = {"nato": "east", "east": "nato"}
    columns = dict(table.columns)
    columns["party"] = np.array([other[p] for p in table["party"]], dtype=object)
    days = [str(d).partition("/") for d in table["circumstance"]]
    columns["circumstance"] = np.array(
        [kind + sep + other.get(who, who) for kind, sep, who in days], dtype=object
    )
    return FakeRun(run.manifest, {**run.tables, "agreements": fake_run.Table(columns)})
