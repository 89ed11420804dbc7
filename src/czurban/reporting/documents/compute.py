"""Compose the report of `czurban compute`: every formula with its working, its result and the stated value."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from czurban.model.assessment import Assessment
from czurban.model.finding import Finding, Message, say
from czurban.model.formulas.derived import Derived, FigureSource, Input, Lack, working_text
from czurban.model.formulas.formula import Failure, Formula, Term
from czurban.model.plan import Plan
from czurban.model.text import exact, fixed
from czurban.reporting.document import Block, Document, Heading, Item, Items, Json, Paragraph, TableCell, Tone
from czurban.reporting.documents.check import head
from czurban.reporting.documents.findings import findings_table
from czurban.reporting.documents.records import finding_record, head_record
from czurban.reporting.documents.results import name_cell
from czurban.reporting.tables import BLANK, TableColumn, grouped_table, number_of
from czurban.reporting.texts import exact_text
from czurban.words.translator import Translator

_MOST_DECIMALS = 60
_LONGEST = 40


def derived_record(derived: Derived) -> dict[str, Json]:
    """Make the record of a formula's result; values are exact, in the indicator's unit."""
    indicator, formula = derived.indicator, derived.formula
    return {
        "id": indicator.id,
        "no": indicator.no,
        "name": indicator.name,
        "unit": indicator.unit.name,
        "period": str(derived.period) if derived.period else None,
        "formula": formula.text,
        "formula_at": str(formula.place) if formula.place else None,
        "missing_policy": str(formula.missing),
        "rounding": formula.rounding,
        "value": exact_text(derived.value),
        "unrounded": exact_text(derived.exact),
        "approximate": derived.approximate,
        "partial": derived.partial,
        "failure": str(derived.failure) if derived.failure else None,
        "working": derived.sum,
        "inputs": [input_record(each) for each in derived.inputs],
        "missing": [each.indicator.id for each in derived.missing],
        "beside": input_record(derived.stated) if derived.stated else None,
        "agrees": derived.agrees,
    }


def input_record(given: Input) -> dict[str, Json]:
    """Make the record of a formula's input; its value is exact, in its indicator's unit."""
    return {
        "id": given.indicator.id,
        "name": given.indicator.name,
        "period": str(given.term.period) if given.term.period else None,
        "at_baseline": given.term.at_baseline,
        "source": str(given.source),
        "value": exact_text(given.value),
        "unit": given.indicator.unit.name,
        "written": given.text if given.value is not None else None,
        "approximate": given.approximate,
        "lack": str(given.lack) if given.lack else None,
        "place": str(given.place) if given.place else None,
    }


def figure_row(derived: Derived, plan: Plan, digits: int, translate: Translator) -> dict[str, Json]:
    """Make a row that can be sent; its value is empty if a value was sent already or the result is only a part."""
    value, remark = "", ""
    if derived.usable and derived.stated is None:
        value, remark = _written(derived, digits, translate)
    elif derived.partial:
        remark = translate(outcome_of(derived)[0])
    elif derived.stated is not None:
        remark = translate(say("sent as {text}"), text=derived.stated.text)
    return {
        "id": derived.indicator.id,
        "indicator": derived.indicator.name,
        "region": plan.region,
        "period": str(derived.period),
        "value": value or BLANK,
        "unit": derived.indicator.unit.name,
        "note": translate(say("; ")).join(part for part in (derived.sum, remark) if part),
    }


def _written(derived: Derived, digits: int, translate: Translator) -> tuple[str, str]:
    """Write a value in decimals, with a remark if it is rounded.

    A value without a last decimal, or too long for a cell that is read, is rounded to `digits` decimals, or to more
    where fewer would put it on the other side of its target.
    """
    value = derived.value
    assert value is not None  # noqa: S101 - a usable result has a value
    about, text = "约" if derived.approximate else "", exact(value)
    if "/" not in text and len(text) <= _LONGEST:
        return about + text, ""
    target = derived.indicator.target.interval
    candidates = (fixed(value, places) for places in range(digits, _MOST_DECIMALS))
    same_side = (each for each in candidates if (Fraction(each) in target) == (value in target))
    rounded = next(same_side, fixed(value, _MOST_DECIMALS))
    places = len(rounded.partition(".")[2])
    return about + rounded, translate(say("rounded to {places} decimals; exactly {value}"), places=places, value=text)


def column_row(derived: Derived) -> dict[str, Json]:
    """Make a row of a figure recomputed from a printed column; none of its columns is read as a reported value."""
    return {
        "id": derived.indicator.id,
        "indicator": derived.indicator.name,
        "period": str(derived.period) if derived.period else "",
        "recomputed": exact_text(derived.value) or "",
        "printed": derived.stated.text if derived.stated else "",
        "agrees": derived.agrees,
        "unit": derived.indicator.unit.name,
        "working": derived.sum,
    }


_Columns = Mapping[str, Sequence[Derived]]
"""The results of formulas by the names of the plan's columns, or by an empty name for figures that were sent."""
_FAILURES = {
    Failure.ZERO: say("not derived: division by zero"),
    Failure.LONG: say("not derived: the result has too many digits"),
    Failure.MIXED: say("not derived: the units do not fit"),
    Failure.BACKWARD: say("not derived: it takes figures of an earlier time"),
    Failure.IMPOSSIBLE: say("not used: the quantity cannot have this value"),
}


