"""What agreements are and what they show, as tables of a run: no physics, one row a fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from longroad.agreement import Circumstances, Exposure, derive
from longroad.scenario import Scenario, Variant
from longroad.scenario.agreement import Agreement
from longroad.study.table import Table, make_table

PROPOSALS, EXPOSURE = "proposals", "exposure"
STEP = " > "
Row = tuple[object, ...]


def compared(scenario: Scenario) -> tuple[Variant, ...]:
    """Return the variants with an agreement beside that of having none."""
    return tuple(variant for variant in scenario.variants if len(variant.agreements) > 1)


def proposals_table(scenario: Scenario) -> Table:
    """Return every agreement of every variant that has any: by whom, when, with what sources."""
    return _table(
        PROPOSALS,
        (
            (
                variant.id,
                one.id,
                one.name,
                one.architecture or "",
                ", ".join(party.id for party in one.proposed_by),
                one.date or "",
                ", ".join(sources_of(one)),
                one.note or "",
            )
            for variant in compared(scenario)
            for one in variant.agreements
        ),
    )


def sources_of(agreement: Agreement) -> Iterator[str]:
    """Yield the sources of an agreement and of its provisions, each once."""
    cited = (id for one in agreement.provisions for id in one.ground.sources)
    yield from dict.fromkeys((*agreement.sources, *cited))


def exposure_table(scenario: Scenario) -> Table:
    """Return what each provision shows of whose assets, aspect by aspect, and what stays known."""
    return _table(
        EXPOSURE,
        (
            row
            for variant in compared(scenario)
            for agreement in variant.agreements
            for row in _exposures(variant, agreement)
        ),
    )


def _exposures(variant: Variant, agreement: Agreement) -> Iterator[Row]:
    shown = derive(variant, agreement).exposure
    after = {
        giver: {
            _what(one) for one in derive(variant, agreement, Circumstances((giver,))).exposure
        }
        for giver in dict.fromkeys(one.giver for one in shown)
    }  # fmt: skip
    for one in shown:
        depth = one.depth.name if one.depth is not None else ""
        for aspect in one.aspects:
            yield (
                variant.id,
                agreement.id,
                one.provision,
                one.giver,
                one.receiver,
                one.asset or "",
                aspect,
                depth,
                STEP.join(one.through),
                _what(one) in after[one.giver],
            )


def _what(one: Exposure) -> tuple[str, str | None, str]:
    return one.provision, one.asset, one.receiver


def _table(name: str, rows: Iterable[Row]) -> Table:
    from longroad.base.tables import schema

    made = list(rows)
    return make_table(
        name,
        {
            column: np.array([row[k] for row in made], dtype=object)
            for k, column in enumerate(schema(name).names)
        },
    )
