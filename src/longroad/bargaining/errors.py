"""What can be wrong with a negotiation."""

from __future__ import annotations

from longroad.base.errors import LongroadError


class BargainingError(LongroadError):
    """A negotiation that does not fit together, or that is too large to be solved exactly."""
