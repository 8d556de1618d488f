"""All faults of one file, collected so that one reading tells the user everything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path as FilePath

from longroad.base.errors import LongroadError, ScenarioError
from longroad.scenario.node import Node, Path, dotted

# Looking for the nearest word costs milliseconds; a file with more faults than this gets no more.
MOST_SUGGESTIONS = 200
# A valid word, or how to find it.
Suggestion = str | Callable[[], str | None] | None


class ScenarioFaultsError(ScenarioError):
    """The first fault of a file, printed as one paragraph, with all of them in ``faults``.

    ``what``, ``line``, ``field``, ``expected`` and ``nearest`` are those of the first fault.
    """

    faults: tuple[LongroadError, ...] = ()

    def __str__(self) -> str:
        text = super().__str__()
        more = len(self.faults) - 1
        if more > 0:
            text += f" And {more} more; `longroad check` lists them."
        return text


class Faults:
    """A growing list of faults of one file; the same fault at the same place counts once."""

    def __init__(self, file: str | FilePath) -> None:
        self.file = str(file)
        self._found: dict[tuple[object, ...], LongroadError] = {}
        self._reports = 0

    def __len__(self) -> int:
        """Return how often a fault was added; compare it before and after to see whether."""
        return self._reports

    def add(self, fault: LongroadError) -> None:
        """Add one fault."""
        self._reports += 1
        # Several variants share the base, so that a fault of the base is met several times.
        self._found.setdefault((fault.line, fault.field, fault.what), fault)

    def at(
        self,
        node: Node,
        what: str,
        *,
        expected: str | None = None,
        nearest: Suggestion = None,
        below: Path = (),
        on_key: bool = False,
    ) -> None:
        """Add a fault at a node, or at a place ``below`` it that does not exist.

        ``nearest`` may be a function; it is called only for a fault that is new.
        """
        grouped = isinstance(node.value, dict | list)
        line = node.key_line if grouped or on_key else node.line
        field = dotted((*node.path, *below)) or None
        if callable(nearest):
            new = (line, field, what) not in self._found
            nearest = nearest() if new and len(self._found) < MOST_SUGGESTIONS else None
        self.add(
            ScenarioError(
                what, file=self.file, line=line, field=field, expected=expected, nearest=nearest
            )
        )

    @property
    def all(self) -> tuple[LongroadError, ...]:
        """Return the faults in the order of their lines."""
        return tuple(sorted(self._found.values(), key=lambda fault: fault.line or 0))

    def raise_any(self) -> None:
        """Raise what was collected, if anything."""
        found = self.all
        if not found:
            return
        first = found[0]
        error = ScenarioFaultsError(
            first.what,
            file=first.file or self.file,
            line=first.line,
            field=first.field,
            expected=first.expected,
            nearest=first.nearest,
        )
        error.faults = found
        raise error
