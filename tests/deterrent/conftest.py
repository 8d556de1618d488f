"""What the tests of this room share."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from longroad.catalog import load_catalog


@pytest.fixture(scope="session")
def build() -> ModuleType:
    """Forces and defences made by hand."""
    path = Path(__file__).resolve().parent / "build.py"
    spec = importlib.util.spec_from_file_location("deterrent_build", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def catalog():
    return load_catalog()
