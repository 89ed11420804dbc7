"""Assessment to document to bytes: what a report says is composed once, and formats only spell it."""
