"""What the chapter says first: can anything be signed, what to trade, examine and sign first."""

from __future__ import annotations

from longroad.base.messages import text
from longroad.dossier.bargain_belief import worth
from longroad.dossier.bargain_data import (
    AGREEMENT,
    ALL,
    FIRST,
    HOME,
    PROPOSAL,
    WIDEST,
    Bargain,
    Package,
    Told,
)
from longroad.dossier.bargain_words import (
    changes,
    choice,
    line_name,
    moved_by,
    points,
    ranged,
    spread,
)
from longroad.dossier.numbers import listed, percent

# A share that two digits cannot tell from nothing, and a change that is called small.
LEAST, SMALL = 0.005, 0.02
# The best proposal is near when it reaches this part of what the widest package does.
NEAR = 0.8


def agreement(found: Bargain, home: bool = True) -> str:
    """Return the share with an agreement and its range."""
    one = found.figure("agreement_share_with_ratifiers" if home else "agreement_share")
    if one is None:
        return ""
    return spread(Told(one.best, one.mc_se, one.p05, one.p95))


def possible(found: Bargain) -> bool:
    """Return whether anything can be signed in some assignments."""
    one = found.figure("agreement_share_with_ratifiers")
    return one is not None and one.best >= LEAST


def best_proposal(found: Bargain) -> Package | None:
    """Return the proposal that is accepted by all, at home too, in most assignments."""
    return max(
        found.kind(PROPOSAL), key=lambda one: (one.of(HOME).share, one.of(ALL).share), default=None
    )


def short(found: Bargain) -> str:
    """Return one sentence for the first screen of the dossier."""
    if not possible(found):
        return text("dossier_bargain.short_none", reason=why_not(found))
    best, broad = best_proposal(found), found.kind(WIDEST)
    values = {"share": agreement(found), "count": len(found.kind(PROPOSAL))}
    if best is None or not broad:
        return text("dossier_bargain.short", **values)
    best_share, broad_share = best.of(HOME), broad[0].of(HOME)
    key = "short_near" if best_share.share >= NEAR * broad_share.share else "short_far"
    return text(
        f"dossier_bargain.{key}", **values, best=spread(best_share), widest=spread(broad_share)
    )


def why_not(found: Bargain) -> str:
    """Return the smallest sets of conditions that leave nothing, in words."""
    sets = [listed([line_name(found, id) for id in ids]) for ids in found.conflicts.values()]
    if not sets:
        return text("dossier_bargain.lead.no_conflict")
    return text("dossier_bargain.lead.conflict", sets="; ".join(sets[:3]))


def leads(found: Bargain) -> list[tuple[str, str]]:
    """Return (what it answers, sentence): what to sign, trade, examine, sign first."""
    made = [("can", _can(found))]
    if possible(found):
        made += [("trade", _trade(found)), ("examine", _examine(found)), ("first", _first(found))]
    else:
        made += [("why", why_not(found)), ("examine", _examine(found))]
    return [(key, words[:1].upper() + words[1:]) for key, words in made if words]


def _can(found: Bargain) -> str:
    if not possible(found):
        return text("dossier_bargain.lead.nothing", share=agreement(found))
    words = text(
        "dossier_bargain.lead.can", share=agreement(found, home=False), home=agreement(found)
    )
    best, broad = best_proposal(found), found.kind(WIDEST)
    if best is not None:
        words += " " + text(
            "dossier_bargain.lead.proposals", count=len(found.kind(PROPOSAL)), name=best.name,
            all=spread(best.of(ALL)), home=spread(best.of(HOME)),
        )  # fmt: skip
    if broad:
        words += " " + text(
            "dossier_bargain.lead.widest", share=spread(broad[0].of(HOME)),
            changes=changes(found, broad[0]),
        )  # fmt: skip
    return words


def trade_of(found: Bargain) -> Package | None:
    """Return the trade of two issues that gains whoever gains least most."""
    return next((one for one in found.kind(FIRST) if len(one.changed) == 2), None)


def _trade(found: Bargain) -> str:
    one = trade_of(found)
    if one is None:
        return text("dossier_bargain.lead.no_trade")
    parts = []
    for issue in one.changed:
        option = found.issues[issue].options[one.choices[issue]]
        told = [
            f"{found.called(p)} {ranged(*option.worth[p])}" for p in found.parties
        ]  # fmt: skip
        words = choice(found, issue, one.choices[issue])
        parts.append(text("dossier_bargain.lead.side", choice=words, worth=listed(told)))
    return text(
        "dossier_bargain.lead.trade", first=parts[0], second=parts[1],
        share=spread(one.of(ALL)), home=spread(one.of(HOME)),
    )  # fmt: skip


def _examine(found: Bargain) -> str:
    measure = WIDEST if found.moves(WIDEST) and possible(found) else AGREEMENT
    order = found.moves(measure)
    if not order:
        return ""
    one = order[0]
    words = text(
        f"dossier_bargain.lead.examine_{measure}", name=moved_by(found, one),
        low=percent(one.low), high=percent(one.high),
    )  # fmt: skip
    most = max((abs(home) for _, _, home in worth(found)), default=None)
    if most is None:
        return words
    key = "interests" if most < SMALL else "physics"
    return f"{words} {text(f'dossier_bargain.lead.{key}', most=f'{100.0 * most:.0f}')}"


def _first(found: Bargain) -> str:
    single = [one for one in found.kind(FIRST) if len(one.changed) == 1]
    words = ""
    if single:
        one = max(single, key=lambda each: each.of(ALL).share)
        words = text(
            "dossier_bargain.lead.first", changes=changes(found, one), share=spread(one.of(ALL)),
            gains=listed([f"{found.called(p)} {points(one.gains[p].best)}" for p in found.parties]),
        )  # fmt: skip
    if found.stages:
        stages = found.stages
        far = [one for one in stages if one.taken >= 0.5]
        stop = next((one for one in stages if one.taken < 0.5), None)
        key = "road_whole" if stop is None else "road_none" if not far else "road"
        words += " " + text(
            f"dossier_bargain.lead.{key}", last=far[-1].name if far else "",
            share=percent(far[-1].taken if far else stages[0].taken),
            stop=stop.name if stop else "", left=percent(stop.taken if stop else stages[-1].taken),
        )  # fmt: skip
    return words.strip()


def normal(found: Bargain) -> str:
    """Return that refusals are normal, and whether these values say more than that."""
    words = text("dossier_bargain.normal")
    score, refuse = (
        found.figure(name) for name in ("hindcast_score", "hindcast_score_always_refused")
    )
    if score is None or refuse is None:
        return words
    key = "beats" if score.best < refuse.best else "fails"
    said = text(
        f"dossier_bargain.hindcast.{key}", score=f"{score.best:.2f}", refuse=f"{refuse.best:.2f}"
    )
    return f"{words} {said}"
