"""A scenario evaluated and written down as a run."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from longroad.base.kernel import kernel_hash
from longroad.scenario import Finding, Scenario, load
from longroad.study import manifest
from longroad.study.bargain_findings import bargaining_records
from longroad.study.bargain_run import Bargained, bargained, negotiation_of, record_of
from longroad.study.bargain_tables import bargain_chapter
from longroad.study.chapters import chapter_tables
from longroad.study.claims_run import chapter_of
from longroad.study.exchange_rows import exchanges_of
from longroad.study.findings import claim_records
from longroad.study.physics_block import require_cases
from longroad.study.pipeline import (
    BARGAINING,
    DETERRENTS,
    EVERY,
    Progress,
    study,
    with_numbers,
    worker_count,
)
from longroad.study.semantic import require_sound
from longroad.study.store import (
    CLAIMS,
    MANIFEST,
    NEGOTIATION,
    SCENARIO,
    Finish,
    Run,
    check_place,
    open_run,
    write_run,
)
from longroad.study.table import Table

# What is given what the semantic checks find.
Heed = Callable[[tuple[Finding, ...]], None]


def run(
    scenario: Scenario | str | Path,
    out: str | Path | None = None,
    *,
    draws: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    resume: bool = False,
    progress: Progress | None = None,
    finish: Finish | None = None,
    heed: Heed | None = None,
    chapters: Collection[str] = EVERY,
) -> Run:
    """Evaluate a scenario and write its run directory; return the opened run.

    ``out`` defaults to ``runs/<scenario id>``. Finished blocks of draws are kept in the cache, so
    a run that was interrupted goes on where it stopped and ends with the same bytes. With
    ``resume`` a whole run of the same scenario, seed and draws at ``out`` is opened as it stands.
    ``finish`` may add files to the run before it appears at its place (see `write_run`).
    ``chapters`` are those wanted, with the claims about them; numbers are the same with and without
    the others.

    The semantic checks come first: ``heed`` is given what they find, and an error among it is
    raised as :class:`ScenarioFaultsError` before anything is computed or written.
    """
    started = datetime.now(UTC)
    clock = time.perf_counter()
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    target = Path(out) if out is not None else Path("runs") / loaded.id
    if resume:
        former = _same_run(with_numbers(loaded, draws, seed), target)
        if former is not None:
            return former
    found = require_sound(loaded)
    check_place(target)
    if heed is not None:
        heed(found)
    talks = negotiation_of(loaded) if BARGAINING in chapters else None
    if talks is not None:
        require_cases(talks, loaded)
    done = study(
        loaded, draws=draws, seed=seed, workers=workers, progress=progress, chapters=chapters
    )
    chosen = replace(
        done.scenario,
        claims=tuple(c for c in done.scenario.claims if chapter_of(c.measure) in chapters),
    )
    strategic = cache(lambda: exchanges_of(done, worker_count(workers)))

    @cache
    def bargain() -> tuple[Bargained, tuple[manifest.Claim, ...]] | None:
        """Return the negotiation evaluated and its claims; beside other chapters, on one thread."""
        if talks is None:
            return None
        made = bargained(talks, chosen, seed=seed, workers=workers, progress=progress)
        found = bargaining_records(chosen, talks, made.block, seed=seed, workers=1)
        return made, found

    def record() -> manifest.Manifest:
        from longroad.study.record import make_manifest

        cost = manifest.Cost(
            started=started.isoformat(timespec="seconds"),
            wall_s=round(time.perf_counter() - clock, 3),
            workers=worker_count(workers),
            peak_memory_mib=_peak_memory_mib(),
            processor=None,
            platform=sys.platform,
        )
        exchanges = strategic().rows if DETERRENTS in chapters else ()
        claims = claim_records(
            chosen, done.plan, done.ensemble, done.reach, done.agreements, exchanges
        )
        made = bargain()
        if made is not None:
            claims += made[1]
        used = {quantity.id for quantity in done.plan.quantities}
        talked = None if made is None else record_of(made[0])
        return make_manifest(chosen, used, claims, cost, talked)

    texts = {SCENARIO: chosen.source_text}
    if chosen.claims_text:
        texts[CLAIMS] = chosen.claims_text
    if talks is not None:
        texts[NEGOTIATION] = talks.source_text

    def bargaining() -> dict[str, Table]:
        made = bargain()
        return {} if made is None else bargain_chapter(made[0])

    tables = chapter_tables(done, strategic, worker_count(workers), progress, bargaining, chapters)
    return write_run(target, record, tables, texts, finish)


def _same_run(scenario: Scenario, path: Path) -> Run | None:
    """Return the run at ``path`` if it is whole and was made from the same input and kernels."""
    if not (path / MANIFEST).is_file():
        return None
    former = open_run(path)
    record, talks = former.manifest, negotiation_of(scenario)
    known = None if record.negotiation is None else record.negotiation.sha256
    if known != (None if talks is None else _hash(talks.source_text)):
        return None
    same = (record.scenario_sha256, record.seed, record.draws, record.kernel_hash) == (
        _hash(scenario.source_text),
        scenario.seed,
        scenario.draws,
        kernel_hash(),
    )
    return former if same and not former.damaged() else None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _peak_memory_mib() -> float | None:
    """Return the greatest memory of this process so far (MiB), where the system tells."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024.0 if sys.platform != "darwin" else 1024.0**2), 1)
