"""The whole flagship run through the real command line: cold, warm and cached.

    python benchmarks/full_run.py [workers]

*Cold* compiles every kernel, *warm* computes everything again with compiled kernels, *cached*
finds every finished block. The design asks for 60 s warm on two cores and 2 GiB for the first two
chapters of the dossier; this is the part of them that exists.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PACK = "epaa-2011"
ALLOWED_S, ALLOWED_MIB = 60.0, 2048.0


def run(folder: Path, workers: str) -> tuple[float, float]:
    """Return wall time (s) and peak memory (MiB) of one run."""
    out = folder / "run"
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "longroad", "run", PACK, "--out", str(out)]
    before = time.perf_counter()
    subprocess.run(
        [*command, "--workers", workers],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "LONGROAD_CACHE_DIR": str(folder / "cache")},
    )
    wall = time.perf_counter() - before
    cost = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["cost"]
    return wall, cost["peak_memory_mib"]


def main() -> None:
    """Run three times and print the ratios to what the design allows."""
    workers = sys.argv[1] if len(sys.argv) > 1 else "2"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in ("cold", "warm", "cached"):
            if kind == "warm":
                shutil.rmtree(folder / "cache" / "stages")
            wall, memory = run(folder, workers)
            print(
                f"{kind:7} {wall:7.1f} s, allowed over needed {ALLOWED_S / wall:6.1f}; "
                f"{memory:7.0f} MiB, allowed over needed {ALLOWED_MIB / memory:5.1f}"
            )


if __name__ == "__main__":
    main()
