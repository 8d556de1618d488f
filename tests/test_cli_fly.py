"""`longroad fly` as its users meet it: published flights, contradictions, bad input, pictures."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pytest

from longroad import cli

KEYS = (
    "range_km", "apogee_km", "burnout_speed_km_s", "flight_path_angle_deg", "time_of_flight_s",
    "consistent", "explanation",
)  # fmt: skip


@pytest.fixture
def fly(capsys):
    """Fly in this process and return (exit status, JSON document)."""

    def run(*words: str | float):
        status = cli.main(["fly", *map(str, words), "--json"])
        done = capsys.readouterr()
        assert done.err == ""
        return status, json.loads(done.out)

    return run


@pytest.fixture
def refused(capsys):
    """Fly in this process and return the one paragraph on standard error."""

    def run(*words: str | float):
        assert cli.main(["fly", *map(str, words)]) == 2
        done = capsys.readouterr()
        assert done.out == ""
        assert done.err.startswith("longroad: ")
        assert done.err.count("\n") == 1
        assert "fault of the program" not in done.err
        return done.err

    return run


# Published flights, by the ids of the notes on validation


def test_k01_gronlund_and_wright_7400_km(fly):
    status, found = fly("--range", 7400)
    assert status == 0
    assert found["consistent"] is None
    assert found["burnout_speed_km_s"] == pytest.approx(6.3, abs=0.1)
    assert found["apogee_km"] == pytest.approx(1340, rel=0.03)
    assert found["time_of_flight_s"] / 60 == pytest.approx(29.2, abs=1.0)


@pytest.mark.parametrize(
    ("range_km", "apogee_km", "minutes", "speed", "slack", "low", "high"),
    [
        (1850, 150, 7.4, 5.6, 1.0, 0.80, 1.00),
        (3000, 155, 10.1, 6.2, 1.5, 0.95, 1.05),
        (1850, 120, 7.2, 6.0, 1.0, 0.80, 1.00),
    ],
    ids=["K02", "K03", "K04"],
)
def test_depressed_flights(fly, range_km, apogee_km, minutes, speed, slack, low, high):
    status, found = fly("--range", range_km, "--apogee", apogee_km)
    assert status == 0
    assert found["shape"] == "depressed"
    assert found["time_of_flight_s"] / 60 == pytest.approx(minutes, abs=slack)
    assert low <= found["burnout_speed_km_s"] / speed <= high


@pytest.mark.parametrize(
    ("range_km", "apogee_km", "time", "inferred"),
    [
        (787, 2111.5, "30 min", None),
        (933, 2802, "37 min", (6000, 6700, 0.10)),
        (998, 3725, "47 min", (10400, 11000, 0.15)),
        (950, 4475, "53 min", (13000, None, 0.15)),
        (999.2, 6040.9, "4135 s", (15000, None, 0.15)),
        (989, 5768, "66 min", None),
        (1001, 6648, "74 min", None),
        (1001, 6648, "4491", None),
    ],
    ids=["K05", "K06-K12", "K07-K13", "K08-K14", "K09-K15", "K10", "K11", "K11-seconds"],
)
def test_lofted_tests(fly, range_km, apogee_km, time, inferred):
    status, found = fly("--range", range_km, "--apogee", apogee_km, "--time", time)
    assert status == 0
    assert found["consistent"] is True
    assert found["lofted"] is True
    reach = found["inferred_maximum_range_km"]
    assert reach["low"] <= reach["best"] <= reach["high"]
    if inferred is not None:
        least, most, share = inferred
        assert reach["best"] >= (1 - share) * least
        assert most is None or reach["best"] <= (1 + share) * most


@pytest.mark.parametrize(("range_km", "apogee_km"), [(5633, 1811), (5300, 1900)])
def test_k16_and_k17_boosters(fly, range_km, apogee_km):
    status, found = fly("--range", range_km, "--apogee", apogee_km)
    assert (status, found["consistent"]) == (0, True)
    assert found["impulsive_speed_km_s"] == pytest.approx(6.3, abs=0.15)


def test_k18_minuteman(fly):
    for minutes in (22, 30):
        assert fly("--range", "6760 km", "--time", f"{minutes} min")[1]["consistent"] is True
    status, found = fly("--range", 6760, "--speed", 10.7)
    assert (status, found["consistent"]) == (1, False)
    for number in ("6.48 km/s", "11.19 km/s", "10.70 km/s"):
        assert number in found["explanation"]


def test_k20_ten_thousand_kilometres(fly):
    _, found = fly("--range", 10_000)
    assert 6.5 <= found["burnout_speed_km_s"] <= 7.4
    assert found["time_of_flight_s"] <= 2400


# The contract


def test_the_document_has_the_keys_of_the_contract_first(fly):
    _, found = fly("--range", 3000)
    assert set(KEYS) <= set(found)
    for key in KEYS[:5]:
        assert isinstance(found[key], int | float)


def test_bare_numbers_and_numbers_with_units_are_one(fly):
    bare = fly("--range", 998, "--apogee", 3725, "--time", 2820, "--speed", 6.2)
    units = fly("--range", "998 km", "--apogee", "3725000 m", "--time", "47 min",
                "--speed", "6200 m/s")  # fmt: skip
    assert bare == units


def test_a_contradiction_is_a_failed_check_with_the_arithmetic(fly):
    status, found = fly("--range", 998, "--apogee", 3725, "--time", "30 min")
    assert (status, found["consistent"]) == (1, False)
    assert "1,800 s" in found["explanation"]
    low = found["time_interval_s"]["low"]
    assert f"{low - 60.0:,.0f} s" in found["explanation"]


def test_sites_and_positions_are_end_points(fly):
    _, by_site = fly("end-tehran", "site/redzikowo")
    assert by_site["from"]["site"] == "end-tehran"
    ends = [f"{by_site[e]['latitude_deg']},{by_site[e]['longitude_deg']}" for e in ("from", "to")]
    _, by_place = fly(*ends)
    for key in KEYS[:5]:
        assert by_place[key] == pytest.approx(by_site[key], rel=1e-7)
    assert by_site["basis"] == "rotating-earth"


def test_eastward_needs_less_speed_than_westward(fly):
    _, east = fly("0,10", "0,60")
    _, west = fly("0,60", "0,10")
    assert east["range_km"] == pytest.approx(west["range_km"])
    assert east["burnout_speed_km_s"] < west["burnout_speed_km_s"] - 0.3


def test_southern_and_western_places_are_no_options(fly):
    _, south = fly("-33.9,-70.6", "-12,-77")
    _, north = fly("33.9,-70.6", "12,-77")
    assert south["range_km"] == pytest.approx(north["range_km"])
    assert south["time_of_flight_s"] == pytest.approx(north["time_of_flight_s"], rel=1e-6)


def test_a_missile_is_held_to_its_greatest_range(fly):
    assert fly("--range", 1300, "--missile", "shahab-3")[1]["consistent"] is True
    status, found = fly("--range", 1400, "--missile", "shahab-3")
    assert (status, found["consistent"], found["missile"]) == (1, False, "shahab-3")
    _, rivals = fly("--range", 1800, "--missile", "ghadr-1")
    assert [claim["within"] for claim in rivals["range_claims"]] == [False, True]


def test_a_speed_gives_the_lofted_and_the_depressed_flight(fly):
    _, found = fly("--range", 3000, "--speed", 5.2)
    assert found["shape"] == "lofted"
    assert found["depressed"]["apogee_km"] < found["minimum_energy"]["apogee_km"]
    assert found["depressed"]["burnout_speed_km_s"] == pytest.approx(5.2)


# Bad input


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "--range"),
        (["--range", "0"], "--range"),
        (["--range", "-5"], "--range"),
        (["--range", "nan"], "--range"),
        (["--range", "inf"], "--range"),
        (["--range", "1e999"], "--range"),
        (["--range", "3,000"], "--range"),
        (["--range", "20016"], "19,965 km"),
        (["--range", "998 furlongs"], "km"),
        (["--range", "998 kg"], "a length"),
        (["--range", "998", "--time", "47 minutes"], "min"),
        (["--range", "998", "--speed", "0"], "--speed"),
        (["--range", "998", "--apogee", "20000"], "10,000 km"),
        (["--range", "998", "--apogee", "2"], "--apogee"),
        (["--range", "998", "--missile", "shahab-33"], "'shahab-3'"),
        (["--range", "40", "--missile", "shahab-3"], "ground distance"),
        (["end-tehran"], "TO"),
        (["end-teheran", "0,0"], "'end-tehran'"),
        (["0,0", "nowhere-at-all"], "longroad catalog site"),
        (["0,0", "10,10", "--range", "900"], "--range"),
        (["40,50", "-40,-130"], "opposite"),
        (["40,50", "40,50"], "apart"),
        (["91,0", "0,0"], "latitude"),
        (["1,2", "3,4", "5,6"], "5,6"),
        (["1,2", "3,4", "--apogeee", "900"], "'--apogee'"),
        (["--rnage", "900"], "'--range'"),
    ],
)
def test_bad_input_is_one_paragraph_with_what_was_expected(refused, words, said):
    assert said in refused(*words)


# Pictures


@pytest.mark.parametrize(
    "words",
    [
        ["--range", "998", "--apogee", "3725"],
        ["--range", "19000"],
        ["--range", "5"],
        ["end-tehran", "-33.9,151.2", "--missile", "notional-icbm"],
    ],
    ids=["lofted", "long", "short", "beyond"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_the_terminal_picture_fits_80_columns(command_in, tmp_path, words, encoding):
    done = command_in(tmp_path, PYTHONIOENCODING=encoding)("fly", *words)
    assert done.err == ""
    lines = done.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert "\\u" not in done.out
    field = [line for line in lines if re.match(r"[ \d,.km]* \|", line)]
    assert len(field) == 15
    assert any("A" in line for line in field[:2])
    assert sum("B" in line for line in field) == 1
    assert (encoding == "utf-8") == any("\u2800" < sign < "\u2900" for sign in done.out)


def test_the_picture_is_written_whole_or_not_at_all(longroad_command, tmp_path):
    done = longroad_command("fly", "--range", "998", "--apogee", "3725", "--svg", "a/b.svg")
    assert done.status == 0
    assert "a/b.svg" in done.out
    root = ET.parse(tmp_path / "a" / "b.svg").getroot()
    assert root.tag.endswith("svg")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.svg"]
    (tmp_path / "file").write_text("")
    refused = longroad_command("fly", "--range", "998", "--svg", "file/b.svg", "--json")
    assert (refused.status, refused.out) == (2, "")
    assert "file" in refused.err
