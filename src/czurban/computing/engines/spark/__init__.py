"""Run the engine's statements on Spark."""
