"""Compose the report of `czurban compare`: what is new, revised, withdrawn and flipped, and why."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from czurban.model.assessment import Assessment, Verdict
from czurban.model.finding import mark, say
from czurban.model.over_time.changes import (
    Cause,
    ChangeKind,
    Changes,
    EarlierRevision,
    FigureChange,
    PlanChange,
    PlanPart,
    Side,
)
from czurban.model.over_time.pace import KEEPING, LAGGING, PaceStatus
from czurban.model.text import exact, fixed
from czurban.reporting.document import Block, Document, Heading, Json, Paragraph, TableCell, Tone
from czurban.reporting.documents.records import FORMAT, plan_record
from czurban.reporting.documents.results import figure_cell, with_unit
from czurban.reporting.labels import KINDS as INDICATOR_KINDS
from czurban.reporting.labels import TONES, VERDICTS
from czurban.reporting.pace.texts import STATUSES
from czurban.reporting.tables import BLANK, TableColumn, figure, plain_table, signed
from czurban.reporting.texts import exact_text, join_sentences
from czurban.words.translator import Translator

KINDS = {
    ChangeKind.NEW: mark("new figure"),
    ChangeKind.USABLE: mark("usable now"),
    ChangeKind.REVISED: mark("revised"),
    ChangeKind.LATER: mark("newer period"),
    ChangeKind.WITHDRAWN: mark("withdrawn or not usable"),
    ChangeKind.SAME: mark("same figure"),
}
DIRECTIONS = {
    "floor": mark("at least the bound"),
    "ceiling": mark("at most the bound"),
    "exact": mark("exactly the bound"),
    "range": mark("between two bounds"),
}
CAUSES = {
    Cause.FIGURE: mark("the figure changed"),
    Cause.TARGET: mark("the target changed"),
    Cause.RULE: mark("the rule changed"),
    Cause.TIME: mark("time has passed"),
    Cause.TOGETHER: mark("several changes together"),
}
PARTS = {
    PlanPart.ADDED: mark("added"),
    PlanPart.REMOVED: mark("removed"),
    PlanPart.NAME: mark("name"),
    PlanPart.TARGET: mark("target"),
    PlanPart.DIRECTION: mark("direction"),
    PlanPart.DEADLINE: mark("deadline"),
    PlanPart.BASELINE: mark("baseline"),
    PlanPart.UNIT: mark("unit"),
    PlanPart.KIND: mark("kind"),
    PlanPart.FORMULA: mark("formula"),
    PlanPart.PATH: mark("path"),
    PlanPart.LEAD: mark("lead"),
}


def _name(change: FigureChange | EarlierRevision | PlanChange, _: Translator) -> str:
    return with_unit(change.indicator)


def _figure(side: Side | None) -> TableCell:
    return figure_cell(side.result) if side else TableCell(BLANK)


def _size(change: FigureChange, _: Translator) -> TableCell:
    return _difference(change.difference, change.before.result.actual if change.before else None)


def _difference(difference: Fraction | None, before: Fraction | None) -> TableCell:
    """Write a difference, and its share of the figure before where that is above zero."""
    if difference is None:
        return TableCell(BLANK)
    share = f" ({signed(Fraction(fixed(difference / before * 100, 1)))}%)" if before and before > 0 else ""
    return TableCell(signed(difference) + share, value=difference)


def status_text(status: Verdict | PaceStatus | None, translate: Translator) -> str:
    """Return a verdict or a pace as a word; a dash where the plan has no such indicator."""
    if status is None:
        return BLANK
    return translate(STATUSES[status] if isinstance(status, PaceStatus) else VERDICTS[status])


def _status(side: Side | None, translate: Translator) -> TableCell:
    status = side.status if side else None
    return TableCell(status_text(status, translate), _tone(status))


def _tone(status: Verdict | PaceStatus | None) -> Tone:
    if isinstance(status, PaceStatus):
        return Tone.GOOD if status in KEEPING else Tone.BAD if status in LAGGING else Tone.QUIET
    return TONES[status] if status else Tone.QUIET


def _why(change: FigureChange, translate: Translator) -> str:
    return translate(say("; ")).join(translate(CAUSES[cause]) for cause in change.causes) or BLANK


_FLIPS = (
    TableColumn[FigureChange](say("Indicator"), _name, main=True),
    TableColumn[FigureChange](say("Before"), lambda change, _: _figure(change.before), number=True, fold=3),
    TableColumn[FigureChange](say("After"), lambda change, _: _figure(change.after), number=True, fold=3),
    TableColumn[FigureChange](
        say("Was"), lambda change, translate: TableCell(_status(change.before, translate).text, Tone.QUIET)
    ),  # the colour of a row is that of what it is now
    TableColumn[FigureChange](say("Is now"), lambda change, translate: _status(change.after, translate)),
    TableColumn[FigureChange](say("Because"), _why, fold=1),
)
_FIGURES = (
    TableColumn[FigureChange](say("Indicator"), _name, main=True),
    TableColumn[FigureChange](say("Before"), lambda change, _: _figure(change.before), number=True),
    TableColumn[FigureChange](say("After"), lambda change, _: _figure(change.after), number=True),
    TableColumn[FigureChange](say("Difference"), _size, number=True),
    TableColumn[FigureChange](say("Is now"), lambda change, translate: _status(change.after, translate)),
    TableColumn[FigureChange](say("Lead"), lambda change, translate: translate.join(change.indicator.leads), fold=1),
)
_EARLIER = (
    TableColumn[EarlierRevision](say("Indicator"), _name, main=True),
    TableColumn[EarlierRevision](say("Period"), lambda change, _: str(change.period)),
    TableColumn[EarlierRevision](
        say("Before"), lambda each, _: TableCell(figure(each.before), value=each.before), number=True
    ),
    TableColumn[EarlierRevision](
        say("After"), lambda each, _: TableCell(figure(each.after), value=each.after), number=True
    ),
    TableColumn[EarlierRevision](
        say("Difference"), lambda change, _: _difference(change.after - change.before, change.before), number=True
    ),
)
_PLAN = (
    TableColumn[PlanChange](say("Indicator"), _name, main=True),
    TableColumn[PlanChange](say("What"), lambda change, translate: translate(PARTS[change.part])),
    TableColumn[PlanChange](say("Before"), lambda change, translate: _part_text(change.part, change.before, translate)),
    TableColumn[PlanChange](say("After"), lambda change, translate: _part_text(change.part, change.after, translate)),
)
_WORDS: Mapping[PlanPart, Mapping[str, str]] = {
    PlanPart.DIRECTION: DIRECTIONS,
    PlanPart.KIND: {str(kind): word for kind, word in INDICATOR_KINDS.items()},
}
"""The parts that are words of the plan's format, with the words of reports for them."""


