"""A strategic force: weapons by type and basing, read from the catalogue.

End points and bases are reference points; nothing here is a target.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from longroad.base.errors import LongroadError, nearest
from longroad.base.quantity import Disputed, Quantity
from longroad.catalog import Catalog, Entry
from longroad.catalog.fields import BALLISTIC
from longroad.catalog.shares import Shares, shares
from longroad.deterrent.faults import ForceError

Record = Quantity | Disputed
# How a number of an entry is read: by name, as adopted unless somebody assumes otherwise.
Read = Callable[[Entry, str], Quantity]


@dataclass(frozen=True)
class Weapon:
    """One type with one basing. ``at`` are sites of the catalogue, ``missile`` what flies.

    ``survival``, ``base_survival_ratio`` and ``prompt_launch`` are those of its basing;
    ``penetration`` is that of its route, None for a ballistic one. ``platform_launchers`` is how
    many launchers survive or are lost together.

    Raises :class:`ForceError` for counts that are negative or do not go together.
    """

    id: str
    name: str
    leg: str
    basing: str
    route: str
    missile: str | None
    at: tuple[str, ...]
    launchers: Quantity
    warheads: Quantity
    deployed_fraction: Quantity
    alert: Quantity
    generation: Quantity
    reliability: Quantity
    survival: Quantity
    base_survival_ratio: Quantity
    prompt_launch: Quantity
    platform_launchers: int
    penetration: Quantity | None = None
    nondeployed_launchers: int = 0

    def __post_init__(self) -> None:
        for name in ("launchers", "warheads"):
            number = getattr(self, name)
            if number.low < 0.0:
                raise self._fault(name, f"{number.written()} is negative", "0 or more")
        launchers = round(self.launchers.best)
        if launchers < 1 and self.warheads.best > 0.0:
            raise self._fault(
                "warheads", f"{self.warheads.written()} exceed {launchers} launchers",
                "a launcher for every warhead, or none of both",
            )  # fmt: skip
        if not 1 <= self.platform_launchers <= max(launchers, 1):
            raise self._fault(
                "platform_launchers",
                f"{self.platform_launchers} on one platform of {launchers} launchers in all",
                "1 or more, and no more than there are launchers",
            )
        if self.nondeployed_launchers < 0:
            raise self._fault("nondeployed_launchers", "the number is negative", "0 or more")
        if (self.route == BALLISTIC) != (self.penetration is None):
            raise self._fault(
                "route", f"'{self.route}' and penetration do not go together",
                "a penetration for every route but the ballistic one",
            )  # fmt: skip
        for name in FRACTIONS:
            number = getattr(self, name)
            if number is not None and not 0.0 <= number.low <= number.high <= 1.0:
                raise self._fault(name, f"{number.written()} is no fraction", "0 to 1")

    def _fault(self, field: str, what: str, expected: str) -> ForceError:
        return ForceError(f"{self.id}: {what}", field=field, expected=expected)

    @property
    def ballistic(self) -> bool:
        """Return whether interceptors can act on its flights at all."""
        return self.route == BALLISTIC

    @property
    def numbers(self) -> tuple[Quantity, ...]:
        """Return every quantity that an exchange reads of it."""
        found = (self.launchers, self.warheads, *(getattr(self, name) for name in FRACTIONS))
        return tuple(number for number in found if number is not None)


FRACTIONS = (
    "deployed_fraction",
    "alert",
    "generation",
    "reliability",
    "survival",
    "base_survival_ratio",
    "prompt_launch",
    "penetration",
)


@dataclass(frozen=True)
class Force:
    """What one party has in one year."""

    id: str
    name: str
    party: str
    year: int
    weapons: tuple[Weapon, ...]

    def __post_init__(self) -> None:
        ids = [weapon.id for weapon in self.weapons]
        if len(set(ids)) < len(ids):
            raise ForceError(f"{self.id} has a weapon twice", expected="each weapon once")

    @property
    def launchers(self) -> float:
        """Return the deployed launchers, best estimate."""
        return sum(weapon.launchers.best for weapon in self.weapons)

    @property
    def deployed(self) -> float:
        """Return the deployed warheads and bomber weapons, best estimate."""
        return sum(w.warheads.best * w.deployed_fraction.best for w in self.weapons)

    def shares(self) -> Shares:
        """Return how many of its numbers are published, reported, judgement or from memory."""
        found = {number.id: number for weapon in self.weapons for number in weapon.numbers}
        return shares(found.values())

    @property
    def provisional(self) -> bool:
        """Return whether a headline about it leans on numbers from memory."""
        return self.shares().unverified > 0

    def called(self, party: str) -> Force:
        """Return the same force in another party's hands."""
        return replace(self, party=party)


