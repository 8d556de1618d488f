"""Keys: nested tuples that are looked up in every draw."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from weakref import WeakValueDictionary


class Key:
    """A hashable value of which one key stands for all that are equal.

    The hash is taken once, and keys are equal when they are the same; what is told of a key is
    the value.
    """

    __slots__ = ("__weakref__", "_hash", "value")

    value: Hashable
    _hash: int

    def __new__(cls, value: Hashable) -> Key:
        """Return the key of a value, the same for equal values."""
        with _lock:
            found = _known.get(value)
            if found is None:
                found = super().__new__(cls)
                found.value, found._hash = value, hash(value)
                _known[value] = found
        return found

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[type[Key], tuple[Hashable]]:
        return Key, (self.value,)

    def __repr__(self) -> str:
        return repr(self.value)


_known: WeakValueDictionary[Hashable, Key] = WeakValueDictionary()
_lock = Lock()
