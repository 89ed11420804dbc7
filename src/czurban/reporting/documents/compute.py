"""The report of `czurban compute`: every formula with its working, what it gives, and what stands beside it.

What formulas give for machines: the whole reckoning, and rows of figures that `czurban check` reads back.

The words for what formulas give: how it stands beside what was sent or printed, and why there may be nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from czurban.model.assessment import Assessment
from czurban.model.derived import Derived, Failure, FigureSource, Input, Lack, working_text
from czurban.model.finding import Finding, Message, say
from czurban.model.formula import Formula, Term
from czurban.model.plan import Plan
from czurban.model.text import exact, fixed
from czurban.reporting.document import (
    Block,
    Column,
    Document,
    DocumentTable,
    Heading,
    Item,
    Items,
    Json,
    Paragraph,
    RowGroup,
    TableCell,
    Tone,
)
from czurban.reporting.documents.check import head
from czurban.reporting.documents.findings import findings_table
from czurban.reporting.documents.records import FORMAT, finding_record, plan_record
from czurban.reporting.labels import number_of
from czurban.reporting.tables import BLANK
from czurban.words.translator import Translator

_MOST = 60
_LONGEST = 40


def derived_record(one: Derived) -> dict[str, Json]:
    """One formula's reckoning; values are exact, in the indicator's unit."""
    return {
        "id": one.indicator.id,
        "no": one.indicator.no,
        "name": one.indicator.name,
        "unit": one.indicator.unit.name,
        "period": str(one.period) if one.period else None,
        "formula": one.formula.text,
        "formula_at": str(one.formula.place) if one.formula.place else None,
        "missing_policy": str(one.formula.missing),
        "rounding": one.formula.rounding,
        "value": None if one.value is None else exact(one.value),
        "unrounded": None if one.exact is None else exact(one.exact),
        "approximate": one.approximate,
        "partial": one.partial,
        "failure": str(one.failure) if one.failure else None,
        "working": one.sum,
        "inputs": [input_record(each) for each in one.inputs],
        "missing": [each.indicator.id for each in one.missing],
        "beside": input_record(one.stated) if one.stated else None,
        "agrees": one.agrees,
    }


def input_record(one: Input) -> dict[str, Json]:
    """One figure that a formula takes; its value is exact, in its indicator's unit."""
    return {
        "id": one.indicator.id,
        "name": one.indicator.name,
        "period": str(one.term.period) if one.term.period else None,
        "at_baseline": one.term.at_baseline,
        "source": str(one.source),
        "value": None if one.value is None else exact(one.value),
        "unit": one.indicator.unit.name,
        "written": one.text if one.value is not None else None,
        "approximate": one.approximate,
        "lack": str(one.lack) if one.lack else None,
        "place": str(one.place) if one.place else None,
    }


def figure_row(one: Derived, plan: Plan, digits: int, translate: Translator) -> dict[str, Json]:
    """One derived figure as a row that can be sent; what was sent already, or is only a part, has no value in it."""
    value, remark = "", ""
    if one.usable and one.stated is None:
        value, remark = _written(one, digits, translate)
    elif one.partial:
        names = "、".join(each.indicator.name for each in one.missing)
        remark = translate(say("a part alone; missing: {names}"), names=names)
    elif one.stated is not None:
        remark = translate(say("sent as {text}"), text=one.stated.text)
    return {
        "id": one.indicator.id,
        "indicator": one.indicator.name,
        "region": plan.region,
        "period": str(one.period),
        "value": value or "—",
        "unit": one.indicator.unit.name,
        "note": translate(say("; ")).join(part for part in (one.sum, remark) if part),
    }


def _written(one: Derived, digits: int, translate: Translator) -> tuple[str, str]:
    """A value in decimals. One that never ends is cut to so many, or more where fewer would turn its verdict.

    So is one that ends only where no cell that is read back may reach.
    """
    value = one.value
    assert value is not None  # noqa: S101 - the caller has looked
    about, text = "约" if one.approximate else "", exact(value)
    if "/" not in text and len(text) <= _LONGEST:
        return about + text, ""
    target = one.indicator.target.interval
    near = (fixed(value, places) for places in range(digits, _MOST))
    cut = next((each for each in near if (Fraction(each) in target) == (value in target)), fixed(value, _MOST))
    places = len(cut.partition(".")[2])
    return about + cut, translate(say("rounded to {places} decimals; exactly {value}"), places=places, value=text)


