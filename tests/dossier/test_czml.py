"""CZML read back by another program's model of the format, and by its own rules."""

import json
from datetime import datetime

import numpy as np
import pytest

from longroad.dossier.czml import EPOCH, Moving, Place, document

RED = (200, 30, 30)


def flying(id="one", times=(10.0, 40.0, 70.5)):
    times = np.array(times)
    positions = np.stack([6.4e6 + times * 1000.0, times * 10.0, -times], axis=1)
    return Moving(id, "An object", times, positions, RED, note="from <here> to there")


def test_another_reader_takes_every_packet():
    """czml3 checks types, enumerations and intervals of each property."""
    from czml3 import Document

    text = document("A raid", [Place("site", "Site", 45.0, -179.9, RED)], [flying()])
    read = Document.model_validate({"packets": json.loads(text)})
    assert [packet.id for packet in read.packets] == ["document", "site", "one"]


def test_times_and_places_come_back_as_they_were():
    (_, packet) = json.loads(document("A raid", [], [flying()]))
    track = np.array(packet["position"]["cartesian"]).reshape(-1, 4)
    assert track[:, 0] == pytest.approx([10.0, 40.0, 70.5])
    assert track[:, 1:] == pytest.approx(flying().positions_m, abs=1e-3)
    begin, end = packet["availability"].split("/")
    seconds = [(datetime.fromisoformat(part) - EPOCH).total_seconds() for part in (begin, end)]
    assert seconds == pytest.approx([10.0, 70.5])


def test_the_clock_covers_everything_that_flies():
    first, *_ = json.loads(document("A raid", [], [flying(), flying("two", (-5.0, 1000.0))]))
    begin, end = first["clock"]["interval"].split("/")
    assert (datetime.fromisoformat(begin) - EPOCH).total_seconds() == -5.0
    assert (datetime.fromisoformat(end) - EPOCH).total_seconds() == 1000.0


@pytest.mark.parametrize(
    ("moving", "said"),
    [
        ([flying(), flying()], "unique"),
        ([flying(times=(10.0, 10.0))], "rise"),
        ([flying(times=(10.0,))], "rise"),
        ([Moving("x", "X", np.array([0.0, 1.0]), np.full((2, 3), np.nan), RED)], "finite"),
    ],
)
def test_what_a_globe_could_not_play_is_refused(moving, said):
    with pytest.raises(ValueError, match=said):
        document("A raid", [], moving)


def test_nothing_that_flies_still_makes_a_document():
    assert len(json.loads(document("Empty", [], []))) == 1
