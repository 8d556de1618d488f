"""What the numbers of a negotiation rest on, counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from longroad.base.quantity import Status
from longroad.scenario.negotiation import Basis, Negotiation


def bases(negotiation: Negotiation) -> Iterator[Basis]:
    """Yield what each elicited number rests on, once for each number."""
    for one in negotiation.interests:
        if one.weights.kind == "swing":
            yield from (points.basis for points in one.weights.swing.values())
        else:
            yield one.weights.basis
        for values in one.values.values():
            # The ends of a scale are definitions, not numbers that somebody had to find.
            yield from (v.basis for v in values.values() if not v.low == v.high in (0.0, 1.0))
        yield from (part.points.basis for part in one.together)
        yield from (curve.basis for curve in one.curves)
        for estimate in (one.reservation.value, one.reservation.margin):
            if estimate is not None:
                yield estimate.basis
    yield from (line.real.basis for line in negotiation.red_lines)
    yield from (body.demand.basis for body in negotiation.ratification)
    if negotiation.patience is not None:
        yield from (rate.basis for rate in negotiation.patience.discount.values())
    if negotiation.trust is not None:
        yield from (start.basis for start in negotiation.trust.start.values())
        yield negotiation.trust.mimic.basis
    for stage in negotiation.stages:
        yield from (stage.detection.basis, stage.years.basis)
        yield from (exposed.basis for exposed in stage.exposure.values())


def count_by_status(negotiation: Negotiation) -> Mapping[str, int]:
    """Return how many elicited numbers there are of each status, in the order of trust."""
    found = {str(status): 0 for status in Status}
    for basis in bases(negotiation):
        found[str(basis.status)] += 1
    return found