def column_row(one: Derived) -> dict[str, Json]:
    """One figure reckoned from a printed column; nothing that could be taken for a reported value."""
    return {
        "id": one.indicator.id,
        "indicator": one.indicator.name,
        "period": str(one.period) if one.period else "",
        "recomputed": "" if one.value is None else exact(one.value),
        "printed": one.stated.text if one.stated else "",
        "agrees": one.agrees,
        "unit": one.indicator.unit.name,
        "working": one.sum,
    }


_FAILURES = {
    Failure.ZERO: say("not derived: it divides by zero"),
    Failure.LONG: say("not derived: more digits than can be written down"),
    Failure.MIXED: say("not derived: the units do not fit"),
    Failure.BACKWARD: say("not derived: it takes figures of an earlier time"),
    Failure.IMPOSSIBLE: say("not used: no such quantity can be that"),
}


def outcome_of(one: Derived) -> tuple[Message, Tone]:
    """What came of a formula, in a few words."""
    names = "、".join(dict.fromkeys(each.indicator.name for each in one.missing))
    if one.partial:
        return say("a part alone; missing: {names}", names=names), Tone.DOUBT
    if one.failure in (Failure.MISSING, Failure.UNUSABLE):
        unusable = any(each.lack is Lack.UNUSABLE for each in one.missing)
        text = say("not derived; cannot be used: {names}") if unusable else say("not derived; missing: {names}")
        return Message(text.text, {"names": names}), Tone.DOUBT
    if one.failure:
        return _FAILURES[one.failure], Tone.DOUBT
    return _agreement(one)


def _agreement(one: Derived) -> tuple[Message, Tone]:
    if one.stated is None:
        return say("derived"), Tone.PLAIN
    if one.agrees is None:
        about = one.approximate or one.stated.approximate
        text = say("cannot be compared: a figure is approximate") if about else say("rounding leaves it open")
        return text, Tone.DOUBT
    if one.agrees:
        return say("agrees with {text}", text=one.stated.text), Tone.GOOD
    return say("contradicts {text}", text=one.stated.text), Tone.BAD


def input_text(one: Input) -> Message | str:
    """One input with where it stands: 城镇常住人口 1390200人 (f.csv:2:8)."""
    values = {"name": one.indicator.name, "time": time_of(one), "text": one.text, "place": one.place}
    if one.value is None:
        return _lack(one, values)
    if one.place is None:
        return say("{name}{time}: {text}", **values)
    return say("{name}{time}: {text} ({place})", **values)


def _lack(one: Input, values: Mapping[str, object]) -> Message:
    """Why a figure is not there."""
    if one.lack is not Lack.UNUSABLE:
        return say("{name}{time}: missing", **values)
    if one.place is None:
        return say("{name}{time}: cannot be used", **values)
    return say("{name}{time}: cannot be used ({place})", **values)


def time_of(one: Input) -> Message | str:
    """Which time an input is of, where that is not the one judged; or that it is derived itself."""
    return say(" (derived)") if one.source is FigureSource.DERIVED else _time(one.term)


def _time(term: Term) -> Message | str:
    if term.period is not None:
        return say(" of {period}", period=term.period)
    return say(" (baseline)") if term.at_baseline else ""


def formula_words(formula: Formula, plan: Plan, translate: Translator) -> str:
    """A formula with names in place of ids: 城镇建设用地面积 ÷ 城镇常住人口."""

    def name(term: Term) -> str:
        time = _time(term)
        return plan.by_id[term.indicator].name + (time if isinstance(time, str) else translate(time))

    return working_text(formula.expression, name)


Rows = Callable[[], Sequence[Mapping[str, Json]]]


