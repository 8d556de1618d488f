"""The coverage table as the maps need it: per variant and missile class, one row per cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longroad.dossier.palette import CLASSES, NOT_REACHED, class_of
from longroad.dossier.reading import RunLike

LAYER = (
    *("cell", "country", "area_km2", "population", "arcs", "engageable", "engageable_p05"),
    *("engageable_p95", "all_engageable_share", "first_battery"),
)


@dataclass(frozen=True)
class Layer:
    """One variant against one missile class: arrays by row (cell and country).

    ``best`` is the share of the arcs within reach that have a window at the best estimate;
    ``p05``, ``p95`` its epistemic percentiles, ``all_share`` the share of draws in which every
    arc has one (the last three NaN at map resolution). ``arcs`` is the number within reach.
    """

    cell: NDArray[Any]
    country: NDArray[Any]
    area_km2: NDArray[np.float64]
    population: NDArray[np.float64]
    arcs: NDArray[np.int64]
    best: NDArray[np.float64]
    p05: NDArray[np.float64]
    p95: NDArray[np.float64]
    all_share: NDArray[np.float64]
    first_battery: NDArray[Any]

    @property
    def reached(self) -> NDArray[np.bool_]:
        """Whether any arc considered reaches the cell."""
        return self.arcs > 0

    @property
    def engageable(self) -> NDArray[np.bool_]:
        """Whether every arc to the cell has a window at the best estimate."""
        return self.reached & (self.best >= 1.0 - 1e-12)

    def main_rows(self) -> NDArray[np.int64]:
        """Return one row per cell, that of the country with most land in it, in cell order."""
        return self._rows

    @cached_property
    def _rows(self) -> NDArray[np.int64]:
        order = np.lexsort((-self.area_km2, self.cell.astype(str)))
        cells = self.cell[order].astype(str)
        first = np.ones(len(cells), dtype=bool)
        first[1:] = cells[1:] != cells[:-1]
        return order[first]

    def cells_by_class(self) -> dict[str, list[str]]:
        """Return the cells of each class of the best estimate, by class id."""
        rows = self.main_rows()
        index = class_of(self.best[rows], self.reached[rows])
        names = {-1: NOT_REACHED.id, **{i: c.id for i, c in enumerate(CLASSES)}}
        return {name: [str(c) for c in self.cell[rows][index == i]] for i, name in names.items()}


@dataclass(frozen=True)
class Coverage:
    """All layers of one party at one h3 resolution, by (variant, missile class)."""

    layers: dict[tuple[str, str], Layer]

    @classmethod
    def read(cls, run: RunLike, party: str, resolution: int) -> Coverage:
        """Read the coverage of one party at one resolution, for the manifest's agreement."""
        keep = {"agreement": run.manifest.agreement, "party": party, "resolution": resolution}
        columns = run.select("coverage", ("variant", "missile", *LAYER), keep)
        variant, missile = columns["variant"], columns["missile"]

        def real(name: str, rows: NDArray[np.bool_]) -> NDArray[np.float64]:
            return np.asarray(columns[name][rows], dtype=np.float64)

        layers = {}
        for one in run.manifest.variants:
            for threat in one.threats:
                rows = (variant == one.id) & (missile == threat.id)
                if not rows.any():
                    continue
                layers[one.id, threat.id] = Layer(
                    cell=columns["cell"][rows],
                    country=columns["country"][rows],
                    area_km2=real("area_km2", rows),
                    population=real("population", rows),
                    arcs=np.asarray(columns["arcs"][rows], dtype=np.int64),
                    best=real("engageable", rows),
                    p05=real("engageable_p05", rows),
                    p95=real("engageable_p95", rows),
                    all_share=real("all_engageable_share", rows),
                    first_battery=columns["first_battery"][rows],
                )
        return cls(layers)


@dataclass(frozen=True)
class CountryShare:
    """Of a country's land within a missile's reach, the share engageable; None: not reached."""

    reached_share: float
    engageable_share: float | None


def by_country(layer: Layer) -> dict[str, CountryShare]:
    """Return the best estimate by country (ISO A3), weighted by land area."""
    out = {}
    for iso in sorted(set(layer.country.tolist())):
        rows = layer.country == iso
        area = layer.area_km2[rows]
        reached = float(area[layer.reached[rows]].sum())
        whole = float(area.sum())
        share = float(area[layer.engageable[rows]].sum()) / reached if reached > 0 else None
        out[str(iso)] = CountryShare(reached / whole if whole > 0 else 0.0, share)
    return out


@dataclass(frozen=True)
class Times:
    """Earliest opening and latest closing of any window, by cell; seconds after ignition."""

    opens_s: dict[str, float]
    closes_s: dict[str, float]


def window_times(run: RunLike, party: str) -> dict[tuple[str, str], Times]:
    """Return for each (variant, missile class) the window times by cell, over all its arcs."""
    arcs = run.select("arcs", ("arc", "missile", "cell"))
    keep = {"agreement": run.manifest.agreement, "party": party}
    windows = run.select("windows", ("variant", "arc", "opens_s", "closes_s"), keep)
    open_ = np.isfinite(np.asarray(windows["opens_s"], dtype=np.float64))
    opens, closes = (
        np.asarray(windows[name], dtype=np.float64)[open_] for name in ("opens_s", "closes_s")
    )
    number = np.asarray(arcs["arc"], dtype=np.int64)
    order = np.argsort(number, kind="stable")
    wanted = np.asarray(windows["arc"], dtype=np.int64)[open_]
    row = order[np.searchsorted(number[order], wanted)]
    cells, cell_code = np.unique(arcs["cell"].astype(str), return_inverse=True)
    variants = [one.id for one in run.manifest.variants]
    threats = [one.id for one in run.manifest.threats]
    variant = _codes(windows["variant"], variants)[open_]
    missile = _codes(arcs["missile"], threats)[row]
    place = (variant * len(threats) + missile) * len(cells) + cell_code[row]
    known = (variant >= 0) & (missile >= 0)
    first = np.full(len(variants) * len(threats) * len(cells), np.inf)
    last = np.full(len(first), -np.inf)
    np.minimum.at(first, place[known], opens[known])
    np.maximum.at(last, place[known], closes[known])
    shape = (len(variants), len(threats), len(cells))
    first, last = first.reshape(shape), last.reshape(shape)
    out = {}
    for i, one in enumerate(run.manifest.variants):
        for threat in one.threats:
            own = i, threats.index(threat.id)
            hit = np.flatnonzero(np.isfinite(first[own]))
            names = cells[hit].tolist()
            out[one.id, threat.id] = Times(
                dict(zip(names, first[own][hit].tolist(), strict=True)),
                dict(zip(names, last[own][hit].tolist(), strict=True)),
            )
    return out


def _codes(words: NDArray[Any], known: list[str]) -> NDArray[np.int64]:
    """Return the position of each word in a short list, -1 for others."""
    made = np.full(len(words), -1, dtype=np.int64)
    for i, word in enumerate(known):
        made[words == word] = i
    return made