def forces(catalog: Catalog) -> tuple[Force, ...]:
    """Return every force of the catalogue, in the order written."""
    return tuple(load_force(catalog, entry.id) for entry in catalog.entries("force"))


def force_of(catalog: Catalog, party: str, year: int, read: Read | None = None) -> Force | None:
    """Return the party's force of the latest year up to ``year``, else its earliest; None if none.

    ``read`` says which numbers are taken, by default those that the catalogue adopts.
    That a party has no strategic force is a result, not a fault.
    """
    own = [e for e in catalog.entries("force") if e.facts["party"] == party]
    if not own:
        return None
    by_year = sorted(own, key=lambda entry: int(entry.facts["year"]))
    past = [entry for entry in by_year if int(entry.facts["year"]) <= year]
    return load_force(catalog, (past[-1] if past else by_year[0]).id, read)


def as_adopted(entry: Entry, name: str) -> Quantity:
    """Return a number of an entry that headlines use."""
    return adopted(entry.quantity(name))


def load_force(catalog: Catalog, id: str, read: Read | None = None) -> Force:
    """Return a force with its weapons; raise :class:`ForceError` with file, line and field."""
    try:
        entry = catalog.entry(f"force/{id}")
    except LongroadError:
        known = [e.id for e in catalog.entries("force")]
        raise ForceError(
            f"there is no force '{id}'", expected=", ".join(known), nearest=nearest(id, known)
        ) from None
    own = [e for e in catalog.entries("weapon") if e.facts.get("force") == id]
    if not own:
        raise ForceError(
            f"{id} has no weapons", file=entry.file, line=entry.line, expected="weapons of it"
        )
    weapons = tuple(_weapon(catalog, one, read or as_adopted) for one in own)
    party, year = entry.facts["party"], int(entry.facts["year"])
    return Force(id, entry.name, party, year, weapons)


def _weapon(catalog: Catalog, entry: Entry, read: Read) -> Weapon:
    """Return a weapon with the numbers of its basing and route."""
    facts = entry.facts
    route = facts.get("route", "")
    basing = _named(catalog, entry, "basing", facts.get("basing", ""))
    passing = None
    if route != BALLISTIC:
        passing = read(_named(catalog, entry, "route", route), "penetration")
    sites = tuple(_listed(facts.get("at", "")))
    for site in sites:
        _named(catalog, entry, "site", site, "at")
    if "missile" in facts:
        _named(catalog, entry, "missile", facts["missile"])

    def count(name: str, absent: int) -> int:
        return round(read(entry, name).best) if name in entry.quantities else absent

    own = ("launchers", "warheads", "deployed_fraction", "alert", "generation", "reliability")
    try:
        return Weapon(
            id=entry.id,
            name=entry.name,
            leg=facts["leg"],
            basing=basing.id,
            route=route,
            missile=facts.get("missile"),
            at=sites,
            penetration=passing,
            platform_launchers=count("platform_launchers", 1),
            nondeployed_launchers=count("nondeployed_launchers", 0),
            **{name: read(entry, name) for name in own},
            **{name: read(basing, name) for name in basing.quantities},
        )
    except LongroadError as fault:
        raise fault.located(file=entry.file, line=entry.line) from None


def _named(catalog: Catalog, entry: Entry, kind: str, id: str, fact: str | None = None) -> Entry:
    """Return an entry that a fact of another names; raise :class:`ForceError` with its place."""
    known = [one.id for one in catalog.entries(kind)]
    if id in known:
        return catalog.entry(f"{kind}/{id}")
    raise ForceError(
        f"{entry.id}: '{id}' is no {kind} of the catalogue",
        file=entry.file,
        line=entry.line,
        field=f"{entry.id}.facts.{fact or kind}",
        expected=f"an id that `longroad catalog {kind}` lists",
        nearest=nearest(id, known),
    )


def _listed(text: str) -> Iterable[str]:
    return (part.strip() for part in text.split(",") if part.strip())


def adopted(number: Record) -> Quantity:
    """Return the quantity that headlines use."""
    return number.adopted_quantity if isinstance(number, Disputed) else number
