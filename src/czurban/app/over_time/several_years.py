"""Judge a plan of several years: by the figures of one year, by older ones, and by those of several years together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from czurban.checking.admission import Admission
from czurban.checking.assessing import result_of
from czurban.checking.judging import is_due, judge_value
from czurban.checking.submission_rules.comparisons import JudgedFigures, same_baseline
from czurban.checking.years_together import (
    Piece,
    contradictions,
    cover,
    lacking_years,
    not_counted,
    together,
    unused_spans,
)
from czurban.model.assessment import Assessment, Note, Result, Verdict
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, distinct, say
from czurban.model.indicator import SUMS, Indicator
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target import Target
from czurban.model.text import exact
from czurban.model.years import OverYears
from czurban.reporting.tables import actual

JudgeOne = Callable[[Plan, Sequence[Submission], Period], Assessment]


def newest_period(plan: Plan, submissions: Sequence[Submission]) -> Period:
    """Return the newest period within the plan that figures were sent for; without any, the plan's first year.

    A month or a quarter stands for the time since January, as in a plan of one year.
    """
    sent = {
        value.period.last_year
        for submission in submissions
        for value in submission.observations
        if plan.period.includes(value.period) and value.reported is not Reading.NOTHING
    }
    newest = max(sent, key=lambda period: period.until, default=plan.period.each_year()[0])
    since = newest._replace(first=1)
    return since if plan.period.includes(since) else newest


def of_period(plan: Plan, submissions: Sequence[Submission], period: Period) -> list[Submission]:
    """Leave out the figures of the plan's other years and of the years before it, which are no fault.

    They stay, and are refused, where there is no figure of any year of the plan.
    """
    if not any(plan.period.includes(value.period) for file in submissions for value in file.observations):
        return list(submissions)
    needed = {(term.indicator, term.period) for formula in plan.formulas for term in formula.terms()}

    def stays(value: Observation) -> bool:
        later = value.period.until > plan.period.until
        return later or period.includes(value.period) or (value.indicator, value.period) in needed

    return [file._replace(observations=tuple(filter(stays, file.observations))) for file in submissions]


def assess_years(plan: Plan, submissions: Sequence[Submission], period: Period, judge: JudgeOne) -> Assessment:
    """Judge every indicator of a plan of several years at the end of a period.

    An indicator without a figure of the period is shown with its newest one of an earlier year of the plan; that one
    is judged by its own year, unless a target has been due since. Figures that are made of several years need all of
    them from the beginning of the plan on.

    Args:
        plan: the plan.
        submissions: the files, with figures of any years.
        period: the judged period; the year in which it ends is the last one that counts.
        judge: judges the figures of a single period.
    """

    def judged_at(period: Period) -> Assessment:
        return judge(plan.at(period), of_period(plan, submissions, period), period)

    judged = judged_at(period)
    rows = [row for file in submissions for row in file.observations]
    sent = {row.period for row in rows}
    before = [year for year in plan.period.each_year() if year.until < period.until and any(map(year.includes, sent))]
    earlier = {year: judged_at(year) for year in before}
    places = {year: {row.place for row in rows if year.includes(row.period)} for year in before}
    faults = [fault for year, other in earlier.items() for fault in other.findings if fault.place in places[year]]
    years = _Years(plan, period, {at: other.by_id for at, other in {**earlier, period: judged}.items()}, submissions)
    results = tuple(map(years.result, judged.results))
    baselines = same_baseline(JudgedFigures(plan, results, submissions, period))
    findings = tuple(distinct([*judged.findings, *faults, *years.findings, *baselines]))
    files = zip(judged.submissions, submissions, strict=True)
    whole = tuple(file._replace(observations=of_all.observations) for file, of_all in files)
    return judged._replace(plan=plan, results=results, findings=findings, submissions=whole)


@dataclass(slots=True)
class _Years:
    """The results of the years of a plan up to the judged period, and the findings on putting them together."""

    plan: Plan
    period: Period
    by_period: Mapping[Period, Mapping[str, Result]]
    submissions: Sequence[Submission]
    findings: list[Finding] = field(default_factory=list)

    def result(self, judged: Result) -> Result:
        """Return the result of an indicator at the end of the judged period."""
        indicator = self.plan.by_id[judged.indicator.id]
        over = indicator.target.over
        sent = [value for value in self._sent(indicator) if not (over.takes_years and self._is_span(value.period))]
        self.findings += unused_spans(self.plan, indicator, sent, self.period)
        if over.takes_years:
            return self._together(indicator)
        if over is OverYears.EACH_YEAR and is_due(indicator.target, self.period, self.plan.period):
            return self._each_year(indicator, judged)
        if not judged.has_figure:
            return self._older(indicator, judged)
        return replace(judged, notes=(*judged.notes, Note.EARLIER_YEAR_MISSED)) if self._missed(indicator) else judged

    def _known(self, indicator: Indicator) -> dict[Period, Result]:
        """Return the results of the years that have a figure, in order of time."""
        each = ((at, self.by_period[at].get(indicator.id)) for at in sorted(self.by_period))
        return {at: result for at, result in each if result and result.has_figure}

    def _older(self, indicator: Indicator, judged: Result) -> Result:
        """Return the newest result of an earlier year; report it instead where a target has been due since."""
        known = self._known(indicator)
        if not known:
            return judged
        year, newest = list(known.items())[-1]
        due = _last_due(self.plan.by_id[indicator.id].target.at(self.period), self.period)
        if due and due.until > year.until:
            self._missing(indicator, newest, [str(self.period)])
            return judged
        return replace(newest, of=year, age=self.period.end[0] - year.end[0])

    def _missed(self, indicator: Indicator) -> list[Period]:
        """Return the years in which a target for each year was missed."""
        if indicator.target.over is not OverYears.EACH_YEAR:
            return []
        known = self._known(indicator)
        return [year for year, result in known.items() if _is_missed(result) and year != self.period]

    def _each_year(self, indicator: Indicator, judged: Result) -> Result:
        """Return the result of a target for each year at the end of the plan, which is that of its worst year."""
        known = self._known(indicator)
        years = self._years_of(indicator)
        missed = {year: result.figures.gap for year, result in known.items() if _is_missed(result) and result.figures}
        if missed:
            year = min(missed, key=lambda year: missed[year])
            return replace(known[year], of=None if year == self.period else year)
        lacking = [year for year in years if year not in known or known[year].actual is None]
        if not known or not lacking:
            return judged
        newest = list(known.values())[-1]
        self._missing(indicator, newest, list(map(str, lacking)))
        unread = any(year in known for year in lacking)
        return Result(indicator=judged.indicator, verdict=Verdict.UNREADABLE if unread else Verdict.UNREPORTED)

    def _years_of(self, indicator: Indicator) -> list[Period]:
        """Return the years of an indicator's time up to the judged period."""
        end = min(self.period.end, indicator.target.deadline.end)
        return [year for year in self.plan.period.each_year() if year.end <= end]

    def _together(self, indicator: Indicator) -> Result:
        """Return the result of a target for several years together, up to the last year that has a figure.

        It needs the years up to the last date at which the target or a step of it was due. A figure that was itself
        sent for several years counts for these; years after it follow on it.
        """
        due = _last_due(indicator.target, self.period)
        by = indicator.target.deadline.end
        spans, singles = (
            [piece for piece in pieces if piece.period.end <= by]
            for pieces in (self._spans(indicator), self._singles(indicator))
        )
        every = [piece for piece in (*spans, *singles) if piece.value is not None]
        self.findings += contradictions(spans, every, indicator)
        last = max((piece.period.until for piece in (*spans, *singles)), default=(0, 0, 0))
        last = max(last, due.until) if due else last
        upto = [year for year in self._years_of(indicator) if year.until <= last]
        covered = cover(every, self.plan.period.start)
        if not covered or covered[-1].period.until < last:
            bare = _without_baseline(indicator, upto[-1] if upto else self.period)
            lacking = lacking_years(every, covered, upto) or upto[-1:]
            return self._incomplete(bare, lacking, [*singles, *spans], upto)
        return self._of_pieces(indicator, covered)

    def _of_pieces(self, indicator: Indicator, pieces: Sequence[Piece]) -> Result:
        """Return the result by figures that follow each other from the beginning of the plan on."""
        end = pieces[-1].period.last_year
        age = self.period.end[0] - end.end[0]
        if len(pieces) == 1 and pieces[0].period.has_years:
            return replace(pieces[0].result, of=pieces[0].period, age=age)
        value = together(pieces, indicator.target.over, indicator.unit)
        start = self.plan.period
        whole = end._replace(year=start.year, first=start.first, years=end.year - start.year + 1)
        results = [piece.result for piece in pieces]
        observation = _combined(results, value, whole, indicator)
        self.findings.append(_reported(indicator, results, value, whole))
        bare = _without_baseline(indicator, end)
        judged = judge_value(bare, self.plan, end, observation=observation, actual=value)
        return replace(judged, of=whole if whole != self.period else None, age=age)

    def _singles(self, indicator: Indicator) -> list[Piece]:
        """Return the figures of single years; a sum since January counts at the end, and any other is reported."""
        known = self._known(indicator)
        part = known.get(self.period) if self.period not in self.plan.period.each_year() else None
        counts = indicator.target.over is OverYears.SUM and indicator.kind in SUMS
        if part and not counts and part.observation:
            why = say("a part of a year cannot be put together with whole years")
            self.findings.append(not_counted(part.observation, indicator, why))
        return [Piece(at, result) for at, result in known.items() if result is not part or counts]

    def _spans(self, indicator: Indicator) -> list[Piece]:
        """Return the figures that were themselves sent for several years of the plan, up to the judged period."""
        pieces = []
        sent = self._sent(indicator)
        for period in sorted({value.period for value in sent if self._is_span(value.period)}):
            admission = Admission(self.plan, period)
            admitted = admission.admit(value for value in sent if value.period == period)
            self.findings += admission.findings
            bare = _without_baseline(indicator, period.last_year)
            judged = result_of(bare, admitted, self.plan, period.last_year, self.findings)
            pieces += [Piece(period, judged)] if judged.has_figure else []
        return pieces

    def _is_span(self, period: Period) -> bool:
        whole = period.has_years and period.is_whole_years and self.plan.period.includes(period)
        return whole and period.until <= self.period.until

    def _sent(self, indicator: Indicator) -> list[Observation]:
        return [value for file in self.submissions for value in file.observations if value.indicator == indicator.id]

    def _incomplete(
        self, indicator: Indicator, lacking: Sequence[Period], known: Sequence[Piece], upto: Sequence[Period]
    ) -> Result:
        """Return the result where a year has no figure, or none that can be used."""
        newest = max(known, key=lambda piece: piece.period.until).result if known else None
        if newest:
            self._missing(indicator, newest, list(map(str, lacking)))
        due = bool(upto) and indicator.target.deadline.end <= upto[-1].end
        unread = any(piece.period.includes(year) for year in lacking for piece in known)
        outcome = Verdict.UNREADABLE if unread else Verdict.UNREPORTED
        observation = newest.observation if newest and unread else None
        return Result(indicator=indicator, verdict=outcome if due else Verdict.NOT_DUE, observation=observation)

    def _missing(self, indicator: Indicator, newest: Result, lacking: Sequence[str]) -> None:
        message = say(
            "“{name}” is judged by {years}, for which there is no figure that can be used; the newest is {raw}.",
            name=indicator.name,
            years="、".join(lacking),
            raw=newest.raw,
        )
        hint = say("Give the figures of {years}.", years="、".join(lacking))
        self.findings.append(finding("S286", newest.place, message, hint))


