import ast
import re
import string
from pathlib import Path

import pytest

import longroad
from longroad.base import messages
from longroad.base.messages import MessageError, keys, language, text

PACKAGE = Path(longroad.__file__).parent
TEMPLATES = {".html", ".jinja", ".j2", ".js", ".txt"}
LITERAL = re.compile(r"""['"]([a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)+)['"]""")


@pytest.fixture
def table(tmp_path, monkeypatch):
    """A message table of two languages."""
    for tongue, content in (
        ("en", "run:\n  done: 'Done in {time} s'\nthing: {one: '{count} x', other: '{count} xs'}"),
        ("de", "run: {done: 'Fertig nach {time} s'}"),
    ):
        (tmp_path / tongue).mkdir()
        (tmp_path / tongue / "cli.yaml").write_text(content, encoding="utf-8")
    monkeypatch.setattr(messages, "FOLDER", tmp_path)
    messages._room.cache_clear()
    yield tmp_path
    messages._room.cache_clear()


def test_values_are_filled_in(table):
    assert text("cli.run.done", time=3) == "Done in 3 s"


def test_number_chooses_the_form(table):
    assert [text("cli.thing", count=n) for n in (0, 1, 2)] == ["0 xs", "1 x", "2 xs"]


def test_keys(table):
    assert keys() == ("cli.run.done", "cli.thing")


@pytest.mark.parametrize(
    "key", ["cli", "cli.run", "cli.nothing", "nothing.at.all", "", "../cli.run"]
)
def test_a_message_that_does_not_exist(table, key):
    with pytest.raises(MessageError):
        text(key)


def test_a_value_that_is_missing(table):
    with pytest.raises(MessageError, match="time"):
        text("cli.run.done")
    with pytest.raises(MessageError, match="count"):
        text("cli.thing")


def test_a_translation_is_data_and_english_fills_its_gaps(table, monkeypatch):
    monkeypatch.setenv("LONGROAD_LANGUAGE", "de")
    assert language() == "de"
    assert text("cli.run.done", time=3) == "Fertig nach 3 s"
    assert text("cli.thing", count=1) == "1 x"


@pytest.mark.parametrize("odd", ["fr", "..", "", "en/../de"])
def test_a_language_without_table_is_english(table, monkeypatch, odd):
    monkeypatch.setenv("LONGROAD_LANGUAGE", odd)
    assert language() == "en"


def uses():
    """Return all strings of the package that look like keys, the calls, and dynamic beginnings."""
    literals, calls, beginnings = set(), {}, set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                first = node.args[0]
                literal = isinstance(first, ast.Constant) and isinstance(first.value, str)
                if name == "text" and literal and "." in first.value:
                    calls[first.value] = f"{path.name}:{node.lineno}"
    for path in PACKAGE.rglob("*"):
        if path.suffix in TEMPLATES and path.is_file():
            literals |= set(LITERAL.findall(path.read_text(encoding="utf-8", errors="replace")))
    rooms = {key.partition(".")[0] for key in keys()}
    return literals, calls, {b for b in beginnings if b.partition(".")[0] in rooms and "." in b}


def test_every_message_that_the_program_asks_for_exists():
    _, calls, _ = uses()
    known = set(keys())
    assert {key: place for key, place in calls.items() if key not in known} == {}


def test_every_message_is_used():
    literals, _, beginnings = uses()
    idle = [key for key in keys() if key not in literals and not key.startswith(tuple(beginnings))]
    assert idle == []


def test_every_message_is_a_text_that_can_be_filled_in():
    for room in sorted(path.stem for path in (messages.FOLDER / "en").glob("*.yaml")):
        for message in leaves(messages._room("en", room)):
            assert isinstance(message, str), (room, message)
            assert message.strip(), room
            list(string.Formatter().parse(message))


def leaves(found):
    if isinstance(found, dict):
        for inner in found.values():
            yield from leaves(inner)
    else:
        yield found
