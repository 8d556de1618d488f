"""The chapter of a run on deterrents: exchanges under all sets of assumptions, treaties, limits."""

from __future__ import annotations

from longroad.study.exchange_defence import scenario_forces
from longroad.study.exchange_rows import Exchanges
from longroad.study.exchange_table import exchange_chapter
from longroad.study.limits_table import limit_tables
from longroad.study.studied import Study
from longroad.study.table import Table


def deterrent_chapter(done: Study, found: Exchanges, workers: int) -> dict[str, Table]:
    """Return the tables of strategic forces, where a party has one; none for other scenarios."""
    scenario = done.scenario
    if not scenario_forces(scenario):
        return {}
    return {**exchange_chapter(scenario, found), **limit_tables(scenario, workers)}
