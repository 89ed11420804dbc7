"""List every target and milestone as an entry of the ledger, and find what was sent for it."""

from collections import defaultdict
from collections.abc import Iterator

from czurban.checking.collection.senders import unread_files
from czurban.checking.ledger.milestones import newest_stages
from czurban.model.assessment import Assessment, Result
from czurban.model.finding import Finding, Message, Place, Severity, say
from czurban.model.formulas.formula import Formula
from czurban.model.indicator import Indicator
from czurban.model.ledger import Entry, MilestoneEntry, TargetEntry, milestone_entries
from czurban.model.observation import Observation, Reading, StageReport
from czurban.model.plan import Plan
from czurban.model.task import Task
from czurban.model.text import key


def ledger_entries(assessment: Assessment) -> tuple[Entry, ...]:
    """Return the ledger's entries: the main table, then task by task its own quantities and its milestones.

    The departments' own parts of a target follow it.
    """
    plan = assessment.plan
    order = {indicator.id: number for number, indicator in enumerate(plan.indicators)}
    results = sorted(assessment.judged, key=lambda result: order[result.indicator.whole or result.indicator.id])
    targets = [TargetEntry(result, _tasks_of(result.indicator, plan)) for result in results]
    numbers = {task.no for task in plan.tasks}
    main = [entry for entry in targets if entry.result.indicator.task not in numbers]
    milestones = milestone_entries(assessment)
    rest: list[Entry] = []
    for task in plan.tasks:
        rest += [entry for entry in targets if entry.result.indicator.task == task.no]
        rest += [entry for entry in milestones if entry.task is task]
    return (*main, *rest)


def _tasks_of(indicator: Indicator, plan: Plan) -> tuple[Task, ...]:
    name = indicator.whole or indicator.id
    return tuple(task for task in plan.tasks if name in task.quantities or indicator.task == task.no)


class Evidence:
    """Finds what was sent for the entries of the ledger, and why it is not used."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self._observations = [value for sent in assessment.submissions for value in sent.observations]
        self._at = {value.place: value for value in self._observations}
        self._results = {result.indicator.id: result for result in assessment.judged}
        self._errors: dict[Place | None, Finding] = {}
        for fault in assessment.findings:
            if fault.severity is Severity.ERROR:
                self._errors.setdefault(fault.place, fault)
        self._unread_files = tuple(unread_files(assessment))

    def conflicts(self) -> Iterator[tuple[Finding, tuple[Observation, ...]]]:
        """Yield the findings on conflicting figures (S210), each with two of these figures."""
        for fault in self.assessment.findings:
            if fault.code == "S210":
                places = (fault.message.values.get("place"), fault.place)
                yield fault, tuple(self._at[at] for at in places if isinstance(at, Place) and at in self._at)

    def broken_formulas(self) -> Iterator[tuple[Finding, list[Result]]]:
        """Yield the findings on figures that break a formula (S220), each with the results of its indicators."""
        plan = self.assessment.plan
        for fault in self.assessment.findings:
            value = self._at.get(fault.place) if fault.code == "S220" and fault.place else None
            formula = plan.formula(value.indicator) if value else None
            if formula:
                yield fault, self._results_of(formula)

    def of_formula(self, place: Place | None) -> list[Result]:
        """Return the results of the indicators of the formula at a place of the plan."""
        formulas = self.assessment.plan.formulas if place is not None else ()
        return next((self._results_of(formula) for formula in formulas if formula.place == place), [])

    def _results_of(self, formula: Formula) -> list[Result]:
        names = dict.fromkeys((formula.indicator, *(term.indicator for term in formula.terms())))
        return [self._results[name] for name in names if name in self._results]

    def stages(self, entry: MilestoneEntry) -> tuple[StageReport, ...]:
        """Return the newest report of each stage that was sent for a milestone, the first of several."""
        by_stage: dict[str, list[StageReport]] = defaultdict(list)
        for report in (stage for sent in self.assessment.submissions for stage in sent.stages):
            if (report.task, report.milestone) == (entry.task.no, entry.milestone.name):
                by_stage[key(report.stage)].append(report)
        return tuple(newest_stages(reports, self.assessment.period)[0] for reports in by_stage.values())

    def conflicting_stages(self, entry: MilestoneEntry) -> tuple[StageReport, ...]:
        """Return the different stages of the newest period that could be used if there were no others, if none is."""
        sent = [(report, self._errors.get(report.place)) for report in self.stages(entry) if not report.withheld]
        usable = [report for report, fault in sent if fault is None or fault.code == "S248"]
        newest = newest_stages(usable, self.assessment.period) if usable else []
        return tuple(newest) if len(newest) > 1 and entry.report is None else ()

    def refusal(self, report: StageReport) -> Finding | None:
        """Return why a stage is not used."""
        return self._errors.get(report.place) or self.assessment.refusal_of(report.place.file)

    def traces(self, entry: Entry) -> tuple[Finding | None, tuple[Observation, ...]]:
        """Return the unused rows of an unreported target with the reason, or else its empty cells.

        Where there are none of both, the reason is that a file of a lead cannot be read.
        """
        if not isinstance(entry, TargetEntry):
            return self._unread(entry), ()
        values = [value for value in self._observations if value.indicator == entry.result.indicator.id]
        refused = [value for value in values if value.place in self._errors]
        if refused:
            return self._errors[refused[0].place], tuple(refused)
        judged = self.assessment.period
        empty = tuple(row for row in values if row.reported is Reading.NOTHING and row.period == judged)
        return None if empty else self._unread(entry), empty

    def of_counties(self, entry: Entry) -> Message | None:
        """Return the sentence on what is reported by counties alone, each for itself; None where none does."""
        if isinstance(entry, MilestoneEntry):
            about = (entry.task.no, entry.name)
            sentence = say("“{name}”: only {names} report a stage, each its own; none is for the whole.")
            codes = [code for code, county in self.assessment.counties.items() if about in county.stages]
        else:
            name = entry.result.indicator.id
            sentence = say("“{name}”: only {names} report a figure, each its own; none is for the whole.")
            counties = self.assessment.counties.items()
            codes = [code for code, county in counties if county.by_id[name].actual is not None]
        names = tuple(self.assessment.plan.counties[code].name for code in codes)
        return sentence._replace(values={"name": entry.name, "names": names}) if names else None

    def _unread(self, entry: Entry) -> Finding | None:
        """Return why nothing of a file that is named after a lead could be read."""
        return next((why for office, why in self._unread_files if office in entry.leads), None)
