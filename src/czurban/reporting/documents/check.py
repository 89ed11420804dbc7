"""Compose the report of `czurban check`: the plan, the results, the tally."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from czurban.model.assessment import Assessment, CountyFigure, Result, Verdict, tally, used_files
from czurban.model.finding import Message, say
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reporting.document import Block, Document, Heading, Json, Paragraph, Tone
from czurban.reporting.documents.results import (
    has_due,
    missed_table,
    names,
    part_tallies,
    results_table,
    tally_line,
    warning_lines,
)
from czurban.reporting.texts import period_text
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.model.over_time.tracking import Tracking
    from czurban.reporting.checks import Checks

Wanted = Callable[[Result], bool]


def check_report(  # noqa: PLR0913 - what it shows
    assessment: Assessment,
    translate: Translator,
    *,
    scope: Wanted,
    only: frozenset[Verdict] = frozenset(),
    tracking: "Tracking | None" = None,
    every: bool = False,
) -> Document:
    """Compose the report of the results in scope.

    The tally counts them all, even if only those with some verdicts are listed, so that a share keeps its denominator.
    `tracking` is the pace where the judged period ends before the deadline. With `every`, each target without a figure
    has a row, on a terminal too.
    """
    inside = [result for result in assessment.results if scope(result)]
    shown = [result for result in inside if not only or result.verdict in only]
    silent = [] if only or every else _silent_quantities(shown, assessment)
    listed = [result for result in shown if result not in silent]
    paced = pace_lines(tracking, translate, scope)
    top = (*head(assessment, translate), *warning_lines(inside, translate), *paced)
    blocks: list[Block] = [*top, *_rows(listed, shown, assessment, translate, tracking)]
    if silent:
        text = say("Not reported, all {count} quantities that only a task names: {names}.")
        blocks.append(Paragraph(translate(text, count=len(silent), names=names(silent)), Tone.QUIET))
    tallies = list(_tallies(inside, translate)) if tracking is None or has_due(inside) else []
    blocks += tallies
    parts = [result for result in assessment.allotted if scope(result)]
    shown_parts = [result for result in parts if not only or result.verdict in only]
    inputs = [] if only else [result for result in assessment.inputs if scope(result)]

    def of_county(figure: CountyFigure) -> bool:
        return scope(figure.result) and (not only or (figure.judged and figure.result.verdict in only))

    tail: tuple[Block, ...] = ()
    if inputs or parts or assessment.counties:
        from czurban.reporting.documents.inputs import county_section, inputs_section, own_parts_section  # noqa: PLC0415 - few plans have any

        below = own_parts_section(parts, assessment.plan, translate, tracking, shown_parts)
        counties = county_section(assessment, translate, of_county, stages=not only)
        tail = (*below, *inputs_section(inputs, assessment.plan, translate), *counties)
    unlisted = [] if only or every else [result for result in shown if _has_no_row(result)]

    def screen() -> tuple[Block, ...]:
        missed = [] if only else list(_missed(shown, translate, tracking))
        with_row = [result for result in shown if result not in unlisted]
        table = _rows(with_row, shown, assessment, translate, tracking)
        return (*top, *tallies, *_without_row(unlisted, translate), *missed, *table, *tail)

    def record() -> dict[str, Json]:
        from czurban.reporting.documents.records import assessment_record  # noqa: PLC0415 - only JSON needs it

        return assessment_record(assessment, [*shown, *shown_parts], tally(inside), translate, tracking)

    def rows() -> Sequence[Mapping[str, Json]]:
        from czurban.reporting.documents.records import county_records, result_records  # noqa: PLC0415 - only CSV needs it

        records = result_records([*shown, *shown_parts], assessment.plan, translate, tracking)
        return [*records, *county_records(assessment, translate, of_county)]

    def checks() -> "Checks":
        from czurban.reporting.documents.checks import assessment_checks  # noqa: PLC0415 - only some formats need it

        texts = [paragraph.text for paragraph in tallies]
        return assessment_checks(assessment, [*shown, *shown_parts], texts, translate)

    return Document((*blocks, *tail), record, rows, checks, translate.language, screen)


def _rows(
    listed: Sequence[Result],
    shown: Sequence[Result],
    assessment: Assessment,
    translate: Translator,
    tracking: "Tracking | None",
) -> Iterable[Block]:
    """Compose the table of the results that are listed; a sentence if nothing is shown at all."""
    if listed:
        yield results_table(listed, assessment.plan, translate, tracking)
    elif not shown:
        yield Paragraph(translate(say("Nothing to list.")), Tone.QUIET)


def _has_no_row(result: Result) -> bool:
    """Return whether a terminal only counts a result, since nothing is reported for it."""
    return result.verdict in {Verdict.UNREPORTED, Verdict.NOT_DUE} and not result.has_figure


def _missed(results: Sequence[Result], translate: Translator, tracking: "Tracking | None") -> Iterable[Block]:
    """Compose what is missed, and what lags behind the time, each with its gap and lead."""
    missed = [result for result in results if result.verdict is Verdict.MISSED]
    if missed:
        yield Heading(translate(say("Missed ({count})"), count=len(missed)), 2)
        yield missed_table(missed, translate)
    late = {each.result.indicator.id for each in tracking.targets if each.pace.is_lagging} if tracking else ()
    behind = [each for each in results if each.verdict is Verdict.NOT_DUE and each.indicator.id in late]
    if behind:
        yield Heading(translate(say("Behind ({count})"), count=len(behind)), 2)
        yield missed_table(behind, translate, tracking)


_NO_ROW = {
    Verdict.UNREPORTED: (
        say("Not reported ({count}): {names}."),
        say("Not reported: {count} ({leads}); --all lists them."),
    ),
    Verdict.NOT_DUE: (
        say("Not due and not reported ({count}): {names}."),
        say("Not due and not reported: {count} ({leads}); --all lists them."),
    ),
}
_MOST_LEADS = 3


def _without_row(results: Sequence[Result], translate: Translator) -> Iterable[Paragraph]:
    """Compose a line for the results that are not reported: their names, or how many each department owes."""
    for verdict, (named, counted) in _NO_ROW.items():
        members = [result for result in results if result.verdict is verdict]
        if members:
            owed = Counter(lead for result in members for lead in result.indicator.leads).most_common()
            leads = [f"{lead} {count}" for lead, count in owed[:_MOST_LEADS]]
            leads += ["…"] if len(owed) > _MOST_LEADS else []
            full = translate(named, count=len(members), names=names(members))
            brief = translate(counted, count=len(members), leads=tuple(leads))
            yield Paragraph(full, Tone.QUIET, brief=brief)


def pace_lines(
    tracking: "Tracking | None", translate: Translator, scope: Wanted = lambda _: True
) -> Iterable[Paragraph]:
    """Compose the headline of the pace; nothing where none is taken."""
    if tracking is None:
        return
    from czurban.reporting.pace.headline import headline  # noqa: PLC0415 - only before the deadline

    for line in headline(tracking.within(scope), translate):
        yield Paragraph(line)


def head(assessment: Assessment, translate: Translator) -> Iterable[Block]:
    """Compose the plan's title, where it was read from and which period is judged."""
    plan = assessment.plan
    yield Heading(plan.title)
    files = [submission.file for submission in assessment.submissions]
    judged = judged_line(plan, assessment.period, translate)
    yield Paragraph(f"{judged} {sources(plan.source, files, translate)}", Tone.QUIET)
    if plan.within:
        yield Paragraph(_target_counts(assessment, translate))


