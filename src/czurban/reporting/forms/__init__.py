"""Compose and write the forms that departments fill in."""
