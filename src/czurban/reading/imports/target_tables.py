"""Find the tables of targets in a sheet, and the years that they are for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from czurban.errors import UsageError
from czurban.model.finding import say
from czurban.model.period import Period, parse_years, periods_in
from czurban.model.text import half_width, one_line
from czurban.reading.imports.columns import TargetColumns, YearColumn, columns_of
from czurban.reading.imports.target_words import ANY_PLAN
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.header import Head, block_head

_NUMERALS = "[一二三四五六七八九十]"
_YEARS = re.compile(
    r"(?:19|20)\d\d\s*年?\s*[-—–~～至到]+\s*(?:19|20)\d\d\s*年?"
    rf"|[“\"‘']{_NUMERALS}+五[”\"’']|(?<!{_NUMERALS}){_NUMERALS}+五(?=规划|时期|期间|目标|发展|主要)"
)


@dataclass(frozen=True, slots=True)
class TargetTable:
    """A table: its sheet, its header, what its columns hold, the texts above it, and its rows."""

    sheet: Sheet
    head: Head
    columns: TargetColumns
    titles: Sequence[str]
    rows: Sequence[Row]


def tables_in(sheet: Sheet) -> Iterator[TargetTable]:
    """Yield the tables of targets in a sheet, each from its header to the next one; a repeated header begins none."""
    heads: list[tuple[Head, TargetColumns]] = []
    repeated: set[int] = set()
    at = 0
    while at < len(sheet.rows):
        head = block_head(sheet, at, ANY_PLAN, later=bool(heads))
        columns = columns_of(head, sheet) if head else TargetColumns()
        if not head or not columns.usable:
            at += 1
            continue
        if heads and heads[-1][0].plain == head.plain:
            repeated.update(range(head.first, head.last + 1))
        else:
            heads.append((head, columns))
        at = max(at, head.last) + 1
    if not heads:
        return
    starts = [_title_start(sheet.rows, head.first) for head, _ in heads[1:]]
    stops = [*starts, len(sheet.rows)]
    for (head, columns), start, stop in zip(heads, [0, *starts], stops, strict=True):
        above = [cell for row in sheet.rows[start : head.first] for cell in dict.fromkeys(row.cells)]
        titles = [*filter(None, map(one_line, above)), *head.titles]
        rows = [sheet.rows[n] for n in range(head.last + 1, stop) if n not in repeated]
        yield TargetTable(sheet, head, columns, titles, rows)


def _title_start(rows: Sequence[Row], first: int) -> int:
    """Return the index of the first title above a later header: a row of one text behind a blank row."""
    start = first
    while start > 0 and sum(bool(cell.strip()) for cell in rows[start - 1].cells) == 1:
        start -= 1
    return start if start > 0 and not any(cell.strip() for cell in rows[start - 1].cells) else first


class Stated(NamedTuple):
    """What the caller states of a plan: it goes before what the document prints."""

    title: str | None = None
    region: str | None = None
    period: Period | None = None


class TargetYears(NamedTuple):
    """The plan's period (None where it is open), and the period by which columns are read."""

    period: Period | None
    columns: Period


def years_of(tables: Sequence[TargetTable], titles: Sequence[str], stated: Stated) -> TargetYears:
    """Find the period of the plan: stated, in a title, or that of the columns of targets."""
    targets = sorted({c.period for table in tables for c in table.columns.targets if c.period}, key=lambda p: p.end)
    undated = sorted({c.period for table in tables for c in table.columns.undated if c.period}, key=lambda p: p.end)
    titled = _period_in(titles)
    if stated.period:
        return TargetYears(stated.period, stated.period)
    if titled and all(titled.includes(period.last_year) for period in targets):
        return TargetYears(titled, titled)
    if not targets:
        raise _no_year(undated)
    bases = {c.period.year for table in tables for c in table.columns.baselines if c.period}
    whole = Period(targets[0].year, years=targets[-1].last_year.year - targets[0].year + 1)
    follows = not bases or max(bases) >= whole.year - 1
    return TargetYears(whole if follows and len(targets) == whole.years else None, whole)


def _no_year(undated: Sequence[Period]) -> UsageError:
    if len(undated) > 1:
        names = ", ".join(map(str, undated))
        message = say(
            "The columns {names} are headed by years alone, and no title says which are of the plan.", names=names
        )
        hint = say(
            "Write the plan's years with --period, such as --period {example}.",
            example=f"{undated[0].year + 1}-{undated[-1].year}",
        )
        return UsageError(message, hint)
    message = say("The document does not say which year its targets are for.")
    return UsageError(message, say("Write it with --period, such as --period 2019 or --period 2021-2025."))


def _period_in(titles: Sequence[str]) -> Period | None:
    """Return the one period of whole years that titles name."""
    named: set[Period] = set()
    for title in titles:
        plain = half_width(title)
        several = {period for match in _YEARS.finditer(title) if (period := parse_years(match[0]))}
        single = set() if several else {period for period in periods_in(plain).periods if period.is_whole_years}
        named |= several or single
    several = {period for period in named if period.has_years}
    chosen = several or named
    return next(iter(chosen)) if len(chosen) == 1 else None


def dated(columns: TargetColumns, period: Period) -> TargetColumns:
    """Return the columns with those headed by a year alone as baselines before the period, and as targets within it.

    上年 is the year before a period of one year.
    """
    before = Period(period.year - 1) if period.is_year else None
    bases = [c._replace(period=before) if c.last_year and not c.period else c for c in columns.baselines]
    bases += [column for column in columns.undated if column.period and column.period.end < period.start]
    within = [column for column in columns.undated if column.period and period.includes(column.period.last_year)]
    used = {column.at for column in (*bases, *within)}
    return replace(
        columns,
        targets=sorted([*columns.targets, *within], key=_order),
        baselines=sorted(bases, key=_order),
        ignored=[*columns.ignored, *(column.at for column in columns.undated if column.at not in used)],
    )


def _order(column: YearColumn) -> tuple[tuple[int, int], int]:
    return (column.period.end if column.period else (0, 0), column.at)
