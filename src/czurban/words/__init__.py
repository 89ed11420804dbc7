"""Translate messages into the language of the reader with gettext catalogs."""
