"""Reports on figures of several periods."""
