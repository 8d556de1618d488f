"""The format of agreements, field by field: the part of a scenario under ``agreements:``.

A continuation of :mod:`longroad.scenario.written`. What may be left out is filled in where it is
read (:mod:`longroad.scenario.read_provisions`), from the catalogue's `default.agreement`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import Field, WithJsonSchema

from longroad.scenario.agreement import (
    Allocation,
    Architecture,
    AuthorityMode,
    Basing,
    CentrePurpose,
    LatencyClass,
    LegalForm,
    LimitOn,
    Measure,
    Onward,
    SectorBy,
    Topology,
)
from longroad.scenario.written import (
    Country,
    Form,
    LongText,
    Named,
    Text,
    Word,
    WrittenAngle,
    WrittenDate,
    WrittenQuantity,
)

MOST_PROVISIONS = 60
MOST_MEMBERS = 50
MOST_VERTICES = 200
ALL_ASSETS = ("all", "radars", "infrared", "received")
DepthName = Literal["D0", "D1", "D2", "D3", "D4"]
StatusName = Literal["published", "reported", "judgement", "unverified"]

_WORDS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
Words = Annotated[Any, WithJsonSchema(_WORDS)]
MEASURES: tuple[str, ...] = get_args(Measure)
_Measure = Annotated[Word, WithJsonSchema({"type": "string", "enum": list(MEASURES)})]
_Bound = Annotated[Any, WithJsonSchema({"type": ["string", "integer"]})]
READINGS: tuple[str, ...] = get_args(SectorBy)
# Checked where they are read, so that a wrong one is told with the nearest.
_Reading = Annotated[Any, WithJsonSchema({"type": "string", "enum": list(READINGS)})]
_VERTEX = Annotated[list[WrittenAngle], Field(min_length=2, max_length=2)]


class WrittenGround(Form):
    """Why provisions are taken to be so."""

    status: StatusName = Field(
        description="published (the source was seen), reported (second-hand), judgement (own, with "
        "author and reason) or unverified (from memory)"
    )
    source: Words = Field(None, description="id or ids in the bibliography of the catalogue")
    author: Text | None = Field(None, description="who judged")
    reason: LongText | None = Field(None, description="why the judgement is what it is")


class WrittenProvision(Form):
    """What every provision may say about itself."""

    kind: Word = Field(
        description="share, centre, authority, sector, allocate, limit, transparency or guarantee"
    )
    status: StatusName | None = Field(
        None, description="published, reported, judgement or unverified (the agreement's if absent)"
    )
    source: Words = Field(None, description="id or ids in the bibliography of the catalogue")
    author: Text | None = Field(None, description="who judged")
    reason: LongText | None = Field(None, description="why the judgement is what it is")
    begins: WrittenDate = Field(None, description="the day it begins: YYYY, YYYY-MM or YYYY-MM-DD")
    ends: WrittenDate = Field(None, description="the last day: YYYY, YYYY-MM or YYYY-MM-DD")
    note: LongText | None = Field(None, description="a remark for readers")


class WrittenRegion(Form):
    """A part of the Earth: everything in one of the things named."""

    area: list[_VERTEX] | None = Field(
        None,
        min_length=1,
        max_length=MOST_VERTICES,
        description="a polygon, as a list of [latitude, longitude], joined by great circles; it "
        "may cross the antimeridian or go around a pole",
    )
    countries: list[Country] | None = Field(
        None, max_length=300, description="countries, by ISO 3166 codes of three capital letters"
    )
    territory_of: Words = Field(None, description="id or ids of parties: what they defend")
    launch_areas: list[Word] | None = Field(
        None, max_length=200, description="ids of launch areas (for sectors by launch origin)"
    )
    patrol_areas: list[Word] | None = Field(
        None, max_length=100, description="ids of patrol areas of this scenario"
    )


class WrittenShare(WrittenProvision):
    """One party gives others data of its sensors, or hands on what it was given."""

    from_: Word = Field(alias="from", description="id of the party that gives")
    to: Words = Field(None, description="id or ids of the parties that receive")
    via: Word | None = Field(
        None,
        description="id of a fusion centre; its other members receive the data, or those of 'to'",
    )
    assets: Words = Field(
        description="ids of sensors; or one of the words all, radars, infrared (the giver's own) "
        "and received (what it was given and may hand on)"
    )
    depth: DepthName = Field(
        description="D0 nothing, D1 launch notification, D2 early-warning detections, D3 tracks, "
        "D4 fire-control quality"
    )
    latency: WrittenQuantity = Field(
        None, description="what the link adds to the sensor's own report, a quantity of time"
    )
    latency_class: LatencyClass | None = Field(
        None, description="instead of a latency: real-time, near-real-time, minutes or days"
    )
    availability: WrittenQuantity = Field(
        None, description="share of the time the link works, a quantity from 0 to 1"
    )
    onward: Onward = Field(
        "no", description="whether a receiver may hand the data on: no, with-consent or yes"
    )


class WrittenCentre(WrittenProvision):
    """A joint centre; data shared through one for fusion reach all its members."""

    purpose: CentrePurpose = Field(description="fusion, planning or operations")
    members: list[Word] = Field(
        min_length=2, max_length=MOST_MEMBERS, description="ids of the parties that staff it"
    )
    host: Word | None = Field(None, description="id of the party on whose ground it stands")
    depth: DepthName = Field("D3", description="the deepest data it hands on")
    latency: WrittenQuantity = Field(
        None, description="what fusion adds to the latency of its links, a quantity of time"
    )
    availability: WrittenQuantity = Field(
        None, description="share of the time it works, a quantity from 0 to 1"
    )


class WrittenAuthority(WrittenProvision):
    """Who decides on a party's fire."""

    party: Words = Field(description="id or ids of the parties whose fire it is")
    mode: AuthorityMode = Field(description="own, rules (agreed before) or concurrence")
    of: Words = Field(None, description="id or ids of the parties that have to agree")
    delay: WrittenQuantity = Field(
        None, description="from asking to the answer, a quantity of time"
    )
    probability: WrittenQuantity = Field(
        None, description="chance that all agree in time, a quantity from 0 to 1"
    )