def _last_due(target: Target, period: Period) -> Period | None:
    """Return the last date up to the end of a period at which a target or a step of it was due; None before."""
    dates = [step.deadline for step in target.steps] + [target.deadline]
    return max((date for date in dates if date.until <= period.until), key=lambda date: date.end, default=None)


def _is_missed(result: Result) -> bool:
    return result.verdict is Verdict.MISSED


def _without_baseline(indicator: Indicator, period: Period) -> Indicator:
    """Return an indicator with its target at the end of a period, without a baseline if it grows from zero."""
    target = indicator.target.at(period)
    return replace(indicator, target=target._replace(baseline=None) if target.over.starts_at_zero else target)


def _combined(results: Sequence[Result], value: Fraction, whole: Period, indicator: Indicator) -> Observation | None:
    """Return the last year's row as one of all the years; None where that year's figure comes from a formula."""
    last = results[-1].observation
    if last is None:
        return None
    text = exact(value)
    return last._replace(
        raw="、".join(result.raw for result in results),
        period=whole,
        amount=None if "/" in text else Decimal(text),
        unit=indicator.unit,
        approximate=any(result.approximate for result in results),
        unit_in_cell=False,
        periods=frozenset(),
    )


_TOGETHER = {
    OverYears.SUM: say("“{name}”: {parts} for {years} are added up to {value}{unit}."),
    OverYears.MEAN: say("“{name}”: {parts} for {years} have the mean {value}{unit}."),
    OverYears.MEAN_GROWTH: say("“{name}”: {parts} for {years} are a mean growth of {value}{unit} a year."),
    OverYears.GROWTH: say("“{name}”: {parts} for {years} are a growth of {value}{unit} together."),
    OverYears.DECLINE: say("“{name}”: {parts} for {years} are a decline of {value}{unit} together."),
}


def _reported(indicator: Indicator, results: Sequence[Result], value: Fraction, whole: Period) -> Finding:
    """Return the finding that reports what several years come to."""
    message = _TOGETHER[indicator.target.over]
    values = {
        "name": indicator.name,
        "parts": "、".join(result.raw for result in results),
        "years": whole,
        "value": actual(value, indicator.target.interval),
        "unit": indicator.unit.name,
    }
    return finding("S276", results[0].place, Message(message.text, values))
