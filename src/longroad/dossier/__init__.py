"""Dossiers, figures and exports of a run."""

from longroad.dossier.exports import export
from longroad.dossier.write import figure, figure_names, write_dossier

__all__ = ["export", "figure", "figure_names", "write_dossier"]
