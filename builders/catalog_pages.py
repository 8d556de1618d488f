"""Write the pages of the catalogue, one for each kind, into `docs/catalog`.

Each page shows every entry of the kind: what it is, every number with interval, status and
sources, rival claims one below the other with their claimants, and notes. Sites, which hold two
numbers each, are rows of one table. A test compares the files with what this program would write.

    .venv/bin/python builders/catalog_pages.py
"""

from __future__ import annotations

from pathlib import Path

from longroad.base.quantity import Disputed, Quantity
from longroad.catalog import Catalog, Entry, Source, load_catalog
from longroad.catalog.fields import fields_of
from longroad.catalog.shares import shares_of
from longroad.catalog.sheet import held_by

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "catalog"
PAGES = {
    "interceptor": ("interceptors.md", "Interceptors"),
    "sensor": ("sensors.md", "Sensors"),
    "missile": ("missiles.md", "Missiles"),
    "site": ("sites.md", "Sites"),
    "force": ("forces.md", "Forces"),
    "weapon": ("weapons.md", "Weapons"),
    "basing": ("basings.md", "Basings"),
    "route": ("routes.md", "Routes"),
    "constellation": ("constellations.md", "Constellations"),
    "default": ("defaults.md", "Defaults"),
    "source": ("sources.md", "Sources"),
}
ABOUT = {
    "interceptor": (
        "Published burnout speeds seldom say what they mean; here each is read as the "
        "Earth-relative speed at the end of powered flight. The United States has published none."
    ),
    "sensor": (
        "A range holds against the reference cross section beside it; few sources say which "
        "object theirs is for. A sector runs clockwise from its left to its right edge."
    ),
    "missile": (
        "Missiles as classes by range, at the level of published policy studies. Those "
        "*considered* are what a defence is for; the *strategic* ones are what a deterrent "
        "consists of."
    ),
    "site": (
        "Installations as public lists place them; patrol points, launch areas, bases without "
        "published coordinates and submarine areas are reference points on a coarse grid, and end "
        "points only give trajectories their names."
    ),
    "force": (
        "Strategic forces by party and year, with the totals of the tables that list them. Most "
        "lists by type are from memory, so that headlines about them are provisional."
    ),
    "weapon": (
        "One type with one basing in one force. `at` names reference points where it is thought to "
        "be, from memory; no end point and no base is a target."
    ),
    "basing": "What is left of launchers after an attack, as intervals. No attack is modelled.",
    "route": (
        "A missile defence acts on ballistic flights alone. Whatever flies otherwise passes at a "
        "declared interval."
    ),
    "constellation": "Layers of interceptors in orbit: cases for the argument, plans of nobody.",
    "default": "Assumptions that belong to no single system.",
    "source": (
        "A title in square brackets describes a document whose own title was not recorded. An "
        "address is given only where it was seen. *Seen*: the page was read, at least its opening; "
        "*second-hand*: quoted by another; *from memory*: to be checked."
    ),
}
MADE = "<!-- Written by builders/catalog_pages.py from the data of the package; edit those. -->"


def pages(catalog: Catalog) -> dict[str, str]:
    """Return every page by file name."""
    found = {"index.md": _index(catalog)}
    for kind, (name, title) in PAGES.items():
        parts = [f"# {title}", MADE, ABOUT[kind]]
        if kind == "source":
            parts += [_source(catalog, source) for source in catalog.sources()]
        elif kind == "site":
            parts += [
                shares_of(catalog.selected(kind)).sentence(),
                _fields(catalog, kind),
                _sites(catalog),
            ]
        else:
            parts += [shares_of(catalog.selected(kind)).sentence(), _fields(catalog, kind)]
            parts += [_entry(entry) for entry in catalog.entries(kind)]
        found[name] = "\n\n".join(parts) + "\n"
    return found


def _index(catalog: Catalog) -> str:
    rows = [
        "| kind | entries | numbers | published | reported | judgement | unverified | disputed |"
    ]
    rows += ["| --- |" + " ---: |" * 7]
    for kind, (name, title) in PAGES.items():
        if kind != "source":
            rows.append(_counts(f"[{title}]({name})", catalog, kind))
    rows.append(_counts("everything", catalog, None))
    said = (
        "Every number that Longroad uses and did not compute, with unit, interval, status and "
        "source. *Published*: the source was seen; *reported*: second-hand; *judgement*: ours, "
        "with a reason and at least 20 % to either side; *unverified*: from memory, to be checked "
        "at the source named. Where sources contradict each other, every claim stands with its "
        "claimant, "
        "and one of them is used for headlines; the others are a word in a scenario away. "
        "The bibliography is on its [own page](sources.md)."
    )
    use = (
        "The same tables come from `longroad catalog`. To cite a number, give the version of "
        "Longroad, the number's id (such as `interceptor.gbi-two-stage.burnout_speed`), the claim "
        "if there is one, and the source. The id is also what the command takes: `longroad catalog "
        "interceptor.gbi-two-stage.burnout_speed` shows the number, its rivals and its sources; "
        "`--disputed` shows all rival claims, and `--to csv` or `--to bibtex` writes tables and "
        "references."
    )
    return "\n\n".join(["# The catalogue", MADE, said, "\n".join(rows), use]) + "\n"


