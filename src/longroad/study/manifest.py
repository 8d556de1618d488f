"""The manifest of a run: everything a reader needs to know that is not in a table.

`manifest.json` is this module's :class:`Manifest`, written by the pipeline and read by the
dossier, the exporters and `longroad trace`. It names the scenario as resolved, every number
that was used with its status and source, the tables with their hashes, and what the run cost.
Numbers stand here in *display* units, as their author wrote them; the tables hold the SI values.

Validation is strict: an unknown field, a missing field, NaN or a status that does not exist is
a :class:`~longroad.base.errors.RunError` that names the field.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, ClassVar, Literal, Protocol, TypeVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from longroad.base.errors import RunError, nearest
from longroad.study.manifest_bargain import NegotiationRecord
from longroad.study.manifest_reach import (
    EndPoint,
    PairFigure,
    PatrolArea,
    Reach,
    ReachQuestion,
    Trajectories,
)
from longroad.study.manifest_types import STRICT, Finite, Hash, Latitude, Longitude

__all__ = ["EndPoint", "PairFigure", "PatrolArea", "Reach", "ReachQuestion", "Trajectories"]

FORMAT: Literal[1] = 1

StatusWord = Literal["published", "reported", "judgement", "unverified"]
Naming = Literal["shown", "generic"]
Mode = Literal["organic", "launch-on-remote", "engage-on-remote"]
SensorKind = Literal["radar", "space-infrared"]
FindingWord = Literal["holds", "fails", "undecided"]


@dataclass(frozen=True)
class Held:
    """Who holds a value, and whether the party *stated*, *adopted* or is *attributed* it."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    party: str
    mode: Literal["stated", "attributed", "adopted"]


@dataclass(frozen=True)
class InputValue:
    """One value of an input, in its display unit.

    ``claim`` (a slug) and ``claimant`` (as written) tell rival values apart.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    best: Finite
    low: Finite
    high: Finite
    unit: str
    status: StatusWord
    sources: tuple[str, ...] = ()
    author: str | None = None
    reason: str | None = None
    note: str | None = None
    distribution: str = "pert"
    claim: str | None = None
    claimant: str | None = None
    held_by: tuple[Held, ...] = ()


@dataclass(frozen=True)
class Input:
    """A quantity that the run used: one value, or rival values of which one is adopted.

    ``variants`` names the variants that use it; empty means all of them.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    label: str
    values: Annotated[tuple[InputValue, ...], Field(min_length=1)]
    adopted: str | None = None
    variants: tuple[str, ...] = ()

    @property
    def disputed(self) -> bool:
        """Whether rival claims exist."""
        return len(self.values) > 1

    @property
    def value(self) -> InputValue:
        """The value behind the headline figures: the only one, or the adopted claim."""
        for value in self.values:
            if value.claim == self.adopted:
                return value
        return self.values[0]


@dataclass(frozen=True)
class Source:
    """An entry of the bibliography."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    title: str
    author: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    country: str | None = None
    mark: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Party:
    """A party and the countries whose territory it defends (ISO 3166 A3; empty: none)."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    name: str
    defends: tuple[str, ...] = ()


@dataclass(frozen=True)
class LaunchArea:
    """A place from which missiles are considered, a geographic point."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    name: str
    latitude_deg: Latitude
    longitude_deg: Longitude


@dataclass(frozen=True)
class Threat:
    """A missile class considered; ``id`` is the value of column `missile` in the tables."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    name: str
    missile: str
    missile_name: str
    country: str | None
    range_km: Finite
    launch_areas: tuple[str, ...]
    shapes: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True)
class Battery:
    """A battery of one variant: a point on the map with its interceptor and mode."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    name: str
    owner: str
    latitude_deg: Latitude
    longitude_deg: Longitude
    mode: Mode
    interceptor: str
    interceptor_name: str
    number: int | None = None
    own_radar: str | None = None
    burnout_speed_km_s: Finite | None = None


@dataclass(frozen=True)
class Sensor:
    """A sensor of one variant; position, range and sector are None where they do not apply.

    ``facing_deg`` is the azimuth of the sector's middle, clockwise from north;
    ``azimuth_width_deg`` its full width; ``range_km`` the adopted reference range.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    name: str
    owner: str
    kind: SensorKind
    sensor: str
    sensor_name: str
    latitude_deg: Latitude | None = None
    longitude_deg: Longitude | None = None
    range_km: Finite | None = None
    facing_deg: Finite | None = None
    azimuth_width_deg: Finite | None = None


