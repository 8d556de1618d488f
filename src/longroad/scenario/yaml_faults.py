"""The YAML parser's complaints in words that help a person who writes scenarios."""

from __future__ import annotations

from collections.abc import Callable

from ruamel.yaml.error import MarkedYAMLError

# (part of the parser's text, what to say, what was expected); the first match is used.
_KNOWN: tuple[tuple[str, str, str], ...] = (
    ("'\\t' that cannot start", "a tab stands where spaces belong", "indentation with spaces"),
    (
        "mapping values are not allowed",
        "a ':' stands where no key can be",
        "one 'key: value' per line; text that contains ': ' goes in quotes",
    ),
    (
        "could not find expected ':'",
        "a key has no ':' after it",
        "'key: value', with a space after the colon",
    ),
    (
        "expected <block end>",
        "the indentation does not line up with the lines above",
        "keys of one group at the same indentation",
    ),
    ("did not find expected ',' or ']'", "a list is not closed", "',' or ']'"),
    ("expected ',' or ']'", "a list is not closed", "',' or ']'"),
    ("expected ',' or '}'", "a group in braces is not closed", "',' or '}'"),
    ("cannot start any token", "a character stands where no value can begin", "text in quotes"),
    ("unknown escape character", "a '\\' in double quotes is not understood", "single quotes"),
)


def describe(fault: MarkedYAMLError, line_at: Callable[[int], int]) -> tuple[str, str]:
    """Return what is wrong and what was expected; ``line_at`` gives the line of an index."""
    problem = " ".join(str(fault.problem or fault.context or "unreadable").split())
    begun = ""
    if fault.context_mark is not None:
        begun = f" (it begins on line {line_at(fault.context_mark.index)})"
    if "unexpected end of stream" in problem:
        return f"the file ends inside a quoted text{begun}", "the closing quote"
    if "<stream end>" in problem:
        return "the file ends in the middle of a value", "the rest of the value"
    for part, what, expected in _KNOWN:
        if part in problem:
            return what + (begun if "not closed" in what else ""), expected
    return f"this is not valid YAML ({problem[:120]})", "YAML 1.2: 'key: value' lines"
