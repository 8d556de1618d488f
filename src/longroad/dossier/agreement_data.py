"""The tables on agreements of a run as the dossier needs them: those of one variant.

That variant is the one told first, or where it has no agreement beside *none* the first that has.
Agreements, parties and missiles stand in the order of the scenario.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from longroad.dossier.naming import headline
from longroad.dossier.reading import Columns, RunLike, Spread
from longroad.study.manifest import Manifest, Variant

NONE, AS_AGREED = "none", "as-agreed"
WITHDRAWN, REFUSED, LOST = "withdrawn/", "refused/", "lost/"
AREA, PEOPLE = "engageable_area_fraction", "engageable_population_fraction"
MARGINAL = "marginal_area_fraction/"


@dataclass(frozen=True)
class Proposal:
    """An agreement: its name, who proposed it and when; ``date`` is empty where nobody did."""

    id: str
    name: str
    architecture: str = ""
    proposed_by: tuple[str, ...] = ()
    date: str = ""
    sources: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Shown:
    """One aspect of one asset (empty: the defence as a whole) that a giver shows a receiver."""

    provision: str
    giver: str
    receiver: str
    asset: str
    aspect: str
    depth: str
    kept: bool


@dataclass(frozen=True)
class Event:
    """An event of an engagement: seconds after ignition (NaN: never), who, and by which way."""

    time_s: float
    actor: str
    path: str


@dataclass(frozen=True)
class Story:
    """One engagement under every agreement and circumstance: events by name."""

    shape: str
    launch_area: str
    latitude_deg: float
    longitude_deg: float
    events: dict[tuple[str, str], dict[str, Event]]


@dataclass(frozen=True)
class Agreements:
    """What the run says of the agreements of one variant.

    ``outcomes`` is keyed by (agreement, circumstance, party, missile, outcome), ``stories`` and
    ``cells`` by (party, missile); cells hold the share engaged, NaN out of reach, of agreement
    *none* in full and of the others where it differs.
    """

    variant: Variant
    proposals: tuple[Proposal, ...]
    outcomes: dict[tuple[str, str, str, str, str], Spread]
    shown: dict[str, tuple[Shown, ...]] = field(default_factory=dict)
    stories: dict[tuple[str, str], Story] = field(default_factory=dict)
    cells: dict[tuple[str, str], dict[str, dict[str, float]]] = field(default_factory=dict)

    def get(
        self, agreement: str, party: str, missile: str, outcome: str, day: str = AS_AGREED
    ) -> Spread | None:
        """Return one outcome, or None where the run has none or its best estimate is missing."""
        found = self.outcomes.get((agreement, day, party, missile, outcome))
        return found if found is not None and np.isfinite(found.best) else None

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties that have outcomes or show something of their own, in scenario order."""
        known = {key[2] for key in self.outcomes}
        known |= {one.giver for shown in self.shown.values() for one in shown}
        return tuple(party.id for party in self.variant.parties if party.id in known)

    def missiles(self, party: str) -> tuple[str, ...]:
        """Return the missiles that a party has outcomes for, in scenario order."""
        known = {key[3] for key in self.outcomes if key[2] == party}
        return tuple(threat.id for threat in self.variant.threats if threat.id in known)

    def most_divided(self, party: str) -> str | None:
        """Return the missile against which the agreements differ most for a party.

        Where they differ alike, that of which least is engageable without an agreement; of several
        the one of longest range. None where the party has no outcomes.
        """
        reach = {threat.id: threat.range_km for threat in self.variant.threats}
        found = []
        for missile in self.missiles(party):
            areas = {one.id: self.get(one.id, party, missile, AREA) for one in self.proposals}
            known = [area.best for area in areas.values() if area is not None]
            none = areas.get(NONE)
            if known:
                width = round(max(known) - min(known), 3)
                least = none.best if none is not None else min(known)
                found.append((-width, least, -reach[missile], missile))
        return min(found)[3] if found else None

    def days(self, agreement: str, party: str, missile: str, kind: str) -> dict[str, Spread]:
        """Return the engageable area by partner on the days of a kind (withdrawn, refused)."""
        found = {}
        for other in self.variant.parties:
            one = self.get(agreement, party, missile, AREA, f"{kind}{other.id}")
            if one is not None:
                found[other.id] = one
        return found

    def sensors(self, agreement: str, party: str, missile: str) -> dict[str, Spread]:
        """Return the marginal value of each shared sensor, in share of the area."""
        return {
            key[4].removeprefix(MARGINAL): value
            for key, value in self.outcomes.items()
            if key[:4] == (agreement, AS_AGREED, party, missile) and key[4].startswith(MARGINAL)
        }


