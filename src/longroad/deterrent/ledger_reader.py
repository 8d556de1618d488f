"""Reads a ledger from YAML; what it does not say, or says wrongly, is a typed error with a line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from longroad.base import units
from longroad.base.errors import LongroadError, nearest
from longroad.base.place import Place
from longroad.base.quantity import Status
from longroad.catalog.yaml_file import read_yaml
from longroad.deterrent.faults import TreatyError
from longroad.deterrent.ledger import MEASURES, Count, Ledger, Rule, State, Where

FOLDER = Path(__file__).resolve().parent / "ledgers"
KINDS = ("forces", "interceptors")
INVENTED = "invented"
STATUSES = (*(status.value for status in Status if status is not Status.JUDGEMENT), INVENTED)
KEYS = ("name", "kind", "parties", "source", "note", "rules", "states")
RULE_KEYS = (
    "title", "sum", "greatest", "where", "count", "at_most", "status", "source", "author", "reason",
)  # fmt: skip
COUNT_KEYS = ("where", "measure", "as")
STATE_KEYS = ("from", "state", "source", "note")


def ledgers() -> tuple[str, ...]:
    """Return the ids of the ledgers of this package."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def load_ledger(id: str) -> Ledger:
    """Return a ledger of this package; raise :class:`TreatyError` with the nearest id."""
    if id not in ledgers():
        raise TreatyError(
            f"there is no ledger '{id}'",
            expected=", ".join(ledgers()),
            nearest=nearest(id, ledgers()),
        )
    return read_ledger(FOLDER / f"{id}.yaml")


def read_ledger(path: Path) -> Ledger:
    """Return the ledger of a file; raise :class:`TreatyError` with file, line and field."""
    file = read_yaml(path)
    place = file.place
    written = _mapping(file.content, KEYS, ("name", "kind", "rules"), place)
    kind = _word(written["kind"], KINDS, place.down("kind"))
    rules = _mapping(written["rules"], None, (), place.down("rules"))
    states = written.get("states") or []
    if not isinstance(states, list):
        raise place.down("states").fault(TreatyError, "the states are no list", expected="a list")
    found = tuple(_state(s, place.down("states", k)) for k, s in enumerate(states))
    if [state.since for state in found] != sorted(state.since for state in found):
        raise place.down("states").fault(
            TreatyError, "the states are out of order", expected="the earliest first"
        )
    return Ledger(
        id=path.stem,
        name=str(written["name"]),
        kind=kind,
        parties=_words(written.get("parties")),
        rules=tuple(_rule(id, rule, place.down("rules", id)) for id, rule in rules.items()),
        states=found,
        sources=_words(written.get("source")),
        note=_text(written.get("note")),
    )


def _rule(id: str, node: object, place: Place) -> Rule:
    written = _mapping(node, RULE_KEYS, ("title", "at_most", "status"), place)
    if ("sum" in written) == ("greatest" in written):
        raise place.fault(
            TreatyError, "a rule counts in no way, or in two", expected="'sum' or 'greatest'"
        )
    key = "sum" if "sum" in written else "greatest"
    measures = _words(written[key])
    for name in measures:
        _word(name, tuple(MEASURES), place.down(key))
    dimensions = {MEASURES[name] for name in measures}
    if len(dimensions) != 1 or (key == "greatest" and len(measures) != 1):
        raise place.down(key).fault(
            TreatyError, "these measures do not add up", expected="measures of one dimension"
        )
    try:
        limit = units.read(written["at_most"], dimensions.pop())  # type: ignore[arg-type]
    except LongroadError as fault:
        raise _as_treaty_error(place.down("at_most").locate(fault)) from None
    status = _word(written["status"], STATUSES, place.down("status"))
    sources, author = _words(written.get("source")), _text(written.get("author"))
    reason = _text(written.get("reason"))
    if (status == INVENTED) != bool(author and reason) or (status != INVENTED) != bool(sources):
        raise place.fault(
            TreatyError,
            "a limit does not say where it comes from",
            expected="a source, or for an invented one author and reason",
        )
    listed = written.get("count") or []
    if not isinstance(listed, list):
        raise place.down("count").fault(TreatyError, "this is no list", expected="a list")
    return Rule(
        id=id,
        title=str(written["title"]),
        measures=measures,
        greatest=key == "greatest",
        where=_where(written.get("where"), place.down("where")),
        counts=tuple(_count(c, place.down("count", k)) for k, c in enumerate(listed)),
        limit=limit.value,
        unit=limit.unit,
        status=status,
        sources=sources,
        author=author,
        reason=reason,
    )


def _count(node: object, place: Place) -> Count:
    written = _mapping(node, COUNT_KEYS, COUNT_KEYS, place)
    measure = _word(written["measure"], tuple(MEASURES), place.down("measure"))
    as_many = written["as"]
    if isinstance(as_many, bool) or not isinstance(as_many, int | float) or as_many < 0:
        raise place.down("as").fault(TreatyError, "this is no number", expected="0 or more")
    return Count(_where(written["where"], place.down("where")), measure, float(as_many))


def _where(node: object, place: Place) -> Where:
    if node is None:
        return Where()
    written = _mapping(node, None, (), place)
    return Where(tuple((name, _words(values)) for name, values in written.items()))


def _state(node: object, place: Place) -> State:
    written = _mapping(node, STATE_KEYS, ("from", "state"), place)
    return State(
        str(written["from"]),
        str(written["state"]),
        _words(written.get("source")),
        _text(written.get("note")),
    )


def _mapping(
    node: object, known: tuple[str, ...] | None, needed: tuple[str, ...], place: Place
) -> Mapping[str, object]:
    if not isinstance(node, Mapping) or not all(isinstance(key, str) for key in node):
        raise place.fault(
            TreatyError, "this is no mapping", expected=", ".join(known or ()) or "word: value"
        )
    for key in node:
        if known is not None and key not in known:
            raise place.down(key).fault(
                TreatyError,
                f"'{key}' is not known here",
                expected=", ".join(known),
                nearest=nearest(key, known),
            )
    for key in needed:
        if key not in node:
            raise place.fault(TreatyError, f"there is no '{key}'", expected=f"'{key}'")
    return node


def _word(word: object, known: tuple[str, ...], place: Place) -> str:
    if isinstance(word, str) and word in known:
        return word
    raise place.fault(
        TreatyError,
        f"'{word}' is not known here",
        expected=", ".join(known),
        nearest=nearest(str(word), known),
    )


def _words(node: object) -> tuple[str, ...]:
    listed = [] if node is None else node if isinstance(node, list) else [node]
    return tuple(str(word) for word in listed)


def _text(node: object) -> str | None:
    return None if node is None else str(node)


def _as_treaty_error(fault: LongroadError) -> TreatyError:
    return TreatyError(
        fault.what, file=fault.file, line=fault.line, field=fault.field,
        expected=fault.expected, nearest=fault.nearest,
    )  # fmt: skip
