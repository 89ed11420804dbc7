"""Follow targets through the year and through the years: pace, trend, comparisons of collections, ratings."""