class WrittenSector(WrittenRegion, WrittenProvision):
    """A part of the world that is one party's to defend."""

    party: Word = Field(description="id of the party whose sector it is")
    by: SectorBy = Field(
        description="launch-origin, overflight, defended-territory or interceptor-reach"
    )
    exclusive: bool = Field(True, description="whether the other members may not engage in it")


class WrittenAllocate(WrittenProvision):
    """How members assign objects among their batteries."""

    members: list[Word] = Field(
        min_length=2, max_length=MOST_MEMBERS, description="ids of the parties"
    )
    how: Allocation = Field(description="independent, deconflicted or joint")


class WrittenLimit(WrittenRegion, WrittenProvision):
    """A limit on a party's own defence."""

    party: Words = Field(description="id or ids of the parties that are limited")
    on: LimitOn = Field(
        description="burnout-speed, number, keep-out, patrol-area, remote-engagement, no-intercept "
        "or activation"
    )
    at_most: _Bound = Field(
        None, description="the greatest burnout speed, such as 3 km/s, or number of interceptors"
    )
    basing: Basing = Field("all", description="the batteries it is about: land, sea or all")
    condition: Text | None = Field(
        None, description="what has to happen before batteries are switched on (activation)"
    )


class WrittenTransparency(WrittenProvision):
    """What a party shows others of its defence."""

    from_: Words = Field(alias="from", description="id or ids of the parties that show")
    to: Words = Field(description="id or ids of the parties that are shown")
    measures: list[_Measure] = Field(
        min_length=1,
        max_length=20,
        description="site-visits, observers, monitoring, test-observation, annual-declaration, "
        "burnout-speed-disclosure, telemetry, exercises or threat-assessment",
    )


class WrittenGuarantee(WrittenProvision):
    """A promise about what a defence is not for."""

    from_: Words = Field(alias="from", description="id or ids of the parties that promise")
    to: Words = Field(description="id or ids of the parties that are promised")
    legal_form: LegalForm = Field(
        description="none, unilateral, political, memorandum, executive-agreement, treaty, lease, "
        "unofficial or unstated"
    )
    says: LongText | None = Field(None, description="what is promised, in our own words")


PROVISIONS: dict[str, type[WrittenProvision]] = {
    "share": WrittenShare,
    "centre": WrittenCentre,
    "authority": WrittenAuthority,
    "sector": WrittenSector,
    "allocate": WrittenAllocate,
    "limit": WrittenLimit,
    "transparency": WrittenTransparency,
    "guarantee": WrittenGuarantee,
}


class WrittenBundle(Form):
    """A ready list of provisions, and who stands in its roles."""

    use: Word = Field(description="id of a bundle, as `longroad agreements` lists them")
    roles: dict[str, Words] = Field(
        default={}, description="the party or parties that stand in each role, by role"
    )
    assets: dict[str, Words] = Field(
        default={}, description="the sensors that the bundle calls by a name of its own, by name"
    )
    areas: dict[str, WrittenRegion] = Field(
        default={}, description="the parts of the Earth that the bundle leaves open, by name"
    )
    without: list[Word] = Field(
        default=[], max_length=MOST_PROVISIONS, description="ids of provisions to leave out"
    )


class WrittenAgreement(Named):
    """An agreement: its members, and the provisions that hold between them."""

    bundle: WrittenBundle | None = Field(
        None, description="a ready list of provisions; those under 'provisions' add to it"
    )
    architecture: Architecture | None = Field(
        None, description="what it is an instance of: none, restraint, A0, A1, A2, A3 or A4"
    )
    members: list[Word] | None = Field(
        None, max_length=MOST_MEMBERS, description="ids of the parties (of a bundle: its roles)"
    )
    proposed_by: Words = Field(None, description="id or ids of the parties that proposed it")
    date: WrittenDate = Field(
        None, description="when it was proposed or made: YYYY, YYYY-MM or YYYY-MM-DD"
    )
    topology: Topology | None = Field(
        None, description="none, peer, hub, two-headed-centre or chain"
    )
    legal_form: LegalForm | None = Field(
        None,
        description="none, unilateral, political, memorandum, executive-agreement, treaty, lease, "
        "unofficial or unstated",
    )
    exit_notice: WrittenQuantity = Field(
        None, description="how long a member stays bound after saying that it leaves"
    )
    commands: Text | None = Field(None, description="who commands the weapons, in words")
    threat_scope: Text | None = Field(None, description="which missiles it is about, in words")
    territory_scope: Text | None = Field(None, description="which territory it is about, in words")
    source: Words = Field(None, description="id or ids in the bibliography of the catalogue")
    sectors_by: list[_Reading] | None = Field(
        None,
        min_length=1,
        max_length=10,
        description="the readings of its sectors to be set side by side: launch-origin, "
        "overflight, defended-territory or interceptor-reach; one agreement each, "
        "named <id>-by-<reading>",
    )
    ground: WrittenGround | None = Field(
        None, description="status and source of the provisions that do not say them"
    )
    provisions: dict[str, Any] = Field(
        default={}, max_length=MOST_PROVISIONS, description="the provisions by id"
    )
