"""Find the tables of a sheet: for each its header, its rows, and what titles, headings and notes state for them."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from czurban.model.observation import PeriodSource, Reading
from czurban.model.period import parse_period, periods_in
from czurban.model.plan import Plan
from czurban.model.text import half_width, key
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.cell import UNREADABLE, read_cell
from czurban.reading.submission.columns import Columns
from czurban.reading.submission.context import DECEMBER, Context, noted_unit, read_context, stated_unit
from czurban.reading.submission.header import Head, find_header, head_at
from czurban.reading.submission.header_block import labels_of, title_of
from czurban.reading.submission.header_cell import Header, in_year, understand
from czurban.reading.submission.header_words import ColumnField, field_of
from czurban.reading.submission.names import is_footnote, without_number
from czurban.reading.submission.remarks import RemarkKind, clauses_of, is_part, qualifier_kind, read_remark
from czurban.reading.submission.stated import real_region, remark_kind

_PARTS = frozenset("月季半-/.")
"""A title that is only a part of a year has one of these."""
_MARKS = frozenset("*※#①②③④⑤⑥⑦⑧⑨⑩▲★☆△")
_SAYS = r"(?:指标|数据)?[为系是:取用采按]"
_SHORT = 3
_NOTE_ABOVE = r"\(?(?:注|备注|说明|以下|下列|(?:统计|数据)?(?:口径|范围):)"
_LASTING = r"\(?(?:(?:注|备注|说明)\d*[:.、]?)?(?:以下|下列|下述|下表)"
_HEADING_ROWS = frozenset({ColumnField.VALUE, ColumnField.TARGET, ColumnField.BASELINE, ColumnField.OTHER})
_IN_PASSING = (
    "比",
    "较",
    "增长",
    "下降",
    "计划",
    "规划",
    "拟",
    "起",
    "来源",
    "文件",
    "印发",
    "发布",
    "已按",
    "修订",
    "普查",
)


class SubmissionTable(NamedTuple):
    """A header, the rows under it, and their context. `repeats` is set where the header equals the one before.

    `sections` has the context from each heading row on, by that row's number. `noted` has the notes on single
    indicators by their id, and on names with a footnote mark by the mark.
    """

    head: Head
    context: Context
    rows: Sequence[Row]
    repeats: bool = False
    sections: Mapping[int, Context] = MappingProxyType({})
    noted: Mapping[str, str] = MappingProxyType({})


def tables_of(sheet: Sheet, file: str, plan: Plan) -> Iterator[SubmissionTable]:
    """Yield the tables of a sheet, each from its header to the next one.

    A later header may repeat the first, as at the top of a printed page, or be that of another table with other
    columns or for another period.
    """
    first = find_header(sheet, plan)
    if first is None:
        return
    heads = [first, *_later(sheet, first, plan)]
    context: Context | None = None
    before: Head | None = None
    lasting: list[str] = []
    for head, later in zip(heads, [*heads[1:], None], strict=True):
        above = sheet.rows[: head.first] if before is None else _titles(sheet, before, head, plan)
        titles = [title_of(row, plan) for row in above]
        titles += [*head.titles]
        titles += [text for at, text in enumerate(head.plain) if at in head.columns.naming and _states(head, at)]
        fresh = read_context(titles, sheet.name, file, plan)
        context = fresh if context is None else _updated(context, fresh, titles, plan)
        context = _labelled(context, above, plan)
        for line in lasting:
            context = _with_lasting(context, line, plan, titles)
        rows = sheet.rows[head.last + 1 : later.first if later else len(sheet.rows)]
        next_titles = _titles(sheet, head, later, plan) if later else ()
        headings = _headings(rows, head, plan)
        lines = [row for row in rows if row not in next_titles and row.number not in headings]
        lasting += filter(is_lasting, (*titles, *(line_of(row, next(iter(head.columns.values), 0)) for row in lines)))
        noted, lines = _noted(lines, rows, head, plan)
        doubted = _doubted(context, lines, above, head, plan)
        sections = _sections(doubted, headings)
        sections |= {row.number: doubted for row in next_titles if labels_of(row, plan)}
        yield SubmissionTable(head, doubted, rows, before is not None and head.texts == before.texts, sections, noted)
        before = head


def _labelled(context: Context, rows: Sequence[Row], plan: Plan) -> Context:
    """Return the context with pairs above a table such as 数据类型 | 预计数, which qualify all of its figures."""
    for field, label, text in (pair for row in rows for pair in labels_of(row, plan)):
        if field is ColumnField.QUALIFIER:
            kind = qualifier_kind(key(label), text, is_whole=plan.is_whole(text) or plan.is_for(text))
            context = context._replace(kind=kind, kind_text=f"{label}：{text}") if kind else context
    return context


def is_lasting(line: str) -> bool:
    """Return whether a note is about all rows below it, those of later tables included: 以下均为预计数."""
    return re.match(_LASTING, half_width(line).strip()) is not None


def _with_lasting(context: Context, line: str, plan: Plan, titles: Sequence[str]) -> Context:
    """Return the context of a later table with a lasting note; its own titles go before the note's period or region."""
    kind, stated = remark_kind(line, plan), periods_in(" ".join(titles))
    if kind is RemarkKind.ELSEWHERE or (kind is None and (stated.periods or stated.vague)):
        return context
    return note_line(context, line, plan)


