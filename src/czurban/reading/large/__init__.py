"""Read tables that are too long for rows in Python: scan, understand, repair and convert them."""