def judged_line(plan: Plan, period: Period, translate: Translator) -> str:
    """Write which period is judged."""
    return translate(say("Figures of {period} against the targets of {plan}."), period=period, plan=plan.period)


def issued_head(assessment: Assessment, title: Message, translate: Translator) -> Iterable[Block]:
    """Compose the head of a report that is sent out: its title, and how many files it uses, without paths."""
    plan = assessment.plan
    period = period_text(assessment.period, translate)
    yield Heading(translate(title, plan=plan.title, period=period))
    count, sent = len(used_files(assessment)), len(assessment.submissions)
    unread = sum(not file.read_as for file in assessment.submissions)
    based = say("Nothing was sent for the targets of “{plan}” for {due}.")
    if sent and not count:
        based = say("Nothing in the {sent} files that were sent can be used for the targets of “{plan}” for {due}.")
    elif unread:
        based = say(
            "Based on {count} files that were sent ({unread} more cannot be read), against the targets of “{plan}” "
            "for {due}."
        )
    elif count:
        based = say("Based on {count} files that were sent, against the targets of “{plan}” for {due}.")
    due = period_text(plan.period, translate)
    values = {"count": count, "sent": sent, "unread": unread, "plan": plan.title, "due": due}
    yield Paragraph(translate(based, **values), Tone.QUIET)
    if plan.within:
        yield Paragraph(_target_counts(assessment, translate))


_MOST_FILES = 6


def few(texts: Sequence[str], most: int, translate: Translator) -> str:
    """Join at most so many texts; of more, as of twelve monthly files, only the first and the last are named."""
    if len(texts) <= most:
        return translate.join(texts)
    return translate(say("{first} … {last} ({count})"), first=texts[0], last=texts[-1], count=len(texts))


def sources(plan: str, files: Iterable[str], translate: Translator) -> str:
    """Name the plan's source and the files of the figures; of many files, the first and the last."""
    text = translate(say("Plan: {source}."), source=plan)
    sent = few(tuple(files), _MOST_FILES, translate)
    return f"{text} {translate(say('Figures from: {files}.'), files=sent)}" if sent else text


def _target_counts(assessment: Assessment, translate: Translator) -> str:
    """Count the targets of the judged region: those of its allotment, the plan's, and those that have none."""
    plan = assessment.plan
    allotted, whole = len(plan.own_targets - plan.inputs), len(assessment.results)
    none = len(plan.without_target - plan.inputs)
    parts = [
        say(
            "The judged region is {region}: of {all} targets {own} are its own",
            region=plan.region,
            all=whole,
            own=allotted,
        ),
        say("{count} are those of {whole}", count=whole - allotted - none, whole=plan.within),
        *([say("{count} amounts have none and are not judged", count=none)] if none else []),
    ]
    return translate(say(", ")).join(map(translate, parts)) + translate(say("."))


def _silent_quantities(results: list[Result], assessment: Assessment) -> list[Result]:
    """Return the task quantities if none of them is reported: one sentence is better than a page of dashes."""
    quantities = [result for result in results if result.indicator.no is None]
    if len(quantities) == len(results) or any(result.verdict is not Verdict.UNREPORTED for result in quantities):
        return []
    return quantities if assessment.plan.tasks else []


def _tallies(inside: list[Result], translate: Translator) -> Iterable[Paragraph]:
    parts = list(part_tallies(inside, translate))
    yield from parts
    yield tally_line(tally(inside), translate, translate(say("All")) if parts else "")
