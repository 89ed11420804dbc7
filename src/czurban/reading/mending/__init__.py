"""Corrections of a plan's files that cannot be wrong, as edits of their text that leave every other byte as it is."""
