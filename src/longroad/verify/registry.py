"""Which function computes which case."""

from __future__ import annotations

from collections.abc import Callable

from longroad.verify.case import Inputs
from longroad.verify.figure import Found

Computation = Callable[[Inputs], tuple[Found, ...]]

_KNOWN: dict[str, Computation] = {}


def computes(*ids: str) -> Callable[[Computation], Computation]:
    """Enter a function as the computation of the cases ``ids``; it sees their inputs only."""

    def enter(function: Computation) -> Computation:
        for id in ids:
            if id in _KNOWN:
                raise ValueError(f"case {id} has a computation already")
            _KNOWN[id] = function
        return function

    return enter


def computation(id: str) -> Computation:
    """Return the function of a case; KeyError when there is none."""
    return _KNOWN[id]


def known() -> frozenset[str]:
    """Return the ids of all cases that have a function."""
    return frozenset(_KNOWN)
