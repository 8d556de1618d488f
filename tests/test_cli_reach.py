"""The commands `longroad reach`, `threshold` and `claims`, as a user runs them."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "study"))
from reach_case import case, claims

THRESHOLD_KEYS = {
    "threat", "site", "delay_s", "least_burnout_speed_km_s", "overtaking", "intercept_time_s",
    "intercept_altitude_km",
}  # fmt: skip


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reach-cli")
    (folder / "scenario.yaml").write_text(case(), encoding="utf-8")
    (folder / "claims.yaml").write_text(claims(), encoding="utf-8")
    return folder


def test_threshold_in_json_has_the_promised_keys(longroad_command, study):
    done = longroad_command(
        "threshold", study, "--site", "redzikowo", "--threat", "forest/kozelsk/end-washington",
        "--delay", "120", "--delay", "300", "--json",
    )  # fmt: skip
    assert done.status == 0, done.err
    rows = done.json["rows"]
    assert [row["delay_s"] for row in rows] == [120.0, 300.0]
    for row in rows:
        assert set(row) >= THRESHOLD_KEYS
        assert row["threat"] == "forest/kozelsk/end-washington"
        assert isinstance(row["overtaking"], bool)
        assert 3.0 < row["least_burnout_speed_km_s"] < row["impulsive_speed_km_s"] < 8.0
        assert row["delay_s"] < row["intercept_time_s"] < 2000.0
        assert 100.0 - 1e-6 <= row["intercept_altitude_km"] < 1500.0
    # The note's screening, on a sphere at rest with an impulsive shot, gives 5.0 and 6.5.
    assert rows[0]["least_burnout_speed_km_s"] == pytest.approx(5.0, abs=0.3)
    assert rows[1]["least_burnout_speed_km_s"] == pytest.approx(6.5, abs=0.3)


def test_threshold_for_people_shows_both_parts_and_the_impulse(longroad_command, study):
    done = longroad_command("threshold", study, "--at", "54.5,17.1", "--threat", "forest/kozelsk")
    assert done.status == 0, done.err
    assert "kozelsk -> end-los-angeles" in done.out
    for word in ("before apogee", "after apogee", "as impulse", "300 s", "Left out: decoys"):
        assert word in done.out
    assert all(len(line) <= 96 for line in done.out.splitlines()[-6:])


def test_reach_says_whether_when_and_where(longroad_command, study):
    arguments = ("reach", study, "--battery", "north", "--threat", "forest/tatishchevo")
    done = longroad_command(*arguments, "--delay", "120 s", "--delay", "5 min")
    assert done.status == 0, done.err
    assert "Battery north, interceptor gbi-two-stage of 6.30 km/s" in done.out
    assert "(own sensors)" in done.out
    assert "overtaking" in done.out
    faster = longroad_command(*arguments, "--speed", "9", "--json")
    rows = faster.json["rows"]
    assert all(row["burnout_speed_km_s"] == 9.0 for row in rows)
    assert all(row["reachable"] for row in rows if row["timing"] == "delay")
    assert {row["part"] for row in rows} == {"before-apogee", "after-apogee"}
    shot = rows[0]["intercept"]
    assert set(shot) == {
        "launch_s", "time_s", "altitude_km", "latitude_deg", "longitude_deg", "crossing_deg",
        "closing_speed_km_s", "site_latitude_deg", "site_longitude_deg",
    }  # fmt: skip


def test_claims_are_found_without_a_run(longroad_command, study):
    done = longroad_command("claims", study)
    assert done.status == 0, done.err
    assert "cannot-reach: One side, 2007" in done.out
    assert "base and end-point pairs" in done.out
    assert "What flips it: interceptor.gbi-two-stage.burnout_speed=" in done.out
    assert "at most 0 %" in done.out
    found = longroad_command("claims", study, "--draws", "8", "--json").json["claims"]
    assert [claim["id"] for claim in found] == [
        "cannot-reach", "slow-ships", "at-nine", "with-own-eyes",
    ]  # fmt: skip
    assert found[0]["kind"] == "reach"
    assert found[0]["findings"][0]["fails_for"][0]["least_km_s"] > 0
    assert not list(longroad_command.folder.iterdir())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("reach", "--threat", "forrest"), "did you mean 'forest'?"),
        (("reach",), "--threat"),
        (("reach", "--threat", "forest", "--at", "91,0"), "not on the Earth"),
        (("reach", "--threat", "forest", "--at", "here"), "latitude and longitude in degrees"),
        (("reach", "--threat", "forest", "--battery", "north", "--speed", "0.8"), "climbs to"),
        (("reach", "--threat", "forest", "--delay", "3 km"), "length, not a time"),
        (("threshold", "--threat", "forest"), "about one place"),
        (("threshold", "--threat", "forest", "--site", "redzikovo"), "'redzikowo'"),
        (("threshold", "--threat", "forest", "--site", "cold-sea", "--variant", "x"), "no variant"),
    ],
)
def test_wrong_use_ends_with_two_and_one_paragraph(longroad_command, study, arguments, says):
    command, *rest = arguments
    done = longroad_command(command, study, *rest)
    assert done.status == 2
    assert done.out == ""
    assert says in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert "Traceback" not in done.err


def test_the_flagship_settles_the_sentence_of_2007(longroad_command):
    """At 6.3 km/s and 300 s the planned site overtakes hardly any flight, at 9 km/s most."""
    arguments = ("reach", "epaa-2011", "--threat", "russia-icbm-west", "--variant")
    arguments += ("third-site-2007", "--battery", "third-site-poland", "--delay", "300", "--json")
    slow, fast = (longroad_command(*arguments, "--speed", v).json["rows"] for v in ("6.3", "9"))

    def overtaken(rows):
        return sum(r["overtaking"] is True and r["reachable"] for r in rows if chased(r))

    def chased(row):
        return row["timing"] == "delay" and row["part"] == "before-apogee"

    total = sum(map(chased, slow))
    assert total == 10
    assert overtaken(slow) <= 1
    assert overtaken(fast) >= 8
