"""Raids: formulas (S01 to S06), the simulator on the same cases, and test records (S07)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.streams import philox_key
from longroad.engagement import raid_closed as closed
from longroad.engagement.proportion import clopper_pearson, wilson
from longroad.engagement.raid import Arrangement, Discrimination, Force, Opportunities, Raid, Rules
from longroad.engagement.raid_run import simulate
from longroad.verify.case import Inputs
from longroad.verify.figure import Found, found
from longroad.verify.registry import computes

# A stage of our own, on which only the order of things counts: everything is seen at once, can be
# met for long, and is looked at before the next salvo.
READY_S, LATEST_S, FLIGHT_S, LOOK_S = 100.0, 1000.0, 60.0, 1.0


def arrays(**values: ArrayLike) -> dict[str, NDArray[Any]]:
    """Return numbers and lists as arrays, by name."""
    return {name: np.asarray(value) for name, value in values.items()}


def _simulated(
    inputs: Inputs, arc: list[int], stock: list[int], salvo: list[int], rounds: int
) -> float:
    """Return the share of replicates in which nothing leaks; battery k meets the objects of arc k.

    A warhead is tracked with chance t and a shot kills a tracked one with chance k: in the kill
    model the object level is t and the shot level k, so that p = t k and r_o = (k - p) / (1 - p).
    """
    track, kill = inputs.number("tracked"), inputs.number("kill")
    batteries = len(stock)
    raid = Raid(
        **arrays(
            ignition_s=np.zeros(len(arc)),
            spread_s=0.0,
            flight_s=LATEST_S + FLIGHT_S,
            arc=arc,
            territory=0,
            decoy=False,
            taken=1.0,
        )
    )
    force = Force(
        **arrays(
            party=np.zeros(batteries),
            kind=0,
            inventory=stock,
            reserve=0,
            resupply=0,
            salvo=salvo,
            later=0,
            rounds=rounds,
            gap_s=0.0,
            assessment_s=LOOK_S,
            kill=track * kill,
            system_correlation=0.0,
            object_correlation=(kill - track * kill) / (1.0 - track * kill),
        )
    )
    own = np.eye(batteries, dtype=bool)
    opportunities = Opportunities(
        **arrays(
            chance=[1.0],
            ready_s=np.where(own, READY_S, math.inf)[None],
            free=own[None],
            opens_s=READY_S,
            latest_s=LATEST_S,
            meets_s=np.broadcast_to([READY_S + FLIGHT_S, LATEST_S + FLIGHT_S], (*own.shape, 2)),
        )
    )
    rules = Rules(
        **arrays(coordination=np.zeros((1, 1)), consent=[1.0], delay_s=[0.0], asks_as=[0]),
        sees_kills=False,
    )
    outcome = simulate(
        [raid],
        [Arrangement(force, opportunities, rules)],
        1,
        philox_key(int(inputs.number("seed")), "verify"),
        int(inputs.number("replicates")),
        modes=(Discrimination.PERFECT,),
    )
    return float(outcome.mean()[0, 0, outcome.index("nothing_leaks")])


def _goal(inputs: Inputs) -> tuple[int, float, float, float]:
    return (
        int(inputs.number("warheads")),
        inputs.number("tracked"),
        inputs.number("kill"),
        inputs.number("confidence"),
    )


@computes("S01")
def barrage(inputs: Inputs) -> tuple[Found, ...]:
    """How many interceptors a barrage takes, by the formula and in whole numbers."""
    warheads, track, kill, confidence = _goal(inputs)
    continuous = closed.barrage(warheads, track, kill, confidence)
    few, many = (int(inputs.number(name)) for name in ("few", "many"))
    chances = np.array([closed.barrage_chance(n, warheads, track, kill) for n in range(2 * many)])

    def simulated(interceptors: int) -> float:
        each, more = divmod(interceptors, warheads)
        arc = [0] * more + [1] * (warheads - more)
        stock = [more * (each + 1), (warheads - more) * each]
        return _simulated(inputs, arc, stock, [each + 1, each], 1)

    return found(
        {
            "interceptors, rounded": float(round(continuous)),
            "interceptors by the formula": continuous,
            "chance of the few": float(chances[few]),
            "fewest in whole numbers": float(closed.least_interceptors(chances, confidence)),
            "simulated chance of the few": simulated(few),
            "simulated chance of the many": simulated(many),
        }
    )


@computes("S02")
def shoot_look_shoot(inputs: Inputs) -> tuple[Found, ...]:
    """How many interceptors a second look saves, expected and in whole numbers."""
    warheads, track, kill, confidence = _goal(inputs)
    first = int(inputs.number("first salvo"))
    few, many = (int(inputs.number(name)) for name in ("few", "many"))
    chances = np.array(
        [closed.two_rounds_chance(n, warheads, track, kill, first) for n in range(2 * many)]
    )

    def simulated(interceptors: int) -> float:
        return _simulated(inputs, [0] * warheads, [interceptors], [first], 2)

    return found(
        {
            "interceptors expected": closed.shoot_look_shoot(
                warheads, track, kill, confidence, first
            ),
            "chance of the few": float(chances[few]),
            "fewest in whole numbers": float(closed.least_interceptors(chances, confidence)),
            "simulated chance of the few": simulated(few),
            "simulated chance of the many": simulated(many),
        }
    )


@computes("S03")
def least_track(inputs: Inputs) -> tuple[Found, ...]:
    """The chance of being tracked without which no number of interceptors is enough."""
    confidence = inputs.number("confidence")
    return found(
        {
            f"{n} warheads": closed.least_track(n, confidence)
            for n in (int(row.number("warheads")) for row in inputs.rows("raids"))
        }
    )


@computes("S04", "S06")
def salvos(inputs: Inputs) -> tuple[Found, ...]:
    """The chance that a salvo of so many kills."""
    kill = inputs.number("kill")
    return found(
        {
            f"salvo of {n}": closed.salvo_kill(kill, n)
            for n in (int(row.number("shots")) for row in inputs.rows("salvos"))
        }
    )


@computes("S05")
def inventory(inputs: Inputs) -> tuple[Found, ...]:
    """How many warheads an inventory is enough for."""
    each, stock = int(inputs.number("each")), int(inputs.number("interceptors"))
    arc = [0] * int(inputs.number("raid"))
    raid = Raid(
        **arrays(
            ignition_s=np.zeros(len(arc)),
            spread_s=0.0,
            flight_s=LATEST_S + FLIGHT_S,
            arc=arc,
            territory=0,
            decoy=False,
            taken=1.0,
        )
    )
    force = Force(
        **arrays(
            party=[0],
            kind=0,
            inventory=stock,
            reserve=0,
            resupply=0,
            salvo=each,
            later=0,
            rounds=1,
            gap_s=0.0,
            assessment_s=LOOK_S,
            kill=1.0,
            system_correlation=0.0,
            object_correlation=0.0,
        )
    )
    opportunities = Opportunities(
        **arrays(
            chance=[1.0],
            ready_s=READY_S,
            free=True,
            opens_s=READY_S,
            latest_s=LATEST_S,
            meets_s=[[[READY_S + FLIGHT_S, LATEST_S + FLIGHT_S]]],
        )
    )
    rules = Rules(
        **arrays(coordination=np.zeros((1, 1)), consent=[1.0], delay_s=[0.0], asks_as=[0]),
        sees_kills=False,
    )
    outcome = simulate(
        [raid],
        [Arrangement(force, opportunities, rules)],
        1,
        philox_key(0, "verify"),
        1,
        modes=(Discrimination.PERFECT,),
    )
    engaged = float(outcome.total[0, 0, outcome.index("engaged")])
    return found({"warheads": float(stock // each), "warheads engaged in a raid": engaged})


@computes("S07")
def records(inputs: Inputs) -> tuple[Found, ...]:
    """What test records say about the chance of a hit, by two intervals."""
    values: dict[str, float | bool | tuple[float, float]] = {}
    confidence = inputs.number("confidence")
    for row in inputs.rows("records"):
        hits, tries = int(row.number("hits")), int(row.number("tries"))
        name = row.text("name")
        for method, interval in (("Wilson", wilson), ("exact", clopper_pearson)):
            low, high = interval(hits, tries, confidence)
            values[f"{name}, {method}, low"] = low
            values[f"{name}, {method}, high"] = high
    return found(values)
