"""The table `differences` of a run as the dossier needs it."""

from __future__ import annotations

from dataclasses import dataclass

from longroad.dossier.reading import RunLike
from longroad.study.differences import CHANGES


@dataclass(frozen=True)
class Shares:
    """Of the area and the people within reach in both variants, the shares by change."""

    area: dict[str, float]
    people: dict[str, float]


@dataclass(frozen=True)
class Differences:
    """The table `differences` by (party, missile, from, to)."""

    shares: dict[tuple[str, str, str, str], Shares]


def read(run: RunLike) -> Differences | None:
    """Read the differences of the manifest's agreement; None where the run has no such table."""
    if "differences" not in {record.name for record in run.manifest.tables}:
        return None
    table = run.table("differences")
    names = ("agreement", "party", "missile", "from_variant", "to_variant")
    columns = [table[name] for name in names]
    found = {}
    for i, agreement in enumerate(columns[0]):
        if agreement != run.manifest.agreement:
            continue
        key = tuple(str(column[i]) for column in columns[1:])
        area, people = (
            {change: float(table[f"{change}_{weight}_fraction"][i]) for change in CHANGES}
            for weight in ("area", "population")
        )
        found[key[0], key[1], key[2], key[3]] = Shares(area, people)
    return Differences(found) if found else None
