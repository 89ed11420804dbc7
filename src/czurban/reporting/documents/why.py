"""The report of `czurban why`: a verdict, and below it everything it rests on, down to file and cell.

What there is to say of one indicator's figure, in the order in which somebody asks for it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from czurban.model.assessment import Assessment, Result, SentFigure, Trace
from czurban.model.derived import Derived, FigureSource, Input, Lack
from czurban.model.finding import Finding, Message, say
from czurban.model.indicator import Indicator
from czurban.model.observation import Reading
from czurban.model.plan import Plan
from czurban.model.text import exact
from czurban.reporting import numbers
from czurban.reporting.document import Document, Heading, Item, Items, Json, Paragraph, Tone
from czurban.reporting.documents.compute import derived_record, formula_words, outcome_of, time_of
from czurban.reporting.documents.listing import indicator_record
from czurban.reporting.documents.records import FORMAT, plan_record, result_record
from czurban.reporting.labels import BASES, MARKS, NOTES, SEVERITIES, VERDICTS
from czurban.reporting.tables import BLANK
from czurban.words.translator import Translator


class Fact(NamedTuple):
    """One line of the tree: what it is (for programs), the sentence, where it stands, and what it rests on."""

    what: str
    text: str
    place: str = ""
    below: tuple["Fact", ...] = ()


def facts_of(trace: Trace, plan: Plan, translate: Translator, *, judged: bool) -> Iterator[Fact]:
    """Every line about the indicator itself; what its formula takes is below its formula."""
    one = trace.indicator
    if judged and trace.result:
        yield _verdict(trace.result, translate)
    yield _target(one, translate)
    yield _baseline(one, translate)
    if judged:
        yield _value(trace, translate)
    if formula := plan.formula(one.id):
        yield Fact(
            "formula",
            _formula(trace, plan, translate),
            _at(formula.place),
            tuple(_reckoned(trace, plan, translate, judged=judged)),
        )


def _verdict(result: Result, translate: Translator) -> Fact:
    word = f"{MARKS[result.verdict]} {translate(VERDICTS[result.verdict])}"
    notes = tuple(Fact("note", translate(NOTES[note])) for note in result.notes)
    if result.figures is None or result.actual is None:
        return Fact("verdict", translate(say("Verdict: {verdict}"), verdict=word), below=notes)
    target = result.indicator.target.interval
    text = translate(
        say("Verdict: {verdict}: {actual} against {target}, gap {gap}"),
        verdict=word,
        actual=("约" if result.approximate else "") + numbers.actual(result.actual, target),
        target=str(target),
        gap=numbers.signed(result.figures.gap),
    )
    return Fact("verdict", text, below=notes)


def _target(one: Indicator, translate: Translator) -> Fact:
    target = one.target
    text = translate(
        say("Target: {rule} by the end of {deadline} ({basis})"),
        rule=f"{target.interval}{one.unit.name}",
        deadline=target.deadline,
        basis=translate(BASES[target.basis]),
    )
    below = []
    if target.reason:
        below.append(
            Fact(
                "reason",
                translate(say("Why it is read so: {reason}"), reason=target.reason),
                _at(one.place_of("basis")),
            )
        )
    below += [Fact("cited", f"{c.at} {c.wording} {c.printed}", _at(c.place)) for c in one.cited]
    return Fact("target", text, _at(one.place_of("target")), tuple(below))


def _baseline(one: Indicator, translate: Translator) -> Fact:
    base = one.target.baseline
    figure = base.printed if base else BLANK
    return Fact(
        "baseline", translate(say("Baseline: {figure}"), figure=figure), _at(one.place_of("baseline")) if base else ""
    )


def _value(trace: Trace, translate: Translator) -> Fact:
    result, sent = trace.result, tuple(_sent(each, trace.indicator, translate) for each in trace.sent)
    unit = trace.indicator.unit.name
    if result is None or result.actual is None:
        text = translate(say("Value: none that can be used") if sent else say("Value: nobody sent one"))
        return Fact("value", text, below=sent)
    value = {"value": _exactly(result, translate) + unit}
    if result.derived:
        return Fact("value", translate(say("Value: {value}, by the formula; nobody sent one"), **value), below=sent)
    return Fact("value", translate(say("Value: {value}, as sent"), **value), below=sent)


def _exactly(result: Result, translate: Translator) -> str:
    """A value to its last digit; one that never ends as a fraction too."""
    actual = result.actual
    assert actual is not None  # noqa: S101 - the caller has looked
    text, about = exact(actual), "约" if result.approximate else ""
    if "/" not in text:
        return about + text
    near = numbers.actual(actual, result.indicator.target.interval)
    return about + translate(say("{near}… (exactly {value})"), near=near, value=text)


def _sent(one: SentFigure, indicator: Indicator, translate: Translator) -> Fact:
    """A figure that was sent: its cell's own text, what it is in the plan's unit, and what became of it."""
    seen = one.observation
    values = {"raw": " ".join(seen.raw.split()), "period": seen.period, "sender": seen.sender or BLANK}
    if one.used:
        text = say("used: “{raw}” for {period}, sent by {sender}")
    elif seen.reported is Reading.NOTHING:
        text = say("left empty: “{raw}” for {period}, sent by {sender}")
    else:
        text = say("not used: “{raw}” for {period}, sent by {sender}")
    below = [_conversion(one, indicator, translate)] if one.factor is not None else []
    return Fact("sent", translate(text, **values), _at(seen.place), (*below, *_findings(one.findings, translate)))


def _conversion(one: SentFigure, indicator: Indicator, translate: Translator) -> Fact:
    """What one unit of the cell is in the plan's unit, exactly."""
    seen, own = one.observation, indicator.unit
    unit = seen.unit or own
    if seen.unit is None:
        return Fact("unit", translate(say("no unit is given, so it is taken in the plan's: {unit}"), unit=own.name))
    if one.factor == 1:
        return Fact("unit", translate(say("in the plan's own unit: {unit}"), unit=unit.name))
    values = {"unit": unit.name, "factor": exact(one.factor) if one.factor is not None else "", "own": own.name}
    return Fact("unit", translate(say("1 {unit} = {factor} {own}, exactly"), **values))


