"""Figures of several periods: series, opinions and changes."""
