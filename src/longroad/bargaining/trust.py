"""When an agreement is kept: verification, patience and trust, in closed form.

Repeated game with payoffs T > R > P > S (temptation, reward, punishment, loss) and breaches found
with probability q per period: cooperation holds from discount factor

    d* = (T - R) / ((T - R) + q (R - P)),   with a lag of k periods  ((T - R) / (T - P))^(1/k)

Assurance game with R > T: cooperate iff trust p >= (P - S) / ((R - T) + (P - S)) (after Kydd).
"""

from __future__ import annotations

from math import ceil, log

from longroad.bargaining.errors import BargainingError


def least_patience(
    temptation: float, reward: float, punishment: float, detection: float = 1.0
) -> float:
    """Return the least discount factor per period that keeps an agreement, given detection."""
    if not temptation > reward > punishment or not 0.0 < detection <= 1.0:
        raise BargainingError(
            "payoffs or detection are out of order", expected="T > R > P, detection above 0"
        )
    tempted = temptation - reward
    return tempted / (tempted + detection * (reward - punishment))


def least_patience_with_lag(
    temptation: float, reward: float, punishment: float, periods: int
) -> float:
    """Return the least discount factor when a breach shows only after so many periods."""
    if not temptation > reward > punishment or periods < 1:
        raise BargainingError(
            "payoffs or lag are out of order", expected="T > R > P, lag 1 or more"
        )
    return float(((temptation - reward) / (temptation - punishment)) ** (1.0 / periods))


def least_trust(reward: float, temptation: float, punishment: float, loss: float) -> float:
    """Return the least trust at which cooperating beats staying out in an assurance game."""
    if not (reward > temptation and punishment > loss):
        raise BargainingError("this is no assurance game", expected="R > T and P > S")
    return (punishment - loss) / ((reward - temptation) + (punishment - loss))


def trust_after(trust: float, mimic: float) -> float:
    """Return trust after a stage kept that an untrustworthy side would keep with ``mimic``.

    Bayes: the odds are divided by ``mimic``.
    """
    if trust >= 1.0 or mimic <= 0.0:
        return 1.0 if trust > 0.0 else 0.0
    odds = trust / (1.0 - trust) / mimic
    return odds / (1.0 + odds)


def stages_needed(start: float, wanted: float, mimic: float) -> int:
    """Return after how many stages kept trust reaches ``wanted``.

    n = ceil(ln(odds* / odds_0) / -ln m). Raises :class:`BargainingError` where it never does.
    """
    if not (0.0 < start < 1.0 and 0.0 < wanted < 1.0):
        raise BargainingError("trust of zero or one never moves", expected="between 0 and 1")
    if start >= wanted:
        return 0
    if not 0.0 < mimic < 1.0:
        raise BargainingError("a stage that anybody would keep teaches nothing", expected="below 1")
    steps = log(wanted / (1.0 - wanted) / (start / (1.0 - start))) / -log(mimic)
    return ceil(steps - 1e-9)
