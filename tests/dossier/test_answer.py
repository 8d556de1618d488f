"""The answer: figures are the outcomes', the swing is the largest, words follow the numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from longroad.dossier.answer import answer, figures, largest_swing, most_demanding
from longroad.dossier.numbers import share
from longroad.dossier.reading import Outcomes, Series, Spread


@pytest.fixture(scope="module")
def outcomes(run):
    return Outcomes.read(run)


def pick(run, variant, outcome, assumptions="adopted"):
    table = run.table("outcomes")
    rows = (
        (table["variant"] == variant)
        & (table["outcome"] == outcome)
        & (table["assumptions"] == assumptions)
    )
    return table["draw"][rows], table["value"][rows]


def test_spreads_are_the_quantiles_of_the_draws(run, outcomes):
    name = "engageable_area_fraction/irbm-3700"
    draw, value = pick(run, "phase-2", name)
    found = outcomes.get("phase-2", "nato", name).spread
    assert found.best == value[draw == -1][0]
    low, high = np.percentile(value[draw >= 0], [5, 95])
    assert found.epistemic_p05 == pytest.approx(low)
    assert found.epistemic_p95 == pytest.approx(high)


def test_changes_are_taken_draw_by_draw():
    one = Series(0.5, np.array([0.4, 0.5, 0.6]))
    two = Series(0.7, np.array([0.6, 0.7, 0.8]))
    found = two.minus(one)
    assert found.best == pytest.approx(0.2)
    assert found.epistemic_p05 == pytest.approx(0.2)
    assert found.epistemic_p95 == pytest.approx(0.2)
    assert two.minus(Series(0.5, np.array([0.1]))).epistemic_p05 is None
    assert Spread.of(0.5, np.array([np.nan, 0.1])).epistemic_p05 is None


def test_the_lead_holds_the_figure_of_the_most_demanding_class(run, outcomes):
    found = figures(outcomes, run.manifest, "nato")
    hardest = most_demanding(run.manifest, found)
    least = min(found["phase-3", t.id].best for t in run.manifest.threats)
    assert found["phase-3", hardest.id].best == least
    words = answer(outcomes, run.manifest, "nato")
    assert share(found["phase-3", hardest.id].spread) in words.lead
    assert share(found["phase-1", hardest.id].spread) in words.lead
    for threat in run.manifest.threats:
        if threat.id != hardest.id:
            assert share(found["phase-3", threat.id].spread) in words.others


def test_the_swing_is_the_largest_of_all_rival_claims(run, outcomes):
    sizes = {}
    for assumptions in set(run.table("outcomes")["assumptions"]) - {"adopted"}:
        if "=" not in assumptions:
            continue
        for threat in run.manifest.threats:
            name = f"engageable_area_fraction/{threat.id}"
            adopted = pick(run, "phase-3", name)[1][0]
            sizes[assumptions, threat.id] = abs(
                pick(run, "phase-3", name, assumptions)[1][0] - adopted
            )
    found = largest_swing(outcomes, run.manifest, "nato")
    size = abs(found.rival.best - found.adopted.best)
    assert size == pytest.approx(max(sizes.values()))
    assert "Lewis and Postol" in answer(outcomes, run.manifest, "nato").swing


def test_one_variant_has_no_before(run, outcomes):
    one = replace(run.manifest, variants=run.manifest.variants[-1:])
    words = answer(outcomes, one, "nato")
    assert "it was" not in words.lead


def test_without_rivals_the_answer_says_so(run, outcomes):
    alone = Outcomes({k: v for k, v in outcomes.series.items() if k[2] == "adopted"})
    assert "no disputed figures" in answer(alone, run.manifest, "nato").swing


def test_nothing_within_reach(run):
    assert "nothing to engage" in answer(Outcomes({}), run.manifest, "nato").lead
