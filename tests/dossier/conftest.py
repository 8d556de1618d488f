"""One synthetic run and one page, made once for all tests of the dossier."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

# The made-up run stands beside its tests.
sys.path.insert(0, str(Path(__file__).parent))


REACH_STEP_DEG = 7.5


@pytest.fixture(scope="session")
def fake():
    """The module that makes synthetic runs."""
    import fake_run

    return fake_run


@pytest.fixture(scope="session")
def run(fake):
    """A run of a small territory, quick to draw, with reach on a coarse grid."""
    countries = ("TUR", "ROU", "GRC", "POL")
    return fake.fake_run(draws=16, countries=countries, reach_step_deg=REACH_STEP_DEG)


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
def evil():
    """Markup and script as an ill-meaning author would write them into any string."""
    return EVIL


@pytest.fixture(scope="session")
def evil_page(fake, tmp_path_factory):
    """A dossier of a run whose author wrote markup and script into every string."""
    from longroad import dossier

    step = 2 * REACH_STEP_DEG
    run = fake.fake_run(draws=4, countries=("ROU", "GRC"), evil=EVIL, reach_step_deg=step)
    return dossier.write_dossier(run, tmp_path_factory.mktemp("evil") / "dossier.html")
