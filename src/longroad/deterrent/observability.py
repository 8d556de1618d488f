"""By which published means, or under which transparency provision, a limit could be seen kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from longroad.base.messages import text
from longroad.catalog.yaml_file import read_yaml

FILE = Path(__file__).resolve().parent / "data" / "observability.yaml"


@dataclass(frozen=True)
class Means:
    """One way to see that a limit is kept.

    ``by`` is from-outside, provision or none; ``provision`` the measure of a transparency provision
    that it takes. ``status`` as of a quantity: published, reported, or judgement, which has author
    and reason in place of a source.
    """

    id: str
    by: str
    provision: str | None
    status: str
    source: str | None
    author: str | None
    reason: str | None

    @property
    def words(self) -> str:
        """Return the means in words."""
        return text(f"deterrent.means.{self.id}")


@cache
def means_of(kind: str) -> tuple[Means, ...]:
    """Return the means for a kind of limit, the best first."""
    written: Any = read_yaml(FILE).content
    names = ("by", "provision", "status", "source", "author", "reason")
    told = {
        id: {name: None if one.get(name) is None else str(one[name]) for name in names}
        for id, one in written[kind].items()
    }
    return tuple(Means(id, **one) for id, one in told.items())  # type: ignore[arg-type]
