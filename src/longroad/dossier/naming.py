"""Names for the reader: variants with their year; generic names where the scenario wants them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from longroad.base.messages import text
from longroad.study.manifest import LaunchArea, Manifest, Threat, Variant


def variant_name(variant: Variant) -> str:
    """Return ``Phase I (2011)``, or the title alone where it has its year or there is none."""
    if variant.year is None or str(variant.year) in variant.title:
        return variant.title
    return text("dossier.variant_with_year", title=variant.title, year=variant.year)


def headline(manifest: Manifest) -> Variant:
    """Return the variant of which readers are told first: the one named so, else the last."""
    return manifest.variant(manifest.headline) if manifest.headline else manifest.variants[-1]


def main_variants(manifest: Manifest) -> tuple[Variant, ...]:
    """Return the variants up to the one told first; those after it are alternatives to it."""
    last = manifest.variants.index(headline(manifest))
    return manifest.variants[: last + 1]


def compared_with(manifest: Manifest, variant: Variant) -> Variant | None:
    """Return the variant that one is compared with, None for the first.

    Up to the one told first it is the one before it; for those after that, the one told first.
    """
    position = [one.id for one in manifest.variants].index(variant.id)
    last = len(main_variants(manifest)) - 1
    return manifest.variants[min(position - 1, last)] if position else None


def variant_names(manifest: Manifest) -> dict[str, str]:
    """Return the names of all variants by id, made distinct by the id where they are not."""
    names = {variant.id: variant_name(variant) for variant in manifest.variants}
    spelled = list(names.values())
    return {id: name if spelled.count(name) == 1 else f"{name} {id}" for id, name in names.items()}


def short_names(manifest: Manifest) -> dict[str, str]:
    """Return the variants' titles without their brackets, where that keeps them apart."""
    short = {v.id: v.title.partition(" (")[0] or v.title for v in manifest.variants}
    distinct = len(set(short.values())) == len(short)
    return short if distinct else {v.id: v.title for v in manifest.variants}


def without_common_start(names: Sequence[str]) -> dict[str, str]:
    """Return names by name, without the words before a comma that all of them begin with.

    ``End point, Moscow`` and ``End point, Paris`` become ``Moscow`` and ``Paris``.
    """
    starts = {name.partition(", ")[0] for name in names if ", " in name}
    alike = len(set(names)) > 1 and len(starts) == 1 and all(", " in name for name in names)
    return {name: name.partition(", ")[2] if alike else name for name in names}


def map_labels(names: Sequence[str]) -> dict[str, str]:
    """Return names by name as a crowded map has them: what follows a comma, where that is clear.

    ``Aegis Ashore, Redzikowo`` becomes ``Redzikowo`` unless something else is called so.
    """
    ends = {name: name.rpartition(", ")[2] for name in dict.fromkeys(names)}
    taken = list(ends.values())
    return {name: end if taken.count(end) == 1 else name for name, end in ends.items()}


def range_note(threat: Threat) -> str | None:
    """Return a missile's range in km, or None where its name says it already."""
    shown = f"{threat.range_km:,.0f}"
    return None if shown in threat.name else shown


def threat_names(manifest: Manifest) -> dict[str, str]:
    """Return the names of all missile classes by id, made distinct by the id."""
    names = {threat.id: threat.name for threat in manifest.threats}
    spelled = list(names.values())
    return {id: name if spelled.count(name) == 1 else f"{name} {id}" for id, name in names.items()}


def as_shown(manifest: Manifest) -> Manifest:
    """Return the manifest with the names a reader is to see.

    With ``naming: generic`` missile classes are called by their range and launch areas by a
    letter. The list of sources still names what it must, since every number keeps its origin.
    """
    if manifest.naming == "shown":
        return manifest
    threats = {threat.id: _generic_threat(threat) for threat in manifest.threats}
    areas = {area.id: _generic_area(area, i) for i, area in enumerate(manifest.launch_areas)}
    return replace(
        manifest,
        variants=tuple(
            replace(
                variant,
                threats=tuple(threats[threat.id] for threat in variant.threats),
                launch_areas=tuple(areas[area.id] for area in variant.launch_areas),
            )
            for variant in manifest.variants
        ),
    )


def _generic_threat(threat: Threat) -> Threat:
    name = text("dossier.generic_missile", range=f"{threat.range_km:,.0f}")
    return replace(threat, name=name, missile_name=name, country=None)


def _generic_area(area: LaunchArea, position: int) -> LaunchArea:
    letters = chr(ord("A") + position % 26) * (1 + position // 26)
    return replace(area, name=text("dossier.generic_area", letter=letters))