def _findings(findings: Iterable[Finding], translate: Translator) -> tuple[Fact, ...]:
    return tuple(_finding(one, translate) for one in findings)


def _finding(one: Finding, translate: Translator) -> Fact:
    hint = f" {translate(one.hint)}" if one.hint else ""
    return Fact("finding", f"{translate(SEVERITIES[one.severity])} {one.code}: {translate(one.message)}{hint}")


def _formula(trace: Trace, plan: Plan, translate: Translator) -> str:
    formula = plan.formula(trace.indicator.id)
    assert formula is not None  # noqa: S101 - the caller has looked
    text = translate(say("Formula: {text}"), text=formula_words(formula, plan, translate))
    if formula.rounding is None:
        return text
    return text + translate(say(" (rounded to {places} decimals)"), places=formula.rounding)


def _reckoned(trace: Trace, plan: Plan, translate: Translator, *, judged: bool) -> Iterator[Fact]:
    """What the formula gives by the figures that were sent, then by what the plan prints."""
    if judged and trace.derived:
        below = (_input(each, plan, translate) for each in trace.below)
        yield Fact("working", _working(trace.derived, say("{sum}: {outcome}"), translate), below=tuple(below))
        yield from _findings(trace.findings, translate)
    yield from _findings(trace.of_the_plan, translate)
    for column in trace.columns:
        yield Fact("column", _working(column, say("as the plan prints it, {period}: {sum}: {outcome}"), translate))


def _working(one: Derived, sentence: Message, translate: Translator) -> str:
    return translate(sentence, sum=one.sum, outcome=translate(outcome_of(one)[0]), period=one.period)


