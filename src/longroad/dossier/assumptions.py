"""Sets of assumptions in words: rival claims and parties' own sets, as the tables name them.

A table names a set of assumptions ``adopted``, ``<thing>=<claim>`` where the thing is a quantity
or a place, or by the id of a party's own set. An input of the manifest may carry the variant it
belongs to after an ``@``.
"""

from __future__ import annotations

from dataclasses import dataclass

from longroad.base.messages import text
from longroad.dossier.inputs import best_words
from longroad.dossier.numbers import listed
from longroad.study.manifest import Input, InputValue, Manifest

ADOPTED = "adopted"
# Readings of an exchange that no party wrote down.
EXTREMES = ("owner-extreme", "defender-extreme")


@dataclass(frozen=True)
class Reading:
    """One set of assumptions; ``thing`` is None for a party's own set, named by ``claim``."""

    id: str
    thing: str | None
    claim: str

    @classmethod
    def parse(cls, assumptions: str) -> Reading:
        """Take an `assumptions` value apart."""
        thing, equals, claim = assumptions.partition("=")
        return cls(assumptions, thing, claim) if equals else cls(assumptions, None, assumptions)


def _stem(id: str) -> str:
    return id.partition("@")[0]


def inputs_of(manifest: Manifest, thing: str) -> list[Input]:
    """Return the disputed inputs a thing stands for: one quantity, or latitude and longitude."""
    own = {thing, f"{thing}.latitude", f"{thing}.longitude"}
    return [one for one in manifest.inputs if _stem(one.id) in own and one.disputed]


def _values(manifest: Manifest, reading: Reading) -> list[InputValue]:
    found = inputs_of(manifest, reading.thing) if reading.thing else []
    seen: dict[str, InputValue] = {}
    for one in found:
        for value in one.values:
            if value.claim == reading.claim:
                seen.setdefault(_stem(one.id), value)
    return list(seen.values())


def thing_words(manifest: Manifest, thing: str) -> str:
    """Return what a dispute is about, as a reader calls it."""
    found = inputs_of(manifest, thing)
    if not found:
        return thing
    if _stem(found[0].id) == thing:
        return found[0].label
    name = found[0].label.rpartition(":")[0] or found[0].label
    return text("dossier.rivals.position", name=name)


def claimant(manifest: Manifest, reading: Reading) -> str:
    """Return who makes a claim: the claimant as written, else the claim's id."""
    found = _values(manifest, reading)
    return (found[0].claimant if found else None) or reading.claim


def claim_value(manifest: Manifest, reading: Reading) -> str:
    """Return the number a claim stands for with its unit, or both numbers of a place."""
    return listed([best_words(value) for value in _values(manifest, reading)])


def adopted_reading(manifest: Manifest, thing: str) -> Reading | None:
    """Return the adopted claim about a thing, or None when the manifest does not list it."""
    found = inputs_of(manifest, thing)
    if not found or found[0].adopted is None:
        return None
    return Reading(ADOPTED, thing, found[0].adopted)


def assumed_words(manifest: Manifest, assumptions: str) -> str:
    """Return a set of assumptions as the end of a sentence that says "under ..."."""
    if assumptions == ADOPTED:
        return text("dossier.claims.under_adopted")
    if assumptions in EXTREMES:
        return text(f"dossier.claims.under_{assumptions.replace('-', '_')}")
    reading = Reading.parse(assumptions)
    if reading.thing is None:
        return text("dossier.claims.under_own", name=reading.claim)
    return text(
        "dossier.claims.under_claim",
        thing=thing_words(manifest, reading.thing),
        claimant=claimant(manifest, reading),
        value=claim_value(manifest, reading),
    )
