"""One synthetic run and one page, made once for all tests of the dossier."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

# The made-up run stands beside its tests.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def fake():
    """The module that makes synthetic runs."""
    import fake_run

    return fake_run


@pytest.fixture(scope="session")
def run(fake):
    """A run of a small territory, quick to draw."""
    return fake.fake_run(draws=16, countries=("TUR", "ROU", "GRC", "POL"))


@pytest.fixture(scope="session")
def material(run):
    """What the dossier reads from the run."""
    from longroad.dossier.material import gather

    return gather(run)


@pytest.fixture(scope="session")
def page(run, tmp_path_factory):
    """The dossier of the run as a file."""
    from longroad import dossier

    return dossier.write_dossier(run, tmp_path_factory.mktemp("dossier") / "dossier.html")


EVIL = "<script>window.evil=1</script><img src=x onerror=evil()>\"'&</title></svg>]]>{{7*7}}"


@pytest.fixture(scope="session")
def evil_page(fake, tmp_path_factory):
    """A dossier of a run whose author wrote markup and script into every string."""
    from longroad import dossier

    run = fake.fake_run(draws=4, countries=("ROU", "GRC"), evil=EVIL)
    return dossier.write_dossier(run, tmp_path_factory.mktemp("evil") / "dossier.html")
