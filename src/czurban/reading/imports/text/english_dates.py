"""Read by when something is due in English clauses, and whether a figure is of all years of a plan together."""

import re
from typing import NamedTuple

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
YEAR = r"(?:19|20)\d\d"
_DATE = rf"(?:the )?(?:end of )?(?:(?P<month>{'|'.join(_MONTHS)}|Q[1-4]) )?(?P<year>{YEAR})"
DATED = re.compile(rf",?\s*\b(?:by|before|in|from)\s+{_DATE}\b(?:\s*,(?=\s+\w))?", re.IGNORECASE)
_ALL_YEARS = re.compile(
    rf",?\s*\b(?:over|during|within|across) the (?:plan|plan period|period|life of the plan)\b(?: period)?"
    rf"|,?\s*\bbetween {YEAR} and {YEAR}\b|,?\s*\bfrom {YEAR} to {YEAR}\b|,?\s*\bin total\b"
)


class Dated(NamedTuple):
    """A clause without its date, the date as a plan's file has it, and whether its figure is of all years together."""

    text: str
    deadline: str = ""
    summed: bool = False


def without_date(clause: str) -> Dated:
    """Take the date by which something is due out of a clause."""
    whole = _ALL_YEARS.sub("", clause)
    compared = re.search(
        rf"\b(?:than|as|compared \w+|relative to|levels?) (?:in )?{YEAR}|from [£€$\d][^;]* in {YEAR}", whole
    )
    dates = [
        match
        for match in DATED.finditer(whole)
        if not (compared and compared.start() <= match.start() < compared.end())
    ]
    if not dates:
        return Dated(whole.strip(" ,"), summed=whole != clause)
    last = dates[-1]
    rest = f"{whole[: last.start()]} {whole[last.end() :]}".strip(" ,")
    return Dated(re.sub(r"\s+", " ", rest), date_of(last["month"], last["year"]), whole != clause)


def date_of(month: str | None, year: str) -> str:
    """Return a date as a plan's file has it: 2022-06, 2022Q2, 2022."""
    if not month:
        return year
    return f"{year}{month.upper()}" if month[0] in "qQ" else f"{year}-{_MONTHS.index(month.capitalize()) + 1:02}"
