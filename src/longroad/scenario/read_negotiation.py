"""Loading a negotiation: ``negotiation.yaml``, beside a scenario or alone.

Faults are collected over the whole file and raised together, each with file, line and field.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from longroad.base.errors import LongroadError, ScenarioError, nearest
from longroad.base.ids import slug
from longroad.catalog import Catalog, load_catalog
from longroad.scenario.dates import read_date
from longroad.scenario.faults import Faults
from longroad.scenario.form import validate
from longroad.scenario.negotiation import (
    Basis,
    Interests,
    Issue,
    Member,
    NamedPackage,
    Negotiation,
    Negotiator,
    Option,
)
from longroad.scenario.node import Node, dotted
from longroad.scenario.origin import Origin
from longroad.scenario.packs import NEGOTIATION_FILE, locate, negotiation_folders
from longroad.scenario.read_estimate import read_basis
from longroad.scenario.read_interests import (
    Table,
    entries,
    known_key,
    read_choices,
    read_interests,
)
from longroad.scenario.read_physics import read_physics
from longroad.scenario.read_process import (
    read_patience,
    read_ratification,
    read_stages,
    read_trust,
)
from longroad.scenario.reader import read, read_text
from longroad.scenario.references import check_source, known_id, known_ids
from longroad.scenario.version import check_version
from longroad.scenario.written_negotiation import (
    WrittenIssue,
    WrittenNegotiation,
    WrittenPackage,
    WrittenParty,
)

LONGEST_NAME = 200
FEWEST_PARTIES, MOST_PARTIES = 2, 4
MOST_ISSUES, MOST_OPTIONS, MOST_PACKAGES = 60, 60, 500


def locate_negotiation(path_or_pack: str | Path) -> Path:
    """Return the negotiation file of a file, a folder or a pack's name.

    A scenario file stands for the negotiation beside it. Raises :class:`ScenarioError` where
    there is none.
    """
    return _located(path_or_pack)[0]


def _located(path_or_pack: str | Path) -> tuple[Path, tuple[Node, str] | None]:
    """Return the negotiation file, with what it holds where that had to be read to know."""
    path, text = Path(path_or_pack), str(path_or_pack)
    known = negotiation_folders()
    if len(text) <= LONGEST_NAME and "\0" not in text:
        folders = [path, *([known[text]] if text in known else [])]
        for folder in folders:
            if (folder / NEGOTIATION_FILE).is_file():
                return folder / NEGOTIATION_FILE, None
        near = nearest(text, known)
        if not path.exists() and near is not None:
            raise ScenarioError(
                f"'{text}' is neither a file nor a pack with a negotiation",
                expected="a negotiation file, or one of the packs " + ", ".join(known),
                nearest=near,
            )
    file = locate(path_or_pack)
    root, content = read(file)
    if root.get("negotiation") is not None:
        return file, (root, content)
    beside = file.with_name(NEGOTIATION_FILE)
    if beside.is_file():
        return beside, None
    raise ScenarioError(
        "this scenario has no negotiation beside it",
        file=file,
        expected=f"'{beside.name}' in the same folder, with issues, packages and interests",
    )


def load_negotiation(path_or_pack: str | Path, *, catalog: Catalog | None = None) -> Negotiation:
    """Return the negotiation of a file, a folder or a pack; see :func:`locate_negotiation`."""
    file, known = _located(path_or_pack)
    root, text = known or read(file)
    return _negotiation(root, text, str(file), catalog or load_catalog())


def loads_negotiation(
    text: str, file: str = "negotiation", *, catalog: Catalog | None = None
) -> Negotiation:
    """Return the negotiation written in ``text``; ``file`` is named in errors."""
    return _negotiation(read_text(text, file), text, file, catalog or load_catalog())


def _negotiation(root: Node, text: str, file: str, catalog: Catalog) -> Negotiation:
    check_version(root, file)
    faults = Faults(file)
    form = validate(WrittenNegotiation, root, faults)
    _slug(root.get("negotiation"), faults)
    basis = read_basis(root.get("basis"), None, catalog, faults)
    parties = _parties(root.get("parties"), faults)
    issues = _issues(root.get("issues"), catalog, faults)
    if not parties or not issues:
        faults.raise_any()
    no_deal_node = root.get("no_deal")
    table = Table(parties, issues, no_deal_node is not None, catalog, faults)
    no_deal = read_choices(no_deal_node, table, None, True) if no_deal_node is not None else None
    packages = [
        _package(id, node, no_deal, table)
        for id, node in entries(root.get("packages"), faults).items()
    ]
    if len(packages) > MOST_PACKAGES:
        faults.at(root.mapping["packages"], "too many packages", expected=f"{MOST_PACKAGES}")
    interests = _interests(root.get("interests"), basis, table)
    ratification = read_ratification(root.get("ratification"), basis, table)
    patience = read_patience(root.get("patience"), basis, table)
    trust = read_trust(root.get("trust"), basis, table)
    stages = read_stages(root.get("stages"), basis, table)
    physics = read_physics(root.get("physics"), table)
    faults.raise_any()
    assert form is not None
    return Negotiation(
        id=form.negotiation,
        title=form.title,
        question=" ".join(form.question.split()),
        author=form.author,
        scenario=form.scenario,
        note=form.note,
        draws=form.draws,
        seed=form.seed,
        parties=tuple(parties.values()),
        issues=tuple(issues.values()),
        no_deal=no_deal,
        packages=tuple(package for package in packages if package is not None),
        interests=interests,
        ratification=ratification,
        patience=patience,
        trust=trust,
        stages=stages,
        file=file,
        source_text=text,
        physics=physics,
    )


def _slug(node: Node | None, faults: Faults) -> None:
    if node is None or not isinstance(node.value, str):
        return
    try:
        slug(node.value)
    except LongroadError as fault:
        faults.at(node, fault.what, expected=fault.expected, nearest=fault.nearest)


def _parties(node: Node | None, faults: Faults) -> dict[str, Negotiator]:
    found = {}
    for id, child in entries(node, faults).items():
        form = validate(WrittenParty, child, faults)
        entries(child.get("members"), faults)
        if form is not None:
            names = (form.members or {}).items()
            found[id] = Negotiator(id, form.name, tuple(Member(m, n) for m, n in names))
    count = len(node.mapping) if node is not None else FEWEST_PARTIES
    if node is not None and not FEWEST_PARTIES <= count <= MOST_PARTIES:
        faults.at(
            node,
            f"{count} parties sit at the table",
            expected=f"{FEWEST_PARTIES} to {MOST_PARTIES} (a coalition is one party)",
        )
    return found


def _issues(node: Node | None, catalog: Catalog, faults: Faults) -> dict[str, Issue]:
    found = {}
    for id, child in entries(node, faults).items():
        form = validate(WrittenIssue, child, faults)
        options = child.get("options")
        entries(options, faults)
        check_source(child.get("source"), catalog, faults)
        if form is None:
            continue
        if not 2 <= len(form.options) <= MOST_OPTIONS:
            faults.at(
                child.mapping["options"],
                f"the issue '{id}' has {len(form.options)} option(s)",
                expected=f"2 to {MOST_OPTIONS}",
            )
        origin = Origin(child.key_line, dotted(child.path))
        found[id] = Issue(
            id,
            form.name,
            tuple(Option(option, name) for option, name in form.options.items()),
            form.divisible,
            form.physics,
            form.note,
            form.source,
            origin,
        )
    if node is not None and not 1 <= len(node.mapping) <= MOST_ISSUES:
        faults.at(node, f"{len(node.mapping)} issues", expected=f"1 to {MOST_ISSUES}")
    return found


def _package(
    id: str, node: Node, no_deal: Mapping[str, str] | None, table: Table
) -> NamedPackage | None:
    faults = table.faults
    before = len(faults)
    form = validate(WrittenPackage, node, faults)
    check_source(node.get("source"), table.catalog, faults)
    date = read_date(node.get("date"), faults)
    by = node.get("by")
    if by is not None:
        known_id(by, "party", table.parties, faults)
    to = known_ids(node.get("to"), "party", table.parties, faults)
    choices = read_choices(node.get("choices"), table, no_deal, True)
    if form is None or choices is None or len(faults) > before:
        return None
    others = tuple(party for party in table.parties if party != form.by)
    origin = Origin(node.key_line, dotted(node.path))
    return NamedPackage(
        id=id,
        name=form.name,
        by=form.by,
        to=to if to is not None else others,
        date=date,
        source=form.source,
        choices={issue: choices[issue] for issue in table.issues},
        said=tuple(form.choices),
        opening=form.opening,
        reply=form.reply,
        note=form.note,
        origin=origin,
    )


def _interests(node: Node | None, basis: Basis | None, table: Table) -> tuple[Interests, ...]:
    found: dict[str, Interests | None] = {}
    for id, child in entries(node, table.faults).items():
        if known_key(child, id, "party", table.parties, table.faults):
            found[id] = read_interests(id, child, basis, table)
    for id in table.parties:
        if node is not None and id not in node.mapping:
            table.faults.at(
                node, f"nothing says what '{id}' wants", expected=f"interests.{id}", on_key=True
            )
    return tuple(one for id in table.parties if (one := found.get(id)) is not None)