def _input(trace: Trace, plan: Plan, translate: Translator) -> Fact:
    """One figure that a formula takes, with all that it rests on itself."""
    source = trace.source
    assert source is not None  # noqa: S101 - only the root has none
    text = _input_text(source, translate)
    if trace.again:
        return Fact("input", text + translate(say(" (told above)")), _at(source.place))
    if source.term.looks_back:
        return Fact("input", text, _at(source.place))
    below: list[Fact] = [_sent(each, trace.indicator, translate) for each in trace.sent]
    if formula := plan.formula(trace.indicator.id):
        inner = tuple(_reckoned(trace, plan, translate, judged=True))
        below.append(Fact("formula", _formula(trace, plan, translate), _at(formula.place), inner))
    return Fact("input", text, below=tuple(below))


def _input_text(one: Input, translate: Translator) -> str:
    time = time_of(one)
    when = time if isinstance(time, str) else translate(time)
    if one.value is None:
        sentence = say("{name}{time}: cannot be used") if one.lack is Lack.UNUSABLE else say("{name}{time}: missing")
        return translate(sentence, name=one.indicator.name, time=when)
    value = f"{exact(one.value)}{one.indicator.unit.name}"
    sign = "≈" if one.source is FigureSource.DERIVED else "="  # converted, or shortened to be shown
    figure = one.text if one.text.removeprefix("约") == value else f"{one.text} {sign} {value}"
    return translate(say("{name}{time}: {text}"), name=one.indicator.name, time=when, text=figure)


def _at(place: object) -> str:
    return str(place) if place else ""


def why_report(trace: Trace, assessment: Assessment, translate: Translator, *, judged: bool) -> Document:
    """Compose the tree of one indicator.

    Args:
        trace: what it rests on.
        assessment: the judged plan.
        translate: the reader's language.
        judged: whether figures were given; without any there is no verdict to explain.
    """
    one, plan = trace.indicator, assessment.plan
    facts = tuple(facts_of(trace, plan, translate, judged=judged))
    number = f"{one.no} " if one.no is not None else ""
    files = "、".join(each.file for each in assessment.submissions)
    source = translate(say("Plan: {source}."), source=plan.source)
    sent = translate(say("Figures from: {files}."), files=files) if files else ""
    blocks = (
        Heading(f"{number}{one.name}（{one.unit.name}）"),
        Paragraph(" ".join(part for part in (source, sent) if part), Tone.QUIET),
        Items(tuple(map(_item, facts))),
    )

    def record() -> dict[str, Json]:
        return {
            "format": FORMAT,
            "plan": plan_record(plan),
            "period": str(assessment.period),
            "indicator": indicator_record(one, plan),
            "result": result_record(trace.result, plan, translate) if judged and trace.result else None,
            "derived": derived_record(trace.derived) if judged and trace.derived else None,
            "columns": [derived_record(each) for each in trace.columns],
            "tree": [_record(each) for each in facts],
        }

    return Document(blocks, record, lambda: list(_rows(facts)), language=translate.language)


def _item(fact: Fact) -> Item:
    place = f" ({fact.place})" if fact.place else ""
    return Item(fact.text + place, tuple(map(_item, fact.below)))


def _record(fact: Fact) -> Mapping[str, Json]:
    below = [_record(each) for each in fact.below]
    return {"what": fact.what, "text": fact.text, "place": fact.place or None, "below": below}


class _Row(NamedTuple):
    depth: int
    fact: Fact


def _walk(facts: Iterable[Fact], depth: int = 0) -> Iterator[_Row]:
    for fact in facts:
        yield _Row(depth, fact)
        yield from _walk(fact.below, depth + 1)


def _rows(facts: Iterable[Fact]) -> Iterator[Mapping[str, Json]]:
    for depth, fact in _walk(facts):
        yield {"depth": depth, "what": fact.what, "text": fact.text, "place": fact.place}
