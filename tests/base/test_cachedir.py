from pathlib import Path

import pytest

from longroad.base.cachedir import cache_dir


def test_the_environment_chooses(monkeypatch, tmp_path):
    monkeypatch.setenv("LONGROAD_CACHE_DIR", str(tmp_path))
    assert cache_dir() == tmp_path


@pytest.mark.parametrize(
    ("platform", "variable", "expected"),
    [
        ("linux", "XDG_CACHE_HOME", "{base}/longroad"),
        ("win32", "LOCALAPPDATA", "{base}/longroad"),
        ("darwin", None, "{home}/Library/Caches/longroad"),
    ],
)
def test_the_cache_of_the_platform(monkeypatch, tmp_path, platform, variable, expected):
    monkeypatch.delenv("LONGROAD_CACHE_DIR", raising=False)
    monkeypatch.setattr("longroad.base.cachedir.sys.platform", platform)
    if variable:
        monkeypatch.setenv(variable, str(tmp_path))
    assert cache_dir() == Path(expected.format(base=tmp_path, home=Path.home()))
