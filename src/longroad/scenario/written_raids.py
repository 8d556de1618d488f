"""The format of raids and doctrines, field by field: a continuation of `written`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from longroad.scenario.written import (
    Form,
    Named,
    Word,
    WrittenNumber,
    WrittenShape,
)
from longroad.scenario.written_agreements import WrittenGround

MOST_GROUPS = 60
MOST_WAVES = 20
MOST_COUNT = 1_000
MOST_DECOYS = 50
MOST_SALVO = 100

_AIM_SCHEMA = {
    "description": "a country (ISO 3166, three capital letters) or a position",
    "anyOf": [
        {"type": "string", "pattern": "^[A-Z]{3}$"},
        {"type": "string", "pattern": r"^(site|place)/[a-z0-9-]+$"},
    ],
}
WrittenAim = Annotated[Any, WithJsonSchema(_AIM_SCHEMA)]
WrittenTime = WrittenNumber


class WrittenRaidGroup(Form):
    """Missiles of one class, dealt out in turn to launch areas and aims."""

    threat: Word = Field(description="id of a threat of this scenario")
    from_: list[Word] | None = Field(
        None,
        alias="from",
        min_length=1,
        max_length=200,
        description="ids of launch areas of that threat (all of them when absent)",
    )
    shape: WrittenShape = Field(
        None, description="one of the threat's shapes (its first when absent)"
    )
    at: list[WrittenAim] = Field(
        min_length=1,
        max_length=200,
        description="countries or positions that the missiles come down on, such as [ROU, BGR]",
    )
    count: int = Field(ge=1, le=MOST_COUNT, description="how many missiles, a whole number")
    first: WrittenTime = Field(None, description="when the first is launched, such as 0 s")
    spacing: WrittenTime = Field(None, description="time from one launch to the next, such as 20 s")
    spread: WrittenTime = Field(
        None, description="up to how much later each may be launched by chance, such as 5 s"
    )
    decoys: int = Field(
        0, ge=0, le=MOST_DECOYS, description="objects beside each missile that are none"
    )


class WrittenWave(Form):
    """A further raid of a sequence."""

    objects: list[Any] = Field(
        min_length=1, max_length=MOST_GROUPS, description="groups of missiles"
    )
    resupply: dict[str, int] = Field(
        default={}, description="interceptors that batteries get before it, by battery"
    )


class WrittenRaid(Named):
    """A raid, or several in sequence."""

    objects: list[Any] = Field(
        min_length=1, max_length=MOST_GROUPS, description="groups of missiles"
    )
    then: list[Any] = Field(
        default=[], max_length=MOST_WAVES, description="further raids that follow it"
    )
    ground: WrittenGround = Field(
        description="why the raid is taken to be so: status, source, or author and reason"
    )


class WrittenDoctrine(Form):
    """How the batteries of a party, or one battery, fire; what is absent the catalogue says."""

    salvo: int | None = Field(
        None, ge=1, le=MOST_SALVO, description="interceptors fired at an object at once"
    )
    rounds: int | None = Field(
        None,
        ge=0,
        le=MOST_SALVO,
        description="salvos at an object at most: 1 is a barrage, 0 never fires",
    )
    later: Literal["same", "shared"] | None = Field(
        None,
        description="same (later salvos are as large) or shared (what is left, over the objects "
        "that wait)",
    )
    reserve: int | None = Field(
        None, ge=0, le=100_000, description="interceptors held back for later raids"
    )