def heading_of(row: Row, head: Head, plan: Plan) -> tuple[str, Header] | None:
    """Return what a row without a value states for the rows below it, as a header does for a column; else None."""
    texts = [(at, cell.strip()) for at, cell in enumerate(row.cells) if cell.strip()]
    columns = head.columns
    texts = [(at, text) for at, text in texts if at not in columns.remarks]
    if len(columns.values) == 1 and (heading := _heads_again(texts, columns, plan)):
        return heading
    if not texts or any(at not in columns.naming for at, _ in texts[1:]) or (texts[0][0] not in {0, *columns.naming}):
        return None
    text = texts[-1][1]
    name = without_number(text)
    name = name[1:-1] if name.startswith("(") and name.endswith(")") else name
    if not name or plan.indicator(name) or field_of(name, plan) is ColumnField.NOTE:
        return None
    header = understand(name, plan)
    if header is None or header.field not in _HEADING_ROWS:
        return None
    where = header.region
    return (
        None if where and not (is_part(where) or plan.is_whole(where) or real_region(where, plan)) else (text, header)
    )


def _heads_again(texts: Sequence[tuple[int, str]], columns: Columns, plan: Plan) -> tuple[str, Header] | None:
    """Return the new header of the column of values in a row such as 续表 | 单位 | 2018年; else None."""
    written = dict(texts)
    text = written.get(next(iter(columns.values)), "")
    name = written.get(columns.at.get(ColumnField.INDICATOR, -1), "")
    if not text or read_cell(text).reported is Reading.NOTHING or (name and plan.indicator(without_number(name))):
        return None
    header = understand(text, plan)
    again = field_of(written.get(columns.at.get(ColumnField.UNIT, -1), ""), plan) is ColumnField.UNIT
    if header is None or header.field not in _HEADING_ROWS or header.says_nothing:
        return (text, Header(ColumnField.OTHER)) if again else None
    region = understand(name, plan) if name else None
    if region and region.region and not header.region:
        header = header._replace(region=region.region)
    return (text, header) if again or len(without_number(name)) < _SHORT else None


def _states(head: Head, at: int) -> bool:
    """Whether the header of a column of names states a period or a region: 2019年主要指标, 灵山县指标."""
    header = next((header for field, header in head.columns.headers.items() if head.columns.at[field] == at), None)
    return "20" in half_width(head.plain[at]) or (header is not None and bool(header.region))


