"""The Earth: its figure, its territories and who lives where."""
