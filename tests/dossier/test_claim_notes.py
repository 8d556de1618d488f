"""How a claim's words were read as numbers, and when, stands on its card."""

from __future__ import annotations

from dataclasses import replace

from longroad.dossier import claim_blocks


def test_the_note_stands_on_the_card(material):
    manifest = material.manifest
    first = replace(manifest.claims[0], note='"All" is read as 95 %.', fixed_on="2026-11-24")
    undated = replace(first, fixed_on=None)
    plain = replace(first, note=None)
    changed = replace(material, manifest=replace(manifest, claims=(first, undated, plain)))
    cards = claim_blocks.claims(changed, "coverage")
    assert [card.note for card in cards] == [
        'Test fixed on 2026-11-24. "All" is read as 95 %.',
        '"All" is read as 95 %.',
        None,
    ]
