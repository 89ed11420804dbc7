"""Compose the reports on targets whose deadline has not come."""
