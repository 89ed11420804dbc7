"""What the files of a plan are called."""

TARGETS, TASKS, DEPARTMENTS = "targets.yaml", "tasks.yaml", "departments.yaml"
PLAN_FILES = (TARGETS, TASKS, DEPARTMENTS)
REGIONS = ("regions.yaml", "regions.csv")
"""One of them may be there: the hierarchy of regions."""
BREAKDOWNS = tuple(f"breakdown.{ending}" for ending in ("csv", "tsv", "xlsx", "xlsm", "xls", "ods"))
"""One of them may be there: the table of what the regions and departments are to reach."""
ALL_FILES = (*PLAN_FILES, *REGIONS, *BREAKDOWNS)

LARGEST = 16 * 1024 * 1024
"""Bytes; a file of a plan is far below it."""
