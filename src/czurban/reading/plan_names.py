"""What the files of a plan are called."""

TARGETS, TASKS, DEPARTMENTS = "targets.yaml", "tasks.yaml", "departments.yaml"
PLAN_FILES = (TARGETS, TASKS, DEPARTMENTS)

LARGEST = 16 * 1024 * 1024
"""Bytes; a file of a plan is far below it."""
