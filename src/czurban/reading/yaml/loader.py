"""Choose the loader of the YAML library."""

import yaml

Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Resolves no types; the one written in C is 8 times as fast."""
