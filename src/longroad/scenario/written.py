"""The format of a scenario, field by field: name, type, meaning.

One table for validation, for error texts and for the JSON Schema that editors use. Each
description is a noun phrase, because it is read out after "expected" when the field is missing.
Positions, shapes and quantities are `Any` here: :mod:`longroad.scenario.values` reads them,
since a fault inside them is a fault of units, status or source rather than of form.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from longroad.scenario.claim import Posture

FORMAT_VERSION = 1
COARSEST_RESOLUTION = 2
FINEST_RESOLUTION = 4
MOST_DRAWS = 100_000
MOST_ENDS = 60
MOST_SHAPES = 12
LARGEST_SEED = 2**53 - 1  # the largest whole number that JSON readers agree on

Text = Annotated[str, Field(min_length=1, max_length=300)]
LongText = Annotated[str, Field(min_length=1, max_length=6000)]
Word = Annotated[str, Field(min_length=1, max_length=120)]
Country = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})]

_NUMBER_WITH_UNIT = {"type": "string", "pattern": r"^\s*[-+]?[0-9.]"}
_PROVENANCE = {
    "status": {
        "enum": ["published", "reported", "judgement", "unverified"],
        "description": "published: the source was seen; reported: second-hand; judgement: own "
        "estimate with author and reason; unverified: from memory",
    },
    "source": {
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
        "description": "id or ids in the bibliography of the catalogue",
    },
    "author": {"type": "string", "description": "who judged"},
    "reason": {"type": "string", "description": "why the judgement is what it is"},
    "note": {"type": "string"},
}
_POSITION_SCHEMA = {
    "description": "a position: a catalogue site, a place of this file, or latitude and longitude "
    "with status and source",
    "anyOf": [
        {"type": "string", "pattern": r"^(site|place)/[a-z0-9-]+$"},
        {
            "type": "object",
            "properties": {
                "latitude": _NUMBER_WITH_UNIT,
                "longitude": _NUMBER_WITH_UNIT,
                **_PROVENANCE,
            },
            "required": ["latitude", "longitude", "status"],
            "additionalProperties": False,
        },
    ],
}
_PLACE_SCHEMA = {
    "description": "a named position that sensors and batteries share",
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "latitude": _NUMBER_WITH_UNIT,
        "longitude": _NUMBER_WITH_UNIT,
        **_PROVENANCE,
    },
    "required": ["latitude", "longitude", "status"],
    "additionalProperties": False,
}
_SHAPE_SCHEMA = {
    "description": "a trajectory shape",
    "anyOf": [
        {"const": "minimum-energy"},
        {
            "type": "object",
            "properties": {
                "apogee": _NUMBER_WITH_UNIT,
                "time_of_flight": _NUMBER_WITH_UNIT,
                "burnout_speed": _NUMBER_WITH_UNIT,
                "branch": {"enum": ["lofted", "depressed"]},
            },
            "additionalProperties": False,
            "minProperties": 1,
        },
    ],
}
_QUANTITY_SCHEMA = {
    "description": "a quantity, a dispute, or the claim of a catalogued dispute to adopt",
    "type": "object",
    "properties": {
        "best": _NUMBER_WITH_UNIT,
        "low": _NUMBER_WITH_UNIT,
        "high": _NUMBER_WITH_UNIT,
        "distribution": {"enum": ["pert", "uniform", "triangular", "fixed"]},
        **_PROVENANCE,
        "held_by": {},
        "claim": {"type": "string"},
        "claimant": {"type": "string"},
        "disputed": {"type": "array", "items": {"type": "object"}},
        "adopted": {"type": "string"},
    },
    "additionalProperties": False,
    "anyOf": [{"required": ["best"]}, {"required": ["claim"]}, {"required": ["disputed"]}],
}
_ANGLE_SCHEMA = {**_NUMBER_WITH_UNIT, "examples": ["110 deg"]}

WrittenPosition = Annotated[Any, WithJsonSchema(_POSITION_SCHEMA)]
WrittenPlace = Annotated[Any, WithJsonSchema(_PLACE_SCHEMA)]
WrittenShape = Annotated[Any, WithJsonSchema(_SHAPE_SCHEMA)]
WrittenQuantity = Annotated[Any, WithJsonSchema(_QUANTITY_SCHEMA)]
WrittenAngle = Annotated[Any, WithJsonSchema(_ANGLE_SCHEMA)]
WrittenDate = Annotated[
    Any,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{4}(-\d{2}){0,2}$"},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
            ]
        }
    ),
]
WrittenNumber = Annotated[Any, WithJsonSchema(_NUMBER_WITH_UNIT)]
# Counts have no unit.
WrittenBound = Annotated[Any, WithJsonSchema({"anyOf": [_NUMBER_WITH_UNIT, {"type": "number"}]})]
OWN_SENSORS = "own-sensors"
WrittenDelay = Annotated[
    Any, WithJsonSchema({"anyOf": [{"const": OWN_SENSORS}, _NUMBER_WITH_UNIT]})
]


class Form(BaseModel):
    """Base of all written forms: unknown fields are refused, nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=False)


