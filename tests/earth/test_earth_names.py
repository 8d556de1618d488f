"""The public names of `longroad.earth`, and that asking for the room loads nothing heavy."""

import subprocess
import sys

import pytest

import longroad.earth


@pytest.mark.parametrize("name", longroad.earth.__all__)
def test_every_public_name_is_there(name):
    assert callable(getattr(longroad.earth, name))
    assert name in dir(longroad.earth)


def test_another_name_is_not():
    with pytest.raises(AttributeError, match="nonsense"):
        longroad.earth.nonsense  # noqa: B018


def test_importing_the_room_loads_no_compiler_and_no_numbers():
    heavy = "{'numpy', 'numba', 'scipy', 'h3'} & set(sys.modules)"
    code = f"import sys, longroad.earth; assert not {heavy}, {heavy}"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_territories_and_atmosphere_do_without_the_compiler():
    code = (
        "import sys, longroad.earth as e; e.territory_cells(['POL'], 3); e.country_at(52, 21); "
        "e.standard_atmosphere(1e4); assert not {'numba', 'h3', 'shapely'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
