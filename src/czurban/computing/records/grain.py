"""Which year, quarter or month a record belongs to, by what its period column says."""

import re

from czurban.model.metric import Grain
from czurban.model.period import Period, in_digits, parse_period
from czurban.model.text import half_width

_MONTHS = {Grain.YEAR: 12, Grain.QUARTER: 3, Grain.MONTH: 1}
_DAY = re.compile(
    r"(?P<year>(?:19|20)\d\d)"
    r"(?:(?:年|[-/.])(?P<month>1[0-2]|0?[1-9])(?:月|[-/.])(?:3[01]|[12]\d|0?[1-9])日?|"
    r"(?P<compact>0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:[ T].*)?"
)


def period_of(text: str, grain: Grain) -> Period | None:
    """The period of a grain that a text lies in: of 2019-06-03 the year 2019, the second quarter, or June.

    None where the text is no period, or one that no single year, quarter or month holds: 2019 is no month.
    """
    plain = in_digits(half_width(text).strip())
    found = _DAY.fullmatch(plain)
    if found:
        month = int(found["month"] or found["compact"])
        stated: Period | None = Period(int(found["year"]), month, month)
    else:
        stated = parse_period(plain)
    if stated is None:
        return None
    size = _MONTHS[grain]
    first = (stated.first - 1) // size * size + 1
    return Period(stated.year, first, first + size - 1) if stated.last < first + size else None
