"""The version of the format that a file is written in."""

from __future__ import annotations

from longroad.base.errors import ScenarioError
from longroad.scenario.form import written
from longroad.scenario.node import Node
from longroad.scenario.written import FORMAT_VERSION


def check_version(root: Node, file: str) -> None:
    """Raise unless the file says that it is written in the format this program reads."""
    expected = f"'longroad: {FORMAT_VERSION}' at the top of the file"
    if not isinstance(root.value, dict):
        raise ScenarioError(
            f"the file holds {written(root)}, not named fields",
            file=file,
            line=root.line,
            expected=expected,
        )
    version = root.get("longroad")
    if version is None:
        raise ScenarioError(
            "this does not say that it is a Longroad file",
            file=file,
            line=root.line,
            field="longroad",
            expected=expected,
        )
    if isinstance(version.value, bool) or version.value != FORMAT_VERSION:
        raise ScenarioError(
            f"{written(version)} is not a format version that this Longroad reads",
            file=file,
            line=version.line,
            field="longroad",
            expected=expected,
        )