class Named(Form):
    """What most entries share."""

    name: Text | None = Field(None, description="the name readers see (the id when absent)")
    note: LongText | None = Field(None, description="a remark for readers")


class WrittenBox(Form):
    """A latitude-longitude box; it crosses the antimeridian when west is greater than east."""

    south: WrittenAngle = Field(description="the southern edge as an angle, such as 34 deg")
    north: WrittenAngle = Field(description="the northern edge as an angle, such as 72 deg")
    west: WrittenAngle = Field(description="the western edge as an angle, such as -25 deg")
    east: WrittenAngle = Field(description="the eastern edge as an angle, such as 45 deg")


class WrittenParty(Named):
    """A party: a state or an alliance that owns assets and defends territory."""

    defends: list[Country] = Field(
        default=[],
        max_length=300,
        description="a list of ISO 3166 codes of three capital letters, such as [POL, DEU]",
    )
    within: WrittenBox | None = Field(
        None, description="a box with south, north, west, east that the territory is cut to"
    )


class WrittenLaunchArea(Named):
    """A reference area from which missiles are considered to be launched."""

    at: WrittenPosition = Field(description="a position")


class WrittenThreat(Named):
    """A class of missiles considered: what, from where, in which shapes, against whom."""

    missile: Word = Field(description="a missile of the catalogue, such as missile/sejjil")
    from_: list[Word] = Field(
        alias="from", min_length=1, max_length=200, description="ids of launch areas"
    )
    shapes: list[WrittenShape] = Field(
        min_length=1,
        max_length=MOST_SHAPES,
        description="trajectory shapes, such as [minimum-energy]",
    )
    against: list[Word] = Field(min_length=1, max_length=50, description="ids of parties")


class WrittenTrajectories(Named):
    """Strategic missiles of a party, from its bases towards reference end points.

    End points are geographic points that give trajectories their direction, not targets.
    """

    owner: Word = Field(description="id of the party whose missiles these are")
    missile: Word = Field(description="a missile of the catalogue, such as missile/ss-27-mod-2")
    from_: list[WrittenPosition] = Field(
        alias="from",
        min_length=1,
        max_length=MOST_ENDS,
        description="positions of bases or submarine areas, such as [site/kozelsk]",
    )
    towards: list[WrittenPosition] = Field(
        min_length=1,
        max_length=MOST_ENDS,
        description="positions of reference end points, such as [site/end-washington]",
    )
    shapes: list[WrittenShape] = Field(
        min_length=1,
        max_length=MOST_SHAPES,
        description="trajectory shapes, such as [minimum-energy]",
    )


class WrittenPatrolArea(Named):
    """A sea area in which a party's ships may stand: the sea inside a box."""

    owner: Word = Field(description="id of the party whose ships these are")
    within: WrittenBox = Field(
        description="a box with south, north, west, east; it crosses the antimeridian when west "
        "is greater than east"
    )


class WrittenConstellation(Named):
    """A layer of interceptors in orbit that a party owns."""

    owner: Word = Field(description="id of the party that owns it")
    constellation: Word = Field(
        description="a layer of the catalogue, such as constellation/boost-layer-500"
    )


class WrittenSensor(Named):
    """A sensor that a party owns."""

    owner: Word = Field(description="id of the party that owns it")
    sensor: Word = Field(description="a sensor of the catalogue, such as sensor/an-tpy-2-forward")
    at: WrittenPosition = Field(None, description="a position (a radar needs one)")
    facing: WrittenAngle = Field(
        None, description="the azimuth of the middle of its sector, such as 110 deg"
    )


