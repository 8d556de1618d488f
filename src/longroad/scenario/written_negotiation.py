"""The format of a negotiation, field by field: name, type, meaning.

Numbers are `Any` here: :mod:`longroad.scenario.read_estimate` reads them, with what they rest on.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from longroad.scenario.written import LARGEST_SEED, Form, LongText, Text, Word, WrittenDate

MOST_BARGAINING_DRAWS = 20_000
DEFAULT_DRAWS = 2000

_BARE = {
    "anyOf": [
        {"type": "number"},
        {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 3},
    ]
}
_ESTIMATE = {
    "description": "a number, [low, high] or [low, best, high]; or these with what they rest on",
    "anyOf": [
        *_BARE["anyOf"],
        {
            "type": "object",
            "properties": {
                "value": _BARE,
                "status": {"enum": ["published", "reported", "judgement", "unverified"]},
                "source": {"type": "string"},
                "author": {"type": "string"},
                "reason": {"type": "string"},
            },
            "required": ["value"],
            "additionalProperties": False,
        },
    ],
}
WrittenEstimate = Annotated[Any, WithJsonSchema(_ESTIMATE)]
_BY_ID = {"type": "object"}
ById = Annotated[Any, WithJsonSchema(_BY_ID)]
# `read_choices` reads them: two options of one issue are a fault of the package and not of form.
Choices = dict[str, Annotated[Any, WithJsonSchema({"type": "string", "minLength": 1})]]
Conditions = dict[str, Any]


class WrittenBasis(Form):
    """What numbers rest on that say nothing themselves."""

    status: Literal["published", "reported", "judgement", "unverified"] = Field(
        "judgement", description="published, reported, judgement or unverified"
    )
    source: Word | None = Field(None, description="id of an entry of the bibliography")
    author: Text | None = Field(None, description="who judged")
    reason: LongText | None = Field(None, description="why the judgement is what it is")


class WrittenNegotiation(Form):
    """A negotiation file."""

    longroad: int = Field(description="the version of this format: 1")
    negotiation: Word = Field(description="id of the negotiation, a slug")
    scenario: Word | None = Field(
        None, description="the id of the scenario beside this file, whose outcomes count here"
    )
    title: Text = Field(description="title for readers")
    question: LongText = Field(description="what the negotiation is to answer")
    author: Text = Field(description="who wrote the file")
    draws: int = Field(
        DEFAULT_DRAWS, ge=1, le=MOST_BARGAINING_DRAWS, description="number of value assignments"
    )
    seed: int = Field(0, ge=0, le=LARGEST_SEED, description="seed of the value assignments")
    note: LongText | None = Field(None, description="a remark for readers")
    basis: Any = Field(None, description="what numbers rest on that say nothing themselves")
    parties: ById = Field(description="the parties at the table by id, two to four")
    issues: ById = Field(description="what is bargained over, by id")
    physics: Any = Field(None, description="how options become cases of the scenario")
    no_deal: Any = Field(None, description="the option that holds without a deal, for every issue")
    packages: ById = Field(None, description="packages that somebody proposed, by id")
    interests: ById = Field(description="what each party wants, by the party's id")
    ratification: ById = Field(None, description="who else has to agree, by the party's id")
    patience: ById = Field(None, description="discount per year by party, and elections")
    trust: ById = Field(None, description="trust at the start by party, and mimicry")
    stages: ById = Field(None, description="steps of a roadmap by id, in order")


class WrittenParty(Form):
    """A party at the table."""

    name: Text = Field(description="name for readers")
    members: dict[str, Text] | None = Field(None, description="members of a coalition: name by id")


class WrittenIssue(Form):
    """What is bargained over."""

    name: Text = Field(description="name for readers")
    options: dict[str, Text] = Field(
        min_length=1, description="the options, two or more: what each says, by id"
    )
    divisible: bool = Field(
        False, description="true when anything between two options can be agreed"
    )
    physics: Word | None = Field(
        None, description="what the options change in the world, by the name the study knows it"
    )
    note: LongText | None = Field(None, description="a remark for readers")
    source: Word | None = Field(None, description="id of an entry of the bibliography")


class WrittenPackage(Form):
    """A package that somebody proposed."""

    name: Text = Field(description="name for readers")
    by: Word | None = Field(None, description="id of the party that proposed it; absent: none did")
    to: list[Word] | None = Field(None, min_length=1, description="ids of those who were to reply")
    date: WrittenDate = Field(None, description="when: YYYY, YYYY-MM or YYYY-MM-DD")
    source: Word = Field(description="id of an entry of the bibliography")
    choices: Choices = Field(description="the option it names, by issue")
    opening: bool = Field(False, description="true for a party's first proposal at this table")
    reply: Literal["accepted", "refused", "partly", "open"] | None = Field(
        None, description="what came of it: accepted, refused, partly or open"
    )
    note: LongText | None = Field(None, description="a remark for readers")


class WrittenRedLine(Form):
    """What a party refuses whatever it gets for it."""

    name: Text = Field(description="the line in words")
    forbids: Conditions = Field(
        min_length=1,
        description="options by issue that together cross it; or {below: x} of an outcome",
    )
    real: WrittenEstimate = Field(description="how likely it is no bluff, 0 to 1")
    holder: Word | None = Field(None, description="the member of the coalition that would refuse")
    source: Word | None = Field(None, description="id of an entry of the bibliography")
    note: LongText | None = Field(None, description="a remark for readers")


class WrittenWeights(Form):
    """How much the swing from worst to best counts, by issue."""

    swing: dict[str, Any] | None = Field(
        None, min_length=1, description="swing points by issue: 100 for the largest"
    )
    order: list[Any] | None = Field(
        None, min_length=1, description="issues, the most important first; equals in a list"
    )
    any: bool | None = Field(None, description="true: every set of weights is as good as any other")
    asked: dict[str, list[Word]] | None = Field(
        None,
        description="the swing each weight was asked for: [worst option, best option] by issue",
    )
    basis: Any = Field(None, description="what these numbers rest on")


class WrittenCurve(Form):
    """What a computed outcome is worth."""

    weight: WrittenEstimate = Field(description="swing points from the worst to the best outcome")
    points: list[list[float]] = Field(
        min_length=2, description="pairs of outcome and value 0 to 1, outcomes rising"
    )
    unit: Text = Field(description="the unit of the outcome")


class WrittenTogether(Form):
    """What a combination of options adds."""

    when: Conditions = Field(min_length=2, description="options by issue, two issues or more")
    points: WrittenEstimate = Field(description="swing points added, or taken when negative")


class WrittenReservation(Form):
    """What a party keeps without a deal."""

    value: WrittenEstimate = Field(None, description="a value on the party's scale of 0 to 1")
    no_deal: bool | None = Field(None, description="true: the worth of the package 'no_deal'")
    margin: WrittenEstimate = Field(
        None, description="what signing costs at home, as a share of the party's range"
    )


class WrittenInterests(Form):
    """What one party wants."""

    basis: Any = Field(None, description="what these numbers rest on")
    weights: WrittenWeights = Field(description="swing points, an order, or any")
    values: dict[str, dict[str, Any]] = Field(
        description="value 0 (worst) to 1 (best) of every option, by issue"
    )
    together: dict[str, Any] | None = Field(None, description="worth of combinations, by id")
    curves: dict[str, Any] | None = Field(None, description="worth of computed outcomes, by name")
    reservation: WrittenReservation = Field(description="what the party keeps without a deal")
    red_lines: dict[str, Any] | None = Field(None, description="red lines by id")


class WrittenRatification(Form):
    """Who else has to agree."""

    body: Text = Field(description="the body that ratifies")
    members: int = Field(ge=1, le=10_000, description="how many vote")
    needed: int = Field(ge=1, le=10_000, description="how many must agree")
    demand: WrittenEstimate = Field(
        description="what the most and the least favourable member ask for beyond the party's own "
        "reservation value, as shares of its range"
    )
    source: Word | None = Field(None, description="id of an entry of the bibliography")
    vetoes: dict[str, Any] | None = Field(None, description="red lines of hosts and others, by id")


class WrittenElection(Form):
    """A date on which voters decide."""

    party: Word = Field(description="id of a party")
    date: WrittenDate = Field(description="YYYY, YYYY-MM or YYYY-MM-DD")
    source: Word = Field(description="id of an entry of the bibliography")


class WrittenPatience(Form):
    """How fast the future loses worth."""

    discount: dict[str, Any] = Field(min_length=1, description="per year, by party")
    elections: list[WrittenElection] | None = Field(
        None, description="dates on which voters decide"
    )


class WrittenTrust(Form):
    """Trust between the parties."""

    start: dict[str, Any] = Field(min_length=1, description="trust in the others, 0 to 1, by party")
    mimic: WrittenEstimate = Field(
        description="how often one who will not keep his word does so in a stage, 0 to 1"
    )


class WrittenStage(Form):
    """A step of a roadmap."""

    name: Text = Field(description="name for readers")
    choices: Choices = Field(
        min_length=1, description="the options that enter into force, by issue"
    )
    detection: WrittenEstimate = Field(description="how likely a breach shows in time, 0 to 1")
    exposure: dict[str, Any] = Field(
        min_length=1, description="loss to each party if others cheat, as a share of its range"
    )
    years: WrittenEstimate = Field(description="how long the step takes")
    milestone: LongText | None = Field(None, description="what has to be seen before the next step")
    exit: LongText | None = Field(None, description="how a party may leave here, and what it keeps")


class WrittenEffect(Form):
    """What one option changes in the world."""

    agreement: Word | None = Field(None, description="id of an agreement of the scenario")
    speed_on_land: Text | None = Field(
        None, description="greatest burnout speed of interceptors on land, such as 5.5 km/s"
    )
    speed_at_sea: Text | None = Field(
        None, description="greatest burnout speed of interceptors at sea"
    )
    number: int | None = Field(None, ge=0, description="greatest number of all interceptors")
    out_of_reach: bool = Field(
        False, description="true: no battery where it reaches the other's strategic missiles"
    )
    closed_waters: list[Word] | None = Field(
        None, description="patrol areas in which no ship with interceptors may stand"
    )


class WrittenAssumed(Form):
    """What a party may take for true instead of the adopted numbers."""

    name: Text = Field(description="name for readers")
    claims: dict[str, Word] | None = Field(
        None, description="the claim that is taken, by the id of a disputed quantity"
    )
    early: bool = Field(
        False, description="true: launches are as early as the catalogue's first delay"
    )
    batteries: Word | None = Field(
        None, description="the variant of the scenario whose batteries are expected"
    )


class WrittenPhysics(Form):
    """How options become cases of the scenario."""

    variant: Word | None = Field(
        None, description="the variant that is bargained over; absent: the headline"
    )
    defender: Word = Field(description="the scenario's party whose defence is bargained over")
    deterrent: Word | None = Field(
        None, description="the scenario's party whose retaliation counts"
    )
    towards: Word | None = Field(
        None, description="the country its missiles fly to (ISO 3166); absent: the worst of all"
    )
    outcomes: dict[str, Literal["engageable-population", "engageable-area", "retaliation-kept"]] = (
        Field(min_length=1, description="the measure behind each outcome's name")
    )
    effects: dict[str, dict[str, Any]] = Field(
        min_length=1, description="what options change, by issue and option; others nothing"
    )
    assumptions: dict[str, Any] | None = Field(
        None, description="assumption sets by id, beside 'adopted'"
    )
    held: dict[str, Word] = Field(description="the assumption set that each party holds")


FORMS: dict[str, type[Form]] = {
    "Party": WrittenParty,
    "Issue": WrittenIssue,
    "Package": WrittenPackage,
    "Interests": WrittenInterests,
    "RedLine": WrittenRedLine,
    "Together": WrittenTogether,
    "Curve": WrittenCurve,
    "Ratification": WrittenRatification,
    "Patience": WrittenPatience,
    "Trust": WrittenTrust,
    "Stage": WrittenStage,
    "Physics": WrittenPhysics,
    "Effect": WrittenEffect,
    "Assumptions": WrittenAssumed,
    "Basis": WrittenBasis,
}
