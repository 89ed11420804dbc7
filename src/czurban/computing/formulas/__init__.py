"""Figures that follow from others by the plan's own formulas; loaded only where one is asked for."""
