"""Open a form that is sent back: check its mark, and separate the figures from what only forms have."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from czurban.model.collection.asked import named_in
from czurban.model.collection.form_mark import INSTRUCTIONS, FormMark, is_mark, mark_of, parse_mark
from czurban.model.faults import finding
from czurban.model.finding import Finding, Place, has_errors, say
from czurban.model.observation import NO_ROWS, RowCount, StageReport, Submission
from czurban.model.period import Period, parse_period
from czurban.model.plan import Department, Plan
from czurban.reading.sources.sheet import Row

_NEW_FORM = say("`czurban template` writes a new form for the department.")


@dataclass(slots=True)
class Opened:
    """The sheets of figures of a file, and what only forms have: sender, code of its region, period, and stages."""

    sheets: list[Any]
    marked: bool = False
    sender: str = ""
    region: str = ""
    period: Period | None = None
    refused: bool = False
    stages: tuple[StageReport, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    count: RowCount = NO_ROWS

    def ignore(self, rows: int) -> None:
        """Count rows without figures: titles, instructions."""
        self.count += RowCount(rows, ignored=rows)

    def unused(self, file: str, read_as: str) -> Submission:
        """Return the submission of a form that may not be used, all its rows refused."""
        count = sum(len(sheet.rows) for sheet in self.sheets) + self.count.read
        return Submission(file, read_as, rows=RowCount(count, refused=count), sender=self.sender, region=self.region)


def open_form(sheets: Sequence[Any], cells: Sequence[str] | None, at: Place, plan: Plan) -> Opened:
    """Check by its mark whether a form may be used with a plan; the sheets of any other file are returned unchanged.

    `cells` are those of the mark, None where the file has none, and `at` is its place.
    """
    opened = Opened(list(sheets), marked=cells is not None)
    mark = parse_mark(cells) if cells is not None else None
    if cells is not None:
        misnamed = _misnamed(mark, at, plan) if mark else []
        opened.sender = _sender(mark, plan) if mark and not misnamed else ""
        opened.region = mark.county if mark and not misnamed else ""
        opened.findings += misnamed or _mark_findings(mark, at, plan)
        opened.refused = has_errors(opened.findings)
        opened.sheets = [sheet for sheet in sheets if sheet.name not in INSTRUCTIONS]
        opened.period = parse_period(mark.period) if mark else None
        opened.ignore(sum(len(sheet.rows) for sheet in sheets if sheet.name in INSTRUCTIONS))
    return opened


def mark_line(rows: Sequence[Row]) -> list[str] | None:
    """Return the mark in the first line of a form sent as CSV; None where there is none."""
    return list(rows[0].cells) if rows and is_mark(rows[0].cells) else None


def _mark_findings(mark: FormMark | None, at: Place, plan: Plan) -> list[Finding]:
    """Return the first reason against using a form, or a warning about it."""
    if mark is None:
        message = say("The form's mark is damaged, so its department is not known; it is not used.")
        return [finding("S243", at, message, _NEW_FORM)]
    office = _unit(mark, plan)
    if office is None:
        message = say("The form is of “{name}”, which the plan does not know; it is not used.", name=mark.department)
        return [finding("S243", at, message, _NEW_FORM)]
    current = mark_of(plan, office)
    part = parse_period(mark.period)
    if mark.period != current.period and not (part and plan.period.includes(part)):
        message = say(
            "The form is of {theirs}, and the plan is for {own}; it is not used.",
            theirs=mark.period,
            own=current.period,
        )
        return [finding("S241", at, message, _NEW_FORM)]
    if (mark.plan, mark.region) != (current.plan, current.region):
        message = say(
            "The form is of “{theirs}” ({region}), another plan; it is not used.",
            theirs=mark.plan,
            region=mark.region,
        )
        return [finding("S240", at, message, say("Name its plan with --plan, or have this plan's form filled in."))]
    if mark.asked != current.asked:
        message = say("Since this form was made, the plan has changed what {name} reports.", name=current.department)
        return [finding("S242", at, message, _NEW_FORM)]
    return []


def _misnamed(mark: FormMark, at: Place, plan: Plan) -> list[Finding]:
    """Return an error if the file is named after another unit than the form is of, as a copied form is."""
    office, named = _unit(mark, plan), named_in(at.file, plan)
    if office is None or named is None or named.name == office.name or (office.region and office.name in at.file):
        return []
    names = {"named": named.name, "name": office.name}
    message = say(
        "The name of the file is of {named}, and the form in it of {name}; whose figures these are is not known, "
        "so none of it is used.",
        **names,
    )
    hint = say("Have {named} fill in its own form; if {name} filled in this one, rename the file.", **names)
    return [finding("S243", at, message, hint)]


def _unit(mark: FormMark, plan: Plan) -> Department | None:
    return plan.counties.get(mark.county) if mark.county else plan.department(mark.department)


def _sender(mark: FormMark, plan: Plan) -> str:
    """Return the unit by its current name in the plan; a renamed department has its old name as an alias."""
    office = _unit(mark, plan)
    return office.name if office else mark.department
