"""Compose each report as a document, before any format."""
