"""Published results that Longroad is held against, and the runner behind `longroad verify`.

A case is data (`data/*.yaml`): what somebody has published, who, and how near is near enough and
why. What Longroad has to say about it is computed by a small function of the same id; the two
meet only in the runner, so that no function sees the answer it is expected to give.
"""

from longroad.verify.case import Case, Mark
from longroad.verify.figure import Expected, Found
from longroad.verify.runner import Result, Verdict, failed, run_cases

__all__ = ["Case", "Expected", "Found", "Mark", "Result", "Verdict", "failed", "run_cases"]
