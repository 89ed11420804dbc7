"""Find the tables of a sheet: for each its header, its rows, and what titles, headings and notes state for them."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from czurban.model.observation import PeriodSource, Reading
from czurban.model.period import periods_in
from czurban.model.plan import Plan
from czurban.model.text import half_width, key
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.cell import UNREADABLE, is_figure, read_cell, text_at
from czurban.reading.submission.columns import Columns
from czurban.reading.submission.header import Head, find_header, head_at
from czurban.reading.submission.header_block import labels_of, title_of
from czurban.reading.submission.header_cell import Header, in_year, understand
from czurban.reading.submission.header_words import ColumnField, field_of
from czurban.reading.submission.names import is_footnote, without_number
from czurban.reading.submission.surroundings.context import Context, read_context
from czurban.reading.submission.surroundings.notes import is_lasting, separate_notes, with_lasting, with_notes
from czurban.reading.submission.surroundings.remarks import RemarkKind, is_part, qualifier_kind
from czurban.reading.submission.surroundings.stated import GENERAL, real_region, titled_area

_SHORT = 3
_HEADING_ROWS = frozenset({ColumnField.VALUE, ColumnField.TARGET, ColumnField.BASELINE, ColumnField.OTHER})


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


def tables_of(sheet: Sheet, file: str, plan: Plan, *, marked: bool = False) -> Iterator[SubmissionTable]:
    """Yield the tables of a sheet, each from its header to the next one.

    A form is `marked` with its department and region, so that no name of a sheet or file states them.

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
        fresh = fresh._replace(region="", sender="") if marked else fresh
        context = fresh if context is None else _updated(context, fresh, titles, plan)
        context = _labelled(context, above, plan)
        for line in lasting:
            context = with_lasting(context, line, plan, titles)
        rows = sheet.rows[head.last + 1 : later.first if later else len(sheet.rows)]
        next_titles = _titles(sheet, head, later, plan) if later else ()
        headings = _headings(rows, head, plan)
        value = next(iter(head.columns.values), 0)
        written = {row.number: line for row in rows if (line := line_of(row, value))}
        elsewhere = {*headings, *(row.number for row in next_titles)}
        lines = [line for number, line in written.items() if number not in elsewhere]
        lasting += filter(is_lasting, (*titles, *lines))
        noted: Mapping[str, str] = {}
        if lines:
            noted, lines = separate_notes(lines, [row for row in rows if row.number not in written], head, plan)
        doubted = with_notes(context, lines, above, plan) if lines or above else context
        sections = _sections(doubted, headings)
        sections |= {row.number: doubted for row in next_titles if labels_of(row, plan)}
        yield SubmissionTable(head, doubted, rows, before is not None and head.texts == before.texts, sections, noted)
        before = head


def line_of(row: Row, value: int) -> str:
    """Return the text of a row that is a line and has no value: its only text, or a footnote; else an empty text."""
    cells = row.cells
    cell = read_cell(cells[value]) if len(cells) > value and cells[value].strip() else UNREADABLE
    if cell.reported is not Reading.UNREADABLE and not cell.unit:
        return ""
    texts = [cell.strip() for cell in cells if cell.strip()]
    line = "：".join(texts) if texts and field_of(texts[0]) is ColumnField.NOTE else " ".join(texts)
    return line if len(texts) == 1 or is_footnote(line) else ""


def _labelled(context: Context, rows: Sequence[Row], plan: Plan) -> Context:
    """Return the context with pairs above a table such as 数据类型 | 预计数, which qualify all of its figures."""
    for field, label, text in (pair for row in rows for pair in labels_of(row, plan)):
        if field is ColumnField.QUALIFIER:
            kind = qualifier_kind(key(label), text, is_whole=plan.is_whole(text) or plan.is_for(text))
            context = context._replace(kind=kind, kind_text=f"{label}：{text}") if kind else context
    return context


