"""The quantities that an exchange of one pair reads, each with the ends that it may be taken at.

A number's ends are those of its interval, of a disputed one those of every claim. Numbers that say
the same of several things (the burn time of all interceptors, the alert of all silo weapons) are
one matter and stand at the same side together. A launch is as early as anybody speaks of it
(``default.reach.first_delay``), as a run takes it (``late_delay``), or as sensors support it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from longroad.base.quantity import Disputed, Quantity
from longroad.base.units import to_unit
from longroad.catalog import Entry
from longroad.deterrent import Force
from longroad.scenario import Battery, Trajectories, Variant
from longroad.study.columns import adopted

LAUNCH = "launch"
FIRST, LATE = "default.reach.first_delay", "default.reach.late_delay"
OWN_SENSORS = "own-sensors"
LOW, HIGH, USUAL_END = "low", "high", "adopted"
# What an intercept reads of an interceptor and a flight of its missile, apart from its speed.
INTERCEPTOR = (
    "burn_time", "boost_path_fraction", "flight_life", "minimum_intercept_altitude",
    "maximum_intercept_altitude",
)  # fmt: skip
MISSILE = ("burn_time", "burnout_altitude", "burnout_ground_distance", "maximum_range")
OF_WEAPON = {
    "alert": "basing", "generation": "basing", "reliability": "basing",
    "warheads": "leg", "deployed_fraction": "leg",
}  # fmt: skip
OF_BASING = ("survival", "base_survival_ratio", "prompt_launch")


@dataclass(frozen=True)
class End:
    """One way to take a matter: a value (SI) for every number in it, and who holds it."""

    word: str
    values: tuple[tuple[str, float], ...]
    holder: str

    def value(self, id: str) -> float:
        """Return the value of one number."""
        return dict(self.values)[id]


@dataclass(frozen=True)
class Matter:
    """One assumption of an exchange: what is adopted, and the ends that it may be taken at."""

    id: str
    usual: End
    ends: tuple[End, ...]
    unit: str
    status: str

    def shown(self, end: End) -> float | None:
        """Return the value of an end in the author's unit; None where several numbers differ."""
        found = {value for _, value in end.values}
        if len(found) != 1 or end.word == OWN_SENSORS:
            return None
        return float(f"{to_unit(found.pop(), self.unit):.12g}")


def matters_of(
    variant: Variant, force: Force, batteries: tuple[Battery, ...], groups: list[Trajectories],
    *, layers: bool = False,
) -> list[Matter]:  # fmt: skip
    """Return what an exchange of one pair reads, reach first, in a fixed order."""
    guns = _distinct(battery.interceptor for battery in batteries)
    rockets = _distinct(group.missile for group in groups)
    made = [
        _launch(variant),
        *(_of(variant, f"interceptor.all.{n}", _numbers(variant, guns, n)) for n in INTERCEPTOR),
        *(_of(variant, f"missile.all.{n}", _numbers(variant, rockets, n)) for n in MISSILE),
    ]
    for name in ("burnout_speed", "single_shot_kill"):
        for entry in guns:
            if name in entry.quantities:
                record = variant.of(entry, name)
                made.append(_of(variant, record.id, [record]))
    if layers or any("single_shot_kill" not in entry.quantities for entry in guns):
        made.append(_default(variant, "single_shot_kill"))
    made += [_default(variant, name) for name in ("true_taken", "salvo")]
    return [one for one in (*made, *_of_force(variant, force)) if one.ends]


def _distinct(entries: Iterable[Entry]) -> list[Entry]:
    return sorted({entry.id: entry for entry in entries}.values(), key=lambda entry: entry.id)


def _numbers(variant: Variant, entries: list[Entry], name: str) -> list[Quantity | Disputed]:
    return [variant.of(entry, name) for entry in entries if name in entry.quantities]


def _default(variant: Variant, name: str) -> Matter:
    record = variant.quantity(f"default.raid.{name}")
    return _of(variant, record.id, [record])


def _of_force(variant: Variant, force: Force) -> list[Matter]:
    """Return the matters of a force: by basing, by leg and by route, as they are drawn."""
    found: dict[str, list[Quantity | Disputed]] = {}
    for weapon in force.weapons:
        for name, group in OF_WEAPON.items():
            id = f"{getattr(weapon, group)}.all.{name}"
            found.setdefault(id, []).append(getattr(weapon, name))
        for name in OF_BASING:
            number = getattr(weapon, name)
            found.setdefault(number.id, []).append(number)
        if weapon.penetration is not None:
            found.setdefault(weapon.penetration.id, []).append(weapon.penetration)
    return [_of(variant, id, numbers) for id, numbers in sorted(found.items())]


def _of(variant: Variant, id: str, records: list[Quantity | Disputed]) -> Matter:
    """Return the matter of some numbers; without ends where none of them can be otherwise."""
    numbers = {record.id: record for record in records}
    used = {id: adopted(record) for id, record in numbers.items()}
    usual = End(USUAL_END, tuple((id, one.best) for id, one in used.items()), "")
    ends: list[End] = []
    disputed = [record for record in numbers.values() if isinstance(record, Disputed)]
    if disputed and len(numbers) == 1:
        for one in disputed[0].alternatives:
            for word, value in ((LOW, one.low), (HIGH, one.high)):
                ends.append(End(f"{one.claim}, {word}", ((one.id, value),), _holder(variant, one)))
    else:
        for word in (LOW, HIGH):
            values = tuple((id, float(getattr(one, word))) for id, one in used.items())
            holders = dict.fromkeys(_holder(variant, one) for one in used.values())
            ends.append(End(word, values, "; ".join(holders)))
    distinct = {end.values: end for end in reversed(ends) if end.values != usual.values}
    first = next(iter(used.values()), None)
    return Matter(
        id, usual, tuple(reversed(distinct.values())), first.unit if first else "1",
        first.status.value if first else "",
    )  # fmt: skip


def _holder(variant: Variant, one: Quantity) -> str:
    """Return who holds a number: a party, whoever makes the claim, its author, or its sources."""
    if one.held_by:
        names = {party.id: party.name for party in variant.parties}
        return ", ".join(names.get(held.party, held.party) for held in one.held_by)
    return one.claimant or one.author or ", ".join(one.sources)


def _launch(variant: Variant) -> Matter:
    first, late = adopted(variant.quantity(FIRST)), adopted(variant.quantity(LATE))
    usual = End(USUAL_END, ((LATE, late.best),), "")
    ends = (
        End(LOW, ((LATE, min(first.best, late.best)),), _holder(variant, first)),
        End(OWN_SENSORS, ((LATE, late.best),), ""),
    )
    return Matter(LAUNCH, usual, ends, late.unit, late.status.value)
