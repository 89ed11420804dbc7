"""Define formulas, what they compute, and the figures that they compute it from."""
