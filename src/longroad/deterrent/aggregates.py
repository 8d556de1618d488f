"""The half-yearly numbers that the parties to New START published, as data."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from longroad.base.quantity import Status
from longroad.deterrent.faults import TreatyError
from longroad.deterrent.ledger import Item

PATH = Path(__file__).resolve().parent / "data" / "new-start-aggregates.csv"
COLUMNS = ("date", "party", "measure", "value", "status", "source")
# The measure of a ledger that each published number gives.
MEASURES = {
    "deployed_launchers": "launchers",
    "deployed_warheads": "warheads",
    "all_launchers": "all_launchers",
}


@dataclass(frozen=True)
class Aggregate:
    """One published number of one party on one day."""

    date: str
    party: str
    measure: str
    value: int
    status: str
    source: str


@cache
def load_aggregates(path: Path = PATH) -> tuple[Aggregate, ...]:
    """Return all numbers in order; raise :class:`TreatyError` with line and field."""
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    if not rows or tuple(rows[0]) != COLUMNS:
        raise TreatyError("the columns are others", file=path, line=1, expected=", ".join(COLUMNS))
    found = []
    for line, row in enumerate(rows[1:], 2):
        if len(row) != len(COLUMNS):
            raise TreatyError("a row has another length", file=path, line=line, expected="6 cells")
        date, party, measure, value, status, source = row
        checks = (
            ("measure", measure in MEASURES, ", ".join(MEASURES)),
            ("value", value.isdigit(), "a whole number from 0"),
            ("status", status in set(Status), ", ".join(Status)),
            ("source", bool(source), "an id of the bibliography"),
        )
        for field, fine, expected in checks:
            if not fine:
                raise TreatyError(
                    f"'{row[COLUMNS.index(field)]}' is no {field}",
                    file=path,
                    line=line,
                    field=field,
                    expected=expected,
                )
        found.append(Aggregate(date, party, measure, int(value), status, source))
    return tuple(found)


def aggregate_items(date: str, party: str) -> tuple[Item, ...]:
    """Return what a party declared on a day as one item, counted already; none where it did not.

    Launchers in all less those deployed are the non-deployed ones.
    """
    own = {
        row.measure: float(row.value)
        for row in load_aggregates()
        if (row.date, row.party) == (date, party)
    }
    if not own:
        return ()
    deployed, whole = own.get("deployed_launchers"), own.get("all_launchers")
    rest = None if deployed is None or whole is None else whole - deployed
    measures = {
        "launchers": deployed,
        "warheads": own.get("deployed_warheads"),
        "nondeployed_launchers": rest,
    }
    return (Item(f"{party} {date}", {}, measures),)
