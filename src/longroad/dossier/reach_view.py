"""One view of the reach explorer: what is asked, and how it is written into an address.

The same view is a choice of controls in the page, the fragment of a link to it
(``#reach?missiles=...``), and the options of `longroad figure`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import parse_qsl, urlencode

import numpy as np

from longroad.base.errors import UsageError, nearest
from longroad.dossier.naming import headline
from longroad.dossier.reach import SEVERAL, Flight, Reach
from longroad.dossier.reach_sites import Site, Sites
from longroad.study.manifest import Manifest

Part = Literal["any", "before-apogee", "after-apogee"]
Count = Literal["one", "every"]
FrameName = Literal["flights", "sites", "pole", "world"]
PARTS: tuple[Part, ...] = ("any", "before-apogee", "after-apogee")
COUNTS: tuple[Count, ...] = ("one", "every")
FRAMES: tuple[FrameName, ...] = ("flights", "sites", "pole", "world")
ALL = "all"
NO_SITE = "none"
ANCHOR = "reach"
# The range of the sliders.
SPEEDS_KM_S = (2.0, 10.0, 0.05)
DELAY_STEP_S = 10.0
# Where all ends of the flights lie further north, the map around the pole shows them best.
NORTHERN_DEG = 15.0


@dataclass(frozen=True)
class View:
    """Which missiles, from which base towards which end point (None: all), met by what.

    ``here`` and ``there`` are the two launch sites that the words speak of, None where the run
    has no such site.
    """

    missiles: str
    base: str | None
    end: str | None
    speed_km_s: float
    delay_s: float
    part: Part = "any"
    count: Count = "one"
    here: str | None = None
    there: str | None = None
    frame: FrameName = "flights"

    def flights(self, reach: Reach) -> tuple[Flight, ...]:
        """Return the pairs that are asked about."""
        return reach.force(self.missiles).pairs(self.base, self.end)

    def fragment(self) -> str:
        """Return the view as the fragment of a link, without the sign ``#``."""
        words = {
            "missiles": self.missiles,
            "from": self.base or ALL,
            "to": self.end or ALL,
            "speed": speed_text(self.speed_km_s),
            "delay": f"{self.delay_s:.0f}",
            "part": self.part,
            "count": self.count,
            "site": self.here or NO_SITE,
            "and": self.there or NO_SITE,
            "map": self.frame,
        }
        return f"{ANCHOR}?{urlencode(words)}"


def speed_text(speed_km_s: float) -> str:
    """Return a speed with one digit, or two where the second says something: 6.3, 5.25."""
    shown = f"{speed_km_s:.2f}"
    return shown.removesuffix("0")


def opening(manifest: Manifest, reach: Reach, sites: Sites) -> View:
    """Return the view the explorer opens with, chosen by rule.

    The first force whose owner does not defend the first territory; the fastest interceptor which
    that territory's owner has in the variant told first; the delay of the run's shares; of the
    owner's sites, that on land and that at sea which need least. Nothing is chosen by hand.
    """
    variant = headline(manifest)
    home = next((party.id for party in manifest.parties if party.defends), None)
    force = next((one for one in reach.forces if one.owner != home), reach.forces[0])
    own = [b.burnout_speed_km_s for b in variant.batteries if b.owner == home]
    low, high, step = SPEEDS_KM_S
    speed = max([one for one in own if one is not None and np.isfinite(one)], default=4.5)
    start = View(
        force.id, None, None,
        round(min(max(round(speed / step) * step, low), high), 2), reach.settings.late_delay_s,
    )  # fmt: skip
    here, there = pair_of_sites(reach, sites, start, home)
    northern = all(one.latitude_deg > NORTHERN_DEG for one in (*force.bases, *force.ends))
    return replace(start, here=here, there=there, frame="pole" if northern else "flights")


def pair_of_sites(
    reach: Reach, sites: Sites, view: View, owner: str | None
) -> tuple[str | None, str | None]:
    """Return the site on land and the one at sea that need least speed, for a view.

    Sites of ``owner`` first, else of anybody but the missiles' owner.
    """
    rows = [flight.number for flight in view.flights(reach)]
    delays = reach.grid.delay_s
    column = int(np.argmin(np.abs(delays - view.delay_s)))
    foes = reach.force(view.missiles).owner

    def least(choice: Iterable[Site]) -> str | None:
        found = [
            (float(sites.of(site.id)[rows][:, column].min()), site.id)
            for site in choice
            if site.owner != foes
        ]
        return min(found)[1] if found else None

    def both(known: Sequence[Site]) -> tuple[str | None, str | None]:
        ashore = least(site for site in known if site.kind == "land")
        return ashore, least(site for site in known if site.kind != "land")

    mine = both([site for site in sites.sites if site.owner == owner])
    anyone = both(sites.sites)
    return mine[0] or anyone[0], mine[1] or (anyone[1] if mine[0] is None else None)