def _part_text(part: PlanPart, written: str, translate: Translator) -> str:
    words = _WORDS.get(part, {})
    return translate(words[written]) if written in words else written or BLANK


_LISTED = (ChangeKind.NEW, ChangeKind.USABLE, ChangeKind.REVISED, ChangeKind.WITHDRAWN, ChangeKind.LATER)


def changes_report(comparison: Changes, translate: Translator) -> Document:
    """Compose the report of what changed."""
    blocks: list[Block] = [
        Heading(comparison.after.plan.title),
        Paragraph(_compared(comparison, translate), Tone.QUIET),
        Paragraph(_summary(comparison, translate)),
    ]
    if comparison.plan:
        blocks += [Heading(translate(say("The plan")), 2), plain_table(_PLAN, comparison.plan, translate)]
    blocks += _of_figures(comparison, translate)
    rows = list(_rows(comparison))
    return Document(tuple(blocks), lambda: _record(comparison), lambda: rows, language=translate.language)


def _compared(comparison: Changes, translate: Translator) -> str:
    """Name what is compared: each side by its files and its judged period, or by its plan."""
    sides = (comparison.before, comparison.after)
    before, after = (_side(side, translate) if comparison.with_figures else side.plan.source for side in sides)
    return translate(say("Before: {before}. After: {after}."), before=before, after=after)


def _side(side: Assessment, translate: Translator) -> str:
    files = [sent.file for sent in side.submissions]
    named = translate.join(files) if len(files) <= 2 else translate(say("{count} files"), count=len(files))  # noqa: PLR2004
    return translate(say("{files}, {period}, plan {plan}"), files=named, period=side.period, plan=side.plan.source)


def _summary(comparison: Changes, translate: Translator) -> str:
    sentences = []
    if comparison.with_figures:
        counts = {str(kind): sum(change.kind is kind for change in comparison.figures) for kind in ChangeKind}
        text = say(
            "Figures: {new} new, {usable} usable now, {revised} revised, {withdrawn} withdrawn, {later} newer, "
            "{same} the same."
        )
        flips = say("Changed verdicts and paces of what was sent both times: {count}.")
        flipped = sum(change.is_flipped for change in comparison.figures)
        sentences += [translate(text, **counts), translate(flips, count=flipped)]
    if comparison.plan or not comparison.with_figures:
        sentences.append(translate(say("Changes of the plan: {count}."), count=len(comparison.plan)))
    return join_sentences(sentences, translate)


def _of_figures(comparison: Changes, translate: Translator) -> Iterator[Block]:
    flips = [change for change in comparison.figures if change.is_flipped]
    if flips:
        title = say("Changed verdicts and paces of what was sent both times ({count})")
        yield Heading(translate(title, count=len(flips)), 2)
        yield plain_table(_FLIPS, flips, translate)
    for kind in _LISTED:
        changed = [change for change in comparison.figures if change.kind is kind]
        if changed:
            yield Heading(translate(say("{kind} ({count})"), kind=translate(KINDS[kind]), count=len(changed)), 2)
            yield plain_table(_FIGURES, changed, translate)
    if comparison.earlier:
        count = len(comparison.earlier)
        yield Heading(translate(say("Figures of earlier periods that were revised ({count})"), count=count), 2)
        yield plain_table(_EARLIER, comparison.earlier, translate)


def _record(comparison: Changes) -> dict[str, Json]:
    return {
        "format": FORMAT,
        "before": _assessment_record(comparison.before),
        "after": _assessment_record(comparison.after),
        "figures": list(_rows(comparison)),
        "earlier": [
            {
                "id": change.indicator.id,
                "period": str(change.period),
                "before": exact(change.before),
                "after": exact(change.after),
            }
            for change in comparison.earlier
        ],
        "plan": [
            {"id": change.indicator.id, "part": str(change.part), "before": change.before, "after": change.after}
            for change in comparison.plan
        ],
    }


def _assessment_record(assessment: Assessment) -> Mapping[str, Json]:
    files = [sent.file for sent in assessment.submissions]
    return {"plan": plan_record(assessment.plan), "period": str(assessment.period), "files": files}


def _rows(comparison: Changes) -> Iterator[Mapping[str, Json]]:
    for change in comparison.figures:
        old, new = change.before, change.after
        yield {
            "id": change.indicator.id,
            "name": change.indicator.name,
            "unit": change.indicator.unit.name,
            "kind": str(change.kind),
            "before": exact_text(old.result.actual) if old else None,
            "after": exact_text(new.result.actual) if new else None,
            "difference": exact_text(change.difference),
            "was": str(old.status) if old else None,
            "is_now": str(new.status) if new else None,
            "causes": [str(cause) for cause in change.causes],
        }
