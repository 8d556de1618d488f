"""Flights of missiles and interceptors against published figures: cases K01 to K23.

Every flight is that of the generic missile of the catalogue, or of an interceptor as the catalogue
has it; nothing is fitted. Where a number depends on the burn time, which no report gives, the
catalogue's interval of burn times is carried through, and the result is an interval.
"""

from __future__ import annotations

import numpy as np

from longroad.base.quantity import Quantity
from longroad.catalog import load_catalog
from longroad.flight.arcs import Shape, check_arcs, solve_arcs
from longroad.flight.course import Course, at_rest
from longroad.flight.flyout import FlyoutTables, flyout_tables
from longroad.flight.generic import generic_missile
from longroad.flight.inferred import inferred_range
from longroad.flight.interval import least_energy_range, time_interval
from longroad.flight.reported import Report, check
from longroad.flight.single import fly_arc
from longroad.verify.case import Inputs
from longroad.verify.figure import Found, found
from longroad.verify.registry import computes
from longroad.verify.sight import best


def _spread(reference: str, field: str) -> tuple[float, float]:
    """Return low and high of a number of the catalogue that is not disputed."""
    quantity = load_catalog().entry(reference).quantity(field)
    assert isinstance(quantity, Quantity)
    return quantity.low, quantity.high


@computes("K01")
def least_energy(inputs: Inputs) -> tuple[Found, ...]:
    """A least-energy flight."""
    reach = inputs.number("range")
    arc = fly_arc(at_rest(reach), generic_missile(reach), Shape.MINIMUM_ENERGY)
    return found(
        {
            "burnout speed": arc.burnout_speed_m_s,
            "apogee": arc.apogee_m,
            "time of flight": arc.time_of_flight_s,
        }
    )


@computes("K02", "K03", "K04")
def depressed(inputs: Inputs) -> tuple[Found, ...]:
    """A depressed flight: of given apogee, well below that of least energy."""
    reach = inputs.number("range")
    arc = fly_arc(at_rest(reach), generic_missile(reach), Shape.APOGEE, inputs.number("apogee"))
    return found({"burnout speed": arc.burnout_speed_m_s, "time of flight": arc.time_of_flight_s})


@computes("K05", "K06", "K07", "K08", "K09", "K10", "K11")
def lofted_test(inputs: Inputs) -> tuple[Found, ...]:
    """Time of flight of a lofted test of known range and apogee."""
    times = time_interval(inputs.number("range"), inputs.number("apogee"))
    free = times.free_flight_s
    return found(
        {
            "time of flight": (times.low_s, times.high_s),
            "time of flight, best burn time": times.best_s,
            "more than free flight by": (times.low_s - free, times.high_s - free),
            "free flight": free,
        }
    )


def _impulsive_speed(course: Course, apogee_m: float) -> float:
    """Return the speed (m/s) of one impulse on the ground that flies to an apogee."""
    arcs = solve_arcs(
        course.latitude_rad, course.longitude_rad, course.aim_latitude_rad,
        course.aim_longitude_rad, 0.0, 0.0, 0.0, shape=Shape.APOGEE, value=apogee_m,
        figure=course.figure,
    )  # fmt: skip
    check_arcs(arcs)
    return float(arcs.burnout_speed_m_s[0])


@computes("K12", "K13", "K14", "K15")
def range_behind_a_test(inputs: Inputs) -> tuple[Found, ...]:
    """Greatest range of the missile of a lofted test."""
    reach, apogee = inputs.number("range"), inputs.number("apogee")
    inferred = inferred_range(reach, apogee)
    course = at_rest(reach)
    bound = least_energy_range(course, _impulsive_speed(course, apogee))
    return found(
        {
            "greatest range": (inferred.low_range_m, inferred.high_range_m),
            "greatest range, best burn time": inferred.best_range_m,
            "greatest range of one impulse": bound,
        }
    )


@computes("K16", "K17")
def booster(inputs: Inputs) -> tuple[Found, ...]:
    """The speed that a booster's flight needed at least."""
    course, apogee = at_rest(inputs.number("range")), inputs.number("apogee")
    return found(
        {
            "range and apogee go together": check(course, Report(apogee_m=apogee)).consistent
            is True,
            "speed of one impulse": _impulsive_speed(course, apogee),
        }
    )


@computes("K18")
def reported_flight(inputs: Inputs) -> tuple[Found, ...]:
    """What of a report can be, by time and by speed."""
    reach = inputs.number("range")
    course = at_rest(reach)

    def possible(report: Report) -> bool:
        return check(course, report).consistent is True

    arc = fly_arc(course, generic_missile(reach), Shape.MINIMUM_ENERGY)
    return found(
        {
            "22 min can be": possible(Report(time_s=inputs.number("shortest time"))),
            "30 min can be": possible(Report(time_s=inputs.number("longest time"))),
            "24,000 mph can be": possible(Report(speed_m_s=inputs.number("press speed"))),
            "time of flight, least energy": arc.time_of_flight_s,
            "speed of one impulse, least energy": arc.impulsive_speed_m_s,
        }
    )


