"""The open cases of the notes on validation in groups M, K, R, S and X, as they list them.

Ids and marks as printed there; ranges such as M06-M09 written out.
"""

from __future__ import annotations

MARKS = {
    **{f"M{n:02d}": "F" for n in range(1, 10)},
    "M10": "C/F",
    "M11": "M",
    **{f"M{n:02d}": "F" for n in range(12, 27)},
    **{f"K{n:02d}": "F2" for n in range(1, 5)},
    **{f"K{n:02d}": "F/M" for n in (5, 6, 7, 11)},
    **{f"K{n:02d}": "F" for n in (8, 9, 10, 12, 13, 14, 15, 17, 18, 19, 21, 22, 23)},
    "K16": "F2",
    "K20": "F2",
    "R01": "M",
    "R02": "C/F",
    **{f"R{n:02d}": "F" for n in (3, 4, 5)},
    **{f"S{n:02d}": "F2" for n in (1, 2, 3, 4)},
    "S05": "F",
    **{f"S{n:02d}": "C/F" for n in (6, 7)},
    **{f"X{n:02d}": "F" for n in (1, 2, 3, 4, 5)},
    "X06": "M",
}
# Their inputs are quoted from memory in section 3.3, whatever the table's mark says.
STRICTER = {"K12": "F/M", "K13": "F/M"}
# Explained in the data; everything else has to pass.
EXPLAINED = {"K07", "K09", "K21", "T06", "X04", "X06"}

# Section 4.7: from, to (deg), range (km), as the list of sensors has them.
FIELDS_OF_VIEW = {
    "uewr-fylingdales": (0, 360, 4820), "uewr-thule": (297, 177, 5555),
    "uewr-clear": (184, 64, 4910), "uewr-cape-cod": (347, 227, 5555),
    "uewr-beale": (126, 6, 5555), "cobra-dane": (259, 19, 4200), "cavalier": (298, 78, 3300),
    "an-tpy-2-forward": (40, 160, 2000), "voronezh-armavir": (55, 295, 4200),
    "voronezh-lekhtusi": (245, 355, 4200), "voronezh-pionersky": (187.5, 292.5, 4200),
    "volga-gantsevichi": (190, 310, 6500), "dnepr-olenegorsk": (280, 340, 4600),
    "daryal-pechora": (305, 55, 7200), "dnepr-balkhash": (91, 151, 4600),
    "dnepr-mishelevka": (41, 219, 4600),
}  # fmt: skip

# Section 1: range km, apogee km, minutes, distance of the ground track km, speeds km/s.
FIVE_BASES = {
    "vypolzovo": (7480, 1329, 30.0, 845, (6.0, 6.5, 6.5, 6.7)),
    "kozelsk": (7860, 1358, 30.9, 611, (5.0, 6.1, 6.5, 6.6)),
    "tatishchevo": (8510, 1397, 32.4, 861, (4.9, 5.5, 6.2, 6.5)),
    "teykovo": (7866, 1353, 30.9, 1017, (5.7, 6.3, 6.5, 6.6)),
    "yoshkar-ola": (8217, 1379, 31.8, 1304, (5.7, 6.1, 6.4, 6.5)),
}
DELAYS_S = (120, 200, 300, 420)
