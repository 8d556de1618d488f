"""Who reaches whom: each party's batteries against each other party's missiles, counted in pairs.

A pair of base and end point counts as reached when one battery of the defence, as it stands in
the variant told first, has the burnout speed for it. Best estimates; a site's own share carries
the interval of the draws, and rival claims are followed one at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from longroad.dossier.naming import headline
from longroad.dossier.reach import Force, Reach
from longroad.dossier.reading import ADOPTED, Columns, RunLike, Spread

BEFORE_APOGEE, AFTER_APOGEE = "before-apogee", "after-apogee"
OWN_SENSORS = "own-sensors"
# Delays of the table's columns (s), of those that the run has.
SHOWN_S = (60.0, 120.0, 300.0, 600.0)
Pair = tuple[str, str, str, str]
When = float | None  # None: as early as the owner's own sensors allow


NAMES = (
    *("party", "site", "assumptions", "timing", "part"),
    *("trajectories", "base", "end", "shape"),
)
VALUES = ("delay_s", "reachable", "overtaking")
SHARES = (
    *("party", "site", "timing", "delay_s", "trajectories"),
    *("fraction", "fraction_p05", "fraction_p95"),
)


@dataclass(frozen=True)
class Count:
    """Pairs within reach: in either part, before the apogee, from behind, only late."""

    either: int
    before: int
    overtaking: int
    late: int


@dataclass(frozen=True)
class BestSite:
    """The battery that reaches the largest share of a force's pairs, with its spread."""

    site: str
    share: Spread


@dataclass(frozen=True)
class Row:
    """A defence against one owner's missiles, or (with ``force``) one kind of them."""

    defence: str
    owner: str
    force: str | None
    pairs: int
    counts: dict[When, Count]
    best: dict[When, BestSite] = field(default_factory=dict)


@dataclass(frozen=True)
class Rival:
    """What a rival claim makes of the count at the late delay."""

    defence: str
    owner: str
    assumptions: str
    either: int


@dataclass(frozen=True)
class Pairs:
    """The table by pair of parties, by force, and what rival claims change."""

    late_delay_s: float
    delays: tuple[float, ...]
    rows: tuple[Row, ...]
    by_force: tuple[Row, ...]
    rivals: tuple[Rival, ...]


@dataclass(frozen=True)
class _Hits:
    """Pairs reached by a set of batteries under one reading, by launch time."""

    before: set[tuple[When, Pair]] = field(default_factory=set)
    overtaking: set[tuple[When, Pair]] = field(default_factory=set)
    after: set[tuple[When, Pair]] = field(default_factory=set)

    def count(self, when: When, pairs: Iterable[Pair]) -> Count:
        keys = [(when, pair) for pair in pairs]
        before = sum(key in self.before for key in keys)
        late = sum(key in self.after and key not in self.before for key in keys)
        chase = sum(key in self.overtaking for key in keys)
        return Count(before + late, before, chase, late)


def read_pairs(run: RunLike, reach: Reach) -> Pairs:
    """Read the tables `reach` and `reach_shares` of the variant told first."""
    variant = headline(run.manifest)
    late = reach.settings.late_delay_s
    known = set(reach.grid.delay_s.tolist())
    delays = tuple(d for d in sorted({*SHOWN_S, late}) if d in known)
    keep = {"variant": variant.id, "kind": "battery"}
    hits = _hits(run.select("reach", (*NAMES, *VALUES), keep), set(delays), late)
    defences = [
        party.id for party in variant.parties if any(b.owner == party.id for b in variant.batteries)
    ]
    pairs = {force.id: _pairs(force) for force in reach.forces}
    owners = list(dict.fromkeys(force.owner for force in reach.forces))
    best = _best(run, variant.id, (late, None))
    rows, by_force, rivals = [], [], []
    whens: tuple[When, ...] = (*delays, None)
    for defence in defences:
        adopted = hits.get((defence, ADOPTED))
        if adopted is None:
            continue
        for owner in owners:
            if owner == defence:
                continue
            forces = [force for force in reach.forces if force.owner == owner]
            every = [pair for force in forces for pair in pairs[force.id]]
            counts = {when: adopted.count(when, every) for when in whens}
            rows.append(Row(defence, owner, None, len(every), counts))
            for force in forces:
                own = pairs[force.id]
                found = {
                    when: b for (d, f, when), b in best.items() if (d, f) == (defence, force.id)
                }
                counts_own = {when: adopted.count(when, own) for when in whens}
                by_force.append(Row(defence, owner, force.id, len(own), counts_own, found))
            for (party, assumptions), other in hits.items():
                if party == defence and assumptions != ADOPTED:
                    either = other.count(late, every).either
                    if either != counts[late].either:
                        rivals.append(Rival(defence, owner, assumptions, either))
    return Pairs(late, delays, tuple(rows), tuple(by_force), tuple(rivals))


def _pairs(force: Force) -> list[Pair]:
    return [(force.id, one.base, one.end, one.shape) for one in force.flights]


def _hits(table: Columns, delays: set[float], late: float) -> dict[tuple[str, str], _Hits]:
    """Return the pairs that each party's batteries reach, by (party, reading).

    A battery of which a reading says nothing stays as adopted under it.
    """
    words = {name: table[name].astype(str) for name in NAMES}
    delay = np.asarray(table["delay_s"], dtype=np.float64)
    reachable = np.asarray(table["reachable"], dtype=bool)
    overtaking = np.asarray(table["overtaking"], dtype=bool)
    sites: dict[str, dict[str, set[str]]] = {}
    for party, site, reading in zip(
        words["party"], words["site"], words["assumptions"], strict=True
    ):
        sites.setdefault(str(party), {}).setdefault(str(reading), set()).add(str(site))
    found = {(party, reading): _Hits() for party, known in sites.items() for reading in known}
    for i in np.flatnonzero(reachable).tolist():
        own = words["timing"][i] == OWN_SENSORS
        when: When = None if own else float(delay[i])
        if when is not None and when not in delays:
            continue
        party, site, reading = (str(words[n][i]) for n in ("party", "site", "assumptions"))
        pair = tuple(str(words[name][i]) for name in NAMES[5:])
        key = (when, (pair[0], pair[1], pair[2], pair[3]))
        readings = [reading]
        if reading == ADOPTED and when == late:
            readings += [r for r, known in sites[party].items() if site not in known]
        for one in readings:
            into = found[party, one]
            if words["part"][i] == BEFORE_APOGEE:
                into.before.add(key)
                if overtaking[i]:
                    into.overtaking.add(key)
            else:
                into.after.add(key)
    return found


def _best(
    run: RunLike, variant: str, whens: tuple[When, ...]
) -> dict[tuple[str, str, When], BestSite]:
    keep = {"variant": variant, "kind": "battery", "assumptions": ADOPTED, "part": "any"}
    table = run.select("reach_shares", SHARES, keep)
    found: dict[tuple[str, str, When], BestSite] = {}
    for i in range(len(table["site"])):
        own = table["timing"][i] == OWN_SENSORS
        when: When = None if own else float(table["delay_s"][i])
        share = float(table["fraction"][i])
        if when not in whens or not np.isfinite(share):
            continue
        key = (str(table["party"][i]), str(table["trajectories"][i]), when)
        if key not in found or share > found[key].share.best:
            low, high = float(table["fraction_p05"][i]), float(table["fraction_p95"][i])
            known = np.isfinite(low) and np.isfinite(high)
            spread = Spread(share, low if known else None, high if known else None)
            found[key] = BestSite(str(table["site"][i]), spread)
    return found
