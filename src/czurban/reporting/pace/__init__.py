"""Write the pace of targets in words, figures and cells."""
