"""Indicators from records: one statement counts and sums them exactly, and the division happens once, in Python."""
