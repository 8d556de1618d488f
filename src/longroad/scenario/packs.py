"""Ready scenarios, and the start of a new one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from longroad.base.atomic import atomic_directory
from longroad.base.errors import ScenarioError, nearest
from longroad.scenario.reader import read

SCENARIO_FILE = "scenario.yaml"
NEGOTIATION_FILE = "negotiation.yaml"
FOLDER = Path(__file__).resolve().parent / "packs"
STARTER = Path(__file__).resolve().parent / "starter"


@dataclass(frozen=True)
class Pack:
    """A ready scenario: its id, title and question, and the folder it lies in."""

    id: str
    title: str
    question: str
    folder: Path


def packs() -> tuple[Pack, ...]:
    """Return the packs that come with Longroad, by id."""
    return _listed(SCENARIO_FILE)


def negotiations() -> tuple[Pack, ...]:
    """Return the packs that hold a negotiation, with or without a scenario beside it, by id."""
    return _listed(NEGOTIATION_FILE)


def negotiation_folders() -> dict[str, Path]:
    """Return the folders of the packs that hold a negotiation, by id, without reading them."""
    return {name: FOLDER / name for name in _names(NEGOTIATION_FILE)}


def _listed(name: str) -> tuple[Pack, ...]:
    found = []
    for file in sorted(FOLDER.glob(f"*/{name}")):
        root, _ = read(file)
        title, question = root.get("title"), root.get("question")
        found.append(
            Pack(
                id=file.parent.name,
                title=str(title.value) if title is not None else file.parent.name,
                question=" ".join(str(question.value).split()) if question is not None else "",
                folder=file.parent,
            )
        )
    return tuple(found)


def pack_path(name: str) -> Path:
    """Return the scenario file of a pack; raise :class:`ScenarioError` with the nearest name."""
    known = _names()
    if name in known:
        return FOLDER / name / SCENARIO_FILE
    raise ScenarioError(
        f"there is no pack '{name}'",
        expected="one of " + ", ".join(known),
        nearest=nearest(name, known),
    )


def locate(path_or_pack: str | Path) -> Path:
    """Return the scenario file that a path, a folder or a pack's name means.

    What exists on disk comes first, so that a copy of a pack made by ``longroad new`` is what
    its owner runs; a folder counts when it holds ``scenario.yaml``.
    """
    path = Path(path_or_pack)
    text = str(path_or_pack)
    try:
        if path.is_file():
            return path
        if (path / SCENARIO_FILE).is_file():
            return path / SCENARIO_FILE
        if text in _names():
            return FOLDER / text / SCENARIO_FILE
        if text in _names(NEGOTIATION_FILE):
            raise ScenarioError(
                f"the pack '{text}' is a negotiation without a scenario",
                expected=f"`longroad bargain {text}`, or one of the packs " + ", ".join(_names()),
            )
        if path.is_dir():
            raise ScenarioError(
                f"the folder '{path}' holds no scenario", expected=f"a file '{SCENARIO_FILE}' in it"
            )
        if path.exists():
            return path  # a device or the like; reading refuses it
        neighbours = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
    except (OSError, ValueError) as fault:
        raise ScenarioError(
            f"'{text[:200]}' cannot be opened ({getattr(fault, 'strerror', None) or fault})",
            expected="a scenario file or the name of a pack",
        ) from None
    near = nearest(path.name, neighbours) if path.suffix or len(path.parts) > 1 else None
    if near is not None:
        near = str(path.parent / near)
    raise ScenarioError(
        f"'{text[:200]}' is neither a file nor a pack",
        expected="a scenario file, or one of the packs " + ", ".join(_names()),
        nearest=near or nearest(text, _names()) or nearest(path.name, neighbours),
    )


def new(directory: str | Path, pack: str | None = None) -> Path:
    """Write a starter scenario, or a copy of a pack, into a new folder; return the folder.

    Raises :class:`ScenarioError` for an unknown pack and :class:`RunError` for a folder that
    is not empty or cannot be written. The folder appears whole or not at all.
    """
    source = STARTER
    if pack is not None:
        alone = pack in _names(NEGOTIATION_FILE)
        source = FOLDER / pack if alone else pack_path(pack).parent
    target = Path(directory)
    with atomic_directory(target) as folder:
        for file in sorted(source.iterdir()):
            if file.is_file() and file.suffix in {".yaml", ".md"}:
                (folder / file.name).write_bytes(file.read_bytes())
    return target


def _names(file: str = SCENARIO_FILE) -> list[str]:
    return sorted(found.parent.name for found in FOLDER.glob(f"*/{file}"))
