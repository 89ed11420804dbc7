"""List the words that tables are read by: of headers, of regions, and of titles and remarks."""
