"""The command line: one file a command, and the boundary where errors become sentences and exit codes."""
