"""How large a scenario may be: limits that keep a slip of the pen from filling a machine."""

from __future__ import annotations

# Entries per section. Ten times and more what the largest published studies use.
MOST_ENTRIES = {
    "parties": 50,
    "places": 500,
    "launch_areas": 200,
    "threats": 50,
    "trajectories": 50,
    "patrol_areas": 100,
    "constellations": 20,
    "sensors": 300,
    "batteries": 300,
    "assume": 1000,
    "assumptions": 50,
    "agreements": 40,
    "raids": 20,
    "doctrines": 350,
}
MOST_VARIANTS = 50
# Strategic trajectories of one variant: bases x end points x shapes, over all groups.
MOST_TRAJECTORIES = 5_000
# Defended cells of one variant, all parties together: NATO Europe is about 3,100 at resolution 4.
MOST_MAP_CELLS = 60_000
MOST_ENSEMBLE_CELLS = 10_000
# Arcs of the best-estimate map: launch areas x shapes x cells, over all threats.
MOST_ARCS = 2_000_000


def cells_on_earth(resolution: int) -> int:
    """Return the number of h3 cells on Earth: 2 + 120 * 7**resolution (h3geo.org)."""
    return int(2 + 120 * 7**resolution)
