"""Every sum and count of the engine is the one that rows in Python come to, as fractions and in three-valued logic."""

import csv
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from czurban.app.records import read_number, source_of
from czurban.computing.engines.engine import Engine
from czurban.computing.records.compute import RecordTable, Request, compute
from czurban.model.formulas.metric import Aggregate, Metric, Metrics
from czurban.model.formulas.record_terms import (
    Absent,
    Arithmetic,
    Comparison,
    Junction,
    Literal,
    Negation,
    OneOf,
    RecordField,
    Term,
)
from czurban.reading.large.csv_repair import with_line_ends
from czurban.reading.large.record_source import find_records

METRICS = """
  - id: a
    name: a
    unit: 人
    value: "count where urban and age >= 16"
    missing: exclude
  - id: b
    name: b
    unit: '%'
    value: "sum(weight) / sum(weight * weight) where not urban or hukou = '城镇'"
    missing: exclude
  - id: c
    name: c
    unit: 元
    numerator: "sum(income * weight - 3)"
    denominator: "sum(weight + 0.5) where age in (1, 2, 40)"
    missing: exclude
  - id: d
    name: d
    unit: 元
    value: "sum(income) where income is null or age between -5 and 30.5"
    missing: exclude
  - id: e
    name: e
    unit: '%'
    numerator: "count where hukou <> '农村'"
    denominator: "count where hukou is not null"
    per: ratio
    missing: exclude
  - id: f
    name: f
    unit: 元
    value: "sum(-income * (weight - age)) where not (urban = false and age < weight)"
    missing: exclude
  - id: g
    name: g
    unit: 人
    value: "count where hukou in ('城镇') and region <> '450703'"
    missing: exclude
"""
NAMES = ("region", "year", "urban", "age", "income", "weight", "hukou")


def decimals(most: int, places: int) -> st.SearchStrategy[Decimal | None]:
    numbers = st.decimals(-most, most, places=places, allow_nan=False, allow_infinity=False)
    return st.none() | numbers | numbers.map(lambda one: one.normalize() + 0)


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "region": st.sampled_from(["450702", "450703", "045070"]),
            "year": st.sampled_from(["2018", "2019"]),
            "urban": st.none() | st.booleans(),
            "age": st.none() | st.integers(-(10**18) + 1, 10**18 - 1) | st.integers(0, 120),
            "income": decimals(10**10 - 1, 2),
            "weight": decimals(10**6 - 1, 4),
            "hukou": st.sampled_from([None, "城镇", "农村"]),
        }
    ),
    max_size=25,
)


def written(one: object) -> str:
    if one is None:
        return ""
    return f"{one:f}" if isinstance(one, Decimal) else str(one).lower()


Row = Mapping[str, object]
COMPUTE: Mapping[str, Callable[..., object]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def value(term: Term, row: Row) -> object:
    """The value of a term for a row; None is unknown."""
    match term:
        case RecordField(name):
            result = exact(row[name])
        case Literal(literal):
            result = exact(literal)
        case Absent(RecordField(name)):
            result = row[name] is None
        case Negation(inner):
            held = value(inner, row)
            result = None if held is None else not held
        case Junction(operator, left, right):
            result = joined(operator, value(left, row), value(right, row))
        case OneOf(inner, choices):
            asked = value(inner, row)
            result = None if asked is None else asked in [exact(choice.value) for choice in choices]
        case Arithmetic(operator, left, right) | Comparison(operator, left, right):
            sides = value(left, row), value(right, row)
            result = None if None in sides else COMPUTE[operator](*sides)
    return result


def exact(one: object) -> object:
    return Fraction(one) if isinstance(one, Decimal | int) and not isinstance(one, bool) else one


def joined(operator: str, one: object, other: object) -> object:
    decisive = operator == "OR"
    if decisive in (one, other):
        return decisive
    return None if None in (one, other) else not decisive


def usable(aggregate: Aggregate, row: Row) -> bool:
    held = True if aggregate.where is None else value(aggregate.where, row)
    if held is None:
        return False
    return not held or aggregate.value is None or value(aggregate.value, row) is not None


def sides(metric: Metric, rows: Sequence[Row]) -> tuple[list[Fraction], int]:
    """Numerator, denominator, and how many rows neither may use."""
    known = [row for row in rows if all(usable(aggregate, row) for aggregate in metric.aggregates)]
    result = []
    for one in metric.aggregates:
        taken = [row for row in known if one.where is None or value(one.where, row)]
        result.append(
            Fraction(len(taken)) if one.value is None else sum((value(one.value, row) for row in taken), Fraction(0))
        )
    return result, len(rows) - len(known)


@pytest.mark.parametrize("by_region", [False, True])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_the_engine_sums_as_rows_in_python_do(
    rows: list[dict[str, object]],
    by_region: bool,  # noqa: FBT001 - a parameter of the test
    engine: Engine,
    metrics_of: Callable[..., Metrics],
    tmp_path: Path,
) -> None:
    path = tmp_path / "records.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(NAMES)
        writer.writerows([written(row[name]) for name in NAMES] for row in rows)
    metrics = metrics_of(METRICS)
    files = with_line_ends(find_records([str(path)]))
    assert files
    done = compute(engine, RecordTable(source_of(files), "r"), metrics, Request(by_region), read_number)
    groups: dict[tuple[str, str], list[dict[str, object]]] = {}
    for row in rows:
        groups.setdefault((str(row["region"]) if by_region else "", str(row["year"])), []).append(row)
    assert {(figure.region, str(figure.period)) for figure in done.figures} == set(groups)
    for figure in done.figures:
        result = groups[figure.region, str(figure.period)]
        expected, left = sides(figure.metric, result)
        assert [figure.numerator, figure.denominator][: len(expected)] == expected
        assert figure.left_out.records == left
        if len(expected) == 1:
            assert figure.value == (expected[0] if left < len(result) else None)
        elif expected[1] > 0:
            assert figure.value == expected[0] / expected[1]
        else:
            assert figure.value is None


def test_a_rate_of_the_whole_is_no_mean_of_rates(
    engine: Engine, metrics_of: Callable[..., Metrics], tmp_path: Path
) -> None:
    """One region has ten times the people of the other: the mean of 90 % and 10 % is no one's rate."""
    path = tmp_path / "records.csv"
    lines = ["450702,2019,true,1,1,1,城镇"] * 9 + ["450702,2019,false,1,1,1,城镇"]
    lines += ["450703,2019,true,1,1,1,城镇"] * 10 + ["450703,2019,false,1,1,1,城镇"] * 90
    path.write_text("\n".join([",".join(NAMES), *lines]) + "\n", encoding="utf-8")
    metrics = metrics_of(
        "  - {indicator: 常住人口城镇化率, numerator: count where urban, denominator: count, per: percent}"
    )
    table = RecordTable(source_of(find_records([str(path)])), "r")
    whole = compute(engine, table, metrics, Request(), read_number).figures
    parts = compute(engine, table, metrics, Request(by_region=True), read_number).figures
    assert [part.value for part in parts] == [90, 10]
    assert [item.value for item in whole] == [Fraction(1900, 110)]
    assert whole[0].value == Fraction(sum(part.numerator for part in parts), 1) / 110 * 100
    assert whole[0].value != Fraction(90 + 10, 2)
