import errno
import os
import sys
from pathlib import Path

import pytest

from longroad.base import atomic
from longroad.base.atomic import atomic_directory, atomic_write
from longroad.base.errors import RunError


def everything(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def fail_with(fault):
    def failing(*args, **kwargs):
        raise fault

    return failing


def disk_full():
    return OSError(errno.ENOSPC, "No space left on device")


def test_a_file_appears_whole(tmp_path):
    target = tmp_path / "new" / "a.json"
    assert atomic_write(target, "höhe\n") == target
    assert target.read_bytes() == "höhe\n".encode()
    atomic_write(target, b"\0\1")
    assert target.read_bytes() == b"\0\1"
    assert everything(tmp_path) == ["new", "new/a.json"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_file_has_the_permissions_of_an_ordinary_one(tmp_path):
    atomic_write(tmp_path / "a", "x")
    (tmp_path / "b").write_text("x")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


@pytest.mark.parametrize("fault", [disk_full(), KeyboardInterrupt(), MemoryError()])
@pytest.mark.parametrize("where", ["fsync", "replace"])
def test_a_failed_write_leaves_the_former_file_and_nothing_else(
    tmp_path, monkeypatch, fault, where
):
    target = tmp_path / "a.json"
    target.write_text("former")
    owner = os if where == "fsync" else Path
    monkeypatch.setattr(owner, where, fail_with(fault))
    expected = RunError if isinstance(fault, OSError) else type(fault)
    with pytest.raises(expected):
        atomic_write(target, "later")
    assert target.read_text() == "former"
    assert everything(tmp_path) == ["a.json"]


def test_a_write_that_runs_out_of_room_half_way(tmp_path, monkeypatch):
    class Full:
        def __init__(self, stream):
            self.stream = stream

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.stream.close()

        def write(self, data):
            self.stream.write(data[: len(data) // 2])
            self.stream.flush()
            raise disk_full()

    opened = Path.open
    monkeypatch.setattr(Path, "open", lambda self, mode: Full(opened(self, mode)))
    with pytest.raises(RunError, match="disk is full") as caught:
        atomic_write(tmp_path / "a.json", "0123456789")
    assert caught.value.file == str(tmp_path / "a.json")
    assert everything(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_the_real_message_of_a_full_device(tmp_path, monkeypatch):
    opened = Path.open
    monkeypatch.setattr(Path, "open", lambda self, mode: opened(Path("/dev/full"), "wb"))
    with pytest.raises(RunError, match="disk is full"):
        atomic_write(tmp_path / "a.json", "0123456789")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_folder(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(RunError, match="cannot be written"):
            atomic_write(tmp_path / "a", "x")
        with pytest.raises(RunError, match="cannot be written"), atomic_directory(tmp_path / "d"):
            pass
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_a_refusal_by_the_system(tmp_path, monkeypatch, number):
    monkeypatch.setattr(Path, "mkdir", fail_with(OSError(number, os.strerror(number))))
    with pytest.raises(RunError, match="cannot be written"):
        atomic_write(tmp_path / "new" / "a", "x")


def test_a_target_that_cannot_be(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(RunError):
        atomic_write(tmp_path / "file" / "below", "x")
    with pytest.raises(RunError), atomic_directory(tmp_path / "file" / "below"):
        pass
    with pytest.raises(RunError):
        atomic_write(tmp_path, "x")
    assert everything(tmp_path) == ["file"]


def test_a_folder_appears_whole(tmp_path):
    target = tmp_path / "runs" / "one"
    with atomic_directory(target) as part:
        (part / "tables").mkdir()
        (part / "tables" / "a.parquet").write_bytes(b"abc")
        assert not target.exists()
    assert everything(target) == ["tables", "tables/a.parquet"]
    assert everything(tmp_path) == [
        "runs",
        "runs/one",
        "runs/one/tables",
        "runs/one/tables/a.parquet",
    ]


@pytest.mark.parametrize("fault", [disk_full(), KeyboardInterrupt(), ValueError("odd")])
def test_a_failed_folder_leaves_nothing(tmp_path, fault):
    expected = RunError if isinstance(fault, OSError) else type(fault)
    with pytest.raises(expected), atomic_directory(tmp_path / "one") as part:
        (part / "a").write_text("x")
        raise fault
    assert everything(tmp_path) == []


def test_an_empty_folder_is_taken_over_and_a_full_one_refused(tmp_path):
    target = tmp_path / "one"
    target.mkdir()
    with atomic_directory(target) as part:
        (part / "a").write_text("first")
    with pytest.raises(RunError, match="not empty"), atomic_directory(target):
        pytest.fail("the block must not run")
    assert everything(tmp_path) == ["one", "one/a"]


def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "one").write_text("x")
    with pytest.raises(RunError, match="in the way"), atomic_directory(tmp_path / "one"):
        pytest.fail("the block must not run")


def test_replacing_happens_at_the_end_or_not_at_all(tmp_path):
    target = tmp_path / "one"
    with atomic_directory(target) as part:
        (part / "a").write_text("first")
    with pytest.raises(KeyboardInterrupt), atomic_directory(target, replace=True) as part:
        (part / "b").write_text("second")
        raise KeyboardInterrupt
    assert everything(tmp_path) == ["one", "one/a"]
    with atomic_directory(target, replace=True) as part:
        (part / "b").write_text("second")
    assert everything(tmp_path) == ["one", "one/b"]


@pytest.mark.parametrize("fault", [disk_full(), KeyboardInterrupt()])
def test_a_folder_that_cannot_be_put_in_place_is_put_back(tmp_path, monkeypatch, fault):
    target = tmp_path / "one"
    with atomic_directory(target) as part:
        (part / "a").write_text("first")
    renamed = Path.rename

    def rename(self, new):
        if self.name.endswith(".part") and Path(new) == target and (self / "b").exists():
            raise fault
        return renamed(self, new)

    monkeypatch.setattr(Path, "rename", rename)
    with (
        pytest.raises(RunError if isinstance(fault, OSError) else KeyboardInterrupt),
        atomic_directory(target, replace=True) as part,
    ):
        (part / "b").write_text("second")
    assert everything(tmp_path) == ["one", "one/a"]


def test_an_unfinished_name_begins_with_a_dot(tmp_path):
    with atomic_directory(tmp_path / "one") as part:
        assert part.name.startswith(".one.")
        assert part.name.endswith(".part")
        assert part.parent == tmp_path
    assert atomic._beside(tmp_path / "x") != atomic._beside(tmp_path / "x")
