"""Compose what a verdict depends on, down to file and cell: the report of `czurban why`, and an indicator's page."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from czurban.model.assessment import Assessment, Result
from czurban.model.finding import SEVERITIES, Finding, Message, say
from czurban.model.formulas.derived import Derived, FigureSource, Input, Lack
from czurban.model.indicator import Indicator
from czurban.model.observation import Reading
from czurban.model.plan import Plan
from czurban.model.text import exact
from czurban.model.trace import SentFigure, Trace
from czurban.reporting.document import Block, Document, Heading, Item, Items, Json, Paragraph, Tone
from czurban.reporting.documents.check import sources
from czurban.reporting.documents.compute import derived_record, formula_words, outcome_of, time_of
from czurban.reporting.documents.findings import message_and_hint
from czurban.reporting.documents.listing import definition, indicator_record
from czurban.reporting.documents.records import head_record, result_record
from czurban.reporting.documents.results import judged_text, notes_of, results_table, titled, verdict_cell
from czurban.reporting.labels import baseline_text, over_years_facts, target_text
from czurban.reporting.tables import BLANK, actual, signed
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.model.over_time.pace import Pace
    from czurban.model.over_time.tracking import Tracking


class Fact(NamedTuple):
    """A line of the tree: its kind for programs, the sentence, the place, and the lines that it depends on."""

    what: str
    text: str
    place: str = ""
    below: tuple["Fact", ...] = ()


def facts_of(
    trace: Trace, plan: Plan, translate: Translator, *, judged: bool, pace: "Pace | None" = None
) -> Iterator[Fact]:
    """Return every line about the indicator; those about the inputs of its formula are below the formula."""
    indicator = trace.indicator
    if judged and trace.result and not indicator.input_only:
        yield _verdict(trace.result, translate)
    if judged and pace and not indicator.input_only:
        yield _pace(pace, indicator, translate)
    yield _target(indicator, translate, trace.result)
    yield _baseline(indicator, translate)
    if judged:
        yield _value(trace, translate)
    yield from _formula(trace, plan, translate, judged=judged)
    for part in trace.parts:
        text = translate(say("Own part of {name}, judged by its own row:"), name=part.indicator.leads)
        yield Fact("part", text, below=tuple(facts_of(part, plan, translate, judged=judged)))


def _verdict(result: Result, translate: Translator) -> Fact:
    text = say("Verdict: {verdict}")
    values: dict[str, object] = {"verdict": verdict_cell(result, translate).text}
    if result.figures is not None and result.actual is not None:
        text = say("Verdict: {verdict}: {actual} against {target}, gap {gap}")
        values |= {"actual": judged_text(result), "gap": signed(result.figures.gap)}
    notes = tuple(Fact("note", translate(note)) for note in notes_of(result))
    return Fact("verdict", translate(text, target=result.indicator.target.interval, **values), below=notes)


def _pace(pace: "Pace", indicator: Indicator, translate: Translator) -> Fact:
    """Write the pace with its arithmetic below."""
    from czurban.reporting.pace.working import pace_line, working  # noqa: PLC0415 - only before the deadline

    steps = tuple(Fact("step", step) for step in working(pace, indicator, translate))
    return Fact("pace", pace_line(pace, indicator, translate), below=steps)


def _target(indicator: Indicator, translate: Translator, result: Result | None) -> Fact:
    target = indicator.target
    text = target_text(indicator, translate, indicator.unit.name)
    below = [Fact("years", translate(fact)) for fact in over_years_facts(indicator)]
    if target.other and result and result.indicator.target.interval.has_bound:
        rule = f"{result.indicator.target.interval}{indicator.unit.name}"
        text_of = translate(target.other.reference.label)
        below.append(Fact("compared", translate(say("By the figure of {other}: {rule}"), other=text_of, rule=rule)))
    if target.reason:
        reason = translate(say("Reason for this reading: {reason}"), reason=target.reason)
        below.append(Fact("reason", reason, _at(indicator.place_of("basis"))))
    below += [Fact("cited", f"{c.at} {c.wording} {c.printed}", _at(c.place)) for c in indicator.cited]
    return Fact("target", text, _at(indicator.place_of("target")), tuple(below))


def _baseline(indicator: Indicator, translate: Translator) -> Fact:
    baseline = indicator.target.baseline
    text = translate(say("Baseline: {figure}"), figure=baseline_text(indicator) or BLANK)
    return Fact("baseline", text, _at(indicator.place_of("baseline")) if baseline else "")


def _value(trace: Trace, translate: Translator) -> Fact:
    result, sent = trace.result, tuple(_sent(figure, trace.indicator, translate) for figure in trace.sent)
    ladder = trace.indicator.target.ladder
    if result and ladder and (stage := ladder.find(result.raw)):
        return Fact("value", translate(say("Stage: {stage}, as sent"), stage=stage), below=sent)
    if result is None or result.actual is None:
        text = say("Value: none that can be used") if sent else say("Value: none was sent")
        return Fact("value", translate(text), below=sent)
    text = say("Value: {value}, by the formula; none was sent") if result.derived else say("Value: {value}, as sent")
    if result.of and result.of.has_years:
        text = say("Value: {value}, by the figures of {period} together")
    figure, about = exact(result.actual), "约" if result.approximate else ""
    if "/" in figure:  # it has no last decimal
        near = actual(result.actual, result.indicator.target.interval)
        figure = translate(say("{near}… (exactly {value})"), near=near, value=figure)
    value = f"{about}{figure}{trace.indicator.unit.name}"
    return Fact("value", translate(text, value=value, period=result.of), below=sent)


def _sent(figure: SentFigure, indicator: Indicator, translate: Translator) -> Fact:
    """Describe a figure that was sent: its text, its value in the plan's unit, and whether it is used."""
    observation = figure.observation
    text = say("used: “{raw}” for {period}, sent by {sender}")
    if observation.reported is Reading.NOTHING and not figure.used:
        text = say("left empty: “{raw}” for {period}, sent by {sender}")
    elif not figure.used:
        text = say("not used: “{raw}” for {period}, sent by {sender}")
    raw, sender = " ".join(observation.raw.split()), observation.sender or BLANK
    sent = translate(text, raw=raw, period=observation.period, sender=sender)
    below = [_conversion(figure, indicator, translate)] if figure.factor is not None else []
    return Fact("sent", sent, _at(observation.place), (*below, *finding_facts(figure.findings, translate)))


