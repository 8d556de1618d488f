"""What can be wrong with a force, a ledger, a defence or a limit."""

from __future__ import annotations

from longroad.base.errors import LongroadError


class ForceError(LongroadError):
    """A force or weapon that cannot be, or a party that has none."""


class TreatyError(LongroadError):
    """A ledger that cannot be read, or a rule that nobody knows."""


class DefenceError(LongroadError):
    """A defence whose sites, numbers and reach do not go together."""


class LimitError(LongroadError):
    """A limit of an unknown kind, or in the wrong unit."""
