"""Who says otherwise: every other value on record for a number that an evaluation read."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from longroad.base.errors import CatalogError
from longroad.base.quantity import Disputed, Quantity
from longroad.base.units import to_unit
from longroad.catalog.sheet import held_by
from longroad.scenario import AssumptionSet, Variant

# Where a rival value stands: another claim of the same dispute, the scenario or the catalogue from
# which the reading departs, or the assumptions of a party.
CLAIM, SCENARIO, CATALOGUE, PARTY = "claim", "scenario", "catalogue", "party"


@dataclass(frozen=True)
class Rival:
    """Another value of a number; ``best``, ``low`` and ``high`` in ``unit``.

    ``whence`` is claim, scenario, catalogue or party; ``claimant`` whoever makes the claim or the
    party that assumes it.
    """

    whence: str
    claim: str | None
    claimant: str | None
    best: float
    low: float
    high: float
    unit: str
    status: str
    sources: tuple[str, ...]
    author: str | None
    reason: str | None
    note: str | None
    held_by: tuple[str, ...]


def rivals_of(
    variant: Variant, read: Quantity, record: Quantity | Disputed | None = None
) -> tuple[Rival, ...]:
    """Return the values that a variant knows beside the one read, each once.

    First what the variant reads otherwise, with all rival claims, then what the catalogue has
    where the scenario replaces it, then what parties assume. ``record`` is needed for a position,
    which no dotted id of the catalogue need name.
    """
    recorded = variant.quantity(read.id) if record is None else record
    found: dict[tuple[object, ...], Rival] = {_key(read): _rival(CLAIM, read)}

    def add(whence: str, known: Quantity | Disputed, held: AssumptionSet | None = None) -> None:
        for one in known.alternatives if isinstance(known, Disputed) else (known,):
            found.setdefault(_key(one), _rival(whence, one, held))

    if isinstance(recorded, Disputed):
        add(CLAIM, recorded)
    else:
        add(SCENARIO if read.id in variant.assume else CATALOGUE, recorded)
    if read.id in variant.assume:
        with suppress(CatalogError):  # a place of the scenario's own
            add(CATALOGUE, variant.catalog.quantity(read.id))
    for held in variant.assumptions:
        if read.id in held.quantities:
            add(PARTY, held.quantities[read.id], held)
    return tuple(rival for key, rival in found.items() if key != _key(read))


def _key(quantity: Quantity) -> tuple[object, ...]:
    return (quantity.best, quantity.low, quantity.high, quantity.distribution, quantity.claim)


def _rival(whence: str, quantity: Quantity, held: AssumptionSet | None = None) -> Rival:
    best, low, high = shown(quantity)
    return Rival(
        whence=whence,
        claim=quantity.claim,
        claimant=quantity.claimant if held is None else held.held_by.name,
        best=best,
        low=low,
        high=high,
        unit=quantity.unit,
        status=quantity.status.value,
        sources=quantity.sources,
        author=quantity.author,
        reason=quantity.reason,
        note=quantity.note,
        held_by=held_by(quantity) if held is None else (f"{held.held_by.id} ({held.mode})",),
    )


def shown(quantity: Quantity) -> tuple[float, float, float]:
    """Return best, low and high in the unit of the author, without the dust of conversion."""
    best, low, high = (
        float(f"{to_unit(value, quantity.unit):.12g}")
        for value in (quantity.best, quantity.low, quantity.high)
    )
    return best, low, high