def _conversion(figure: SentFigure, indicator: Indicator, translate: Translator) -> Fact:
    """Say what a unit of the cell is in the plan's unit, exactly."""
    unit, plan_unit = figure.observation.unit, indicator.unit.name
    if unit is None:
        text = say("no unit is given, so it is taken in the plan's: {unit}", unit=plan_unit)
    elif figure.factor is None or figure.factor == 1:
        text = say("in the plan's own unit: {unit}", unit=unit.name)
    else:
        factor = exact(figure.factor)
        text = say("1 {unit} = {factor} {own}, exactly", unit=unit.name, factor=factor, own=plan_unit)
    return Fact("unit", translate(text))


def finding_facts(findings: Iterable[Finding], translate: Translator) -> Iterator[Fact]:
    """Yield a line for each finding."""
    for finding in findings:
        label = f"{translate(SEVERITIES[finding.severity])} {finding.code}"
        yield Fact("finding", f"{label}: {message_and_hint(finding, translate)}")


def _formula(trace: Trace, plan: Plan, translate: Translator, *, judged: bool) -> Iterator[Fact]:
    """Return the indicator's formula, if it has one, with its results below."""
    if formula := plan.formula(trace.indicator.id):
        text = translate(say("Formula: {text}"), text=formula_words(formula, plan, translate))
        if formula.rounding is not None:
            text += translate(say(" (rounded to {places} decimals)"), places=formula.rounding)
        below = tuple(_formula_results(trace, plan, translate, judged=judged))
        yield Fact("formula", text, _at(formula.place), below)


def _formula_results(trace: Trace, plan: Plan, translate: Translator, *, judged: bool) -> Iterator[Fact]:
    """Return the formula's result by the figures that were sent, then those by the plan's printed figures."""
    if judged and trace.derived:
        below = tuple(_input(each, plan, translate) for each in trace.below)
        yield Fact("working", _working(trace.derived, say("{sum}: {outcome}"), translate), below=below)
        yield from finding_facts(trace.findings, translate)
    yield from finding_facts(trace.of_the_plan, translate)
    for column in trace.columns:
        text = say("as the plan prints it, {period}: {sum}: {outcome}")
        yield Fact("column", _working(column, text, translate))


def _working(derived: Derived, sentence: Message, translate: Translator) -> str:
    return translate(sentence, sum=derived.sum, outcome=outcome_of(derived)[0], period=derived.period)


