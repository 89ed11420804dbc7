"""The report of `czurban check`: which plan, the results, the tally."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from czurban.model.assessment import Assessment, Result, Verdict, tally
from czurban.model.finding import say
from czurban.reporting.document import Block, Document, Heading, Paragraph, Tone
from czurban.reporting.documents.records import assessment_record, result_record
from czurban.reporting.documents.results import names, results_table, tally_line
from czurban.words.speaker import Speaker

if TYPE_CHECKING:
    from czurban.reporting.document import Checks

Wanted = Callable[[Result], bool]


def check_report(
    assessment: Assessment, speak: Speaker, *, scope: Wanted, only: frozenset[Verdict] = frozenset()
) -> Document:
    """Compose the report.

    Args:
        assessment: the judged plan.
        speak: the reader's language.
        scope: which results the report is about; the tally counts them all.
        only: verdicts to list; the tally still counts everything in scope, so that a share keeps its denominator.
    """
    inside = [result for result in assessment.results if scope(result)]
    shown = [result for result in inside if not only or result.verdict in only]
    blocks: list[Block] = [*head(assessment, speak)]
    silent = [] if only else _silent_groups(shown, assessment)
    told = [result for result in shown if result not in silent]
    if told:
        blocks.append(results_table(told, assessment.plan, speak))
    elif not silent:
        blocks.append(Paragraph(speak(say("Nothing to list.")), Tone.QUIET))
    blocks += _silence(silent, speak)
    tallies = list(_tallies(inside, speak))

    def checks() -> "Checks":
        from czurban.reporting.documents.checks import assessment_checks  # noqa: PLC0415 - for the formats that ask

        return assessment_checks(assessment, shown, [one.text for one in tallies], speak)

    return Document(
        (*blocks, *tallies),
        lambda: assessment_record(assessment, shown, tally(inside), speak),
        lambda: [result_record(one, assessment.plan, speak) for one in shown],
        checks,
    )


def head(assessment: Assessment, speak: Speaker) -> Iterable[Block]:
    """The plan's title, where it was read from and which period is judged."""
    plan, period = assessment.plan, assessment.period
    yield Heading(plan.title)
    judged = speak(say("Figures of {period} against the targets of {plan}."), period=period, plan=plan.period)
    source = speak(say("Plan: {source}."), source=plan.source)
    files = "、".join(one.file for one in assessment.submissions)
    sent = speak(say("Figures from: {files}."), files=files) if files else ""
    yield Paragraph(" ".join(part for part in (judged, source, sent) if part), Tone.QUIET)
    if plan.within:
        yield Paragraph(_whose_targets(assessment, speak))


def _whose_targets(assessment: Assessment, speak: Speaker) -> str:
    """Which region is judged, and how many targets are its own, the plan's, or none at all."""
    plan = assessment.plan
    own, none, whole = len(plan.own_targets), len(plan.left_out), len(assessment.results)
    parts = [
        speak(say("Judged is {region}: of {all} targets {own} are its own"), region=plan.region, all=whole, own=own),
        speak(say("{count} are those of {whole}"), count=whole - own - none, whole=plan.within),
        *([speak(say("{count} amounts have none and are not judged"), count=none)] if none else []),
    ]
    return speak(say(", ")).join(parts) + speak(say("."))


def _silent_groups(results: list[Result], assessment: Assessment) -> list[Result]:
    """The task quantities when none of them is reported: one line tells them better than a page of dashes."""
    own = [result for result in results if result.indicator.no is None]
    if len(own) == len(results) or any(result.verdict is not Verdict.UNREPORTED for result in own):
        return []
    return own if assessment.plan.tasks else []


def _silence(silent: list[Result], speak: Speaker) -> Iterable[Block]:
    if silent:
        text = speak(
            say("Not reported, all {count} quantities that only a task names: {names}."),
            count=len(silent),
            names=names(silent),
        )
        yield Paragraph(text, Tone.QUIET)


def _tallies(inside: list[Result], speak: Speaker) -> Iterable[Paragraph]:
    main = [result for result in inside if result.indicator.no is not None]
    own = [result for result in inside if result.indicator.no is None]
    if main and own:
        yield tally_line(tally(main), speak, speak(say("Main indicators")))
        yield tally_line(tally(own), speak, speak(say("Task quantities")))
        yield tally_line(tally(inside), speak, speak(say("All")))
    else:
        yield tally_line(tally(inside), speak)
