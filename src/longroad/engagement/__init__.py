"""Engagement: when a battery can intercept an arc, and which area that makes engageable."""
