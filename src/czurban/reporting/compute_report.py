"""The report of `czurban compute`: every formula with its working, what it gives, and what stands beside it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from czurban.model.assessment import Assessment
from czurban.model.derived import Derived
from czurban.model.finding import Finding
from czurban.model.message import say
from czurban.model.plan import Plan
from czurban.reporting.check_report import head
from czurban.reporting.derived_record import column_row, derived_record, figure_row
from czurban.reporting.derived_words import formula_words, input_text, outcome_of
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
from czurban.reporting.findings_table import findings_table
from czurban.reporting.labels import number_of
from czurban.reporting.records import FORMAT, finding_record, plan_record
from czurban.reporting.results_table import BLANK
from czurban.words.speaker import Speaker

Rows = Callable[[], Sequence[Mapping[str, Json]]]


def figures_report(
    assessment: Assessment, shown: Sequence[Derived], findings: Sequence[Finding], digits: int, speak: Speaker
) -> Document:
    """What formulas give by the figures that were sent.

    Args:
        assessment: the judged plan.
        shown: what the formulas give.
        findings: what was found about those.
        digits: how many decimals a value has in a table of figures where its own never end.
        speak: the reader's language.
    """
    body = _blocks(assessment.plan, {"": shown}, speak(say("As sent")), findings, speak)
    blocks = (*head(assessment, speak), *body)
    rows = _table_rows(shown, lambda one: figure_row(one, assessment.plan, digits, speak))
    return _document(assessment.plan, blocks, shown, findings, rows, speak)


def columns_report(
    plan: Plan, columns: Mapping[str, Sequence[Derived]], findings: Sequence[Finding], speak: Speaker
) -> Document:
    """What formulas give by the plan's own printed figures, column by column, against what it prints for them."""
    sentence = speak(say("The plan's printed figures, recomputed by its formulas. Plan: {source}."), source=plan.source)
    blocks = (
        Heading(plan.title),
        Paragraph(sentence, Tone.QUIET),
        *_blocks(plan, columns, speak(say("Printed")), findings, speak),
    )
    shown = [one for members in columns.values() for one in members]
    return _document(plan, blocks, shown, findings, _table_rows(shown, column_row), speak)


def _table_rows(shown: Sequence[Derived], row: Callable[[Derived], dict[str, Json]]) -> Rows:
    return lambda: [row(one) for one in shown]


def _document(  # noqa: PLR0913, PLR0917 - the parts of a document
    plan: Plan,
    blocks: tuple[Block, ...],
    shown: Sequence[Derived],
    findings: Sequence[Finding],
    rows: Rows,
    speak: Speaker,
) -> Document:
    def record() -> dict[str, Json]:
        return {
            "format": FORMAT,
            "plan": plan_record(plan),
            "derived": [derived_record(one) for one in shown],
            "findings": [finding_record(one, speak) for one in findings],
        }

    return Document(blocks, record, rows, language=speak.language)


def _blocks(
    plan: Plan, columns: Mapping[str, Sequence[Derived]], beside: str, findings: Sequence[Finding], speak: Speaker
) -> Iterable[Block]:
    if not any(columns.values()):
        yield Paragraph(speak(say("Nothing to list.")), Tone.QUIET)
        return
    groups = (Group(title, tuple(_row(one, speak) for one in members)) for title, members in columns.items())
    yield Table(_columns(beside, speak), tuple(groups), speak(say("Column")))
    title = speak(say("Reckoned from"))
    yield Heading(title, 2, sheet=title)
    items = {name: tuple(_item(one, plan, speak) for one in members) for name, members in columns.items()}
    yield Items(tuple(one for name, below in items.items() for one in ((Item(name, below),) if name else below)))
    if findings:
        title = speak(say("What was found ({count})"), count=len(findings))
        yield Heading(title, 2, sheet=speak(say("Findings")))
        yield findings_table(findings, speak)


def _item(one: Derived, plan: Plan, speak: Speaker) -> Item:
    """One formula with each figure it takes, and where that stands."""
    told = (input_text(each) for each in one.inputs)
    below = tuple(Item(each if isinstance(each, str) else speak(each)) for each in told)
    place = f" ({one.formula.place})" if one.formula.place else ""
    return Item(f"{one.indicator.name} = {formula_words(one.formula, plan, speak)}{place}", below)


def _columns(beside: str, speak: Speaker) -> tuple[Column, ...]:
    return (
        Column(speak(say("No.")), number=True),
        Column(speak(say("Indicator")), main=True),
        Column(speak(say("Working")), fold=1),
        Column(speak(say("Derived")), number=True),
        Column(beside, number=True),
        Column(speak(say("Outcome")), fold=2),
    )


def _row(one: Derived, speak: Speaker) -> tuple[Cell, ...]:
    outcome, tone = outcome_of(one)
    return (
        Cell(number_of(one.indicator, speak)),
        Cell(f"{one.indicator.name}（{one.indicator.unit.name}）", anchor=one.indicator.id),
        Cell(one.sum),
        Cell(one.shown or BLANK, tone, one.value),
        Cell(one.beside.text if one.beside else BLANK, value=one.beside.value if one.beside else None),
        Cell(speak(outcome), tone),
    )
