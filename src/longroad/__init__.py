"""Longroad: an open workbench for missile-defence cooperation."""

__version__ = "0.1.0"
