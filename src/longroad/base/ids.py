"""Ids: slugs such as ``sm3-ia``, quantity ids such as ``interceptor.sm3-ia.burn_time``."""

from __future__ import annotations

import re
import unicodedata

from longroad.base.errors import IdError

LONGEST = 64
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIELD = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
EXPECTED = "small letters, digits and single hyphens, such as 'ship-east'"


def slug(text: object, what: str = "id") -> str:
    """Return ``text`` when it is a slug, else raise :class:`IdError` with one that would do."""
    if isinstance(text, str) and len(text) <= LONGEST and _SLUG.fullmatch(text):
        return text
    shown = "".join(ch if ch.isprintable() else "?" for ch in str(text))[:LONGEST]
    raise IdError(f"{what} '{shown}' is not a slug", expected=EXPECTED, nearest=slugify(shown))


def slugify(text: str) -> str | None:
    """Return the slug nearest to ``text``; None when no letter or digit is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-") or None


def quantity_id(text: object) -> str:
    """Return ``text`` when it is a dotted quantity id, else raise :class:`IdError`.

    A quantity id has two or more parts between dots: slugs, and at the end a field name in small
    letters, digits and underscores.
    """
    parts = text.split(".") if isinstance(text, str) else []
    if len(parts) >= 2 and all(map(_SLUG.fullmatch, parts[:-1])) and _FIELD.fullmatch(parts[-1]):
        return str(text)
    shown = "".join(ch if ch.isprintable() else "?" for ch in str(text))[: 2 * LONGEST]
    raise IdError(
        f"'{shown}' is not the id of a quantity",
        expected="parts between dots, such as interceptor.sm3-ia.burnout_speed",
    )
