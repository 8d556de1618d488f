"""Who reaches whom: counts against the tables of the run, rows for every pair of parties."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from longroad.dossier.reach_pairs import OWN_SENSORS, read_pairs
from longroad.dossier.reach_pairs_block import pair_block


@pytest.fixture(scope="module")
def pairs(material):
    return material.pairs


def by_hand(run, delay, part=None, assumptions="adopted"):
    """Pairs that any battery reaches, straight from the rows."""
    table = run.table("reach")
    keep = (table["kind"] == "battery") & (table["assumptions"] == assumptions)
    keep &= np.asarray(table["reachable"], dtype=bool)
    if delay is None:
        keep &= table["timing"] == OWN_SENSORS
    else:
        keep &= (table["timing"] == "delay") & (table["delay_s"] == delay)
    if part:
        keep &= table["part"] == part
    columns = (table[name][keep] for name in ("trajectories", "base", "end"))
    return set(zip(*columns, strict=True))


def test_a_row_for_every_defence_and_every_other_owner(pairs):
    assert [(row.defence, row.owner) for row in pairs.rows] == [("nato", "rival")]
    assert [row.force for row in pairs.by_force] == ["west", "boats"]
    assert pairs.rows[0].pairs == 5


@pytest.mark.parametrize("delay", [60.0, 120.0, 300.0, 600.0, None])
def test_counts_are_the_tables(run, pairs, delay):
    count = pairs.rows[0].counts[delay]
    before, after = by_hand(run, delay, "before-apogee"), by_hand(run, delay, "after-apogee")
    assert count.either == len(before | after)
    assert count.before == count.overtaking == len(before)  # the made-up ones all overtake
    assert count.late == len(after - before)


def test_the_early_launch_reaches_something(pairs):
    assert pairs.rows[0].counts[60.0].either > pairs.rows[0].counts[600.0].either


def test_forces_add_up_to_their_owner(pairs):
    for when, whole in pairs.rows[0].counts.items():
        parts = [row.counts[when] for row in pairs.by_force]
        assert whole.either == sum(part.either for part in parts)
        assert whole.late == sum(part.late for part in parts)


def test_a_rival_speed_counts_with_the_other_batteries_as_adopted(run, pairs):
    (rival,) = pairs.rivals
    assert rival.assumptions.startswith("interceptor.sm3-iia.burnout_speed=")
    union = by_hand(run, 300.0, assumptions=rival.assumptions)
    others = run.table("reach")
    named = others["site"][others["assumptions"] == rival.assumptions]
    keep = ~np.isin(others["site"].astype(str), np.unique(named.astype(str)))
    keep &= (others["kind"] == "battery") & (others["delay_s"] == 300.0)
    keep &= (others["timing"] == "delay") & np.asarray(others["reachable"], dtype=bool)
    columns = (others[name][keep] for name in ("trajectories", "base", "end"))
    assert rival.either == len(union | set(zip(*columns, strict=True)))


def test_the_best_battery_carries_its_interval(pairs, run):
    best = pairs.by_force[0].best[300.0]
    shares = run.table("reach_shares")
    keep = (shares["trajectories"] == "west") & (shares["assumptions"] == "adopted")
    keep &= (shares["delay_s"] == 300.0) & (shares["timing"] == "delay")
    assert best.share.best == shares["fraction"][keep].max()
    assert best.share.epistemic_p95 is not None


def test_only_the_variant_told_first_counts(run, material):
    named = replace(run, manifest=replace(run.manifest, headline="phase-1"))
    assert read_pairs(named, material.reach).rows == ()


def test_in_words(material):
    block = pair_block(material)
    assert block.rows[0].defence == "NATO"
    assert block.rows[0].missiles == "The rival"
    assert block.rows[0].cells[0].words == "5"
    assert all(" of 5" in cell.words for cell in block.rows[0].cells[1:])
    assert len(block.heads) == 2 + len(block.rows[0].cells)
    assert len(block.force_heads) == 2 + len(block.force_rows[0].cells)
    assert "instead of" in block.rivals[0]
