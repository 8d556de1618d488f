"""A reader of BibTeX for the tests, after the grammar of BibTeX and not after what writes it.

``@type{key, name = {value}, ...}`` with values in braces that balance, or in quotes; a backslash
before a brace does not take it out of the count, as in BibTeX itself.
"""

import re

_NAME = re.compile(r"[^\s\"#%'(),={}@]+")


class BibtexError(Exception):
    """What BibTeX would complain of."""


def read(text):
    """Return (type, key, fields) of every entry."""
    found, at = [], 0
    while (at := text.find("@", at)) >= 0:
        entry, at = _entry(text, at + 1)
        found.append(entry)
    return found


def _entry(text, at):
    kind, at = _word(text, at)
    at = _expect(text, at, "{")
    key, at = _word(text, at)
    fields = {}
    while _peek(text, at) == ",":
        at = _expect(text, at, ",")
        if _peek(text, at) == "}":
            break
        name, at = _word(text, at)
        at = _expect(text, at, "=")
        if name.lower() in fields:
            raise BibtexError(f"{key} has {name} twice")
        fields[name.lower()], at = _value(text, at)
    return (kind.lower(), key, fields), _expect(text, at, "}")


def _value(text, at):
    at = _skip(text, at)
    closing = {"{": "}", '"': '"'}.get(text[at])
    if closing is None:
        raise BibtexError(f"no value at {text[at : at + 20]!r}")
    depth, start = 0, at + 1
    for here in range(start, len(text)):
        letter = text[here]
        if letter == closing and depth == 0:
            return text[start:here], here + 1
        depth += (letter == "{") - (letter == "}")
    raise BibtexError("a value does not end")


def _word(text, at):
    at = _skip(text, at)
    match = _NAME.match(text, at)
    if match is None:
        raise BibtexError(f"no word at {text[at : at + 20]!r}")
    return match.group(), match.end()


def _skip(text, at):
    while at < len(text) and text[at].isspace():
        at += 1
    if at == len(text):
        raise BibtexError("the text ends within an entry")
    return at


def _peek(text, at):
    return text[_skip(text, at)]


def _expect(text, at, letter):
    at = _skip(text, at)
    if text[at] != letter:
        raise BibtexError(f"{letter!r} expected at {text[at : at + 20]!r}")
    return at + 1


def plain(value):
    """Return a value as it is printed: commands of special characters undone, braces gone."""
    named = {r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^"}
    named |= {r"\textbraceleft{}": "{", r"\textbraceright{}": "}"}
    for command, letter in named.items():
        value = value.replace(command, f"\0{ord(letter)}\0")
    value = re.sub(r"\\([&%$#_])", lambda match: f"\0{ord(match[1])}\0", value)
    if "\\" in value:
        raise BibtexError(f"an unknown command in {value!r}")
    if re.search(r"[&%$#_~^]", value):
        raise BibtexError(f"a character that TeX does not print in {value!r}")
    value = re.sub(r"[{}]", "", value)
    return re.sub(r"\0(\d+)\0", lambda match: chr(int(match[1])), value)


def authors(value):
    """Return the names of an author field, split at ``and`` outside of braces."""
    depth, words, names = 0, [], []
    for word in value.split():
        if word == "and" and depth == 0:
            names.append(" ".join(words))
            words = []
        else:
            words.append(word)
        depth += word.count("{") - word.count("}")
    return [*names, " ".join(words)]
