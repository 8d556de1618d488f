"""What holds for the package as a whole: order of the rooms, sizes, licences, what it carries."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import longroad

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "longroad"
# Each room imports only from rooms before it.
ROOMS = (
    "base",
    "catalog",
    "earth",
    "scenario",
    "flight",
    "sensing",
    "agreement",
    "engagement",
    "deterrent",
    "bargaining",
    "study",
    "verify",
    "dossier",
    "workbench",
    "console",
    "commands",
    "cli",
    "__main__",
)
LONGEST_FILE = 500
UNIT_SUFFIX = re.compile(r"_(m|km|s|kg|rad|deg|w|hz|k|pa|m2|m_s|km_s|m_s2|kg_m3|fraction)$")
# Put together here, so that this file does not contain what it looks for.
FORBIDDEN = tuple(
    "".join(parts)
    for parts in (
        ("pypi", ".org"),
        ("pythonhosted", ".org"),
        ("registry.", "npmjs"),
        ("--extra-", "index-url"),
        ("file", ":///"),
        ("/wo", "rk/"),
        ("/ro", "ot/"),
        ("/ho", "me/u"),
        ("/tmp", "/plan"),
        ("C:\\", "Users"),
    )
)


def tracked() -> list[Path]:
    """Return the files under version control, or all files where there is no git."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a git work tree")
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imports(path: Path) -> set[tuple[str, ...]]:
    """Return the dotted names a file imports, those inside functions and type checks included."""
    package = ("longroad", *path.relative_to(PACKAGE).parent.parts)
    found: set[tuple[str, ...]] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {tuple(alias.name.split(".")) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            base += tuple((node.module or "").split(".")) if node.module else ()
            found |= {(*base, alias.name) for alias in node.names}
    return found


def test_every_room_has_its_place():
    assert {room_of(path) for path in modules()} - {"__init__"} <= set(ROOMS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_from_rooms_before_it(path):
    own = room_of(path)
    if own == "__init__":
        return
    above = {*ROOMS[: ROOMS.index(own) + 1], "__version__"}
    if own == "commands":
        above |= set(longroad.__all__)
    wrong = {
        ".".join(name)
        for name in imports(path)
        if name[0] == "longroad" and (len(name) == 1 or name[1] not in above)
    }
    assert wrong == set()


def test_the_reading_of_imports_finds_a_wrong_one(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    (tmp_path / "base").mkdir()
    file = tmp_path / "base" / "odd.py"
    file.write_text("def f():\n    from longroad.study import run\n    import longroad.cli\n")
    assert imports(file) == {("longroad", "study", "run"), ("longroad", "cli")}


def files_of(path: Path) -> set[Path]:
    """Return the files of the package that a file imports, leaving out what a room shows of them.

    A name may be a module, or something in one.
    """
    found: set[Path] = set()
    for name in imports(path):
        if name[0] == "longroad":
            whole, module = (PACKAGE.joinpath(*parts) for parts in (name[1:], name[1:-1]))
            found |= {
                f for f in (whole.with_suffix(".py"), module.with_suffix(".py")) if f.is_file()
            }
    return found


def test_no_file_imports_itself_by_way_of_others():
    shown = [path for path in modules() if path.name not in ("__init__.py", "__main__.py")]
    TopologicalSorter({path: files_of(path) for path in shown}).prepare()


def test_the_search_for_circles_finds_one_of_types(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    a, b = tmp_path / "a.py", tmp_path / "b.py"
    a.write_text("if TYPE_CHECKING:\n    from longroad.b import B\n")
    b.write_text("import longroad.a\n")
    assert files_of(a) == {b}
    with pytest.raises(CycleError):
        TopologicalSorter({path: files_of(path) for path in (a, b)}).prepare()


def test_no_file_is_longer_than_the_ceiling():
    texts = [
        path
        for folder in (PACKAGE, ROOT / "tests", ROOT / "builders", ROOT / "benchmarks")
        for path in folder.rglob("*")
        if path.suffix in {".py", ".js", ".css", ".j2", ".html"} and path.is_file()
    ]
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in texts}
    too_long = {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > LONGEST_FILE}
    assert too_long == {}


def test_only_declared_dependencies_are_imported():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {requirement_name(line) for line in project["dependencies"]}
    known = {"ruamel": "ruamel-yaml", "vl_convert": "vl-convert-python"}
    wanted = {
        known.get(name[0], name[0].lower().replace("_", "-"))
        for path in modules()
        for name in imports(path)
        if name[0] not in sys.stdlib_module_names and name[0] != "longroad"
    }
    assert wanted - declared == set()
    assert declared - wanted == set(), "declared, but no file imports it"


def test_the_locks_hold_every_dependency_at_one_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run_time, test_time = lock("requirements.lock"), lock("requirements-test.lock")
    extras = project["optional-dependencies"]
    assert {requirement_name(line) for line in project["dependencies"]} <= {n for n, _ in run_time}
    wanted = {requirement_name(line) for line in (*extras["test"], *extras["dev"])}
    assert wanted <= {name for name, _ in test_time}
    assert run_time <= test_time


def requirement_name(line: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", line)[0].lower().replace("_", "-").replace(".", "-")


def lock(name: str) -> set[tuple[str, str]]:
    """Return the pairs of package and version (with its marker) of a lock file."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9-]+==\S+( ; .+)?", line) for line in pins)
    return {(line.partition("==")[0], line.partition("==")[2]) for line in pins}


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    cited = re.search(r"^version: (\S+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)
    assert project["version"] == longroad.__version__ == cited.group(1)


def test_no_file_names_a_machine_or_a_registry():
    found = set()
    for path in tracked():
        content = path.read_bytes().decode("utf-8", errors="ignore")
        found |= {(str(path.relative_to(ROOT)), word) for word in FORBIDDEN if word in content}
    assert found == set()


def test_nothing_shipped_fetches_anything():
    """No page, script or style of the package may reach for the network."""
    reaching = re.compile(
        r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|importScripts|@import|sendBeacon"
        r"|(?:src|href|url\()\s*=?\s*['\"(]?\s*(?:https?:)?//"
    )
    pages = [p for p in PACKAGE.rglob("*") if p.suffix in {".html", ".j2", ".js", ".css", ".svg"}]
    assert pages
    found = {
        (str(path.relative_to(PACKAGE)), match.group())
        for path in pages
        for match in reaching.finditer(path.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_no_physical_number_hides_in_a_signature():
    """Assumptions live in the catalogue: a parameter that carries a unit has no default."""
    found = []
    for path in modules():
        if room_of(path) not in {"flight", "sensing", "engagement", "study"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                found += [f"{path.name}:{node.lineno} {name}" for name in defaults_with_unit(node)]
    assert found == []


def defaults_with_unit(node: ast.FunctionDef) -> list[str]:
    arguments = [*node.args.posonlyargs, *node.args.args]
    given = list(zip(reversed(arguments), reversed(node.args.defaults), strict=False))
    given += zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    return [
        argument.arg
        for argument, default in given
        if UNIT_SUFFIX.search(argument.arg)
        and isinstance(default, ast.Constant)
        and isinstance(default.value, int | float)
    ]


def test_the_reading_of_signatures_finds_a_hidden_number():
    (node,) = ast.parse("def f(a, burn_time_s=60.0, *, speed_m_s=3e3, steps=4, x_m=None): ...").body
    assert defaults_with_unit(node) == ["burn_time_s", "speed_m_s"]


def test_licence_and_notices_are_there():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for path in PACKAGE.rglob("LICENSE*"):
        assert str(path.relative_to(ROOT)) in notice


def test_importing_the_package_imports_nothing_heavy():
    heavy = ("numpy", "numba", "scipy", "pydantic", "duckdb", "altair", "rich")
    program = f"import sys, longroad.cli; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["load", "run", "open_run"])
def test_the_public_names_are_there(name):
    assert name in dir(longroad)
    assert callable(getattr(longroad, name))


@pytest.mark.parametrize("name", ["base", "catalog", "earth", "scenario", "flight", "study"])
def test_the_rooms_are_there(name):
    assert getattr(longroad, name) is importlib.import_module(f"longroad.{name}")


@pytest.mark.parametrize("name", ["flight.lambert", "flight.kepler", "earth.standard_atmosphere"])
def test_the_functions_users_rely_on_are_there(name):
    room, function = name.split(".")
    assert callable(getattr(getattr(longroad, room), function))


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="runn"):
        longroad.runn  # noqa: B018
