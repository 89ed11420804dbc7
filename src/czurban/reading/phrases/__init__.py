"""Read printed targets: their numbers and units, their words, and figures that they are relative to."""
