"""Make the JSON and CSV records of results and findings, with values as exact strings, and a report's last page."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from czurban.model.assessment import Assessment, CountyFigure, Result, Tally, Verdict, used_files
from czurban.model.finding import Finding, Place, say
from czurban.model.indicator import Indicator
from czurban.model.ledger import MilestoneEntry, milestone_entries
from czurban.model.observation import StageReport, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.task import TaskNo
from czurban.reporting.document import Block, Heading, Item, Items, Json, Paragraph, Tone
from czurban.reporting.documents.results import notes_of
from czurban.reporting.tables import TableColumn, plain_table
from czurban.reporting.texts import exact_text, written
from czurban.version import __version__
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.model.over_time.tracking import Tracking

FORMAT = 1


def plan_record(plan: Plan) -> dict[str, Json]:
    """Make the record of the plan that a report is about."""
    return {"title": plan.title, "region": plan.region, "period": str(plan.period), "source": plan.source}


def head_record(plan: Plan, period: Period | None = None) -> dict[str, Json]:
    """Make the keys that most records begin with: the format, the plan, and the judged period if there is one."""
    head: dict[str, Json] = {"format": FORMAT, "plan": plan_record(plan)}
    return head if period is None else {**head, "period": str(period)}


def sent_record(assessment: Assessment) -> dict[str, Json]:
    """Make these keys for an assessment, with the files that were sent and what each was read as."""
    sent = [{"file": file.file, "read_as": file.read_as} for file in assessment.submissions]
    return {**head_record(assessment.plan, assessment.period), "submissions": sent}


def result_record(result: Result, plan: Plan, translate: Translator) -> dict[str, Json]:
    """Make the record of a result, flat so that it can be a row of CSV."""
    indicator, figures, observation = result.indicator, result.figures, result.observation
    target, baseline = indicator.target, indicator.target.baseline
    part = plan.part_of(indicator)
    return {
        "id": indicator.id,
        "no": indicator.no,
        "name": indicator.name,
        "category": indicator.category or (part.title if part else None),
        "task": indicator.task,
        "lead": list(indicator.leads),
        "unit": indicator.unit.name,
        "kind": str(indicator.kind),
        "baseline": None if baseline is None else _text(baseline.value),
        "baseline_printed": baseline.printed if baseline else None,
        "target": str(target.interval),
        "direction": str(target.interval.direction) if target.interval.has_bound else None,
        "basis": str(target.basis),
        "deadline": str(target.deadline),
        "actual": exact_text(result.actual),
        "reported": result.raw if observation else None,
        "reported_unit": observation.unit.name if observation and observation.unit else None,
        "approximate": result.approximate,
        "derived": result.derived is not None,
        "working": result.derived.sum if result.derived else None,
        "status": _text(observation.status) if observation else None,
        "gap": exact_text(figures.gap) if figures else None,
        "change": exact_text(figures.change) if figures else None,
        "completion": written(figures.completion) if figures and figures.completion is not None else None,
        "progress": written(figures.progress) if figures and figures.progress is not None else None,
        "no_progress": _text(figures.no_progress) if figures else None,
        "verdict": str(result.verdict),
        "notes": [str(note) for note in result.notes],
        "remarks": [translate(note) for note in notes_of(result)],
        "place": _text(result.place),
        **({"part_of": indicator.whole} if indicator.whole else {}),
        **kind_record(indicator, plan),
        **({"grade": result.grade or None} if any(each.target.grades for each in plan.indicators) else {}),
        **({"figure_period": _text(result.of), "age_in_years": result.age} if plan.period.has_years else {}),
    }


def kind_record(indicator: Indicator, plan: Plan) -> dict[str, Json]:
    """Make the keys on the kind of a target, as far as the plan has such targets."""
    target, all_targets = indicator.target, [each.target for each in plan.indicators]
    record: dict[str, Json] = {}
    if any(each.binding is not None for each in plan.indicators):
        record["binding"] = indicator.binding
    if any(each.grades for each in all_targets):
        record["grades"] = {grade.name: str(grade.interval) for grade in target.grades}
    if any(each.ladder for each in all_targets):
        record["stages"] = list(target.ladder.stages) if target.ladder else []
    if any(each.other for each in all_targets):
        record["compared_with"] = target.other.reference.name if target.other else None
    return record


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def stage_record(name: tuple[TaskNo, str], report: StageReport) -> dict[str, Json]:
    """Make the record of the stage reported for a milestone, with its sender and place."""
    task, milestone = name
    return {
        "task": task,
        "milestone": milestone,
        "stage": report.stage,
        "sender": report.sender or None,
        "note": report.note or None,
        "place": str(report.place),
    }


def milestone_record(entry: MilestoneEntry) -> dict[str, Json]:
    """Make the record of a milestone, flat and with the names of a result's, so that both are rows of one CSV."""
    report, task = entry.report, entry.task
    return {
        "id": None,
        "no": None,
        "name": entry.name,
        "category": task.part.title,
        "task": task.no,
        "lead": list(entry.leads),
        "unit": None,
        "kind": "milestone",
        "target": entry.milestone.stage,
        "reported": report.stage if report else None,
        "verdict": str(entry.verdict),
        "binding": entry.binding,
        "place": str(report.place) if report else None,
    }


