"""The end of a dossier: what is left out, how it works, how to make it again."""

from __future__ import annotations

import shlex

from longroad.base.messages import text
from longroad.dossier.numbers import listed
from longroad.study.manifest import Manifest


def contents(
    *, claims: bool, agreements: bool, raids: bool, deterrents: bool, reach: bool,
    bargaining: bool, differences: bool, contributions: bool,
) -> list[tuple[str, str]]:  # fmt: skip
    """Return the chapters as (id, words) in page order, without those that the run lacks."""
    found = [
        ("answer", text("dossier.nav.answer")),
        ("maps", text("dossier.nav.maps")),
        ("timeline", text("dossier.nav.timeline")),
        ("phases", text("dossier.nav.phases")),
        ("differences", text("coverage.difference.nav")),
        ("contributions", text("coverage.contribution.nav")),
        ("rivals", text("dossier.nav.rivals")),
        ("agreements", text("dossier_agreements.nav")),
        ("raids", text("dossier_raids.nav")),
        ("reach", text("dossier.nav.reach")),
        ("deterrents", text("dossier_deterrent.nav")),
        ("bargaining", text("dossier_bargain.nav")),
        ("omits", text("dossier.nav.omits")),
        ("claims", text("dossier.nav.claims")),
        ("inputs", text("dossier.nav.inputs")),
        ("method", text("dossier.nav.method")),
        ("manifest", text("dossier.nav.manifest")),
    ]
    left_out = {
        "claims": not claims,
        "agreements": not agreements,
        "raids": not raids,
        "reach": not reach,
        "deterrents": not deterrents,
        "bargaining": not bargaining,
        "differences": not differences,
        "contributions": not contributions,
    }
    return [one for one in found if not left_out.get(one[0], False)]


def omits() -> list[str]:
    """Return what the figures leave out, each of which would lower them."""
    return [
        text("dossier.omits.misses"),
        text("dossier.omits.decoys"),
        text("dossier.omits.numbers"),
        text("dossier.omits.orders"),
        text("dossier.omits.availability"),
        text("dossier.omits.layers"),
    ]


def method(manifest: Manifest) -> list[str]:
    """Return the method in brief."""
    shapes = list(dict.fromkeys(shape for threat in manifest.threats for shape in threat.shapes))
    return [
        text("dossier.method.flight", shapes=listed(shapes)),
        text("dossier.method.sensing"),
        text("dossier.method.engagement"),
        text("dossier.method.area"),
        text(
            "dossier.method.draws",
            draws=manifest.draws,
            scrambles=manifest.scrambles,
            seed=manifest.seed,
        ),
        text("dossier.answer.upper_bound"),
        text("dossier.method.detail"),
        *manifest.notes,
    ]


def command(manifest: Manifest) -> str:
    """Return the command that makes the run again."""
    words = ["longroad", "run", manifest.scenario, "--draws", str(manifest.draws)]
    return shlex.join([*words, "--seed", str(manifest.seed)])


def facts(manifest: Manifest) -> list[tuple[str, str]]:
    """Return the manifest's facts as (name, value)."""
    found = [
        (text("dossier.manifest.scenario"), manifest.scenario),
        (text("dossier.manifest.author"), manifest.author or text("dossier.format.none")),
        (text("dossier.manifest.seed"), str(manifest.seed)),
        (text("dossier.manifest.draws"), str(manifest.draws)),
        (
            text("dossier.manifest.resolution"),
            text("dossier.manifest.grid", ensemble=manifest.grid.ensemble, map=manifest.grid.map),
        ),
        (
            text("dossier.manifest.versions"),
            listed([f"{one.name} {one.version}" for one in manifest.versions]),
        ),
        (text("dossier.manifest.content"), manifest.content_hash()),
        (text("dossier.manifest.scenario_hash"), manifest.scenario_sha256),
        (text("dossier.manifest.kernels"), manifest.kernel_hash),
    ]
    cost = manifest.cost
    if cost is not None:
        words = text(
            "dossier.manifest.cost_note",
            wall=f"{cost.wall_s:,.1f}",
            workers=cost.workers,
            started=cost.started,
        )
        if cost.peak_memory_mib is not None:
            memory = text("dossier.manifest.memory", value=f"{cost.peak_memory_mib:,.0f}")
            words = f"{words}, {memory}"
        if cost.processor and cost.platform:
            where = text("dossier.manifest.on", processor=cost.processor, platform=cost.platform)
            words = f"{words}, {where}"
        found.append((text("dossier.manifest.cost"), words))
    return found
