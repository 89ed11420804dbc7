"""Use cases about figures of several periods."""
