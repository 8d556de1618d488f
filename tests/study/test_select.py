"""Reading a part of a table gives what reading all of it and choosing gives."""

from __future__ import annotations

import numpy as np
import pytest

from longroad.base.errors import RunError
from longroad.study.table import make_table, read_columns, read_parquet, write_parquet


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A small table of windows with a number that does not exist."""
    path = tmp_path_factory.mktemp("table") / "windows.parquet"
    count = 12
    columns = {
        "variant": [f"v{i % 3}" for i in range(count)],
        "agreement": ["none"] * count,
        "party": ["a" if i < 7 else "b" for i in range(count)],
        "battery": ["one's"] * count,
        "mode": ["organic"] * count,
        "arc": list(range(count)),
        "warned_s": np.full(count, np.nan),
        "first_track_s": np.arange(count),
        "commit_s": np.arange(count),
        "window": np.zeros(count),
        "opens_s": np.where(np.arange(count) % 4 == 0, np.nan, 100.0 + np.arange(count)),
        "closes_s": np.arange(count),
        "intercept_altitude_km": np.arange(count),
        "launch_s": np.arange(count),
    }
    write_parquet(make_table("windows", columns), path)
    return path


@pytest.mark.parametrize(
    "keep",
    [{}, {"party": "a"}, {"variant": ("v0", "v2"), "party": "b"}, {"arc": 5}, {"battery": "one's"},
     {"variant": ()}, {"variant": "none such"}],
)  # fmt: skip
def test_a_part_is_what_choosing_from_the_whole_gives(file, keep):
    whole = read_parquet("windows", file)
    rows = np.ones(whole.rows, dtype=bool)
    for column, value in keep.items():
        rows &= np.isin(whole[column], value if isinstance(value, tuple) else (value,))
    part = read_columns("windows", file, ("variant", "opens_s", "arc"), keep)
    assert list(part) == ["variant", "opens_s", "arc"]
    for name in part:
        assert part[name].dtype == whole[name].dtype
        if name == "opens_s":
            np.testing.assert_array_equal(part[name], whole[name][rows])
        else:
            assert part[name].tolist() == whole[name][rows].tolist()


def test_an_unknown_column_is_refused(file):
    with pytest.raises(RunError, match="opens"):
        read_columns("windows", file, ("opens",))
    with pytest.raises(RunError, match="parti"):
        read_columns("windows", file, ("arc",), {"parti": "a"})


def test_a_missing_file_is_no_table(tmp_path):
    with pytest.raises(RunError, match="no such table"):
        read_columns("windows", tmp_path / "windows.parquet", ("arc",))
