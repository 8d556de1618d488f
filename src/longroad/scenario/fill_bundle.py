"""Filling a bundle in: roles become parties, names become sensors and parts of the Earth.

The result is a tree of nodes as if the provisions had been written out at the place where the
bundle is used, so that a fault in them names the line of that place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial

from longroad.base.errors import nearest
from longroad.base.ids import LONGEST
from longroad.scenario.agreement_world import World, members_of, words
from longroad.scenario.bundles import AREA, REGION_FIELDS, ROLE_FIELDS, Bundle
from longroad.scenario.form import listed
from longroad.scenario.node import Node, Path
from longroad.scenario.written_agreements import ALL_ASSETS

Names = Mapping[str, tuple[str, ...]]


class Filling:
    """One use of a bundle: who stands in its roles, and what its names mean here."""

    def __init__(self, bundle: Bundle, node: Node, world: World) -> None:
        self.bundle = bundle
        self.node = node
        self.world = world
        self.faults = world.faults
        self.roles = self._roles()
        self.left_out = self._left_out()
        self.assets = self._assets()
        self.areas = self._areas()

    def provisions(self) -> dict[str, Node]:
        """Return the provisions by id, with every name filled in."""
        found: dict[str, Node] = {}
        for id, provision in self.bundle.provisions.items():
            if id not in self.left_out:
                found |= self._one(id, provision)
        return found

    def ground(self) -> Node | None:
        """Return status and source of the provisions that do not say them."""
        given = self.bundle.root.get("ground")
        return self._here(given, ("ground",)) if given is not None else None

    def members(self) -> tuple[str, ...]:
        """Return the parties that stand in the roles, each once, in the order of the roles."""
        return tuple(dict.fromkeys(p for role in self.bundle.roles for p in self._role(role)))

    def parties(self, roles: Iterable[str]) -> tuple[str, ...]:
        """Return the parties that stand in some roles."""
        return tuple(dict.fromkeys(party for role in roles for party in self._role(role)))

    def _role(self, role: str) -> tuple[str, ...]:
        return self.roles.get(role, ())

    def _roles(self) -> Names:
        given = self.node.get("roles")
        found: dict[str, tuple[str, ...]] = {}
        for role in self._known(given, self.bundle.roles, "role"):
            node = given.mapping[role] if given is not None else None
            found[role] = tuple(party.id for party in self.world.parties_of(node))
        for role, about in self.bundle.roles.items():
            if given is None or role not in given.mapping:
                self.faults.at(
                    given or self.node,
                    f"the role '{role}' of the bundle '{self.bundle.id}' is empty ({about})",
                    expected=f"'roles: {{{role}: <party>}}'",
                    on_key=True,
                )
        return found

    def _assets(self) -> Names:
        given = self.node.get("assets")
        found: dict[str, tuple[str, ...]] = {}
        for name in self._known(given, self.bundle.assets, "sensor"):
            assert given is not None
            found[name] = tuple(s.id for s in self.world.sensors_of(given.mapping[name]))
        return found

    def _areas(self) -> dict[str, Node]:
        given = self.node.get("areas")
        found = {}
        for name in self._known(given, self.bundle.areas, "area"):
            assert given is not None
            found[name] = given.mapping[name]
        return found

    def _left_out(self) -> Collection[str]:
        given = self.node.get("without")
        known = list(self.bundle.provisions)
        for member in given.items if given is not None else ():
            if isinstance(member.value, str) and member.value not in known:
                self.faults.at(
                    member,
                    f"the bundle '{self.bundle.id}' has no provision '{member.value}'",
                    expected=listed(known),
                    nearest=partial(nearest, member.value, known),
                )
        return [str(member.value) for member in (given.items if given is not None else ())]

    def _known(self, given: Node | None, known: Mapping[str, str], noun: str) -> list[str]:
        """Return the names given that the bundle has; the others are faults."""
        found = []
        for name, child in given.mapping.items() if given is not None else ():
            if name in known:
                found.append(name)
                continue
            self.faults.at(
                child,
                f"the bundle '{self.bundle.id}' has no {noun} '{name}'",
                expected=listed(list(known)) if known else f"no {noun} here",
                nearest=partial(nearest, name, known),
                on_key=True,
            )
        return found

    def _one(self, id: str, provision: Node) -> dict[str, Node]:
        """Return one provision; one share, or sector, for each party that acts in it alone."""
        entries = dict(provision.mapping)
        ready: Mapping[str, Node] = {}
        area = entries.get(AREA)
        if area is not None and isinstance(area.value, str):
            del entries[AREA]
            if str(area.value) in self.areas:
                ready = self.areas[str(area.value)].mapping
            else:
                region = self._own_region(str(area.value))
                if not region:
                    return {}  # a part of the Earth that nobody names restricts nothing
                entries |= region
        kind = provision.mapping["kind"].value
        alone = {"share": "from", "sector": "party"}.get(str(kind))
        if alone is None:
            return {id: self._filled(id, entries, ready)}
        parties = self._named(entries[alone])
        several = len(parties) > 1
        made = {}
        for party in parties:
            own = f"{id}-{party}"[:LONGEST] if several else id
            made[own] = self._filled(own, entries, ready, {alone: (party,)})
        return made

    def _filled(
        self,
        id: str,
        entries: Mapping[str, Node],
        ready: Mapping[str, Node],
        fixed: Names | None = None,
    ) -> Node:
        path: Path = (*self.node.path, id)
        filled: dict[str, Node] = dict(ready)
        for key, child in entries.items():
            at = (*path, key)
            if key in (fixed or {}):
                filled[key] = self._word((fixed or {})[key][0], at)
            elif key in ROLE_FIELDS:
                parties = self._named(child)
                if key == "to" and fixed is not None and "from" in fixed:
                    parties = tuple(party for party in parties if party not in fixed["from"])
                filled[key] = self._words(parties, at, single=key == "host")
            elif key == "assets":
                filled[key] = self._words(self._sensors(id, child), at)
            else:
                filled[key] = self._here(child, at[len(self.node.path) :])
        return Node(filled, self.node.line, self.node.key_line, path)

    def _named(self, node: Node) -> tuple[str, ...]:
        return self.parties(str(member.value) for member in members_of(node))

    def _sensors(self, id: str, node: Node) -> tuple[str, ...]:
        found: list[str] = []
        for member in words(node, "a sensor", self.faults):
            name = str(member.value)
            if name in ALL_ASSETS:
                found.append(name)
            elif name in self.assets:
                found += self.assets[name]
            elif name in self.world.sensors:
                found.append(name)
            else:
                self.faults.at(
                    self.node,
                    f"the bundle '{self.bundle.id}' names the sensor '{name}' "
                    f"({self.bundle.assets.get(name, name)}), which this scenario does not have",
                    expected=f"'assets: {{{name}: <sensor>}}', or 'without: [{id}]'",
                )
        return tuple(dict.fromkeys(found))

    def _own_region(self, name: str) -> dict[str, Node]:
        """Return the fields by which the bundle itself names a part of the Earth."""
        written = self.bundle.root.mapping["areas"].mapping[name]
        return {key: child for key, child in written.mapping.items() if key in REGION_FIELDS}

    def _word(self, word: str, path: Path) -> Node:
        return Node(word, self.node.line, self.node.key_line, path)

    def _words(self, found: tuple[str, ...], path: Path, single: bool = False) -> Node:
        if single and found:
            return self._word(found[0], path)
        members = [self._word(word, (*path, index)) for index, word in enumerate(found)]
        return Node(members, self.node.line, self.node.key_line, path)

    def _here(self, node: Node, below: Path) -> Node:
        """Return a value of the bundle as if it were written where the bundle is used."""
        path = (*self.node.path, *below)
        value = node.value
        if isinstance(value, dict):
            value = {key: self._here(child, (*below, key)) for key, child in value.items()}
        elif isinstance(value, list):
            value = [self._here(child, (*below, index)) for index, child in enumerate(value)]
        return Node(value, self.node.line, self.node.key_line, path)
