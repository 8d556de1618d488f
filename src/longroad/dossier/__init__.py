"""Dossiers, figures and exports of a run."""

from longroad.dossier.exports import export
from longroad.dossier.raid_czml import write_czml
from longroad.dossier.reach_figure import Options
from longroad.dossier.write import figure, figure_names, write_dossier

__all__ = ["Options", "export", "figure", "figure_names", "write_czml", "write_dossier"]
