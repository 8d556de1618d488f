"""Provisions in words: what each says, why it is taken to be so, and what it shows of its giver.

A bundle is told with its roles, an agreement with its parties; both by the same sentences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from longroad.agreement.exposure import ASPECTS, OF_DEPTH, OF_MEASURE, Aspect
from longroad.base.messages import text
from longroad.base.quantity import Disputed
from longroad.base.units import written as with_unit
from longroad.earth.countries import country_names
from longroad.scenario.agreement import (
    Agreement,
    Allocate,
    Authority,
    Centre,
    Depth,
    Guarantee,
    Limit,
    Number,
    Provision,
    Region,
    Sector,
    Share,
    Transparency,
)
from longroad.scenario.bundles import Bundle

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """One provision in words. ``shows`` are the aspects of the giver's assets that it shows."""

    provision: str
    kind: str
    says: str
    shows: tuple[Aspect, ...]
    status: str | None
    sources: tuple[str, ...]
    author: str | None
    reason: str | None


def bundle_in_words(bundle: Bundle) -> tuple[Told, ...]:
    """Return the provisions of a bundle in words, with its roles where parties would stand."""
    ground = bundle.root.get("ground")
    otherwise = ground.plain() if ground is not None else {}
    return tuple(
        _told(id, _fields(node.plain(), bundle), _fields(otherwise, bundle))
        for id, node in bundle.provisions.items()
    )


def agreement_in_words(agreement: Agreement) -> tuple[Told, ...]:
    """Return the provisions of an agreement in words."""
    return tuple(_told(one.id, _of_typed(one), _ground(one)) for one in agreement.provisions)


