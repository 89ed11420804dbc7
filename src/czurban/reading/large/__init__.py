"""Tables too long for rows in Python: recognised, understood by their first rows, mended where they are broken."""
