"""Define formulas, metrics of records, what both compute, and the figures that they compute it from."""
