"""Colours: legible as text, and apart for readers with any of the three colour deficiencies."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

import longroad.dossier
from longroad.dossier.palette import (
    CLASSES,
    REACH_AFTER,
    REACH_BEFORE,
    REACH_LEVELS,
    STATUS,
    sequence,
)

# Machado, Oliveira and Fernandes 2009 (doi:10.1109/TVCG.2009.113), severity 1.0, linear RGB.
EYES = {
    "normal": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)  # sRGB, D65


def linear(colour):
    full = colour if len(colour) == 7 else "#" + "".join(2 * c for c in colour[1:])
    value = np.array([int(full[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(colour, eye):
    seen = np.clip(np.asarray(EYES[eye]) @ linear(colour), 0, 1)
    ratio = TO_XYZ @ seen / (TO_XYZ @ np.ones(3))
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one, other):
    light, dark = sorted((float(TO_XYZ[1] @ linear(c)) for c in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("eye", EYES)
def test_the_classes_of_a_map_stay_apart(eye):
    for one, other in itertools.combinations(CLASSES, 2):
        distance = np.linalg.norm(lab(one.colour, eye) - lab(other.colour, eye))
        assert distance > 15, (one.id, other.id, eye, distance)


@pytest.mark.parametrize("eye", EYES)
def test_before_and_after_the_apogee_stay_apart_at_every_speed(eye):
    for one, other in itertools.product(REACH_BEFORE, REACH_AFTER):
        distance = np.linalg.norm(lab(one, eye) - lab(other, eye))
        assert distance > 15, (one, other, eye, distance)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("ramp", [REACH_BEFORE, REACH_AFTER])
def test_a_ramp_of_reach_runs_from_dark_to_light_in_steps_that_are_seen(ramp, eye):
    assert len(ramp) == len(REACH_LEVELS) + 1
    seen = [lab(colour, eye) for colour in ramp]
    assert all(a[0] < b[0] for a, b in itertools.pairwise(seen))
    assert all(np.linalg.norm(a - b) > 8 for a, b in itertools.pairwise(seen))


def test_a_long_sequence_still_runs_from_light_to_dark():
    for count in range(1, 8):
        lightness = [lab(colour, "normal")[0] for colour in sequence(count)]
        assert len(lightness) == count
        assert all(a > b for a, b in itertools.pairwise(lightness))
    assert len(sequence(12)) == 12


@pytest.mark.parametrize("eye", EYES)
def test_the_statuses_stay_apart(eye):
    for one, other in itertools.combinations(STATUS, 2):
        distance = np.linalg.norm(lab(STATUS[one], eye) - lab(STATUS[other], eye))
        assert distance > 12, (one, other, eye, distance)


def test_all_and_none_stay_apart_in_grey_print():
    by_id = {one.id: lab(one.colour, "normal")[0] for one in CLASSES}
    assert by_id["none"] - by_id["all"] > 20


def test_text_has_contrast():
    """WCAG 2.1, 1.4.3: at least 4.5 to 1."""
    style = Path(longroad.dossier.__file__).parent / "style" / "dossier.css"
    text = style.read_text(encoding="utf-8")
    names = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", text))
    for colour in ("ink", "quiet", "accent"):
        for ground in ("paper", "wash"):
            assert contrast(names[colour], names[ground]) >= 4.5, (colour, ground)
    assert contrast(names["warn"], names["warn-wash"]) >= 4.5
    tags = re.findall(r"\.tag\.[a-z-]+ \{ background: (#\w+); color: (#\w+);", text)
    assert len(tags) >= 3
    for ground, colour in tags:
        assert contrast(colour, ground) >= 4.5, (colour, ground)
    assert contrast("#ffffff", names["published"]) >= 4.5
