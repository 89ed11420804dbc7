"""Judge tables of any size through an engine."""
