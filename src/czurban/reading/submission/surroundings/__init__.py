"""Read what surrounds a table: titles, names of sheets and files, notes and remarks."""
