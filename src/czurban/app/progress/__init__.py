"""Follow targets over time: pace, trend, comparisons of two collections, and points by rating rules."""
