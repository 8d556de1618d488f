"""The command `longroad agreements` as a user runs it."""

from __future__ import annotations

import pytest

from longroad.scenario.bundles import names


def test_it_lists_the_bundles(longroad_command):
    done = longroad_command("agreements")
    assert done.status == 0
    assert all(id in done.out for id in names())
    found = longroad_command("agreements", "--json").json["bundles"]
    assert {bundle["id"] for bundle in found} == set(names())


@pytest.mark.parametrize("id", ["two-centres-2011", "trilateral-2023", "restraint"])
def test_a_bundle_in_full(longroad_command, id):
    done = longroad_command("agreements", id)
    assert done.status == 0
    (bundle,) = longroad_command("agreements", id, "--json").json["bundles"]
    for provision in bundle["provisions"]:
        assert f"{provision['id']}: " in done.out
        assert provision["says"].endswith(".")
        assert provision["sources"] or provision["reason"]
    for source in bundle["sources"]:
        assert f"[{source}]" in done.out
    assert "{" not in done.out


def test_what_a_scenarios_agreement_means_for_its_members(longroad_command):
    arguments = ("agreements", "trilateral", "--scenario", "northeast-asia-2023")
    done = longroad_command(*arguments)
    assert done.status == 0
    assert "Japan under this agreement" in done.out
    assert "by way of United States" in done.out
    document = longroad_command(*arguments, "--json").json
    (agreement,) = document["agreements"]
    assert agreement["members"] == ["united-states", "japan", "south-korea"]
    japan = next(one for one in agreement["parties"] if one["party"] == "japan")
    assert {one["sensor"] for one in japan["sensors"]} >= {"korea-warning-radar"}
    assert {one["provision"] for one in agreement["exposure"]} == {
        "spokes-to-hub-japan", "spokes-to-hub-south-korea", "hub-to-spokes",
    }  # fmt: skip
    listed = longroad_command("agreements", "--scenario", "northeast-asia-2023")
    assert "gsomia" in listed.out


def test_it_tells_what_is_known_when_and_by_which_way(longroad_command):
    arguments = ("agreements", "trilateral", "--scenario", "northeast-asia-2023", "--times")
    done = longroad_command(*arguments)
    assert done.status == 0
    assert "Japan against one missile, 1,500 km class (minimum-energy, from " in done.out
    assert "early-warning-us > hub-to-spokes > japan + japan-warning-radar > japan" in done.out
    (agreement,) = longroad_command(*arguments, "--json").json["agreements"]
    met = agreement["times"][0]
    events = {one["event"]: one for one in met["events"]}
    assert events["warned"]["time_s"] < events["commit-quality"]["time_s"]
    assert events["warned"]["path"] == "early-warning-us > hub-to-spokes > japan"
    plain = longroad_command(*arguments[:-1], "--json").json["agreements"][0]
    assert plain["times"] == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["a1", "--times"], "ID --scenario PACK_OR_FILE"),
        (["tow-centres-2011"], "did you mean 'two-centres-2011'?"),
        (["x", "--scenario", "northeast-asia-2023"], "has no agreement 'x'"),
        (["--variant", "base"], "--scenario PACK_OR_FILE"),
        (["--scenario", "northeast-asia-2023", "--variant", "bse"], "did you mean 'base'?"),
        (["--scenario", "no-such-pack"], "neither a file nor a pack"),
    ],
)
def test_wrong_use_ends_in_one_paragraph(longroad_command, arguments, says):
    done = longroad_command("agreements", *arguments, "--json")
    assert done.status == 2
    assert done.out == ""
    assert says in done.err
    assert done.err.count("\n") == 1
