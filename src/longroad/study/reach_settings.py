"""What reach takes from the catalogue's defaults: launch delays, grids, the generic shot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from longroad.base.errors import ScenarioError
from longroad.scenario import Variant
from longroad.study.columns import adopted

MOST_DELAYS = 200
# A grid over the Earth then has a million points, more than any memory holds for all flights.
FINEST_STEP_RAD = float(np.radians(0.25))
# Room for what division by a decimal step leaves over.
SLACK = 1e-9


@dataclass(frozen=True)
class ReachSettings:
    """Best estimates of ``default.reach.*``, SI; ``delays_s`` is the axis of a reach surface."""

    burn_time_s: float
    boost_path_fraction: float
    flight_life_s: float
    floor_m: float
    late_delay_s: float
    delays_s: tuple[float, ...]
    grid_step_rad: float
    fine_grid_step_rad: float
    patrol_step_rad: float
    greatest_speed_m_s: float


def reach_settings(variant: Variant) -> ReachSettings:
    """Return the settings of a variant; raises ScenarioError for axes that are none."""

    def take(name: str) -> float:
        return adopted(variant.quantity(f"default.reach.{name}")).best

    for name in ("delay_step", "greatest_speed"):
        if not take(name) > 0.0:
            raise _fault(name, "is not above zero", "a positive one")
    for name in ("grid_step", "fine_grid_step", "patrol_step"):
        if not take(name) >= FINEST_STEP_RAD - SLACK:
            least = np.degrees(FINEST_STEP_RAD)
            raise _fault(name, "would make too fine a grid", f"at least {least:g} deg")
    first, last, step = take("first_delay"), take("last_delay"), take("delay_step")
    count = int((last - first) / step + SLACK) + 1
    if last < first or count > MOST_DELAYS:
        raise ScenarioError(
            f"default.reach makes {max(count, 0)} launch delays",
            field="reach.delay_step",
            expected=f"1 to {MOST_DELAYS} from first_delay to last_delay in steps of delay_step",
        )
    return ReachSettings(
        burn_time_s=take("burn_time"),
        boost_path_fraction=take("boost_path_fraction"),
        flight_life_s=take("flight_life"),
        floor_m=take("floor"),
        late_delay_s=take("late_delay"),
        delays_s=tuple(float(d) for d in first + step * np.arange(count)),
        grid_step_rad=take("grid_step"),
        fine_grid_step_rad=take("fine_grid_step"),
        patrol_step_rad=take("patrol_step"),
        greatest_speed_m_s=take("greatest_speed"),
    )


def _fault(name: str, what: str, expected: str) -> ScenarioError:
    return ScenarioError(f"default.reach.{name} {what}", field=f"reach.{name}", expected=expected)
