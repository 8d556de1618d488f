"""The four postures in which an exchange is computed, and the stages of each."""

from __future__ import annotations

from enum import StrEnum


class Posture(StrEnum):
    """Readiness before an attack, and what its victim does: the published 2 x 2 scheme.

    *Generated*: a crisis has made ready what it can; *day-to-day*: an ordinary day. *Launch under
    attack*: what is on alert leaves before the attack arrives, as far as it gets away; *ride
    out*: nothing leaves before. Arrays over postures have them in this order.
    """

    GENERATED_PROMPT = "generated-launch-under-attack"
    GENERATED_RIDE_OUT = "generated-ride-out"
    DAILY_PROMPT = "day-to-day-launch-under-attack"
    DAILY_RIDE_OUT = "day-to-day-ride-out"

    @property
    def generated(self) -> bool:
        """Return whether a crisis has made ready what it can."""
        return self in {Posture.GENERATED_PROMPT, Posture.GENERATED_RIDE_OUT}

    @property
    def prompt(self) -> bool:
        """Return whether what is on alert leaves before the attack arrives."""
        return self in {Posture.GENERATED_PROMPT, Posture.DAILY_PROMPT}


POSTURES = tuple(Posture)


class Stage(StrEnum):
    """What is counted, in warheads and weapons, from the force to the end points."""

    DEPLOYED = "deployed"
    SURVIVING = "surviving"
    """On launchers that were launched under attack or rode it out."""
    LAUNCHED = "launched"
    """Of them, those whose flight works."""
    ARRIVING = "arriving"
    """Of them, those that arrive without a missile defence; air defences have acted."""
    OTHER_ROUTES = "other-routes"
    """Of those arriving, the ones that no missile defence acts on."""
    WITHIN_REACH = "within-reach"
    """Of those arriving, the ones within reach of some site."""
    PENETRATING = "penetrating"
    """Of those arriving, what a missile defence leaves."""


STAGES = tuple(Stage)
