"""Find and read figures, choose the judged period, and judge them; compute by formulas what was not reported."""

import sys
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from czurban.app.finding_filter import FilteredFindings, FindingFilter, filter_findings
from czurban.app.options import Compose, Options, Outcome, Progress, Value, no_progress, skipped_notices
from czurban.app.settings import settings
from czurban.checking.assessing import assess
from czurban.errors import EngineError, UnreadableError, UsageError
from czurban.files.inputs import distinct_files
from czurban.files.inputs import note_inputs as note_inputs  # noqa: PLC0414 - a command notes its inputs too
from czurban.model.assessment import Assessment, Result
from czurban.model.finding import Finding, Findings, Message, in_order, say
from czurban.model.indicator import IndicatorKind
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.period import Period, parse_in_year, parse_years
from czurban.model.plan import Plan
from czurban.reading.sources.find_files import FoundFiles, find_files
from czurban.reading.sources.limits import LIMITS, Limits
from czurban.reading.submission.file_faults import Read, unreadable
from czurban.reading.submission.files import read_stream, read_submission

if TYPE_CHECKING:
    from czurban.checking.regions import Judge
    from czurban.model.formulas.derived import Derived
    from czurban.model.over_time.tracking import Tracking

_Others = Mapping[Period, Assessment] | None
_LEVELS = frozenset({IndicatorKind.STOCK, IndicatorKind.RATE, IndicatorKind.WORKS})
"""Kinds whose figure for September is the level now, or the works so far, as that for January to September is."""


def find_figures(names: Sequence[str | Path] | None, *, elsewhere: bool = False) -> FoundFiles:
    """Find the files that names, folders and patterns stand for, without those excluded by the settings, as inputs.

    Args:
        names: files, folders and patterns; `-` is standard input.
        elsewhere: whether addresses of a cluster's storage are taken too.

    Raises:
        UnreadableError: a file is not there, or a folder or pattern has no table.
    """
    named = distinct_files([str(name) for name in names or ()])
    if named is None:
        files = find_files(names or (), elsewhere=elsewhere, exclude=settings().exclude)
    else:
        files = FoundFiles(named)
    note_inputs(*files.files)
    return files


def read_figures(
    files: Sequence[str], plan: Plan, limits: Limits = LIMITS, progress: Progress = no_progress
) -> tuple[list[Submission], Findings]:
    """Read every file, `-` being standard input. One that cannot be read costs a finding, and no other file.

    Raises:
        UsageError: standard input is asked for and there is none.
    """
    if "-" in files and sys.stdin is None:
        raise UsageError(say("There is no standard input to read."), say("Name a file instead of -."))
    submissions: list[Submission] = []
    findings: list[Finding] = []
    with progress(len(set(files)), say("Reading")) as step:
        for name in dict.fromkeys(files):
            submission, faults = read_file(name, plan, limits)
            submissions.append(submission)
            findings += faults
            step()
    return submissions, tuple(findings)


def read_file(name: str, plan: Plan, limits: Limits) -> Read:
    """Read one file by rows in Python, whatever its format; `-` is standard input."""
    if name == "-":
        return read_stream("<stdin>", sys.stdin.buffer, plan, limits)
    try:
        return read_submission(Path(name), plan, limits, _read_parquet)
    except (UnreadableError, EngineError) as error:
        return unreadable(name, error)


def _read_parquet(path: Path, plan: Plan, limits: Limits) -> Read:
    from czurban.app.parquet_rows import read_parquet  # noqa: PLC0415 - loads an engine

    return read_parquet(path, plan, limits)


class Judged(NamedTuple):
    """An assessment with the findings to report, how these were filtered, all findings, and notices about files."""

    assessment: Assessment
    filtered: FilteredFindings
    everything: Findings
    notices: tuple[Message, ...] = ()

    @property
    def nothing_read(self) -> bool:
        """Whether there are files and none holds a figure or a stage."""
        files = self.assessment.everything_sent
        return bool(files) and not any(file.observations or file.stages for file in files)

    def outcome(
        self, value: Value, compose: Compose, results: Iterable[Result], *, lagging: bool = False
    ) -> Outcome[Value]:
        """Return the result of a use case whose exit code depends on these verdicts, and on whether a target lags."""
        return Outcome(
            value=value,
            compose=compose,
            filtered=self.filtered,
            notices=self.notices,
            reached=frozenset(result.verdict for result in results),
            submissions=self.assessment.submissions,
            nothing_read=self.nothing_read,
            lagging=lagging,
        )


def early_tracking(assessment: Assessment) -> "Tracking | None":
    """Return the pace where the judged period ends before the plan does; None otherwise."""
    plan, period = assessment.plan, assessment.period
    if not plan.period.start <= period.until < plan.period.until:
        return None
    from czurban.app.over_time.tracking import tracking_of  # noqa: PLC0415 - only before the deadline

    return tracking_of(assessment)


