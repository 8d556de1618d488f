"""What the dossier needs of a run, and the outcomes read with their intervals.

A run is anything with a manifest and tables by name, so that a dossier can be built from a
directory, from memory or from a test's synthetic run. Draw -1 is the best estimate; intervals
are the 5th and 95th percentile over the epistemic draws 0, 1, 2, ... (linear interpolation
between order statistics, numpy's default), never pooled with any other kind of spread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from longroad.study.manifest import Manifest

ADOPTED = "adopted"
ENGAGEABLE = "engageable_area_fraction"
REACHABLE = "reachable_area_fraction"
PEOPLE = "engageable_population_fraction"
REACHABLE_PEOPLE = "reachable_population_fraction"
MEASURES = (ENGAGEABLE, REACHABLE, PEOPLE, REACHABLE_PEOPLE)


class Columns(Protocol):
    """A table: columns as NumPy arrays by name."""

    def __getitem__(self, name: str, /) -> NDArray[Any]:
        """Return the column of that name."""
        ...


class RunLike(Protocol):
    """A run: its manifest and its tables."""

    @property
    def manifest(self) -> Manifest:
        """The manifest."""
        ...

    def table(self, name: str, /) -> Columns:
        """Return the table of that name."""
        ...

    def select(
        self, name: str, columns: Sequence[str], keep: Mapping[str, object] | None = None, /
    ) -> Columns:
        """Return some columns of a table, of the rows with the values of ``keep``.

        A tuple of values keeps the rows that have one of them.
        """
        ...


@dataclass(frozen=True)
class Spread:
    """A figure: its best estimate and, when there are draws, the epistemic interval."""

    best: float
    epistemic_p05: float | None
    epistemic_p95: float | None

    @classmethod
    def of(cls, best: float, draws: NDArray[np.float64]) -> Spread:
        """Make a spread from the best estimate and the values over the draws (maybe none)."""
        known = draws[np.isfinite(draws)]
        if len(known) < 2:
            return cls(float(best), None, None)
        low, high = np.quantile(known, (0.05, 0.95))
        return cls(float(best), float(low), float(high))


@dataclass(frozen=True)
class Series:
    """One outcome under one set of assumptions: best estimate and values by draw."""

    best: float
    values: NDArray[np.float64]

    @property
    def spread(self) -> Spread:
        """The figure with its interval."""
        return Spread.of(self.best, self.values)

    def minus(self, other: Series) -> Spread:
        """Return the difference, taken draw by draw where both have the same draws."""
        paired = len(self.values) == len(other.values)
        values = self.values - other.values if paired else np.empty(0)
        return Spread.of(self.best - other.best, values)


_Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Outcomes:
    """The table `outcomes` by (variant, party, assumptions, outcome), for one agreement."""

    series: dict[_Key, Series]

    @classmethod
    def read(cls, run: RunLike) -> Outcomes:
        """Read the outcomes of coverage for the manifest's agreement.

        Those of reach are many more, and what the dossier says of reach stands in other tables.
        """
        keys = ("variant", "party", "assumptions", "outcome")
        wanted = tuple(
            f"{measure}/{one.id}" for measure in MEASURES for one in run.manifest.threats
        )
        keep = {"agreement": run.manifest.agreement, "outcome": wanted}
        table = run.select("outcomes", (*keys, "draw", "value"), keep)
        names = [table[key] for key in keys]
        draws = np.asarray(table["draw"], dtype=np.int64)
        values = np.asarray(table["value"], dtype=np.float64)
        best: dict[_Key, float] = {}
        drawn: dict[_Key, list[tuple[int, float]]] = {}
        for i, draw in enumerate(draws.tolist()):
            key = (str(names[0][i]), str(names[1][i]), str(names[2][i]), str(names[3][i]))
            drawn.setdefault(key, [])
            if draw < 0:
                best[key] = float(values[i])
            else:
                drawn[key].append((draw, float(values[i])))
        made = {}
        for key, pairs in drawn.items():
            ordered = np.array([value for _, value in sorted(pairs)], dtype=np.float64)
            middle = float(np.median(ordered)) if len(ordered) else float("nan")
            made[key] = Series(best.get(key, middle), ordered)
        return cls(made)

    def get(
        self, variant: str, party: str, outcome: str, assumptions: str = ADOPTED
    ) -> Series | None:
        """Return one outcome, or None when the run does not have it."""
        return self.series.get((variant, party, assumptions, outcome))

    def parties(self) -> tuple[str, ...]:
        """Return the parties that have outcomes, in table order."""
        return tuple(dict.fromkeys(party for _, party, _, _ in self.series))

    def other_assumptions(self) -> tuple[str, ...]:
        """Return the sets of assumptions besides the adopted one, in table order."""
        found = dict.fromkeys(assumptions for _, _, assumptions, _ in self.series)
        return tuple(one for one in found if one != ADOPTED)
