"""Read what only forms that are sent back have: the mark, the tables of milestones, and the sender of all figures."""
