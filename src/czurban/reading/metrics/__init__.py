"""A file of metrics, metrics.yaml, to what is counted and summed of records."""