@dataclass(frozen=True)
class Variant:
    """A variant as resolved (a phase, say): all it contains, in the scenario's order."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    title: str
    year: int | None
    parties: tuple[Party, ...]
    launch_areas: tuple[LaunchArea, ...]
    threats: tuple[Threat, ...]
    sensors: tuple[Sensor, ...]
    batteries: tuple[Battery, ...]
    trajectories: tuple[Trajectories, ...] = ()
    patrol_areas: tuple[PatrolArea, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What the run says to a claim, under which assumptions, and what would flip it.

    A finding about reach says for which pairs of base and end point the claim holds and for which
    it fails, by the best estimate; ``detail`` says so in a sentence.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    finding: FindingWord
    under: str
    best: Finite | None = None
    epistemic_p05: Finite | None = None
    epistemic_p95: Finite | None = None
    unit: str = "1"
    flips_on: str | None = None
    detail: str | None = None
    holds_for: tuple[PairFigure, ...] = ()
    fails_for: tuple[PairFigure, ...] = ()


@dataclass(frozen=True)
class Claim:
    """A sentence that a named person or document really said, with the test fixed beforehand.

    ``kind`` says what the measure is about: coverage, reach, deterrence or bargaining; of
    reach ``asks`` has it in parts. ``note`` says how the words were read as numbers,
    ``fixed_on`` when.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    text: str
    claimant: str
    date: str | None
    sources: tuple[str, ...]
    measure: str
    threshold: str
    variant: str | None = None
    findings: tuple[Finding, ...] = ()
    kind: Literal["coverage", "reach", "deterrence", "bargaining"] = "coverage"
    asks: ReachQuestion | None = None
    note: str | None = None
    fixed_on: str | None = None


@dataclass(frozen=True)
class Version:
    """A program or library and the version that made the run."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str
    version: str


@dataclass(frozen=True)
class TableRecord:
    """A table of the run: its rows and the SHA-256 of its Parquet file."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str
    rows: int
    sha256: Hash


@dataclass(frozen=True)
class Grid:
    """The h3 resolutions of the ensemble and of the best-estimate map."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    ensemble: int
    map: int


@dataclass(frozen=True)
class Cost:
    """What the run took, on which host; never part of a hash."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    started: str
    wall_s: Finite
    workers: int
    peak_memory_mib: Finite | None = None
    processor: str | None = None
    platform: str | None = None


