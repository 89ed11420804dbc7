"""Model to assessment: which values count, what they are in the plan's units, and what verdict they earn."""
