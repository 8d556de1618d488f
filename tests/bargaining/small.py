"""A small negotiation written in the format, with every part of it, to change in tests."""

from __future__ import annotations

from longroad.scenario import loads_negotiation

TEXT = """
longroad: 1
negotiation: small
title: A small negotiation
question: What can be signed?
author: Tester
draws: 256
seed: 3
basis: {status: judgement, author: Tester, reason: made up for a test}
parties:
  east: {name: East, members: {town: A town}}
  west: {name: West}
issues:
  tariff: {name: Tariff, options: {none: none, half: half, full: full}}
  visits: {name: Visits, options: {no: none, yes: some}}
  port: {name: Port, physics: port, options: {closed: closed, open: open}}
no_deal: {tariff: none, visits: no, port: closed}
packages:
  opening-east:
    name: All that East wants
    by: east
    date: 2001-02-03
    opening: true
    source: nyu-adjusted-winner
    reply: refused
    choices: {tariff: full, port: open}
  middle:
    {name: Half way, by: west, date: 2002, source: nyu-adjusted-winner, reply: accepted,
     choices: {tariff: half, visits: yes}}
interests:
  east:
    weights: {swing: {tariff: [40, 100], visits: [20, 60]}}
    values:
      tariff: {none: 0, half: [0.4, 0.8], full: 1}
      visits: {no: 1, yes: 0}
    curves: {trade: {weight: [20, 60], unit: t, points: [[0, 0], [10, 1]]}}
    reservation: {no_deal: true, margin: [0, 0.1]}
    red_lines:
      no-visits:
        {name: No visits to the town, holder: town, forbids: {visits: [yes]}, real: [0.2, 0.6]}
  west:
    weights: {swing: {tariff: [20, 60], visits: [40, 100]}}
    values:
      tariff: {none: 1, half: [0.3, 0.7], full: 0}
      visits: {no: 0, yes: 1}
    together: {both: {when: {tariff: [half], visits: [yes]}, points: [5, 15]}}
    curves: {trade: {weight: [20, 60], unit: t, points: [[0, 1], [5, 1], [10, 0]]}}
    reservation: {no_deal: true}
    red_lines:
      no-full:
        name: No full tariff without visits
        forbids: {tariff: [full], visits: [no]}
        real: [0.3, 0.9]
      no-flood: {name: Trade no higher than 8 t, forbids: {trade: {above: 8}}, real: 1}
ratification:
  west:
    body: A senate
    members: 10
    needed: 7
    demand: [0, 0.2]
    vetoes: {port-veto: {name: Port stays closed, forbids: {port: [open]}, real: [0.4, 1]}}
patience: {discount: {east: [0.02, 0.06], west: [0.05, 0.15]}}
trust: {start: {east: [0.2, 0.6], west: [0.2, 0.6]}, mimic: [0.3, 0.7]}
stages:
  first:
    name: Half tariff and visits
    choices: {tariff: half, visits: yes}
    detection: [0.6, 1]
    exposure: {east: [0.01, 0.05], west: [0.01, 0.05]}
    years: [1, 3]
"""


def load(*changes: tuple[str, str]):
    """Return the small negotiation with texts replaced; each has to occur."""
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return loads_negotiation(text, "small.yaml")
