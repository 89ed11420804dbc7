"""Offer the use cases as functions of Python: judge, report, validate, compute and follow figures over time."""
