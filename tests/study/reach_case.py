"""A small scenario of reach: two parties with mirrored forces, batteries, sensors and ships."""

REACH = """\
longroad: 1
id: reach-case
title: Two parties and their deterrents
question: Who reaches whose missiles?
author: The tests
seed: 7
draws: 16
grid: {ensemble: 2, map: 2}
parties:
  ALPHA: {name: Alpha, defends: [ALB]}
  BETA: {name: Beta, defends: [GRC]}
launch_areas:
  west: {name: West, at: site/iran-west}
threats:
  class-3700:
    name: 3,700 km class
    missile: missile/sejjil-three-stage
    from: [west]
    shapes: [minimum-energy]
    against: [ALPHA, BETA]
trajectories:
  forest:
    name: Forest
    owner: BETA
    missile: missile/ss-27-mod-2
    from: [site/kozelsk, site/tatishchevo]
    towards: [site/end-washington, site/end-los-angeles]
    shapes: [minimum-energy]
  prairie:
    name: Prairie
    owner: ALPHA
    missile: missile/minuteman-iii
    from: [site/usa-montana]
    towards: [site/end-moscow]
    shapes: [minimum-energy]
sensors:
  eyes-a: {name: Warning A, owner: ALPHA, sensor: sensor/space-infrared-us}
  radar-a:
    name: Radar A
    owner: ALPHA
    sensor: sensor/an-tpy-2-forward
    at: site/redzikowo
    facing: 60 deg
  radar-b: {name: Radar B, owner: BETA, sensor: sensor/don-2n, at: site/moscow-defence}
batteries:
  north:
    name: North
    owner: ALPHA
    interceptor: interceptor/gbi-two-stage
    number: 10
    at: site/redzikowo
    own_radar: radar-a
    mode: launch-on-remote
  capital:
    name: Capital
    owner: BETA
    interceptor: interceptor/a-135
    number: 68
    at: site/moscow-defence
    own_radar: radar-b
    mode: organic
patrol_areas:
  cold-sea:
    name: Cold sea
    owner: ALPHA
    within: {south: 66 deg, north: 70 deg, west: 2 deg, east: 8 deg}
assume:
  default.reach.grid_step: {best: 30 deg, low: 20 deg, high: 40 deg, distribution: fixed, AXIS}
  default.reach.first_delay: {best: 120 s, low: 96 s, high: 144 s, distribution: fixed, AXIS}
  default.reach.last_delay: {best: 480 s, low: 384 s, high: 576 s, distribution: fixed, AXIS}
  default.reach.delay_step: {best: 180 s, low: 144 s, high: 216 s, distribution: fixed, AXIS}
""".replace("AXIS", "status: judgement, author: The tests, reason: An axis.")

CLAIMS = """\
longroad: 1
scenario: reach-case
claims:
  cannot-reach:
    who: One side
    said: The interceptors cannot reach these missiles.
    date: 2007
    source: afp-gbi
    measure:
      outcome: reachable_pair_fraction
      variant: base
      trajectories: forest
      battery: north
      delay: 300 s
      part: before-apogee
    threshold: {at_most: 0 %}
    fixed_on: 2026-11-28
  slow-ships:
    who: The other side
    said: A ship far to the north would need little.
    date: 2011
    source: afp-gbi
    measure:
      outcome: least_burnout_speed
      variant: base
      trajectories: [forest]
      patrol_area: cold-sea
      delay: 120 s
      ends: [end-washington]
    threshold: {at_most: 5.5 km/s}
    fixed_on: 2026-11-28
  at-nine:
    who: A professor
    said: At nine kilometres a second it reaches.
    date: 2007
    source: afp-gbi
    measure:
      outcome: reachable_pair_fraction
      variant: base
      trajectories: forest
      site: site/redzikowo
      delay: 300 s
      speed: 9 km/s
    threshold: {at_least: 50 %}
    fixed_on: 2026-11-28
  with-own-eyes:
    who: A third
    said: Its own radar sees too late.
    date: 2007
    source: afp-gbi
    measure:
      outcome: least_burnout_speed
      variant: base
      trajectories: forest
      party: ALPHA
      delay: own-sensors
    threshold: {at_least: 6.3 km/s}
    fixed_on: 2026-11-28
"""


def case(first="alpha", second="beta"):
    """Return the scenario's text with the parties' ids as given."""
    return REACH.replace("ALPHA", first).replace("BETA", second)


def claims(first="alpha", second="beta"):
    """Return the claims' text with the parties' ids as given."""
    return CLAIMS.replace("ALPHA", first).replace("BETA", second)
