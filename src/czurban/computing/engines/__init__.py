"""Engines for tables too long for rows in Python. None multiplies, divides or rounds for a verdict."""
