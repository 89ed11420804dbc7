"""What departments have sent of what the plan asks of them, and what they still owe."""
