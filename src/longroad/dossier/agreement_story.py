"""One engagement told under each agreement: its figure, its words, its table."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from longroad.base.messages import text
from longroad.dossier import agreement_gantt as gantt
from longroad.dossier.agreement_data import AS_AGREED, Agreements, Story
from longroad.dossier.agreement_names import Names
from longroad.dossier.figure import Figure
from longroad.dossier.numbers import clock

TOLD = (
    *("warned", "first-track", "commit-quality", "consented", "ready"),
    *("latest-launch", "intercept-earliest", "intercept-latest", "fire-control"),
)


@dataclass(frozen=True)
class StoryBlock:
    """The chart of one party's engagement, with the same in numbers."""

    party: str
    intro: str
    svg: Markup
    table: str
    heads: list[str]
    rows: list[list[str]]


def lanes(found: Agreements, names: Names, story: Story) -> list[gantt.Lane]:
    """Return the lanes of the normal day, agreements in their order."""
    return [
        gantt.lane(names.agreement[one.id], story, (one.id, AS_AGREED), names.asset)
        for one in found.proposals
        if (one.id, AS_AGREED) in story.events
    ]


def figure_name(party: str, missile: str) -> str:
    """Return ``sequence-<party>-<missile>``."""
    return f"sequence-{party}-{missile}"


def figure(found: Agreements, names: Names, party: str, missile: str) -> Figure:
    """Return the chart of one engagement."""
    story = found.stories[party, missile]
    drawn = lanes(found, names, story)
    said = []
    for one in drawn:
        values = {
            "agreement": one.name,
            "opens": clock(one.at("intercept-earliest")),
            "closes": clock(one.at("intercept-latest")),
        }
        if one.engaged:
            said.append(text("dossier_agreements.story.alt_engaged", **values))
        else:
            said.append(text("dossier_agreements.story.alt_never", agreement=one.name))
    return Figure(
        figure_name(party, missile),
        text(
            "dossier_agreements.story.chart_title", party=names.party[party],
            missile=names.missile[missile],
        ),
        text(
            "dossier_agreements.story.alt", impact=clock(drawn[0].at("impact")),
            list="; ".join(said),
        ),
        lambda: gantt.draw(drawn),
    )  # fmt: skip


def block(
    found: Agreements, names: Names, party: str, missile: str, shared: dict[str, str]
) -> StoryBlock:
    """Return the engagement of one party for the page."""
    story = found.stories[party, missile]
    place = _place(story)
    return StoryBlock(
        party=names.party[party],
        intro=text(
            "dossier_agreements.story.intro", missile=names.missile[missile],
            area=names.area.get(story.launch_area, story.launch_area), party=names.party[party],
            place=place, shape=story.shape.replace("-", " "),
        ),
        svg=Markup(figure(found, names, party, missile).svg(shared)),
        table=text("dossier_agreements.story.table", party=names.party[party]),
        heads=[
            text("dossier_agreements.story.heads.arrangement"),
            text("dossier_agreements.story.heads.day"),
            *(text(f"dossier_agreements.story.heads.{event}") for event in TOLD),
            text("dossier_agreements.story.heads.way"),
        ],
        rows=_rows(found, names, story),
    )  # fmt: skip


def _place(story: Story) -> str:
    lat = f"{abs(story.latitude_deg):.1f}° {'N' if story.latitude_deg >= 0 else 'S'}"
    return f"{lat}, {abs(story.longitude_deg):.1f}° {'E' if story.longitude_deg >= 0 else 'W'}"


def _rows(found: Agreements, names: Names, story: Story) -> list[list[str]]:
    order = [one.id for one in found.proposals]
    rows = []
    for key in sorted(story.events, key=lambda key: order.index(key[0])):
        (agreement, day), events = key, story.events[key]
        times = [
            clock(events[event].time_s) if event in events else text("dossier.format.none")
            for event in TOLD
        ]
        way = events["commit-quality"].path if "commit-quality" in events else ""
        rows.append([names.agreement[agreement], names.day(day), *times, names.way(way)])
    return rows