def _counts(title: str, catalog: Catalog, kind: str | None) -> str:
    counts = shares_of(catalog.selected(kind))
    kinds = [kind] if kind else [name for name in PAGES if name != "source"]
    entries = sum(len(catalog.entries(name)) for name in kinds)
    cells = (
        *(title, entries, counts.numbers, counts.published, counts.reported),
        *(counts.judgement, counts.unverified, counts.disputed),
    )
    return _row(*cells)


def _fields(catalog: Catalog, kind: str) -> str:
    known = {
        field.name: field
        for entry in catalog.entries(kind)
        for field in fields_of(kind, entry.id, entry.facts)
    }
    rows = ["| number | dimension | meaning |", "| --- | --- | --- |"]
    rows += [_row(f"`{f.name}`", f.dimension, f.description) for f in known.values()]
    return "\n".join(rows)


def _entry(entry: Entry) -> str:
    facts = [f"`{entry.reference}`", *([entry.country] if entry.country else [])]
    facts += [f"{name.replace('_', ' ')}: {value}" for name, value in entry.facts.items()]
    if entry.sources:
        facts.append("known from " + _links(entry.sources))
    parts = [f"## {entry.name}", "; ".join(facts) + "."]
    if entry.note:
        parts.append(_plain(entry.note))
    rows = ["| number | best (interval) | status | rests on |", "| --- | --- | --- | --- |"]
    for name, quantity in entry.quantities.items():
        rivals = quantity.alternatives if isinstance(quantity, Disputed) else (quantity,)
        for rival in rivals:
            said = f"`{name}`"
            if isinstance(quantity, Disputed):
                chosen = ", used for headlines" if rival.claim == quantity.adopted else ""
                said += f"<br>claim `{rival.claim}`{chosen}"
            rows.append(_row(said, rival.written(), rival.status.value, _ground(rival)))
    return "\n\n".join([*parts, "\n".join(rows)])


def _sites(catalog: Catalog) -> str:
    rows = ["| site | country | what | latitude | longitude | rests on |"]
    rows += ["| --- | --- | --- | ---: | ---: | --- |"]
    for entry in catalog.entries("site"):
        latitude, longitude = entry.quantities["latitude"], entry.quantities["longitude"]
        for up, along in zip(_each(latitude), _each(longitude), strict=True):
            name = f"{entry.name}<br>`{entry.reference}`"
            if isinstance(latitude, Disputed):
                chosen = ", used for headlines" if up.claim == latitude.adopted else ""
                name += f"<br>claim `{up.claim}`{chosen}"
            ground = f"{up.status.value}: {_ground(up)}"
            if entry.note:
                ground += f"<br>{_plain(entry.note)}"
            kind = entry.facts["kind"].replace("-", " ")
            rows.append(
                _row(name, entry.country or "", kind, up.written(), along.written(), ground)
            )
    return "\n".join(rows)


def _each(quantity: Quantity | Disputed) -> tuple[Quantity, ...]:
    return quantity.alternatives if isinstance(quantity, Disputed) else (quantity,)


def _ground(number: Quantity) -> str:
    parts = [_plain(number.claimant)] if number.claimant else []
    parts += [f"held by {holder}" for holder in held_by(number)]
    parts += [_links(number.sources)] if number.sources else []
    parts += [f"{number.author}: {_plain(str(number.reason))}"] if number.author else []
    parts += [_plain(number.note)] if number.note else []
    return "<br>".join(parts)


def _source(catalog: Catalog, source: Source) -> str:
    known = (source.author, source.title, source.publisher, source.date)
    line = ", ".join(_plain(part) for part in known if part) + "."
    if source.url:
        line += f" <{source.url}>"
    origin = [
        *([f"language {source.language}"] if source.language else []),
        *([f"published in {source.country}"] if source.country else []),
        source.mark,
    ]
    parts = [f"## {source.id}", line, "; ".join(origin).capitalize() + "."]
    if source.note:
        parts.append(_plain(source.note))
    used = catalog.uses_of_source(source.id)
    if used:
        parts.append("Rests on it: " + ", ".join(f"`{id}`" for id in used) + ".")
    return "\n\n".join(parts)


def _links(sources: tuple[str, ...]) -> str:
    return ", ".join(f"[{id}](sources.md#{id})" for id in sources)


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _plain(said: str) -> str:
    return said.replace("<", "&lt;").replace("[", "\\[").replace("]", "\\]").replace("*", "\\*")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in pages(load_catalog()).items():
        (FOLDER / name).write_text(page, encoding="utf-8")
    print(f"{len(PAGES) + 1} pages are written to docs/catalog")
