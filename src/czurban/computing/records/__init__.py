"""Compute indicators from records: an engine counts and sums exactly, and Python divides once."""
