"""Find out which department or region a value, a stage or a file is from."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from czurban.checking.admission import office_of
from czurban.model.assessment import Assessment
from czurban.model.collection.asked import named_in
from czurban.model.finding import Finding, Severity
from czurban.model.observation import Observation, StageReport, Submission
from czurban.model.plan import Department, Plan
from czurban.model.text import key


def senders_of(sent: Sequence[Observation | StageReport], plan: Plan) -> list[str]:
    """Return the sender of each: the department that its row or form names, or else the name of its file.

    Where at most one is named, what names none is its own too.
    """
    stated = {(each.sender, each.place.file): each for each in sent}
    known = {about: key(sender_of(each, plan)) for about, each in stated.items()}
    names = [known[each.sender, each.place.file] for each in sent]
    return names if len({name for name in names if name}) > 1 else [""] * len(names)


def sender_of(sent: Observation | StageReport, plan: Plan) -> str:
    """Return the department that a value or stage is from; empty where nothing names one."""
    office = office_of(sent.sender, plan) if sent.sender else named_in(sent.place.file, plan)
    return office.name if office else sent.sender


def units_of(submission: Submission, plan: Plan) -> tuple[str, ...]:
    """Return the units that a file is from: departments and regions with forms, or else a region below the plan's."""
    return senders(submission, plan) or _regions_in(submission, plan)


def senders(submission: Submission, plan: Plan) -> tuple[str, ...]:
    """Return the units that a file is from: that of its mark, else those of its rows, else that of its name."""
    if county := plan.counties.get(submission.region):
        return (county.name,)
    named = [value.sender for value in submission.observations] + [report.sender for report in submission.stages]
    names = [submission.sender] if submission.sender else dict.fromkeys(named)
    offices = [plan.department(name) for name in names if name] or [named_in(submission.file, plan)]
    return tuple(dict.fromkeys(office.name for office in offices if office))


def _regions_in(submission: Submission, plan: Plan) -> tuple[str, ...]:
    """Return the region below the plan's that a file without a department is of: that of all its rows, or its name."""
    home = plan.regions.find(plan.region)
    named = {value.region for value in submission.observations if value.region}
    stem = key(PurePath(submission.file).stem)
    inside = (region for region in plan.regions if any(key(name) in stem for name in region.names))
    regions = [plan.regions.find(name) for name in named] or list(inside)
    below = {region for region in regions if region and region != home}
    units = (plan.counties.get(region.code) or Department(plan.regions.full_name(region)) for region in below)
    return tuple(unit.name for unit in units) if len(below) == 1 else ()


def unread_files(assessment: Assessment) -> Iterator[tuple[str, Finding]]:
    """Yield the errors for which nothing of a file can be used, each with the department that the file is from."""
    plan = assessment.plan
    forms = {sent.file: sent for county in assessment.counties.values() for sent in county.submissions}
    every = ((sent, forms.get(sent.file, sent)) for sent in assessment.submissions)
    empty = (sent for sent, read in every if not read.observations and not read.stages)
    unread = {submission.file: senders(submission, plan) for submission in empty}
    for fault in assessment.findings:
        if fault.place and fault.severity is Severity.ERROR:
            yield from ((office, fault) for office in unread.get(fault.place.file, ()))
