"""Report ratings by rules, with the working of their points."""
