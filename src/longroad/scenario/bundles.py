"""Bundles: ready lists of provisions with roles in place of parties.

The architectures (none, restraint, A0 to A4) and the offers of history stand in `bundles/`, one
file each, in the form of an agreement. A file names roles where an agreement names parties, and
may name sensors and parts of the Earth that the one who uses it fills in. Nothing in a bundle is
computed: filling it in gives the same provisions as writing them out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from longroad.base.errors import ScenarioError, nearest
from longroad.scenario.faults import Faults
from longroad.scenario.form import validate
from longroad.scenario.node import Node
from longroad.scenario.reader import read
from longroad.scenario.written import Form, LongText, Text, WrittenDate
from longroad.scenario.written_agreements import (
    Architecture,
    LegalForm,
    Topology,
    Words,
    WrittenGround,
    WrittenRegion,
)

FOLDER = Path(__file__).resolve().parent / "bundles"
# Where a provision names parties, and what a bundle may leave to its user.
ROLE_FIELDS = frozenset({"from", "to", "members", "host", "party", "of", "territory_of"})
AREA = "area"
REGION_FIELDS = tuple(WrittenRegion.model_fields)


class WrittenArea(WrittenRegion):
    """A part of the Earth that a bundle leaves to its user; what else it holds is the default."""

    about: Text = Field(description="what it is, in words")


class WrittenBundleFile(Form):
    """A bundle as it is written."""

    name: Text = Field(description="the name readers see")
    architecture: Architecture | None = Field(None, description="what it is an instance of")
    date: WrittenDate = Field(None, description="when it was proposed or made")
    proposed_by: Words = Field(None, description="the roles that proposed it")
    roles: dict[str, Text] = Field(default={}, description="the roles, and who stands in them")
    assets: dict[str, Text] = Field(default={}, description="sensors, and what they are")
    areas: dict[str, WrittenArea] = Field(default={}, description="parts of the Earth")
    topology: Topology = Field(description="none, peer, hub, two-headed-centre or chain")
    legal_form: LegalForm = Field(description="the legal form")
    commands: Text | None = Field(None, description="who commands the weapons")
    threat_scope: Text | None = Field(None, description="which missiles it is about")
    territory_scope: Text | None = Field(None, description="which territory it is about")
    source: Words = Field(None, description="ids in the bibliography")
    ground: WrittenGround | None = Field(None, description="status and source of the provisions")
    note: LongText | None = Field(None, description="what became of it, and what was judged")
    provisions: dict[str, object] = Field(default={}, description="the provisions by id")


@dataclass(frozen=True)
class Bundle:
    """A ready list of provisions. ``roles``, ``assets`` and ``areas`` say what each name means.

    ``root`` is the file as written; ``provisions`` are read once somebody stands in the roles.
    """

    id: str
    name: str
    architecture: Architecture | None
    date: str | None
    proposed_by: tuple[str, ...]
    roles: Mapping[str, str]
    assets: Mapping[str, str]
    areas: Mapping[str, str]
    topology: Topology
    legal_form: LegalForm
    commands: str | None
    threat_scope: str | None
    territory_scope: str | None
    sources: tuple[str, ...]
    note: str | None
    root: Node

    @property
    def provisions(self) -> Mapping[str, Node]:
        """Return the provisions as written, by id."""
        node = self.root.get("provisions")
        return node.mapping if node is not None else {}


def bundle_ids() -> tuple[str, ...]:
    """Return the ids of all bundles: the architectures first, then history by date."""
    return tuple(bundle.id for bundle in bundles())


@cache
def bundles() -> tuple[Bundle, ...]:
    """Return all bundles: the architectures in their order, then what history offered, by date."""
    order = ("none", "restraint", "a0", "a1", "a2", "a3", "a4")
    found = [read_bundle(file.stem) for file in FOLDER.glob("*.yaml")]

    def place(bundle: Bundle) -> tuple[int, str, str]:
        first = order.index(bundle.id) if bundle.id in order else len(order)
        return first, bundle.date or "", bundle.id

    return tuple(sorted(found, key=place))


def names() -> list[str]:
    """Return the ids of all bundles, sorted, without reading them."""
    return sorted(file.stem for file in FOLDER.glob("*.yaml"))


@cache
def read_bundle(id: str) -> Bundle:
    """Return a bundle by id; raise :class:`ScenarioError` with the nearest otherwise."""
    if id not in names():
        raise ScenarioError(
            f"there is no bundle '{id}'",
            expected="one of " + ", ".join(names()),
            nearest=nearest(id, names()),
        )
    root, _ = read(FOLDER / f"{id}.yaml")
    faults = Faults(FOLDER / f"{id}.yaml")
    form = validate(WrittenBundleFile, root, faults)
    faults.raise_any()
    assert form is not None
    return Bundle(
        id=id,
        name=form.name,
        architecture=form.architecture,
        date=None if form.date is None else str(form.date),
        proposed_by=_texts(form.proposed_by),
        roles=form.roles,
        assets=form.assets,
        areas={name: area.about for name, area in form.areas.items()},
        topology=form.topology,
        legal_form=form.legal_form,
        commands=form.commands,
        threat_scope=form.threat_scope,
        territory_scope=form.territory_scope,
        sources=_texts(form.source),
        note=form.note,
        root=root,
    )


def _texts(words: object) -> tuple[str, ...]:
    if words is None:
        return ()
    return tuple(words) if isinstance(words, list) else (str(words),)
