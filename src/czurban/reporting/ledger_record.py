"""The ledger for machines: everything its table shows, values as exact strings."""

from collections import Counter
from collections.abc import Sequence

from czurban.model.assessment import Assessment
from czurban.model.digits import exact
from czurban.model.ledger import Closing, Entry, MilestoneEntry, TargetEntry, added_to, responsible_for
from czurban.model.plan import Plan
from czurban.model.verdict import Result
from czurban.reporting.closing_words import reason_of
from czurban.reporting.document import Json
from czurban.reporting.ledger_table import group_of
from czurban.reporting.records import FORMAT, plan_record
from czurban.words.speaker import Speaker


def ledger_record(assessment: Assessment, entries: Sequence[Entry], speak: Speaker) -> dict[str, Json]:
    """The whole ledger; the tally counts what binds, and aspirations apart."""
    counts = Counter(one.closing for one in entries if one.binding)
    return {
        "format": FORMAT,
        "plan": plan_record(assessment.plan),
        "period": str(assessment.period),
        "submissions": [{"file": one.file, "read_as": one.read_as} for one in assessment.submissions],
        "entries": [entry_record(one, assessment.plan, speak) for one in entries],
        "tally": {
            "total": counts.total(),
            **{str(state): counts[state] for state in Closing},
            "aspirations": sum(not one.binding for one in entries),
        },
    }


def entry_record(entry: Entry, plan: Plan, speak: Speaker) -> dict[str, Json]:
    """One entry, flat enough to be a row of CSV too."""
    return {
        "kind": "target" if isinstance(entry, TargetEntry) else "milestone",
        "group": group_of(entry, plan, speak),
        "tasks": [task.no for task in entry.tasks],
        "name": entry.name,
        "lead": list(entry.leads),
        "responsible": list(responsible_for(entry)),
        "open_list": any(task.open for task in entry.tasks),
        "added": [f"{one.name} ({one.by} {one.on.isoformat()})" for one in added_to(entry)],
        "binding": entry.binding,
        **(_target(entry.result) if isinstance(entry, TargetEntry) else _milestone(entry)),
        "verdict": str(entry.verdict),
        "closing": str(entry.closing),
        "reason": speak(reason_of(entry)),
    }


def _target(result: Result) -> dict[str, Json]:
    one, seen = result.indicator, result.observation
    return {
        "id": one.id,
        "no": one.no,
        "unit": one.unit.name,
        "asked": str(one.target.interval),
        "reported": seen.raw if seen else None,
        "actual": None if result.actual is None else exact(result.actual),
        "gap": exact(result.figures.gap) if result.figures else None,
        "steps": None,
        "note": (seen.note if seen else "") or None,
        "working": result.derived.sum if result.derived else None,
        "place": str(result.place) if result.place else None,
    }


def _milestone(entry: MilestoneEntry) -> dict[str, Json]:
    report = entry.report
    return {
        "id": None,
        "no": None,
        "unit": None,
        "asked": entry.milestone.stage,
        "reported": report.stage if report else None,
        "actual": None,
        "gap": None,
        "steps": entry.steps,
        "note": (report.note if report else "") or None,
        "place": str(report.place) if report else None,
    }
