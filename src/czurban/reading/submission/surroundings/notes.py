"""Read notes above, among and below the rows of a table, on all of its figures or on single indicators."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from czurban.model.period import in_digits, parse_period, periods_in
from czurban.model.plan import Plan
from czurban.model.text import half_width
from czurban.model.vocabulary import remark_words
from czurban.reading.sources.sheet import Row
from czurban.reading.submission.surroundings.context import DECEMBER, Context, noted_unit, stated_unit
from czurban.reading.submission.surroundings.not_results import remark_kind
from czurban.reading.submission.surroundings.remarks import RemarkKind, clauses_of, read_remark

_PARTS = frozenset("月季半-/.")
"""A title that is only a part of a year has one of these."""
_MARKS = frozenset("*※#①②③④⑤⑥⑦⑧⑨⑩▲★☆△")
_SAYS = r"(?:指标|数据)?(?:[为系是:取用采按]|统?计?截[至止])"
_NOTE_ABOVE = r"\(?(?:注|备注|说明|以下|下[列述面表]|(?i:note|all|below)\b|(?:统计|数据)?(?:口径|范围):)"
_LASTING = r"\(?(?:(?:注|备注|说明)\d*[:.、]?)?(?:以下|下列|下述|下面|下表)|.*如下:?$|(?i:.*\bbelow\b)"
_OF_ALL = (
    r"\(?(?:(?:注|备注|说明|note)\d*[:.、]?\s*)?(?:以[上下]|上述|下[列述面表]|本表|表[中内]|(?:all|below|above)\b)"
    r"|.*如下:?$"
)
_DOCUMENT_DATE = (
    r"(?:填报|填表|制表|报送|上报|编制|打印|导出|下载|发布|更新)(?:日期|时间)[:\s]*"
    r"(?P<year>20\d\d)[年./-](?P<month>1[0-2]|0?[1-9])(?!\d)"
)
_FORECAST = r"预[计测估](?!性)|暂估|[估测推]算|forecast|estimate|projected"
_IN_PASSING = tuple(remark_words.IN_PASSING.split())


def is_lasting(line: str) -> bool:
    """Return whether a note is about all rows below it, those of later tables included: 以下均为预计数."""
    return re.match(_LASTING, half_width(line).strip()) is not None


def with_lasting(context: Context, line: str, plan: Plan, titles: Sequence[str]) -> Context:
    """Return the context of a later table with a lasting note; its own titles go before the note's period or region."""
    kind, stated = remark_kind(line, plan), periods_in(" ".join(titles))
    if kind is RemarkKind.ELSEWHERE or (kind is None and (stated.periods or stated.vague)):
        return context
    return note_line(context, line, plan)


def separate_notes(lines: Sequence[str], names: Iterable[str], plan: Plan) -> tuple[dict[str, str], list[str]]:
    """Separate notes on single indicators (就业人数为1-11月数) or marks (带*为预计数) from the other lines.

    A mark is one that a name in the rows has.
    """
    noted: dict[str, str] = {}
    others: list[str] = []
    marks = _MARKS.intersection("".join(names))
    for line in lines:
        notes = {about: text for clause in clauses_of(line) for about, text in _note(clause, marks, plan)}
        noted.update(notes)
        others += [] if notes else [line]
    return noted, others


def _note(clause: str, marks: Collection[str], plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the ids of indicators or the mark that a clause of a note is about, each with the statement."""
    begin = re.match(r"(?:[带标加]有?|标注)?[“\"]?(?P<mark>[*※#①-⑳▲★☆△])[”\"]?(?:[号的项者]|指标|数据|表示)*:?", clause)
    if begin and begin["mark"] in marks:
        yield begin["mark"], clause[begin.end() :]
    elif verbs := list(re.finditer(_SAYS, clause)):
        verb = next((verb for verb in verbs if plan.indicator(clause[: verb.start()])), verbs[0])
        name = re.sub("的?(?:计量)?单位$", "", clause[: verb.start()])
        statement = clause[len(name) :].removeprefix(":")
        indicator = plan.indicator(name) if name else None
        unit = stated_unit(statement) if name and not indicator else ""
        indicators = [known for known in plan.indicators if name in known.name] if unit else filter(None, [indicator])
        yield from ((about.id, statement) for about in indicators)


def with_notes(context: Context, lines: Sequence[str], above: Sequence[Row], plan: Plan) -> Context:
    """Return the context with the statements of the rows above, and of single lines among and below the rows."""
    for row in above:
        context = note_line(context, " ".join(cell for cell in row.cells if cell.strip()), plan, title=True)
    for line in lines:
        context = note_line(context, line, plan)
    return context


def _mentions(line: str) -> bool:
    """Whether a line compares with another year or mentions what is planned for it."""
    return any(word in line for word in _IN_PASSING) or "source" in line.casefold()


def _year_of_all(line: str) -> int:
    """Return the only year in a line about all figures, such as 2018年数据如下; 0 where it is only mentioned."""
    if not re.match(_OF_ALL, half_width(line).strip(), re.IGNORECASE) or "基" in line or _mentions(line):
        return 0
    years = {period.year for period in periods_in(line).periods}
    return years.pop() if len(years) == 1 else 0


def _forecast_of_all(line: str) -> RemarkKind | None:
    """Return the kind of a line that calls all figures forecasts: 以下各项均为预计数, All figures are estimates."""
    plain = half_width(line).strip()
    known = re.match(_OF_ALL, plain, re.IGNORECASE) and not _mentions(plain)
    return RemarkKind.FORECAST if known and re.search(_FORECAST, plain, re.IGNORECASE) else None


def _early_year(line: str) -> int:
    """Return the year of a document's date before December, as in 填报日期：2019年11月10日; else 0."""
    match = re.search(_DOCUMENT_DATE, in_digits(half_width(line))) if "日期" in line or "时间" in line else None
    return int(match["year"]) if match and int(match["month"]) < DECEMBER else 0


def note_line(context: Context, line: str, plan: Plan, *, title: bool = False) -> Context:
    """Return the context after a line such as 备注：以上为2018年数据, 注：数据为1-9月, 以上为预计数 or 单位：人.

    注：基期为2018年 only repeats the plan's baseline and raises no doubt.
    """
    if plan.indicator(line):
        return context
    is_note = not title or re.match(_NOTE_ABOVE, half_width(line)) is not None
    if is_note and (kind := remark_kind(line, plan) or _forecast_of_all(line)):
        context = context._replace(kind=kind, kind_text=line.strip())
    remark = read_remark(line)
    if is_note and (year := remark.period.year if remark.period else _year_of_all(line)) and parse_period(line) is None:
        context = context._replace(note=line.strip(), note_year=year)
    if (early := _early_year(line)) and early == (context.year or plan.period.year) and not context.narrowed:
        context = context._replace(narrowed=line.strip(), dated=early)
    if title and _PARTS.isdisjoint(line):
        return context
    if not title and (unit := noted_unit(line)):
        context = context._replace(unit=context.unit or unit, note_unit=unit)
    stated = frozenset() if title else periods_in(line).periods
    period = context.period
    others = period is not None and bool(stated) and period not in stated and "基期" not in line and not _mentions(line)
    if (period and remark.differs(period)) or others:
        context = context._replace(period=None, source_text=line.strip(), doubted=True)
    part = remark.period
    if part and part.last < DECEMBER and part.year in (0, context.year or plan.period.year):
        return context._replace(narrowed=line.strip(), dated=0)
    return context
