"""Write pages of reports: one for each department, or a site."""
