"""A missile of the catalogue as a flight takes it: published boost, claims about its range."""

from __future__ import annotations

from dataclasses import dataclass

from longroad.base.quantity import Disputed
from longroad.catalog import load_catalog
from longroad.flight.capability import attainable_speed
from longroad.flight.generic import Boost, Missile, Span, adopted, generic_missile


@dataclass(frozen=True)
class RangeClaim:
    """One claim about a missile's greatest range (m); ``claim`` is None when nobody disputes it."""

    claim: str | None
    span: Span
    adopted: bool

    def allows(self, burnout_speed_m_s: float, boost: Boost) -> bool:
        """Return whether the claim, at the high end of its interval, allows a burnout speed.

        The range stands for the speed that just gives it on a sphere at rest
        (`longroad.flight.capability`), as in a scenario.
        """
        most = attainable_speed(
            self.span.high, boost.burnout_altitude_m, boost.burnout_ground_distance_m
        )
        # An arc of exactly the greatest range is allowed, whatever its last digit.
        return burnout_speed_m_s <= float(most) * (1.0 + 1e-6)


@dataclass(frozen=True)
class Named:
    """A missile of the catalogue: its name, what flights need, what is claimed of its range."""

    name: str
    missile: Missile
    ranges: tuple[RangeClaim, ...]


def named_missile(id: str) -> Named:
    """Return the missile of an id of the catalogue (``shahab-3`` or ``missile/shahab-3``).

    Where the catalogue does not say how many stages there are, the generic missile of that range
    does. Raises CatalogError with the nearest id.
    """
    entry = load_catalog().entry(f"missile/{id.removeprefix('missile/')}")
    boost = Boost(
        *(
            adopted(entry.quantity(field)).best
            for field in ("burn_time", "burnout_altitude", "burnout_ground_distance")
        )
    )
    reach = entry.quantity("maximum_range")
    stages = str(entry.facts.get("stages", ""))
    missile = Missile(
        id=entry.id,
        greatest_range_m=adopted(reach).best,
        boost=boost,
        burn_times_s=Span.of(entry.quantity("burn_time")),
        stages=int(stages) if stages.isdigit() else generic_missile(adopted(reach).best).stages,
    )
    claims = reach.alternatives if isinstance(reach, Disputed) else (reach,)
    return Named(
        entry.name,
        missile,
        tuple(RangeClaim(q.claim, Span.of(q), q == adopted(reach)) for q in claims),
    )
