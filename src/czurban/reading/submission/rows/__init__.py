"""Read the rows of a table: their fields, their figures, and the words for what cannot be read."""