def figures_report(
    assessment: Assessment, shown: Sequence[Derived], findings: Sequence[Finding], digits: int, translate: Translator
) -> Document:
    """What formulas give by the figures that were sent.

    Args:
        assessment: the judged plan.
        shown: what the formulas give.
        findings: what was found about those.
        digits: how many decimals a value has in a table of figures where its own never end.
        translate: the reader's language.
    """
    body = _blocks(assessment.plan, {"": shown}, translate(say("As sent")), findings, translate)
    blocks = (*head(assessment, translate), *body)
    rows = _table_rows(shown, lambda one: figure_row(one, assessment.plan, digits, translate))
    return _document(assessment.plan, blocks, shown, findings, rows, translate)


def columns_report(
    plan: Plan, columns: Mapping[str, Sequence[Derived]], findings: Sequence[Finding], translate: Translator
) -> Document:
    """What formulas give by the plan's own printed figures, column by column, against what it prints for them."""
    sentence = translate(
        say("The plan's printed figures, recomputed by its formulas. Plan: {source}."), source=plan.source
    )
    blocks = (
        Heading(plan.title),
        Paragraph(sentence, Tone.QUIET),
        *_blocks(plan, columns, translate(say("Printed")), findings, translate),
    )
    shown = [one for members in columns.values() for one in members]
    return _document(plan, blocks, shown, findings, _table_rows(shown, column_row), translate)


def _table_rows(shown: Sequence[Derived], row: Callable[[Derived], dict[str, Json]]) -> Rows:
    return lambda: [row(one) for one in shown]


def _document(  # noqa: PLR0913, PLR0917 - the parts of a document
    plan: Plan,
    blocks: tuple[Block, ...],
    shown: Sequence[Derived],
    findings: Sequence[Finding],
    rows: Rows,
    translate: Translator,
) -> Document:
    def record() -> dict[str, Json]:
        return {
            "format": FORMAT,
            "plan": plan_record(plan),
            "derived": [derived_record(one) for one in shown],
            "findings": [finding_record(one, translate) for one in findings],
        }

    return Document(blocks, record, rows, language=translate.language)


def _blocks(
    plan: Plan,
    columns: Mapping[str, Sequence[Derived]],
    beside: str,
    findings: Sequence[Finding],
    translate: Translator,
) -> Iterable[Block]:
    if not any(columns.values()):
        yield Paragraph(translate(say("Nothing to list.")), Tone.QUIET)
        return
    groups = (RowGroup(title, tuple(_row(one, translate) for one in members)) for title, members in columns.items())
    yield DocumentTable(_columns(beside, translate), tuple(groups), translate(say("Column")))
    title = translate(say("Reckoned from"))
    yield Heading(title, 2, sheet=title)
    items = {name: tuple(_item(one, plan, translate) for one in members) for name, members in columns.items()}
    yield Items(tuple(one for name, below in items.items() for one in ((Item(name, below),) if name else below)))
    if findings:
        title = translate(say("What was found ({count})"), count=len(findings))
        yield Heading(title, 2, sheet=translate(say("Findings")))
        yield findings_table(findings, translate)


def _item(one: Derived, plan: Plan, translate: Translator) -> Item:
    """One formula with each figure it takes, and where that stands."""
    told = (input_text(each) for each in one.inputs)
    below = tuple(Item(each if isinstance(each, str) else translate(each)) for each in told)
    place = f" ({one.formula.place})" if one.formula.place else ""
    return Item(f"{one.indicator.name} = {formula_words(one.formula, plan, translate)}{place}", below)


def _columns(beside: str, translate: Translator) -> tuple[Column, ...]:
    return (
        Column(translate(say("No.")), number=True),
        Column(translate(say("Indicator")), main=True),
        Column(translate(say("Working")), fold=1),
        Column(translate(say("Derived")), number=True),
        Column(beside, number=True),
        Column(translate(say("Outcome")), fold=2),
    )


def _row(one: Derived, translate: Translator) -> tuple[TableCell, ...]:
    outcome, tone = outcome_of(one)
    return (
        TableCell(number_of(one.indicator, translate)),
        TableCell(f"{one.indicator.name}（{one.indicator.unit.name}）", anchor=one.indicator.id),
        TableCell(one.sum),
        TableCell(one.shown or BLANK, tone, one.value),
        TableCell(one.stated.text if one.stated else BLANK, value=one.stated.value if one.stated else None),
        TableCell(translate(outcome), tone),
    )