def judge_files(plan: Plan, files: FoundFiles, options: Options, *, as_forms: bool = False) -> Judged:
    """Read files and judge the plan by them, for the period asked for, else for the newest that they have.

    A table of one region alone may count as that region's form.

    Raises:
        UsageError: the period cannot be read.
    """
    choose_period(options.period, plan)  # a wrong one is refused before anything is read
    submissions, findings = read_figures(files.files, plan, options.limits, options.progress)
    if as_forms and plan.counties:
        from czurban.checking.own_parts import as_form  # noqa: PLC0415 - for the status of a collection alone

        submissions = [as_form(plan, sent) for sent in submissions]
    period, chosen = judged_period(options.period, plan, submissions)
    assessed = assess_all(plan, submissions, period)
    notices = (*chosen, *skipped_notices(files.left_out))
    return filtered(assessed, [*files.findings, *findings], options.filter, notices)


def choose_period(text: str | int | Period | None, plan: Plan) -> Period:
    """Return the period asked for, or the plan's own, which may be of several years; of those asked for, the last.

    Raises:
        UsageError: it cannot be read, begins or ends within a year and is of several, or is of years after a plan of
            several years.
    """
    if text is None:
        return plan.period
    period = text if isinstance(text, Period) else parse_years(str(text)) or parse_in_year(str(text), plan.period.year)
    if period is None:
        message = say("“{text}” cannot be read as a period.", text=str(text))
        raise UsageError(message, say("Write 2018, 2019Q2, 2019-06 or 2019-01..06; a date as 2019-07-27."))
    if period.has_years and not (period.is_whole_years and plan.period.has_years):
        message = say("{period} is of several years, and one time since January is judged.", period=period)
        hint = say("Write its last year, or the months of one year: {example}.", example=period.last_year)
        raise UsageError(message, hint)
    if plan.period.has_years and period.until > plan.period.until:
        message = say("{period} is after the plan's period, {plan}.", period=period, plan=plan.period)
        raise UsageError(message, say("A target is judged by figures of the plan's own years."))
    return period.last_year


def judged_period(
    asked: str | int | Period | None, plan: Plan, submissions: Sequence[Submission], *, any_region: bool = False
) -> tuple[Period, tuple[Message, ...]]:
    """Return the period asked for, else the newest one in the files, with a notice if it is not the plan's.

    Raises:
        UsageError: the period asked for cannot be read.
    """
    if asked is not None:
        return choose_period(asked, plan).since_january(plan.period), ()
    if plan.period.has_years:
        from czurban.app.over_time.several_years import newest_period as newest_year  # noqa: PLC0415 - most plans are of one year

        return newest_year(plan, submissions), ()
    period = newest_period(plan, submissions, any_region=any_region)
    if period == plan.period:
        return period, ()
    notice = say(
        "The newest figures are for {period}, which is therefore judged; --period {plan} judges {plan}.",
        period=period,
        plan=plan.period,
    )
    return period, (notice,)


def newest_period(plan: Plan, submissions: Iterable[Submission], *, any_region: bool = False) -> Period:
    """Return the newest period within a plan of one year that there are figures for; the plan's own without any.

    Single months and quarters stand for the time since January, because sums are added up and levels are those at the
    end. At the end of the plan they do not: what a department reports for December is not the year's figure.
    """
    usable = {
        value.period
        for submission in submissions
        for value in submission.observations
        if value.reported not in {Reading.NOTHING, Reading.WITHHELD}
        and (any_region or submission.region or plan.is_own_region(value.region) or plan.sharer(value.region))
    }
    periods = {period for period in usable if plan.period.includes(period)}
    if not periods or plan.period in periods:
        return plan.period
    end = max(period.until for period in periods)
    if end == plan.period.until:
        return plan.period
    newest = min(period for period in periods if period.until == end)
    since = newest._replace(first=1)
    return since if plan.period.includes(since) else newest


def with_levels(submissions: Sequence[Submission], plan: Plan, period: Period) -> Sequence[Submission]:
    """Read levels for the last month or quarter of a period as levels for the period, where it has no figure itself.

    The plan's own period needs figures of its own.
    """
    if period == plan.period or period.first != 1:
        return submissions
    kinds = {indicator.id: indicator.kind for indicator in plan.indicators}
    sent = [value for submission in submissions for value in submission.observations]
    others = {value.period for value in sent} - {period}
    at_end = {other for other in others if (other.until, other.year) == (period.until, period.year)}
    if not at_end:
        return submissions
    whole = {value.indicator for value in sent if value.period == period}

    def read(value: Observation) -> Observation:
        fits = value.period in at_end and value.indicator not in whole and kinds.get(value.indicator) in _LEVELS
        return value._replace(period=period) if fits else value

    return [file._replace(observations=tuple(map(read, file.observations))) for file in submissions]


