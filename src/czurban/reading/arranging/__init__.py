"""Tables that have not one row an indicator: recognised, and rearranged so that they can be read as if they had."""
