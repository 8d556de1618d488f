"""Files and folders that appear whole or not at all.

Everything is written beside its destination under a name that begins with a dot and ends in
``.part``, flushed to disk, and renamed. When anything goes wrong, an interrupt included, the
unfinished copy is removed and what stood there before is untouched.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from longroad.base.errors import RunError

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


def atomic_write(path: str | Path, data: bytes | str) -> Path:
    """Write ``data`` (text as UTF-8) to ``path`` at once, replacing what stood there.

    Missing folders are made. Raises :class:`RunError` when the place cannot be written.
    """
    target = Path(path)
    content = data.encode() if isinstance(data, str) else data
    part = _beside(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(target)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
    except OSError as fault:
        raise _run_error(fault, target, "a file") from fault
    return target


@contextmanager
def atomic_directory(path: str | Path, *, replace: bool = False) -> Iterator[Path]:
    """Give an empty folder to fill; when the block ends well, it stands at ``path``.

    An empty folder at ``path`` is taken over; any other is kept and refused, unless ``replace``
    is set, which takes it away once the new one is complete. An ``OSError`` from inside the
    block, such as a full disk, becomes a :class:`RunError` too.
    """
    target = Path(path)
    part = _beside(target)
    try:
        _refuse_occupied(target, replace)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.mkdir()
            yield part
            _sync_tree(part)
            _move(part, target, replace)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        _sync_folder(target.parent)
    except OSError as fault:
        raise _run_error(fault, target, "a folder") from fault


def _beside(target: Path) -> Path:
    return target.parent / f".{target.name}.{os.getpid()}-{secrets.token_hex(4)}.part"


def _refuse_occupied(target: Path, replace: bool) -> None:
    if target.is_dir():
        if replace or not any(target.iterdir()):
            return
        raise RunError("this folder is not empty", file=target, expected="a new folder")
    if target.exists():
        raise RunError("a file stands in the way", file=target, expected="a new folder")


def _move(part: Path, target: Path, replace: bool) -> None:
    """Put ``part`` in the place of ``target``; on failure put the former folder back."""
    _refuse_occupied(target, replace)
    if not target.exists():
        part.rename(target)
        return
    former = _beside(target)
    try:
        target.rename(former)
        part.rename(target)
    except BaseException:
        if former.exists() and not target.exists():
            former.rename(target)
        raise
    shutil.rmtree(former, ignore_errors=True)


def _sync_tree(folder: Path) -> None:
    for root, _, names in os.walk(folder):
        for name in names:
            with (Path(root) / name).open("rb+") as stream:
                os.fsync(stream.fileno())
        _sync_folder(Path(root))


def _sync_folder(folder: Path) -> None:
    """Flush a folder's entries; Windows cannot, and does not need it for a rename."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as fault:  # some network file systems refuse to sync a folder
        if fault.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


def _run_error(fault: OSError, target: Path, noun: str) -> RunError:
    if fault.errno in _FULL:
        return RunError("the disk is full", file=target, expected="room to write the result")
    if fault.errno in _REFUSED:
        return RunError("this place cannot be written", file=target, expected=f"{noun} of your own")
    reason = fault.strerror or str(fault) or type(fault).__name__
    return RunError(f"writing failed ({reason})", file=target, expected=f"{noun} to write")
