"""Generic vehicles at the level of published policy codes: stages, steering, drag.

A vehicle is a few numbers that a policy study would print. It stands for "a missile of this
range and burn time", not for a make.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import GeometryError

STANDARD_GRAVITY_M_S2 = 9.80665


@dataclass(frozen=True)
class Stage:
    """One stage at constant thrust in a vacuum.

    ``mass_fraction``: propellant burnt over the mass of the whole stack at its ignition. Raises
    GeometryError for numbers that no rocket has.
    """

    burn_time_s: float
    exhaust_speed_m_s: float
    mass_fraction: float

    def __post_init__(self) -> None:
        for name in ("burn_time_s", "exhaust_speed_m_s"):
            value = getattr(self, name)
            if not 0.0 < value < math.inf:
                raise GeometryError(f"a stage has {name} {value}", expected="a number above 0")
        if not 0.0 < self.mass_fraction < 1.0:
            raise GeometryError(
                f"a stage burns {self.mass_fraction:g} of its mass", expected="between 0 and 1"
            )

    @classmethod
    def of_thrust(
        cls, thrust_to_weight: float, exhaust_speed_m_s: float, mass_fraction: float
    ) -> Stage:
        """Return the stage of a thrust-to-weight ratio: b = c f / (g T/W)."""
        if not 0.0 < thrust_to_weight < math.inf:
            raise GeometryError(
                f"a stage has the thrust-to-weight ratio {thrust_to_weight}",
                expected="a number above 0",
            )
        acceleration = thrust_to_weight * STANDARD_GRAVITY_M_S2
        return cls(
            exhaust_speed_m_s * mass_fraction / acceleration, exhaust_speed_m_s, mass_fraction
        )

    @property
    def thrust_to_weight(self) -> float:
        """Return thrust over weight at ignition: c f / (g b)."""
        push = self.exhaust_speed_m_s * self.mass_fraction / self.burn_time_s
        return push / STANDARD_GRAVITY_M_S2

    @property
    def impulse_m_s(self) -> float:
        """Return the speed this stage would give without gravity and air: -c ln(1 - f)."""
        return -self.exhaust_speed_m_s * math.log1p(-self.mass_fraction)


@dataclass(frozen=True)
class Vehicle:
    """Stages in the order in which they burn, and what the air does to it.

    Ballistic coefficients are m/(C_D A) in kg/m^2, at launch mass and of what re-enters; infinite
    means no drag. ``rise_share`` is the part of the burn time flown straight up.
    """

    stages: tuple[Stage, ...]
    rise_share: float
    launch_ballistic_coefficient_kg_m2: float = math.inf
    entry_ballistic_coefficient_kg_m2: float = math.inf

    def __post_init__(self) -> None:
        if not self.stages:
            raise GeometryError("a vehicle has no stages", expected="at least one stage")
        if not 0.0 < self.rise_share < 1.0:
            raise GeometryError(
                f"a vehicle rises for {self.rise_share:g} of its burn", expected="between 0 and 1"
            )
        for name in ("launch_ballistic_coefficient_kg_m2", "entry_ballistic_coefficient_kg_m2"):
            if not getattr(self, name) > 0.0:
                raise GeometryError(f"a vehicle has {name} not above 0", expected="above 0 kg/m2")

    @property
    def burn_time_s(self) -> float:
        """Return the time from ignition to burnout, without pauses between stages."""
        return sum(stage.burn_time_s for stage in self.stages)

    @property
    def impulse_m_s(self) -> float:
        """Return the speed without gravity and air, the sum over the stages."""
        return sum(stage.impulse_m_s for stage in self.stages)

    def table(self) -> NDArray[np.float64]:
        """Return the stages for the kernels, (S, 3)."""
        return np.array(
            [(s.burn_time_s, s.exhaust_speed_m_s, s.mass_fraction) for s in self.stages]
        )


@dataclass(frozen=True)
class Build:
    """What the generic vehicles of one class have in common; the impulse makes it a vehicle.

    All stages are alike in burn time, exhaust speed and mass fraction, which shares the impulse
    evenly: the choice that needs the least mass for stages of equal worth.
    """

    stages: int
    burn_time_s: float
    exhaust_speed_m_s: float
    rise_share: float
    launch_ballistic_coefficient_kg_m2: float = math.inf
    entry_ballistic_coefficient_kg_m2: float = math.inf

    def vehicle(self, impulse_m_s: float) -> Vehicle:
        """Return the vehicle of an impulse: f = 1 - exp(-impulse/(S c)) for each of S stages."""
        if self.stages < 1:
            raise GeometryError("a vehicle has no stages", expected="at least one stage")
        fraction = -math.expm1(-impulse_m_s / (self.stages * self.exhaust_speed_m_s))
        stage = Stage(self.burn_time_s / self.stages, self.exhaust_speed_m_s, fraction)
        return Vehicle(
            (stage,) * self.stages,
            self.rise_share,
            self.launch_ballistic_coefficient_kg_m2,
            self.entry_ballistic_coefficient_kg_m2,
        )