class WrittenBattery(Named):
    """Interceptors of one type at one position."""

    owner: Word = Field(description="id of the party that owns it")
    interceptor: Word = Field(
        description="an interceptor of the catalogue, such as interceptor/sm3-ia"
    )
    number: int = Field(ge=1, le=100_000, description="how many interceptors it holds")
    at: WrittenPosition = Field(description="a position")
    own_radar: Word | None = Field(None, description="id of the sensor that belongs to it")
    mode: Literal["organic", "launch-on-remote", "engage-on-remote"] = Field(
        description="organic, launch-on-remote or engage-on-remote"
    )


class WrittenAssumptionSet(Named):
    """Values of quantities that one party holds: additional rows of the run."""

    held_by: Word = Field(description="id of the party that holds these assumptions")
    mode: Literal["stated", "attributed", "adopted"] = Field(
        description="stated (by the party), attributed (by others) or adopted (by the author)"
    )
    set: dict[str, WrittenQuantity] = Field(
        min_length=1, max_length=500, description="quantities by dotted id"
    )


class WrittenGrid(Form):
    """Resolutions of the h3 grid: 2 (5,882 cells on Earth), 3 (41,162) or 4 (288,122)."""

    ensemble: int = Field(
        ge=COARSEST_RESOLUTION,
        le=FINEST_RESOLUTION,
        description="h3 resolution of the uncertainty ensemble",
    )
    map: int = Field(
        ge=COARSEST_RESOLUTION,
        le=FINEST_RESOLUTION,
        description="h3 resolution of the best-estimate map",
    )


class Head(Form):
    """What a scenario says about itself."""

    longroad: int = Field(description="the version of this format: 1")
    id: Word = Field(description="a short id in lower-case letters, digits and hyphens")
    title: Text = Field(description="the title readers see")
    question: LongText = Field(description="the question the scenario answers, in one sentence")
    author: Text = Field(description="who wrote the scenario")
    naming: Literal["shown", "generic"] = Field(
        "shown", description="whether launch areas and missiles keep their names: shown or generic"
    )
    seed: int = Field(ge=0, le=LARGEST_SEED, description="the seed of all draws, a whole number")
    draws: int = Field(
        ge=1, le=MOST_DRAWS, description="how many draws of the uncertain quantities"
    )
    grid: WrittenGrid = Field(description="grid resolutions, such as {ensemble: 3, map: 4}")
    headline: Word | None = Field(
        None, description="id of the variant readers are told of first (the last when absent)"
    )
    note: LongText | None = Field(None, description="a remark for readers")


class Sections(Form):
    """The parts that a variant may override."""

    parties: dict[str, WrittenParty] = Field(description="the parties by id")
    places: dict[str, WrittenPlace] = Field(
        default={}, description="named positions by id, used as place/<id>"
    )
    launch_areas: dict[str, WrittenLaunchArea] = Field(description="launch areas by id")
    threats: dict[str, WrittenThreat] = Field(description="missile classes considered, by id")
    trajectories: dict[str, WrittenTrajectories] = Field(
        default={}, description="strategic missiles from bases towards end points, by id"
    )
    patrol_areas: dict[str, WrittenPatrolArea] = Field(
        default={}, description="sea areas of ships, by id"
    )
    constellations: dict[str, WrittenConstellation] = Field(
        default={}, description="layers of interceptors in orbit, by id"
    )
    sensors: dict[str, WrittenSensor] = Field(default={}, description="sensors by id")
    batteries: dict[str, WrittenBattery] = Field(default={}, description="batteries by id")
    assume: dict[str, WrittenQuantity] = Field(
        default={}, description="quantities that replace catalogue values, by dotted id"
    )
    assumptions: dict[str, WrittenAssumptionSet] = Field(
        default={}, description="named assumption sets by id"
    )
    # Their form stands in written_agreements, which is made of the forms above.
    agreements: dict[str, Any] = Field(default={}, description="agreements between parties by id")
    # Their forms stand in written_raids, likewise.
    raids: dict[str, Any] = Field(default={}, description="raids by id")
    doctrines: dict[str, Any] = Field(
        default={}, description="how batteries fire, by the id of a party or of a battery"
    )


