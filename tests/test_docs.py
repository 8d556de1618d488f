"""The documentation: complete, up to date with the program, and its examples run."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from longroad import cli
from longroad.scenario import load, loads

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def builder():
    spec = importlib.util.spec_from_file_location("docs_pages", ROOT / "builders" / "docs_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def blocks(page: Path, language: str) -> list[str]:
    return [code for kind, code in FENCE.findall(page.read_text("utf-8")) if kind == language]


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def pages_with(language: str) -> list[Path]:
    return [page for page in PAGES if blocks(page, language)]


def test_commands_page_is_what_the_program_says():
    assert (DOCS / "commands.md").read_text("utf-8") == builder().commands_page(), "make docs"


@pytest.mark.parametrize("page", ["scenario.md", "agreements.md", "json.md", "negotiation.md"])
def test_tables_are_what_the_schema_says(page):
    written = (DOCS / page).read_text("utf-8")
    assert written == builder().filled(written), "make docs"


def test_every_form_and_table_is_documented():
    from longroad.base.tables import SCHEMAS

    names = ("scenario", "agreements", "json")
    pages = [(DOCS / f"{name}.md").read_text("utf-8") for name in names]
    scenario, tables = "".join(pages[:2]), pages[2]
    forms = builder().forms()
    assert set(re.findall(r"<!-- fields: (\w+) -->", scenario)) == set(forms)
    assert set(re.findall(r"<!-- table: (\w+) -->", tables)) == set(SCHEMAS)
    for form in forms.values():
        for field in form["properties"]:
            assert f"| `{field}` |" in scenario


def test_every_form_of_a_negotiation_is_documented():
    page = (DOCS / "negotiation.md").read_text("utf-8")
    marked = set(re.findall(r"<!-- negotiation: (\w+) -->", page))
    assert marked == set(builder().negotiation_forms())


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page):
    for link in LINK.findall(page.read_text("utf-8")):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file) if file else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def test_every_page_can_be_reached_from_the_index():
    reached, waiting = set(), [DOCS / "index.md"]
    while waiting:
        page = waiting.pop().resolve()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        links = LINK.findall(page.read_text("utf-8"))
        inner = [link for link in links if "://" not in link and not link.startswith("#")]
        waiting += [page.parent / link.partition("#")[0] for link in inner]
    assert {page.resolve() for page in DOCS.rglob("*.md")} <= reached


def test_the_pages_that_the_sources_name_are_there():
    named = set()
    for folder in ("src", "builders", "benchmarks", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            found = re.findall(r"docs/[\w./-]+\.(?:md|png)", path.read_text("utf-8"))
            named |= {(name(path), page) for page in found}
    assert {(path, page) for path, page in named if not (ROOT / page).is_file()} == set()


def test_the_files_that_the_pages_name_are_there():
    named = set()
    for page in PAGES:
        found = re.findall(
            r"`((?:src|tests|builders|benchmarks|docs)/[\w./-]*)`", page.read_text("utf-8")
        )
        named |= {(name(page), path) for path in found}
    assert {(page, path) for page, path in named if not (ROOT / path).exists()} == set()


# Examples

WALKED = ("first-steps.md", "panama.md")


@pytest.fixture(scope="module")
def walked(tmp_path_factory, command_in) -> Path:
    """The folder in which the first steps were taken, command by command, as written."""
    folder = tmp_path_factory.mktemp("docs")
    command = command_in(folder)
    for block in [code for page in WALKED for code in blocks(DOCS / page, "bash")]:
        for line in block.splitlines():
            program, *arguments = shlex.split(line, comments=True)
            assert program == "longroad", line
            done = command(*arguments)
            assert done.status == 0, (line, done.err)
            assert done.out, line
    return folder


def test_first_steps_end_with_a_dossier(walked):
    assert (walked / "runs" / "my-study" / "dossier.html").is_file()


@pytest.mark.parametrize("page", pages_with("python"), ids=name)
def test_python_examples_run(walked, page):
    for code in blocks(page, "python"):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", code],
            cwd=walked,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout


def test_only_known_pages_have_commands_to_run():
    """A page with commands in `bash` blocks has to be run by a test, and is if it is this one."""
    assert [name(page) for page in pages_with("bash")] == [f"docs/{page}" for page in WALKED]


def test_the_readme_names_what_there_is():
    """Its commands take minutes or runs that are not there; their words are checked."""
    helps = builder().helps()
    lines = [line for code in blocks(ROOT / "README.md", "") for line in code.splitlines()]
    found = [shlex.split(line) for line in lines if line.startswith("longroad ")]
    assert {"run", "raid", "compare", "exchange", "limits", "bargain"} <= {w[1] for w in found}
    for words in found:
        options = [word for word in words if word.startswith("--")]
        assert all(f"{option} " in helps[words[1]] for option in options), words


@pytest.mark.parametrize("page", pages_with("yaml"), ids=name)
def test_yaml_examples_load(page):
    starter = (ROOT / "src/longroad/scenario/starter/scenario.yaml").read_text("utf-8")
    for code in blocks(page, "yaml"):
        if code.startswith("longroad:"):
            loads(code)
        else:
            loads(f"{starter}\n{code}")


def test_the_starter_and_all_packs_load(longroad_command):
    for pack in longroad_command("packs", "--json").json["packs"]:
        assert load(pack["id"]).id == pack["id"]


# What JSON looks like


def shape(value):
    """Return the keys of a JSON document, values left out; a list is its first item."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return None


