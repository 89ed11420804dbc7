"""Read files of rating rules."""
