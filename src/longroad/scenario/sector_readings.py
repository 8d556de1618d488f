"""One agreement read in several ways: its sectors by launch origin, overflight and so on.

The parties never agreed on what a sector is. Under ``sectors_by`` an agreement stands for as many
as it lists readings, alike but for how sectors are read, and with the same numbers in every draw.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import partial
from typing import cast

from longroad.base.errors import nearest
from longroad.base.ids import LONGEST
from longroad.base.messages import text
from longroad.scenario.agreement import Agreement, Sector, SectorBy, with_sectors_by
from longroad.scenario.contradictions import check_agreement
from longroad.scenario.faults import Faults
from longroad.scenario.form import listed, written
from longroad.scenario.node import Node
from longroad.scenario.written_agreements import READINGS


def read_each_way(agreement: Agreement, node: Node | None, faults: Faults) -> tuple[Agreement, ...]:
    """Return the agreement; where ``node`` lists readings, one ``<id>-by-<reading>`` for each."""
    if node is None:
        return (agreement,)
    before = len(faults)
    _check(agreement, node, faults)
    found = []
    for member in node.items:
        if len(faults) == before:
            by = cast(SectorBy, member.value)
            one = dataclasses.replace(
                with_sectors_by(agreement, by),
                id=f"{agreement.id}-by-{by}",
                name=_name(agreement, by),
            )
            check_agreement(one, faults)
            found.append(one)
    return tuple(found) if len(faults) == before else ()


def _name(agreement: Agreement, by: SectorBy) -> str:
    return text("agreement.sectors_by", name=agreement.name, by=text(f"agreement.reading.{by}"))


def _check(agreement: Agreement, node: Node, faults: Faults) -> None:
    """Add what is wrong with the list of readings, or with reading this agreement so."""
    sectors = agreement.of_kind(Sector)
    if not sectors:
        faults.at(
            node,
            f"the agreement '{agreement.id}' has no sector to read",
            expected="a provision 'kind: sector', or no 'sectors_by' here",
            on_key=True,
        )
        return
    seen: list[object] = []
    for member in node.items:
        if member.value not in READINGS:
            faults.at(
                member,
                f"{written(member)} is not a reading of a sector",
                expected=listed(list(READINGS)),
                nearest=partial(nearest, str(member.value), READINGS),
            )
            continue
        if member.value in seen:
            faults.at(member, f"'{member.value}' is listed twice", expected="each reading once")
        seen.append(member.value)
        if member.value == "launch-origin":
            continue
        for sector in _of_launch_areas_alone(sectors):
            faults.at(
                member,
                f"the sector '{sector.id}' (line {sector.origin.line}) is made of launch areas, "
                f"and cannot be read by {str(member.value).replace('-', ' ')}",
                expected="a sector with area, countries or territory_of, or 'launch-origin' alone",
            )
    longest = max((str(member.value) for member in node.items), key=len, default="")
    over = len(f"{agreement.id}-by-{longest}") - LONGEST
    if over > 0:
        faults.at(
            node,
            f"the id '{agreement.id}' is too long for '{agreement.id}-by-{longest}'",
            expected=f"an id shorter by {over}",
            on_key=True,
        )


def _of_launch_areas_alone(sectors: tuple[Sector, ...]) -> Iterator[Sector]:
    for sector in sectors:
        if not sector.region.vertices and not sector.region.countries:
            yield sector
