"""The radar at Gabala, 2007: good for alert, poor for guiding an intercept far to the west.

"A radar too near the launch point sees the missile go away" was said of Gabala in place of the
radar in the Czech Republic. Here one of four radars is shared with a battery in Poland, at once
and as deep as can be, against missiles from Iran.
"""

import numpy as np
import pytest

from longroad.catalog import load_catalog
from longroad.scenario import loads
from longroad.study.agreement_ensemble import case_measures
from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.agreement_measures import MEASURES
from longroad.study.agreement_plan import AS_AGREED
from longroad.study.agreement_planner import USUAL
from longroad.study.columns import BEST_ROW, draw_values
from longroad.study.evaluate import Evaluation
from longroad.study.planner import plan_with_agreements

NAMES = [name for name, _ in MEASURES]
RADARS = ("gabala", "armavir", "czech", "kurecik")
TEXT = """\
longroad: 1
id: gabala
title: Gabala
question: What is a radar near the launch point good for?
author: The tests
seed: 1
draws: 8
grid: {ensemble: 2, map: 3}
parties:
  home: {name: Home, defends: [DEU, FRA, GBR, POL, ITA]}
  away: {name: Away}
launch_areas: {west: {at: site/iran-west}, north: {at: site/iran-north}}
threats:
  far: {missile: missile/MISSILE, from: [west, north], shapes: [minimum-energy], against: [home]}
sensors:
  eye: {owner: home, sensor: sensor/space-infrared-us}
  gabala: {owner: away, sensor: sensor/daryal-gabala, at: site/gabala, facing: 160 deg}
  armavir: {owner: away, sensor: sensor/voronezh-armavir, at: site/armavir, facing: 175 deg}
  czech: {owner: away, sensor: sensor/european-midcourse-radar, at: site/czech-radar,
    facing: 140 deg}
  kurecik: {owner: away, sensor: sensor/an-tpy-2-forward, at: site/kurecik, facing: 100 deg}
batteries:
  site: {owner: home, interceptor: interceptor/gbi-two-stage, number: 10, at: site/redzikowo,
    mode: engage-on-remote}
agreements:
"""
ONE = """\
  RADAR:
    members: [home, away]
    ground: {status: judgement, author: The tests, reason: made up}
    provisions:
      give: {kind: share, from: away, to: home, assets: RADAR, depth: D4,
        latency: {best: 0 s, status: unverified, source: nrc-2012},
        availability: {best: 1, status: unverified, source: nrc-2012}}
"""


def found(missile):
    """Return measures by radar shared, and the median time in view (s) of each radar."""
    text = TEXT.replace("MISSILE", missile) + "".join(ONE.replace("RADAR", r) for r in RADARS)
    plan, jobs = plan_with_agreements(loads(text, "g.yaml", catalog=load_catalog()), 2, (USUAL,))
    job = jobs[0]
    row = draw_values(plan.quantities, 0, 1).table[BEST_ROW]
    evaluation = AgreementEvaluation(Evaluation(plan, row))
    measures = case_measures(evaluation, job, job.cases)
    rows = {
        case.agreement: dict(zip(NAMES, values, strict=True))
        for case, values in zip(job.cases, measures, strict=True)
        if case.circumstance == AS_AGREED
    }
    view = {}
    for use in job.radars:
        seen = evaluation.evaluation.seen(use.radar)
        length = seen.intervals[0, :, 0, 1] - seen.intervals[0, :, 0, 0]
        view[use.site.id] = float(np.median(length[seen.count[0] > 0]))
    return rows, view


def test_against_a_missile_of_intercontinental_range_it_warns_and_guides_nothing():
    rows, view = found("notional-icbm")
    gabala = rows["gabala"]
    # The alert is as early as that of the radars that lie farther on...
    assert gabala["first_track_time"] == rows["armavir"]["first_track_time"]
    assert gabala["first_track_time"] < rows["czech"]["first_track_time"]
    # ... but the missile is gone before its path is known, and the others follow it.
    assert view["gabala"] < 60.0 < view["kurecik"]
    assert np.isnan(gabala["fire_control_time"])
    assert gabala["engageable_area_fraction"] == 0.0
    assert rows["czech"]["engageable_area_fraction"] > 0.3
    assert rows["armavir"]["engageable_area_fraction"] > 0.99


def test_against_a_shorter_flight_what_it_sees_is_enough_for_a_wide_basket():
    """The saying does not hold of every missile: this one is in view for more than a minute."""
    rows, view = found("sejjil-three-stage")
    assert view["gabala"] < 0.2 * view["armavir"]
    assert rows["gabala"]["engageable_area_fraction"] == pytest.approx(1.0)
    assert np.isfinite(rows["gabala"]["fire_control_time"])