def _headings(rows: Sequence[Row], head: Head, plan: Plan) -> dict[int, tuple[str, Header]]:
    """Return the heading rows by their number; a line with no value below it is none."""
    headings: dict[int, tuple[str, Header]] = {}
    waiting: list[tuple[int, tuple[str, Header]]] = []
    values = head.columns.values
    for row in rows:
        if heading := heading_of(row, head, plan):
            waiting.append((row.number, heading))
        elif waiting and any(at < len(row.cells) and row.cells[at].strip() for at in values):
            headings.update(waiting)
            waiting = []
    return headings


def _noted(lines: Sequence[Row], rows: Sequence[Row], head: Head, plan: Plan) -> tuple[dict[str, str], list[Row]]:
    """Separate notes on single indicators (就业人数为1-11月数) or marks (带*为预计数) from the other lines."""
    noted: dict[str, str] = {}
    others: list[Row] = []
    value, naming = next(iter(head.columns.values), 0), head.columns.naming
    written = {row.number: line_of(row, value) for row in rows}
    names = [row.cells[at] for row in rows for at in naming if at < len(row.cells) and not written[row.number]]
    marks = _MARKS.intersection("".join(names))
    for row in lines:
        line = written[row.number]
        notes = (
            {about: text for clause in clauses_of(line) for about, text in _note(clause, marks, plan)} if line else {}
        )
        noted.update(notes)
        others += [] if notes else [row]
    return noted, others


