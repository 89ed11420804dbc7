"""Every region of ordinary submissions against the plan: what an engine does for large tables, row by row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from czurban.checking.each_region import EachRegion, by_region
from czurban.checking.survey_tally import SurveyTally
from czurban.model.finding import Finding
from czurban.model.observation import Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.row_count import NO_ROWS
from czurban.model.survey import Survey
from czurban.model.verdict import Result, Verdict


def survey_rows(
    plan: Plan, submissions: Sequence[Submission], period: Period, before: Iterable[Finding] = ()
) -> tuple[Survey, list[tuple[str, Result]]]:
    """Hold every region against the plan; return the survey, and each result with its region's key.

    Args:
        plan: the plan; a region that its breakdown knows is held against its own row.
        submissions: what was sent.
        period: whose figures are judged.
        before: what reading the submissions has told.
    """
    each, findings = EachRegion(plan, period), list(before)
    tally = SurveyTally(each.elsewhere, plan, period)
    results: list[tuple[str, Result]] = []
    for region, members in by_region(each, (one for sent in submissions for one in sent.observations)).items():
        found = each.judge(members[0].region, members)
        findings += found.findings
        if found.results and any(map(each.appears, members)):
            tally.add_results(found.resolved.family, found.results)
            results += [(region, one) for one in found.results]
    codes = Counter(one.code for one in findings)
    rows = sum((sent.rows for sent in submissions), NO_ROWS)
    names = tuple(sent.file for sent in submissions)
    return Survey(plan, period, tally.families(), codes, tuple(findings), names, rows), results


def failing_rows(results: Iterable[Result]) -> Iterator[tuple[object, ...]]:
    """Rows that miss or cannot be read: region, indicator, period, value, unit, verdict, bound, line."""
    for one in results:
        seen = one.observation
        if seen and one.verdict in (Verdict.MISSED, Verdict.UNREADABLE):
            unit = seen.unit.name if seen.unit and not seen.unit_in_cell else ""
            bound = str(one.indicator.target.interval)
            line = seen.place.line
            yield (seen.region, one.indicator.id, str(seen.period), seen.raw, unit, str(one.verdict), bound, line)