def filtered(
    assessed: Assessment, findings: Sequence[Finding], chosen: FindingFilter, notices: tuple[Message, ...] = ()
) -> Judged:
    """Put the findings of reading and of judging in order, and keep those to report."""
    everything = tuple(in_order([*findings, *assessed.findings]))
    kept = filter_findings(everything, chosen)
    return Judged(assessed._replace(findings=kept.kept), kept, everything, notices)


def assess_all(plan: Plan, submissions: Sequence[Submission], period: Period) -> Assessment:
    """Judge every indicator, by its formula where it was not reported, and the departments' own parts of targets.

    What the forms of regions report is judged for each of these alone.
    """
    if not any(file.region for file in submissions):
        return _with_own_parts(plan, submissions, period, _assess_all)
    from czurban.checking.own_parts import with_counties  # noqa: PLC0415 - few collections have forms of regions

    return with_counties(plan, submissions, period, judge=assess_all)


def _with_own_parts(plan: Plan, submissions: Sequence[Submission], period: Period, judge: "Judge") -> Assessment:
    if not plan.allotted:
        return judge(plan, submissions, period).with_inputs_apart()
    from czurban.checking.own_parts import with_own_parts  # noqa: PLC0415 - few plans have such parts

    return with_own_parts(plan, submissions, period, judge).with_inputs_apart()


def _assess_all(plan: Plan, submissions: Sequence[Submission], period: Period) -> Assessment:
    if plan.period.has_years:
        from czurban.app.over_time.several_years import assess_years, of_period  # noqa: PLC0415 - as above

        if plan.period.includes(period):
            sent = submissions if period.is_year else with_levels(submissions, plan, period)
            return assess_years(plan, sent, period, assess_period)
        return assess_period(plan.at(period), of_period(plan, submissions, period), period)._replace(plan=plan)
    return assess_period(plan, with_levels(submissions, plan, period), period)


def assess_period(
    plan: Plan, submissions: Sequence[Submission], period: Period, *, several: bool = True, compare: bool = True
) -> Assessment:
    """Judge every indicator by figures or formulas for one period; `several` lets figures of others be history."""
    judge = partial(assess, period=period, several=several, compare=compare)
    if not any(indicator.target.other for indicator in plan.indicators):
        return _with_formulas(judge(plan, submissions))
    from czurban.checking.references import compare_others, with_known_figures  # noqa: PLC0415 - few plans compare

    known = with_known_figures(plan, period)
    return compare_others(_with_formulas(judge(known, submissions)))._replace(plan=plan)


def assess_one_period(plan: Plan, sent: Sequence[Submission], period: Period, *, compare: bool = True) -> Assessment:
    """Judge every indicator by figures of one period; each row of another is refused, as an engine refuses it."""
    return _with_own_parts(plan, sent, period, partial(assess_period, several=False, compare=compare))


def _with_formulas(assessment: Assessment) -> Assessment:
    plan = assessment.plan
    given = {result.indicator.id for result in assessment.results if result.has_figure}
    reported = [formula.indicator in given for formula in plan.formulas]
    sent = {value.indicator for file in assessment.submissions for value in file.observations}
    is_idle = plan.formula_inputs.isdisjoint(sent)
    if all(reported) or (is_idle and assessment.period in plan.idle_formulas):
        return assessment
    from czurban.checking.derived import fill  # noqa: PLC0415 - not needed where everything was reported

    others = _other_periods(assessment)
    faults = [fault for other in others.values() for fault in other.findings]
    filled = fill(assessment._replace(findings=(*assessment.findings, *faults)), derivations(assessment, others, given))
    if is_idle and not any(reported) and filled == assessment:
        plan.idle_formulas.add(assessment.period)
    return filled


def derivations(assessment: Assessment, others: _Others = None, given: Container[str] = ()) -> "Mapping[str, Derived]":
    """Return what every formula gives by an assessment's figures, even if one was sent; `given` ones are left out."""
    from czurban.checking.derived import refused  # noqa: PLC0415 - as above
    from czurban.computing.formulas import derive, reported  # noqa: PLC0415 - as above

    plan, period = assessment.plan, assessment.period
    before = _other_periods(assessment) if others is None else others
    known = reported(assessment.by_id, refused(assessment), {at: other.by_id for at, other in before.items()})
    return derive(plan, known, period, backward=plan.is_own_period(period), given=given)


def _other_periods(assessment: Assessment) -> Mapping[Period, Assessment]:
    """Judge the figures of other periods that formulas need, each period by itself, with the findings about them."""
    plan = assessment.plan
    if not plan.is_own_period(assessment.period):
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
