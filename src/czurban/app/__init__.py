"""Run each use case: one function for each command, without a terminal."""
