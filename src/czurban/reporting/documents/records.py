"""Results and findings for machines: everything a report shows, values as exact strings.

The last page: how every figure was judged, and from what the report was made.
"""

from collections.abc import Iterable
from typing import NamedTuple

from czurban.model.assessment import Assessment, Result, Tally, Verdict
from czurban.model.finding import Finding, Place, say
from czurban.model.observation import StageReport, Submission
from czurban.model.plan import Plan
from czurban.model.text import exact
from czurban.reporting.document import (
    Block,
    Column,
    DocumentTable,
    Heading,
    Item,
    Items,
    Json,
    Paragraph,
    RowGroup,
    TableCell,
)
from czurban.reporting.labels import NOTES
from czurban.version import __version__
from czurban.words.speaker import Speaker

FORMAT = 1


def plan_record(plan: Plan) -> dict[str, Json]:
    """Which plan a report is about."""
    return {"title": plan.title, "region": plan.region, "period": str(plan.period), "source": plan.source}


def result_record(result: Result, plan: Plan, speak: Speaker) -> dict[str, Json]:
    """One result, flat enough to be a row of CSV too."""
    one, numbers, seen = result.indicator, result.figures, result.observation
    target, baseline = one.target, one.target.baseline
    part = plan.part_of(one)
    return {
        "id": one.id,
        "no": one.no,
        "name": one.name,
        "category": one.category or (part.title if part else None),
        "task": one.task,
        "lead": list(one.leads),
        "unit": one.unit.name,
        "kind": str(one.kind),
        "baseline": None if baseline is None or baseline.value is None else str(baseline.value),
        "baseline_printed": baseline.printed if baseline else None,
        "target": str(target.interval),
        "direction": str(target.interval.direction),
        "basis": str(target.basis),
        "deadline": str(target.deadline),
        "actual": None if result.actual is None else exact(result.actual),
        "reported": seen.raw if seen else None,
        "reported_unit": seen.unit.name if seen and seen.unit else None,
        "approximate": result.approximate,
        "derived": result.derived is not None,
        "working": result.derived.sum if result.derived else None,
        "status": str(seen.status) if seen and seen.status else None,
        "gap": exact(numbers.gap) if numbers else None,
        "change": exact(numbers.change) if numbers and numbers.change is not None else None,
        "completion": exact(numbers.completion) if numbers and numbers.completion is not None else None,
        "progress": exact(numbers.progress) if numbers and numbers.progress is not None else None,
        "no_progress": str(numbers.no_progress) if numbers and numbers.no_progress else None,
        "verdict": str(result.verdict),
        "notes": [str(note) for note in result.notes],
        "remarks": [speak(NOTES[note]) for note in result.notes],
        "place": str(result.place) if result.place else None,
    }


def stage_record(name: tuple[int, str], one: StageReport) -> dict[str, Json]:
    """The stage reported for a milestone, by whom and where."""
    task, milestone = name
    return {
        "task": task,
        "milestone": milestone,
        "stage": one.stage,
        "sender": one.sender or None,
        "note": one.note or None,
        "place": str(one.place),
    }


def tally_record(counts: Tally) -> dict[str, Json]:
    """Counts of every verdict beside their total."""
    return {"total": counts.total, **{str(verdict): counts[verdict] for verdict in Verdict}}


def finding_record(one: Finding, speak: Speaker) -> dict[str, Json]:
    """One finding with its place taken apart."""
    return {
        "code": one.code,
        "severity": str(one.severity),
        "at": str(one.place) if one.place else None,
        "place": place_record(one.place) if one.place else None,
        "message": speak(one.message),
        "hint": speak(one.hint) if one.hint else None,
    }


def place_record(place: Place) -> dict[str, Json]:
    """A place with the parts that it has."""
    parts = {"file": place.file, "line": place.line, "column": place.column, "sheet": place.sheet, "cell": place.cell}
    return {name: value for name, value in parts.items() if value is not None}


def submission_record(one: Submission) -> dict[str, Json]:
    """A file that was read, and what became of its rows: read = used + refused + ignored."""
    rows = one.rows
    counts = {"read": rows.read, "used": rows.used, "refused": rows.refused, "ignored": rows.ignored}
    return {"file": one.file, "read_as": one.read_as, "rows": counts}


def assessment_record(
    assessment: Assessment, shown: Iterable[Result], counts: Tally, speak: Speaker
) -> dict[str, Json]:
    """A whole assessment; `shown` are the results asked for, `counts` those of everything in scope."""
    return {
        "format": FORMAT,
        "plan": plan_record(assessment.plan),
        "period": str(assessment.period),
        "submissions": [submission_record(one) for one in assessment.submissions],
        "results": [result_record(result, assessment.plan, speak) for result in shown],
        "tally": tally_record(counts),
        "stages": [stage_record(name, one) for name, one in assessment.stages.items()],
        "findings": [finding_record(one, speak) for one in assessment.findings],
    }


class Origin(NamedTuple):
    """What a report was made from: when (as it shall be printed), and each input with its SHA-256 in hexadecimal."""

    when: str
    inputs: tuple[tuple[str, str], ...] = ()


_RULES = (
    say("A value is held against its target exactly: no figure is rounded before it is judged."),
    say("≥ and ≤ include their bound, > and < do not, a range includes both ends."),
    say("Values convert to the plan's unit by exact factors; without a unit the plan's is taken."),
    say("A value whose size neither baseline nor target explains is not used unless its cell carries the unit."),
    say("A figure for another period, another region or from a department that does not lead is not used."),
    say("Two figures that differ leave the indicator unreadable, unless a status orders them."),
    say("Not reported and unreadable are counted apart and stay in the denominator."),
    say("The gap is the distance to the nearest bound; completion is actual over target, for floors of amounts."),
    say("Figures are rounded for display only, half up, and never across a verdict."),
)


def colophon(assessment: Assessment, origin: Origin, speak: Speaker) -> Iterable[Block]:
    """Compose the last page."""
    yield Heading(speak(say("How the figures were judged")), 2, sheet=speak(say("Method")))
    yield Items(tuple(Item(speak(rule)) for rule in _RULES))
    interpreted = [one.indicator for one in assessment.results if one.indicator.target.reason]
    if interpreted:
        yield Paragraph(speak(say("Directions that the plan's words do not settle were read so:")))
        yield Items(
            tuple(Item(f"{one.name} {one.target.interval} {one.unit.name}：{one.target.reason}") for one in interpreted)
        )
    yield Heading(speak(say("What this report was made from")), 2, sheet=speak(say("Method")))
    yield Paragraph(
        speak(
            say("Made {when} by czurban {version} from the plan in {source}."),
            when=origin.when,
            version=__version__,
            source=assessment.plan.source,
        )
    )
    if origin.inputs:
        columns = (Column(speak(say("File")), main=True), Column("SHA-256"))
        rows = tuple((TableCell(name), TableCell(digest)) for name, digest in origin.inputs)
        yield DocumentTable(columns, (RowGroup("", rows),))
