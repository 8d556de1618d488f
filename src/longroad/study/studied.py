"""What a study has found: a scenario, its plan, the drawn values and the ensembles."""

from __future__ import annotations

from dataclasses import dataclass

from longroad.scenario import Scenario
from longroad.study.agreement_ensemble import AgreementEnsemble
from longroad.study.columns import Values
from longroad.study.ensemble import Ensemble
from longroad.study.plan import Plan
from longroad.study.raid_ensemble import RaidEnsemble
from longroad.study.reach_ensemble import ReachEnsemble


@dataclass(frozen=True)
class Study:
    """A scenario evaluated: its plan, the drawn values and what they gave."""

    scenario: Scenario
    plan: Plan
    values: Values
    ensemble: Ensemble
    reach: ReachEnsemble
    agreements: AgreementEnsemble
    raids: RaidEnsemble
