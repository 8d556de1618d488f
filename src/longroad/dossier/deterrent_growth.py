"""Grown deployments: what a defence takes at every step of its growth, and which limits bind it."""

from __future__ import annotations

from longroad.base.messages import text
from longroad.dossier.agreement_tables import TextTable
from longroad.dossier.deterrent_limits import worded
from longroad.dossier.deterrent_words import Names, none
from longroad.dossier.limits_data import Growth, LimitPoint, LimitSearch
from longroad.dossier.numbers import percent

NO_LIMIT = 0


def title(names: Names, found: Growth) -> str:
    """Return the title of one party's table."""
    return text("dossier_deterrent.growth.title", party=names.called(found.party))


def table(names: Names, found: Growth) -> TextTable:
    """Return a row for each deterrent, and below it for each limit that binds some step."""
    heads = [
        text("dossier_deterrent.growth.owner"),
        *(text(f"dossier_deterrent.growth.steps.{step}") for step in found.steps),
    ]
    rows = []
    for owner in found.owners:
        for number, limit in enumerate(found.limits):
            cells = [found.cells[owner, limit, step] for step in found.steps]
            if number == NO_LIMIT and all(none(cell.own) for cell in cells):
                break
            if number != NO_LIMIT and not any(cell.binds for cell in cells):
                continue
            words = names.called(owner) if number == NO_LIMIT else _limit(names, found, limit)
            rows.append([words, *(_cell(cell.adopted, cell.own) for cell in cells)])
    return TextTable(heads, rows)


def sentences(names: Names, found: Growth) -> list[str]:
    """Return for each owner how growth moves its concern, and what today's idle limits then do."""
    made = []
    for owner in found.owners:
        start, last = (
            found.cells[owner, found.limits[NO_LIMIT], step]
            for step in (found.steps[0], found.steps[-1])
        )
        if none(last.own):
            continue
        idle = [
            text(
                "dossier_deterrent.growth.bound", limits=_limit(names, found, limit),
                own=percent(then.own),
            )
            for limit in found.limits[1:]
            if not found.cells[owner, limit, found.steps[0]].binds
            and (then := found.cells[owner, limit, found.steps[-1]]).binds
        ]  # fmt: skip
        made.append(
            text(
                f"dossier_deterrent.growth.{'grows' if idle else 'grows_free'}",
                owner=names.called(owner), before=percent(start.own), after=percent(last.own),
                limits="; ".join(idle),
            )
        )  # fmt: skip
    return made


def _limit(names: Names, found: Growth, limit: str) -> str:
    point = LimitPoint("", limit, None, None, 0.0, 0.0, "", "")
    return worded(names, LimitSearch(found.variant, found.party, (), 0.0), point)


def _cell(adopted: float, own: float) -> str:
    return text("dossier_deterrent.growth.cell", adopted=percent(adopted), own=percent(own))
