"""Loading: from a file, a folder or a pack's name to a frozen, typed scenario.

The order is fixed: read, lay each variant over the base, then validate each merged variant with
all its references. Faults are collected over the whole file and raised together.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path
from typing import Any, TypeGuard

from pydantic import create_model

from longroad.base.errors import LongroadError, nearest
from longroad.base.ids import slug
from longroad.catalog import Catalog, load_catalog
from longroad.scenario.build import VariantBuilder
from longroad.scenario.claim import Claim
from longroad.scenario.claims import read_claims
from longroad.scenario.faults import Faults
from longroad.scenario.form import validate, written
from longroad.scenario.model import Grid, Scenario
from longroad.scenario.naming import Names
from longroad.scenario.negotiation import Negotiation
from longroad.scenario.node import Node, dotted
from longroad.scenario.origin import Origin
from longroad.scenario.overrides import merge
from longroad.scenario.packs import NEGOTIATION_FILE, SCENARIO_FILE, locate
from longroad.scenario.reader import read, read_text
from longroad.scenario.references import known_id
from longroad.scenario.sizes import MOST_VARIANTS
from longroad.scenario.territory import check_size
from longroad.scenario.version import check_version
from longroad.scenario.written import (
    COARSEST_RESOLUTION,
    FINEST_RESOLUTION,
    SECTION_NAMES,
    Form,
    Head,
    VariantHead,
)

BASE_VARIANT = "base"
CLAIMS_FILE = "claims.yaml"
_STANDS_ELSEWHERE = dict.fromkeys((*SECTION_NAMES, "variants"), (Any, None))
_Top: type[Head] = create_model("_Top", __base__=Head, **_STANDS_ELSEWHERE)  # type: ignore[call-overload]
_VariantTop: type[VariantHead] = create_model(  # type: ignore[call-overload]
    "_VariantTop", __base__=VariantHead, **dict.fromkeys(SECTION_NAMES, (Any, None))
)


def load(path_or_pack: str | Path, *, catalog: Catalog | None = None) -> Scenario:
    """Return the scenario of a file, of a folder with ``scenario.yaml``, or of a ready pack.

    ``claims.yaml`` beside a ``scenario.yaml`` is loaded with it. Raises :class:`ScenarioError`
    for the first fault; its ``faults`` holds all of them.
    """
    file = locate(path_or_pack)
    root, text = read(file)
    faults = Faults(file)
    scenario = _scenario(root, text, faults, catalog or load_catalog())
    faults.raise_any()
    assert scenario is not None
    claims_file = file.with_name(CLAIMS_FILE)
    if file.name != SCENARIO_FILE or not claims_file.is_file():
        return scenario
    return _with_claims(scenario, claims_file, catalog or load_catalog())


def loads(text: str, file: str = "scenario", *, catalog: Catalog | None = None) -> Scenario:
    """Return the scenario written in ``text``, without claims; ``file`` is named in errors."""
    root = read_text(text, file)
    faults = Faults(file)
    scenario = _scenario(root, text, faults, catalog or load_catalog())
    faults.raise_any()
    assert scenario is not None
    return scenario


def _scenario(root: Node, text: str, faults: Faults, catalog: Catalog) -> Scenario | None:
    check_version(root, faults.file)
    head = validate(_Top, _head_only(root, Head), faults)
    _check_slug(root.get("id"), faults)
    _check_grid(root.get("grid"), faults)
    naming = root.get("naming")
    names = Names(generic=naming is not None and naming.value == "generic")
    variants = []
    for id, merged, variant_head, origin in _variants(root, faults):
        builder = VariantBuilder(merged, catalog, names, faults)
        variants.append(builder.build(id, variant_head, origin))
    known_id(root.get("headline"), "variant", [variant.id for variant in variants], faults)
    if head is None or faults:
        return None
    grid = Grid(head.grid.ensemble, head.grid.map)
    for variant in variants:
        check_size(variant, grid, root, faults)
    return Scenario(
        id=head.id,
        title=head.title,
        question=head.question,
        author=head.author,
        naming=head.naming,
        seed=head.seed,
        draws=head.draws,
        grid=grid,
        note=head.note,
        headline=head.headline or variants[-1].id,
        variants=tuple(variants),
        claims=(),
        source_text=text,
        claims_text="",
        file=faults.file,
    )


def _variants(root: Node, faults: Faults) -> list[tuple[str, Node, VariantHead, Origin]]:
    """Return id, merged sections, head and origin of every variant."""
    base = _only_sections(root)
    node = root.get("variants")
    if node is None:
        title = root.get("title")
        shown = str(title.value) if title is not None else BASE_VARIANT
        origin = Origin(root.line, "")
        return [(BASE_VARIANT, base, VariantHead.model_construct(title=shown), origin)]
    if not isinstance(node.value, dict) or not node.value:
        faults.at(node, "no variants stand here", expected="variants by id, or no 'variants' line")
        return []
    if len(node.value) > MOST_VARIANTS:
        faults.at(
            node, f"{len(node.value)} variants are too many", expected=f"at most {MOST_VARIANTS}"
        )
        return []
    found = []
    for id, child in node.value.items():
        try:
            slug(id)
        except LongroadError as fault:
            faults.at(
                child, fault.what, expected=fault.expected, nearest=fault.nearest, on_key=True
            )
        if not isinstance(child.value, dict):
            faults.at(
                child,
                "nothing stands here" if child.value is None else f"{written(child)} is no group",
                expected="overrides, such as {title: ..., batteries: ...}",
                on_key=True,
            )
            continue
        head = validate(_VariantTop, _head_only(child, VariantHead), faults)
        merged = merge(base, _only_sections(child), faults)
        origin = Origin(child.key_line, dotted(child.path))
        found.append((id, merged, head or VariantHead.model_construct(), origin))
    return found


def _head_only(node: Node, head: type[Form]) -> Node:
    """Return the node with a stand-in for all that is not of its head and checked elsewhere."""
    entries = {
        key: child
        if key in head.model_fields
        else Node("-", child.line, child.key_line, child.path)
        for key, child in node.mapping.items()
    }
    return Node(entries, node.line, node.key_line, node.path)


def _only_sections(node: Node) -> Node:
    """Return the sections; a misspelt one, reported elsewhere, is taken for what it meant."""
    entries = {}
    for key, child in node.mapping.items():
        meant = key if key in SECTION_NAMES else nearest(key, _Top.model_fields)
        if meant in SECTION_NAMES and (meant == key or meant not in node.mapping):
            entries[meant] = child
    return Node(entries, node.line, node.key_line, node.path)


def _check_slug(node: Node | None, faults: Faults) -> None:
    if node is None or not isinstance(node.value, str):
        return
    try:
        slug(node.value)
    except LongroadError as fault:
        faults.at(node, fault.what, expected=fault.expected, nearest=fault.nearest)


def _check_grid(node: Node | None, faults: Faults) -> None:
    if node is None:
        return
    ensemble, best = node.get("ensemble"), node.get("map")
    if ensemble is None or best is None:
        return
    valid = [node.value for node in (ensemble, best) if is_resolution(node.value)]
    if len(valid) == 2 and valid[0] > valid[1]:
        faults.at(
            ensemble,
            f"the ensemble's resolution {valid[0]} is finer than the map's {valid[1]}",
            expected=f"at most {valid[1]}",
        )


def is_resolution(value: object) -> TypeGuard[int]:
    """Return whether a value is a resolution that a grid may have."""
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and COARSEST_RESOLUTION <= value <= FINEST_RESOLUTION
    )


def _with_claims(scenario: Scenario, file: Path, catalog: Catalog) -> Scenario:
    root, text = read(file)
    faults = Faults(file)
    check_version(root, str(file))

    @cache
    def negotiation() -> Negotiation | None:
        # Its reader checks versions with this module.
        from longroad.scenario.read_negotiation import load_negotiation

        beside = file.with_name(NEGOTIATION_FILE)
        return load_negotiation(beside, catalog=catalog) if beside.is_file() else None

    claims: tuple[Claim, ...] = read_claims(
        root, scenario.id, scenario.variants, catalog, faults, negotiation
    )
    faults.raise_any()
    return dataclasses.replace(scenario, claims=claims, claims_text=text)
