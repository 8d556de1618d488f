"""Checks of numbers: against what the catalogue records, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from longroad.base.quantity import Disputed, Quantity, Status
from longroad.scenario.finding import Remark, named, said
from longroad.scenario.model import Scenario, Variant
from longroad.scenario.origin import Origin
from longroad.scenario.provenance import inputs
from longroad.scenario.values import adopted


def outside_catalog_interval(variant: Variant) -> Iterator[Remark]:
    """An assumed value outside everything the catalogue records for the same quantity."""
    yield from _outside(variant, variant.assume, variant.assume_origins, variant.origin)
    for held in variant.assumptions:
        yield from _outside(variant, held.quantities, held.origins, held.origin)


def _outside(
    variant: Variant,
    assumed: Mapping[str, Quantity | Disputed],
    origins: Mapping[str, Origin],
    otherwise: Origin,
) -> Iterator[Remark]:
    for id, quantity in assumed.items():
        catalogued = variant.catalog.quantity(id)
        known = _each(catalogued)
        low, high = min(q.low for q in known), max(q.high for q in known)
        for one in _each(quantity):
            if one in known or low <= one.best <= high:
                continue
            words = said(
                "outside_catalog_interval",
                quantity=id,
                assumed=one.written(),
                catalogued=adopted(catalogued).written(),
            )
            yield Remark("note", words, origins.get(id, otherwise))


def _each(quantity: Quantity | Disputed) -> tuple[Quantity, ...]:
    return quantity.alternatives if isinstance(quantity, Disputed) else (quantity,)


def input_status(scenario: Scenario) -> Iterator[Remark]:
    """How many of the numbers behind a variant are judgements or from memory."""
    for variant in scenario.variants:
        used = inputs(variant)
        shares = {status: sum(q.status is status for q in used) for status in Status}
        words = said(
            "input_status",
            variant=variant.id,
            total=len(used),
            published=shares[Status.PUBLISHED],
            reported=shares[Status.REPORTED],
            judgement=shares[Status.JUDGEMENT],
            unverified=shares[Status.UNVERIFIED],
        )
        yield Remark("note", words, variant.origin)


VARIANT_CHECKS = named((outside_catalog_interval, ("note",)))
SCENARIO_CHECKS = named((input_status, ("note",)))
