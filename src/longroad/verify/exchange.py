"""Retaliation (X01 to X04), survivors of a first strike (X05), order of postures (X06)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longroad.base.quantity import Quantity, Status
from longroad.catalog import load_catalog
from longroad.catalog.fields import BALLISTIC
from longroad.deterrent import (
    POSTURES,
    Defence,
    Flight,
    Force,
    Posture,
    Reach,
    Site,
    Weapon,
    arrivals_pmf,
    at_least,
    best_draw,
    edge_draw,
    expected,
    forces,
    load_force,
    make_roster,
    no_defence,
)
from longroad.verify.case import Inputs
from longroad.verify.figure import Found, found
from longroad.verify.registry import computes

SEED = 0


def _weapon(id: str, missiles: float, survival: float, flown: float, together: int = 1) -> Weapon:
    """Return missiles with one warhead each, all on alert, that ride an attack out."""

    def number(name: str, value: float) -> Quantity:
        return Quantity(
            f"weapon.{id}.{name}", value, value, value, "1", Status.PUBLISHED,
            ("tecott-halterman-2021",),
        )  # fmt: skip

    return Weapon(
        id=id, name=id, leg="icbm", basing="mobile", route=BALLISTIC, missile=None, at=(),
        launchers=number("launchers", missiles), warheads=number("warheads", missiles),
        deployed_fraction=number("deployed_fraction", 1.0), alert=number("alert", 1.0),
        generation=number("generation", 0.0), reliability=number("reliability", flown),
        survival=number("survival", survival),
        base_survival_ratio=number("base_survival_ratio", 0.0),
        prompt_launch=number("prompt_launch", 0.0), platform_launchers=together,
    )  # fmt: skip


def _arrivals(weapons: tuple[Weapon, ...], inputs: Inputs | None) -> NDArray[np.float64]:
    """Return P(at least n) for a force, past the case's defence where it has one."""
    force = Force("case", "case", "china", 2010, weapons)
    defence = no_defence("united-states") if inputs is None else _defence(inputs, force)
    roster = make_roster(force, defence, SEED)
    pmf = arrivals_pmf(roster, defence, best_draw(force), 0, Posture.DAILY_RIDE_OUT)
    return at_least(pmf)


def _defence(inputs: Inputs, force: Force) -> Defence:
    """Return one site that reaches everything, with enough for the same shots at each warhead."""
    shots = round(inputs.number("interceptors for a warhead"))
    kill = inputs.number("warhead recognised") * inputs.number("interceptor works")
    flights = tuple(Flight(weapon.id, "base", "end") for weapon in force.weapons)
    reach = Reach(flights, ("site",), np.ones((1, len(flights), 1), dtype=bool))
    inventory = shots * round(force.launchers)
    return Defence("case", "united-states", (Site("site", inventory, kill, shots),), reach)


def _left_over(inputs: Inputs) -> float:
    """Return the chance to get from a forward site to a launch: not found, not destroyed."""
    forward = 1.0 - inputs.number("forward site found") * inputs.number("attack destroys")
    pads = 1.0 - inputs.number("launch pad found") ** inputs.number("launch pads")
    moving = inputs.number("survives moving") * (1.0 - inputs.number("found in preparation"))
    return forward * pads * moving


@computes("X01")
def one_retaliates(inputs: Inputs) -> tuple[Found, ...]:
    """At least one of the missiles on full alert."""
    weapon = _weapon(
        "mobile", inputs.number("missiles"), _left_over(inputs), inputs.number("reliability")
    )
    return found({"at least 1": float(_arrivals((weapon,), inputs)[1])})


@computes("X02")
def five_retaliate(inputs: Inputs) -> tuple[Found, ...]:
    """At least five, on full alert and with most missiles in sites that are lost as a whole."""
    left, flown = _left_over(inputs), inputs.number("reliability")
    alert = _weapon("mobile", inputs.number("missiles"), left, flown)
    dispersed = _weapon("dispersed", inputs.number("dispersed day to day"), left, flown)
    each = round(inputs.number("missiles in each"))
    site = 1.0 - inputs.number("technical site found") * inputs.number("attack destroys")
    inside = _weapon("technical", each * inputs.number("technical sites"), site, left * flown, each)
    return found(
        {
            "at least 5": float(_arrivals((alert,), inputs)[5]),
            "at least 5, day to day": float(_arrivals((dispersed, inside), inputs)[5]),
        }
    )


@computes("X03")
def four_shots(inputs: Inputs) -> tuple[Found, ...]:
    """One warhead that is certain to arrive, past its interceptors."""
    return found({"survives": float(_arrivals((_weapon("one", 1.0, 1.0, 1.0),), inputs)[1])})


@computes("X04")
def one_detection(inputs: Inputs) -> tuple[Found, ...]:
    """Missiles that survive when they are not found."""
    values = {}
    often, less = (
        _arrivals((_weapon("mobile", inputs.number("missiles"), 1.0 - chance, 1.0),), None)
        for chance in (inputs.number("found"), inputs.number("found less often"))
    )
    values["at least 1"] = float(often[1])
    values["at least 1, found less often"] = float(less[1])
    values["at least 3, found less often"] = float(less[3])
    return found(dict(values))


@computes("X05")
def survivors(inputs: Inputs) -> tuple[Found, ...]:
    """Mean survivors that ride out, from all low on an ordinary day to all high in a crisis."""
    values: dict[str, float | bool | tuple[float, float]] = {}
    for name, key in (("American", "american force"), ("Russian", "russian force")):
        force = load_force(load_catalog(), inputs.text(key))
        roster = make_roster(force, no_defence("none"), SEED)
        low = expected(roster, edge_draw(force, "low"), 0, Posture.DAILY_RIDE_OUT)
        high = expected(roster, edge_draw(force, "high"), 0, Posture.GENERATED_RIDE_OUT)
        values[f"{name} survivors"] = (low.surviving, high.surviving)
    return found(values)


@computes("X06")
def order_of_postures(inputs: Inputs) -> tuple[Found, ...]:
    """The four postures of every force in the catalogue, by warheads that arrive undefended."""
    highest = lowest = middle = True
    for force in forces(load_catalog()):
        roster = make_roster(force, no_defence("none"), SEED)
        draws = best_draw(force)
        arriving = [expected(roster, draws, 0, posture).arriving for posture in POSTURES]
        highest &= arriving[0] == max(arriving)
        lowest &= arriving[3] == min(arriving)
        middle &= arriving[1] >= arriving[2]
    return found(
        {
            "generated, launched under attack, is highest": highest,
            "day to day, riding out, is lowest": lowest,
            "generated, riding out, is above day to day, launched, for every force": middle,
        }
    )