class VariantHead(Form):
    """What a variant says about itself; beside it stand the sections it overrides."""

    title: Text | None = Field(None, description="the title readers see")
    year: int | None = Field(None, ge=1900, le=2200, description="the year it stands for")
    note: LongText | None = Field(None, description="a remark for readers")


class WrittenMeasure(Form):
    """The figure that tests a claim."""

    outcome: Word = Field(description="a measure, such as engageable_population_fraction")
    variant: Word = Field(description="id of a variant ('base' where there are none)")
    party: Word = Field(description="id of the party whose territory is measured")
    missile: Word = Field(description="id of a threat")
    countries: list[Country] | None = Field(
        None, min_length=1, description="the part of the territory that is meant, by ISO 3166 codes"
    )
    agreement: Word | None = Field(
        None, description="id of an agreement of the variant (none when absent)"
    )


class WrittenReachMeasure(Form):
    """The figure that tests a claim about reach."""

    outcome: Word = Field(description="a measure of reach, such as least_burnout_speed")
    variant: Word = Field(description="id of a variant ('base' where there are none)")
    trajectories: Word | list[Word] = Field(description="id of trajectories, or a list of ids")
    delay: WrittenDelay = Field(
        description="launch after the missile's ignition, such as 300 s; or own-sensors, the "
        "earliest launch that the owner's sensors support"
    )
    part: Literal["before-apogee", "after-apogee", "any"] = Field(
        "any", description="the part of the flight: before-apogee, after-apogee or any"
    )
    battery: Word | None = Field(None, description="id of a battery")
    patrol_area: Word | None = Field(None, description="id of a patrol area")
    site: Word | None = Field(None, description="a position: site/<id> or place/<id>")
    party: Word | None = Field(None, description="id of a party: all its batteries together")
    speed: WrittenNumber = Field(
        None, description="a burnout speed in place of the batteries' own, such as 6.3 km/s"
    )
    bases: list[Word] | None = Field(None, min_length=1, description="only these bases, by id")
    ends: list[Word] | None = Field(None, min_length=1, description="only these end points, by id")


class WrittenExchangeMeasure(Form):
    """The figure that tests a claim about a deterrent."""

    outcome: Word = Field(description="a measure of an exchange, such as warheads_lost_fraction")
    variant: Word = Field(description="id of a variant ('base' where there are none)")
    party: Word = Field(description="id of the party whose defence is meant")
    owner: Word = Field(description="id of the party whose strategic force is meant")
    towards: Word = Field(description="country of the reference end points, by its ISO 3166 code")
    posture: Posture = Field(description="readiness before an attack, and what is done under it")
    delay: WrittenDelay = Field(
        description="launch after the missile's ignition, such as 300 s; or own-sensors, the "
        "earliest launch that the defender's sensors support"
    )
    assumptions: Word = Field(
        "adopted", description="a reading of the numbers, such as owner-extreme"
    )


class WrittenThreshold(Form):
    """The value at which a claim holds: one bound."""

    at_least: WrittenBound = Field(None, description="the least value, such as 90 %; a count: 1")
    at_most: WrittenBound = Field(None, description="the greatest value, such as 10 %; a count: 1")


class WrittenClaim(Form):
    """A sentence that a named person or document really said, and what would test it."""

    who: Text = Field(description="who said it")
    said: LongText = Field(description="what was said, in our own words")
    date: WrittenDate = Field(
        None,
        description="when it was said: YYYY, YYYY-MM or YYYY-MM-DD; absent where its source bears "
        "no date",
    )
    source: Word = Field(description="id of an entry of the bibliography")
    measure: Any = Field(
        description="the figure that tests it: outcome, variant, party, missile; or of reach, or "
        "of an exchange, or of bargaining"
    )
    threshold: WrittenThreshold = Field(description="{at_least: 90 %} or {at_most: 10 %}")
    fixed_on: WrittenDate = Field(
        description="the day measure and threshold were fixed, YYYY-MM-DD"
    )
    note: LongText | None = Field(None, description="a remark for readers")


class WrittenClaims(Form):
    """A claims register."""

    longroad: int = Field(description="the version of this format: 1")
    scenario: Word = Field(description="the id of the scenario these claims are about")
    claims: Any = Field(description="claims by id")


REQUIRED_SECTIONS = ("parties", "launch_areas", "threats")
SECTION_NAMES = tuple(Sections.model_fields)
