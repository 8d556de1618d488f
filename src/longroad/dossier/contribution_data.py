"""The table `contributions` of a run as the dossier needs it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from longroad.dossier.reading import Columns, RunLike


@dataclass(frozen=True)
class Contribution:
    """One part against one missile class; shares of what the missile reaches, NaN for none.

    Pairs are area and people. ``lost`` is the share of the engageable that goes with the part.
    """

    kind: str
    asset: str
    missile: str
    whole: tuple[float, float]
    without: tuple[float, float]
    alone: tuple[float, float]
    lost: tuple[float, float]


@dataclass(frozen=True)
class Contributions:
    """The table `contributions` by (party, variant), in table order."""

    rows: dict[tuple[str, str], list[Contribution]]


def read(run: RunLike) -> Contributions | None:
    """Read the contributions of the manifest's agreement; None where there is no such table."""
    if "contributions" not in {record.name for record in run.manifest.tables}:
        return None
    table = run.table("contributions")
    heads = [table[name] for name in ("party", "variant", "kind", "asset", "missile")]

    found: dict[tuple[str, str], list[Contribution]] = {}
    for row in np.flatnonzero(table["agreement"] == run.manifest.agreement):
        party, variant, kind, asset, missile = (str(column[row]) for column in heads)
        one = Contribution(
            kind,
            asset,
            missile,
            _both(table, int(row), "engageable"),
            _both(table, int(row), "without"),
            _both(table, int(row), "alone"),
            _both(table, int(row), "lost"),
        )
        found.setdefault((party, variant), []).append(one)
    return Contributions(found) if found else None


def _both(table: Columns, row: int, stem: str) -> tuple[float, float]:
    kind = "share" if stem == "lost" else "fraction"
    area, people = table[f"{stem}_area_{kind}"], table[f"{stem}_population_{kind}"]
    return float(area[row]), float(people[row])
