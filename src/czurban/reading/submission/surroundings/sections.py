"""Read heading rows among the rows of a table: regions, periods and kinds of figures that hold for the rows below."""

from collections.abc import Mapping, Sequence

from czurban.model.observation import PeriodSource, Reading
from czurban.model.plan import Plan
from czurban.reading.sources.sheet import Row
from czurban.reading.submission.cell import read_cell
from czurban.reading.submission.columns import Columns
from czurban.reading.submission.header import Head
from czurban.reading.submission.header_cell import Header, field_of, in_year, understand
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.names import without_number
from czurban.reading.submission.surroundings.context import Context, titled_area
from czurban.reading.submission.surroundings.not_results import GENERAL, is_part, real_region
from czurban.reading.submission.surroundings.remarks import RemarkKind

_SHORT = 3
_HEADING_ROWS = frozenset({ColumnField.VALUE, ColumnField.TARGET, ColumnField.BASELINE, ColumnField.OTHER})


def heading_of(row: Row, head: Head, plan: Plan) -> tuple[str, Header] | None:
    """Return what a row without a figure states for the rows below it, as a header does for a column; else None."""
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


def _heads_again(texts: Sequence[tuple[int, str]], columns: Columns, plan: Plan) -> tuple[str, Header] | None:
    """Return the new header of the column of values in a row such as 续表 | 单位 | 2018年; else None."""
    written = dict(texts)
    text = written.get(next(iter(columns.values)), "")
    name = written.get(columns.at.get(ColumnField.INDICATOR, -1), "")
    again = field_of(written.get(columns.at.get(ColumnField.UNIT, -1), ""), plan) is ColumnField.UNIT
    if not text or not (again or len(without_number(name)) < _SHORT):
        return None
    if read_cell(text).reported is Reading.NOTHING or (name and plan.indicator(without_number(name))):
        return None
    header = understand(text, plan)
    if header is None or header.field not in _HEADING_ROWS or header.says_nothing:
        return (text, Header(ColumnField.OTHER)) if again else None
    region = understand(name, plan) if name else None
    if region and region.region and not header.region:
        header = header._replace(region=region.region)
    return text, header


def sections_of(context: Context, headings: Mapping[int, tuple[str, Header]]) -> dict[int, Context]:
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
