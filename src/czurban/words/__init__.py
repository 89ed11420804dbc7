"""The language of whoever reads: messages to sentences through gettext catalogs."""
