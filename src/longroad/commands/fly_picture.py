"""A flight in the terminal: seen from the side, in at most 80 columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longroad.base.messages import text
from longroad.flight.profile import Profile
from longroad.flight.words import kilometres

Array = NDArray[np.float64]

COLUMNS, ROWS = 66, 15
# Dots of a braille character: bit by row and column, Unicode 1.1, block 2800.
BRAILLE = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
# Minutes between marks, so that some five to ten stand along a flight.
STEPS_MIN = (1, 2, 5, 10, 15, 20)
MOST_MARKS = 10


class Canvas:
    """A field of characters, each of 2 x 4 dots where braille can be shown, else of one."""

    def __init__(self, braille: bool) -> None:
        self.across, self.down = (2, 4) if braille else (1, 1)
        self.braille = braille
        self.dots = np.zeros((ROWS * self.down, COLUMNS * self.across), dtype=bool)
        self.marks: dict[tuple[int, int], str] = {}

    def curve(self, x: Array, y: Array, every: int = 1) -> None:
        """Draw a curve through points given as shares (0 to 1) of width and height."""
        height, width = self.dots.shape
        column = np.interp(*_even(x * (width - 1), y * (height - 1), 0))
        row = np.interp(*_even(x * (width - 1), y * (height - 1), 1))
        for k, (c, r) in enumerate(zip(column, row, strict=True)):
            if (k // 2) % every == 0:
                self.dots[height - 1 - _inside(r, height), _inside(c, width)] = True

    def mark(self, x: float, y: float, sign: str) -> None:
        """Put a sign where the point is, unless another stands there."""
        height, width = self.dots.shape
        row = (height - 1 - _inside(y * (height - 1), height)) // self.down
        place = (row, _inside(x * (width - 1), width) // self.across)
        self.marks.setdefault(place, sign)

    def lines(self) -> list[str]:
        """Return the field as text."""
        found = []
        for row in range(ROWS):
            signs = [
                self.marks.get((row, column)) or self._sign(row, column)
                for column in range(COLUMNS)
            ]
            found.append("".join(signs))
        return found

    def _sign(self, row: int, column: int) -> str:
        cell = self.dots[
            row * self.down : (row + 1) * self.down,
            column * self.across : (column + 1) * self.across,
        ]
        if not cell.any():
            return " "
        if not self.braille:
            return "."
        bits = sum(BRAILLE[i][j] for i in range(4) for j in range(2) if cell[i, j])
        return chr(0x2800 + bits)


def picture(flight: Profile, least: Profile | None, braille: bool) -> list[str]:
    """Return the lines of a picture of a flight, with the one of least energy if given.

    Heights and distances have scales of their own, as the key below the picture says.
    """
    curves = [flight] if least is None else [flight, least]
    farthest = max(float(np.max(curve.distance_m)) for curve in curves)
    nearest = min(0.0, *(float(np.min(curve.distance_m)) for curve in curves))
    top = max(float(np.max(curve.height_m)) for curve in curves)

    def place(distance: Array | float, height: Array | float) -> tuple[Array, Array]:
        x = (np.asarray(distance) - nearest) / (farthest - nearest)
        return x, np.clip(np.asarray(height) / top, 0.0, 1.0)

    canvas = Canvas(braille)
    if least is not None:
        canvas.curve(*place(least.distance_m, least.height_m), every=3)
    canvas.curve(*place(flight.distance_m, flight.height_m))
    for index, sign in ((flight.apogee, "A"), (flight.burnout, "B")):
        x, y = place(flight.distance_m[index], flight.height_m[index])
        canvas.mark(float(x), float(y), sign)
    minutes = step_minutes(float(flight.time_s[-1]))
    for time in np.arange(60.0 * minutes, float(flight.time_s[-1]), 60.0 * minutes):
        x, y = place(*flight.at(float(time)))
        canvas.mark(float(x), float(y), "o")
    return _framed(canvas.lines(), top, nearest, farthest, minutes, least is not None)


def step_minutes(time_s: float) -> int:
    """Return how many minutes apart marks of time should stand on a flight."""
    return next((m for m in STEPS_MIN if time_s / (60.0 * m) <= MOST_MARKS), 30)


def _framed(
    field: list[str], top: float, nearest: float, farthest: float, minutes: int, least: bool
) -> list[str]:
    labels = {0: kilometres(top), ROWS // 2: kilometres(0.5 * top)}
    width = max(len(label) for label in labels.values())
    found = [f"{labels.get(row, ''):>{width}} |{line}".rstrip() for row, line in enumerate(field)]
    found.append(f"{'0':>{width}} +{'-' * COLUMNS}")
    ends = (kilometres(nearest) if nearest < 0.0 else "0", kilometres(farthest))
    found.append(" " * (width + 2) + ends[0] + ends[1].rjust(COLUMNS - len(ends[0])))
    found += ["", text("flight.picture.marks", minutes=minutes)]
    if least:
        found.append(text("flight.picture.dotted"))
    return [*found, text("flight.picture.stretched")]


def _inside(value: float, count: int) -> int:
    return min(max(round(float(value)), 0), count - 1)


def _even(x: Array, y: Array, which: int) -> tuple[Array, Array, Array]:
    """Return arguments of `numpy.interp` that give points half a dot apart along a curve."""
    length = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
    asked = np.linspace(0.0, length[-1], int(2.0 * length[-1]) + 2)
    return asked, length, (x, y)[which]
