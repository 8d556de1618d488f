"""The tables of a run on strategic forces: exchanges, treaties, limits."""

from __future__ import annotations

from longroad.base.table_schema import Column, TableSchema


def _count(name: str, said: str) -> Column:
    return Column(name, "float64", "1", said)


_VARIANT = Column("variant", "text", "", "variant of the scenario")
_PARTY = Column("party", "text", "", "party whose defence it is")
_OWNER = Column("owner", "text", "", "party whose force it is")
_TOWARDS = Column("towards", "text", "", "country of the reference end points, ISO 3166-1 alpha-3")
_ASSUMPTIONS = Column(
    "assumptions", "text", "", "'adopted', <quantity id>=<claim>, a party's set, or an extreme"
)
_HOLDER = Column("holder", "text", "", "party that holds them, or who makes the claim")
_MODE = Column("mode", "text", "", "adopted, claim, stated, attributed or extreme")
_TIMING = Column("timing", "text", "", "delay, or own-sensors: as the owner's sensors support")
_DELAY = Column("delay_s", "float64", "s", "earliest launch; none for own-sensors")


def _spread(name: str, said: str) -> tuple[Column, ...]:
    return (
        _count(name, said),
        _count(f"{name}_p05", "its 5 % quantile over the draws"),
        _count(f"{name}_p95", "its 95 % quantile over the draws"),
    )


_POSTURE = Column("posture", "text", "", "readiness before an attack, and what is done under it")
_CONCERN = (
    _OWNER,
    Column("assumptions", "text", "", "adopted, a set that the owner holds, or strongest-claims"),
    Column("towards", "text", "", "country of end points towards which most is taken, or none"),
    _POSTURE,
    Column("headline", "bool", "", "whether it is the posture in which most is taken"),
    *_spread("concern", "greatest share of the owner's arriving warheads that is taken"),
)