def tally_record(counts: Tally) -> dict[str, Json]:
    """Make the record of the total and the count of every verdict."""
    return {"total": counts.total, **{str(verdict): counts[verdict] for verdict in Verdict}}


def finding_record(finding: Finding, translate: Translator) -> dict[str, Json]:
    """Make the record of a finding, its place also in parts."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "at": _text(finding.place),
        "place": place_record(finding.place) if finding.place else None,
        "message": translate(finding.message),
        "hint": translate(finding.hint) if finding.hint else None,
    }


def place_record(place: Place) -> dict[str, Json]:
    """Make the record of a place with the parts that it has."""
    return {name: value for name, value in place._asdict().items() if value is not None}


def submission_record(submission: Submission) -> dict[str, Json]:
    """Make the record of a file that was read."""
    return {"file": submission.file, "read_as": submission.read_as, "rows": asdict(submission.rows)}


def result_records(
    shown: Iterable[Result], plan: Plan, translate: Translator, tracking: "Tracking | None" = None
) -> list[dict[str, Json]]:
    """Make the records of results, with their pace where it is taken."""
    return with_paces([result_record(result, plan, translate) for result in shown], tracking)


def with_paces(records: list[dict[str, Json]], tracking: "Tracking | None") -> list[dict[str, Json]]:
    """Return records of targets with their pace, found by the `id`, where it is taken."""
    if tracking is None:
        return records
    from czurban.reporting.pace.records import pace_record  # noqa: PLC0415 - only before the deadline

    paces = {target.result.indicator.id: pace_record(target) for target in tracking.every}
    return [record | paces.get(str(record["id"]), {}) for record in records]


def assessment_record(
    assessment: Assessment,
    shown: Iterable[Result],
    counts: Tally,
    translate: Translator,
    tracking: "Tracking | None" = None,
) -> dict[str, Json]:
    """Make the record of an assessment; `shown` are the listed results, `counts` those of everything in scope.

    Among `shown` may be departments' own parts, which are never listed with the results of the plan's targets.
    """
    plan, listed = assessment.plan, list(shown)
    results, parts = ([each for each in listed if bool(each.indicator.whole) is is_part] for is_part in (False, True))
    record: dict[str, Json] = {
        **head_record(plan, assessment.period),
        "submissions": [submission_record(submission) for submission in assessment.submissions],
        "results": result_records(results, plan, translate, tracking),
        "tally": tally_record(counts),
        "stages": [stage_record(name, report) for name, report in assessment.stages.items()],
        "milestones": [milestone_record(entry) for entry in milestone_entries(assessment)],
        "findings": [finding_record(finding, translate) for finding in assessment.findings],
    }
    if assessment.inputs:  # they have no verdict
        inputs = (result_record(each, plan, translate) for each in assessment.inputs)
        record["without_target"] = [{**each, "verdict": None} for each in inputs]
    if assessment.counties:
        record["counties"] = county_records(assessment, translate)
        record["county_stages"] = [
            {"region": plan.counties[code].name, **stage_record(name, report)}
            for code, judged in assessment.counties.items()
            for name, report in judged.stages.items()
        ]
    if assessment.allotted:
        record["own_parts"] = result_records(parts, plan, translate, tracking)
    if tracking:
        from czurban.reporting.pace.records import tracking_record  # noqa: PLC0415 - only before the deadline

        record["pace"] = tracking_record(tracking, translate)
    return record


def county_records(
    assessment: Assessment, translate: Translator, wanted: Callable[[CountyFigure], bool] = lambda _: True
) -> list[dict[str, Json]]:
    """Make the records of the figures of regions; those without an own target have no verdict."""
    collected: dict[str, Json] = {"target": None, "verdict": None, "gap": None, "notes": [], "remarks": []}
    return [
        {
            **result_record(figure.result, assessment.plan, translate),
            "region": figure.region,
            **({} if figure.judged else collected),
        }
        for figure in filter(wanted, assessment.of_counties())
    ]


class Origin(NamedTuple):
    """When a report is made, as it is printed, and the inputs it is made from with their SHA-256 in hexadecimal."""

    when: str
    inputs: tuple[tuple[str, str], ...] = ()


_RULES = (
    say("A value is compared with its target exactly: no figure is rounded before it is judged."),
    say("≥ and ≤ include their bound, > and < do not, a range includes both ends."),
    say("Values are converted to the plan's unit by exact factors; a value without a unit is taken in the plan's."),
    say("A value whose size fits neither the baseline nor the target is not used unless its cell carries the unit."),
    say("A figure for another period or region, or from a department that does not lead, is not used."),
    say("Two figures that differ leave the indicator unreadable, unless the status of one sender orders them."),
    say("Not reported and unreadable are counted apart and stay in the denominator."),
    say(
        "The gap is the distance to the nearest bound; completion is actual divided by target, for lower bounds of "
        "amounts."
    ),
    say("Figures are rounded for display only, half up, and never to the other side of a target."),
)
_INPUTS: tuple[TableColumn[tuple[str, str]], ...] = (
    TableColumn(say("File"), lambda entry, _: entry[0], main=True),
    TableColumn("SHA-256", lambda entry, _: entry[1]),
)


def colophon(assessment: Assessment, origin: Origin, translate: Translator) -> Iterable[Block]:
    """Compose the last page: how the figures were judged and what the report was made from."""
    yield Heading(translate(say("How the figures were judged")), 2, sheet=translate(say("Method")))
    yield Items(tuple(Item(translate(rule)) for rule in _RULES), dense=True)
    interpreted = [result.indicator for result in assessment.results if result.indicator.target.reason]
    if interpreted:
        yield Paragraph(translate(say("Directions that the plan's wording leaves open are interpreted as follows:")))
        names: dict[str, list[str]] = {}
        for indicator in interpreted:
            text = f"{indicator.name} {indicator.target.interval} {indicator.unit.name}"
            names.setdefault(indicator.target.reason, []).append(text)
        yield Items(tuple(Item(f"{translate.join(those)}：{why}") for why, those in names.items()), dense=True)
    yield Heading(translate(say("What this report was made from")), 2, sheet=translate(say("Method")))
    made = say("Made {when} by czurban {version} from the plan in {source}.")
    source = assessment.plan.source
    yield Paragraph(translate(made, when=origin.when, version=__version__, source=source), Tone.QUIET)
    used = {*used_files(assessment)}
    unused = [PurePath(sent.file).name for sent in assessment.submissions if sent.file not in used]
    if unused:
        others = say("Nothing is used of {count} other files: {names}.")
        yield Paragraph(translate(others, count=len(unused), names=translate.join(unused)), Tone.QUIET)
    if origin.inputs:
        yield plain_table(_INPUTS, origin.inputs, translate)
