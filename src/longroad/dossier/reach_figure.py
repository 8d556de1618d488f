"""Reach maps as figures with a name: ``reach`` opens as the explorer does, with options it turns.

``reach-<trajectories>`` is the map of one force's missiles.
"""

from __future__ import annotations

from dataclasses import dataclass

from longroad.base.errors import UsageError
from longroad.dossier import reach_map
from longroad.dossier.material import Material
from longroad.dossier.reach import Reach
from longroad.dossier.reach_sites import Sites
from longroad.dossier.reach_view import View, changed, opening
from longroad.dossier.reach_words import say

NAME = "reach"


@dataclass(frozen=True)
class Options:
    """What may be asked of a reach map; None leaves it as the explorer opens."""

    threat: str | None = None
    speed_km_s: float | None = None
    delay_s: float | None = None
    part: str | None = None
    count: str | None = None
    site: str | None = None
    compare: str | None = None
    frame: str | None = None

    @property
    def given(self) -> bool:
        """Return whether anything is asked."""
        return self != Options()


@dataclass(frozen=True)
class ReachFigure:
    """A reach map before it is drawn; like `figure.Figure`, with the view it shows."""

    name: str
    title: str
    description: str
    view: View
    reach: Reach
    sites: Sites

    def svg(self, shared: dict[str, str] | None = None) -> str:
        """Return the drawing as SVG text; nothing of it is shared."""
        return reach_map.svg(
            self.reach, self.sites, self.view, id=f"figure-{self.name}", title=self.title,
            description=self.description,
        )  # fmt: skip


def names(material: Material) -> tuple[str, ...]:
    """Return the names of a run's reach maps."""
    if material.reach is None:
        return ()
    return (NAME, *(f"{NAME}-{id}" for id in material.reach.known()))


def build(material: Material, name: str, options: Options | None = None) -> ReachFigure | None:
    """Return the reach map of that name, turned as the options ask; None for another name."""
    reach, sites = material.reach, material.sites
    if reach is None or sites is None or name not in names(material):
        return None
    asked = options or Options()
    view = opening(material.manifest, reach, sites)
    if name != NAME:
        own = name.removeprefix(f"{NAME}-")
        if asked.threat is not None and asked.threat.partition("/")[0] != own:
            raise UsageError(
                f"the figure '{name}' shows other missiles than --threat {asked.threat}",
                expected=f"the figure '{NAME}', or --threat {own}",
            )
        view = changed(view, reach, sites, threat=own)
    view = changed(
        view, reach, sites, threat=asked.threat, speed_km_s=asked.speed_km_s,
        delay_s=asked.delay_s, part=asked.part, count=asked.count, frame=asked.frame,
        here=asked.site, there=asked.compare,
    )  # fmt: skip
    return ReachFigure(
        name, reach_map.title_of(reach, view), say(reach, sites, view), view, reach, sites
    )
