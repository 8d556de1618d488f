"""Blocks of rows evaluated by threads, with finished blocks kept.

A block is a few consecutive rows of values. Its key hashes what is computed, its rows and the
sources of the kernels, so a block computed once is found again, after an interrupt too. Nothing
depends on how blocks fall to threads.

What is computed comes in parts (coverage, reach, agreements, raids). Blocks of the same rows are
evaluated together, so that arcs and what radars see of them are computed once for all parts; each
part's block is kept by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel_hash
from longroad.study import cache

Array = NDArray[np.float64]
Block = dict[str, NDArray]
Progress = Callable[[int, int], None]
T = TypeVar("T")

# Rows in a block: a block should outweigh its file, and an interrupt should cost little.
BLOCK = 8


@dataclass(frozen=True)
class Part(Generic[T]):
    """What to compute for every row of ``table`` (R, C), by name.

    ``format`` changes with the meaning of what a block holds; ``digest`` stands for everything
    but the rows.
    """

    format: str
    digest: bytes
    table: Array
    compute: Callable[[T], Block]


def run_parts(
    parts: Sequence[Part[T]],
    prepare: Callable[[Array], T],
    workers: int,
    progress: Progress | None = None,
    *,
    kept: bool = True,
) -> list[Block]:
    """Return, for each part, its arrays (R, ...) over all of its rows.

    ``prepare`` makes of a row of values what the parts share, once for all of them. Without
    ``kept`` nothing is looked up or stored, which small jobs are not worth.
    """
    tasks: dict[bytes, list[tuple[int, int]]] = {}
    for p, part in enumerate(parts):
        for start in range(0, len(part.table), BLOCK):
            rows = np.ascontiguousarray(part.table[start : start + BLOCK])
            tasks.setdefault(rows.tobytes(), []).append((p, start))
    # The longest first, so that no thread waits for one at the end.
    order = sorted(tasks.values(), key=lambda task: -len(task))
    blocks: list[dict[int, Block]] = [{} for _ in parts]
    with ThreadPoolExecutor(max_workers=max(workers, 1)) as pool:
        futures = [pool.submit(_together, parts, task, prepare, kept) for task in order]
        try:
            for done, future in enumerate(as_completed(futures), start=1):
                for (p, start), block in future.result().items():
                    blocks[p][start] = block
                if progress is not None:
                    progress(done, len(futures))
        except BaseException:
            # An interrupt: what is finished is kept, what has not begun is dropped.
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    if kept:
        cache.trim()
    return [_joined([own[start] for start in sorted(own)]) for own in blocks]


def _together(
    parts: Sequence[Part[T]],
    task: Sequence[tuple[int, int]],
    prepare: Callable[[Array], T],
    kept: bool,
) -> dict[tuple[int, int], Block]:
    """Return the blocks of one span of rows, those that are kept without computing anything."""
    (p, start), *_ = task
    rows = np.ascontiguousarray(parts[p].table[start : start + BLOCK])
    found: dict[tuple[int, int], Block] = {}
    keys: dict[tuple[int, int], str] = {}
    for one in task:
        part = parts[one[0]]
        key = cache.key_of(part.format, kernel_hash(), part.digest, str(one[1]), rows.tobytes())
        block = cache.fetch(key) if kept else None
        if block is None:
            keys[one] = key
        else:
            found[one] = block
    made: dict[tuple[int, int], list[Block]] = {one: [] for one in keys}
    for row in rows if made else ():
        shared = prepare(row)
        for one, own in made.items():
            own.append(parts[one[0]].compute(shared))
        del shared  # before the next row's arrays are there
    for one, own in made.items():
        found[one] = {name: np.stack([block[name] for block in own]) for name in own[0]}
        if kept:
            cache.store(keys[one], found[one])
    return found


def _joined(blocks: Sequence[Block]) -> Block:
    return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}
