"""Read figures and judge them, computing by the plan's formulas what was not reported."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from czurban.app.figures import read_figures, skipped_notices
from czurban.app.options import Options, Outcome, Value
from czurban.app.plans import choose_period
from czurban.checking.assessing import assess
from czurban.checking.finding_filter import FilteredFindings, FindingFilter, filter_findings
from czurban.model.assessment import Assessment, Result
from czurban.model.finding import Finding, Findings, Message, in_order, say
from czurban.model.observation import Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.sources.find_files import FoundFiles
from czurban.reporting.document import Document
from czurban.words.translator import Translator

if TYPE_CHECKING:  # loaded only where a figure is missing that a formula may give
    from czurban.model.derived import Derived


class Judged(NamedTuple):
    """An assessment with the findings to report, how these were filtered, all findings, and notices about files."""

    assessment: Assessment
    filtered: FilteredFindings
    everything: Findings
    notices: tuple[Message, ...] = ()

    @property
    def nothing_read(self) -> bool:
        """Whether there are files and none holds a figure or a stage."""
        files = self.assessment.submissions
        return bool(files) and not any(file.observations or file.stages for file in files)

    def outcome(
        self, value: Value, compose: Callable[[Translator], Document], results: Iterable[Result]
    ) -> Outcome[Value]:
        """Return the result of a use case whose exit code depends on these verdicts."""
        return Outcome(
            value=value,
            compose=compose,
            filtered=self.filtered,
            notices=self.notices,
            reached=frozenset(result.verdict for result in results),
            submissions=self.assessment.submissions,
            nothing_read=self.nothing_read,
        )


def judge_files(plan: Plan, files: FoundFiles, options: Options) -> Judged:
    """Read files and judge the plan by them.

    Raises:
        UsageError: the period cannot be read.
    """
    period = choose_period(options.period, plan)
    submissions, findings = read_figures(files.files, plan, options.limits, options.progress)
    assessed = assess_all(plan, submissions, period)
    return filtered(assessed, [*files.findings, *findings], options.filter, skipped_notices(files.left_out))


def filtered(
    assessed: Assessment, findings: Sequence[Finding], chosen: FindingFilter, notices: tuple[Message, ...] = ()
) -> Judged:
    """Put the findings of reading and of judging in order, and keep those to report."""
    everything = tuple(in_order([*findings, *assessed.findings]))
    kept = filter_findings(everything, chosen)
    return Judged(assessed._replace(findings=kept.kept), kept, everything, notices)


def assess_all(plan: Plan, submissions: Sequence[Submission], period: Period) -> Assessment:
    """Judge every indicator; one that was not reported is judged by what its formula gives."""
    assessment = assess(plan, submissions, period=period)
    results = {result.indicator.id: result for result in assessment.results}
    if all(results[formula.indicator].has_figure for formula in plan.formulas):
        return assessment
    from czurban.checking.derived import fill  # noqa: PLC0415 - not needed where everything was reported

    others = _other_periods(assessment)
    faults = [fault for other in others.values() for fault in other.findings]
    whole = assessment._replace(findings=(*assessment.findings, *faults))
    return fill(whole, derivations(assessment, others))


def derivations(assessment: Assessment, others: Mapping[Period, Assessment] | None = None) -> "Mapping[str, Derived]":
    """Return what every formula gives by the figures of an assessment, also where its indicator was reported."""
    from czurban.checking.derived import refused  # noqa: PLC0415 - as above
    from czurban.computing.formulas import derive, reported  # noqa: PLC0415 - as above

    plan, period = assessment.plan, assessment.period
    before = _other_periods(assessment) if others is None else others
    known = reported(_by_id(assessment), refused(assessment), {at: _by_id(other) for at, other in before.items()})
    return derive(plan, known, period, backward=period == plan.period)


def _by_id(assessment: Assessment) -> dict[str, Result]:
    return {result.indicator.id: result for result in assessment.results}


def _other_periods(assessment: Assessment) -> Mapping[Period, Assessment]:
    """Judge the figures of other periods that formulas need, each period by itself, with the findings about them."""
    plan = assessment.plan
    if assessment.period != plan.period:
        return {}
    terms = [term for formula in plan.formulas for term in formula.terms() if term.period]
    needed = {(term.indicator, term.period) for term in terms}
    judged = {}
    for period in dict.fromkeys(term.period for term in terms if term.period):
        files = [
            file._replace(observations=tuple(row for row in file.observations if (row.indicator, period) in needed))
            for file in assessment.submissions
        ]
        other = assess(plan, files, period=period)
        places = {row.place for file in files for row in file.observations if row.period == period}
        judged[period] = other._replace(findings=tuple(each for each in other.findings if each.place in places))
    return judged


def printed_columns(plan: Plan) -> "Sequence[tuple[Message, Mapping[str, Derived]]]":
    """Return what every formula gives by each column that the plan prints, with the column's title."""
    from czurban.computing.formulas import baselines, derive, targets  # noqa: PLC0415 - as above

    start, end = plan.baseline_period, plan.period
    first = say("{period}, by the baselines", period=start) if start else say("By the baselines")
    return (
        (first, derive(plan, baselines, start, backward=False)),
        (say("{period}, by the targets", period=end), derive(plan, targets, end)),
    )
