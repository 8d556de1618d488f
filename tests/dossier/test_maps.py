"""Maps: what is drawn and where."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import h3
import numpy as np
import pytest
import shapely.geometry

from longroad.dossier import figures, map_paths, maps, shapes
from longroad.dossier.projection import frame

SVG = "{http://www.w3.org/2000/svg}"


def test_all_sites_and_cells_are_in_the_frame(material):
    shape = figures.small_frame(material, "nato")
    for variant in material.manifest.variants:
        for site in maps.sites(variant, variant.launch_areas, "nato"):
            x, y = shape.project(site.longitude_deg, site.latitude_deg)
            assert 0 <= x <= shape.width, site
            assert 0 <= y <= shape.height, site


def test_a_map_names_what_its_variant_adds(material):
    manifest = material.manifest
    new = {
        variant.id: {
            site.id for site in maps.new_sites(manifest, variant, variant.launch_areas, "nato")
        }
        for variant in manifest.variants
    }
    assert "kurecik" in new["phase-1"]
    assert new["phase-2"] == {"ship-adriatic", "deveselu"}
    assert new["phase-3"] == {"redzikowo"}


def test_only_the_party_s_own_is_on_its_map(material):
    """What others own elsewhere must neither be drawn nor widen the frame."""
    manifest = material.manifest
    first = manifest.variants[0]
    away = {"latitude_deg": 64.0, "longitude_deg": -146.0}
    far = replace(first.batteries[0], id="far", owner="rival", **away)
    wider = replace(manifest, variants=(replace(first, batteries=(*first.batteries, far)),))
    alone = replace(manifest, variants=(first,))
    found = maps.sites(wider.variants[0], first.launch_areas, "nato")
    assert "far" not in {site.id for site in found}
    cover = material.fine["nato"]
    frames = [maps.common_frame(one, cover, 300, party="nato") for one in (alone, wider)]
    assert frames[0] == frames[1]


def test_ship_radars_are_no_symbols_of_their_own(material):
    found = maps.standalone_sensors(material.manifest.variants[-1], "nato")
    assert [sensor.id for sensor in found] == ["kurecik"]


def _area(path):
    """The area within path data of straight lines, holes taken off (shoelace)."""
    total = 0.0
    for ring in path.strip("MZ").split("ZM"):
        x, y = np.array([p.split(",") for p in ring.split("L")], dtype=float).T
        total += 0.5 * float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))
    return abs(total)


def test_what_is_drawn_has_the_area_of_the_cells(material):
    """The projection is equal-area, so ink on the map is land on the ground."""
    layer = material.fine["nato"].layers["phase-2", "irbm-3700"]
    shape = figures.large_frame(material, "nato")
    root = maps.engageable_map(
        material.manifest, material.manifest.variant("phase-2"), "nato", layer, shape, large=True
    )
    drawn = {p.get("fill"): p.get("d") for p in root.iter(f"{SVG}path") if p.get("fill")}
    cells = layer.cells_by_class()
    known = [name for name, own in cells.items() if own]
    assert len(known) > 1
    for name in known:
        ground = sum(h3.cell_area(cell) for cell in cells[name])
        inked = _area(drawn[maps.FILLS[name]]) * shape.km_per_px**2
        assert inked == pytest.approx(ground, rel=0.01), name


def test_a_map_has_the_party_s_symbols_and_their_names(material):
    manifest = material.manifest
    figure = figures.build(material, "map-phase-3-mrbm-2000")
    root = ET.fromstring(figure.svg())
    words = {one.text for one in root.iter(f"{SVG}text")}
    assert {"Kürecik", "Redzikowo", "Southern Iran"} <= words
    crosses = [p for p in root.iter(f"{SVG}path") if p.get("stroke") == "#9b1c31"]
    assert len(crosses) == len(manifest.variant("phase-3").launch_areas)
    dashed = [p for p in root.iter(f"{SVG}path") if p.get("stroke-dasharray")]
    assert len(dashed) == len(maps.own_sensors(manifest.variant("phase-3"), "nato"))


def test_outlines_are_cut_at_the_frame():
    shape = frame([5.0, 25.0], [40.0, 55.0], width=300)
    square = np.array([[-50.0, 20.0], [150.0, 20.0], [150.0, 900.0], [-50.0, 900.0]])
    inside = map_paths.cut(square, shape)
    assert inside.min() >= -map_paths.EDGE_PX
    assert inside[:, 0].max() == pytest.approx(150.0)
    assert inside[:, 1].max() == pytest.approx(shape.height + map_paths.EDGE_PX)
    around = np.array([[-900.0, -900.0], [900.0, -900.0], [900.0, 900.0], [-900.0, 900.0]])
    assert len(map_paths.cut(around, shape)) == 4  # a land that fills the frame stays
    assert len(map_paths.cut(square + 5000.0, shape)) == 0
    numbers = re.findall(r"-?[\d.]+", map_paths.land(shape, "110m"))
    assert max(map(float, numbers)) < 320


def test_merged_cells_cover_what_the_cells_cover():
    middle = h3.latlng_to_cell(50, 15, 4)
    disk = [c for c in h3.grid_disk(middle, 4) if c != middle]  # a hole in the middle
    merged = shapely.geometry.shape(shapes.merged(disk))
    whole = sum(
        shapely.geometry.Polygon([(lon, lat) for lat, lon in h3.cell_to_boundary(c)]).area
        for c in disk
    )
    assert merged.area == pytest.approx(whole, rel=5e-3)
    assert len(merged.geoms[0].interiors) == 1
    assert not merged.geoms[0].exterior.is_ccw


def test_sectors_reach_as_far_as_stated():
    from geographiclib.geodesic import Geodesic

    ring = shapes.sector(38.35, 37.79, 1000.0, 100.0, 120.0)["coordinates"][0][0]
    far = [Geodesic.WGS84.Inverse(38.35, 37.79, lat, lon) for lon, lat in ring]
    reached = [one for one in far if one["s12"] > 10_000]
    assert all(one["s12"] == pytest.approx(1_000_000, rel=0.007) for one in reached)
    azimuths = [one["azi1"] % 360 for one in reached]
    assert min(azimuths) == pytest.approx(40, abs=0.7)
    assert max(azimuths) == pytest.approx(160, abs=0.7)
    full = shapes.sector(54.0, 17.0, 600.0, None, None)["coordinates"][0][0]
    assert len(full) == 91


def test_land_near_the_frame_only():
    near = shapes.land(frame([5.0, 25.0], [40.0, 55.0], width=300), "110m")
    points = [p for polygon in near["coordinates"] for ring in polygon for p in ring]
    # Australia and the Americas are far away; what shares an outline with the near may run on.
    assert not any(110 < lon < 155 and -40 < lat < -10 for lon, lat in points)
    assert len(points) < 6_000
