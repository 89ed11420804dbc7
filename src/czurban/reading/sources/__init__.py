"""Find and open files, and read each format as a sheet of cells."""
