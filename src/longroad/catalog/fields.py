"""What each kind of catalogue entry holds: one table for reader, displays and documentation."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from longroad.base.units import DEGREE

KINDS = (
    "interceptor",
    "sensor",
    "missile",
    "site",
    "force",
    "weapon",
    "basing",
    "route",
    "constellation",
    "source",
    "default",
)
FILES: dict[str, tuple[str, ...]] = {
    "interceptor": (
        "interceptors-us.yaml",
        "interceptors-gbi.yaml",
        "interceptors-russia.yaml",
        "interceptors-lower.yaml",
    ),
    "sensor": (
        "sensors-us.yaml",
        "sensors-us-more.yaml",
        "sensors-us-warning.yaml",
        "sensors-russia.yaml",
        "sensors-orbit.yaml",
        "sensors-asia.yaml",
    ),
    "missile": ("missiles-considered.yaml", "missiles-strategic.yaml", "missiles-asia.yaml"),
    "site": (
        "sites-europe.yaml",
        "sites-radars.yaml",
        "sites-patrol.yaml",
        "sites-launch-areas.yaml",
        "sites-bases.yaml",
        "sites-submarines.yaml",
        "sites-end-points.yaml",
        "sites-asia.yaml",
    ),
    "force": ("forces.yaml",),
    "weapon": ("weapons-russia.yaml", "weapons-us.yaml", "weapons-other.yaml"),
    "basing": ("basings.yaml",),
    "route": ("routes.yaml",),
    "constellation": ("constellations.yaml",),
    "source": (
        "sources-studies.yaml",
        "sources-interceptors.yaml",
        "sources-sensors.yaml",
        "sources-missiles.yaml",
        "sources-plans.yaml",
        "sources-lists.yaml",
        "sources-agreements.yaml",
        "sources-forces.yaml",
        "sources-negotiation.yaml",
    ),
    "default": (
        "defaults.yaml",
        "defaults-agreements.yaml",
        "defaults-raid.yaml",
        "defaults-tracking.yaml",
    ),
}
SENSOR_TYPES = ("radar", "space-infrared")
BALLISTIC = "ballistic"
LEGS = ("icbm", "slbm", "bomber")
MISSILE_ROLES = ("considered", "strategic")
SITE_KINDS = (
    "radar",
    "battery",
    "port",
    "patrol",
    "launch-area",
    "command",
    "base",
    "submarine-area",
    "end-point",
)


@dataclass(frozen=True)
class Field:
    """A quantity that entries of a kind hold: its dimension, its bounds (SI) and its meaning.

    An ``optional`` one is a claim that is worth citing where it was made; no computation needs it.
    """

    name: str
    dimension: str
    description: str
    least: float = 0.0
    greatest: float = math.inf
    optional: bool = False


_INTERCEPTOR = (
    Field("burnout_speed", "speed", "Earth-relative speed at the end of powered flight"),
    Field("burn_time", "time", "from launch to the end of powered flight"),
    Field("boost_path_fraction", "fraction", "mean / final speed of powered flight", greatest=1.0),
    Field("flight_life", "time", "longest time from launch to intercept"),
    Field(
        "least_launch_elevation",
        "angle",
        "least elevation of the burnout velocity",
        greatest=90 * DEGREE,
    ),
    Field("minimum_intercept_altitude", "length", "least height of an intercept"),
    Field("maximum_intercept_altitude", "length", "greatest height of an intercept"),
    Field("claimed_reach", "length", "greatest distance of an intercept claimed", optional=True),
    Field("claimed_target_range", "length", "range of missiles said to be met", optional=True),
    Field("claimed_target_speed", "speed", "speed of objects said to be met", optional=True),
    Field("launchers", "count", "launchers reported", optional=True),
    Field(
        "single_shot_kill",
        "fraction",
        "chance that one shot destroys its object, as claimed or as counted in tests",
        greatest=1.0,
        optional=True,
    ),
)
_MISSILE = (
    Field("maximum_range", "length", "greatest ground distance from launch to impact"),
    Field("burn_time", "time", "from ignition to burnout"),
    Field("burnout_altitude", "length", "height at burnout"),
    Field("burnout_ground_distance", "length", "ground distance from launch to burnout"),
    Field("radar_cross_section", "area", "of the object that has to be tracked"),
)
_STRATEGIC = (
    *_MISSILE,
    Field("burnout_speed", "speed", "Earth-relative speed at the end of powered flight"),
)
_RADAR = (
    Field("reference_range", "length", "range against the reference cross section"),
    Field("reference_cross_section", "area", "cross section at which that range holds"),
    Field("instrumented_range", "length", "greatest range at which echoes are processed"),
    Field("azimuth_width", "angle", "full width of the sector", greatest=360 * DEGREE),
    Field("azimuth_from", "angle", "left edge", greatest=360 * DEGREE, optional=True),
    Field("azimuth_to", "angle", "right edge", greatest=360 * DEGREE, optional=True),
    Field(
        "least_elevation", "angle", "lower edge of the sector", -90 * DEGREE, greatest=90 * DEGREE
    ),
    Field("greatest_elevation", "angle", "upper edge of the sector", greatest=90 * DEGREE),
    Field("uncued_range_fraction", "fraction", "search range without a cue / range", greatest=1.0),
    Field("track_time", "time", "time in view before a track is good enough to commit"),
    Field("report_latency", "time", "from measurement to report"),
)
_SPACE_INFRARED = (
    Field("detection_delay", "time", "from ignition to detection"),
    Field("report_latency", "time", "from detection to report"),
)
_SITE = (
    Field("latitude", "angle", "geodetic, WGS-84", -90 * DEGREE, 90 * DEGREE),
    Field("longitude", "angle", "east positive, WGS-84", -180 * DEGREE, 180 * DEGREE),
)
_LEGS = {"icbm": "ICBMs", "slbm": "SLBMs", "bomber": "bombers", "all": "all together"}
_FORCE = (
    *(
        Field(f"{leg}_{what}", "count", f"{what} of {said}, as a table adds them up", optional=True)
        for leg, said in _LEGS.items()
        for what in ("launchers", "warheads")
    ),
    Field("deployed_strategic", "count", "deployed strategic warheads", optional=True),
    Field("stockpile", "count", "warheads in the military stockpile", optional=True),
)
_WEAPON = (
    Field("launchers", "count", "launchers: silos, vehicles, tubes or aircraft", least=1.0),
    Field("warheads", "count", "warheads assigned to them"),
    Field("deployed_fraction", "fraction", "of these warheads, those deployed", greatest=1.0),
    Field("alert", "fraction", "launchers on alert, at sea or in the field, daily", greatest=1.0),
    Field("generation", "fraction", "of the rest, those a crisis makes ready", greatest=1.0),
    Field("reliability", "fraction", "from launch to the end point, undefended", greatest=1.0),
    Field("platform_launchers", "count", "launchers lost together", 1.0, optional=True),
    Field("nondeployed_launchers", "count", "launchers beside them", optional=True),
)
_BASING = (
    Field("survival", "fraction", "of launchers on alert that ride an attack out", greatest=1.0),
    Field("base_survival_ratio", "fraction", "survival of the others / theirs", greatest=1.0),
    Field("prompt_launch", "fraction", "of those on alert, launched under attack", greatest=1.0),
)
_PENETRATION = (
    Field("penetration", "fraction", "of weapons that pass all air defences", greatest=1.0),
)
_CONSTELLATION = (
    Field("satellites", "count", "satellites in orbit"),
    Field("altitude", "length", "height of their circular orbits"),
    Field("inclination", "angle", "of the orbits", greatest=90 * DEGREE),
    Field("flyout_speed", "speed", "of an interceptor relative to its satellite"),
    Field("detection_and_decision_time", "time", "from ignition to its launch"),
    Field("interceptors_per_satellite", "count", "interceptors that each carries"),
)
_BOOST = (
    Field("reference_range", "length", "range to which this boost belongs"),
    Field("burn_time", "time", "from ignition to burnout"),
    Field("burnout_altitude", "length", "height at burnout"),
    Field("burnout_ground_distance", "length", "ground distance from launch to burnout"),
)
_TRACKING = (
    Field("reference_snr", "fraction", "signal-to-noise ratio at the reference range"),
    Field("range_error", "length", "error of range at a signal-to-noise ratio of 1"),
    Field("angle_error", "angle", "error of either angle at a signal-to-noise ratio of 1"),
    Field("range_floor", "length", "error of range that no ratio takes away"),
    Field("angle_floor", "angle", "error of either angle that no ratio takes away"),
    Field("detection_probability", "fraction", "chance that one look detects", greatest=1.0),
    Field("revisit", "time", "between two looks at one object"),
    Field("registration_error", "length", "error of a site's frame against the others'"),
)
_HANDOVER = (
    Field("handover_basket", "length", "error of prediction at which a launch makes sense"),
    Field("fire_control_basket", "length", "error at which no radar of its own need guide it"),
    Field("prediction_lead", "time", "from launch to intercept in a typical shot"),
)
# What only runs with agreements read.
TRACKING_GROUPS: dict[str, tuple[Field, ...]] = {
    **{f"radar-{band}": _TRACKING for band in ("x", "s", "l", "uhf", "vhf")},
    "infrared-cue": (
        Field("cue_place_error", "length", "error of the place at burnout, each axis"),
        Field("cue_speed_error", "speed", "error of the velocity at burnout, each axis"),
    ),
    **{f"handover-{kind}": _HANDOVER for kind in ("lower", "upper", "long")},
}
# What only runs with raids read.
RAID_GROUP = "raid"
_RAID = (
    Field("salvo", "fraction", "interceptors fired at an object at once, rounded"),
    Field("salvo_rounds", "fraction", "salvos at an object at most, rounded"),
    Field("assessment_delay", "time", "from a salvo's last intercept until its outcome is known"),
    Field("launch_gap", "time", "least time between two launches of a battery"),
    Field(
        "system_correlation",
        "fraction",
        "of two shots of one type in one raid",
        greatest=1.0,
    ),
    Field(
        "object_correlation",
        "fraction",
        "of two shots of one type at one object",
        greatest=1.0,
    ),
    Field("true_taken", "fraction", "chance that a true object is taken for one", greatest=1.0),
    Field("decoy_taken", "fraction", "chance that another object is taken for one", greatest=1.0),
    Field("single_shot_kill", "fraction", "where an interceptor has no test record", greatest=1.0),
    Field("consent_spread", "fraction", "up and down, of the time consent takes", greatest=1.0),
    Field("leaker_error", "fraction", "sampling error of the mean leakers at which a raid ends"),
)
_DEFAULTS: dict[str, tuple[Field, ...]] = {
    "engagement": (Field("decision_time", "time", "from commit-quality track to launch"),),
    "link": (
        Field("own_link_latency", "time", "from a battery's own sensor to the battery"),
        Field("remote_link_latency", "time", "from any other sensor of the party to the battery"),
    ),
    "agreement": (
        Field("real_time_latency", "time", "of data shared in real time, beyond one's own"),
        Field("near_real_time_latency", "time", "of data shared in nearly real time"),
        Field("minutes_latency", "time", "of data passed on by people"),
        Field("days_latency", "time", "of declarations"),
        Field("centre_latency", "time", "what a centre for data fusion adds"),
        Field("link_availability", "fraction", "share of the time a link works", greatest=1.0),
        Field("centre_availability", "fraction", "share of the time a centre works", greatest=1.0),
        Field("concurrence_delay", "time", "from asking for consent to the answer"),
        Field(
            "concurrence_probability",
            "fraction",
            "chance that consent is given in time",
            greatest=1.0,
        ),
    ),
    "vehicle": (
        Field("exhaust_speed", "speed", "effective exhaust speed of every stage"),
        Field("rise_share", "fraction", "part of the burn time flown straight up", greatest=1.0),
        Field("launch_ballistic_coefficient", "mass per area", "m/(C_D A) at ignition"),
        Field("entry_ballistic_coefficient", "mass per area", "m/(C_D A) of what re-enters"),
    ),
    "reported-flight": (
        Field("burn_time_ratio", "fraction", "burn time of an unnamed missile / generic one"),
        Field("time_slack", "time", "how far a reported time may be off"),
        Field("speed_slack", "fraction", "how far a reported speed may be off", greatest=1.0),
        Field("greatest_apogee", "length", "above this a flight is no missile's"),
    ),
    "reach": (
        Field("burn_time", "time", "from launch to burnout, of an interceptor not named"),
        Field(
            "boost_path_fraction",
            "fraction",
            "its mean / final speed of powered flight",
            greatest=1.0,
        ),
        Field("flight_life", "time", "its longest time from launch to intercept"),
        Field("floor", "length", "its least height of an intercept"),
        Field("late_delay", "time", "launch delay at which reach is given with its interval"),
        Field("first_delay", "time", "least launch delay of a reach surface"),
        Field("last_delay", "time", "greatest launch delay of a reach surface"),
        Field("delay_step", "time", "between launch delays"),
        Field("grid_step", "angle", "between the places of a stored reach surface"),
        Field("fine_grid_step", "angle", "between the places of a single reach surface"),
        Field("patrol_step", "angle", "between the places of a patrol area"),
        Field("greatest_speed", "speed", "burnout speed at which a reach surface ends"),
    ),
    "limits": (
        Field(
            "tolerable_share",
            "fraction",
            "of its arriving warheads, below which a concern counts as moot",
            greatest=1.0,
        ),
    ),
    "growth": (
        Field("number_factor", "fraction", "interceptors of every battery / those of the plan"),
        Field("burnout_speed", "speed", "what every slower interceptor is raised to"),
    ),
    "boost-short": _BOOST,
    "boost-medium": _BOOST,
    "boost-long": _BOOST,
    **TRACKING_GROUPS,
    RAID_GROUP: _RAID,
}
DEFAULT_GROUPS = tuple(_DEFAULTS)
_BY_KIND = {
    "interceptor": _INTERCEPTOR,
    "site": _SITE,
    "force": _FORCE,
    "weapon": _WEAPON,
    "basing": _BASING,
    "route": _PENETRATION,
    "constellation": _CONSTELLATION,
}


def fields_of(kind: str, id: str, facts: Mapping[str, str]) -> tuple[Field, ...]:
    """Return the fields that an entry may have, in order; none for a source.

    All but the optional ones it has to have. A sensor's depend on its fact ``type``, a missile's
    on its fact ``role``, a default's on its id.
    """
    if kind == "sensor":
        return _SPACE_INFRARED if facts.get("type") == "space-infrared" else _RADAR
    if kind == "missile":
        return _STRATEGIC if facts.get("role") == "strategic" else _MISSILE
    if kind == "default":
        return _DEFAULTS.get(id, ())
    return _BY_KIND.get(kind, ())
