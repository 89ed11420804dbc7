"""Read YAML with the place of every value, and check its shape."""
