"""Strategic forces, what is left of them after an attack and a defence, treaties, and limits.

Aggregated counts only: end points are reference points, an attack is a set of survival intervals,
and what a defence reaches is an input from the engagement engine.
"""

from longroad.deterrent.aggregates import Aggregate, aggregate_items, load_aggregates
from longroad.deterrent.answers import Answer, answer, answers, sentences
from longroad.deterrent.assumptions import Draws, Link, best_draw, draw, edge_draw
from longroad.deterrent.constellation import Constellation, load_constellation
from longroad.deterrent.defence import Defence, Flight, Reach, Site, no_defence, reach_of_shares
from longroad.deterrent.exact import arrivals_pmf, at_least, expected, mixture
from longroad.deterrent.exchange import Exchange, Figure, exchange
from longroad.deterrent.faults import DefenceError, ForceError, LimitError, TreatyError
from longroad.deterrent.force import Force, Weapon, force_of, forces, load_force
from longroad.deterrent.frontier import Evaluate, Frontier, Outcome, frontier, search
from longroad.deterrent.ledger import Item, Ledger, force_items
from longroad.deterrent.ledger_reader import ledgers, load_ledger, read_ledger
from longroad.deterrent.limits import Limit, LimitSet, limit_sets, read_limit
from longroad.deterrent.measures import (
    BuildUp,
    Lever,
    Needed,
    Stability,
    Touched,
    build_up,
    needed,
    stability,
    touchable_share,
    touched,
)
from longroad.deterrent.observability import Means, means_of
from longroad.deterrent.posture import POSTURES, STAGES, Posture, Stage
from longroad.deterrent.roster import Roster, make_roster

__all__ = [
    "POSTURES",
    "STAGES",
    "Aggregate",
    "Answer",
    "BuildUp",
    "Constellation",
    "Defence",
    "DefenceError",
    "Draws",
    "Evaluate",
    "Exchange",
    "Figure",
    "Flight",
    "Force",
    "ForceError",
    "Frontier",
    "Item",
    "Ledger",
    "Lever",
    "Limit",
    "LimitError",
    "LimitSet",
    "Link",
    "Means",
    "Needed",
    "Outcome",
    "Posture",
    "Reach",
    "Roster",
    "Site",
    "Stability",
    "Stage",
    "Touched",
    "TreatyError",
    "Weapon",
    "aggregate_items",
    "answer",
    "answers",
    "arrivals_pmf",
    "at_least",
    "best_draw",
    "build_up",
    "draw",
    "edge_draw",
    "exchange",
    "expected",
    "force_items",
    "force_of",
    "forces",
    "frontier",
    "ledgers",
    "limit_sets",
    "load_aggregates",
    "load_constellation",
    "load_force",
    "load_ledger",
    "make_roster",
    "means_of",
    "mixture",
    "needed",
    "no_defence",
    "reach_of_shares",
    "read_ledger",
    "read_limit",
    "search",
    "sentences",
    "stability",
    "touchable_share",
    "touched",
]
