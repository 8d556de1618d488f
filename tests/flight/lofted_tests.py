"""Published lofted tests: range, apogee, reported times, and free-flight time of the notes.

Range and apogee in km, times in s: reported from and to (whole minutes where only minutes are
known), surface-to-surface Kepler time as the notes on validation give it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Lofted:
    """One test flight; ``case`` is the id in the notes, empty for rows without a case."""

    name: str
    case: str
    range_km: float
    apogee_km: float
    reported_s: tuple[float, float]
    free_s: int


TESTS = (
    Lofted("Hwasong-12, 14 May 2017", "K05", 787.0, 2111.5, (1800, 1800), 1676),
    Lofted("Hwasong-14, 4 Jul 2017", "K06", 933.0, 2802.0, (2220, 2340), 2065),
    Lofted("Hwasong-14, 28 Jul 2017", "K07", 998.0, 3725.0, (2820, 2820), 2587),
    Lofted("Hwasong-15, 29 Nov 2017", "K08", 950.0, 4475.0, (3180, 3240), 3017),
    Lofted("Hwasong-17, 18 Nov 2022", "K09", 999.2, 6040.9, (4135, 4135), 3947),
    Lofted("Hwasong-15, 18 Feb 2023", "K10", 989.0, 5768.0, (3960, 3960), 3782),
    Lofted("Hwasong-17, 16 Mar 2023", "", 1000.2, 6045.0, (4151, 4151), 3949),
    Lofted("Hwasong-18, 12 Jul 2023", "K11", 1001.0, 6648.0, (4440, 4491), 4319),
    Lofted("Hwasong-18, 18 Dec 2023", "", 1002.3, 6518.2, (4415, 4415), 4239),
)
each_test = pytest.mark.parametrize("test", TESTS, ids=[test.name for test in TESTS])
