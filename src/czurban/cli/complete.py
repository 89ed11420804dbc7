"""Completion of departments and indicators from the plan the line being typed names."""

import os
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from czurban.cli.plan_place import plan_folder
from czurban.errors import CzurbanError
from czurban.model.plan import Plan
from czurban.model.text import key
from czurban.reporting.formats.registry import CHECK_FORMATS, FORMATS, REPORT_FORMATS


def complete_departments(incomplete: str) -> list[tuple[str, str]]:
    """Printed names of departments one of whose names begins like this."""
    plan = _plan()
    return _matching(((one.name, *one.aliases) for one in plan.departments) if plan else (), incomplete)


def complete_regions(incomplete: str) -> list[tuple[str, str]]:
    """Names of regions one of whose names, or whose code, begins like this."""
    plan = _plan()
    if plan is None:
        return []
    named = ((plan.regions.full_name(one), *one.aliases, one.code) for one in plan.regions)
    return _matching(named, incomplete)


def complete_formats(incomplete: str) -> list[str]:
    """The formats of any report that begin like this."""
    return [form for form in FORMATS if form.startswith(incomplete)]


def complete_check_formats(incomplete: str) -> list[str]:
    """The formats of a check that begin like this."""
    return [form for form in CHECK_FORMATS if form.startswith(incomplete)]


def complete_report_formats(incomplete: str) -> list[str]:
    """The formats of reports that are sent out that begin like this."""
    return [form for form in REPORT_FORMATS if form.startswith(incomplete)]


def complete_things(incomplete: str) -> list[tuple[str, str]]:
    """Names of indicators and departments that begin like this."""
    plan = _plan()
    indicators = ((one.name, *one.aliases) for one in plan.indicators) if plan else ()
    return [*_matching(indicators, incomplete), *complete_departments(incomplete)]


def complete_indicators(incomplete: str) -> list[tuple[str, str]]:
    """Names of indicators that begin like this."""
    plan = _plan()
    return _matching(((one.name, *one.aliases) for one in plan.indicators) if plan else (), incomplete)


def complete_derived(incomplete: str) -> list[tuple[str, str]]:
    """Names of indicators with a formula that begin like this."""
    plan = _plan()
    found = [plan.by_id[one.indicator] for one in plan.formulas] if plan else []
    return _matching(((one.name, *one.aliases) for one in found), incomplete)


def _matching(entries: Iterable[tuple[str, ...]], incomplete: str) -> list[tuple[str, str]]:
    wanted = key(incomplete)
    found = []
    for name, *others in entries:
        if any(key(one).startswith(wanted) for one in (name, *others)):
            found.append((name, " / ".join(others)))
    return found


def _plan() -> Plan | None:
    """The plan, or None where it has none to offer: a Tab is no place to tell of faults."""
    from czurban.reading.plan.files import read_plan  # noqa: PLC0415 - only a Tab needs it here

    line = os.environ.get("COMP_WORDS", os.environ.get("_TYPER_COMPLETE_ARGS", ""))
    try:
        return read_plan(plan_folder(_plan_in(line)))[0]
    except CzurbanError:
        return None


def _plan_in(line: str) -> Path | None:
    """The folder after --plan on the line being typed, whose last word may still lack its closing quote."""
    import shlex  # noqa: PLC0415 - only a Tab needs it

    try:
        parts = shlex.split(line)
    except ValueError:
        parts = line.split()
    named = [
        a.partition("=")[2] if a.startswith("--plan=") else b
        for a, b in pairwise([*parts, ""])
        if a.startswith("--plan")
    ]
    return Path(named[0]) if named and named[0] else None
