"""Write periods, dates, persons and places for people, and exact values for records."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable
from fractions import Fraction
from pathlib import PurePath

from czurban.model.finding import Message, Place, say
from czurban.model.period import MONTHS_IN_FULL, Period
from czurban.model.target import Interval
from czurban.model.task import Persons
from czurban.model.text import exact, fixed
from czurban.words.translator import Translator

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


def last_day(period: Period) -> dt.date:
    """Return the last day of a period."""
    year, month = period.end
    return dt.date(year, month, period.day or monthrange(year, month)[1])


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


def join_sentences(parts: Iterable[str], translate: Translator) -> str:
    """Join sentences."""
    return ("" if translate.language == "zh" else " ").join(parts)


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
