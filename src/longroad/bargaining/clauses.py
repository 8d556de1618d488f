"""Two proposals clause by clause: where they differ, and what each difference is worth to whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from longroad.bargaining.assign import Assignments
from longroad.bargaining.problem import Floats, Ints


@dataclass(frozen=True)
class Clause:
    """One issue on which two proposals differ.

    ``worth`` (parties,): median utility of the second's option less that of the first's, and
    ``low``, ``high`` its 5th and 95th percentile. ``agreed`` when no party loses by the second's.
    """

    issue: str
    first: str
    second: str
    worth: Floats
    low: Floats
    high: Floats

    @property
    def contested(self) -> bool:
        """Return whether the parties pull in different directions (by the median)."""
        return bool(np.any(self.worth > 0.0) and np.any(self.worth < 0.0))


def clauses(sampled: Assignments, first: Ints, second: Ints) -> tuple[Clause, ...]:
    """Return the issues on which two packages (issues,) differ, most contested first.

    Interactions of several issues are not part of a single clause.
    """
    found = []
    for i, issue in enumerate(sampled.negotiation.issues):
        a, b = int(first[i]), int(second[i])
        if a == b:
            continue
        change = sampled.tables[i][:, :, b] - sampled.tables[i][:, :, a]
        low, median, high = np.percentile(change, [5.0, 50.0, 95.0], axis=0)
        options = issue.option_ids
        found.append(Clause(issue.id, options[a], options[b], median, low, high))
    return tuple(sorted(found, key=lambda c: -float(np.min(np.abs(c.worth)) * c.contested)))
