"""The negotiation beside a scenario, evaluated for a run: physics block, report, packages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from longroad.bargaining.acceptance import Acceptance, acceptance
from longroad.bargaining.assign import Assignments, assignments, package_rows
from longroad.bargaining.physics import PhysicsBlock
from longroad.bargaining.problem import Ints
from longroad.bargaining.regions import regions
from longroad.bargaining.report import Report, report
from longroad.scenario import Negotiation, Scenario, load_negotiation
from longroad.scenario.packs import NEGOTIATION_FILE
from longroad.study.bargain_widest import widest
from longroad.study.manifest_bargain import NegotiationRecord, PartyRecord, StatusCount
from longroad.study.physics_block import physics_block

Progress = Callable[[str, int, int], None]
PROPOSAL, FIRST, WIDEST, OWN = "proposal", "first", "widest", "own"


@dataclass(frozen=True)
class Kind:
    """A package of the chapter: its id, how it came about, and its name where it has one."""

    id: str
    kind: str
    name: str


@dataclass(frozen=True)
class Bargained:
    """A negotiation evaluated.

    ``packages`` with ``choices`` (packages, issues): the proposals in the file's order, then those
    computed. ``made`` by assumption set: ``own``, and each set that some party holds, held by all.
    """

    negotiation: Negotiation
    block: PhysicsBlock | None
    report: Report
    packages: tuple[Kind, ...]
    choices: Ints
    made: dict[str, Acceptance]
    best: Acceptance

    @property
    def sampled(self) -> Assignments:
        """Return the value assignments."""
        return self.report.drawn.sampled

    @property
    def parties(self) -> tuple[str, ...]:
        """Return the ids of the parties."""
        return self.report.parties

    def regions(self, parties: range | list[int] | None = None) -> list[np.ndarray]:
        """Return the halves of the assignments by the weights of some parties, or of all."""
        chosen = range(len(self.parties)) if parties is None else parties
        return list(regions(self.sampled, self.sampled.draws, list(chosen)))


def negotiation_of(scenario: Scenario) -> Negotiation | None:
    """Return the negotiation beside a scenario's file that is about this scenario, if any."""
    beside = Path(scenario.file).with_name(NEGOTIATION_FILE)
    if not scenario.file or not beside.is_file():
        return None
    found = load_negotiation(beside)
    return found if found.scenario in (None, scenario.id) else None


def bargained(
    negotiation: Negotiation,
    scenario: Scenario,
    *,
    seed: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Bargained:
    """Evaluate a negotiation with its physics.

    Value assignments are as many as its file asks for, whatever the scenario's draws; ``seed`` is
    by default the file's own.
    """
    tell = progress or (lambda *_: None)
    block = physics_block(negotiation, scenario, workers=workers, progress=progress)
    tell("study.bargaining", 0, 2)
    # Frontiers take some 0.5 ms each, mostly in the interpreter: threads would wait for each other.
    found = report(negotiation, seed=seed, block=block, workers=1)
    tell("study.bargaining", 1, 2)
    made = evaluated(negotiation, block, found, seed)
    tell("study.bargaining", 2, 2)
    return made


def evaluated(
    negotiation: Negotiation, block: PhysicsBlock | None, found: Report, seed: int | None
) -> Bargained:
    """Return the packages of the chapter with what everybody makes of them."""
    sampled, best = found.drawn.sampled, found.drawn.best
    proposals = [Kind(one.id, PROPOSAL, one.name) for one in negotiation.packages]
    chosen = [dict(one.choices) for one in negotiation.packages]
    computed: list[Kind] = []
    seen: dict[str, int] = {}
    for point in found.solutions:
        seen[point.kind] = seen.get(point.kind, 0) + 1
        number = seen[point.kind]
        computed.append(Kind(point.kind + (f"-{number}" if number > 1 else ""), point.kind, ""))
        chosen.append(dict(point.choices))
    for number, deal in enumerate(found.first_deals, start=1):
        computed.append(Kind(f"first-{number}", FIRST, ""))
        chosen.append({**(negotiation.no_deal or {}), **deal.choices})
    rows = package_rows(negotiation, chosen)
    broad = widest(sampled, np.concatenate([rows, found.drawn.found.choices.astype(np.int64)]))
    if broad is not None:
        computed.append(Kind(WIDEST, WIDEST, ""))
        rows = np.concatenate([rows, broad[None, :]])
    made = {OWN: acceptance(sampled, rows)}
    if block is not None and all(party in block.held for party in found.parties):
        for name in dict.fromkeys(block.held[party] for party in found.parties):
            held = block.holding(dict.fromkeys(found.parties, name))
            if dict(held.held) != dict(block.held):
                other = assignments(negotiation, seed=seed, block=held)
                made[name] = acceptance(other, rows)
    return Bargained(
        negotiation, block, found, (*proposals, *computed), rows, made, acceptance(best, rows)
    )


def record_of(done: Bargained) -> NegotiationRecord:
    """Return what the manifest says of the negotiation."""
    one, found = done.negotiation, done.report
    names = {name: name for name in (done.block.assumptions if done.block is not None else ())}
    if one.physics is not None:
        names |= {each.id: each.name for each in one.physics.assumptions}
    return NegotiationRecord(
        id=one.id,
        title=one.title,
        question=one.question,
        author=one.author,
        sha256=hashlib.sha256(one.source_text.encode()).hexdigest(),
        seed=found.seed,
        assignments=found.draws,
        price_assignments=found.price_draws,
        fact_assignments=found.facts.draws if found.facts is not None else 0,
        issues=found.issues,
        packages=float(found.combinations),
        parties=tuple(PartyRecord(party.id, party.name) for party in one.parties),
        statuses=tuple(StatusCount(word, count) for word, count in found.statuses.items()),
        unheard=found.unheard,
        sources=sources_of(one),
    )


def sources_of(negotiation: Negotiation) -> tuple[str, ...]:
    """Return the ids of the bibliography that a negotiation cites, sorted."""
    found = {one.source for one in negotiation.packages}
    optional = [
        *(one.source for one in negotiation.issues),
        *(one.source for one in negotiation.red_lines),
        *(one.source for one in negotiation.ratification),
    ]
    found |= {source for source in optional if source is not None}
    if negotiation.patience is not None:
        found |= {source for _, _, source in negotiation.patience.elections}
    return tuple(sorted(found))
