"""Where in the submissions a matter shows: the figures that differ, the rows that were not used, the reason why."""

from collections.abc import Iterator

from czurban.model.assessment import Assessment
from czurban.model.finding import Finding, Severity
from czurban.model.formula import Formula
from czurban.model.ledger import Entry, MilestoneEntry, TargetEntry
from czurban.model.observation import Observation, Reading, StageReport
from czurban.model.place import Place
from czurban.model.text import key
from czurban.model.verdict import Result


class Evidence:
    """Finds what was found about a figure, by the place at which both stand."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self._observations = [one for sent in assessment.submissions for one in sent.observations]
        self._at = {one.place: one for one in self._observations}
        self._results = {one.indicator.id: one for one in assessment.results}
        self._errors: dict[Place | None, Finding] = {}
        for one in assessment.findings:
            if one.severity is Severity.ERROR:
                self._errors.setdefault(one.place, one)

    def conflicts(self) -> Iterator[tuple[Finding, tuple[Observation, ...]]]:
        """Figures for one indicator that do not agree (S210): what was found, and the two that show it."""
        for one in self.assessment.findings:
            if one.code == "S210":
                places = (one.message.values.get("place"), one.place)
                yield one, tuple(self._at[at] for at in places if isinstance(at, Place) and at in self._at)

    def broken_formulas(self) -> Iterator[tuple[Finding, list[Result]]]:
        """Figures that a formula cannot hold with (S220), with the results of all its indicators."""
        plan = self.assessment.plan
        for one in self.assessment.findings:
            left = self._at.get(one.place) if one.code == "S220" and one.place else None
            formula = plan.formula(left.indicator) if left else None
            if formula:
                yield one, self._tied(formula)

    def of_formula(self, place: Place | None) -> list[Result]:
        """The results of all indicators of the formula that stands at a place of the plan."""
        found = (one for one in self.assessment.plan.formulas if place is not None and one.place == place)
        return next((self._tied(one) for one in found), [])

    def _tied(self, formula: Formula) -> list[Result]:
        names = dict.fromkeys((formula.indicator, *(term.indicator for term in formula.terms())))
        return [self._results[name] for name in names if name in self._results]

    def cause(self, entry: TargetEntry) -> Finding | None:
        """Why a target could not be judged: the error at its figure, or the one that names its figure."""
        seen = entry.result.observation
        if seen is None:
            return self._of_the_formula(entry.result.place)
        naming = (one for one in self._errors.values() if seen.place in one.message.values.values())
        return self._errors.get(seen.place) or next(naming, None)

    def _of_the_formula(self, place: Place | None) -> Finding | None:
        """What was said where a formula gave a part of a figure."""
        return next((one for one in self.assessment.findings if one.code == "S252" and one.place == place), None)

    def stages(self, entry: MilestoneEntry) -> tuple[StageReport, ...]:
        """Everything that was reported of a milestone: the first report of each stage."""
        at = (entry.task.no, entry.milestone.name)
        sent = (one for each in self.assessment.submissions for one in each.stages if (one.task, one.milestone) == at)
        found: dict[str, StageReport] = {}
        for one in sent:
            found.setdefault(key(one.stage), one)
        return tuple(found.values())

    def refusal(self, report: StageReport) -> Finding | None:
        """Why a stage does not count."""
        return self._errors.get(report.place)

    def traces(self, entry: Entry) -> tuple[Finding | None, tuple[Observation, ...]]:
        """What there is of a target nobody reported: rows that were not used and why, cells that were left empty."""
        if not isinstance(entry, TargetEntry):
            return None, ()
        own = [one for one in self._observations if one.indicator == entry.result.indicator.id]
        refused = [one for one in own if one.place in self._errors]
        if refused:
            return self._errors[refused[0].place], tuple(refused)
        judged = self.assessment.period
        return None, tuple(one for one in own if one.reported is Reading.NOTHING and one.period == judged)
