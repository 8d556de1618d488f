"""Content-addressed cache of finished stages.

A key is a hash over everything that a result depends on; a result is a set of named arrays in one
compressed file. A damaged or foreign file counts as absent, so the cache can be deleted, copied
or cut short at any moment without harm. The oldest files go when the cache grows too large.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from longroad.base.atomic import atomic_write
from longroad.base.cachedir import cache_dir
from longroad.base.errors import RunError

# Bytes kept on disk before the oldest results are dropped.
LIMIT_BYTES = 1 << 30


def stage_dir() -> Path:
    """Return the folder of cached stages."""
    return cache_dir() / "stages"


def key_of(*parts: bytes | str) -> str:
    """Return the key of a result: SHA-256 over the parts, each with its length."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(f"{len(content)}:".encode() + content)
    return digest.hexdigest()


def fetch(key: str) -> dict[str, NDArray] | None:
    """Return the arrays stored under a key, or None when there is no whole result."""
    path = _path(key)
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
        return None
    with suppress(OSError):
        path.touch()  # so that what is used is not what is dropped
    return arrays


def store(key: str, arrays: Mapping[str, NDArray]) -> None:
    """Store arrays under a key; a place that cannot be written only costs time later."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **dict(arrays))  # type: ignore[arg-type]
    with suppress(RunError):
        atomic_write(_path(key), buffer.getvalue())


def trim(limit_bytes: int = LIMIT_BYTES) -> int:
    """Drop the results not used for longest until the cache is small enough; return how many."""
    try:
        files = [(f.stat().st_mtime, f.stat().st_size, f) for f in stage_dir().glob("*/*.npz")]
    except OSError:
        return 0
    total = sum(size for _, size, _ in files)
    dropped = 0
    for _, size, file in sorted(files):
        if total <= limit_bytes:
            break
        with suppress(OSError):
            file.unlink()
            total -= size
            dropped += 1
    return dropped


def _path(key: str) -> Path:
    return stage_dir() / key[:2] / f"{key}.npz"
