"""Agreements: from what stands under ``agreements:`` to typed objects, with bundles filled in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar, cast

from longroad.base.errors import ScenarioError
from longroad.scenario.agreement import (
    NO_AGREEMENT,
    Agreement,
    Guarantee,
    LegalForm,
    Limit,
    Provision,
    Topology,
    Transparency,
)
from longroad.scenario.agreement_world import World
from longroad.scenario.bundles import Bundle, read_bundle
from longroad.scenario.contradictions import check_agreement
from longroad.scenario.dates import read_date
from longroad.scenario.fill_bundle import Filling
from longroad.scenario.form import validate
from longroad.scenario.node import Node, dotted
from longroad.scenario.origin import Origin
from longroad.scenario.read_ground import ground_of
from longroad.scenario.read_provisions import ProvisionReader
from longroad.scenario.sector_readings import read_each_way
from longroad.scenario.world import Party
from longroad.scenario.written_agreements import WrittenAgreement

T = TypeVar("T")
# What a party may do by itself, without another party that agrees.
UNILATERAL = (Limit, Transparency, Guarantee)


def no_agreement(origin: Origin) -> Agreement:
    """Return the agreement `none`: no members, no provisions."""
    return Agreement(
        id=NO_AGREEMENT,
        name=read_bundle(NO_AGREEMENT).name,
        bundle=NO_AGREEMENT,
        architecture="none",
        proposed_by=(),
        members=(),
        date=None,
        topology="none",
        legal_form="none",
        exit_notice=None,
        commands=None,
        threat_scope=None,
        territory_scope=None,
        note=None,
        sources=(),
        provisions=(),
        origin=origin,
    )


class AgreementReader:
    """Reads the agreements of one variant."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.faults = world.faults
        self.provisions = ProvisionReader(world)

    def all(self, entries: list[tuple[str, Node]]) -> Iterator[tuple[str, Agreement]]:
        """Yield every agreement of a section by its id; two of one id are a fault."""
        written = dict(entries)
        for id, node in entries:
            for one in self.read(id, node):
                if one.id != id and one.id in written:
                    self.faults.at(
                        written[one.id],
                        f"'{one.id}' is also what '{id}' (line {node.key_line}) is called when its "
                        "sectors are read so",
                        expected="another id",
                        on_key=True,
                    )
                yield one.id, one

    def read(self, id: str, node: Node) -> tuple[Agreement, ...]:
        """Return an agreement, or one for each reading of its sectors; nothing with faults."""
        agreement = self._read(id, node)
        if agreement is None:
            return ()
        return read_each_way(agreement, node.get("sectors_by"), self.faults)

    def _read(self, id: str, node: Node) -> Agreement | None:
        before = len(self.faults)
        form = validate(WrittenAgreement, _without_provisions(node), self.faults)
        if form is None:
            return None
        bundle, filling = self._bundle(node.get("bundle"))
        given = node.get("ground")
        if given is not None:
            ground_of(given, self.world)
        own, ready = node.get("provisions"), filling.provisions() if filling is not None else {}
        if len(self.faults) > before:
            return None  # what a faulty bundle leaves open would be a fault in every provision
        own_nodes = own.mapping if own is not None else {}
        ground = filling.ground() if filling is not None else None
        read: list[Provision] = []
        for name, child in ready.items():
            if name not in own_nodes:
                read += self.provisions.read(id, name, child, ground)
        for name, child in own_nodes.items():
            read += self.provisions.read(id, name, child, given or ground)
        members = self._members(node, filling, read)
        notice = node.get("exit_notice")
        agreement = Agreement(
            id=id,
            name=form.name or (bundle.name if bundle is not None else id),
            bundle=bundle.id if bundle is not None else None,
            architecture=form.architecture or (bundle.architecture if bundle else None),
            proposed_by=self._proposed_by(node, bundle, filling),
            members=members,
            date=read_date(node.get("date"), self.faults) or (bundle.date if bundle else None),
            topology=cast(Topology, _first(form.topology, bundle, "topology", "peer")),
            legal_form=cast(LegalForm, _first(form.legal_form, bundle, "legal_form", "none")),
            exit_notice=(
                self.world.number(notice, f"agreement.{id}.exit_notice", "time", "")
                if notice is not None
                else None
            ),
            commands=_first(form.commands, bundle, "commands", None),
            threat_scope=_first(form.threat_scope, bundle, "threat_scope", None),
            territory_scope=_first(form.territory_scope, bundle, "territory_scope", None),
            note=_first(form.note, bundle, "note", None),
            sources=self.world.sources(node.get("source")) or (bundle.sources if bundle else ()),
            provisions=tuple(read),
            origin=Origin(node.key_line, dotted(node.path)),
        )
        if id == NO_AGREEMENT and (ready or own_nodes):
            self.faults.at(
                node,
                "the agreement 'none' is the absence of all others, and has no provisions",
                expected="another id",
                on_key=True,
            )
        if len(self.faults) == before:
            check_agreement(agreement, self.faults)
        return agreement if len(self.faults) == before else None

    def _bundle(self, node: Node | None) -> tuple[Bundle | None, Filling | None]:
        if node is None:
            return None, None
        use = node.mapping["use"]
        try:
            bundle = read_bundle(str(use.value))
        except ScenarioError as fault:
            self.faults.at(use, fault.what, expected=fault.expected, nearest=fault.nearest)
            return None, None
        return bundle, Filling(bundle, node, self.world)

    def _members(
        self, node: Node, filling: Filling | None, provisions: list[Provision]
    ) -> tuple[Party, ...]:
        written = node.get("members")
        if written is not None:
            members = self.world.parties_of(written)
        elif filling is not None:
            ids = filling.members()
            members = tuple(self.world.parties[i] for i in ids if i in self.world.parties)
        else:
            members = ()
        alone = bool(provisions) and all(isinstance(p, UNILATERAL) for p in provisions)
        least = 0 if not provisions else 1 if alone else 2
        if len(members) < least:
            self.faults.at(
                written or node,
                f"an agreement with {len(members)} member{'s' if len(members) != 1 else ''}",
                expected="'members': the ids of two parties or more",
                on_key=True,
            )
        return members

    def _proposed_by(
        self, node: Node, bundle: Bundle | None, filling: Filling | None
    ) -> tuple[Party, ...]:
        written = node.get("proposed_by")
        if written is not None:
            return self.world.parties_of(written)
        if bundle is None or filling is None:
            return ()
        ids = filling.parties(bundle.proposed_by)
        return tuple(self.world.parties[i] for i in ids if i in self.world.parties)


def _without_provisions(node: Node) -> Node:
    """Return an agreement in which each provision, which is read apart, is only there."""
    own = node.get("provisions")
    if own is None or not isinstance(own.value, dict):
        return node
    there = {
        id: Node("-", child.line, child.key_line, child.path) for id, child in own.mapping.items()
    }
    provisions = Node(there, own.line, own.key_line, own.path, own.removed)
    entries = {**node.mapping, "provisions": provisions}
    return Node(entries, node.line, node.key_line, node.path, node.removed)


def _first(own: T | None, bundle: Bundle | None, name: str, otherwise: T | None) -> T | None:
    """Return what the agreement says, else what its bundle says, else something."""
    if own is not None:
        return own
    said = getattr(bundle, name) if bundle is not None else None
    return said if said is not None else otherwise
