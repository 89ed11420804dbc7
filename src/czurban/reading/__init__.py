"""Files to model: the plan's YAML and the submissions' tables, each fault noted with its place."""
