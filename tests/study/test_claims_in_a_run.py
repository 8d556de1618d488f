"""A run keeps how the words of a claim were read as numbers."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from conftest import small
from longroad.study import claims


def test_a_claim_keeps_its_note(fresh_cache, tmp_path):
    """A reader of the run sees how words became numbers, and when."""
    folder = tmp_path / "noted"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(small(), encoding="utf-8")
    (folder / "claims.yaml").write_text(
        "longroad: 1\nscenario: small\nclaims:\n  one:\n    who: A\n    said: B\n"
        "    source: nrc-2012\n    measure: {outcome: engageable_area_fraction, variant: base, "
        "party: alpha, missile: class-3700}\n    threshold: {at_least: 50 %}\n"
        "    fixed_on: 2026-11-28\n    note: Read so.\n",
        encoding="utf-8",
    )
    (claim,) = claims(folder, draws=1)
    assert (claim.note, claim.fixed_on, claim.date) == ("Read so.", "2026-11-28", None)
