"""Write labels and exact numbers; numbers are rounded half up where needed, but never to the other side of a target."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import PurePath

from czurban.model.assessment import Note, Result, Verdict
from czurban.model.finding import Message, Place, mark, say
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.period import MONTHS_IN_FULL, Period
from czurban.model.target import Basis, Interval
from czurban.model.task import Persons
from czurban.model.text import exact, fixed
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


def notes_of(result: Result) -> list[Message]:
    """Return the notes to a verdict, after the period of a figure that is not of the judged one."""
    return [*figure_period(result), *_compared_with(result.indicator), *(Message(NOTES[note]) for note in result.notes)]


def _compared_with(indicator: Indicator) -> Iterator[Message]:
    """Yield the figure that the bound follows from, where the target is relative to another."""
    target = indicator.target
    if target.other and not target.is_open:
        yield say("bound by the figure of {other}", other=target.other.reference.label)


def figure_period(result: Result) -> list[Message]:
    """Return the period of a figure that is not of the judged one: its age, its years, or that it is the worst year."""
    if result.of is None:
        return []
    if result.of.has_years:
        return [say("{period} together", period=result.of)]
    if not result.age and result.indicator.target.over is OverYears.EACH_YEAR:
        return [say("figure of {period}, the worst year", period=result.of)]
    if result.age == 1:
        return [say("figure of {period}, one year old", period=result.of)]
    return [say("figure of {period}, {count} years old", period=result.of, count=result.age)]


_LAST_MONTH = 12


def period_text(period: Period, translate: Translator) -> str:
    """Write a period for a heading."""
    if period.is_year:
        return translate(say("{year}"), year=period.year)
    if period.has_years:
        return str(period)
    months = sorted({period.first, period.last})
    if translate.language == "zh":
        return f"{period.year}年{period.last}月{period.day}日" if period.day else f"{period.year}年{_joined(months)}月"
    names = [MONTHS_IN_FULL[month - 1].capitalize() for month in months]
    return f"{period.day} {names[-1]} {period.year}" if period.day else f"{_joined(names)} {period.year}"


def _joined(months: Iterable[object]) -> str:
    return "-".join(map(str, months))


def end_text(period: Period, translate: Translator) -> str:
    """Write the end of a period as a due date: the end of 2019, the end of June 2019, a date."""
    year, month = period.end
    if period.day:
        return date_text(dt.date(year, month, period.day), translate)
    if month == _LAST_MONTH:
        return translate(say("end of {year}"), year=year)
    return translate(say("end of {year}-{month:02}"), year=year, month=month)


def end_iso(period: Period) -> str:
    """Write the last day of a period as in ISO 8601."""
    year, month = period.end
    return f"{year}-{month:02}-{period.day or monthrange(year, month)[1]:02}"


def persons_text(persons: Persons, translate: Translator) -> str:
    """Write who answers for something in one line; empty where no person is named."""
    texts = (
        (say("leader in charge: {name}"), persons.leader),
        (say("person responsible: {name}"), persons.person),
        (say("phone: {name}"), persons.phone),
    )
    return translate(say("; ")).join(translate(text, name=name) for text, name in texts if name)


def date_text(date: dt.date, translate: Translator) -> str:
    """Write a date as letters do."""
    return translate(say("{year}-{month:02}-{day:02}"), year=date.year, month=date.month, day=date.day)


def place_text(place: Place) -> Message:
    """Return a place as a reader finds it: the file by its name alone, the sheet, the cell or line."""
    file = PurePath(place.file).name
    if place.sheet is not None:
        if place.cell:
            return say("{file}, sheet “{sheet}”, cell {cell}", file=file, sheet=place.sheet, cell=place.cell)
        return say("{file}, sheet “{sheet}”", file=file, sheet=place.sheet)
    if place.line is not None:
        return say("{file}, line {line}", file=file, line=place.line)
    return say("{file}", file=file)


def placed_text(message: Message) -> Message:
    """Return a message with its places as readers find them."""
    values = {
        name: place_text(value)
        if isinstance(value, Place)
        else placed_text(value)
        if isinstance(value, Message)
        else value
        for name, value in message.values.items()
    }
    return Message(message.text, values)


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
    by_end = say("Target: {rule} by the end of {deadline} ({basis})")
    return translate(
        say("Target: {rule} by {deadline} ({basis})") if target.deadline.day else by_end,
        rule=target.interval.in_unit(unit),
        deadline=target.deadline,
        basis=translate(BASES[target.basis]),
    )


def number_of(indicator: Indicator, translate: Translator) -> str:
    """Return the indicator's number in the main table, else its task's, else a dash."""
    if indicator.no is not None:
        return str(indicator.no)
    return translate(say("T{task}", task=indicator.task)) if indicator.task is not None else "—"


_PLACES = 4
_MOST = 12
_PERCENT = 100


def figure(value: Fraction) -> str:
    """Write a number for people: exactly if that is short, else rounded; only zero is shown as 0."""
    text = exact(value)
    if "/" not in text and len(text.partition(".")[2]) <= _MOST // 2:
        return text
    places = next((p for p in range(_PLACES, 60) if fixed(value, p) != "0"), 60)
    return fixed(value, places)


def actual(value: Fraction, target: Interval) -> str:
    """Write a value so that the text is on the same side of the target as the value."""
    text = exact(value)
    if "/" not in text and len(text.partition(".")[2]) <= _MOST:
        return text
    inside = value in target
    places = (p for p in range(_PLACES, 60) if (Fraction(fixed(value, p)) in target) == inside)
    return fixed(value, next(places, 60))


def signed(value: Fraction) -> str:
    """Write a difference with its sign; zero has none."""
    return f"+{figure(value)}" if value > 0 else figure(value)


def percent(share: Fraction, *, met: bool) -> str:
    """Write a completion rate with one decimal: below 100.0 % if the target is missed, never below it if met."""
    tenths = Fraction(fixed(share * _PERCENT, 1))
    if not met and tenths >= _PERCENT:
        return "99.9%"
    if met and tenths < _PERCENT <= share * _PERCENT:
        return "100.0%"
    text = fixed(tenths, 1)
    return f"{text if '.' in text else text + '.0'}%"


def few(texts: Sequence[str], most: int, translate: Translator) -> str:
    """Join at most so many texts; of more, as of twelve monthly files, only the first and the last are named."""
    if len(texts) <= most:
        return translate.join(texts)
    return translate(say("{first} … {last} ({count})"), first=texts[0], last=texts[-1], count=len(texts))


DECIMALS = 12
_LANDMARKS = (Fraction(0), Fraction(100))
"""A value below 0 and a share above 100 % are judged differently from 0 and 100 % themselves."""


def exact_text(value: Fraction | None) -> str | None:
    """Write an exact value for a record; None if there is none."""
    return None if value is None else exact(value)


def written(value: Fraction, target: Interval | None = None, decimals: int = DECIMALS) -> str:
    """Write a value exactly if its decimals end, else rounded half up to `decimals` of them.

    More are written where these would put it on a bound of its target, on 0 or 100, or on their other side.
    """
    bounds = (target.low, target.high) if target else ()
    landmarks = [*_LANDMARKS, *(Fraction(bound) for bound in bounds if bound is not None)]
    text = exact(value)
    if "/" not in text:
        return text
    while not same_sides(value, Fraction(fixed(value, decimals)), landmarks):
        decimals += 1
    return fixed(value, decimals)


def is_exact(value: Fraction, text: str) -> bool:
    """Return whether the text is the exact value."""
    return Fraction(text) == value


def same_sides(value: Fraction, other: Fraction, landmarks: Iterable[Fraction]) -> bool:
    """Return whether two values are on the same side of every landmark, or both on it."""
    return all((value > mark, value < mark) == (other > mark, other < mark) for mark in landmarks)


def join_sentences(parts: Iterable[str], translate: Translator) -> str:
    """Join sentences."""
    return ("" if translate.language == "zh" else " ").join(parts)
