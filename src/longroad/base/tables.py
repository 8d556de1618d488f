"""The tables of a run: name, columns, types, units and meaning, in one place.

Writers, readers, exports and the data dictionary all use these schemas.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import RunError, nearest
from longroad.base.table_schema import Column, TableSchema
from longroad.base.tables_bargaining import BARGAINING
from longroad.base.tables_deterrent import DETERRENT

_NUMPY_KINDS = {"int32": "i", "float32": "f", "float64": "f", "bool": "b", "text": "OU"}
_EXACT = frozenset({"int32", "float32", "float64"})

_VARIANT = Column("variant", "text", "", "variant of the scenario")
_AGREEMENT = Column("agreement", "text", "", "agreement in force; 'none' when there is none")
_CIRCUMSTANCE = Column(
    "circumstance", "text", "", "as-agreed, withdrawn/<party>, refused/<party> ..."
)
_PARTY = Column("party", "text", "", "party whose defence or territory this is")
_MISSILE = Column("missile", "text", "", "threat of the scenario, by id")
_CELL = Column("cell", "text", "", "h3 cell, hexadecimal")
_COUNTRY = Column("country", "text", "", "country of this part of the cell, ISO 3166-1 alpha-3")
_DRAW = Column("draw", "int32", "", "draw of the assumptions; -1 is the best estimate")
_ARC = Column("arc", "int32", "", "number of the arc within the run")
_ASSUMPTIONS = Column("assumptions", "text", "", "'adopted', or <quantity id>=<claim>")
_TRAJECTORIES = Column("trajectories", "text", "", "trajectories of the scenario, by id")
_OWNER = Column("party", "text", "", "party that owns the site")
_SITE = Column("site", "text", "", "battery or patrol area, by id")
_SITE_KIND = Column("kind", "text", "", "battery or patrol-area")
_BASE = Column("base", "text", "", "base or submarine area the flight comes from")
_END = Column("end", "text", "", "reference end point it goes towards")
_SHAPE = Column("shape", "text", "", "shape of the flight, such as minimum-energy")
_FLIGHT = Column("flight", "int32", "", "number of the flight within the run")
_TIMING = Column("timing", "text", "", "delay, or own-sensors: as the owner's sensors support")

_SCHEMAS = (
    TableSchema(
        "draws",
        "one value of one quantity in one draw",
        (
            _DRAW,
            Column("quantity", "text", "", "id of the quantity"),
            Column("value", "float64", "", "value in the unit of the same row"),
            Column("unit", "text", "", "SI unit of the value"),
        ),
    ),
    TableSchema(
        "arcs",
        "one ballistic arc of the best estimate, at map resolution",
        (
            _ARC,
            _MISSILE,
            Column("launch_area", "text", "", "launch area of the scenario"),
            Column("shape", "text", "", "shape of the arc, such as minimum-energy"),
            _CELL,
            _COUNTRY,
            Column("range_km", "float64", "km", "ground distance from launch to impact"),
            Column("apogee_km", "float64", "km", "greatest height above the ellipsoid"),
            Column("burnout_speed_km_s", "float64", "km/s", "Earth-relative speed at burnout"),
            Column("flight_path_angle_deg", "float64", "deg", "Earth-relative angle at burnout"),
            Column("burnout_time_s", "float64", "s", "burnout after first ignition"),
            Column("time_of_flight_s", "float64", "s", "from ignition to impact"),
            Column("within_reach", "bool", "", "whether the missile reaches this cell"),
        ),
    ),
    TableSchema(
        "windows",
        "one interval of intercept times of one battery on one arc within reach",
        (
            _VARIANT,
            _AGREEMENT,
            _PARTY,
            Column("battery", "text", "", "battery that fires"),
            Column("mode", "text", "", "organic, launch-on-remote or engage-on-remote"),
            _ARC,
            Column("warned_s", "float64", "s", "first warning, after ignition"),
            Column("first_track_s", "float64", "s", "first radar track, after ignition"),
            Column("commit_s", "float64", "s", "earliest launch of the interceptor"),
            Column("window", "int32", "", "number of the interval, from 0"),
            Column("opens_s", "float64", "s", "earliest intercept, after ignition"),
            Column("closes_s", "float64", "s", "latest intercept, after ignition"),
            Column("intercept_altitude_km", "float64", "km", "height of the earliest intercept"),
            Column("launch_s", "float64", "s", "latest launch for the earliest intercept"),
        ),
    ),
    TableSchema(
        "coverage",
        "one country's part of one cell against one class of missile",
        (
            _VARIANT,
            _AGREEMENT,
            _PARTY,
            _MISSILE,
            Column("resolution", "int32", "", "h3 resolution"),
            _CELL,
            _COUNTRY,
            Column("area_km2", "float64", "km2", "land area of the country inside the cell"),
            Column("population", "float64", "1", "people of the country inside the cell"),
            Column("arcs", "int32", "", "arcs within reach, best estimate"),
            Column("engageable", "float64", "1", "share of them with a window, best estimate"),
            Column("engageable_mean", "float64", "1", "mean of that share over the draws"),
            Column("engageable_p05", "float64", "1", "its 5 % quantile over the draws"),
            Column("engageable_p95", "float64", "1", "its 95 % quantile over the draws"),
            Column(
                "all_engageable_share",
                "float64",
                "1",
                "share of draws in which every arc within reach has a window",
            ),
            Column("first_battery", "text", "", "battery with the earliest window, or empty"),
        ),
    ),
    TableSchema(
        "contributions",
        "one battery, sensor or mode of a party against one class of missile; best estimate",
        (
            _VARIANT,
            _AGREEMENT,
            _PARTY,
            _MISSILE,
            Column("kind", "text", "", "battery, sensor, or mode in which all batteries fire"),
            Column("asset", "text", "", "battery or sensor by id, or the mode"),
            Column("engageable_area_fraction", "float64", "1", "with all, of the area in reach"),
            Column("engageable_population_fraction", "float64", "1", "the same for people"),
            Column("without_area_fraction", "float64", "1", "without it; none for a mode"),
            Column("without_population_fraction", "float64", "1", "the same for people"),
            Column("alone_area_fraction", "float64", "1", "with it alone, or all in the mode"),
            Column("alone_population_fraction", "float64", "1", "the same for people"),
            Column("lost_area_share", "float64", "1", "of the engageable area, lost without it"),
            Column("lost_population_share", "float64", "1", "the same for people"),
        ),
    ),
    TableSchema(
        "differences",
        "one class of missile in two variants; shares of what it reaches in both, best estimate",
        (
            _AGREEMENT,
            _PARTY,
            _MISSILE,
            Column("from_variant", "text", "", "variant that stands first in the file"),
            Column("to_variant", "text", "", "variant compared with it"),
            Column("gained_area_fraction", "float64", "1", "engageable in the second only"),
            Column("gained_population_fraction", "float64", "1", "the same for people"),
            Column("lost_area_fraction", "float64", "1", "engageable in the first only"),
            Column("lost_population_fraction", "float64", "1", "the same for people"),
            Column("kept_area_fraction", "float64", "1", "engageable in both"),
            Column("kept_population_fraction", "float64", "1", "the same for people"),
            Column("never_area_fraction", "float64", "1", "engageable in neither"),
            Column("never_population_fraction", "float64", "1", "the same for people"),
        ),
    ),
    TableSchema(
        "flights",
        "one strategic flight of the best estimate, as adopted",
        (
            _FLIGHT,
            Column("variants", "text", "", "variants it stands in, separated by a comma"),
            _TRAJECTORIES,
            Column("owner", "text", "", "party whose missile it is"),
            Column("missile", "text", "", "missile of the catalogue, by id"),
            _BASE,
            _END,
            _SHAPE,
            Column("base_latitude_deg", "float64", "deg", "of the base"),
            Column("base_longitude_deg", "float64", "deg", "of the base"),
            Column("end_latitude_deg", "float64", "deg", "of the end point"),
            Column("end_longitude_deg", "float64", "deg", "of the end point"),
            Column("state", "text", "", "flies, out-of-range, no-flight or below-floor"),
            Column("range_km", "float64", "km", "ground distance from base to end point"),
            Column("apogee_km", "float64", "km", "greatest height above the ellipsoid"),
            Column("burnout_s", "float64", "s", "burnout after ignition"),
            Column("apogee_s", "float64", "s", "apogee after ignition"),
            Column("time_of_flight_s", "float64", "s", "from ignition to impact"),
            Column("burnout_speed_km_s", "float64", "km/s", "Earth-relative speed at burnout"),
            Column("impulsive_km_s", "float64", "km/s", "the same as an impulse at the base"),
            Column("burnout_x_km", "float64", "km", "at burnout, axes Earth-fixed at ignition"),
            Column("burnout_y_km", "float64", "km", "at burnout, axes Earth-fixed at ignition"),
            Column("burnout_z_km", "float64", "km", "at burnout, axes Earth-fixed at ignition"),
            Column("burnout_vx_km_s", "float64", "km/s", "inertial velocity at burnout"),
            Column("burnout_vy_km_s", "float64", "km/s", "inertial velocity at burnout"),
            Column("burnout_vz_km_s", "float64", "km/s", "inertial velocity at burnout"),
        ),
    ),
    TableSchema(
        "reach",
        "the least-speed intercept of one flight in one part of it, from one site and launch time",
        (
            _VARIANT,
            _OWNER,
            _SITE,
            _SITE_KIND,
            _TRAJECTORIES,
            _BASE,
            _END,
            _SHAPE,
            _ASSUMPTIONS,
            _TIMING,
            Column("delay_s", "float64", "s", "earliest launch, after the missile's ignition"),
            Column("part", "text", "", "before-apogee or after-apogee"),
            Column("least_burnout_speed_km_s", "float64", "km/s", "no slower one meets it"),
            Column("impulsive_km_s", "float64", "km/s", "the same as an impulse at the site"),
            Column("burnout_speed_km_s", "float64", "km/s", "the battery's own"),
            Column("reachable", "bool", "", "whether the battery's own speed suffices"),
            Column("overtaking", "bool", "", "from behind: crossing angle below 90 deg"),
            Column("launch_s", "float64", "s", "launch of the least-speed shot"),
            Column("intercept_s", "float64", "s", "its intercept, after ignition"),
            Column("intercept_altitude_km", "float64", "km", "height of the intercept"),
            Column("intercept_latitude_deg", "float64", "deg", "of the intercept"),
            Column("intercept_longitude_deg", "float64", "deg", "of the intercept"),
            Column("crossing_deg", "float64", "deg", "between the velocities; 180 is head on"),
            Column("closing_speed_km_s", "float64", "km/s", "relative speed at the intercept"),
            Column("site_latitude_deg", "float64", "deg", "where the shot starts"),
            Column("site_longitude_deg", "float64", "deg", "where the shot starts"),
        ),
    ),
    TableSchema(
        "reach_shares",
        "one site against one entry of trajectories, by launch time and part of the flight",
        (
            _VARIANT,
            _OWNER,
            _SITE,
            _SITE_KIND,
            _TRAJECTORIES,
            _ASSUMPTIONS,
            _TIMING,
            Column("delay_s", "float64", "s", "earliest launch; none for own-sensors"),
            Column("part", "text", "", "before-apogee, after-apogee or any"),
            Column("pairs", "int32", "", "flights that the missile can make, best estimate"),
            Column("reachable_pairs", "int32", "", "of them within the battery's reach"),
            Column("overtaking_pairs", "int32", "", "within reach from behind, before the apogee"),
            Column("fraction", "float64", "1", "share of pairs within reach, best estimate"),
            Column("fraction_p05", "float64", "1", "its 5 % quantile over the draws"),
            Column("fraction_p95", "float64", "1", "its 95 % quantile over the draws"),
            Column("fraction_mc_se", "float64", "1", "sampling error of its mean"),
            Column("least_km_s", "float64", "km/s", "least burnout speed over the pairs"),
            Column("least_p05_km_s", "float64", "km/s", "its 5 % quantile over the draws"),
            Column("least_p95_km_s", "float64", "km/s", "its 95 % quantile over the draws"),
            Column("least_mc_se_km_s", "float64", "km/s", "sampling error of its mean"),
        ),
    ),
    TableSchema(
        "surfaces",
        "the least burnout speed of the generic interceptor from one place, at one launch delay",
        (
            _FLIGHT,
            Column("latitude_deg", "float32", "deg", "of the place"),
            Column("longitude_deg", "float32", "deg", "of the place"),
            Column("delay_s", "float32", "s", "earliest launch, after the missile's ignition"),
            Column("before_apogee_km_s", "float32", "km/s", "least speed; inf: above the scale"),
            Column("after_apogee_km_s", "float32", "km/s", "least speed; inf: above the scale"),
        ),
    ),
    TableSchema(
        "agreements",
        "one outcome of one party under one agreement in one circumstance, against one missile",
        (
            _VARIANT,
            _AGREEMENT,
            _CIRCUMSTANCE,
            _PARTY,
            _MISSILE,
            Column("outcome", "text", "", "what is told, such as engageable_area_fraction"),
            Column("best", "float64", "", "best estimate; none where it does not exist"),
            Column("p05", "float64", "", "5 % quantile over the draws in which it exists"),
            Column("p95", "float64", "", "95 % quantile over the draws in which it exists"),
            Column("mc_se", "float64", "", "sampling error of the mean"),
            Column("unit", "text", "", "unit of the four numbers"),
        ),
    ),
    TableSchema(
        "agreement_outcomes",
        "one outcome of one draw of one agreement in one circumstance, as adopted",
        (
            _VARIANT,
            _AGREEMENT,
            _CIRCUMSTANCE,
            _PARTY,
            _MISSILE,
            _DRAW,
            Column("outcome", "text", "", "what is told, such as engageable_area_fraction"),
            Column("unit", "text", "", "unit of the value"),
            Column("value", "float64", "", "value in the unit of the same row"),
        ),
    ),
    TableSchema(
        "sequence",
        "one event of one engagement, told under one agreement; best estimate",
        (
            _VARIANT,
            _AGREEMENT,
            _CIRCUMSTANCE,
            _PARTY,
            _MISSILE,
            _SHAPE,
            Column("launch_area", "text", "", "launch area of the scenario"),
            Column("aim_latitude_deg", "float64", "deg", "of the cell it is aimed at"),
            Column("aim_longitude_deg", "float64", "deg", "of the cell it is aimed at"),
            Column("event", "text", "", "ignition, burnout, warned, first-track ... impact"),
            Column("time_s", "float64", "s", "after ignition; none for never"),
            Column("actor", "text", "", "battery, sensor or party, by id; empty for the missile"),
            Column("path", "text", "", "ids by which the data came, from the sensor on"),
        ),
    ),
    TableSchema(
        "agreement_cells",
        "one country's part of one cell under one agreement; best estimate, ensemble resolution",
        (
            _VARIANT,
            _AGREEMENT,
            _CIRCUMSTANCE,
            _PARTY,
            _MISSILE,
            _CELL,
            _COUNTRY,
            Column("engaged", "float64", "1", "share of its arcs engaged; none out of reach"),
        ),
    ),
    TableSchema(
        "exposure",
        "one aspect of one asset of the giver that one provision shows one receiver",
        (
            _VARIANT,
            _AGREEMENT,
            Column("provision", "text", "", "provision of the agreement, by id"),
            Column("giver", "text", "", "party whose asset is shown"),
            Column("receiver", "text", "", "party that learns of it"),
            Column("asset", "text", "", "sensor by id; empty for the defence as a whole"),
            Column("aspect", "text", "", "location, coverage, accuracy, latency, number ..."),
            Column("depth", "text", "", "D0 to D4; empty for what is not data"),
            Column("through", "text", "", "parties that the data pass, joined by ' > '"),
            Column("kept", "bool", "", "whether the receiver knows it still when the giver left"),
        ),
    ),
    TableSchema(
        "proposals",
        "one agreement of one variant: what it is, who proposed it and when",
        (
            _VARIANT,
            _AGREEMENT,
            Column("name", "text", "", "the name readers see"),
            Column("architecture", "text", "", "none, restraint, A0 to A4, or empty"),
            Column("proposed_by", "text", "", "parties by id, separated by a comma"),
            Column("date", "text", "", "when it was proposed or made; empty when it never was"),
            Column("sources", "text", "", "ids in the bibliography, separated by a comma"),
            Column("note", "text", "", "a remark for readers, or empty"),
        ),
    ),
    TableSchema(
        "raid",
        "one outcome of one raid under one agreement, circumstance and discrimination",
        (
            _VARIANT,
            Column("raid", "text", "", "raid of the scenario, by id"),
            _ASSUMPTIONS,
            _AGREEMENT,
            Column("circumstance", "text", "", "as-agreed or withdrawn/<party>"),
            Column("discrimination", "text", "", "perfect, stated or none"),
            Column("party", "text", "", "party it is told of; empty for all together"),
            Column("outcome", "text", "", "what is told, such as leakers"),
            Column("best", "float64", "", "mean over replicates at best estimates"),
            Column("p05", "float64", "", "5 % quantile of the mean over the draws"),
            Column("p95", "float64", "", "95 % quantile of the mean over the draws"),
            Column("mc_se", "float64", "", "sampling error of the best estimate's mean"),
            Column("outcome_p05", "float64", "", "5 % quantile of chance at best estimates"),
            Column("outcome_p95", "float64", "", "95 % quantile of chance at best estimates"),
            Column("unit", "text", "", "unit of the numbers"),
        ),
    ),
    TableSchema(
        "raid_steps",
        "one outcome of one raid with an agreement's provisions up to one of them, best estimate",
        (
            _VARIANT,
            Column("raid", "text", "", "raid of the scenario, by id"),
            _AGREEMENT,
            Column("step", "int32", "", "how many of the provisions hold"),
            Column("provision", "text", "", "the last of them"),
            Column("kind", "text", "", "what it is: share, centre, authority ..."),
            Column("discrimination", "text", "", "perfect, stated or none"),
            Column("outcome", "text", "", "leakers or interceptors_wasted"),
            Column("value", "float64", "1", "mean with the provisions so far"),
            Column("change", "float64", "1", "what this provision adds to it"),
            Column("change_se", "float64", "1", "sampling error of the change"),
        ),
    ),
    TableSchema(
        "outcomes",
        "one outcome of one draw under one set of assumptions",
        (
            _VARIANT,
            _AGREEMENT,
            _PARTY,
            _ASSUMPTIONS,
            _DRAW,
            Column("outcome", "text", "", "<measure>/<missile>, or a measure of reach in full"),
            Column("unit", "text", "", "unit of the value"),
            Column("value", "float64", "", "value in the unit of the same row"),
        ),
    ),
)
SCHEMAS: dict[str, TableSchema] = {
    schema.name: schema for schema in (*_SCHEMAS, *DETERRENT, *BARGAINING)
}


def schema(name: str) -> TableSchema:
    """Return the schema of a table; raise :class:`RunError` when there is none."""
    if name in SCHEMAS:
        return SCHEMAS[name]
    raise RunError(
        f"'{name}' is not a table of a run",
        expected=", ".join(SCHEMAS),
        nearest=nearest(name, SCHEMAS),
    )


def validate(name: str, columns: Mapping[str, NDArray]) -> None:
    """Check columns against a schema: names and order, one length, one dimension, types.

    Text is an array of objects or of NumPy strings. Raises :class:`RunError`.
    """
    table = schema(name)
    for given in columns:
        table.column(given)
    if tuple(columns) != table.names:
        raise RunError(
            f"the columns of '{name}' are {', '.join(columns)}", expected=", ".join(table.names)
        )
    lengths = set()
    for column in table.columns:
        array = np.asarray(columns[column.name])
        lengths.add(array.shape)
        fits = array.dtype.kind in _NUMPY_KINDS[column.dtype]
        if not fits or (column.dtype in _EXACT and array.dtype != column.dtype):
            raise RunError(
                f"column '{column.name}' of '{name}' is {array.dtype}", expected=column.dtype
            )
    if len(lengths) != 1 or len(next(iter(lengths))) != 1:
        raise RunError(
            f"the columns of '{name}' differ in shape", expected="flat columns of one length"
        )
