"""Ballistic arcs, boost, re-entry, interceptor fly-out."""

from longroad.flight.kepler import kepler
from longroad.flight.lambert import lambert

__all__ = ["kepler", "lambert"]
