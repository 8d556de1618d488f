"""What the manifest says of the negotiation beside a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict

from longroad.study.manifest_types import STRICT, Finite, Hash


@dataclass(frozen=True)
class PartyRecord:
    """A party at the table."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    name: str


@dataclass(frozen=True)
class StatusCount:
    """How many elicited numbers have a status."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    status: str
    count: int


@dataclass(frozen=True)
class NegotiationRecord:
    """The negotiation as it was evaluated.

    ``sha256`` is that of its text, ``seed`` that of its value assignments; ``packages`` counts
    those possible. Prices, pivots and delays rest on ``price_assignments``, the fact-finding
    experiment on ``fact_assignments``. ``unheard`` names outcomes that count for nothing;
    ``sources`` are entries of the bibliography.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    title: str
    question: str
    author: str
    sha256: Hash
    seed: int
    assignments: int
    price_assignments: int
    fact_assignments: int
    issues: int
    packages: Finite
    parties: tuple[PartyRecord, ...]
    statuses: tuple[StatusCount, ...]
    unheard: tuple[str, ...]
    sources: tuple[str, ...]
