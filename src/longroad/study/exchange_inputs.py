"""The numbers that exchanges of a variant read beside reach: of forces, of shots, of the launch."""

from __future__ import annotations

from longroad.base.quantity import Quantity
from longroad.deterrent import Force
from longroad.scenario import Battery, Scenario, Variant
from longroad.study.exchange_defence import USUAL, exchange_pairs, kill_of
from longroad.study.exchange_layers import layer_numbers
from longroad.study.exchange_matters import FIRST, LATE
from longroad.study.readings import Assumptions

SHOTS = ("default.raid.true_taken", "default.raid.salvo")


def exchange_numbers(scenario: Scenario, variant: Variant) -> dict[str, Quantity]:
    """Return by id every number that the exchanges of a variant read beside reach, as adopted.

    None where no force meets a battery of another party.
    """
    found: dict[str, Quantity] = {}
    for force, party in exchange_pairs(scenario, variant):
        batteries = [one for one in variant.batteries if one.owner.id == party]
        read = (
            *force_numbers(force), *shots_of(variant, batteries), *layer_numbers(variant, party),
        )  # fmt: skip
        found |= {one.id: one for one in read}
    if found:
        found |= {id: USUAL.pick(variant.quantity(id)) for id in (FIRST, LATE)}
    return found


def force_numbers(force: Force) -> list[Quantity]:
    """Return the numbers of a force, each once."""
    return list({one.id: one for weapon in force.weapons for one in weapon.numbers}.values())


def shots_of(
    variant: Variant, batteries: list[Battery], way: Assumptions = USUAL
) -> list[Quantity]:
    """Return the chances and numbers of shots that batteries read."""
    kills = [kill_of(variant, battery, way) for battery in batteries]
    chances = [way.pick(variant.quantity(id, held=way.held)) for id in SHOTS]
    return list({one.id: one for one in (*kills, *chances)}.values())
