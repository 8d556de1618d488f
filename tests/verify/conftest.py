"""One verification for all tests that only look at its results."""

from __future__ import annotations

import pytest

from longroad.verify import run_cases


@pytest.fixture(scope="session")
def results():
    """All results by id."""
    return {result.case.id: result for result in run_cases()}


@pytest.fixture(scope="session")
def value(results):
    """``value("K07", "free flight")``: what was computed (SI), or both ends of an interval."""

    def of(id, name):
        (one,) = (found for found in results[id].computed if found.name == name)
        return one.low if one.low == one.high else (one.low, one.high)

    return of