def _note(clause: str, marks: Collection[str], plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the ids of indicators or the mark that a clause of a note is about, each with the statement."""
    begin = re.match(r"(?:[带标加]有?|标注)?[“\"]?(?P<mark>[*※#①-⑳▲★☆△])[”\"]?(?:[号的项者]|指标|数据|表示)*:?", clause)
    if begin and begin["mark"] in marks:
        yield begin["mark"], clause[begin.end() :]
    elif verb := re.search(_SAYS, clause):
        name = re.sub("的?(?:计量)?单位$", "", clause[: verb.start()])
        statement = clause[len(name) :].removeprefix(":")
        indicator = plan.indicator(name) if name else None
        unit = stated_unit(statement) if name and not indicator else ""
        indicators = [known for known in plan.indicators if name in known.name] if unit else filter(None, [indicator])
        yield from ((about.id, statement) for about in indicators)


def _sections(context: Context, headings: Mapping[int, tuple[str, Header]]) -> dict[int, Context]:
    """Return the context from each heading row on, which states a region, a period or what the figures are."""
    sections: dict[int, Context] = {}
    here = context
    for number, (text, header) in headings.items():
        if header.region:
            here = here._replace(region=header.region)
        year = here.year or context.year
        period = header.period or (in_year(header.part, year) if header.part and year else None)
        if period or header.part:
            source = PeriodSource.TITLE
            here = here._replace(period=period, source=source, source_text=text, year=period.year if period else None)
        if header.field is not ColumnField.VALUE:
            kind = RemarkKind.TARGET if header.field is ColumnField.TARGET else RemarkKind.OTHER
            here = here._replace(kind=kind, kind_text=text)
        elif not header.bare:
            here = here._replace(kind=context.kind, kind_text=context.kind_text)
        sections[number] = here
    return sections


def _later(sheet: Sheet, first: Head, plan: Plan) -> Iterator[Head]:
    """Yield further headers: rows with a header word in the column of names."""
    known: dict[str, bool] = {}
    naming, last = first.columns.naming, first.last
    for at in range(first.last + 1, len(sheet.rows)):
        cells = sheet.rows[at].cells
        for column in naming:
            text = cells[column] if column < len(cells) else ""
            if text not in known:
                known[text] = field_of(text, plan) is not None
            if known[text] and at > last and (head := head_at(sheet, at, plan, later=True)) and head.first > last:
                yield head
                naming, last = head.columns.naming, head.last
                break


def _titles(sheet: Sheet, before: Head, head: Head, plan: Plan) -> list[Row]:
    """Return the titles right above a later header: rows with one text or with labels, without earlier footnotes."""
    titles: list[Row] = []
    for row in reversed(sheet.rows[before.last + 1 : head.first]):
        texts = [cell for cell in row.cells if cell.strip()]
        if len(texts) > 1 and not labels_of(row, plan):
            break
        if texts and not is_footnote(texts[0]):
            titles.insert(0, row)
    return titles


def _updated(context: Context, fresh: Context, titles: Sequence[str], plan: Plan) -> Context:
    """Return the context of a later table: what its titles state, else that of the table before."""
    stated = periods_in(" ".join(titles))
    own = any(plan.region in title or plan.is_whole(title.strip()[:2]) for title in titles)
    chosen = fresh if stated.periods or stated.vague else context
    return chosen._replace(
        unit=fresh.unit or context.unit,
        of_targets=fresh.of_targets or (context.of_targets and not titles),
        of_results=fresh.of_results or (context.of_results and not titles),
        kind=fresh.kind or (None if titles else context.kind),
        kind_text=fresh.kind_text or context.kind_text,
        region=fresh.region or ("" if own else context.region),
        sender=fresh.sender or context.sender,
    )


def _doubted(context: Context, rows: Sequence[Row], above: Sequence[Row], head: Head, plan: Plan) -> Context:
    """Return the context with the statements of single lines above, among and below the rows.

    Such a line is the only text of its row, or a footnote.
    """
    value = next(iter(head.columns.values), 0)
    for row in above:
        context = note_line(context, " ".join(cell for cell in row.cells if cell.strip()), plan, title=True)
    for row in rows:
        if line := line_of(row, value):
            context = note_line(context, line, plan)
    return context


def line_of(row: Row, value: int) -> str:
    """Return the text of a row that is a line and has no value; else an empty text."""
    cells = row.cells
    cell = read_cell(cells[value]) if len(cells) > value and cells[value].strip() else UNREADABLE
    if cell.reported is not Reading.UNREADABLE and not cell.unit:
        return ""
    texts = [cell.strip() for cell in cells if cell.strip()]
    line = "：".join(texts) if texts and field_of(texts[0]) is ColumnField.NOTE else " ".join(texts)
    return line if len(texts) == 1 or is_footnote(line) else ""


def _mentions(line: str) -> bool:
    """Whether a line compares with another year or mentions what is planned for it."""
    return any(word in line for word in _IN_PASSING) or "source" in line.casefold()


def note_line(context: Context, line: str, plan: Plan, *, title: bool = False) -> Context:
    """Return the context after a line such as 备注：以上为2018年数据, 注：数据为1-9月, 以上为预计数 or 单位：人.

    注：基期为2018年 only repeats the plan's baseline and raises no doubt.
    """
    if plan.indicator(line):
        return context
    is_note = not title or re.match(_NOTE_ABOVE, half_width(line)) is not None
    if is_note and (kind := remark_kind(line, plan)):
        context = context._replace(kind=kind, kind_text=line.strip())
    remark = read_remark(line)
    if is_note and remark.period and remark.period.year and parse_period(line) is None:
        context = context._replace(note=line.strip())
    if title and _PARTS.isdisjoint(line):
        return context
    if not title and (unit := noted_unit(line)):
        context = context._replace(unit=context.unit or unit, note_unit=unit)
    stated = frozenset() if title else periods_in(line).periods
    own = context.period
    others = own is not None and bool(stated) and own not in stated and "基期" not in line and not _mentions(line)
    if (own and remark.differs(own)) or others:
        context = context._replace(period=None, source_text=line.strip(), doubted=True)
    part = remark.period
    if part and part.last < DECEMBER and part.year in (0, context.year or plan.period.year):
        return context._replace(narrowed=line.strip())
    return context
