"""Provisions: from their written form to typed, resolved ones, kind by kind.

A provision that names several parties where one acts (authority, limit, transparency, guarantee)
becomes one provision for each, with the party's id at the end of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar, cast

from longroad.base.errors import LongroadError, nearest
from longroad.base.ids import LONGEST, slug
from longroad.scenario.agreement import (
    Allocate,
    Authority,
    Centre,
    Depth,
    Ground,
    Guarantee,
    Limit,
    Measure,
    Number,
    Provision,
    Region,
    Sector,
    Share,
    Transparency,
)
from longroad.scenario.agreement_world import World, words
from longroad.scenario.form import listed, validate, written
from longroad.scenario.node import Node, dotted
from longroad.scenario.origin import Origin
from longroad.scenario.read_ground import read_ground
from longroad.scenario.values import read_measure
from longroad.scenario.world import Party, SensorSite
from longroad.scenario.written_agreements import (
    ALL_ASSETS,
    MEASURES,
    PROVISIONS,
    WrittenAllocate,
    WrittenAuthority,
    WrittenCentre,
    WrittenGuarantee,
    WrittenLimit,
    WrittenProvision,
    WrittenSector,
    WrittenShare,
    WrittenTransparency,
)

F = TypeVar("F", bound=WrittenProvision)
# The fields that say where, for each thing a limit is on; the others take a value or nothing.
_PLACES: dict[str, tuple[str, ...]] = {
    "keep-out": ("area", "countries", "territory_of", "patrol_areas"),
    "patrol-area": ("area", "patrol_areas"),
    "no-intercept": ("area", "countries", "territory_of"),
}
_VALUES = {"burnout-speed": "speed", "number": "count"}


@dataclass(frozen=True)
class _At:
    """One written provision: whose it is, its node, and why it is taken to be so."""

    agreement: str
    id: str
    node: Node
    ground: Ground

    @property
    def origin(self) -> Origin:
        return Origin(self.node.key_line, dotted(self.node.path))

    def number_id(self, name: str) -> str:
        return f"agreement.{self.agreement}.{self.id}.{name}"


class ProvisionReader:
    """Reads the provisions of the agreements of one variant."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.faults = world.faults

    def read(
        self, agreement: str, id: str, node: Node, ground: Node | None
    ) -> tuple[Provision, ...]:
        """Return the provision, or one for each party it is about; nothing with a fault.

        ``ground`` stands for the status and source of a provision that names none.
        """
        model = self._model(node)
        if model is None or not self._is_slug(id, node):
            return ()
        before = len(self.faults)
        form = validate(model, node, self.faults)
        said = read_ground(node, ground, self.world)
        if form is None or said is None:
            return ()
        at = _At(agreement, id, node, said)
        readers: dict[str, Callable[[Any, _At], Iterator[Provision]]] = {
            "share": self._share,
            "centre": self._centre,
            "authority": self._authority,
            "sector": self._sector,
            "allocate": self._allocate,
            "limit": self._limit,
            "transparency": self._transparency,
            "guarantee": self._guarantee,
        }
        found = tuple(readers[form.kind](form, at))
        return found if len(self.faults) == before else ()

    def _model(self, node: Node) -> type[WrittenProvision] | None:
        if not isinstance(node.value, dict):
            what = "nothing stands here" if node.value is None else f"{written(node)} is no group"
            self.faults.at(node, what, expected="a provision, such as {kind: share, ...}")
            return None
        kind = node.get("kind")
        if kind is None:
            self.faults.at(
                node,
                "the field 'kind' is missing",
                expected=listed(list(PROVISIONS)),
                below=("kind",),
                on_key=True,
            )
        elif not isinstance(kind.value, str) or kind.value not in PROVISIONS:
            self.faults.at(
                kind,
                f"{written(kind)} is not a kind of provision",
                expected=listed(list(PROVISIONS)),
                nearest=partial(nearest, str(kind.value), PROVISIONS),
            )
        else:
            return PROVISIONS[str(kind.value)]
        return None

    def _is_slug(self, id: str, node: Node) -> bool:
        try:
            slug(id)
        except LongroadError as fault:
            self.faults.at(
                node, fault.what, expected=fault.expected, nearest=fault.nearest, on_key=True
            )
            return False
        return True

    def _share(self, form: WrittenShare, at: _At) -> Iterator[Share]:
        node, world = at.node, self.world
        giver = world.party(node.get("from"))
        receivers = world.parties_of(node.get("to"))
        if node.get("to") is None and form.via is None:
            self.faults.at(
                node,
                "it is not said who receives the data",
                expected="'to': parties, or 'via': a fusion centre of this agreement",
                below=("to",),
            )
        if giver is not None and giver in receivers:
            self.faults.at(
                node.mapping["to"],
                f"'{giver.id}' would share with itself",
                expected="other parties",
                on_key=True,
            )
        if giver is None:
            return
        assets, received = self._assets(node.mapping["assets"], giver)
        if form.latency is not None and form.latency_class is not None:
            self.faults.at(
                node.mapping["latency_class"],
                "a latency and a class of latency are both given",
                expected="one of them",
                on_key=True,
            )
        default = f"{(form.latency_class or 'real-time').replace('-', '_')}_latency"
        if form.latency is None and form.latency_class is None:
            self.faults.at(
                node,
                "it is not said how late the data are",
                expected="'latency': a quantity of time, or 'latency_class'",
                below=("latency",),
            )
            return
        latency = self._time(at, "latency", default)
        availability = self._fraction(at, "availability", "link_availability")
        if latency is None or availability is None:
            return
        yield Share(
            id=at.id,
            giver=giver,
            receivers=receivers,
            assets=assets,
            received=received,
            depth=Depth[form.depth],
            via=form.via,
            latency=latency,
            availability=availability,
            onward=form.onward,
            latency_class=form.latency_class,
            ground=at.ground,
            origin=at.origin,
        )

    def _assets(self, node: Node, giver: Party) -> tuple[tuple[SensorSite, ...], bool]:
        """Return the sensors shared, and whether what was received is handed on too."""
        own = [s for s in self.world.sensors.values() if s.owner.id == giver.id]
        found: dict[str, SensorSite] = {}
        received = False
        named = []
        for member in words(node, "a sensor", self.faults):
            if member.value == "received":
                received = True
            elif member.value in ALL_ASSETS:
                for sensor in own:
                    if member.value == "all" or sensor.is_radar == (member.value == "radars"):
                        found[sensor.id] = sensor
            elif member.value in self.world.sensors or not self._is_near_word(member):
                named.append(member)
        for member in named:
            for sensor in self.world.sensors_of(member):
                if sensor.id in found:
                    self.faults.at(
                        member, f"'{sensor.id}' is shared twice here", expected="each sensor once"
                    )
                found[sensor.id] = sensor
        return tuple(found.values()), received

    def _is_near_word(self, member: Node) -> bool:
        """Report what is no sensor and comes nearest to one of the words for several."""
        known = [*self.world.sensors, *ALL_ASSETS]
        meant = nearest(str(member.value), known)
        if meant not in ALL_ASSETS or member.value in self.world.written("sensors"):
            return False
        self.faults.at(
            member,
            f"there is no sensor '{member.value}' in this scenario",
            expected=listed(known),
            nearest=meant,
        )
        return True

    def _centre(self, form: WrittenCentre, at: _At) -> Iterator[Centre]:
        members = self.world.parties_of(at.node.get("members"))
        host = self.world.party(at.node.get("host"))
        fusion = form.purpose == "fusion"
        for name in ("depth", "latency", "availability"):
            given = at.node.get(name)
            if given is not None and not fusion:
                self.faults.at(
                    given,
                    f"a centre for {form.purpose} hands on no data",
                    expected=f"no '{name}' here, or 'purpose: fusion'",
                    on_key=True,
                )
        yield Centre(
            id=at.id,
            purpose=form.purpose,
            members=members,
            host=host,
            depth=Depth[form.depth] if fusion else Depth.D0,
            latency=self._time(at, "latency", "centre_latency") if fusion else None,
            availability=(
                self._fraction(at, "availability", "centre_availability") if fusion else None
            ),
            ground=at.ground,
            origin=at.origin,
        )

    def _authority(self, form: WrittenAuthority, at: _At) -> Iterator[Authority]:
        node = at.node
        others = self.world.parties_of(node.get("of"))
        asked = form.mode == "concurrence"
        for name in () if asked else ("of", "delay", "probability"):
            given = node.get(name)
            if given is not None:
                self.faults.at(
                    given,
                    f"nobody else is asked where the mode is '{form.mode}'",
                    expected=f"no '{name}' here, or 'mode: concurrence'",
                    on_key=True,
                )
        if asked and node.get("of") is None:
            self.faults.at(
                node,
                "it is not said whose concurrence is needed",
                expected="'of': the parties that have to agree",
                below=("of",),
            )
        delay = self._time(at, "delay", "concurrence_delay") if asked else None
        chance = self._fraction(at, "probability", "concurrence_probability") if asked else None
        for id, party in self._each(at, "party"):
            of = tuple(other for other in others if other != party)
            if asked and others and not of:
                self.faults.at(
                    node.mapping["of"],
                    f"'{party.id}' would have to agree with itself",
                    expected="another party",
                    on_key=True,
                )
            yield Authority(id, party, form.mode, of, delay, chance, at.ground, at.origin)

    def _sector(self, form: WrittenSector, at: _At) -> Iterator[Sector]:
        allowed: tuple[str, ...] = ("area", "countries", "territory_of")
        if form.by == "launch-origin":
            allowed = (*allowed, "launch_areas")
        party = self.world.party(at.node.get("party"))
        region = self.world.region(at.node, allowed)
        if party is not None and region is not None:
            yield Sector(at.id, party, form.by, region, form.exclusive, at.ground, at.origin)

    def _allocate(self, form: WrittenAllocate, at: _At) -> Iterator[Allocate]:
        members = self.world.parties_of(at.node.get("members"))
        yield Allocate(at.id, members, form.how, at.ground, at.origin)

    def _limit(self, form: WrittenLimit, at: _At) -> Iterator[Limit]:
        node = at.node
        places = _PLACES.get(form.on, ())
        region: Region | None = self.world.region(node, places, needed=bool(places))
        value = self._value(node, form.on)
        if (node.get("condition") is not None) != (form.on == "activation"):
            given = node.get("condition")
            self.faults.at(
                given or node,
                "only activation has a condition" if given else "the condition is missing",
                expected="'condition': what has to happen, with 'on: activation'",
                on_key=True,
            )
        for id, party in self._each(at, "party"):
            yield Limit(
                id=id,
                party=party,
                on=form.on,
                value=value,
                basing=form.basing,
                region=region if places else None,
                condition=form.condition,
                ground=at.ground,
                origin=at.origin,
            )

    def _value(self, node: Node, on: str) -> float | None:
        bound = node.get("at_most")
        if on not in _VALUES:
            if bound is not None:
                self.faults.at(
                    bound,
                    f"a limit on {on} has no greatest value",
                    expected="no 'at_most' here",
                    on_key=True,
                )
            return None
        if bound is None:
            self.faults.at(
                node,
                "the greatest value is missing",
                expected="'at_most', such as " + ("3 km/s" if on == "burnout-speed" else "44"),
                below=("at_most",),
            )
            return None
        measure = read_measure(bound, _VALUES[on], self.faults)
        if measure is None:
            return None
        if on == "burnout-speed" and measure.value <= 0.0:
            what = f"{written(bound)} is no greatest burnout speed"
            self.faults.at(bound, what, expected="a speed above zero")
            return None
        return measure.value

    def _transparency(self, form: WrittenTransparency, at: _At) -> Iterator[Transparency]:
        measures = at.node.mapping["measures"]
        for index, member in enumerate(measures.items):
            if member.value not in MEASURES:
                self.faults.at(
                    member,
                    f"{written(member)} is not a measure of transparency",
                    expected=listed(list(MEASURES)),
                    nearest=partial(nearest, str(member.value), MEASURES),
                )
            elif member.value in [before.value for before in measures.items[:index]]:
                self.faults.at(member, f"'{member.value}' is listed twice", expected="each once")
        for id, giver, receivers in self._towards(at):
            said = cast("tuple[Measure, ...]", tuple(form.measures))
            yield Transparency(id, giver, receivers, said, at.ground, at.origin)

    def _guarantee(self, form: WrittenGuarantee, at: _At) -> Iterator[Guarantee]:
        for id, giver, receivers in self._towards(at):
            yield Guarantee(id, giver, receivers, form.legal_form, form.says, at.ground, at.origin)

    def _towards(self, at: _At) -> Iterator[tuple[str, Party, tuple[Party, ...]]]:
        """Yield id, giver and the other parties, for each giver."""
        receivers = self.world.parties_of(at.node.get("to"))
        for id, giver in self._each(at, "from"):
            others = tuple(party for party in receivers if party != giver)
            if receivers and not others:
                self.faults.at(
                    at.node.mapping["to"],
                    f"'{giver.id}' would speak to itself",
                    expected="another party",
                    on_key=True,
                )
            yield id, giver, others

    def _each(self, at: _At, name: str) -> Iterator[tuple[str, Party]]:
        """Yield the parties of a field, each with the id of its own provision."""
        parties = self.world.parties_of(at.node.get(name))
        for party in parties:
            several = len(parties) > 1
            yield (f"{at.id}-{party.id}"[:LONGEST] if several else at.id), party

    def _time(self, at: _At, name: str, default: str) -> Number | None:
        return self.world.number(at.node.get(name), at.number_id(name), "time", default)

    def _fraction(self, at: _At, name: str, default: str) -> Number | None:
        return self.world.number(at.node.get(name), at.number_id(name), "fraction", default)
