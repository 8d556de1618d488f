"""Checks of raids before a run: whether anything comes, whom it concerns, and what may be fired."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from longroad.agreement import derive
from longroad.base.errors import ScenarioError
from longroad.scenario import Battery, Scenario, Variant
from longroad.scenario.finding import Remark, named, said
from longroad.scenario.raid import Aim, Doctrine, Raid, RaidGroup
from longroad.study.raid_planner import concerned
from longroad.study.rehearsal import Rehearsal


def raid_out_of_range(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """An aim that no launch area of its group reaches; where none is reached, an error."""
    for raid in variant.raids:
        groups = [group for wave in raid.waves for group in wave.groups]
        missed = [_missed(rehearsal, variant, group) for group in groups]
        lost = [remark for one in missed for remark in one]
        if sum(count for _, _, count in lost) == sum(group.count for group in groups):
            yield Remark("error", said("raid_without_objects", raid=raid.id), raid.origin)
            continue
        for group, aim, count in lost:
            words = said(
                "raid_out_of_range",
                raid=raid.id,
                aim=aim.id,
                threat=group.threat.id,
                count=count,
                all=group.count,
            )
            yield Remark("warning", words, aim.origin)


def require_objects(scenario: Scenario) -> None:
    """Raise :class:`ScenarioError` where no missile of a raid reaches what it is aimed at."""
    rehearsal = Rehearsal(scenario)
    for variant in scenario.variants:
        for remark in raid_out_of_range(rehearsal, variant):
            if remark.severity == "error":
                raise ScenarioError(
                    remark.text.rstrip("."),
                    file=scenario.file,
                    line=remark.origin.line,
                    field=remark.origin.path,
                )


def _missed(
    rehearsal: Rehearsal, variant: Variant, group: RaidGroup
) -> list[tuple[RaidGroup, Aim, int]]:
    """Return the aims out of range by best estimates, and how many missiles are dealt to each."""
    evaluation, uses = rehearsal.raids
    arcs, rows = uses[variant.id, group.origin]
    within = evaluation.arcs(arcs).within.reshape(len(group.launch_areas), -1)
    reached = np.any(within, axis=0)
    dealt = [len(range(b, group.count, len(group.aims))) for b in range(len(group.aims))]
    return [
        (group, aim, count)
        for aim, own, count in zip(group.aims, rows, dealt, strict=True)
        if count and not reached[list(own)].any()
    ]


def raid_without_defence(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """A raid that is no business of any party with batteries: the run has no rows for it."""
    if variant.raids and not _ready(variant):
        for raid in variant.raids:
            yield Remark("note", said("raid_without_defence", raid=raid.id), raid.origin)


def doctrine_never_fires(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """Batteries whose doctrine lets them fire at nothing, or at nothing before the last raid."""
    ready = _ready(variant)
    for raid in variant.raids:
        silent: dict[tuple[str, Doctrine], list[Battery]] = {}
        for battery in ready:
            doctrine = variant.doctrine(battery)
            fires = _fires(doctrine, battery, raid)
            if not any(fires):
                silent.setdefault(("doctrine_never_fires", doctrine), []).append(battery)
            elif not any(fires[:-1]) and len(fires) > 1:
                silent.setdefault(("doctrine_waits", doctrine), []).append(battery)
        for (name, doctrine), batteries in silent.items():
            ids = ", ".join(battery.id for battery in batteries)
            words = said(name, batteries=ids, raid=raid.id)
            yield Remark("note", words, doctrine.origin or batteries[0].origin)


def _fires(doctrine: Doctrine, battery: Battery, raid: Raid) -> list[bool]:
    """Return, by wave, whether a battery could fire if it had fired at nothing before.

    In every raid of a sequence but the last the reserve is held back.
    """
    stock, fires = battery.number, []
    for w, wave in enumerate(raid.waves):
        stock += wave.resupply.get(battery.id, 0)
        held = 0 if w == len(raid.waves) - 1 else doctrine.reserve or 0
        fires.append(doctrine.rounds != 0 and stock > held)
    return fires


def raid_exceeds_interceptors(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """A raid of more objects than all interceptors that may meet it, resupply included."""
    ready = _ready(variant)
    for raid in variant.raids if ready else ():
        stock = sum(
            battery.number + sum(wave.resupply.get(battery.id, 0) for wave in raid.waves)
            for battery in ready
        )
        if raid.objects > stock:
            words = said(
                "raid_exceeds_interceptors", raid=raid.id, objects=raid.objects, interceptors=stock
            )
            yield Remark("note", words, raid.origin)


def _ready(variant: Variant) -> list[Battery]:
    """Return the batteries of parties that a raid concerns under any agreement."""
    if not variant.raids:
        return []
    arranged = [derive(variant, agreement) for agreement in variant.agreements]
    parties = {one.id for one in variant.parties if concerned(one, variant, arranged)}
    return [battery for battery in variant.batteries if battery.owner.id in parties]


VARIANT_CHECKS = named(
    (raid_out_of_range, ("error", "warning")),
    (raid_without_defence, ("note",)),
    (doctrine_never_fires, ("note",)),
    (raid_exceeds_interceptors, ("note",)),
)
