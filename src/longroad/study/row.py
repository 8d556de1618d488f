"""One row of values, as all parts of a study share it."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.evaluate import Evaluation
from longroad.study.plan import Plan


class Row:
    """The evaluation of a plan for one row of values, with and without agreements."""

    def __init__(self, plan: Plan, values: NDArray[np.float64]) -> None:
        self.values = values
        self.evaluation = Evaluation(plan, values, every_arc=False)

    @cached_property
    def agreements(self) -> AgreementEvaluation:
        """Return what evaluates agreements; latest launches are shared by all that ask."""
        return AgreementEvaluation(self.evaluation)
