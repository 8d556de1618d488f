"""A small scenario for the study tests: two parties with mirrored systems, one missile."""

import pytest

SMALL = """\
longroad: 1
id: small
title: Two parties
question: What can each engage alone?
author: The tests
seed: 7
draws: 12
grid: {ensemble: 2, map: 3}
parties:
  ALPHA: {name: Alpha, defends: [ROU, BGR, HUN]}
  BETA: {name: Beta, defends: [GRC, ALB]}
launch_areas:
  west: {name: West, at: site/iran-west}
  north: {name: North, at: site/iran-north}
threats:
  class-3700:
    name: 3,700 km class
    missile: missile/sejjil-three-stage
    from: [west, north]
    shapes: [minimum-energy]
    against: [ALPHA, BETA]
sensors:
  eyes-a: {name: Warning A, owner: ALPHA, sensor: sensor/space-infrared-us}
  forward-a:
    name: Forward A
    owner: ALPHA
    sensor: sensor/an-tpy-2-forward
    at: site/kurecik
    facing: 100 deg
  radar-a: {name: Radar A, owner: ALPHA, sensor: sensor/an-spy-1-ashore, at: site/deveselu}
  radar-b: {name: Radar B, owner: BETA, sensor: sensor/an-spy-1-ship, at: site/patrol-aegean}
batteries:
  site-a:
    name: Site A
    owner: ALPHA
    interceptor: interceptor/sm3-iia
    number: 24
    at: site/deveselu
    own_radar: radar-a
    mode: launch-on-remote
  ship-b:
    name: Ship B
    owner: BETA
    interceptor: interceptor/sm3-ib
    number: 10
    at: site/patrol-aegean
    own_radar: radar-b
    mode: organic
"""


def small(first="alpha", second="beta"):
    """Return the scenario's text with the parties' ids as given."""
    return SMALL.replace("ALPHA", first).replace("BETA", second)


@pytest.fixture(scope="session")
def small_text():
    """The small scenario's text."""
    return small()


@pytest.fixture
def fresh_cache(tmp_path, monkeypatch):
    """An empty stage cache; compiled kernels stay where they are."""
    monkeypatch.setattr("longroad.study.cache.stage_dir", lambda: tmp_path / "stages")
    return tmp_path / "stages"


@pytest.fixture
def small_file(tmp_path):
    """The small scenario as a file."""
    path = tmp_path / "small.yaml"
    path.write_text(small(), encoding="utf-8")
    return path
