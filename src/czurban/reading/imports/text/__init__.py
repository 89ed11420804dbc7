"""Read the text of a plan: its headings, tasks, departments, figures and milestones, and a table copied as lines."""
