"""The tables of a run on its negotiation: what was elicited, what all could sign, what stands."""

from __future__ import annotations

from longroad.base.table_schema import Column, TableSchema


def _number(name: str, said: str, unit: str = "1") -> Column:
    return Column(name, "float64", unit, said)


def _text(name: str, said: str) -> Column:
    return Column(name, "text", "", said)


_PACKAGE = _text("package", "package, by id")
_ISSUE = _text("issue", "issue of the negotiation, by id")
_PARTY = _text("party", "party at the table, by id")
_GAIN = "over no deal, as a share of the party's range"

BARGAINING = (
    TableSchema(
        "bargain_inputs",
        "one elicited number of the negotiation; a scale's fixed ends are none",
        (
            _text("input", "what was asked, by id"),
            _PARTY,
            _text("kind", "weight, value, curve, together, reservation, line, demand, ..."),
            _text("about", "issue, outcome, red line, stage or body"),
            _number("best", "best estimate; the middle where none was given"),
            _number("low", "lower end"),
            _number("high", "upper end"),
            _text("status", "published, reported, judgement or unverified"),
            _text("author", "who judged; empty where a source is given"),
        ),
    ),
    TableSchema(
        "bargain_options",
        "one option of one issue as one party values it by itself",
        (
            _ISSUE,
            _text("issue_name", "the issue in words"),
            _text("option", "option, by id"),
            _text("option_name", "the option in words"),
            Column("no_deal", "bool", "", "whether it holds without a deal"),
            Column("physical", "bool", "", "whether computed outcomes count for it too"),
            _PARTY,
            _number("worth", "best estimate of its worth less that of the option without a deal"),
            _number("p05", "its 5 % quantile over value assignments"),
            _number("p95", "its 95 % quantile over value assignments"),
        ),
    ),
    TableSchema(
        "bargain_packages",
        "what one party, or all together, make of one package",
        (
            _PACKAGE,
            _text("name", "the package in words"),
            _text("kind", "proposal, first, widest, nash, kalai-smorodinsky, ..."),
            _text("by", "party that proposed it; empty: none did, or all together"),
            _text("date", "when; empty: undated"),
            Column("opening", "bool", "", "whether it was a party's first proposal"),
            _text("reply", "accepted, refused, partly, open; empty: none recorded"),
            _text("source", "entry of the bibliography; empty: computed"),
            _text("crosses", "red lines it crosses where they are real, by id"),
            _number("changes", "issues to change before all accept, best estimate; none: never"),
            _text("under", "own, or the assumption set that all hold"),
            _text("party", "party, or 'all' at the table, or 'home': all with ratifiers and hosts"),
            _number("share", "share of value assignments in which it is accepted"),
            _number("mc_se", "its sampling error"),
            _number("low", "5 % quantile of the share over halves of the assignments by weight"),
            _number("high", "95 % quantile of the same"),
            _number("gain", f"gain {_GAIN}, best estimate; none for all and home"),
            _number("gain_p05", "its 5 % quantile over value assignments"),
            _number("gain_p50", "its median"),
            _number("gain_p95", "its 95 % quantile"),
            _number("concession", "what it gives counterparts beyond the proposer's last"),
            _number("predicted", "share that accepts, predicted from the other replies"),
        ),
    ),
    TableSchema(
        "bargain_choices",
        "the option that one package takes on one issue",
        (
            _PACKAGE,
            _ISSUE,
            _text("option", "option, by id"),
            Column("changed", "bool", "", "whether it differs from what holds without a deal"),
            _text("nearest", "option in the nearest package that all accept; empty: the same"),
        ),
    ),
    TableSchema(
        "bargain_clauses",
        "one issue on which two proposals differ, as one party sees it",
        (
            _text("first", "proposal, by id"),
            _text("second", "proposal, by id"),
            _ISSUE,
            _text("first_option", "option of the first, by id"),
            _text("second_option", "option of the second, by id"),
            Column("contested", "bool", "", "whether the parties pull in different directions"),
            _PARTY,
            _number("worth", "median worth of the second's option less that of the first's"),
            _number("p05", "its 5 % quantile over value assignments"),
            _number("p95", "its 95 % quantile over value assignments"),
        ),
    ),
    TableSchema(
        "bargain_lines",
        "what one red line costs one party; or a condition of a smallest conflict",
        (
            _text("line", "red line, by id; floor/<party>: what a party keeps without a deal"),
            _text("name", "the line in words"),
            _text("holder", "who would refuse"),
            _text("source", "entry of the bibliography; empty: none"),
            Column("veto", "bool", "", "whether it counts at home only"),
            _number("real", "share of value assignments in which it is real"),
            _number("blocked", "share in which it alone stands in the way"),
            _text("conflicts", "numbers of the smallest sets in conflict that it is part of"),
            _text("party", "party whose gains change"),
            _number("gain_change", "mean gain at the Nash point with the line less without it"),
            _number("best_change", "the same for the most that the party can gain"),
        ),
    ),
    TableSchema(
        "bargain_facts",
        "what one party has when all hold what the cell says; the fact-finding experiment",
        (
            Column("cell", "int32", "", "number of the cell"),
            Column("own", "bool", "", "whether each party holds its own assumptions in it"),
            Column("mixed", "bool", "", "whether it is a cell of the parties' own sets"),
            _PARTY,
            _text("holds", "the assumption set that the party takes for true, by id"),
            _text("holds_name", "the set in words"),
            _number("share", "share of value assignments with an agreement"),
            _number("mc_se", "its sampling error"),
            _number("home", "the same with ratifiers and hosts"),
            _number("home_mc_se", "its sampling error"),
            _number("gain", f"mean gain at the Nash point {_GAIN}"),
        ),
    ),
    TableSchema(
        "bargain_stages",
        "one stage of the roadmap as one party sees it",
        (
            _text("stage", "stage, by id"),
            _text("name", "the stage in words"),
            _text("choices", "issue and option pairs that enter into force, by id"),
            _text("milestone", "what has to be seen before the next"),
            _text("exit", "how a party may leave here"),
            _number("years", "median length", "years"),
            _number("years_p05", "its 5 % quantile over value assignments", "years"),
            _number("years_p95", "its 95 % quantile over value assignments", "years"),
            _number("taken", "share of value assignments in which all parties come so far"),
            _number("mc_se", "its sampling error"),
            _PARTY,
            _number("trust", "median trust in the others when it is reached"),
            _number("trust_p10", "its 10 % quantile over value assignments"),
            _number("trust_p90", "its 90 % quantile over value assignments"),
            _number("needed", "median trust from which it pays by itself; none: never"),
            _number("gain", "median change of utility by it"),
            _number("gain_p05", "its 5 % quantile over value assignments"),
            _number("gain_p95", "its 95 % quantile over value assignments"),
            _number("exposure", "median loss if others cheat, as a share of the party's range"),
        ),
    ),
    TableSchema(
        "bargain_swings",
        "what one elicited number moves: a measure where it is in its lower and its upper half",
        (
            _text("input", "elicited number, by id of bargain_inputs"),
            _PARTY,
            _text("kind", "weight, value, curve, reservation"),
            _text("about", "issue or outcome"),
            _text("option", "option of a value; empty: none"),
            _text(
                "measure", "agreement (with ratifiers), widest, or gain/<party> at the Nash point"
            ),
            _number("low", "mean in the lower half of the assignments by this number"),
            _number("high", "mean in the upper half"),
        ),
    ),
    TableSchema(
        "bargain_points",
        "one point of a drawing of packages or weights",
        (
            _text("plot", "gains/<party>/<party>, or weights/<input>/<input>"),
            _text("series", "cloud, frontier, p05, p50, p95, no-deal, cell, signed, unsigned"),
            _number("x", "gain of the first party, or its number"),
            _number("y", "gain of the second party, or its number"),
            _number("value", "how many packages, or the share with an agreement"),
            _number("count", "value assignments it rests on"),
        ),
    ),
    TableSchema(
        "bargain_figures",
        "one headline figure of the negotiation",
        (
            _text("outcome", "what it is"),
            _text("about", "package, pair, body or condition; empty: none"),
            _text("party", "party, by id; empty: all together"),
            _text("unit", "unit of the numbers"),
            _number("best", "share, median, or best estimate"),
            _number("p05", "5 % quantile; of a share over halves of the assignments by weight"),
            _number("p95", "95 % quantile of the same"),
            _number("mc_se", "sampling error of a share"),
        ),
    ),
)
