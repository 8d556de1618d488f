"""Forces and defences made by hand, of round numbers."""

from __future__ import annotations

import numpy as np

from longroad.base.quantity import Quantity, Status
from longroad.deterrent import Defence, Flight, Force, Reach, Site, Weapon


def number(name: str, best: float, low: float | None = None, high: float | None = None) -> Quantity:
    """A quantity from memory, fixed unless it has an interval."""
    return Quantity(
        f"weapon.test.{name}",
        best,
        best if low is None else low,
        best if high is None else high,
        "1",
        Status.UNVERIFIED,
        ("test-source",),
    )


def weapon(id: str = "silo", **changed) -> Weapon:
    """A ballistic weapon of ten launchers with three warheads each; numbers may be replaced."""
    numbers = {
        "launchers": 10,
        "warheads": 30,
        "deployed_fraction": 1.0,
        "alert": 0.5,
        "generation": 0.6,
        "reliability": 0.8,
        "survival": 0.4,
        "base_survival_ratio": 0.5,
        "prompt_launch": 0.7,
    }
    words = {
        "name": id,
        "leg": "icbm",
        "basing": "silo",
        "route": "ballistic",
        "missile": None,
        "at": (),
        "platform_launchers": 1,
    }
    for name, value in changed.items():
        (words if name not in numbers else numbers)[name] = value
    told = {
        name: value if isinstance(value, Quantity) else number(name, value)
        for name, value in numbers.items()
    }
    return Weapon(id=id, **told, **words)


def force(*weapons: Weapon, party: str = "north", year: int = 2018) -> Force:
    """A force of these weapons, or of one silo-based and one at sea."""
    if not weapons:
        boats = weapon(
            "boats", leg="slbm", basing="submarine", launchers=12, warheads=40,
            platform_launchers=6, survival=0.9, base_survival_ratio=0.1,
        )  # fmt: skip
        weapons = (weapon(), boats)
    return Force("test", "Test force", party, year, weapons)


def aircraft(**changed) -> Weapon:
    """Bombers: nothing that a missile defence acts on."""
    told = {"leg": "bomber", "basing": "bomber-base", "route": "bomber", "warheads": 60}
    return weapon("aircraft", penetration=number("penetration", 0.6), **(told | changed))


def defence(
    of: Force,
    *sites: Site,
    within: dict[str, tuple[bool, ...]] | None = None,
    party: str = "south",
    **changed,
) -> Defence:
    """A defence whose sites reach every flight of ballistic weapons, or those said."""
    sites = sites or (Site("hill", 12, 0.5, 2),)
    ballistic = [one.id for one in of.weapons if one.ballistic]
    flights = tuple(Flight(id, "base", "end") for id in ballistic)
    every = tuple(True for _ in sites)
    rows = [(within or {}).get(id, every if within is None else ()) for id in ballistic]
    table = np.array([row or tuple(False for _ in sites) for row in rows], dtype=bool)
    reach = Reach(flights, tuple(site.id for site in sites), table.reshape(1, len(flights), -1))
    return Defence("shield", party, sites, reach, **changed)