def read(run: RunLike) -> Agreements | None:
    """Read the agreements of a run; None where there is none beside *none*."""
    held = {record.name for record in run.manifest.tables}
    if "agreements" not in held:
        return None
    table = run.table("agreements")
    variant = _variant(run.manifest, table)
    if variant is None:
        return None
    keys = ("agreement", "circumstance", "party", "missile", "outcome")
    rows = np.flatnonzero(table["variant"] == variant.id)
    columns = [table[name][rows].astype(str).tolist() for name in keys]
    numbers = [_real(table, name)[rows].tolist() for name in ("best", "p05", "p95")]
    outcomes = {}
    for a, day, party, missile, outcome, best, low, high in zip(*columns, *numbers, strict=True):
        known = np.isfinite(low) and np.isfinite(high)
        spread = Spread(best, low if known else None, high if known else None)
        outcomes[a, day, party, missile, outcome] = spread
    return Agreements(
        variant=variant,
        proposals=_proposals(run, variant.id, held, tuple(dict.fromkeys(columns[0]))),
        outcomes=outcomes,
        shown=_shown(run, variant.id) if "exposure" in held else {},
        stories=_stories(run, variant.id) if "sequence" in held else {},
        cells=_cells(run, variant.id) if "agreement_cells" in held else {},
    )


def _variant(manifest: Manifest, table: Columns) -> Variant | None:
    """Return the variant told of, or None when no variant has an agreement beside *none*."""
    first = headline(manifest)
    for variant in (first, *(one for one in manifest.variants if one is not first)):
        own = set(table["agreement"][table["variant"] == variant.id].tolist())
        if own - {NONE}:
            return variant
    return None


def _real(table: Columns, name: str) -> NDArray[np.float64]:
    return np.asarray(table[name], dtype=np.float64)


def _listed(words: str) -> tuple[str, ...]:
    return tuple(word for word in words.split(", ") if word)


def _proposals(
    run: RunLike, variant: str, held: set[str], known: tuple[str, ...]
) -> tuple[Proposal, ...]:
    """Return the agreements that have outcomes; without their table they are called by id."""
    if "proposals" not in held:
        order = sorted(known, key=lambda id: id != NONE)
        return tuple(Proposal(id, id) for id in order)
    table = run.select("proposals", PROPOSAL, {"variant": variant})
    made = []
    for row in zip(*(table[name].astype(str).tolist() for name in PROPOSAL), strict=True):
        id, name, architecture, by, date, sources, note = row
        if id in known:
            proposal = Proposal(id, name, architecture, _listed(by), date, _listed(sources), note)
            made.append(proposal)
    return tuple(made)


PROPOSAL = ("agreement", "name", "architecture", "proposed_by", "date", "sources", "note")
EXPOSURE = ("agreement", "provision", "giver", "receiver", "asset", "aspect", "depth")
STORY = (
    *("agreement", "circumstance", "party", "missile", "shape", "launch_area"),
    *("event", "actor", "path"),
)
PLACE = ("aim_latitude_deg", "aim_longitude_deg", "time_s")


def _shown(run: RunLike, variant: str) -> dict[str, tuple[Shown, ...]]:
    table = run.select("exposure", (*EXPOSURE, "kept"), {"variant": variant})
    found: dict[str, list[Shown]] = {}
    columns = [table[name].astype(str).tolist() for name in EXPOSURE]
    kept = np.asarray(table["kept"], dtype=bool).tolist()
    for row, still in zip(zip(*columns, strict=True), kept, strict=True):
        agreement, provision, giver, receiver, asset, aspect, depth = row
        one = Shown(provision, giver, receiver, asset, aspect, depth, still)
        found.setdefault(agreement, []).append(one)
    return {agreement: tuple(shown) for agreement, shown in found.items()}


def _stories(run: RunLike, variant: str) -> dict[tuple[str, str], Story]:
    table = run.select("sequence", (*STORY, *PLACE), {"variant": variant})
    words = [table[name].astype(str).tolist() for name in STORY]
    numbers = [_real(table, name).tolist() for name in PLACE]
    found: dict[tuple[str, str], Story] = {}
    for row in zip(*words, *numbers, strict=True):
        agreement, day, party, missile, shape, area, event, actor, path, lat, lon, time_s = row
        key = (party, missile)
        if key not in found:
            found[key] = Story(shape, area, lat, lon, {})
        told = found[key].events.setdefault((agreement, day), {})
        told[event] = Event(time_s, actor, path)
    return found


def _cells(run: RunLike, variant: str) -> dict[tuple[str, str], dict[str, dict[str, float]]]:
    keys = ("agreement", "party", "missile", "cell")
    keep = {"variant": variant, "circumstance": AS_AGREED}
    table = run.select("agreement_cells", (*keys, "engaged"), keep)
    columns = [table[name].astype(str).tolist() for name in keys]
    found: dict[tuple[str, str], dict[str, dict[str, float]]] = {}
    for agreement, party, missile, cell, share in zip(
        *columns, _real(table, "engaged").tolist(), strict=True
    ):
        # Countries that share a cell share its arcs.
        found.setdefault((party, missile), {}).setdefault(agreement, {})[cell] = share
    return found
