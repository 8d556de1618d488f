"""The commands of `longroad`, a file for each group; `longroad.cli` puts them together."""
