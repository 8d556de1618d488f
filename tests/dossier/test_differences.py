"""Difference maps: which cells, which variants, which words; what is drawn is what is counted."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np
import pytest
from fake_parts import with_parts

from longroad.dossier import difference, difference_data, difference_map, figures
from longroad.dossier.material import gather
from longroad.dossier.page import render_page
from longroad.study.differences import CHANGES

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def parts(run):
    return gather(with_parts(run))


def test_a_run_without_the_table_has_no_chapter(material, run):
    assert difference_data.read(run) is None
    assert difference.difference_block(material, "nato", {}) is None
    assert 'id="differences"' not in render_page(material)


def test_every_cell_has_one_change(parts):
    layers = parts.fine["nato"].layers
    old, new = layers["phase-1", "mrbm-2000"], layers["phase-3", "mrbm-2000"]
    found = difference_map.cells_by_change(old, new)
    cells = [cell for one in found.values() for cell in one]
    assert len(cells) == len(set(cells)) == len(set(map(str, new.cell)))
    assert found["gained"]
    assert found["kept"]
    back = difference_map.cells_by_change(new, old)
    assert (back["gained"], back["lost"]) == (found["lost"], found["gained"])
    assert set(back["kept"]) == set(found["kept"])
    same = difference_map.cells_by_change(new, new)
    assert not same["gained"]
    assert not same["lost"]


def test_the_cells_add_up_to_the_shares_of_the_table(parts):
    """Land in the hexagons drawn, against the run's own sums over countries' parts of cells."""
    layers = parts.fine["nato"].layers
    shares = parts.differences.shares["nato", "mrbm-2000", "phase-1", "phase-3"]
    old, new = layers["phase-1", "mrbm-2000"], layers["phase-3", "mrbm-2000"]
    found = difference_map.cells_by_change(old, new)
    land = {}
    for cell, area in zip(new.cell.astype(str), new.area_km2, strict=True):
        land[cell] = land.get(cell, 0.0) + area
    area = {change: sum(land[cell] for cell in found[change]) for change in CHANGES}
    for change in CHANGES:
        # A cell that two countries share is drawn as the larger part has it.
        share = area[change] / sum(area.values())
        assert share == pytest.approx(shares.area[change], abs=0.02)
    assert sum(shares.area.values()) == pytest.approx(1.0)


def test_variants_are_compared_with_the_one_before(parts):
    assert difference.pairs(parts.manifest) == [("phase-1", "phase-2"), ("phase-2", "phase-3")]


def test_the_block_has_a_map_for_each_pair_and_a_row_for_all_pairs(parts):
    shared = {}
    block = difference.difference_block(parts, "nato", shared)
    assert [len(row.cells) for row in block.rows] == [2, 2, 2]
    assert len(block.numbers) == 3 * 3
    assert sum(row.first for row in block.numbers) == 3
    assert len(shared) == 1  # the land, once
    for row in block.rows:
        for cell in row.cells:
            drawn = ET.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{cell.svg}</svg>')
            (one,) = drawn
            assert one.get("role") == "img"
            assert "instead of" in one.get("aria-label")
            fills = {path.get("fill") for path in one.iter(f"{SVG}path")}
            assert fills <= set(difference_map.FILLS.values())
            (land, *_) = one.iter(f"{SVG}use")
            assert land.get("href") == "#" + next(iter(shared))
    first = block.rows[0].cells[0]
    assert "gained" in first.caption
    assert "instead of" in first.caption


def test_changes_can_be_told_apart_by_everybody(parts):
    """Lightness alone tells strong from pale; hue tells gained from lost (blue against ochre)."""

    def lightness(colour):
        r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (r, g, b)]
        y = float(np.dot(linear, (0.2126, 0.7152, 0.0722)))
        return 116 * y ** (1 / 3) - 16

    value = {change: lightness(colour) for change, colour in difference_map.COLOURS.items()}
    strong, pale = (value["gained"], value["lost"]), (value["kept"], value["never"])
    assert min(pale) - max(strong) > 25
    assert abs(value["gained"] - value["lost"]) > 10
    blue = {c: int(difference_map.COLOURS[c][5:7], 16) for c in CHANGES}
    red = {c: int(difference_map.COLOURS[c][1:3], 16) for c in CHANGES}
    assert all(blue[c] > red[c] for c in ("gained", "kept"))
    assert all(blue[c] < red[c] for c in ("lost", "never"))


def test_figures_have_names_and_are_drawn(parts):
    names = [name for name in figures.names(parts) if name.startswith("difference-")]
    assert len(names) == len(set(names)) == 9
    assert "difference-phase-1-phase-3-mrbm-2000" in names
    figure = figures.build(parts, "difference-phase-1-phase-3-mrbm-2000")
    root = ET.fromstring(figure.svg())
    assert root.tag == f"{SVG}svg"
    assert "Phase III" in figure.title
    assert difference.build(parts, "difference-phase-3-phase-1-mrbm-2000") is None


def test_the_page_says_what_a_difference_is(parts):
    page = render_page(parts)
    assert page.count('id="differences"') == 1
    assert "an upper bound: no misses, no decoys" in page
    assert 'href="#differences"' in page
