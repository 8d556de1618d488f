"""One thing in the catalogue: an interceptor, a sensor, a missile, a site or a set of defaults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from longroad.base.errors import CatalogError, nearest
from longroad.base.quantity import Disputed, Quantity


@dataclass(frozen=True)
class Entry:
    """A catalogue entry; ``quantities`` by field name, in the order of `longroad.catalog.fields`.

    ``sources`` are the bibliography ids of the entry as a whole (that it exists, where and
    when); every quantity names its own. ``file`` and ``line`` say where it is written.
    """

    kind: str
    id: str
    name: str
    country: str | None
    quantities: Mapping[str, Quantity | Disputed]
    facts: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None
    sources: tuple[str, ...] = ()
    file: str | None = None
    line: int | None = None

    @property
    def reference(self) -> str:
        """Return how a scenario names this entry: ``interceptor/sm3-ia``."""
        return f"{self.kind}/{self.id}"

    def quantity(self, name: str) -> Quantity | Disputed:
        """Return a quantity by field name; raise :class:`CatalogError` when there is none."""
        if name in self.quantities:
            return self.quantities[name]
        raise CatalogError(
            f"{self.reference} has no quantity '{name}'",
            expected=", ".join(self.quantities) or "no quantity at all",
            nearest=nearest(name, self.quantities),
        )

    def keeping(self, wanted: Callable[[Quantity | Disputed], bool]) -> Entry:
        """Return the same entry with only those of its quantities that are wanted."""
        kept = {name: number for name, number in self.quantities.items() if wanted(number)}
        return replace(self, quantities=kept)

    def each(self) -> tuple[Quantity, ...]:
        """Return all quantities, with every alternative of those that are disputed."""
        found: list[Quantity] = []
        for quantity in self.quantities.values():
            found += quantity.alternatives if isinstance(quantity, Disputed) else (quantity,)
        return tuple(found)
