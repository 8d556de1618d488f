"""What a question about reach names: a threat, a site, an interceptor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import degrees

from longroad.base.errors import CatalogError, UsageError, nearest
from longroad.catalog import Catalog, Entry
from longroad.scenario import EndPoint, Scenario, Variant
from longroad.study.columns import adopted
from longroad.study.reach_plan import Place, SiteKind

ANY_BASE = "*"
MOST_NAMED = 12


@dataclass(frozen=True)
class Threat:
    """A trajectories entry, or the part of it that a question names."""

    trajectories: str
    base: str | None = None
    end: str | None = None

    def keeps(self, base: str, end: str) -> bool:
        """Return whether a pair is meant."""
        return self.base in (None, base) and self.end in (None, end)


@dataclass(frozen=True)
class Site:
    """Where a question's interceptor stands: a battery, a patrol area, or a place.

    ``place`` is None for the first two, which a variant knows by ``id``.
    """

    kind: SiteKind
    id: str
    place: Place | None = None


def read_threat(text: str, scenario: Scenario, variants: Iterable[Variant]) -> Threat:
    """Return the threat that ``TRAJECTORIES[/BASE[/END]]`` names; ``*`` is any base.

    Raises UsageError with the nearest word for what is not there.
    """
    known = {group.id: group for variant in variants for group in variant.trajectories}
    if not known:
        raise UsageError(
            f"'{scenario.id}' has no trajectories",
            field="threat",
            expected="a scenario with a section 'trajectories'",
        )
    name, *rest = text.split("/")
    if name not in known:
        classes = {threat.id for variant in scenario.variants for threat in variant.threats}
        what = f"there are no trajectories '{name}'"
        if name in classes:
            what = f"'{name}' is a class of missiles considered, not trajectories"
        raise _unknown(what, "threat", name, known)
    if len(rest) > 2:
        raise UsageError(
            f"'{text}' has too many parts", field="threat", expected="TRAJECTORIES/BASE/END"
        )
    group = known[name]
    base = _end(rest[0], "base", group.bases, name) if rest and rest[0] != ANY_BASE else None
    end = _end(rest[1], "end point", group.ends, name) if len(rest) > 1 else None
    return Threat(name, base, end)


def _end(name: str, noun: str, ends: tuple[EndPoint, ...], group: str) -> str:
    known = [end.id for end in ends]
    if name not in known:
        raise _unknown(f"'{group}' has no {noun} '{name}'", "threat", name, known)
    return name


def read_site(
    variants: Iterable[Variant], catalog: Catalog,
    battery: str | None, site: str | None, at: tuple[float, float] | None,
) -> Site | None:  # fmt: skip
    """Return the one site that is named, or None for all batteries.

    ``site`` is a site of the catalogue, a patrol area or a battery, in that order; ``at`` a
    latitude and longitude in rad. Raises UsageError.
    """
    given = [name for name in (battery, site, at) if name is not None]
    if len(given) > 1:
        raise UsageError(
            "a question is about one place", expected="one of --battery, --site and --at"
        )
    batteries = {b.id for variant in variants for b in variant.batteries}
    if at is not None:
        return Site("place", _written(at), at)
    if battery is not None:
        if battery not in batteries:
            raise _unknown(f"there is no battery '{battery}'", "battery", battery, batteries)
        return Site("battery", battery)
    if site is None:
        return None
    name = site.removeprefix("site/")
    places = {entry.id for entry in catalog.entries("site")}
    if name in places:
        return Site("place", name, _site_place(catalog, name))
    areas = {a.id for variant in variants for a in variant.patrol_areas}
    if site in areas:
        return Site("patrol-area", site)
    if site in batteries:
        return Site("battery", site)
    raise _unknown(f"there is no place '{site}'", "site", site, {*areas, *batteries, *places})


def _site_place(catalog: Catalog, name: str) -> Place:
    found = [catalog.quantity(f"site.{name}.{axis}") for axis in ("latitude", "longitude")]
    return adopted(found[0]).best, adopted(found[1]).best


def _written(at: Place) -> str:
    return f"{degrees(at[0]):.6g},{degrees(at[1]):.6g}"


def read_interceptor(name: str | None, catalog: Catalog) -> Entry | None:
    """Return an interceptor of the catalogue by ``ID`` or ``interceptor/ID``; None for None."""
    if name is None:
        return None
    try:
        return catalog.entry(f"interceptor/{name.removeprefix('interceptor/')}")
    except CatalogError as fault:
        known = [entry.id for entry in catalog.entries("interceptor")]
        raise _unknown(f"there is no interceptor '{name}'", "interceptor", name, known) from fault


def _unknown(what: str, where: str, name: str, known: Iterable[str]) -> UsageError:
    names = sorted(known)
    listed = ", ".join(names[:MOST_NAMED]) + (" and more" if len(names) > MOST_NAMED else "")
    near = nearest(name, names)
    return UsageError(what, field=where, expected=f"one of {listed}", nearest=near)
