"""Who has sent what, when, how complete it is, and what has changed since an earlier time."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from czurban.model.assessment import Assessment
from czurban.model.message import mark, say
from czurban.model.standing import Change, Standing, State
from czurban.reporting.changes_table import change_record, changes_table
from czurban.reporting.document import (
    Block,
    Cell,
    Column,
    Document,
    Group,
    Heading,
    Item,
    Items,
    Json,
    Paragraph,
    Table,
    Tone,
)
from czurban.reporting.form_words import spell_period
from czurban.reporting.records import FORMAT, plan_record
from czurban.reporting.results_table import BLANK
from czurban.words.speaker import Speaker

STATES = {
    State.COMPLETE: (mark("complete"), Tone.GOOD),
    State.PARTIAL: (mark("in part"), Tone.DOUBT),
    State.EMPTY: (mark("sent empty"), Tone.DOUBT),
    State.REFUSED: (mark("sent, not usable"), Tone.BAD),
    State.SILENT: (mark("not sent"), Tone.BAD),
}


def status_report(
    assessment: Assessment,
    standings: Sequence[Standing],
    when: Mapping[str, str],
    speak: Speaker,
    changes: Sequence[Change] | None = None,
) -> Document:
    """Compose the report.

    Args:
        assessment: everything that was sent, judged.
        standings: how each department stands.
        when: the time of each file that lies there, read or not, as it shall be printed.
        speak: the reader's language.
        changes: what differs from an earlier time; None where none is compared.
    """
    blocks: list[Block] = [
        Heading(assessment.plan.title),
        _sentence(assessment, standings, speak),
        _table(standings, when, speak),
    ]
    if changes is not None:
        blocks.append(Heading(speak(say("What has changed ({count})"), count=len(changes)), 2))
        blocks.append(changes_table(changes, speak) if changes else Paragraph(speak(say("None.")), Tone.QUIET))
    strangers = _unattributed(standings, when)
    blocks += _strangers(strangers, speak)
    rows: list[dict[str, Json]] = [_record(one, when) for one in standings]
    record: dict[str, Json] = {
        "format": FORMAT,
        "plan": plan_record(assessment.plan),
        "period": str(assessment.period),
        "departments": rows,
        "changes": None if changes is None else [change_record(one) for one in changes],
        "unattributed": strangers,
    }
    return Document(tuple(blocks), lambda: record, lambda: rows)


def _sentence(assessment: Assessment, standings: Sequence[Standing], speak: Speaker) -> Paragraph:
    sentence = say("{period}: {sent} of {total} departments have sent something; {complete} are complete.")
    complete = sum(one.state is State.COMPLETE for one in standings)
    sent = sum(bool(one.files) for one in standings)
    return Paragraph(
        speak(
            sentence, period=spell_period(assessment.period, speak), sent=sent, total=len(standings), complete=complete
        )
    )


def _table(standings: Sequence[Standing], when: Mapping[str, str], speak: Speaker) -> Table:
    columns = (
        Column(speak(say("Department")), main=True),
        Column(speak(say("State"))),
        Column(speak(say("Indicators")), number=True),
        Column(speak(say("Reported")), number=True),
        Column(speak(say("Unreadable")), number=True),
        Column(speak(say("Missing")), number=True),
        Column(speak(say("Milestones")), number=True),
        Column(speak(say("With a stage")), number=True),
        Column(speak(say("Findings")), number=True, fold=1),
        Column(speak(say("Sent")), fold=3),
        Column(speak(say("File")), fold=2),
    )
    return Table(columns, (Group("", tuple(_row(one, when, speak) for one in standings)),))


def _row(one: Standing, when: Mapping[str, str], speak: Speaker) -> tuple[Cell, ...]:
    word, tone = STATES[one.state]
    return (
        Cell(one.office.name),
        Cell(speak(word), tone),
        *(_count(number) for number in _counts(one)),
        Cell("、".join(when[file] for file in one.files) or BLANK),
        Cell("、".join(one.files) or BLANK),
    )


def _counts(one: Standing) -> tuple[int, ...]:
    reported = len(one.results) - len(one.missing) - len(one.unreadable)
    staged = len(one.milestones) - len(one.unstaged)
    return (
        len(one.results),
        reported,
        len(one.unreadable),
        len(one.missing),
        len(one.milestones),
        staged,
        one.findings,
    )


def _count(number: int) -> Cell:
    return Cell(str(number), value=Fraction(number))


def _unattributed(standings: Sequence[Standing], when: Mapping[str, str]) -> list[str]:
    known = {file for one in standings for file in one.files}
    return [file for file in when if file not in known]


def _strangers(files: Sequence[str], speak: Speaker) -> Iterable[Block]:
    if files:
        yield Heading(speak(say("Files that name no department or are no tables ({count})"), count=len(files)), 2)
        yield Items(tuple(Item(file) for file in files))


def _record(one: Standing, when: Mapping[str, str]) -> dict[str, Json]:
    asked, reported, unreadable, missing, milestones, staged, findings = _counts(one)
    return {
        "department": one.office.name,
        "state": str(one.state),
        "indicators": asked,
        "reported": reported,
        "unreadable": unreadable,
        "missing": missing,
        "milestones": milestones,
        "staged": staged,
        "findings": findings,
        "sent": [when[file] for file in one.files],
        "files": list(one.files),
        "missing_indicators": [result.indicator.id for result in one.missing],
        "unreadable_indicators": [result.indicator.id for result in one.unreadable],
        "missing_milestones": [f"{task.no} {milestone.name}" for task, milestone in one.unstaged],
    }
