"""Regions together: totals over them, and their order."""
