"""The checks of an assessment and of a validation, put together."""

from collections.abc import Sequence

from czurban.model.assessment import Assessment
from czurban.model.finding import Finding
from czurban.model.verdict import Result
from czurban.reporting.cases import file_suite, result_suite
from czurban.reporting.checks import Checks
from czurban.reporting.issues import finding_issues, missed_issues, rules
from czurban.words.speaker import Speaker


def assessment_checks(assessment: Assessment, shown: Sequence[Result], tally: Sequence[str], speak: Speaker) -> Checks:
    """What `czurban check` found: every finding, and the missed ones of the results shown."""
    findings = list(finding_issues(assessment.findings, speak))
    missed = missed_issues(shown, assessment.period, speak)
    files = [one.file for one in assessment.submissions]
    suites = (result_suite(shown, assessment.plan, speak), file_suite(files, findings, speak))
    return Checks(speak.language, rules(speak, targets=True), (*missed, *findings), suites, tally)


def validation_checks(
    files: Sequence[str], findings: Sequence[Finding], tally: Sequence[str], speak: Speaker
) -> Checks:
    """What `czurban validate` found."""
    issues = list(finding_issues(findings, speak))
    return Checks(speak.language, rules(speak, targets=False), issues, (file_suite(files, issues, speak),), tally)
