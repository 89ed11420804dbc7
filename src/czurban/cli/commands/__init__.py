"""Define the commands, one file for each."""
