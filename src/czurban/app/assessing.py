"""Read figures and judge them, computing by the plan's formulas what was not reported."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from czurban.app.figures import read_figures, skipped_notices
from czurban.app.options import Options
from czurban.app.outcome import Outcome, Value
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
    """Judge every indicator; one that nobody sent is judged by what its formula gives."""
    found = assess(plan, submissions, period=period)
    results = {one.indicator.id: one for one in found.results}
    if all(results[one.indicator].has_figure for one in plan.formulas):
        return found
    from czurban.checking.derived import fill  # noqa: PLC0415 - a start need not load it where everything was sent

    others = _looked_back(found)
    faults = [fault for one in others.values() for fault in one.findings]
    whole = found._replace(findings=(*found.findings, *faults))
    return fill(whole, derivations(found, others))


def derivations(assessment: Assessment, others: Mapping[Period, Assessment] | None = None) -> "Mapping[str, Derived]":
    """What every formula gives by the figures of an assessment, whether or not its indicator was sent as well."""
    from czurban.checking.derived import refused  # noqa: PLC0415 - as above
    from czurban.computing.formulas import (  # noqa: PLC0415 - loaded only where it is needed
        derive,
        reported,
    )

    plan, period = assessment.plan, assessment.period
    before = _looked_back(assessment) if others is None else others
    known = reported(
        {one.indicator.id: one for one in assessment.results},
        refused(assessment),
        {period: {one.indicator.id: one for one in found.results} for period, found in before.items()},
    )
    return derive(plan, known, period, backward=period == plan.period)


def _looked_back(assessment: Assessment) -> Mapping[Period, Assessment]:
    """The figures of other periods that formulas take, judged by themselves, with what was found in those alone."""
    plan = assessment.plan
    if assessment.period != plan.period:
        return {}
    wanted = {(term.indicator, term.period) for one in plan.formulas for term in one.terms() if term.period}
    found = {}
    for period in dict.fromkeys(period for _, period in wanted if period):
        ours = [
            one._replace(observations=tuple(seen for seen in one.observations if (seen.indicator, period) in wanted))
            for one in assessment.submissions
        ]
        judged = assess(plan, ours, period=period)
        places = {seen.place for one in ours for seen in one.observations if seen.period == period}
        faults: Findings = tuple(one for one in judged.findings if one.place in places)
        found[period] = judged._replace(findings=faults)
    return found


def printed_columns(plan: Plan) -> "Sequence[tuple[Message, Mapping[str, Derived]]]":
    """Return what every formula gives by each column that the plan prints, with the column's title."""
    from czurban.computing.formulas import (  # noqa: PLC0415 - as above
        baselines,
        derive,
        targets,
    )

    start, end = plan.baseline_period, plan.period
    first = say("{period}, by the baselines", period=start) if start else say("By the baselines")
    return (
        (first, derive(plan, baselines, start, backward=False)),
        (say("{period}, by the targets", period=end), derive(plan, targets, end)),
    )
