"""A made-up negotiation of two parties over data and interceptors, beside a scenario of two."""

from __future__ import annotations

import agreement_case

TALKS = """\
longroad: 1
negotiation: made-up
scenario: two
title: Made up
question: What can be signed?
author: Tester
draws: 64
seed: 3
basis: {status: judgement, author: Tester, reason: made up for a test}
parties: {one: {name: One}, two: {name: Two}}
issues:
  data: {name: Data, physics: data, options: {none: No data at all, all: All data of the other}}
  number:
    name: Number
    physics: number
    options: {open: Open, told: Told every year, none-left: No interceptors left}
  visits: {name: Visits, options: {none: None, some: Visits every year}}
no_deal: {data: none, number: open, visits: none}
packages:
  first:
    name: Data for nothing
    by: one
    to: [two]
    date: 2010-01
    opening: true
    source: vershbow-2012
    reply: refused
    choices: {data: all}
  second:
    name: Nothing left
    by: two
    to: [one]
    date: 2011-02-03
    opening: true
    source: rtt-2012
    reply: refused
    choices: {number: none-left}
  both:
    name: Told and visited
    date: 2012
    source: pifer-2012
    reply: accepted
    choices: {number: told, visits: some}
interests:
  one:
    weights: {swing: {data: [40, 100], number: [20, 60], visits: [5, 20]}}
    values:
      data: {none: 0, all: 1}
      number: {open: 1, told: [0.6, 0.9], none-left: 0}
      visits: {none: 0, some: 1}
    curves: {engaged: {weight: [20, 60], unit: fraction, points: [[0, 0], [1, 1]]}}
    reservation: {no_deal: true, margin: [0, 0.05]}
    red_lines:
      one-arms: {name: Interceptors stay, forbids: {number: [none-left]}, real: [0.5, 1]}
  two:
    weights: {swing: {data: [20, 60], number: [40, 100], visits: [5, 30]}}
    values:
      data: {none: 1, all: [0, 0.4]}
      number: {open: 0, told: [0.3, 0.7], none-left: 1}
      visits: {none: 0, some: 1}
    reservation: {no_deal: true, margin: [0, 0.05]}
ratification:
  two: {body: The council, members: 10, needed: 6, demand: [0, 0.1], source: diakov-2011}
patience: {discount: {one: [0.05, 0.1], two: [0.05, 0.1]}}
trust: {start: {one: [0.3, 0.6], two: [0.3, 0.6]}, mimic: [0.4, 0.8]}
stages:
  look:
    name: Visits begin
    choices: {visits: some}
    detection: [0.6, 0.9]
    exposure: {one: [0, 0.02], two: [0, 0.02]}
    years: [0.5, 1.5]
    milestone: Two visits made.
    exit: Visits end.
  tell:
    name: Plans are told
    choices: {number: told}
    detection: [0.5, 0.8]
    exposure: {one: [0.01, 0.05], two: [0.01, 0.05]}
    years: [1, 2]
    milestone: Two plans told.
    exit: Notice of six months.
physics:
  defender: home
  outcomes: {engaged: engageable-population}
  effects:
    data: {all: {agreement: give}}
    number: {none-left: {number: 0}}
  assumptions:
    slow: {name: As critics say, claims: {interceptor.sm3-iia.burnout_speed: critics}}
  held: {one: adopted, two: slow}
"""


def write(folder, talks=TALKS):
    """Write scenario and negotiation to a folder and return the scenario's file."""
    give = [agreement_case.give(availability=0.5)]
    file = folder / "two.yaml"
    file.write_text(agreement_case.text({"give": give}), encoding="utf-8")
    (folder / "negotiation.yaml").write_text(talks, encoding="utf-8")
    return file
