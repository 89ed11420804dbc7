"""Write labels and exact numbers; numbers are rounded half up where needed, but never to the other side of a target."""

from collections.abc import Iterator

from czurban.model.assessment import Note, Verdict
from czurban.model.finding import Message, mark, say
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.target import Basis
from czurban.model.years import OverYears
from czurban.reporting.document import Tone
from czurban.words.translator import Translator

VERDICTS = {
    Verdict.MET: mark("met"),
    Verdict.MISSED: mark("missed"),
    Verdict.UNREPORTED: mark("not reported"),
    Verdict.UNREADABLE: mark("unreadable"),
    Verdict.NOT_DUE: mark("not due"),
}
MARKS = {
    Verdict.MET: "✓",
    Verdict.MISSED: "✗",
    Verdict.UNREPORTED: "-",
    Verdict.UNREADABLE: "?",
    Verdict.NOT_DUE: ">",
}
"""Signs that need no colour, each one cell wide in every font."""
TONES = {
    Verdict.MET: Tone.GOOD,
    Verdict.MISSED: Tone.BAD,
    Verdict.UNREPORTED: Tone.QUIET,
    Verdict.UNREADABLE: Tone.DOUBT,
    Verdict.NOT_DUE: Tone.QUIET,
}
NOTES = {
    Note.WORSE_THAN_BASELINE: mark("met, but worse than the baseline"),
    Note.TARGET_BELOW_BASELINE: mark("target looser than the baseline"),
    Note.MET_AT_BASELINE: mark("met at the baseline already"),
    Note.COPIED: mark("same as the target"),
    Note.IMPLAUSIBLE: mark("size implausible"),
    Note.APPROXIMATE: mark("value approximate"),
    Note.APPROXIMATE_BASELINE: mark("baseline approximate"),
    Note.INTERPRETED: mark("direction interpreted"),
    Note.DERIVED: mark("derived by formula"),
    Note.PARTIAL: mark("only a part of the sum"),
    Note.NO_TARGET: mark("no target of its own"),
    Note.PLAN_TARGET: mark("the plan's target, none of its own"),
    Note.EARLIER_YEAR_MISSED: mark("missed in an earlier year"),
    Note.BINDING: mark("binding"),
    Note.OTHER_FIGURE_UNKNOWN: mark("compared with a figure that is not known"),
    Note.OTHER_UNREADABLE: mark("what another sender reports cannot be read"),
    Note.DIFFERING: mark("the reported values differ"),
}


KINDS = {
    IndicatorKind.STOCK: mark("level"),
    IndicatorKind.FLOW: mark("sum over the year"),
    IndicatorKind.RATE: mark("rate"),
    IndicatorKind.GROWTH: mark("growth"),
    IndicatorKind.MEAN: mark("mean over the year"),
    IndicatorKind.WORKS: mark("count of works"),
    IndicatorKind.MILESTONE: mark("milestone"),
}
BASES = {Basis.PRINTED: mark("printed"), Basis.INTERPRETED: mark("interpreted")}


OVER_YEARS = {
    OverYears.EACH_YEAR: mark("each year by itself"),
    OverYears.MEAN: mark("the mean of the years"),
    OverYears.MEAN_GROWTH: mark("the mean growth of the years"),
    OverYears.SUM: mark("the sum of the years"),
    OverYears.GROWTH: mark("the growth of all years together"),
    OverYears.DECLINE: mark("the decline of all years together"),
    OverYears.CHANGE: mark("the change from the baseline"),
}


def over_years_facts(indicator: Indicator) -> Iterator[Message]:
    """Yield sentences on how a target of a plan of several years is judged, and what its steps are."""
    target, unit = indicator.target, indicator.unit.name
    if target.over is not OverYears.LEVEL:
        rule = f"{target.rule}{unit}"
        yield say("Judged by {what}: {rule}", what=Message(OVER_YEARS[target.over]), rule=rule)
    for grade in target.grades:
        yield say("Grade {name}: {rule}", name=grade.name, rule=f"{grade.interval}{unit}")
    if target.ladder:
        yield say("Stages: {names}", names=" → ".join(target.ladder.stages))
    if indicator.binding is not None:
        yield say("Binding (约束性)") if indicator.binding else say("Expected (预期性)")
    for kind, other in indicator.by_type.items():
        yield say("{type}: {rule}", type=kind, rule=f"{other.interval}{unit}")
    for step in target.steps:
        yield say("Step: {rule} by the end of {date}", rule=f"{step.interval}{unit}", date=step.deadline)


def baseline_text(indicator: Indicator) -> str:
    """Write the baseline as printed, with its year if it has one of its own; empty without a baseline."""
    baseline = indicator.target.baseline
    if baseline is None:
        return ""
    return f"{baseline.printed}（{baseline.period}）" if baseline.period else baseline.printed


def target_text(indicator: Indicator, translate: Translator, unit: str = "") -> str:
    """Write the sentence on an indicator's target, or that it has none."""
    if indicator.input_only:
        return translate(say("No target: its figure is shown, and counted nowhere."))
    target = indicator.target
    text = say("Target: {rule} by the end of {deadline} ({basis})")
    if target.deadline.day:
        text = say("Target: {rule} by {deadline} ({basis})")
    rule, basis = target.interval.in_unit(unit), translate(BASES[target.basis])
    return translate(text, rule=rule, deadline=target.deadline, basis=basis)
