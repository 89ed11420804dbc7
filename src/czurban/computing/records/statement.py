"""Compose the statement that counts and sums records by region and period."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from czurban.computing.engines.quoting import literal, quoted
from czurban.computing.records.column_values import MISSING, READ, UNREADABLE, ColumnValues
from czurban.computing.records.columns import plain, source_text
from czurban.computing.records.sql import SqlTerm, to_sql
from czurban.model.formulas.metric import Aggregate, Grain, Means, Metric, Records

_DATE = r"[0-9]{4}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)([ T].*)?"
"""A date of every year; 29 February is read in Python."""
_BEGINNING = {Grain.YEAR: 4, Grain.QUARTER: 7, Grain.MONTH: 7}
"""How many characters of a date such as 2019-06-03 state the period; other texts are read in Python."""


class RecordQuery(NamedTuple):
    """A statement, and the metrics of its columns after region, period and count of records.

    `typed` are the records with their values, `known` those with what each metric takes of them, and `columns` the
    numbers of the columns in both.
    """

    sql: str
    metrics: tuple[Metric, ...]
    typed: str
    known: str
    columns: Mapping[str, int]

    @property
    def distinct(self) -> tuple[tuple[int, int], ...]:
        """Return which aggregates count different values: the number of the metric, and of its aggregate."""
        every = ((n, k, each) for n, metric in enumerate(self.metrics) for k, each in enumerate(metric.aggregates))
        return tuple((n, k) for n, k, each in every if each.distinct)


def statement(records: Records, metrics: Sequence[Metric], columns: Mapping[str, ColumnValues]) -> RecordQuery:
    """Compose the statement for metrics whose columns are all in `columns`, each by its name.

    Raises:
        TooWideError: a number would have more than 38 digits.
    """
    numbers = {name: k for k, name in enumerate(columns)}
    terms = {name: SqlTerm(f"v_{numbers[name]}", column.column.digits) for name, column in columns.items()}
    inner, outer = ["*"], ["region", "period", "COUNT(*) AS records"]
    for n, metric in enumerate(metrics):
        inner += _of_records(n, metric, terms)
        outer += _of_groups(n, metric, numbers)
    read = ", ".join([*_dimensions(records), *_values(columns)])
    joins = "".join(
        f" LEFT JOIN {value.table} ON {value.table}.raw = {source_text(value.column)}"
        for value in columns.values()
        if value.table
    )
    typed = f"SELECT {read} FROM records AS r{joins}"  # noqa: S608 - every name is quoted
    known = f"SELECT {', '.join(inner)} FROM ({typed}) AS typed"  # noqa: S608 - as above
    sql = f"SELECT {', '.join(outer)} FROM ({known}) AS known GROUP BY region, period"  # noqa: S608 - as above
    return RecordQuery(sql, tuple(metrics), typed, known, numbers)


def _dimensions(records: Records) -> Iterator[str]:
    """Yield region and period as texts; the distinct ones in the answer are read in Python."""
    region, period = records.of(Means.REGION), records.of(Means.PERIOD)
    area = f"CAST(r.{quoted(region.column)} AS VARCHAR)" if region else "CAST(NULL AS VARCHAR)"
    yield f"COALESCE(TRIM(BOTH ' ' FROM {area}), '') AS region"
    if period is None:
        yield "'' AS period"
    else:
        raw = f"TRIM(BOTH ' ' FROM CAST(r.{quoted(period.column)} AS VARCHAR))"
        date = f"REGEXP_MATCHES({raw}, {literal('^' + _DATE + chr(92) + 'z')})"
        beginning = f"SUBSTRING({raw}, 1, {_BEGINNING[period.grain]})"
        yield f"CASE WHEN {date} THEN {beginning} ELSE COALESCE({raw}, '') END AS period"


def _values(columns: Mapping[str, ColumnValues]) -> Iterator[str]:
    """Yield for each column its value, whether it is missing, and whether it cannot be read."""
    for k, values in enumerate(columns.values()):
        raw = source_text(values.column)
        lacks = f"{values.table}.state = {literal(MISSING)}" if values.table else "FALSE"
        yield f"{_value(values)} AS v_{k}"
        yield f"CASE WHEN {raw} IS NULL OR {lacks} THEN TRUE ELSE FALSE END AS m_{k}"
        odd = f"{values.table}.state = {literal(UNREADABLE)}" if values.table else "FALSE"
        yield f"CASE WHEN {odd} THEN TRUE ELSE FALSE END AS u_{k}"


def _value(values: ColumnValues) -> str:
    taken, table, amount = values.column, values.table, f"{values.table}.amount"
    if taken.as_stored:
        stored = f"r.{quoted(taken.column.column)}"
        return stored if taken.digits is None else f"CAST({stored} AS {taken.digits})"
    raw = source_text(taken)
    match taken.column.means:
        case Means.NUMBER:
            rest = amount if table else f"CAST(NULL AS {taken.digits})"
            return f"CASE WHEN {plain(taken)} THEN CAST({raw} AS {taken.digits}) ELSE {rest} END"
        case Means.ID:
            rest = amount if table else "CAST(NULL AS VARCHAR)"
            return f"CASE WHEN {plain(taken)} THEN {raw} ELSE {rest} END"
        case Means.FLAG:
            return amount if table else "CAST(NULL AS BOOLEAN)"
        case _:
            known = f"WHEN {table}.state = {literal(READ)} THEN {amount}"  # an engine may read None as an empty text
            return f"CASE WHEN {table}.state IS NULL THEN {raw} {known} END" if table else raw


def _of_records(n: int, metric: Metric, columns: Mapping[str, SqlTerm]) -> Iterator[str]:
    """Yield, per record, the condition and value of each aggregate, and whether the metric can use the record.

    An aggregate can use a record if its condition is false, or true with the value present: a record that the
    condition leaves out needs no value.
    """
    known = []
    for k, aggregate in enumerate(metric.aggregates):
        where = to_sql(aggregate.where, columns).sql if aggregate.where else "TRUE"
        value = to_sql(aggregate.value, columns).sql if aggregate.value else None
        yield f"{where} AS w_{n}_{k}"
        if value:
            yield f"{value} AS a_{n}_{k}"
        known.append(_known(where, value, where_is_sure=aggregate.where is None))
    yield f"({' AND '.join(known)}) AS k_{n}"


def _known(where: str, value: str | None, *, where_is_sure: bool) -> str:
    there = f"{value} IS NOT NULL" if value else "TRUE"
    if where_is_sure:
        return there
    return f"CASE WHEN {where} IS NULL THEN FALSE WHEN {where} THEN {there} ELSE TRUE END"


def _of_groups(n: int, metric: Metric, numbers: Mapping[str, int]) -> Iterator[str]:
    for k, aggregate in enumerate(metric.aggregates):
        taken = f"k_{n} AND w_{n}_{k}"
        yield f"{_aggregate(aggregate, taken, f'a_{n}_{k}')} AS s_{n}_{k}"
    yield f"COUNT(CASE WHEN NOT k_{n} THEN 1 END) AS l_{n}"
    for name in metric.fields:
        for state in "mu":
            left = f"NOT k_{n} AND {state}_{numbers[name]}"
            yield f"COUNT(CASE WHEN {left} THEN 1 END) AS {state}_{n}_{numbers[name]}"


def _aggregate(aggregate: Aggregate, taken: str, value: str) -> str:
    if aggregate.value is None or aggregate.distinct:  # which are counted over whole regions afterwards
        return f"COUNT(CASE WHEN {taken} THEN 1 END)"
    return f"SUM(CASE WHEN {taken} THEN {value} END)"