def changed(
    view: View, reach: Reach, sites: Sites, *,
    threat: str | None = None, speed_km_s: float | None = None, delay_s: float | None = None,
    part: str | None = None, count: str | None = None, frame: str | None = None,
    here: str | None = None, there: str | None = None,
) -> View:  # fmt: skip
    """Return a view with other choices; UsageError names the nearest word.

    ``threat`` is a trajectories id, or ``id/base``, or ``id/base/end``, with ``*`` for all bases;
    several ids stand with commas, ``all-<party>`` for all missiles of a party.
    """
    if threat is not None:
        before = reach.force(view.missiles).owner
        view = _aimed(view, reach, threat)
        if reach.force(view.missiles).owner != before:
            # Other missiles, other defences: whoever needs least against them.
            best = pair_of_sites(reach, sites, view, None)
            view = replace(view, here=best[0], there=best[1])
    if speed_km_s is not None:
        view = replace(view, speed_km_s=_within("--speed", speed_km_s, SPEEDS_KM_S[:2], "km/s"))
    if delay_s is not None:
        delays = reach.grid.delay_s
        span = float(delays[0]), float(delays[-1])
        view = replace(view, delay_s=_within("--delay", delay_s, span, "s"))
    known = [site.id for site in sites.sites]
    words = {
        "part": (part, PARTS), "count": (count, COUNTS), "frame": (frame, FRAMES),
        "here": (here, known), "there": (there, known),
    }  # fmt: skip
    flags = {"part": "--part", "count": "--count", "frame": "--map", "here": "--site"}
    for name, (word, choices) in words.items():
        if word is not None:
            chosen = _known(flags.get(name, "--and"), word, choices)
            view = replace(view, **{name: chosen})  # type: ignore[arg-type]
    return view


def _aimed(view: View, reach: Reach, threat: str) -> View:
    id, _, rest = threat.partition("/")
    base, _, end = rest.partition("/")
    for one in id.split(SEVERAL):
        _known("--threat", one, reach.known() if one == id else [f.id for f in reach.forces])
    force = reach.force(id)
    chosen: list[str | None] = []
    for word, places in ((base, force.bases), (end, force.ends)):
        if word in ("", "*"):
            chosen.append(None)
        else:
            chosen.append(_known("--threat", word, [place.id for place in places]))
    if not force.pairs(*chosen):
        raise UsageError(
            f"--threat: the missile cannot fly from '{base}' to '{end}'",
            expected="a pair within its range",
        )
    return replace(view, missiles=id, base=chosen[0], end=chosen[1])


def _known(flag: str, word: str, known: Sequence[str]) -> str:
    if word not in known:
        raise UsageError(
            f"{flag} knows no '{word}'", expected=", ".join(known), nearest=nearest(word, known)
        )
    return word


def _within(flag: str, value: float, span: tuple[float, float], unit: str) -> float:
    if not span[0] <= value <= span[1]:
        raise UsageError(
            f"{flag} is {value:g} {unit}", expected=f"{span[0]:g} to {span[1]:g} {unit}"
        )
    return float(value)


def from_fragment(view: View, reach: Reach, sites: Sites, fragment: str) -> View:
    """Return the view that a link names; what it does not name stays as in ``view``."""
    _, _, query = fragment.lstrip("#").partition("?")
    words = dict(parse_qsl(query))
    threat = None
    if "missiles" in words:
        ends = [words.get(name, ALL).replace(ALL, "*") for name in ("from", "to")]
        threat = "/".join([words["missiles"], *ends])
    named = {name: words.get(name) for name in ("site", "and")}
    found = changed(
        view, reach, sites, threat=threat,
        speed_km_s=_number(words, "speed"), delay_s=_number(words, "delay"),
        part=words.get("part"), count=words.get("count"), frame=words.get("map"),
        here=None if named["site"] == NO_SITE else named["site"],
        there=None if named["and"] == NO_SITE else named["and"],
    )  # fmt: skip
    if named["and"] == NO_SITE:
        found = replace(found, there=None)
    return replace(found, here=None) if named["site"] == NO_SITE else found


def _number(words: dict[str, str], name: str) -> float | None:
    try:
        return float(words[name]) if name in words else None
    except ValueError as fault:
        raise UsageError(f"{name} is '{words[name]}'", expected="a number") from fault
