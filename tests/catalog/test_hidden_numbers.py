"""No assumption hides in Python: numbers about systems stand in the catalogue's data alone."""

import ast
from pathlib import Path

import pytest

import longroad
from longroad.catalog.fields import DEFAULT_GROUPS, KINDS, fields_of

PACKAGE = Path(longroad.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
UNITS = ("_m", "_km", "_s", "_rad", "_deg", "_m_s", "_km_s", "_m2", "_kg_m2", "_fraction", "_share")
HARMLESS = {0, 1, 2, -1, 90, -90, 180, -180, 360, 1e-12}  # indices, full angles, rounding


def names_of_the_catalogue():
    """Every quantity that an entry may have, but for the two that any point has."""
    cases = [
        *(("interceptor", "", {}), ("missile", "", {"role": "strategic"})),
        *(("sensor", "", {"type": type_}) for type_ in ("radar", "space-infrared")),
        *((kind, "", {}) for kind in ("force", "weapon", "basing", "route", "constellation")),
        *(("default", group, {}) for group in DEFAULT_GROUPS),
    ]
    assert {kind for kind, _, _ in cases} | {"site", "source"} == set(KINDS)
    found = {field.name for case in cases for field in fields_of(*case)}
    # A step says how finely something is computed or drawn, and is no assumption.
    return {name for name in found if not name.endswith("_step")}


CATALOGUED = names_of_the_catalogue()


def number(node):
    """Return the value of an expression made of numbers alone, or None."""
    if isinstance(node, ast.UnaryOp):
        return number(node.operand)
    if isinstance(node, ast.BinOp):
        sides = number(node.left), number(node.right)
        return None if None in sides else max(sides)
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value
    return None


def bindings(tree):
    """Yield (line, name, expression) wherever a name is given a value."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from ((node.lineno, name, node.value) for name in targets(target))
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            yield from ((node.lineno, name, node.value) for name in targets(node.target))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            plain = [*node.args.posonlyargs, *node.args.args]
            given = list(zip(reversed(plain), reversed(node.args.defaults), strict=False))
            given += zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            yield from ((node.lineno, a.arg, value) for a, value in given if value is not None)
        elif isinstance(node, ast.Call):
            yield from ((node.lineno, k.arg, k.value) for k in node.keywords if k.arg)
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                sign = type(number(value)) is int and abs(number(value)) == 1  # a direction
                if isinstance(key, ast.Constant) and isinstance(key.value, str) and not sign:
                    yield node.lineno, key.value, value


def targets(node):
    if isinstance(node, ast.Name):
        return [node.id]
    return [node.attr] if isinstance(node, ast.Attribute) else []


def catalogued(name):
    """Return whether a name is that of a catalogued quantity, with or without a unit."""
    bare = name.lower().strip("_")
    stems = {bare, *(bare.removesuffix(unit) for unit in UNITS)}
    stems |= {stem.removeprefix("default_") for stem in stems}
    return bool(stems & CATALOGUED)


def hidden(tree):
    return [
        f"{line}: {name}"
        for line, name, value in bindings(tree)
        if catalogued(name) and number(value) not in (None, 0)
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_catalogued_quantity_is_given_a_number_in_python(path):
    assert hidden(ast.parse(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "code",
    [
        "BURN_TIME_S = 170.0",
        "def f(*, burnout_altitude_m=200e3): ...",
        "f(decision_time=30)",
        "given = {'reference_range_km': 1500}",
        "class A:\n    flight_life_s: float = 60 * 5",
        "_DEFAULT_TRACK_TIME_S = 20.0",
    ],
)
def test_a_hidden_number_would_be_found(code):
    assert len(hidden(ast.parse(code))) == 1


def test_other_names_are_let_be():
    tree = ast.parse("STEP_S = 4.0\nburn_time_s = burn * 2\nflight_life = None\nlength = 3")
    assert hidden(tree) == []
    tree = ast.parse("more_is_better = {'reference_range': 1, 'track_time': -1}")
    assert hidden(tree) == []


def test_the_code_of_the_catalogue_itself_holds_no_number_at_all():
    for path in (PACKAGE / "catalog").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and type(node.value) in (int, float):
                assert node.value in HARMLESS, f"{path.name}:{node.lineno}"
