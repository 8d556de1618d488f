"""Why a provision is taken to be so: status, sources and dates."""

from __future__ import annotations

import dataclasses

from longroad.scenario.agreement import Ground
from longroad.scenario.agreement_world import World, members_of
from longroad.scenario.dates import earlier, read_date
from longroad.scenario.form import validate
from longroad.scenario.node import Node
from longroad.scenario.written_agreements import WrittenGround

_GROUND = ("status", "source", "author", "reason")


def read_ground(node: Node, otherwise: Node | None, world: World) -> Ground | None:
    """Return status, sources and dates of a provision; ``otherwise`` where it names no status."""
    faults, before = world.faults, len(world.faults)
    begins, ends = read_date(node.get("begins"), faults), read_date(node.get("ends"), faults)
    if begins is not None and ends is not None and earlier(ends, begins):
        faults.at(
            node.mapping["ends"],
            f"it ends on {ends}, before it begins on {begins} (line {node.mapping['begins'].line})",
            expected=f"a date from {begins} on",
        )
    own = node.get("status") is not None
    said = node if own else otherwise
    if not own and any(node.get(key) is not None for key in _GROUND):
        first = next(child for key in _GROUND if (child := node.get(key)) is not None)
        faults.at(
            first,
            "this says where a provision comes from, but not its status",
            expected="'status': published, reported, judgement or unverified",
            on_key=True,
        )
        return None
    if said is None:
        faults.at(
            node,
            "a provision has no status",
            expected="'status' here, or 'ground: {status: ..., source: ...}' in the agreement",
            below=("status",),
            on_key=True,
        )
        return None
    found = ground_of(said, world)
    if found is None or len(faults) > before:
        return None
    return dataclasses.replace(found, begins=begins, ends=ends)


def ground_of(node: Node, world: World) -> Ground | None:
    """Return status and sources of a group: a judgement has author and reason, else a source."""
    faults, before = world.faults, len(world.faults)
    if validate(WrittenGround, _only(node, _GROUND), faults) is None:
        return None
    status = str(node.mapping["status"].value)
    sources = world.sources(node.get("source"))
    texts = {key: node.get(key) for key in ("author", "reason")}
    if status == "judgement":
        missing = [key for key, value in texts.items() if value is None]
        if missing:
            faults.at(
                node.mapping["status"],
                f"a judgement without {' and '.join(missing)}",
                expected="a judgement names its author and its reason",
            )
    elif not sources and not members_of(node.get("source")):
        faults.at(
            node.mapping["status"],
            f"this is {status} but names no source",
            expected="'source', the id of an entry of the bibliography",
        )
    if len(faults) > before:
        return None
    author, reason = (str(v.value) if v is not None else None for v in texts.values())
    return Ground(status, sources, author, reason, None, None)


def _only(node: Node, names: tuple[str, ...]) -> Node:
    entries = {key: child for key, child in node.mapping.items() if key in names}
    return Node(entries, node.line, node.key_line, node.path)