def same_shape(documented, found) -> bool:
    if isinstance(documented, dict) and "..." in documented:
        return isinstance(found, dict)
    if isinstance(documented, dict):
        if not isinstance(found, dict) or set(documented) != set(found):
            return False
        return all(same_shape(documented[key], found[key]) for key in documented)
    if isinstance(documented, list):
        if not isinstance(found, list):
            return False
        return not documented or not found or same_shape(documented[0], found[0])
    return not isinstance(found, dict | list)


def documented() -> dict[str, object]:
    """Return the example document of every command in `docs/json.md`."""
    sections = re.split(r"^## longroad ", (DOCS / "json.md").read_text("utf-8"), flags=re.MULTILINE)
    found = {}
    for section in sections[1:]:
        command = section.split()[0]
        code = [text for kind, text in FENCE.findall(section) if kind == "json"]
        found[command] = json.loads(code[0]) if code else None
    return found


def test_every_command_has_its_json_documented():
    assert set(documented()) == {
        command.callback.__name__.replace("_dossier", "") for command in cli.app.registered_commands
    }


FLIGHT = "russia-icbm-west/kozelsk/end-washington"


def with_a_raid(small_run, folder: Path) -> Path:
    """Return the starter scenario with one missile that comes down on what it defends."""
    text = (small_run.folder / "study" / "scenario.yaml").read_text("utf-8")
    file = folder / "raid.yaml"
    file.write_text(
        text + "raids:\n  one:\n    objects: [{threat: medium-range, at: [GRC], count: 1}]\n"
        "    ground: {status: judgement, author: The tests, reason: The least there can be.}\n",
        encoding="utf-8",
    )
    return file


def json_of(command: str, small_run, command_here):
    folder = command_here.folder
    arguments = {
        "run": None,
        "check": ["check", str(small_run.folder / "study")],
        "packs": ["packs"],
        "new": ["new", "study"],
        "catalog": ["catalog", "sensor", "an-tpy-2-forward"],
        "sources": ["sources"],
        "agreements": ["agreements", "gabala-armavir-2007"],
        "fly": ["fly", "--range", "998", "--apogee", "3725"],
        "verify": ["verify", "K09"],
        "bargain": ["bargain", "panama-1974", "--draws", "8"],
        "cover": ["cover", str(small_run.folder / "study"), "--draws", "8"],
        "reach": ["reach", "epaa-2011", "--threat", FLIGHT, "--battery", "third-site-poland"],
        "threshold": ["threshold", "epaa-2011", "--threat", FLIGHT, "--site", "redzikowo"],
        "raid": ["raid", str(with_a_raid(small_run, folder)), "--draws", "2"],
        "exchange": ["exchange", "general-staff-2012", "--draws", "8"],
        "limits": ["limits", "general-staff-2012", "--most", "1"],
        "claims": ["claims", str(small_run.folder / "study"), "--draws", "8"],
        "trace": ["trace", str(small_run.path), "ship-alone/engageable_area_fraction/medium-range"],
        "compare": ["compare", str(small_run.path), str(small_run.path)],
        "open": ["open", str(small_run.path)],
        "export": ["export", str(small_run.path), "--to", "csv", "--out", str(folder / "csv")],
    }[command]
    if arguments is None:
        return small_run.said.json
    return command_here(*arguments, "--json").json


@pytest.mark.parametrize("command", [key for key, value in documented().items() if value])
def test_json_has_the_documented_keys(command, small_run, longroad_command):
    found = json_of(command, small_run, longroad_command)
    assert same_shape(documented()[command], found), shape(found)


def test_a_different_shape_is_noticed():
    assert same_shape({"a": [{"b": 1}]}, {"a": [{"b": None}]})
    assert not same_shape({"a": [{"b": 1}]}, {"a": [{"c": 1}]})
    assert not same_shape({"a": {"b": 1}}, {"a": {"b": 1, "c": 2}})
    assert not same_shape({"a": 1}, {"a": {"b": 1}})
