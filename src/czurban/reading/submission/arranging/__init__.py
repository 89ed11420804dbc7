"""Recognise tables that are laid out in another way, and rewrite them as one row for each figure."""
