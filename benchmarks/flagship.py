"""The flagship of the design, like for like: wall time and memory on two cores.

    python benchmarks/flagship.py [workers]

The design's table of speeds names six launch areas, four missile classes in two shapes, NATO
Europe in about 450 cells (3,100 for the map), up to eight batteries, five variants, seven
agreements and 128 draws. The pack `epaa-2011` is larger: a sixth variant, nine offers of history,
a second raid, and a study of its own for every rival claim. This program takes those away and
measures *chapters 1 and 2* (coverage, reach, agreements, raids) without rival claims, then *all
chapters* with rival claims, deterrents and, where the pack has a negotiation, bargaining; each with
compiled kernels, new draws and its dossier.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from longroad.base.quantity import Disputed, Quantity
from longroad.dossier import write_dossier
from longroad.scenario import Position, Scenario, Variant, load
from longroad.study import run
from longroad.study.columns import adopted
from longroad.study.readings import disputes

PACK, EXTRA = "epaa-2011", "ships-north"
ARCHITECTURES = {"none", "restraint", "a0", "a1", "a2", "a3", "a4"}
FIRST = ("coverage", "reach", "agreements", "raids")
# Name, chapters (None: all), seconds that the design allows.
PARTS = (("chapters 1 and 2", FIRST, 60.0), ("all chapters", None, 120.0))
ALLOWED_MIB = 2048.0


def flagship(whole: bool) -> Scenario:
    """Return the pack as the design counts it; without ``whole`` chapters 1 and 2 alone."""
    pack = load(PACK)
    variants = tuple(_cut(one) for one in pack.variants if one.id != EXTRA)
    claims = tuple(c for c in pack.claims if getattr(c.measure, "variant", None) != EXTRA)
    if whole:
        return replace(pack, variants=variants, claims=claims)
    return replace(pack, variants=tuple(_settled(one) for one in variants), claims=())


def _cut(variant: Variant) -> Variant:
    agreements = tuple(one for one in variant.agreements if one.id in ARCHITECTURES)
    return replace(variant, agreements=agreements, raids=variant.raids[:1])


def _settled(variant: Variant) -> Variant:
    """Return a variant in which every dispute is decided as adopted."""
    known = {q.id: adopted(q) for q in disputes(variant)}
    named = {id: q for id, q in known.items() if id.rpartition(".")[2] not in PLACE}
    return replace(
        variant,
        assume={**variant.assume, **named},
        launch_areas=tuple(replace(a, position=_place(a.position)) for a in variant.launch_areas),
        sensors=tuple(
            one if one.position is None else replace(one, position=_place(one.position))
            for one in variant.sensors
        ),
        batteries=tuple(replace(b, position=_place(b.position)) for b in variant.batteries),
    )


PLACE = ("latitude", "longitude")


def _place(position: Position) -> Position:
    def one(value: Quantity | Disputed) -> Quantity | Disputed:
        return adopted(value) if isinstance(value, Disputed) else value

    return replace(position, latitude=one(position.latitude), longitude=one(position.longitude))


def measured(place: Path, chapters: tuple[str, ...] | None, workers: int, seed: int) -> None:
    """Carry out one run in this process and write its dossier."""
    scenario = flagship(whole=chapters is None)
    only = {} if chapters is None else {"chapters": chapters}
    shutil.rmtree(place, ignore_errors=True)
    write_dossier(run(scenario, place, workers=workers, seed=seed, **only))


def main() -> None:
    """Measure each part in a process of its own, once to compile and once with new draws."""
    workers = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    with tempfile.TemporaryDirectory() as name:
        for title, chapters, allowed_s in PARTS:
            for kind, seed in (("cold", 1), ("warm", 2)):
                call = f"(Path({name!r}) / 'run', {chapters!r}, {workers}, {seed})"
                code = (
                    "import resource, runpy; from pathlib import Path; "
                    f"runpy.run_path({__file__!r})['measured']{call}; "
                    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
                )
                before, used = time.perf_counter(), os.times()
                done = subprocess.run(
                    [sys.executable, "-c", code], check=True, capture_output=True, text=True
                )
                wall, now = time.perf_counter() - before, os.times()
                spent = now.children_user + now.children_system
                spent -= used.children_user + used.children_system
                memory = float(done.stdout.split()[-1])
                print(
                    f"{title:16} {kind}: {wall:6.1f} s, allowed over needed "
                    f"{allowed_s / wall:5.2f}; {spent:6.1f} s of processor; {memory:5.0f} MiB, "
                    f"allowed over needed {ALLOWED_MIB / memory:5.2f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
