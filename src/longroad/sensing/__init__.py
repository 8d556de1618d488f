"""Sensors: when a radar sees an arc, when it has a track, when orbit gives warning."""