def joined(words: Sequence[str]) -> str:
    """Return words as a list that is read aloud: ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return text("agreement.list").join(words[:-1]) + text("agreement.and") + words[-1]


def aspects_in_words(aspects: Sequence[Aspect]) -> str:
    """Return aspects as a list that is read aloud."""
    return joined([text(f"agreement.aspect.{aspect}") for aspect in aspects])


def number_in_words(number: Number) -> str:
    """Return a number with its interval, of a dispute the adopted claim."""
    return (number.adopted_quantity if isinstance(number, Disputed) else number).written()


def region_in_words(region: Region) -> str:
    """Return what a part of the Earth is made of."""
    return _region(_of_region(region))


def _told(id: str, fields: Fields, otherwise: Fields) -> Told:
    ground = fields if fields.get("status") else otherwise
    return Told(
        provision=id,
        kind=str(fields["kind"]),
        says=_says(fields),
        shows=_shows(fields),
        status=ground.get("status"),
        sources=tuple(_list(ground.get("source"))),
        author=ground.get("author"),
        reason=ground.get("reason"),
    )


def _says(fields: Fields) -> str:
    kind = str(fields["kind"])
    said = {
        "share": _say_share,
        "centre": _say_centre,
        "authority": _say_authority,
        "sector": _say_sector,
        "allocate": _say_allocate,
        "limit": _say_limit,
        "transparency": _say_transparency,
        "guarantee": _say_guarantee,
    }[kind](fields)
    return said[:1].upper() + said[1:]


def _say_share(fields: Fields) -> str:
    late = fields.get("latency_class")
    return text(
        "agreement.share_via" if fields.get("via") and not fields.get("to") else "agreement.share",
        giver=fields["from"],
        receivers=_names(fields.get("to")),
        via=fields.get("via"),
        depth=text(f"agreement.depth.{fields['depth']}"),
        level=fields["depth"],
        assets=joined([_asset(name) for name in _list(fields["assets"])]),
        late=(
            text(f"agreement.latency_class.{late}")
            if late
            else text("agreement.latency", time=fields.get("latency"))
        ),
        onward=text(f"agreement.onward.{fields.get('onward', 'no')}"),
    )


def _asset(name: str) -> str:
    words = ("all", "radars", "infrared", "received")
    return text(f"agreement.assets.{name}") if name in words else name


def _say_centre(fields: Fields) -> str:
    key = ("hosted" if fields.get("host") else "centre") + (
        "_fusion" if fields["purpose"] == "fusion" else ""
    )
    return text(
        f"agreement.{key}",
        purpose=text(f"agreement.purpose.{fields['purpose']}"),
        members=_names(fields["members"]),
        host=_names(fields.get("host")),
        level=fields.get("depth", "D3"),
    )


def _say_authority(fields: Fields) -> str:
    others = [name for name in _list(fields.get("of")) if [name] != _list(fields["party"])]
    key = f"agreement.{fields['mode']}"
    return text(key, party=_names(fields["party"]), others=joined(others))


def _say_sector(fields: Fields) -> str:
    return text(
        "agreement.sector" if fields.get("exclusive", True) else "agreement.duty",
        party=_names(fields["party"]),
        by=text(f"agreement.by.{fields['by']}", region=_region(fields)),
    )


def _say_allocate(fields: Fields) -> str:
    how = text(f"agreement.how.{fields['how']}")
    return text("agreement.allocate", members=_names(fields["members"]), how=how)


def _say_limit(fields: Fields) -> str:
    return text(
        f"agreement.limit.{fields['on']}",
        party=_names(fields["party"]),
        where=text(f"agreement.basing.{fields.get('basing', 'all')}"),
        value=fields.get("at_most"),
        region=_region(fields),
        condition=fields.get("condition"),
    )


def _say_transparency(fields: Fields) -> str:
    measures = [text(f"agreement.measure.{one}") for one in fields["measures"]]
    if _list(fields["from"]) == _list(fields["to"]):
        members = _names(fields["from"])
        return text("agreement.between", members=members, measures=joined(measures))
    return text(
        "agreement.transparency",
        giver=_names(fields["from"]),
        receivers=_names(fields["to"]),
        measures=joined(measures),
    )


def _say_guarantee(fields: Fields) -> str:
    return text(
        "agreement.guarantee" if fields.get("says") else "agreement.guarantee_short",
        giver=_names(fields["from"]),
        receivers=_names(fields["to"]),
        legal=text(f"agreement.legal.{fields['legal_form']}"),
        says=fields.get("says"),
    )


def _region(fields: Fields) -> str:
    """Return a part of the Earth in words; the area of a bundle by what is said about it."""
    area = fields.get("area")
    if isinstance(area, str):
        return area
    parts = [country_names().get(code, code) for code in _list(fields.get("countries"))]
    if area:
        parts.append(text("agreement.region.polygon", count=len(area)))
    if fields.get("territory_of"):
        parties = _names(fields["territory_of"])
        parts.append(text("agreement.region.territory", parties=parties))
    parts += [*_list(fields.get("launch_areas")), *_list(fields.get("patrol_areas"))]
    return joined(parts) if parts else text("agreement.region.open")


def _shows(fields: Fields) -> tuple[Aspect, ...]:
    kind = fields["kind"]
    found: set[Aspect] = set()
    if kind == "share":
        found.update(OF_DEPTH[Depth[fields["depth"]]])
    elif kind == "transparency":
        for measure in fields["measures"]:
            found.update(OF_MEASURE[measure])
    elif kind == "centre" and fields["purpose"] != "fusion":
        found.add("rules")
    elif kind == "authority" and fields["mode"] == "concurrence":
        found.add("engagements")
    return tuple(aspect for aspect in ASPECTS if aspect in found)


def _fields(written: Any, bundle: Bundle) -> Fields:
    """Return the fields of a provision of a bundle; an area that is named gets its words."""
    fields = dict(written)
    if isinstance(fields.get("area"), str):
        fields["area"] = bundle.areas[fields["area"]]
    return fields


def _of_typed(one: Provision) -> Fields:
    """Return a provision's fields as they would be written, with names in place of ids."""
    if isinstance(one, Share):
        return {
            "kind": "share", "from": one.giver.name, "to": [p.name for p in one.receivers],
            "via": one.via, "depth": one.depth.name, "onward": one.onward,
            "assets": [s.id for s in one.assets] + (["received"] if one.received else []),
            "latency_class": one.latency_class, "latency": number_in_words(one.latency),
        }  # fmt: skip
    if isinstance(one, Centre):
        host = one.host.name if one.host is not None else None
        members = [party.name for party in one.members]
        return {"kind": "centre", "purpose": one.purpose, "members": members, "host": host,
                "depth": one.depth.name}  # fmt: skip
    if isinstance(one, Authority):
        others = [party.name for party in one.of]
        return {"kind": "authority", "party": one.party.name, "mode": one.mode, "of": others}
    if isinstance(one, Allocate):
        return {"kind": "allocate", "members": [p.name for p in one.members], "how": one.how}
    if isinstance(one, Transparency | Guarantee):
        said = {"from": one.giver.name, "to": [party.name for party in one.receivers]}
        if isinstance(one, Transparency):
            return {"kind": "transparency", **said, "measures": one.measures}
        return {"kind": "guarantee", **said, "legal_form": one.legal_form, "says": one.says}
    where = _of_region(one.region) if one.region is not None else {}
    if isinstance(one, Sector):
        return {"kind": "sector", "party": one.party.name, "by": one.by,
                "exclusive": one.exclusive, **where}  # fmt: skip
    return {"kind": "limit", "party": one.party.name, "on": one.on, "basing": one.basing,
            "at_most": _bound(one), "condition": one.condition, **where}  # fmt: skip


def _of_region(region: Region) -> Fields:
    return {
        "area": region.vertices,
        "countries": region.countries,
        "launch_areas": [area.name for area in region.launch_areas],
        "patrol_areas": [area.name for area in region.patrol_areas],
    }


def _bound(limit: Limit) -> str | None:
    if limit.value is None:
        return None
    return with_unit(limit.value, "km/s") if limit.on == "burnout-speed" else f"{limit.value:g}"


def _ground(one: Provision) -> Fields:
    ground = one.ground
    return {
        "status": ground.status,
        "source": ground.sources,
        "author": ground.author,
        "reason": ground.reason,
    }


def _names(words: Any) -> str:
    return joined(_list(words))


def _list(words: Any) -> list[str]:
    if words is None:
        return []
    return [str(word) for word in words] if isinstance(words, list | tuple) else [str(words)]
