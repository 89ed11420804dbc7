"""Define the collection of figures: what is asked of departments, their forms, and what they have sent."""