@dataclass(frozen=True)
class Manifest:
    """The whole manifest.

    ``scenario`` is the pack id or file name to pass to `longroad run`; ``scenario_sha256`` the
    hash of the text that was read; ``agreement`` the agreement and ``headline`` the variant of
    the rows shown first; ``negotiation`` is what was bargained over, where anything was.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    title: str
    question: str
    author: str | None
    naming: Naming
    scenario: str
    scenario_sha256: Hash
    seed: int
    draws: int
    scrambles: int
    grid: Grid
    kernel_hash: Hash
    versions: tuple[Version, ...]
    variants: Annotated[tuple[Variant, ...], Field(min_length=1)]
    inputs: tuple[Input, ...]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    tables: tuple[TableRecord, ...]
    agreement: str = "none"
    notes: tuple[str, ...] = ()
    cost: Cost | None = None
    reach: Reach | None = None
    headline: str | None = None
    negotiation: NegotiationRecord | None = None
    format: Literal[1] = FORMAT

    def variant(self, id: str) -> Variant:
        """Return the variant of that id."""
        return _by_id(self.variants, id, "variant")

    def source(self, id: str) -> Source:
        """Return the source of that id."""
        return _by_id(self.sources, id, "source")

    def input(self, id: str) -> Input:
        """Return the input of that id."""
        return _by_id(self.inputs, id, "input")

    @property
    def threats(self) -> tuple[Threat, ...]:
        """The missile classes of all variants, each once, in the order of first appearance."""
        return _union(threat for variant in self.variants for threat in variant.threats)

    @property
    def launch_areas(self) -> tuple[LaunchArea, ...]:
        """The launch areas of all variants, each once, in the order of first appearance."""
        return _union(area for variant in self.variants for area in variant.launch_areas)

    @property
    def parties(self) -> tuple[Party, ...]:
        """The parties of all variants, each once, in the order of first appearance."""
        return _union(party for variant in self.variants for party in variant.parties)

    def content_hash(self) -> str:
        """Return the SHA-256 of the manifest without its cost (times and host facts)."""
        return self._content_hash

    @cached_property
    def _content_hash(self) -> str:
        return hashlib.sha256(to_json(replace(self, cost=None)).encode()).hexdigest()


class _Named(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_Named)


def _by_id(items: Iterable[_T], id: str, what: str) -> _T:
    """Return the item of that id, or raise a RunError that suggests the nearest id."""
    known: dict[str, _T] = {item.id: item for item in items}
    if id not in known:
        raise RunError(f"the run has no {what} '{id}'", nearest=nearest(id, known))
    return known[id]


def _union(items: Iterable[_T]) -> tuple[_T, ...]:
    """Return the items without repeated ids: the first of each id, in order of appearance."""
    known: dict[str, _T] = {}
    for item in items:
        known.setdefault(item.id, item)
    return tuple(known.values())


@cache
def _adapter() -> TypeAdapter[Manifest]:
    return TypeAdapter(Manifest)


def to_json(manifest: Manifest) -> str:
    """Return the manifest as JSON text: fields in the order declared here, one-space indent.

    The same manifest gives the same bytes. It is checked first, as when it is read.
    """
    try:
        checked = _adapter().validate_python(asdict(manifest))
    except ValidationError as error:
        raise _refusal(error, "written", None) from error
    check(checked)
    return json.dumps(asdict(checked), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def from_json(text: str | bytes, file: str | Path | None = None) -> Manifest:
    """Read a manifest, checking every field; ``file`` is named in errors.

    Raises RunError for text that is not JSON, an unknown or missing field, a wrong type, an
    unknown status, or references (claims adopted, sources) that lead nowhere.
    """
    try:
        manifest = _adapter().validate_json(text, strict=True)
    except ValidationError as error:
        raise _refusal(error, "read", file) from error
    check(manifest, file)
    return manifest


def _refusal(error: ValidationError, verb: str, file: str | Path | None) -> RunError:
    """Turn pydantic's first complaint into one of ours."""
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    what = f"the manifest cannot be {verb}: {first['msg']}"
    return RunError(what, file=file, field=field or None)


def check(manifest: Manifest, file: str | Path | None = None) -> None:
    """Check what types cannot: ids are unique, and every reference leads somewhere."""
    lists: tuple[tuple[str, Sequence[_Named]], ...] = (
        ("variants", manifest.variants),
        ("inputs", manifest.inputs),
        ("sources", manifest.sources),
        ("claims", manifest.claims),
    )
    for name, items in lists:
        ids = [item.id for item in items]
        for id in ids:
            if ids.count(id) > 1:
                raise RunError(f"id '{id}' stands twice", file=file, field=name)
    sources = {source.id for source in manifest.sources}
    for record in manifest.inputs:
        _check_input(record, sources, file)
    for claim in manifest.claims:
        for id in claim.sources:
            if id not in sources:
                raise RunError(
                    f"source '{id}' is not in the bibliography",
                    file=file,
                    field=f"claims.{claim.id}",
                    nearest=nearest(id, sources),
                )


def _check_input(record: Input, sources: set[str], file: str | Path | None) -> None:
    field = f"inputs.{record.id}"
    claims = [value.claim for value in record.values]
    if record.disputed and (None in claims or len(set(claims)) < len(claims)):
        raise RunError("rival values need different claims", file=file, field=field)
    if (record.disputed or record.adopted is not None) and record.adopted not in claims:
        raise RunError(
            f"the adopted claim '{record.adopted}' is none of the values", file=file, field=field
        )
    for value in record.values:
        if not value.low <= value.best <= value.high:
            raise RunError("best must lie between low and high", file=file, field=field)
        for id in value.sources:
            if id not in sources:
                raise RunError(
                    f"source '{id}' is not in the bibliography",
                    file=file,
                    field=field,
                    nearest=nearest(id, sources),
                )
