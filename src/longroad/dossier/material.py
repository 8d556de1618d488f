"""Everything a dossier is made from, read once from a run."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from longroad.base.errors import RunError
from longroad.dossier import (
    agreement_data,
    bargain_data,
    contribution_data,
    deterrent_data,
    difference_data,
    raid_data,
    timeline,
)
from longroad.dossier.coverage import Coverage, Times, window_times
from longroad.dossier.naming import as_shown
from longroad.dossier.reach import Reach, read_reach
from longroad.dossier.reach_pairs import Pairs, read_pairs
from longroad.dossier.reach_sites import Sites, read_sites
from longroad.dossier.reading import Outcomes, RunLike
from longroad.study.manifest import Manifest


@dataclass(frozen=True)
class Material:
    """A run as the dossier sees it; coverage and times by party, parties in table order."""

    manifest: Manifest
    outcomes: Outcomes
    parties: tuple[str, ...]
    fine: dict[str, Coverage]
    coarse: dict[str, Coverage]
    times: dict[str, dict[tuple[str, str], Times]]
    timeline: timeline.Timeline | None
    contributions: contribution_data.Contributions | None = None
    differences: difference_data.Differences | None = None
    agreements: agreement_data.Agreements | None = None
    raids: raid_data.Raids | None = None
    deterrent: deterrent_data.Deterrent | None = None
    bargain: bargain_data.Bargain | None = None
    reach: Reach | None = None
    sites: Sites | None = None
    pairs: Pairs | None = None

    @property
    def shown(self) -> Reach | None:
        """Reach as far as the page has room for it."""
        return self.reach.carried() if self.reach is not None else None

    def party_name(self, id: str) -> str:
        """Return a party's name."""
        return next((party.name for party in self.manifest.parties if party.id == id), id)


def gather(run: RunLike) -> Material:
    """Read a run; raises RunError when it has no outcomes or no coverage to show."""
    _ = run.manifest  # read before two threads ask for it
    with ThreadPoolExecutor(1) as aside:  # half of the reading is reach
        return _gathered(run, aside.submit(_reached, run))


def _reached(run: RunLike) -> tuple[Reach | None, Sites | None, Pairs | None]:
    reach = read_reach(run)
    if reach is None:
        return None, None, None
    return reach, read_sites(run, reach), read_pairs(run, reach)


def _gathered(
    run: RunLike, reached: Future[tuple[Reach | None, Sites | None, Pairs | None]]
) -> Material:
    manifest = run.manifest
    outcomes = Outcomes.read(run)
    parties = outcomes.parties()
    fine = {party: Coverage.read(run, party, manifest.grid.map) for party in parties}
    parties = tuple(party for party in parties if fine[party].layers)
    if not parties:
        raise RunError("the run has no coverage to show", expected="outcomes and coverage rows")
    made = Material(
        manifest=as_shown(manifest),
        outcomes=outcomes,
        parties=parties,
        fine={party: fine[party] for party in parties},
        coarse={party: Coverage.read(run, party, manifest.grid.ensemble) for party in parties},
        times={party: window_times(run, party) for party in parties},
        timeline=next(
            (found for party in parties if (found := timeline.choose(run, party)) is not None), None
        ),
        contributions=contribution_data.read(run),
        differences=difference_data.read(run),
        agreements=agreement_data.read(run),
        raids=raid_data.read(run),
        deterrent=deterrent_data.read(run),
        bargain=bargain_data.read(run),
    )
    reach, sites, pairs = reached.result()
    return replace(made, reach=reach, sites=sites, pairs=pairs)
