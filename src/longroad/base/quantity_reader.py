"""Reads a quantity from its written form, a mapping out of a YAML file.

Plain: ``{best: 3 km/s, low: 3 km/s, high: 3.5 km/s, status: unverified, source: some-id}``.
Judgement: ``status: judgement`` with ``author``, ``reason``, ``low`` and ``high``.
Dispute: ``{disputed: [{claim: nrc-2012, best: ..., ...}, ...], adopted: nrc-2012}``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from longroad.base import units
from longroad.base.errors import LongroadError, QuantityError, nearest
from longroad.base.place import Place
from longroad.base.quantity import Disputed, Held, Quantity, Status

KEYS = (
    "best",
    "low",
    "high",
    "status",
    "source",
    "author",
    "reason",
    "distribution",
    "note",
    "held_by",
)
CLAIM_KEYS = ("claim", "claimant")
DISPUTE_KEYS = ("disputed", "adopted")


def read_quantity(
    node: object,
    *,
    id: str,
    where: Place | None = None,
    dimension: str | None = None,
) -> Quantity | Disputed:
    """Return the quantity, or the dispute, that ``node`` (plain dict, list, str, ...) writes.

    ``dimension`` is checked when given (see `longroad.base.units.DIMENSIONS`); without it any
    unit will do, but a number without unit is refused. Raises :class:`QuantityError` or
    :class:`UnitError`, with the place from ``where``.
    """
    place = where or Place()
    fields = _mapping(node, place)
    if "disputed" not in fields:
        return _one(fields, id, place, dimension, KEYS)
    _check_keys(fields, DISPUTE_KEYS, place)
    rivals = fields["disputed"]
    if not isinstance(rivals, Sequence) or isinstance(rivals, str):
        raise place.down("disputed").fault(
            QuantityError, "the rival claims are not a list", expected="a list of alternatives"
        )
    alternatives = []
    for index, rival in enumerate(rivals):
        spot = place.down("disputed", index)
        inner = _mapping(rival, spot)
        for needed in CLAIM_KEYS:
            if not isinstance(inner.get(needed), str):
                raise spot.fault(
                    QuantityError,
                    f"an alternative has no '{needed}'",
                    expected="'claim' (a slug) and 'claimant' (who says so)",
                )
        alternatives.append(_one(inner, id, spot, dimension, (*KEYS, *CLAIM_KEYS)))
    if not isinstance(fields.get("adopted"), str):
        raise place.fault(
            QuantityError,
            "a dispute does not say which claim headlines use",
            expected="'adopted', the claim of one alternative",
        )
    adopted = str(fields["adopted"])
    claims = [str(alternative.claim) for alternative in alternatives]
    if adopted not in claims:
        raise place.down("adopted").fault(
            QuantityError,
            f"'{adopted}' is no claim of this dispute",
            expected=", ".join(claims) or "the claim of an alternative",
            nearest=nearest(adopted, claims),
        )
    try:
        return Disputed(id, tuple(alternatives), adopted)
    except LongroadError as fault:
        raise place.locate(fault) from None


def _one(
    fields: Mapping[str, object],
    id: str,
    place: Place,
    dimension: str | None,
    keys: tuple[str, ...],
) -> Quantity:
    _check_keys(fields, keys, place)
    status = _status(fields.get("status"), place)
    best, low, high = _numbers(fields, status, place, dimension)
    try:
        return Quantity(
            id=id,
            best=best.value,
            low=low.value,
            high=high.value,
            unit=best.unit,
            status=status,
            sources=_sources(fields.get("source"), place),
            author=_text(fields, "author", place),
            reason=_text(fields, "reason", place),
            distribution=_text(fields, "distribution", place) or "pert",
            note=_text(fields, "note", place),
            held_by=_held_by(fields.get("held_by"), place),
            claim=_text(fields, "claim", place),
            claimant=_text(fields, "claimant", place),
        )
    except LongroadError as fault:
        raise place.locate(fault) from None


def _numbers(
    fields: Mapping[str, object], status: Status, place: Place, dimension: str | None
) -> tuple[units.Measure, units.Measure, units.Measure]:
    if "best" not in fields:
        raise place.fault(
            QuantityError, "a quantity has no number", expected="'best', a number with its unit"
        )
    best = _measure(fields["best"], place.down("best"), dimension)
    given = [side for side in ("low", "high") if side in fields]
    if len(given) == 1 or (status is Status.JUDGEMENT and not given):
        raise place.fault(
            QuantityError,
            "a judgement has no interval" if not given else f"'{given[0]}' stands alone",
            expected="both 'low' and 'high'",
        )
    if not given:
        return best, best, best
    dimension = dimension or units.dimension_of(best.unit)
    low, high = (_measure(fields[side], place.down(side), dimension) for side in given)
    return best, low, high


def _measure(written: object, place: Place, dimension: str | None) -> units.Measure:
    if isinstance(written, bool) or not isinstance(written, str | int | float):
        raise place.fault(
            QuantityError, "this is not a number", expected="a number with its unit: 4.5 km/s"
        )
    try:
        return units.read(written, dimension)
    except LongroadError as fault:
        raise place.locate(fault) from None


def _status(written: object, place: Place) -> Status:
    names = [status.value for status in Status]
    if isinstance(written, str) and written in names:
        return Status(written)
    if written is None:
        raise place.fault(
            QuantityError, "a number has no status", expected="'status': " + ", ".join(names)
        )
    raise place.down("status").fault(
        QuantityError,
        f"'{written}' is not a status",
        expected=", ".join(names),
        nearest=nearest(str(written), names),
    )


def _sources(written: object, place: Place) -> tuple[str, ...]:
    listed = [] if written is None else written if isinstance(written, list) else [written]
    if not all(isinstance(source, str) and source for source in listed):
        raise place.down("source").fault(
            QuantityError, "a source is not an id", expected="an id of the bibliography, or a list"
        )
    return tuple(listed)


def _held_by(written: object, place: Place) -> tuple[Held, ...]:
    spot = place.down("held_by")
    listed = [] if written is None else written if isinstance(written, list) else [written]
    held = []
    for index, item in enumerate(listed):
        fields = _mapping(item, spot.down(index))
        _check_keys(fields, ("party", "mode"), spot.down(index))
        try:
            held.append(Held(fields.get("party"), fields.get("mode")))  # type: ignore[arg-type]
        except LongroadError as fault:
            raise spot.down(index).locate(fault) from None
    return tuple(held)


def _text(fields: Mapping[str, object], key: str, place: Place) -> str | None:
    value = fields.get(key)
    if value is None or isinstance(value, str):
        return value.strip() if value else None
    raise place.down(key).fault(QuantityError, f"'{key}' is not text", expected="text")


def _mapping(node: object, place: Place) -> Mapping[str, object]:
    if isinstance(node, Mapping) and all(isinstance(key, str) for key in node):
        return node
    raise place.fault(
        QuantityError,
        "a number without unit, status and source does not load",
        expected="a mapping: {best: 3 km/s, status: ..., source: ...}",
    )


def _check_keys(fields: Mapping[str, object], keys: tuple[str, ...], place: Place) -> None:
    for key in fields:
        if key not in keys:
            raise place.down(key).fault(
                QuantityError,
                f"'{key}' is not part of a quantity",
                expected=", ".join(keys),
                nearest=nearest(key, keys),
            )
