"""What formulas give for machines: the whole reckoning, and rows of figures that `czurban check` reads back."""

from fractions import Fraction

from czurban.model.derived import Derived, Input
from czurban.model.digits import exact, fixed
from czurban.model.message import say
from czurban.model.plan import Plan
from czurban.reporting.document import Json
from czurban.words.speaker import Speaker

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
        "beside": input_record(one.beside) if one.beside else None,
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


def figure_row(one: Derived, plan: Plan, digits: int, speak: Speaker) -> dict[str, Json]:
    """One derived figure as a row that can be sent; what was sent already, or is only a part, has no value in it."""
    value, remark = "", ""
    if one.usable and one.beside is None:
        value, remark = _written(one, digits, speak)
    elif one.partial:
        names = "、".join(each.indicator.name for each in one.missing)
        remark = speak(say("a part alone; missing: {names}"), names=names)
    elif one.beside is not None:
        remark = speak(say("sent as {text}"), text=one.beside.text)
    return {
        "id": one.indicator.id,
        "indicator": one.indicator.name,
        "region": plan.region,
        "period": str(one.period),
        "value": value or "—",
        "unit": one.indicator.unit.name,
        "note": speak(say("; ")).join(part for part in (one.sum, remark) if part),
    }


def _written(one: Derived, digits: int, speak: Speaker) -> tuple[str, str]:
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
    return about + cut, speak(say("rounded to {places} decimals; exactly {value}"), places=places, value=text)


def column_row(one: Derived) -> dict[str, Json]:
    """One figure reckoned from a printed column; nothing that could be taken for a reported value."""
    return {
        "id": one.indicator.id,
        "indicator": one.indicator.name,
        "period": str(one.period) if one.period else "",
        "recomputed": "" if one.value is None else exact(one.value),
        "printed": one.beside.text if one.beside else "",
        "agrees": one.agrees,
        "unit": one.indicator.unit.name,
        "working": one.sum,
    }