def outcome_of(derived: Derived) -> tuple[Message, Tone]:
    """Return the outcome of a formula in a few words, with its tone."""
    names = tuple(dict.fromkeys(each.indicator.name for each in derived.missing))
    if derived.partial:
        return say("only a part; missing: {names}", names=names), Tone.DOUBT
    if derived.failure in (Failure.MISSING, Failure.UNUSABLE):
        unusable = any(each.lack is Lack.UNUSABLE for each in derived.missing)
        text = say("not derived; cannot be used: {names}") if unusable else say("not derived; missing: {names}")
        return Message(text.text, {"names": names}), Tone.DOUBT
    if derived.failure:
        return _FAILURES[derived.failure], Tone.DOUBT
    return _agreement(derived)


def _agreement(derived: Derived) -> tuple[Message, Tone]:
    if derived.stated is None:
        return say("derived"), Tone.PLAIN
    if derived.agrees is None:
        about = derived.approximate or derived.stated.approximate
        text = say("cannot be compared: a figure is approximate") if about else say("rounding leaves it open")
        return text, Tone.DOUBT
    if derived.agrees:
        return say("agrees with {text}", text=derived.stated.text), Tone.GOOD
    return say("contradicts {text}", text=derived.stated.text), Tone.BAD


def _input_text(given: Input) -> Message:
    """Write an input with its place: 城镇常住人口: 1390200人 (f.csv:2:8)."""
    values = {"name": given.indicator.name, "time": time_of(given), "text": given.text, "place": given.place}
    text = say("{name}{time}: missing")
    if given.value is not None:
        text = say("{name}{time}: {text} ({place})") if given.place else say("{name}{time}: {text}")
    elif given.lack is Lack.UNUSABLE:
        text = say("{name}{time}: cannot be used ({place})") if given.place else say("{name}{time}: cannot be used")
    return Message(text.text, values)


def time_of(given: Input) -> Message | str:
    """Return the time of an input if it is not the judged one, or that the input is derived itself."""
    return say(" (derived)") if given.source is FigureSource.DERIVED else _time(given.term)


def _time(term: Term) -> Message | str:
    if term.period is not None:
        return say(" of {period}", period=term.period)
    return say(" (baseline)") if term.at_baseline else ""


def formula_words(formula: Formula, plan: Plan, translate: Translator) -> str:
    """Write a formula with names in place of ids: 城镇建设用地面积 ÷ 城镇常住人口."""

    def name(term: Term) -> str:
        time = _time(term)
        return plan.by_id[term.indicator].name + (time if isinstance(time, str) else translate(time))

    return working_text(formula.expression, name)


