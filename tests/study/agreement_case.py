"""One party with interceptors, one with the radars that it lacks, and any agreements of the two."""

from __future__ import annotations

from longroad.catalog import load_catalog
from longroad.scenario import loads

BASE = """\
longroad: 1
id: two
title: Two parties
question: What is an agreement worth?
author: The tests
seed: 3
draws: 8
grid: {ensemble: 2, map: 3}
parties:
  home: {name: Home, defends: [ROU, BGR, HUN]}
  away: {name: Away, defends: [GRC]}
launch_areas:
  west: {name: West, at: site/iran-west}
threats:
  far:
    name: Far
    missile: missile/sejjil-three-stage
    from: [west]
    shapes: [minimum-energy]
    against: [home, away]
sensors:
  h-radar: {owner: home, sensor: sensor/an-spy-1-ashore, at: site/deveselu}
  a-eye: {owner: EYE, sensor: sensor/space-infrared-us}
  a-front: {owner: FRONT, sensor: sensor/an-tpy-2-forward, at: site/kurecik, facing: 100 deg}
  a-wide: {owner: FRONT, sensor: sensor/voronezh-armavir, at: site/armavir, facing: 175 deg}
batteries:
  h-site:
    owner: home
    interceptor: interceptor/sm3-iia
    number: 24
    at: site/deveselu
    own_radar: h-radar
    mode: MODE
"""
HEAD = """\
agreements:
"""
ONE = """\
  ID:
    members: [home, away]
    ground: {status: judgement, author: The tests, reason: made up}
    provisions:
"""
GIVE = (
    "give: {kind: share, from: away, to: home, assets: all, depth: DEPTH, "
    "latency: L, availability: P}"
)


def number(value, unit=""):
    """Return a fixed number, written."""
    return f"{{best: {value}{unit}, status: unverified, source: nrc-2012}}"


def give(depth="D4", latency=0.0, availability=1.0):
    """Return a share of everything that the other party has."""
    written = GIVE.replace("DEPTH", depth).replace("L,", number(latency, " s") + ",", 1)
    return written.replace("P}", number(availability) + "}")


def consent(delay=20.0, probability=0.5):
    """Return a need for the other party's consent."""
    return (
        "ask: {kind: authority, party: home, mode: concurrence, of: away, "
        f"delay: {number(delay, ' s')}, probability: {number(probability)}}}"
    )


def text(agreements=None, mode="engage-on-remote", front="away", eye="away"):
    """Return the scenario's text; ``agreements`` are lists of provisions by id."""
    out = BASE.replace("MODE", mode).replace("FRONT", front).replace("EYE", eye)
    for id, provisions in (agreements or {}).items():
        out += HEAD if "agreements:" not in out else ""
        out += ONE.replace("ID", id)
        out += "".join(f"      {line}\n" for line in provisions)
    return out


def scenario(*args, **kwargs):
    """Return the scenario, loaded."""
    return loads(text(*args, **kwargs), "case.yaml", catalog=load_catalog())
