"""Coverage as GeoJSON: valid shapes, units in the names, honest about what a feature is."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely.geometry

from longroad import dossier


@pytest.fixture(scope="module")
def files(run, tmp_path_factory):
    return dossier.export(run, "geojson", tmp_path_factory.mktemp("geojson"))


def read(files, name):
    return json.loads(next(f for f in files if f.name == name).read_text(encoding="utf-8"))


def test_one_file_per_variant_missile_and_resolution(files):
    names = {file.name for file in files}
    for variant in ("phase-1", "phase-2", "phase-3"):
        assert f"sites_{variant}.geojson" in names
        for missile in ("mrbm-1300", "mrbm-2000", "irbm-3700"):
            assert f"coverage_{variant}_{missile}_h3-4.geojson" in names
            assert f"coverage_{variant}_{missile}_h3-3.geojson" in names


def test_features_carry_the_table(files, run):
    document = read(files, "coverage_phase-2_mrbm-2000_h3-3.geojson")
    assert document["type"] == "FeatureCollection"
    assert document["variant"] == "phase-2"
    assert any("upper bound" in note for note in document["notes"])
    assert "GeoNames" in document["licences"]
    table = run.table("coverage")
    rows = np.nonzero(
        (table["variant"] == "phase-2")
        & (table["missile"] == "mrbm-2000")
        & (table["resolution"] == 3)
    )[0]
    assert len(document["features"]) == len(rows)
    for feature, row in zip(document["features"], rows, strict=True):
        properties = feature["properties"]
        assert properties["cell"] == table["cell"][row]
        assert properties["area_km2"] == pytest.approx(table["area_km2"][row], abs=1e-6)
        best = table["engageable"][row]
        shown = properties["engageable_fraction"]
        assert shown is None if np.isnan(best) else shown == pytest.approx(best, abs=1e-6)
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid
        assert shape.exterior.is_ccw


def test_sites_are_points_with_units_in_names(files, run):
    document = read(files, "sites_phase-3.geojson")
    kinds = {feature["properties"]["kind"] for feature in document["features"]}
    assert kinds == {"battery", "sensor", "launch-area"}
    deveselu = next(f for f in document["features"] if f["properties"]["id"] == "deveselu")
    assert deveselu["geometry"] == {"type": "Point", "coordinates": [24.41, 44.08]}
    radar = next(f for f in document["features"] if f["properties"]["id"] == "kurecik")
    assert radar["properties"]["range_km"] == 1000.0


def test_cells_across_the_antimeridian(fake, tmp_path):
    """Fiji and Russia's far east lie on it: every exported ring stays on its own side."""
    box = fake.Box(-90.0, 90.0, -180.0, 180.0)
    run = fake.fake_run(draws=2, countries=("FJI",), within=box)
    files = dossier.export(run, "geojson", tmp_path)
    document = read(files, "coverage_phase-1_irbm-3700_h3-3.geojson")
    cut = 0
    for feature in document["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid
        parts = shape.geoms if shape.geom_type == "MultiPolygon" else [shape]
        cut += len(parts) > 1
        for part in parts:
            west, _, east, _ = part.bounds
            assert east - west < 5.0
            assert part.exterior.is_ccw
    assert cut > 0