DETERRENT = (
    TableSchema(
        "exchange",
        "one force against one party's defence, in one posture; warheads and bomber weapons",
        (
            _VARIANT,
            _PARTY,
            _OWNER,
            Column("force", "text", "", "force of the catalogue, by id"),
            _TOWARDS,
            _ASSUMPTIONS,
            _HOLDER,
            _MODE,
            _TIMING,
            _DELAY,
            _POSTURE,
            _count("deployed", "deployed; means under the best estimates from here on"),
            _count("surviving", "on launchers that left under attack or rode it out"),
            _count("launched", "of them, those whose flight works"),
            _count("arriving", "of them, those that arrive without a missile defence"),
            _count("other_routes", "of those arriving, on routes no missile defence acts on"),
            _count("within_reach", "of those arriving, within reach of some site"),
            _count("penetrating", "of those arriving, what the missile defence leaves"),
            _count("lost", "of those arriving, what it takes"),
            _count("lost_p05", "its 5 % quantile over the draws"),
            _count("lost_p95", "its 95 % quantile over the draws"),
            _count("lost_mc_se", "sampling error of its mean"),
            _count("lost_outcome_p05", "its 5 % quantile by chance, best estimates"),
            _count("lost_outcome_p95", "its 95 % quantile by chance, best estimates"),
            _count("lost_fraction", "the same as a share of those arriving"),
            _count("lost_fraction_p05", "its 5 % quantile over the draws"),
            _count("lost_fraction_p95", "its 95 % quantile over the draws"),
            _count("touchable_fraction", "share of the deployed within reach of any site"),
            _count("computed_fraction", "share of the deployed ballistic ones with flights"),
            _count("first_strike_advantage", "1 - arrivals after an attack / without one"),
            _count("first_strike_advantage_defended", "the same with the defence"),
            _count("build_up_low", "least growth of the force that cancels the defence"),
            _count("build_up_high", "greatest such growth; none where nothing penetrates"),
            Column("provisional", "bool", "", "whether numbers from memory are used"),
        ),
    ),
    TableSchema(
        "defence_needed",
        "the defence that would take a given share, headline variant, best estimates",
        (
            _VARIANT,
            _PARTY,
            _OWNER,
            _TOWARDS,
            _TIMING,
            _DELAY,
            _POSTURE,
            _count("share", "share of what would arrive that is to be lost"),
            Column("lever", "text", "", "inventory: a factor on all interceptors"),
            _count("value", "least value at which it is; none where no value is enough"),
            _count("effect", "share lost there, or at the greatest value asked"),
            _count("greatest", "greatest value asked"),
        ),
    ),
    TableSchema(
        "touched",
        "what each site could touch of one weapon at one base; reach alone, best estimates",
        (
            _VARIANT,
            _PARTY,
            _OWNER,
            _TOWARDS,
            _TIMING,
            _DELAY,
            Column("weapon", "text", "", "weapon of the catalogue, by id"),
            Column("base", "text", "", "base or area; empty where no flight was computed"),
            Column("site", "text", "", "battery, or any"),
            _count("warheads", "deployed warheads of the weapon at the base"),
            _count("share", "share of their flights that it reaches; none where none was computed"),
        ),
    ),
    TableSchema(
        "assumption_differences",
        "one assumption between what is adopted and the owner's extreme, for one pair; shares lost "
        "on an ordinary day, ridden out",
        (
            _VARIANT,
            _PARTY,
            _OWNER,
            _TOWARDS,
            _count("rank", "1 for the assumption that makes the greatest difference"),
            Column("quantity", "text", "", "number or group of numbers, by id; or launch"),
            Column("status", "text", "", "status of the adopted number, of a group its first"),
            Column("unit", "text", "", "of the three values"),
            _count("adopted", "adopted value; none where several numbers differ"),
            _count("owner_end", "value at the owner's extreme"),
            _count("defender_end", "value at the defender's extreme"),
            Column("owner_word", "text", "", "the same in words: low, high, a claim; or adopted"),
            Column("defender_word", "text", "", "the same for the defender's extreme"),
            Column("holder", "text", "", "who holds the owner's end"),
            _count("change_alone", "lost more with this one alone at the owner's end"),
            _count("change_without", "lost less in the owner's extreme with this one as adopted"),
            _count("lost_adopted", "share lost as adopted, at the launch that a run takes"),
            _count("lost_owner_extreme", "share lost in the owner's extreme"),
            _count("lost_defender_extreme", "share lost in the defender's extreme"),
        ),
    ),
    TableSchema(
        "arrivals",
        "how many arrive at least, in a share of the draws; one force against one defence",
        (
            _VARIANT,
            _PARTY,
            _OWNER,
            _TOWARDS,
            _ASSUMPTIONS,
            _TIMING,
            _DELAY,
            _POSTURE,
            _count("draws_fraction", "share of the draws in which at least so many arrive"),
            _count("arriving", "without a missile defence; means over chance within a draw"),
            _count("penetrating", "with it"),
        ),
    ),
    TableSchema(
        "treaty",
        "one rule of one ledger against one force, or against what a party declared",
        (
            Column("ledger", "text", "", "treaty, by id"),
            Column("rule", "text", "", "rule of the treaty, by id"),
            Column("party", "text", "", "party whose force it is"),
            Column("counted", "text", "", "force by id, or declared"),
            Column("date", "text", "", "of the declaration, or year of the force"),
            _count("value", "what the rule counts"),
            _count("limit", "what it allows"),
            _count("headroom", "limit less value"),
            Column("state", "text", "", "within, exceeded or not-stated"),
            Column("treaty_state", "text", "", "what the treaty was then; empty where nothing"),
            Column("bound", "bool", "", "whether the party is a party to it"),
            Column("status", "text", "", "of the declared numbers, or provisional, or judgement"),
        ),
    ),
    TableSchema(
        "limits",
        "one set of limits on one party's defence, for one deterrent, assumption set and posture",
        (
            _VARIANT,
            Column("set", "text", "", "set of limits, by id; l0 has none"),
            Column("limits", "text", "", "the limits in words"),
            Column("party", "text", "", "party whose defence is limited"),
            *_spread("area_lost", "share of the engageable area that the defence loses"),
            *_spread("shots_lost", "share of its shot opportunities that it loses"),
            _count("interceptors_lost", "share of its interceptors that it loses"),
            *_CONCERN,
            _count("worst", "concern of the owner worst off, on its own assumptions and posture"),
            _count("tolerable", "share below which a concern counts as moot, fixed beforehand"),
            Column("standing", "text", "", "frontier, knee, dominated, or no-change"),
            Column("observable", "text", "", "how one could see that the limits are kept"),
            Column("means", "text", "", "the same by id"),
        ),
    ),
    TableSchema(
        "growth",
        "one step of growth of one party's defence under one limit, for one deterrent",
        (
            _VARIANT,
            _PARTY,
            Column("step", "text", "", "present, more, anywhere, faster or all"),
            Column("limits", "text", "", "the limit in words"),
            Column("binds", "bool", "", "whether the limit changes anything of the step"),
            Column("interceptors", "int32", "", "interceptors left under the limit"),
            *_CONCERN,
        ),
    ),
)
