"""Four parties, six sensors and any agreement between them, on the real catalogue."""

from __future__ import annotations

from longroad.catalog import load_catalog
from longroad.scenario import loads

BASE = """\
longroad: 1
id: four
title: Four parties
question: Who learns what?
author: A tester
seed: 0
draws: 8
grid: {ensemble: 2, map: 3}
parties:
  ares: {name: Ares, defends: [GRC, BGR]}
  bor: {name: Bor, defends: [ROU]}
  cadmos: {name: Cadmos, defends: [TUR]}
  doris: {name: Doris}
launch_areas:
  north: {at: site/iran-north}
  west: {at: site/iran-west}
threats:
  far: {missile: missile/sejjil, from: [north], shapes: [minimum-energy], against: [ares, bor]}
patrol_areas:
  aegean: {owner: ares, within: {south: 36 deg, north: 39 deg, west: 24 deg, east: 26 deg}}
sensors:
  a-eye: {owner: ares, sensor: sensor/space-infrared-us}
  a-radar: {owner: ares, sensor: sensor/an-tpy-2-forward, at: site/kurecik, facing: 110 deg}
  b-eye: {owner: bor, sensor: sensor/space-infrared-russia}
  b-radar: {owner: bor, sensor: sensor/an-spy-1-ashore, at: site/deveselu}
  c-radar: {owner: cadmos, sensor: sensor/an-spy-1-ship, at: site/patrol-eastern-mediterranean}
  d-radar: {owner: doris, sensor: sensor/voronezh-armavir, at: site/armavir, facing: 110 deg}
batteries:
  b-battery: {owner: bor, interceptor: interceptor/sm3-ib, number: 24, at: site/deveselu,
    own_radar: b-radar, mode: launch-on-remote}
agreements:
  it:
    members: [ares, bor, cadmos, doris]
    ground: {status: judgement, author: A tester, reason: made up}
    provisions:
"""


def agreed(*provisions: str, legal_form: str = "political", base: str = BASE, **head: str):
    """Return the variant in which the given provisions (lines of YAML) are agreed."""
    written = "".join(f"    {key}: {value}\n" for key, value in head.items())
    text = base.replace("    ground:", f"    legal_form: {legal_form}\n{written}    ground:", 1)
    if provisions:
        text += "".join(f"      {line}\n" for line in provisions)
    else:
        text = text.replace("    provisions:\n", "    provisions: {}\n")
    return loads(text, "case.yaml", catalog=load_catalog()).variants[0]


def late(best: float) -> str:
    """Return a latency in seconds, written."""
    return f"{{best: {best} s, status: unverified, source: nrc-2012}}"


def share(id: str, giver: str, to: str, assets: str = "all", depth: str = "D3", **more) -> str:
    """Return a share, written; a latency of 10 s unless said otherwise."""
    latency = late(more.pop("latency", 10))
    availability = more.pop("availability", None)
    if availability is not None:
        more["availability"] = f"{{best: {availability}, status: unverified, source: nrc-2012}}"
    said = "".join(f", {key}: {value}" for key, value in more.items())
    target = "" if to.startswith("via") else "to: "
    return (
        f"{id}: {{kind: share, from: {giver}, {target}{to}, assets: {assets}, depth: {depth}, "
        f"latency: {latency}{said}}}"
    )
