"""Variants: what they say is laid over the base before anything is validated.

Mappings are merged key by key, `null` removes, everything else replaces. A quantity, a position
or a shape is replaced as a whole, because a source belongs to its number: half of an old value
under a new source would be a false citation; so is a provision of an agreement (it has a `kind`).
Every value keeps the line and the place where it
was written, so a fault in an override points into the override.
"""

from __future__ import annotations

from longroad.base.errors import ScenarioError, nearest
from longroad.scenario.faults import Faults
from longroad.scenario.node import Node, dotted

# A mapping with one of these keys is one written value, not a group of settings.
WHOLE_VALUE_KEYS = frozenset(
    {"best", "disputed", "claim", "status", "latitude", "longitude", "apogee", "kind"}
    | {"time_of_flight", "burnout_speed"}
)


def merge(base: Node, override: Node, faults: Faults) -> Node:
    """Return ``base`` with ``override`` laid over it; neither is changed.

    A `null` that removes something which is not there is added to ``faults`` with the nearest
    name that is.
    """
    if not isinstance(override.value, dict):
        return override
    if not isinstance(base.value, dict) or _is_whole(base) or _is_whole(override):
        return _without_removals(override, faults)
    entries = dict(base.value)
    removed = dict(base.removed)
    for key, new in override.value.items():
        old = entries.get(key)
        if new.value is None:
            if old is None:
                faults.add(_nothing_to_remove(new, key, list(base.value), faults.file))
            else:
                del entries[key]
                removed[key] = new
        elif old is None:
            entries[key] = _without_removals(new, faults)
        else:
            entries[key] = merge(old, new, faults)
    return Node(entries, base.line, base.key_line, base.path, removed)


def _is_whole(node: Node) -> bool:
    return not WHOLE_VALUE_KEYS.isdisjoint(node.mapping)


def _without_removals(node: Node, faults: Faults) -> Node:
    """Return a newly introduced group; a `null` in it has nothing to remove and is a fault."""
    if isinstance(node.value, list):
        members = [_without_removals(child, faults) for child in node.value]
        return Node(members, node.line, node.key_line, node.path)
    if not isinstance(node.value, dict):
        return node
    entries: dict[str, Node] = {}
    for key, child in node.value.items():
        if child.value is None:
            faults.add(_nothing_to_remove(child, key, [], faults.file))
        else:
            entries[key] = _without_removals(child, faults)
    return Node(entries, node.line, node.key_line, node.path)


def _nothing_to_remove(node: Node, key: str, known: list[str], file: str) -> ScenarioError:
    return ScenarioError(
        f"'{key}' cannot be removed because the base has none",
        file=file,
        line=node.key_line,
        field=dotted(node.path),
        expected=_names(known),
        nearest=nearest(key, known),
    )


def _names(known: list[str]) -> str:
    if not known:
        return "a value (null only removes what the base has)"
    listed = ", ".join(known[:12]) + (", ..." if len(known) > 12 else "")
    return f"one of {listed}"