def heading_of(row: Row, head: Head, plan: Plan) -> tuple[str, Header] | None:
    """Return what a row without a value states for the rows below it, as a header does for a column; else None."""
    columns = head.columns
    texts = [(at, text) for at, cell in enumerate(row.cells) if (text := cell.strip()) and at not in columns.remarks]
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
    if header and header.field not in _HEADING_ROWS:
        return None
    where = header.region if header else ""
    if header is None or (where and not (is_part(where) or plan.is_whole(where) or real_region(where, plan))):
        is_area = name not in GENERAL and titled_area([name], "", plan)[0] == name
        header = Header(ColumnField.VALUE, region=name, bare=True) if is_area else None
    return (text, header) if header else None


def _may_be_headings(rows: Sequence[Row], columns: Columns, plan: Plan) -> Iterator[bool]:
    """Yield False for each row with an indicator of the plan and behind it a number, as most rows have."""
    name, value = columns.at.get(ColumnField.INDICATOR, -1), next(iter(columns.values))
    known: dict[str, bool] = {}
    for cells in (row.cells for row in rows):
        if not 0 <= name < value < len(cells) or read_cell(cells[value]).reported is not Reading.VALUE:
            yield True
            continue
        text = cells[name]
        if text not in known:
            known[text] = plan.indicator(without_number(text.strip())) is not None
        yield not known[text]


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
    for row, may_be in zip(rows, _may_be_headings(rows, head.columns, plan), strict=True):
        if may_be and (heading := heading_of(row, head, plan)):
            waiting.append((row.number, heading))
        elif waiting and any(at < len(row.cells) and row.cells[at].strip() for at in values):
            headings.update(waiting)
            waiting = []
    return headings


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
    names_plan = any(plan.region in title or plan.is_whole(title.strip()[:2]) for title in titles)
    chosen = fresh if stated.periods or stated.vague else context
    return chosen._replace(
        unit=fresh.unit or context.unit,
        of_targets=fresh.of_targets or (context.of_targets and not titles),
        of_results=fresh.of_results or (context.of_results and not titles),
        kind=fresh.kind or (None if titles else context.kind),
        kind_text=fresh.kind_text or context.kind_text,
        region=fresh.region or ("" if names_plan else context.region),
        sender=fresh.sender or context.sender,
    )


_DISTINGUISHING = (
    ColumnField.QUALIFIER,
    ColumnField.REGION,
    ColumnField.PERIOD,
    ColumnField.PART,
    ColumnField.SENDER,
    ColumnField.STATUS,
)
"""Fields that distinguish several rows of one name."""


class Continued(NamedTuple):
    """Rows that continue the name above them, such as 城镇新增就业 over 市区, 县域 and 合计, by their number.

    `names` are the number and name of rows without their own; `parts` are rows that no column distinguishes, True for
    the first row of a name, at which they are reported.
    """

    names: dict[int, tuple[str, str]]
    parts: dict[int, bool]


def continued_names(table: SubmissionTable) -> Continued:
    """Find the rows of a table that continue the name above them."""
    columns = table.head.columns
    apart = [columns.at[field] for field in _DISTINGUISHING if field in columns.at]
    apart += [at for at, header in columns.remarks.items() if header.field is ColumnField.QUALIFIER]
    spans = Continued({}, {})
    group: list[Row] = []
    for row in table.rows:
        if text_at(row.cells, columns.at.get(ColumnField.INDICATOR)) or text_at(
            row.cells, columns.at.get(ColumnField.NUMBER)
        ):
            group = [row]
        elif group and any(is_figure(text_at(row.cells, at)) for at in columns.values):
            group.append(row)
            first = group[0]
            spans.names[row.number] = (
                text_at(first.cells, columns.at.get(ColumnField.NUMBER)),
                text_at(first.cells, columns.at.get(ColumnField.INDICATOR)),
            )
            if not any(text_at(row.cells, at) for at in apart):
                spans.parts.update({member.number: member is first for member in group})
        else:
            group = []
    return spans
