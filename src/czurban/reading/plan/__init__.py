"""Read a plan: its YAML files, tables and formulas."""
