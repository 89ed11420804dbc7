"""Read a printed plan, as a table or as text, into a draft, and write the draft as the files of a plan."""
