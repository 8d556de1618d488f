"""How an opening that asks for everything looks to the other side, over the public domains.

    python benchmarks/domains.py NEGMAS NEGOLOG

NEGMAS and NEGOLOG are copies of the repositories yasserfarouk/negmas and aniltrue/NegoLog, whose
files may not be shipped here. Of the 12 GENIUS and 66 NegoLog domains, two parties each: what the
other side has at one's own best package (ties broken in its favour), and whether that is below what
it has at the Nash point. The notes on negotiation have a median of 0.248 and 98.7 % below; the
frontier and what NegoLog's files record of the Nash product are checked on the way.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from longroad.bargaining.frontier import frontier
from longroad.bargaining.genius import read_domain
from longroad.bargaining.problem import problem
from longroad.bargaining.solutions import solve

SCENARIOS = "tests/data/scenarios/anac"
GENIUS = {
    "AMPO-City": ("tests/data/AMPOvsCity/ampo_vs_city_{}_space", "ampo", "city"),
    "England-Zimbabwe": (f"{SCENARIOS}/y2010/EnglandZimbabwe/{{}}", "England", "Zimbabwe"),
    "Itex-Cypress": (f"{SCENARIOS}/y2010/ItexvsCypress/ItexvsCypress_{{}}", "Itex", "Cypress"),
    "Travel": (f"{SCENARIOS}/y2010/Travel/travel_{{}}", "chox", "fanny"),
    "Amsterdam": (f"{SCENARIOS}/y2011/Amsterdam/Amsterdam_party{{}}", "1", "2"),
    "Camera": (f"{SCENARIOS}/y2011/Camera/camera_{{}}_utility", "buyer", "seller"),
    "Grocery": (f"{SCENARIOS}/y2011/Grocery/Grocery_domain_{{}}", "mary", "sam"),
    "Laptop": (f"{SCENARIOS}/y2011/Laptop/laptop_{{}}_utility", "buyer", "seller"),
    "NiceOrDie": (f"{SCENARIOS}/y2011/NiceOrDie/NiceOrDie{{}}", "1", "2"),
    "Car": (f"{SCENARIOS}/y2011/Car/adg_deal{{}}", "", "2"),
    "Energy": (f"{SCENARIOS}/y2011/Energy/energy_{{}}", "consumer", "distributor"),
    "IS-BT": (f"{SCENARIOS}/y2011/IS_BT_Acquisition/IS_BT_Acquisition_{{}}_prof", "IS", "BT"),
}


def openings(one):
    """Return, for each side's best package, the other's utility there and at the Nash points."""
    one = replace(one, reservation=np.zeros(2))
    found = frontier(one)
    nash = solve(found, one.reservation, "nash").utilities
    rows = []
    for p in range(2):
        mine, theirs = found.utilities[:, p], found.utilities[:, 1 - p]
        other = theirs[mine >= mine.max() - 1e-9].max()
        # Of tied Nash points each counts its part.
        rows.append((other, float(np.mean(other < nash[:, 1 - p] - 1e-9))))
    return rows, found, nash


def negolog(folder):
    """Return a domain of NegoLog, and what its file records."""
    sides = [json.loads((folder / f"profile{side}.json").read_text()) for side in "AB"]
    tables = [
        np.array([[s["issueWeights"][i] * s["issues"][i][o] for o in options] for s in sides])
        for i, options in sides[0]["issues"].items()
    ]
    return problem(tables, [0.0, 0.0]), json.loads((folder / "specs.json").read_text())


def product_of(recorded):
    """Return the Nash product that a file records, under either of its names."""
    return recorded.get("Nash Product", recorded.get("Product Score", np.nan))


def main(negmas, negolog_folder):
    """Print the statistic over all domains found."""
    rows, same = [], 0
    for name, (pattern, *sides) in GENIUS.items():
        one = read_domain([negmas / f"{pattern.format(side)}.xml" for side in sides])
        found, whole, _ = openings(one)
        rows += found
        print(f"{name:18s} {one.packages:>9,} packages, {len(whole)} on the frontier")
    folders = sorted(p.parent for p in (negolog_folder / "domains").glob("*/profileA.json"))
    for folder in folders:
        one, recorded = negolog(folder)
        found, _, nash = openings(one)
        rows += found
        same += bool(np.isclose(nash.prod(axis=1).max(), product_of(recorded), atol=1e-6))
    print(f"NegoLog: the Nash product as recorded in {same} of {len(folders)}")
    other, below = np.array(rows).T
    print(f"{len(rows)} openings: median for the other side {np.median(other):.3f} (notes 0.248)")
    print(f"below its Nash point {100 * below.mean():.1f} % (notes 98.7 %)")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
