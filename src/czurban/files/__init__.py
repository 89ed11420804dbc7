"""Files as such: what a run reads, one way to write, and which files czurban itself has written."""
