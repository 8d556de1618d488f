"""The tables on raids of a run as the dossier needs them: those of one variant.

That variant is the one told first, or where it has no raid under an agreement the first that has.
The kinds of spread stay apart: what is not known, chance, sampling, and rival claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from longroad.dossier.agreement_data import AS_AGREED, NONE, WITHDRAWN
from longroad.dossier.naming import headline
from longroad.dossier.reading import ADOPTED, Columns, RunLike
from longroad.study.manifest import Manifest, Variant

MODES = ("perfect", "stated", "none")
ELSEWHERE = "elsewhere"
LEAKERS, NOTHING = "leakers", "nothing_leaks"
LAUNCHED, WASTED, PROCEDURE = "interceptors_launched", "interceptors_wasted", "lost_to_procedure"
SHOWN = (LEAKERS, NOTHING, LAUNCHED, WASTED, PROCEDURE)
DIFFERENCE = "_difference"
KEYS = ("raid", "assumptions", "agreement", "circumstance", "discrimination", "party", "outcome")
NUMBERS = ("best", "p05", "p95", "mc_se", "outcome_p05", "outcome_p95")
STEP = ("raid", "agreement", "provision", "kind", "discrimination", "outcome")

Group = tuple[str, ...]
_Key = tuple[str, str, str, str, str, str, str]


@dataclass(frozen=True)
class Told:
    """One outcome: the best estimate, and three kinds of spread that are never pooled.

    ``epistemic_*`` 5 and 95 % of the mean over what is not known, ``error`` the sampling error of
    the best estimate, ``chance_*`` 5 and 95 % of single raids; None where there is none.
    """

    best: float
    epistemic_p05: float | None = None
    epistemic_p95: float | None = None
    error: float = 0.0
    chance_p05: float | None = None
    chance_p95: float | None = None


@dataclass(frozen=True)
class Step:
    """A provision and what it changes of an outcome: (change, error) by (mode, outcome)."""

    provision: str
    kind: str
    changes: dict[tuple[str, str], tuple[float, float]]


@dataclass(frozen=True)
class Raids:
    """What the run says of the raids of one variant.

    ``agreements`` are names by id in scenario order, ``values`` keyed by the columns of KEYS,
    ``steps`` by (raid, agreement), in the order in which the provisions are stated.
    """

    variant: Variant
    raids: tuple[str, ...]
    agreements: dict[str, str]
    values: dict[_Key, Told]
    steps: dict[tuple[str, str], tuple[Step, ...]] = field(default_factory=dict)

    def get(
        self, raid: str, agreement: str, mode: str, outcome: str, party: str = "",
        day: str = AS_AGREED, assumptions: str = ADOPTED,
    ) -> Told | None:  # fmt: skip
        """Return one outcome, or None where the run has none or its best estimate is missing."""
        return self.values.get((raid, assumptions, agreement, day, mode, party, outcome))

    def difference(
        self, raid: str, agreement: str, mode: str, outcome: str, party: str = "",
        day: str = AS_AGREED, assumptions: str = ADOPTED,
    ) -> Told | None:  # fmt: skip
        """Return an outcome less that without an agreement, replicate by replicate."""
        if agreement == NONE and day == AS_AGREED:
            return Told(0.0, 0.0, 0.0)
        return self.get(raid, agreement, mode, outcome + DIFFERENCE, party, day, assumptions)

    def objects(self, raid: str) -> float:
        """Return how many missiles come, decoys not counted."""
        found = self.get(raid, NONE, MODES[0], "objects")
        return found.best if found is not None else 0.0

    def territories(self, raid: str) -> tuple[str, ...]:
        """Return whose land is told of, in scenario order; *elsewhere* where anything falls."""
        known = self._parties(raid, LEAKERS)
        order = [party.id for party in self.variant.parties if party.id in known]
        return (*order, ELSEWHERE) if known.get(ELSEWHERE, 0.0) > 0.0 else tuple(order)

    def owners(self, raid: str) -> tuple[str, ...]:
        """Return those who launch anything under any agreement, in scenario order."""
        known = self._parties(raid, LAUNCHED)
        return tuple(one.id for one in self.variant.parties if known.get(one.id, 0.0) > 0.0)

    def idle(self, raid: str) -> tuple[str, ...]:
        """Return the owners of interceptors that launch none under any agreement."""
        known = self._parties(raid, LAUNCHED)
        return tuple(one.id for one in self.variant.parties if known.get(one.id) == 0.0)

    def _parties(self, raid: str, outcome: str) -> dict[str, float]:
        """Return the largest figure of an outcome by party, best estimates and intervals."""
        most: dict[str, float] = {}
        for party, rows in self._by_party.get((raid, outcome), {}).items():
            most[party] = max(max(one.best, one.epistemic_p95 or 0.0) for one in rows)
        return most

    @cached_property
    def _by_party(self) -> dict[tuple[str, str], dict[str, list[Told]]]:
        found: dict[tuple[str, str], dict[str, list[Told]]] = {}
        for (raid, assumptions, _, _, _, party, outcome), told in self.values.items():
            if party and assumptions == ADOPTED and outcome in (LEAKERS, LAUNCHED):
                found.setdefault((raid, outcome), {}).setdefault(party, []).append(told)
        return found

    @cached_property
    def _grouped(self) -> dict[str, tuple[Group, ...]]:
        seen: dict[str, dict[str, list]] = {raid: {} for raid in self.raids}
        for (raid, assumptions, agreement, day, *rest), told in self.values.items():
            if assumptions == ADOPTED and day == AS_AGREED and rest[2] in SHOWN:
                seen[raid].setdefault(agreement, []).append((*rest, told))
        made = {}
        for raid, by_agreement in seen.items():
            alike: dict[tuple, list[str]] = {}
            for agreement in self.agreements:
                if agreement in by_agreement:
                    alike.setdefault(tuple(by_agreement[agreement]), []).append(agreement)
            made[raid] = tuple(tuple(group) for group in alike.values())
        return made

    def groups(self, raid: str) -> tuple[Group, ...]:
        """Return the agreements, those together that are the same in all that is SHOWN."""
        return self._grouped[raid]

    def days(self, raid: str) -> tuple[str, ...]:
        """Return the circumstances in which a partner has left, by partner in scenario order."""
        known = {key[3] for key in self.values if key[0] == raid}
        order = [f"{WITHDRAWN}{party.id}" for party in self.variant.parties]
        return tuple(day for day in order if day in known)

    def rivals(self, raid: str) -> tuple[str, ...]:
        """Return the assumptions beside the adopted ones, in table order."""
        found = dict.fromkeys(key[1] for key in self.values if key[0] == raid)
        return tuple(one for one in found if one != ADOPTED)


def read(run: RunLike) -> Raids | None:
    """Read the raids of a run; None where none is played under an agreement."""
    held = {record.name for record in run.manifest.tables}
    if "raid" not in held:
        return None
    variant = _variant(run.manifest, run.select("raid", ("variant", "agreement")))
    if variant is None:
        return None
    values = _values(run, {"variant": variant.id, "assumptions": ADOPTED})
    known = tuple(dict.fromkeys(key[2] for key in values))
    others = tuple(
        one for one in dict.fromkeys(_texts(run, variant.id, "assumptions")) if one != ADOPTED
    )
    if others:
        told = (LEAKERS, LEAKERS + DIFFERENCE)
        keep = {"variant": variant.id, "assumptions": others, "outcome": told, "party": ""}
        values |= _values(run, keep | {"circumstance": AS_AGREED})
    return Raids(
        variant=variant,
        raids=tuple(dict.fromkeys(key[0] for key in values)),
        agreements=_names(run, variant.id, held, known),
        values=values,
        steps=_steps(run, variant.id) if "raid_steps" in held else {},
    )


def _variant(manifest: Manifest, table: Columns) -> Variant | None:
    first = headline(manifest)
    for variant in (first, *(one for one in manifest.variants if one is not first)):
        if set(table["agreement"][table["variant"] == variant.id].tolist()) - {NONE}:
            return variant
    return None


def _texts(run: RunLike, variant: str, column: str) -> list[str]:
    return run.select("raid", (column,), {"variant": variant})[column].astype(str).tolist()


def _values(run: RunLike, keep: Mapping[str, object]) -> dict[_Key, Told]:
    table = run.select("raid", (*KEYS, *NUMBERS), keep)
    keys = zip(*(table[name].astype(str).tolist() for name in KEYS), strict=True)
    numbers = zip(
        *(np.asarray(table[name], dtype=np.float64).tolist() for name in NUMBERS), strict=True
    )
    made: dict[_Key, Told] = {}
    for key, row in zip(keys, numbers, strict=True):
        best, low, high, error, least, most = (x if np.isfinite(x) else None for x in row)
        if best is not None:
            made[key] = Told(best, low, high, error or 0.0, least, most)
    return made


def _names(run: RunLike, variant: str, held: set[str], known: Group) -> dict[str, str]:
    """Return the agreements' names in scenario order; without their table they are called by id."""
    order = sorted(known, key=lambda id: id != NONE)
    names = {id: id for id in order}
    if "proposals" in held:
        table = run.select("proposals", ("agreement", "name"), {"variant": variant})
        pairs = zip(table["agreement"].tolist(), table["name"].tolist(), strict=True)
        told = {id: name for id, name in pairs if id in names}
        names = {**told, **{id: id for id in order if id not in told}}
    spelled = list(names.values())
    return {id: name if spelled.count(name) == 1 else f"{name} {id}" for id, name in names.items()}


def _steps(run: RunLike, variant: str) -> dict[tuple[str, str], tuple[Step, ...]]:
    columns = (*STEP, "step", "change", "change_se")
    table = run.select("raid_steps", columns, {"variant": variant})
    rows = zip(*(table[name].tolist() for name in columns), strict=True)
    found: dict[tuple[str, str], dict[int, Step]] = {}
    for raid, agreement, provision, kind, mode, outcome, number, change, error in rows:
        steps = found.setdefault((raid, agreement), {})
        step = steps.setdefault(int(number), Step(provision, kind, {}))
        step.changes[mode, outcome] = (float(change), float(error))
    return {key: tuple(steps[n] for n in sorted(steps)) for key, steps in found.items()}
