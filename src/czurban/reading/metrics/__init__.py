"""Read a file of metrics, metrics.yaml: what is counted and summed over records."""
