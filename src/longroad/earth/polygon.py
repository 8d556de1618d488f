"""Polygons on the sphere: edges are great circles, the inside is the smaller side.

A polygon may lie across the antimeridian or around a pole: everything is done with unit vectors.
Geodetic latitudes are read as those of the sphere; for regions hundreds of kilometres wide that
moves an edge by less than 20 km between its vertices and not at all there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.errors import GeometryError
from longroad.base.kernel import lean_kernel

Array = NDArray[np.float64]

# Vertices nearer to each other than this are one (rad; about 6 m).
SAME_RAD = 1e-6


@dataclass(frozen=True)
class Polygon:
    """A valid polygon: ``vertices`` (M, 3) unit vectors, anticlockwise around the inside."""

    vertices: Array

    @property
    def area_sr(self) -> float:
        """Return the solid angle of the inside (sr), at most 2 pi."""
        return _excess(self.vertices)

    def contains(self, latitude_rad: ArrayLike, longitude_rad: ArrayLike) -> NDArray[np.bool_]:
        """Return which places lie inside; those on an edge lie on either side."""
        places = unit_vectors(latitude_rad, longitude_rad)
        out = np.empty(places.shape[:-1], dtype=np.bool_)
        inside(self.vertices, places.reshape(-1, 3), out.reshape(-1))
        return out


def polygon(latitude_rad: ArrayLike, longitude_rad: ArrayLike) -> Polygon:
    """Return the polygon of vertices in either order; the last is joined to the first.

    Raises GeometryError for fewer than three different vertices, a vertex off the Earth, an edge
    of half a circle or more, edges that cross or touch, and an area of nothing or of a half.
    """
    latitude, longitude = np.asarray(latitude_rad, float), np.asarray(longitude_rad, float)
    if latitude.ndim != 1 or latitude.shape != longitude.shape:
        raise GeometryError("a polygon's latitudes and longitudes do not go together")
    if not np.all(np.isfinite(latitude) & np.isfinite(longitude)) or np.any(
        np.abs(latitude) > 0.5 * math.pi + 1e-9
    ):
        raise GeometryError("a vertex is not on the Earth", expected="latitudes within 90 degrees")
    points = unit_vectors(latitude, longitude)
    if len(points) > 1 and _angle(points[0], points[-1]) < SAME_RAD:
        points = points[:-1]  # written closed
    count = len(points)
    if count < 3:
        raise GeometryError(
            f"a polygon has {count} different vertices", expected="at least three vertices"
        )
    following = np.roll(points, -1, axis=0)
    lengths = np.array([_angle(a, b) for a, b in zip(points, following, strict=True)])
    if np.any(lengths < SAME_RAD):
        first = int(np.argmin(lengths))
        raise GeometryError(
            f"vertices {first + 1} and {(first + 1) % count + 1} are the same place",
            expected="different vertices one after another",
        )
    if np.any(lengths > math.pi - SAME_RAD):
        raise GeometryError(
            f"the edge from vertex {int(np.argmax(lengths)) + 1} goes half around the Earth",
            expected="a vertex in between",
        )
    crossing = _crossing(points, following)
    if crossing is not None:
        raise GeometryError(
            f"the edges from vertices {crossing[0] + 1} and {crossing[1] + 1} cross",
            expected="edges that meet only where one ends and the next begins",
        )
    excess = _excess(points)
    if excess > 2.0 * math.pi:
        points, excess = points[::-1], 4.0 * math.pi - excess
    if not 1e-12 < excess < 2.0 * math.pi - 1e-9:
        raise GeometryError(
            "the polygon has no inside: its area is nothing, or half of the Earth",
            expected="vertices around an area smaller than a hemisphere",
        )
    return Polygon(np.ascontiguousarray(points))


def unit_vectors(latitude_rad: ArrayLike, longitude_rad: ArrayLike) -> Array:
    """Return the unit vectors (..., 3) of places on the sphere."""
    latitude, longitude = np.asarray(latitude_rad, float), np.asarray(longitude_rad, float)
    level = np.cos(latitude)
    return np.stack(
        np.broadcast_arrays(level * np.cos(longitude), level * np.sin(longitude), np.sin(latitude)),
        axis=-1,
    )


@lean_kernel
def winds(vertices: Array, x: float, y: float, z: float) -> bool:
    """Return whether a unit vector lies inside: the azimuths of the vertices turn once around it.

    Seen from a place whose antipode is inside they turn the other way.
    """
    total = 0.0
    count = vertices.shape[0]
    for i in range(count):
        a, b = vertices[i], vertices[(i + 1) % count]
        cross = (
            x * (a[1] * b[2] - a[2] * b[1])
            + y * (a[2] * b[0] - a[0] * b[2])
            + z * (a[0] * b[1] - a[1] * b[0])
        )
        qa = x * a[0] + y * a[1] + z * a[2]
        qb = x * b[0] + y * b[1] + z * b[2]
        total += math.atan2(cross, a[0] * b[0] + a[1] * b[1] + a[2] * b[2] - qa * qb)
    return total > math.pi


@lean_kernel
def inside(vertices: Array, places: Array, out: NDArray[np.bool_]) -> None:
    """Fill which of N unit vectors (N, 3) lie inside a polygon (M, 3)."""
    for i in range(places.shape[0]):
        out[i] = winds(vertices, places[i, 0], places[i, 1], places[i, 2])


def _angle(a: Array, b: Array) -> float:
    return math.atan2(float(np.linalg.norm(np.cross(a, b))), float(a @ b))


def _excess(points: Array) -> float:
    """Return the solid angle to the left of the edges, 0 to 4 pi: 2 pi less the turning."""
    before, after = np.roll(points, 1, axis=0), np.roll(points, -1, axis=0)
    into, out_of = np.cross(before, points), np.cross(points, after)
    sine = np.einsum("ij,ij->i", points, np.cross(into, out_of))
    cosine = np.einsum("ij,ij->i", into, out_of)
    return float((2.0 * math.pi - np.sum(np.arctan2(sine, cosine))) % (4.0 * math.pi))


def _crossing(begin: Array, end: Array) -> tuple[int, int] | None:
    """Return the first two edges that meet elsewhere than at a common vertex."""
    normals = np.cross(begin, end)
    count = len(begin)
    for i in range(count - 1):
        others = np.arange(i + 2, count if i else count - 1)
        if not others.size:
            continue
        # Each edge's ends lie on different sides of the other, and in the same half of the Earth.
        a, b = normals[others] @ begin[i], normals[others] @ end[i]
        c, d = begin[others] @ normals[i], end[others] @ normals[i]
        at = np.cross(normals[i], normals[others])
        middle = begin[i] + end[i]
        same = np.sign(at @ middle) == np.sign(
            np.einsum("ij,ij->i", at, begin[others] + end[others])
        )
        meets = (a * b <= 0.0) & (c * d <= 0.0) & same
        if np.any(meets):
            return i, int(others[int(np.argmax(meets))])
    return None