def figures_report(
    assessment: Assessment, shown: Sequence[Derived], findings: Sequence[Finding], digits: int, translate: Translator
) -> Document:
    """Compose the report of formulas computed from the figures that were sent.

    In its rows, which are a table of figures, a value without a last decimal has `digits` decimals.
    """
    plan = assessment.plan
    blocks = (*head(assessment, translate), *_blocks(plan, {"": shown}, say("As sent"), findings, translate))

    def rows() -> list[dict[str, Json]]:
        return [figure_row(derived, plan, digits, translate) for derived in shown]

    return Document(blocks, _record(plan, shown, findings, translate), rows, language=translate.language)


def columns_report(plan: Plan, columns: _Columns, findings: Sequence[Finding], translate: Translator) -> Document:
    """Compose the report of formulas recomputed from the plan's printed figures, column by column."""
    text = say("The plan's printed figures, recomputed by its formulas. Plan: {source}.", source=plan.source)
    blocks = (
        Heading(plan.title),
        Paragraph(translate(text), Tone.QUIET),
        *_blocks(plan, columns, say("Printed"), findings, translate),
    )
    shown = [derived for members in columns.values() for derived in members]
    record = _record(plan, shown, findings, translate)
    return Document(blocks, record, lambda: [column_row(derived) for derived in shown], language=translate.language)


def _record(
    plan: Plan, shown: Sequence[Derived], findings: Sequence[Finding], translate: Translator
) -> Callable[[], dict[str, Json]]:
    return lambda: {
        **head_record(plan),
        "derived": [derived_record(derived) for derived in shown],
        "findings": [finding_record(finding, translate) for finding in findings],
    }


def _blocks(
    plan: Plan, columns: _Columns, stated: Message, findings: Sequence[Finding], translate: Translator
) -> Iterable[Block]:
    if not any(columns.values()):
        yield Paragraph(translate(say("Nothing to list.")), Tone.QUIET)
        return
    yield grouped_table(_columns(stated), columns.items(), translate, say("Column"))
    title = translate(say("Inputs"))
    yield Heading(title, 2, sheet=title)
    lists = {name: tuple(_item(derived, plan, translate) for derived in members) for name, members in columns.items()}
    yield Items(tuple(item for name, below in lists.items() for item in ((Item(name, below),) if name else below)))
    if findings:
        title = translate(say("Findings ({count})"), count=len(findings))
        yield Heading(title, 2, sheet=translate(say("Findings")))
        yield findings_table(findings, translate)


def _item(derived: Derived, plan: Plan, translate: Translator) -> Item:
    """List a formula with its inputs and their places."""
    formula = derived.formula
    below = tuple(Item(translate(_input_text(each))) for each in derived.inputs)
    place = f" ({formula.place})" if formula.place else ""
    return Item(f"{derived.indicator.name} = {formula_words(formula, plan, translate)}{place}", below)


def _columns(stated: Message) -> tuple[TableColumn[Derived], ...]:
    return (
        TableColumn(say("No."), lambda derived, translate: number_of(derived.indicator, translate), number=True),
        TableColumn(say("Indicator"), lambda derived, _: name_cell(derived.indicator), main=True),
        TableColumn(say("Working"), lambda derived, _: derived.sum, fold=1),
        TableColumn(
            say("Derived"), lambda each, _: TableCell(each.shown or BLANK, outcome_of(each)[1], each.value), number=True
        ),
        TableColumn(stated, _stated_cell, number=True),
        TableColumn(say("Outcome"), _outcome_cell, fold=2),
    )


def _stated_cell(derived: Derived, _: Translator) -> TableCell:
    return TableCell(derived.stated.text, value=derived.stated.value) if derived.stated else TableCell(BLANK)


def _outcome_cell(derived: Derived, translate: Translator) -> TableCell:
    outcome, tone = outcome_of(derived)
    return TableCell(translate(outcome), tone)
