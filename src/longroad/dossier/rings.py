"""Rings on the sphere: direction, unwrapping, and cutting at the antimeridian.

Two conventions meet here. d3 (and so every chart of the dossier) reads a ring as the boundary
of what lies on its *right*: outer rings run clockwise, and a ring the wrong way round is the
rest of the world. RFC 7946 GeoJSON wants outer rings anticlockwise, longitudes within
+-180 degrees, and polygons cut where they cross the antimeridian. Internally a ring is an open
list of (longitude, latitude) in degrees, *unwrapped*: neighbours differ by less than 180 degrees.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]


def unwrap(ring: Sequence[Sequence[float]]) -> Ring:
    """Return the ring open, with longitudes shifted by whole turns so that no step exceeds 180.

    A ring around a pole does not close after this: its last step comes back a turn away.
    """
    points = [(float(p[0]), float(p[1])) for p in ring]
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    out: Ring = []
    last = points[0][0] if points else 0.0
    for lon, lat in points:
        if abs(lon - last) > 180.0:
            lon += 360.0 * round((last - lon) / 360.0)
        last = lon
        out.append((lon, lat))
    return out


def turns(ring: Ring) -> int:
    """Return how often an unwrapped ring goes round the polar axis: 0, or +-1 around a pole."""
    if not ring:
        return 0
    first, last = ring[0][0], ring[-1][0]
    back = first + 360.0 * round((last - first) / 360.0)
    return round((back - first) / 360.0)


def signed_area(ring: Ring) -> float:
    """Return the signed area in the longitude-sin(latitude) plane; positive is anticlockwise.

    That plane is equal-area, so the value is exact up to the curvature of the edges, in units
    of degree times sine. A ring around a pole is closed along that pole.
    """
    closed = close_at_pole(ring) if turns(ring) else ring
    total = 0.0
    for (lon1, lat1), (lon2, lat2) in zip(closed, closed[1:] + closed[:1], strict=True):
        s1, s2 = math.sin(math.radians(lat1)), math.sin(math.radians(lat2))
        total += lon1 * s2 - lon2 * s1
    return total / 2.0


def close_at_pole(ring: Ring) -> Ring:
    """Return a ring around a pole as a ring of the plane, led along the pole it encloses.

    The ring is opened where it crosses the antimeridian, so that it needs no further cut.
    """
    turn = turns(ring)
    if not turn:
        return ring
    pole = 90.0 if sum(lat for _, lat in ring) > 0 else -90.0
    twice = [*ring, *((lon + 360.0 * turn, lat) for lon, lat in ring)]
    for i, (here, there) in enumerate(pairwise(twice)):
        low, high = sorted((here[0], there[0]))
        edge = 360.0 * math.ceil((low - 180.0) / 360.0) + 180.0
        if low <= edge < high:
            lat = _crossing_latitude(here, there, edge)
            inner = [point for point in twice[i + 1 : i + 1 + len(ring)] if point[0] != edge]
            end = edge + 360.0 * turn
            return [(edge, lat), *inner, (end, lat), (end, pole), (edge, pole)]
    raise ValueError("a ring around a pole must cross the antimeridian")


def directed(ring: Ring, clockwise: bool) -> Ring:
    """Return the ring running clockwise or anticlockwise as seen from above the ground."""
    return ring if (signed_area(ring) < 0) == clockwise else ring[::-1]


def for_d3(polygons: Sequence[Sequence[Sequence[Sequence[float]]]], digits: int = 2) -> dict:
    """Return a MultiPolygon geometry as d3 wants it: outer rings clockwise, holes the other way.

    Coordinates are rounded to ``digits``; rings that fall to fewer than three points are dropped.
    """
    made = []
    for polygon in polygons:
        rings = []
        for number, ring in enumerate(polygon):
            shaped = directed(unwrap(ring), clockwise=number == 0)
            thin: Ring = []
            for lon, lat in shaped:
                point = (round((lon + 180.0) % 360.0 - 180.0, digits), round(lat, digits))
                if not thin or point != thin[-1]:
                    thin.append(point)
            if len(thin) >= 3:
                rings.append([list(p) for p in [*thin, thin[0]]])
            elif number == 0:
                break
        if rings:
            made.append(rings)
    return {"type": "MultiPolygon", "coordinates": made}


def _crossing_latitude(a: Point, b: Point, lon: float) -> float:
    """Return where the great circle from ``a`` to ``b`` meets the meridian ``lon`` (degrees)."""
    lat1, lat2 = math.radians(a[1]), math.radians(b[1])
    to_a, to_b = math.radians(lon - a[0]), math.radians(b[0] - lon)
    whole = math.sin(to_a + to_b)
    if abs(whole) < 1e-12:
        return a[1] + (b[1] - a[1]) * (lon - a[0]) / (b[0] - a[0])
    value = (math.tan(lat1) * math.sin(to_b) + math.tan(lat2) * math.sin(to_a)) / whole
    return math.degrees(math.atan(value))


def _clip(ring: Ring, edge: float, keep_east: bool) -> Ring:
    """Return the part of an unwrapped ring east (or west) of a meridian (Sutherland-Hodgman)."""

    def inside(point: Point) -> bool:
        return point[0] >= edge if keep_east else point[0] <= edge

    out: Ring = []
    for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
        if inside(here):
            out.append(here)
        if inside(here) != inside(there):
            at_pole = abs(here[1]) == 90.0 and abs(there[1]) == 90.0
            lat = here[1] if at_pole else _crossing_latitude(here, there, edge)
            out.append((edge, lat))
    return out


def rfc7946(ring: Sequence[Sequence[float]]) -> dict:
    """Return a convex ring as an RFC 7946 Polygon or MultiPolygon.

    Outer rings anticlockwise, first point repeated, longitudes in [-180, 180], cut at the
    antimeridian; a ring around a pole is led along the 180th meridians to that pole.
    """
    shape = close_at_pole(unwrap(ring))
    west, east = min(lon for lon, _ in shape), max(lon for lon, _ in shape)
    pieces: list[Ring] = []
    for k in range(math.floor((west + 180.0) / 360.0), math.ceil((east + 180.0) / 360.0)):
        piece = shape
        if west < -180.0 + 360.0 * k:
            piece = _clip(piece, -180.0 + 360.0 * k, keep_east=True)
        if piece and east > 180.0 + 360.0 * k:
            piece = _clip(piece, 180.0 + 360.0 * k, keep_east=False)
        moved = [(lon - 360.0 * k, lat) for lon, lat in piece]
        if len(moved) >= 3 and abs(signed_area(moved)) > 1e-12:
            pieces.append(directed(moved, clockwise=False))
    closed = [[[[round(x, 7), round(y, 7)] for x, y in [*piece, piece[0]]]] for piece in pieces]
    if len(closed) == 1:
        return {"type": "Polygon", "coordinates": closed[0]}
    return {"type": "MultiPolygon", "coordinates": closed}
