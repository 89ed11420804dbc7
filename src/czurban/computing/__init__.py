"""Compute figures by formula, over regions and from records, and run engines on large tables."""
