"""Prepare the figures of several periods: which one is judged, the history, and plans of several years."""
