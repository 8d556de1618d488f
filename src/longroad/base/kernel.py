"""Compiled kernels, and the hash of their sources that guards everything derived from them.

Numba's on-disk cache looks at the file of the compiled function only: edit a helper that is
imported from another file and the stale machine code is loaded. So the cache directory carries
a hash over the sources of *all* kernels, and so does every key of a cached result.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

from longroad.base.cachedir import cache_dir

F = TypeVar("F", bound=Callable[..., object])

PACKAGE = Path(__file__).resolve().parent.parent
MARK = b"longroad.base.kernel"


def source_hash(root: Path) -> str:
    """Return the SHA-256 over the Python sources below ``root`` that use compiled kernels.

    Files are taken in the order of their relative POSIX paths; path and content both count.
    """
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py"), key=lambda p: p.relative_to(root).as_posix()):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        if MARK in content:
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


@cache
def kernel_hash() -> str:
    """Return the hash of all kernel sources in this installation (64 hexadecimal digits)."""
    return source_hash(PACKAGE)


def use_cache() -> None:
    """Point numba at the directory that belongs to these kernel sources."""
    folder = cache_dir() / f"numba-{kernel_hash()[:16]}"
    numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]


use_cache()

_EVERY: dict[str, Any] = {"nogil": True, "fastmath": False, "error_model": "numpy"}
_LEAN: dict[str, Any] = {"_nrt": False}  # no run time of numba: nothing is allocated


def kernel(function: F) -> F:
    """Compile ``function`` for arrays: cached on disk, without the GIL, IEEE arithmetic.

    Reassociation (``fastmath``) stays off, so that the same input gives the same bytes at any
    number of workers.
    """
    return cast(F, numba.njit(**_EVERY, cache=True)(function))


def lean_kernel(function: F) -> F:
    """Compile like :func:`kernel`, for functions that make no arrays, without counting references.

    A call counts references to every array it takes, in atomic steps that can take longer than
    the work of a small function. The arrays belong to the caller, which holds them all the while.
    """
    return cast(F, numba.njit(**_EVERY, **_LEAN, cache=True)(function))


def inlined(function: F) -> F:
    """Compile ``function`` into each lean kernel that calls it: handing over many arrays costs."""
    return cast(F, numba.njit(**_EVERY, **_LEAN, inline="always")(function))
