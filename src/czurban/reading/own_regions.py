"""Headers that name a region of the plan's own hierarchy, whatever form its name, short name or code has."""

from czurban.model.plan import Plan
from czurban.model.region import Region
from czurban.model.text import key
from czurban.reading.header_words import Field, field_of_key

_LEAST = 2
_LEAST_DIGITS = 6
"""A code of digits alone has as many as those of GB/T 2260: 12 may be a value or count columns, and 2019 is a year."""
_CENTURIES = ("19", "20")
"""How a month or a day in digits begins, 201906 or 20190630, and no code of GB/T 2260."""


def own_region(text: str, plan: Plan) -> str:
    """The region that a text means, by the name it has in the plan; empty where it is none, or may be something else.

    A text that is also an indicator or a unit is no region. One that two regions are called by comes back as it stands:
    whoever looks for the region tells that it may be either.
    """
    plain = key(text)
    found = plan.regions.called(plain) if _may_name(plain) else ()
    if not found or _is_indicator(plain, plan) or plan.units.find(plain):
        return ""
    return _name(found[0], plan) if len(found) == 1 else plain


def split_own(text: str, plan: Plan) -> tuple[str, Field, str] | None:
    """灵山完成值 as the region, the field of 完成值 and that word; None where there is no way to part it, or two."""
    plain = key(text)
    if _is_indicator(plain, plan):
        return None
    ways = [
        (region, known, plain[at:])
        for at in range(_LEAST, len(plain))
        if (known := field_of_key(plain[at:], plan)) and (region := own_region(plain[:at], plan))
    ]
    return ways[0] if len(ways) == 1 else None


def _may_name(plain: str) -> bool:
    """Whether a text can be told from a value, a year and the number of a column."""
    if plain.isdecimal():
        return len(plain) >= _LEAST_DIGITS and not plain.startswith(_CENTURIES)
    return len(plain) >= _LEAST and any(map(str.isalpha, plain))


def _is_indicator(plain: str, plan: Plan) -> bool:
    return plan.indicator(plain) is not None or any(plain in map(key, one.names) for one in plan.left_out)


def _name(region: Region, plan: Plan) -> str:
    """What the region is called, as nothing else is; its code, should there be no such name."""
    name = plan.regions.full_name(region)
    return name if plan.regions.find(name) == region else region.code
