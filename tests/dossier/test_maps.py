"""Maps: what is drawn, where, and that the specifications are Vega-Lite's own."""

from __future__ import annotations

from dataclasses import replace

import altair
import h3
import pytest
import shapely.geometry

from longroad.dossier import figures, maps, shapes
from longroad.dossier.projection import frame


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


def test_every_specification_is_valid(material):
    for name in ("large-map", "map-phase-1-mrbm-2000", "phases", "rivals", "timeline"):
        altair.Chart.from_dict(figures.build(material, name).spec)


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