def _input(trace: Trace, plan: Plan, translate: Translator) -> Fact:
    """Describe an input of a formula, with all that it depends on."""
    source = trace.source
    assert source is not None  # noqa: S101 - only the root has none
    text = _input_text(source, translate)
    if trace.again or source.term.looks_back:
        again = translate(say(" (shown above)")) if trace.again else ""
        return Fact("input", text + again, _at(source.place))
    sent = (_sent(figure, trace.indicator, translate) for figure in trace.sent)
    return Fact("input", text, below=(*sent, *_formula(trace, plan, translate, judged=True)))


def _input_text(given: Input, translate: Translator) -> str:
    values = {"name": given.indicator.name, "time": time_of(given)}
    if given.value is None:
        unusable = given.lack is Lack.UNUSABLE
        return translate(say("{name}{time}: cannot be used") if unusable else say("{name}{time}: missing"), **values)
    value = f"{exact(given.value)}{given.indicator.unit.name}"
    sign = "≈" if given.source is FigureSource.DERIVED else "="  # converted, or shortened to be shown
    figure = given.text if given.text.removeprefix("约") == value else f"{given.text} {sign} {value}"
    return translate(say("{name}{time}: {text}"), text=figure, **values)


def _at(place: object) -> str:
    return str(place) if place else ""


def why_report(
    trace: Trace, assessment: Assessment, translate: Translator, *, judged: bool, pace: "Pace | None" = None
) -> Document:
    """Compose the tree of one indicator; unless figures were given and `judged`, there is no verdict to explain.

    `pace` is that of the indicator, where the judged period ends before the deadline.
    """
    indicator, plan = trace.indicator, assessment.plan
    facts = tuple(facts_of(trace, plan, translate, judged=judged, pace=pace))
    files = [submission.file for submission in assessment.submissions]
    blocks = (Heading(titled(indicator)), Paragraph(sources(plan.source, files, translate), Tone.QUIET), tree(facts))

    def record() -> dict[str, Json]:
        return {
            **head_record(plan, assessment.period),
            "indicator": indicator_record(indicator, plan),
            "result": result_record(trace.result, plan, translate) if judged and trace.result else None,
            "derived": derived_record(trace.derived) if judged and trace.derived else None,
            "columns": [derived_record(each) for each in trace.columns],
            "tree": [fact_record(each) for each in facts],
        }

    return Document(blocks, record, lambda: list(fact_rows(facts)), language=translate.language)


def tree(facts: Iterable[Fact]) -> Items:
    """List facts, each with those that it depends on below it."""
    return Items(tuple(map(_item, facts)))


def _item(fact: Fact) -> Item:
    place = f" ({fact.place})" if fact.place else ""
    return Item(fact.text + place, tuple(map(_item, fact.below)))


def fact_record(fact: Fact) -> Mapping[str, Json]:
    """Make the record of a line and those below it."""
    below = [fact_record(part) for part in fact.below]
    return {"what": fact.what, "text": fact.text, "place": fact.place or None, "below": below}


def fact_rows(facts: Iterable[Fact], depth: int = 0) -> Iterator[Mapping[str, Json]]:
    """Yield a row for each line, with its depth."""
    for fact in facts:
        yield {"depth": depth, "what": fact.what, "text": fact.text, "place": fact.place}
        yield from fact_rows(fact.below, depth + 1)


def indicator_page(
    trace: Trace,
    assessment: Assessment,
    translate: Translator,
    history: Iterable[Block] = (),
    tracking: "Tracking | None" = None,
) -> Document:
    """Compose the page of an indicator: its verdict, its history, what the plan says, and what the verdict rests on."""
    indicator, plan = trace.indicator, assessment.plan
    text = say("{title}. Figures of {period} against the targets of {plan}.")
    first: list[Block] = [
        Heading(titled(indicator)),
        Paragraph(translate(text, title=plan.title, period=assessment.period, plan=plan.period), Tone.QUIET),
    ]
    if trace.result:
        first += [Heading(translate(say("Verdict")), 2), results_table([trace.result], plan, translate, tracking)]
    pace = tracking.of(indicator.id) if tracking else None
    facts = facts_of(trace, plan, translate, judged=bool(assessment.submissions), pace=pace)
    blocks = (
        *first,
        *history,
        Heading(translate(say("What the plan says")), 2),
        Items(definition(indicator, plan, translate)),
        Heading(translate(say("What the verdict rests on")), 2),
        tree(facts),
    )
    return Document(blocks, language=translate.language)
