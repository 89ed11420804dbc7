"""Figures that nobody sent: by formula, by adding up regions, from records; and the engines that take large tables."""
