"""Study: the one evaluator, its draws, cache, run store and trace.

    from longroad.study import run, cover, open_run

Names are imported when they are first used, so that the command line starts quickly.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from longroad.study.claims_run import claims
    from longroad.study.comparison import (
        ClaimChange,
        Comparison,
        InputChange,
        OutcomeChange,
        compare,
    )
    from longroad.study.exchange_differences import DifferenceRow, difference_rows
    from longroad.study.exchange_rows import ExchangeRow, Exchanges
    from longroad.study.exchange_run import exchange, exchange_answer
    from longroad.study.exchange_stability import NeededRow, TouchedRow
    from longroad.study.limits_growth import GrowthRow
    from longroad.study.limits_run import Limits, growth_of, limits
    from longroad.study.limits_search import LimitRow
    from longroad.study.make_run import run
    from longroad.study.one_surface import ReachSurface, reach_surface
    from longroad.study.outcomes import CoverRow
    from longroad.study.pipeline import cover, raid, study
    from longroad.study.raid_replay import RaidReplay, replay_raid
    from longroad.study.raid_table import RaidRow
    from longroad.study.reach_rows import (
        Intercept,
        PairCount,
        ReachRow,
        ThresholdRow,
        reach,
        reach_pairs,
        threshold,
    )
    from longroad.study.spread import Spread
    from longroad.study.store import Run, open_run
    from longroad.study.telling import trace_text
    from longroad.study.tracing import Trace, trace

_HOMES = {
    "ClaimChange": "comparison",
    "Comparison": "comparison",
    "CoverRow": "outcomes",
    "DifferenceRow": "exchange_differences",
    "ExchangeRow": "exchange_rows",
    "Exchanges": "exchange_rows",
    "GrowthRow": "limits_growth",
    "LimitRow": "limits_search",
    "Limits": "limits_run",
    "InputChange": "comparison",
    "Intercept": "reach_rows",
    "NeededRow": "exchange_stability",
    "OutcomeChange": "comparison",
    "PairCount": "reach_rows",
    "RaidReplay": "raid_replay",
    "RaidRow": "raid_table",
    "ReachRow": "reach_rows",
    "ReachSurface": "one_surface",
    "Run": "store",
    "Spread": "spread",
    "ThresholdRow": "reach_rows",
    "TouchedRow": "exchange_stability",
    "Trace": "tracing",
    "claims": "claims_run",
    "compare": "comparison",
    "cover": "pipeline",
    "difference_rows": "exchange_differences",
    "exchange": "exchange_run",
    "exchange_answer": "exchange_run",
    "growth_of": "limits_run",
    "limits": "limits_run",
    "open_run": "store",
    "raid": "pipeline",
    "reach": "reach_rows",
    "reach_pairs": "reach_rows",
    "reach_surface": "one_surface",
    "replay_raid": "raid_replay",
    "run": "make_run",
    "study": "pipeline",
    "threshold": "reach_rows",
    "trace": "tracing",
    "trace_text": "telling",
}

__all__ = [
    "ClaimChange",
    "Comparison",
    "CoverRow",
    "DifferenceRow",
    "ExchangeRow",
    "Exchanges",
    "GrowthRow",
    "InputChange",
    "Intercept",
    "LimitRow",
    "Limits",
    "NeededRow",
    "OutcomeChange",
    "PairCount",
    "RaidReplay",
    "RaidRow",
    "ReachRow",
    "ReachSurface",
    "Run",
    "Spread",
    "ThresholdRow",
    "TouchedRow",
    "Trace",
    "claims",
    "compare",
    "cover",
    "difference_rows",
    "exchange",
    "exchange_answer",
    "growth_of",
    "limits",
    "open_run",
    "raid",
    "reach",
    "reach_pairs",
    "reach_surface",
    "replay_raid",
    "run",
    "study",
    "threshold",
    "trace",
    "trace_text",
]


def __getattr__(name: str) -> object:
    """Import a public name from the module that holds it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
