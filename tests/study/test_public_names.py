"""Names imported on first use must not be hidden by a module of the same name."""

import importlib
import pkgutil

import pytest

import longroad.study


@pytest.mark.parametrize("name", longroad.study.__all__)
def test_no_module_bears_a_public_name(name):
    modules = {m.name for m in pkgutil.iter_modules(longroad.study.__path__)}
    assert name not in modules
    assert getattr(importlib.import_module("longroad.study"), name).__name__ == name