@computes("K19")
def burn_times(inputs: Inputs) -> tuple[Found, ...]:
    """Burn times of the catalogue's missiles of intercontinental range."""
    generic = generic_missile(inputs.number("range")).burn_times_s
    values: dict[str, float | bool | tuple[float, float]] = {
        "generic missile": generic.best,
        "generic missile, interval": (generic.low, generic.high),
    }
    for row in inputs.rows("missiles"):
        values[row.text("name")] = best(f"missile/{row.text('missile')}", "burn_time")
    return found(values)


@computes("K20")
def intercontinental(inputs: Inputs) -> tuple[Found, ...]:
    """Burnout speed and time of a least-energy flight of intercontinental range."""
    reach = inputs.number("range")
    missile = generic_missile(reach)
    arcs = [
        fly_arc(at_rest(reach), missile, Shape.MINIMUM_ENERGY, None, burn)
        for burn in missile.burn_times_s
    ]
    speeds = [arc.burnout_speed_m_s for arc in arcs]
    times = [arc.time_of_flight_s for arc in arcs]
    return found(
        {
            "burnout speed": (min(speeds), max(speeds)),
            "time of flight": (min(times), max(times)),
        }
    )


def _chain(steps: list[tuple[str, str]]) -> tuple[float, float]:
    """Return the least and greatest sum of delays of the catalogue, one after the other."""
    spreads = [_spread(reference, field) for reference, field in steps]
    return sum(low for low, _ in spreads), sum(high for _, high in spreads)


@computes("K21")
def launch_delay(inputs: Inputs) -> tuple[Found, ...]:
    """From the ignition of a missile in view to the earliest launch of an interceptor."""
    orbit = [
        ("sensor/space-infrared-us", "detection_delay"),
        ("sensor/space-infrared-us", "report_latency"),
    ]

    def earliest(radar: str, link: str) -> tuple[float, float]:
        return _chain(
            [
                *orbit,
                (f"sensor/{radar}", "track_time"),
                (f"sensor/{radar}", "report_latency"),
                ("default/link", link),
                ("default/engagement", "decision_time"),
            ]
        )

    ship = earliest(inputs.text("ship radar"), "own_link_latency")
    ground = earliest(inputs.text("warning radar"), "remote_link_latency")
    return found(
        {
            "SM-3, FTM-16 E2": ship,
            "SM-3, JFTM-2": ship,
            "GBI, FTG-06": ground,
            "GBI, IFT-13C": ground,
        }
    )


def _table(interceptor: str, speed_m_s: float, ceiling_m: float) -> FlyoutTables:
    def of(field: str) -> float:
        return best(f"interceptor/{interceptor}", field)

    return flyout_tables(
        np.array([speed_m_s]), np.array([of("burn_time")]), np.array([of("boost_path_fraction")]),
        np.array([of("flight_life")]), np.array([of("least_launch_elevation")]),
        np.array([ceiling_m]),
    )  # fmt: skip


@computes("K22")
def interceptor_flight(inputs: Inputs) -> tuple[Found, ...]:
    """How long an interceptor can be under way to a height, over all ground distances."""
    name = inputs.text("interceptor")
    table = _table(name, best(f"interceptor/{name}", "burnout_speed"), inputs.number("ceiling"))
    distances = np.linspace(0.0, table.widest_m(0), 401)
    values: dict[str, float | bool | tuple[float, float]] = {}
    for height in (inputs.number("height"), inputs.number("height if in miles")):
        times = table.time_of_flight(0, distances, np.array(height))
        times = times[np.isfinite(times)]
        values[f"time to {height / 1e3:.0f} km"] = (float(times.min()), float(times.max()))
    return found(values)


@computes("K23")
def interceptor_height(inputs: Inputs) -> tuple[Found, ...]:
    """Whether an interceptor of a speed reaches a height, and the catalogue's ceiling for it."""
    name, height = inputs.text("interceptor"), inputs.number("height")
    table = _table(name, inputs.number("burnout speed"), inputs.number("ceiling"))
    distances = np.linspace(0.0, table.widest_m(0), 401)
    reached = np.isfinite(table.time_of_flight(0, distances, np.array(height)))
    return found(
        {
            "reaches the height": bool(np.any(reached)),
            "ceiling in the catalogue": _spread(
                f"interceptor/{name}", "maximum_intercept_altitude"
            ),
        }
    )
