"""The command that plays raids: what gets through, what is wasted, what procedure costs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from longroad import console
from longroad.base.errors import UsageError, nearest
from longroad.base.messages import text
from longroad.commands.app import (
    DONE,
    Draws,
    Json,
    Seed,
    Study,
    Workers,
    app,
    columns,
    option,
)

if TYPE_CHECKING:
    from longroad.scenario import Scenario
    from longroad.study import RaidReplay, RaidRow

MODES = ("perfect", "stated", "none")
AS_AGREED = "as-agreed"


@app.command(help=text("cli.help.raid"))
def raid(
    scenario: Study,
    one: Annotated[str | None, option("--raid", "raid", "ID")] = None,
    variant: Annotated[str | None, option("--variant", "variant", "ID")] = None,
    agreement: Annotated[str | None, option("--agreement", "raid_agreement", "ID")] = None,
    circumstance: Annotated[str, option("--circumstance", "circumstance", "WORD")] = AS_AGREED,
    discrimination: Annotated[str, option("--discrimination", "discrimination", "WORD")] = "stated",
    replay: Annotated[int | None, option("--replay", "replay", "N", 0)] = None,
    wave: Annotated[int, option("--wave", "wave", "N", 0)] = 0,
    czml: Annotated[Path | None, option("--czml", "czml", "FILE")] = None,
    draws: Draws = None,
    seed: Seed = None,
    workers: Workers = None,
    json: Json = False,
) -> int:
    """Play the raids of a scenario, or show one replicate event by event."""
    from longroad import scenario as scenarios
    from longroad import study

    loaded = scenarios.load(scenario)
    _known("discrimination", discrimination, MODES)
    if replay is not None or czml is not None:
        shown = study.replay_raid(
            loaded, raid=one, variant=variant, agreement=agreement, circumstance=circumstance,
            discrimination=discrimination, replicate=replay or 0, wave=wave, seed=seed,
        )  # fmt: skip
        return _replay(loaded, shown, czml, json=json)
    if wave:
        raise UsageError(text("cli.fault.wave_of_what"), expected="--replay N")
    with console.progress() as move:
        rows = study.raid(
            loaded, raid=one, variant=variant, agreement=agreement, draws=draws, seed=seed,
            workers=workers, progress=move,
        )  # fmt: skip
    if json:
        console.document({"rows": rows})
        return DONE
    if rows:
        _known("circumstance", circumstance, list(dict.fromkeys(r.circumstance for r in rows)))
    for name in dict.fromkeys((row.variant, row.raid, row.assumptions) for row in rows):
        mine = [
            row for row in rows
            if (row.variant, row.raid, row.assumptions) == name
            and row.circumstance == circumstance
        ]  # fmt: skip
        _print(name, circumstance, mine, discrimination)
    if rows:
        console.line(text("cli.raid.foot", discrimination=discrimination))
    else:
        console.line(text("cli.raid.nobody"))
    return DONE


def _print(
    name: tuple[str, str, str], day: str, rows: Sequence[RaidRow], discrimination: str
) -> None:
    """Print one raid of one variant: a line for each agreement."""
    whole = {
        (row.agreement, row.discrimination, row.outcome): row for row in rows if row.party == ""
    }
    agreements = list(dict.fromkeys(row.agreement for row in rows))
    if not agreements:
        return
    coming = whole[agreements[0], discrimination, "objects"].best or 0.0
    console.line(
        text(
            "cli.raid.head",
            variant=name[0],
            raid=name[1],
            assumptions=name[2],
            circumstance=day,
            count=f"{coming:g}",
        )
    )
    console.table(
        columns(
            "agreement", "leakers_perfect", "leakers_stated", "leakers_none", "against_none",
            "nothing_leaks", "launched", "wasted", "to_procedure",
        ),
        [
            (
                agreement,
                *(_mean(whole.get((agreement, mode, "leakers"))) for mode in MODES),
                _gain(whole.get((agreement, discrimination, "leakers_difference"))),
                _share(whole.get((agreement, discrimination, "nothing_leaks"))),
                _mean(whole.get((agreement, discrimination, "interceptors_launched"))),
                _mean(whole.get((agreement, discrimination, "interceptors_wasted"))),
                _mean(whole.get((agreement, discrimination, "lost_to_procedure"))),
            )
            for agreement in agreements
        ],
    )  # fmt: skip
    if len(agreements) > 1:
        turns = turning(whole, agreements)
        console.line(text("cli.raid.turns" if turns else "cli.raid.stays"))
    console.line()


def _known(option: str, word: str, words: Sequence[str]) -> None:
    """Refuse a word that an option does not know."""
    if word not in words:
        raise UsageError(
            text("cli.fault.no_word", option=option, word=word),
            expected="one of " + ", ".join(words), nearest=nearest(word, words),
        )  # fmt: skip


def turning(whole: dict[tuple[str, str, str], RaidRow], agreements: Sequence[str]) -> bool:
    """Return whether the order of the agreements by leakers depends on the discrimination.

    Two that differ by less than twice the sampling error of either are taken as equal.
    """

    def better(mode: str, one: str, other: str) -> int:
        a, b = (whole.get((who, mode, "leakers")) for who in (one, other))
        if a is None or b is None or a.best is None or b.best is None:
            return 0
        slack = 2.0 * max(a.mc_se or 0.0, b.mc_se or 0.0)
        gap = a.best - b.best
        return 0 if abs(gap) <= slack else (1 if gap < 0 else -1)

    for k, one in enumerate(agreements):
        for other in agreements[:k]:
            signs = {better(mode, one, other) for mode in MODES}
            if {1, -1} <= signs:
                return True
    return False


def _replay(scenario: Scenario, shown: RaidReplay, czml: Path | None, *, json: bool) -> int:
    if czml is not None:
        from longroad import dossier

        dossier.write_czml(scenario, shown, czml)
    if json:
        from dataclasses import replace

        file = None if czml is None else czml
        console.document({**console.plain(replace(shown, paths=())), "czml": file})
        return DONE
    console.line(
        text(
            "cli.raid.replay", variant=shown.variant, raid=shown.raid, agreement=shown.agreement,
            circumstance=shown.circumstance, discrimination=shown.discrimination,
            replicate=shown.replicate,
        )
    )  # fmt: skip
    console.table(
        columns("time", "event", "object", "battery", "party", "result"),
        [
            (
                f"{event.time_s:.1f} s", event.event, str(event.object), event.battery or "-",
                event.party or "-", event.outcome,
            )
            for event in shown.events
        ],
    )  # fmt: skip
    if czml is not None:
        console.line(str(czml))
    return DONE


def _mean(row: RaidRow | None) -> str:
    """Write a mean with its interval over assumptions."""
    if row is None or row.best is None:
        return text("cli.cover.none")
    if row.epistemic_p05 is None or row.epistemic_p95 is None:
        return f"{row.best:.2f}"
    return text(
        "cli.raid.interval", best=f"{row.best:.1f}", low=f"{row.epistemic_p05:.1f}",
        high=f"{row.epistemic_p95:.1f}",
    )  # fmt: skip


def _gain(row: RaidRow | None) -> str:
    """Write a paired difference with its sampling error."""
    if row is None or row.best is None:
        return text("cli.cover.none")
    return text("cli.raid.error", best=f"{row.best:+.2f}", error=f"{row.mc_se or 0.0:.2f}")


def _share(row: RaidRow | None) -> str:
    return text("cli.cover.none") if row is None or row.best is None else f"{100 * row.best:.0f} %"
