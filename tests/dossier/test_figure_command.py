"""The command `longroad figure`: names, files, options of reach maps, and what it refuses."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest

from longroad import cli, study
from longroad.dossier.svg import SVG


@pytest.fixture
def figure(run, monkeypatch, tmp_path, capsys):
    """The command in this process and in an empty folder, on the made-up run."""
    monkeypatch.setattr(study, "open_run", lambda path: run)
    monkeypatch.chdir(tmp_path)

    def call(*words):
        status = cli.main(["figure", "RUN", *words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def texts(path):
    return " ".join(one.text or "" for one in ET.parse(path).iter(f"{{{SVG}}}text"))


def test_names_are_listed(figure):
    status, out, _ = figure()
    assert status == 0
    assert {"timeline", "reach", "reach-west", "reach-all-rival"} <= set(out.split())
    status, out, _ = figure("--json")
    assert set(json.loads(out)["figures"]) >= {"map-phase-3-mrbm-2000", "phases", "rivals"}


def test_a_file_is_written_as_png_unless_told_otherwise(figure, tmp_path):
    status, out, _ = figure("timeline")
    assert status == 0
    assert out.strip() == "timeline.png"
    assert (tmp_path / "timeline.png").read_bytes()[:4] == b"\x89PNG"
    status, out, _ = figure("timeline", "--to", "svg", "--json")
    assert json.loads(out) == {"figure": "timeline", "format": "svg", "file": "timeline.svg"}
    assert figure("timeline", "--out", "picture.SVG")[0] == 0
    assert ET.parse(tmp_path / "picture.SVG").getroot().tag == f"{{{SVG}}}svg"


@pytest.mark.parametrize("name", ["reach", "map-phase-3-mrbm-2000", "timeline", "phases", "rivals"])
def test_every_figure_carries_its_source(figure, tmp_path, run, name):
    assert figure(name, "--to", "svg")[0] == 0
    words = texts(tmp_path / f"{name}.svg")
    for part in ("Longroad 0.1.0", "seed 2011", run.manifest.content_hash()[:12], "upper bound"):
        assert part.lower() in words.lower(), part
    assert run.manifest.scenario in words


def test_a_reach_map_is_turned_by_its_options(figure, tmp_path):
    asked = ("--threat", "west/kozelsk", "--speed", "6.3", "--delay", "2 min", "--map", "world")
    assert figure("reach", "--to", "svg", *asked, "--and", "baltic")[0] == 0
    words = texts(tmp_path / "reach.svg")
    assert "At 6.3 km/s, launched 120 s after the missile" in words
    assert "from Kozelsk towards all end points" in words
    assert "Baltic patrol area" in words
    assert "countermeasures" in words
    assert figure("reach-boats", "--to", "svg", "--speed", "6300 m/s")[0] == 0
    assert "Missiles at sea" in texts(tmp_path / "reach-boats.svg")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["timelime"], "did you mean 'timeline'"),
        (["reach-wets"], "did you mean 'reach-west'"),
        (["timeline", "--speed", "6"], "knows no --threat, --speed"),
        (["timeline", "--to", "pgn"], "did you mean 'png'"),
        (["timeline", "--out", "a.jpg"], "knows no format 'jpg'"),
        (["timeline", "--out", "a.svg", "--to", "png"], "does not fit the file name"),
        (["reach", "--threat", "wset"], "did you mean 'west'"),
        (["reach-boats", "--threat", "west"], "shows other missiles"),
        (["reach", "--speed", "60"], "expected 2 to 10 km/s"),
        (["reach", "--speed", "6 km"], "--speed"),
        (["reach", "--delay", "2 h"], "expected 60 to 600 s"),
        (["reach", "--part", "late"], "expected any, before-apogee, after-apogee"),
        (["--speed", "6"], "no figure is named"),
        (["--out", "a.png"], "no figure is named"),
    ],
)
def test_what_does_not_fit_is_refused(figure, tmp_path, words, said):
    status, out, err = figure(*words)
    assert status == 2
    assert out == ""
    assert said in err
    assert list(tmp_path.iterdir()) == []


def test_on_a_real_run(small_run, longroad_command, tmp_path):
    done = longroad_command("figure", small_run.path, "--json")
    assert done.status == 0
    name = done.json["figures"][0]
    done = longroad_command("figure", small_run.path, name, "--out", tmp_path / "a.png")
    assert done.status == 0, done.err
    assert (tmp_path / "a.png").read_bytes()[:4] == b"\x89PNG"
    done = longroad_command("figure", tmp_path / "no-run", "phases")
    assert done.status == 2
    assert "not a run" in done.err
