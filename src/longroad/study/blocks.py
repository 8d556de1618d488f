"""Blocks of rows evaluated by threads, with finished blocks kept.

A block is a few consecutive rows of values. Its key hashes what is computed, its rows and the
sources of the kernels, so a block computed once is found again, after an interrupt too. Nothing
depends on how blocks fall to threads.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel_hash
from longroad.study import cache

Array = NDArray[np.float64]
Block = dict[str, NDArray]
Progress = Callable[[int, int], None]

# Rows in a block: a block should outweigh its file, and an interrupt should cost little.
BLOCK = 8


def block_count(rows: int) -> int:
    """Return how many blocks so many rows make."""
    return -(-rows // BLOCK)


def run_blocks(
    format: str,
    digest: bytes,
    table: Array,
    compute: Callable[[Array], Block],
    workers: int,
    progress: Progress | None = None,
    *,
    kept: bool = True,
) -> list[Block]:
    """Return ``compute(rows)`` for every block of rows of a value table, in their order.

    ``format`` changes with the meaning of what a block holds; ``digest`` stands for everything
    but the rows. Without ``kept`` nothing is looked up or stored, which small jobs are not worth.
    """
    starts = range(0, len(table), BLOCK)

    def one(start: int) -> Block:
        rows = np.ascontiguousarray(table[start : start + BLOCK])
        if not kept:
            return compute(rows)
        key = cache.key_of(format, kernel_hash(), digest, str(start), rows.tobytes())
        found = cache.fetch(key)
        if found is None:
            found = compute(rows)
            cache.store(key, found)
        return found

    blocks: list[Block] = [{} for _ in starts]
    with ThreadPoolExecutor(max_workers=max(workers, 1)) as pool:
        futures = {pool.submit(one, start): k for k, start in enumerate(starts)}
        try:
            for done, future in enumerate(as_completed(futures), start=1):
                blocks[futures[future]] = future.result()
                if progress is not None:
                    progress(done, len(futures))
        except BaseException:
            # An interrupt: what is finished is kept, what has not begun is dropped.
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    if kept:
        cache.trim()
    return blocks
