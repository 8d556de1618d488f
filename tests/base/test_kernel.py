"""The compiled-code cache must notice an edit in a helper that a kernel imports."""

import os
import subprocess
import sys
import textwrap

import pytest

from longroad.base.kernel import PACKAGE, kernel_hash, source_hash

HELPER = """
    from longroad.base.kernel import kernel

    @kernel
    def step(x):
        return x + {number}
"""
USER = """
    from longroad.base.kernel import kernel
    from moved.helper import step

    @kernel
    def twice(x):
        return step(step(x))
"""
# The package under test stands apart from the installed one; only where the sources lie differs.
PROGRAM = """
    import pathlib, sys
    import longroad.base.kernel as room
    room.PACKAGE = pathlib.Path(sys.argv[1])
    room.kernel_hash.cache_clear()
    room.use_cache()
    from moved.user import twice
    print(twice(1.0), sum(twice.stats.cache_hits.values()), room.kernel_hash())
"""


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(content).lstrip(), encoding="utf-8")


@pytest.fixture
def sources(tmp_path):
    root = tmp_path / "src" / "moved"
    write(root / "__init__.py", "")
    write(root / "helper.py", HELPER.format(number="1.0"))
    write(root / "user.py", USER)
    write(root / "plain.py", "X = 1\n")
    return root


def test_an_edit_in_any_kernel_source_changes_the_hash(sources):
    before = source_hash(sources)
    write(sources / "helper.py", HELPER.format(number="2.0"))
    changed = source_hash(sources)
    assert changed != before
    write(sources / "helper.py", HELPER.format(number="1.0"))
    assert source_hash(sources) == before


def test_a_name_counts_and_other_files_do_not(sources):
    before = source_hash(sources)
    write(sources / "plain.py", "X = 2\n")
    assert source_hash(sources) == before
    (sources / "helper.py").rename(sources / "helper2.py")
    assert source_hash(sources) != before


def test_line_ends_do_not_count(sources):
    before = source_hash(sources)
    content = (sources / "helper.py").read_bytes()
    (sources / "helper.py").write_bytes(content.replace(b"\n", b"\r\n"))
    assert source_hash(sources) == before


def test_the_hash_covers_this_package():
    assert kernel_hash.__wrapped__() == source_hash(PACKAGE)
    assert (PACKAGE / "base" / "kernel.py").is_file()


def test_numba_keeps_its_cache_under_the_hash(tmp_path):
    environment = {**os.environ, "LONGROAD_CACHE_DIR": str(tmp_path)}
    program = (
        "import longroad.base.kernel as room, numba; "
        "print(numba.config.CACHE_DIR); print(room.kernel_hash())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    folder, full = done.stdout.split()
    assert folder == str(tmp_path / f"numba-{full[:16]}")


def test_an_edited_helper_gives_the_new_answer(sources, tmp_path):
    def answer():
        environment = {
            **os.environ,
            "LONGROAD_CACHE_DIR": str(tmp_path / "cache"),
            "PYTHONPATH": str(sources.parent),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(PROGRAM), str(sources)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        value, hits, full = done.stdout.split()
        return float(value), int(hits), full

    first, hits, full = answer()
    assert (first, hits) == (3.0, 0)
    again, hits, same = answer()
    assert (again, hits, same) == (3.0, 1, full)  # the cache is at work, or this proves nothing
    user_before = (sources / "user.py").stat().st_mtime_ns
    write(sources / "helper.py", HELPER.format(number="10.0"))
    assert (sources / "user.py").stat().st_mtime_ns == user_before
    edited, hits, other = answer()
    assert (edited, hits) == (21.0, 0)
    assert other != full
