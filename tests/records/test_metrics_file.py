"""A file of metrics: its content, and its faults at their characters."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from czurban.model.finding import Finding
from czurban.model.formulas.metric import Digits, Grain, Means, Metrics, Per, Policy
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
from czurban.model.plan import Plan
from czurban.reading.metrics.file import read_metrics
from czurban.reading.sources.file_names import is_metrics
from czurban.reading.yaml.nodes import ScalarPlaces

HEAD = """\
records:
  title: 试验
  whole: 钦州市
  columns:
    region: {kind: region}
    year: {kind: period}
    urban: {kind: flag}
    age: {kind: number, type: integer}
    income: {kind: number, type: "decimal(12,2)"}
    hukou: {kind: text, values: [城镇, 农村]}
    count: {kind: number, type: integer}
    年龄: {kind: number, type: integer}
metrics:
"""
LINE = HEAD.count("\n") + 1
AGE, INCOME, URBAN, HUKOU = RecordField("age"), RecordField("income"), RecordField("urban"), RecordField("hukou")
Reported = Callable[[str], list[tuple[str, str]]]


def number(text: str) -> Literal:
    return Literal(Decimal(text))


@pytest.fixture
def read(plan: Plan, tmp_path: Path) -> Callable[[str], tuple[Metrics | None, list[Finding]]]:
    def reading(text: str) -> tuple[Metrics | None, list[Finding]]:
        path = tmp_path / "m.yaml"
        path.write_text(text, encoding="utf-8")
        metrics, findings = read_metrics(path, plan)
        return metrics, list(findings)

    return reading


Read = Callable[[str], tuple[Metrics | None, list[Finding]]]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("urban", URBAN),
        ("not urban", Negation(URBAN)),
        ("urban = true", Comparison("=", URBAN, Literal(value=True))),
        ("age >= 16", Comparison(">=", AGE, number("16"))),
        ("age = -1.5", Comparison("=", AGE, number("-1.5"))),
        ("年龄 < 16", Comparison("<", RecordField("年龄"), number("16"))),
        ('"count" > 1', Comparison(">", RecordField("count"), number("1"))),
        (
            "age between 1 and 2",
            Junction("AND", Comparison(">=", AGE, number("1")), Comparison("<=", AGE, number("2"))),
        ),
        ("age in (1, 2)", OneOf(AGE, (number("1"), number("2")))),
        ("hukou not in ('城镇')", Negation(OneOf(HUKOU, (Literal("城镇"),)))),
        ("hukou is not null", Negation(Absent(HUKOU))),
        ("income is null", Absent(INCOME)),
        ("age + 1 > income - age * 2", None),
        ("urban or urban and not urban", Junction("OR", URBAN, Junction("AND", URBAN, Negation(URBAN)))),
        ("(urban or urban) and urban", Junction("AND", Junction("OR", URBAN, URBAN), URBAN)),
        ("−age < 3", Comparison("<", Arithmetic("-", number("0"), AGE), number("3"))),
        ("region = '045070'", Comparison("=", RecordField("region"), Literal("045070"))),
        (" and ".join(["urban"] * 50), None),
    ],
)
def test_a_condition_is_read(read: Read, text: str, term: Term | None) -> None:
    quoted = text.replace('"', '\\"')
    metrics, findings = read(f'{HEAD}  - {{id: a, name: a, unit: 人, value: "count where {quoted}"}}\n')
    assert findings == []
    assert metrics is not None
    assert metrics.metrics[0].numerator.value is None
    assert term is None or metrics.metrics[0].numerator.where == term


def test_a_metric_is_read_whole(read: Read) -> None:
    metrics, findings = read(
        HEAD
        + "  - {indicator: 城镇化率, value: sum(income × age) / count where urban, per: percent, missing: exclude}\n"
        + "  - {id: b, name: 乙, unit: 万人, value: count(*)}\n"
    )
    assert findings == []
    assert metrics is not None
    rate, amount = metrics.metrics
    assert (rate.id, rate.name, rate.unit.name) == ("resident_urbanization_rate", "常住人口城镇化率", "%")
    assert (rate.per, rate.missing, rate.unreadable) == (Per.PERCENT, Policy.EXCLUDE, Policy.REFUSE)
    assert rate.numerator.value == Arithmetic("*", INCOME, AGE)
    assert rate.denominator is not None
    assert (rate.denominator.value, rate.denominator.where) == (None, URBAN)
    assert rate.fields == ("income", "age", "urban")
    assert (amount.denominator, amount.unit.factor) == (None, 10_000)
    columns = metrics.records.columns
    assert metrics.records.whole == "钦州市"
    assert columns[4].digits == Digits(12, 2)
    assert (columns[1].means, columns[1].grain) == (Means.PERIOD, Grain.YEAR)
    assert columns[5].values == ("城镇", "农村")


@pytest.mark.parametrize(
    ("value", "code", "column", "words"),
    [
        ("sum(agee)", "P139", 5, "agee"),
        ("count where hukou = '城填'", "P139", 13, "城填"),
        ("count where year = '2019'", "P139", 13, "period"),
        ("sum(urban)", "P139", 5, "it must be a number"),
        ("count where age", "P139", 13, "it must be a condition"),
        ("count where age > '3'", "P139", 13, "compared"),
        ("count where hukou > 'a'", "P139", 13, "less or greater"),
        ("count where age in (1, 'a')", "P139", 24, "after in must be"),
        ("count where age in (1, age)", "P139", 24, "after in must be"),
        ("count where lower(hukou) = 'x'", "P138", 13, "lower"),
        ("max(age)", "P138", 1, "max"),
        ("avg(age)", "P138", 1, "avg"),
        ("sum(age / 2)", "P138", 5, "division"),
        ("sum(age) / 2", "P138", 12, "neither count nor sum"),
        ("sum(age) / sum(age) / count", "P138", 1, "neither count nor sum"),
        ("sum(sum(age))", "P138", 5, "inside each other"),
        ("count where count > 3", "P138", 13, "inside each other"),
        ("sum(age) over ()", "P138", 10, "over"),
        ("sum(distinct age)", "P138", 14, "not allowed in a metric"),
        ("count(age)", "P138", 1, "neither count nor sum"),
        ("age", "P138", 1, "neither count nor sum"),
        ("count where age in (select age)", "P138", 28, "from here on"),
        ("count where age = 1 union select 1", "P138", 27, "from here on"),
        ("count where age = 1 limit 1", "P138", 27, "from here on"),
        ("count where (urban", "P138", 14, "from here on"),
        ("count where age = null", "P138", 13, "null"),
        ("count where urban is true", "P138", 13, "null"),
        ("count where urban where age > 3", "P138", 19, "second where"),
        ("count where", "P138", 7, "no condition after where"),
        ("where urban", "P138", 1, "Nothing is counted"),
        ("count, sum(age)", "P138", 1, "from here on"),
        ("count; drop table x", "P138", 6, ";"),
        ("count -- all", "P138", 1, "Comments are not allowed"),
        ("count where age > 1e3", "P138", 19, "1e3"),
        ("count where age::int = 3", "P138", 16, "::"),
        ("count where age = $1", "P138", 19, "$"),
        ("count where hukou = 'x", "P138", 21, "not closed"),
        ("count where (age, age) = (1, 2)", "P138", 14, "not allowed in a metric"),
        ("count where age % 2 = 0", "P138", 17, "%"),
        ("count where " + "(" * 21 + "urban" + ")" * 21, "P138", 33, "brackets are nested too deep"),
        ("count where " + "not " * 61 + "urban", "P138", 253, "at most"),
        ("count where urban" + " and urban" * 200, "P138", 1, "characters"),
    ],
)
def test_what_is_not_allowed_is_reported_at_its_place(
    read: Read, value: str, code: str, column: int, words: str
) -> None:
    before = '  - {id: a, name: a, unit: 人, value: "'
    metrics, findings = read(f'{HEAD}{before}{value}"}}\n')
    assert metrics is not None
    assert metrics.metrics == ()
    assert [(finding.code, finding.place and (finding.place.line, finding.place.column)) for finding in findings] == [
        (code, (LINE, len(before) + column))
    ]
    assert words in str(findings[0].message)


@pytest.mark.parametrize(
    ("written", "line", "column"),
    [
        ("value: sum(agee)", 0, 16),
        ("value: 'sum(agee)'", 0, 17),
        ('value: "\\x73um(\\u0061gee)"', 0, 20),
        ("value: >\n        sum(income)\n        where agee = 1", 2, 15),
        ("value: |\n        sum(income)\n\n        where agee = 1", 3, 15),
        ("value: sum(income)\n        where hukou = 'x'\n        and agee = 1", 2, 13),
        ("value: 'sum(income) where hukou = ''城镇''\n        and agee = 1'", 1, 13),
    ],
)
def test_a_place_is_found_however_the_text_is_folded(read: Read, written: str, line: int, column: int) -> None:
    text = f"{HEAD}  - id: a\n    name: a\n    unit: 人\n    {written}\n"
    _, findings = read(text.replace("hukou = 'x'", "hukou = '城镇'"))
    place = findings[0].place
    assert place is not None
    assert (place.line, place.column) == (LINE + 3 + line, column)


def test_a_place_beyond_the_text_is_its_end() -> None:
    assert ScalarPlaces("a: 'x'").locate((1, 4), 1) == (1, 6)


@pytest.mark.parametrize(
    ("metric", "code", "at"),
    [
        ("{indicator: 城镇化率, numerator: count}", "P137", "5"),
        ("{indicator: 城镇化率, value: count, numerator: count, denominator: count}", "P137", "5"),
        ("{indicator: 城镇化率}", "P137", "5"),
        ("{id: a, name: a, unit: 人, value: count, per: ratio}", "P137", "50"),
        ("{indicator: 城镇化率, numerator: sum(age) / count, denominator: count}", "P138", "34"),
        ("{indicator: 城镇画率, value: count}", "P141", "17"),
        ("{indicator: 城镇化率, id: a, value: count}", "P141", "17"),
        ("{indicator: 城镇化率, unit: 人, value: count}", "P141", "29"),
        ("{indicator: 城镇化率, unit: '%', value: count / count, per: percent}", "P141", "29"),
        ("{indicator: 城镇常住人口, value: count / count, per: percent}", "P141", "52"),
        ("{id: a, name: a, value: count}", "P141", "5"),
        ("{id: a, unit: 人, value: count}", "P141", "5"),
        ("{id: a, name: a, unit: 园, value: count}", "P141", "28"),
        ("{id: built_up_area, name: a, unit: 人, value: count}", "P141", "10"),
        ("{id: A, name: a, unit: 人, value: count}", "P106", "10"),
        ("{id: a, name: a, unit: 人, valeu: count}", "P104", "31"),
        ("{id: a, name: a, unit: 人, value: count, missing: maybe}", "P106", "54"),
    ],
)
def test_a_metric_with_a_fault_is_left_out(read: Read, metric: str, code: str, at: str) -> None:
    metrics, findings = read(f"{HEAD}  - {metric}\n")
    assert [
        (finding.code, finding.place and f"{finding.place.line}:{finding.place.column}") for finding in findings
    ] == [(code, f"{LINE}:{at}")]
    assert metrics is None or metrics.metrics == ()


def test_an_indicator_has_one_metric(read: Read) -> None:
    again = "  - {indicator: 城镇化率, value: count / count, per: percent}\n"
    metrics, findings = read(HEAD + again + again)
    assert [(finding.code, finding.place and finding.place.line) for finding in findings] == [("P141", LINE + 1)]
    assert metrics is not None
    assert len(metrics.metrics) == 1


@pytest.mark.parametrize(
    ("good", "bad", "code", "line"),
    [
        ("    year: {kind: period}\n", "", "P142", 5),
        ("whole: 钦州市", "period: 2019", "P142", 5),
        ("  whole: 钦州市\n  columns:\n    region: {kind: region}\n", "  columns:\n", "P142", 4),
        ("urban: {kind: flag}", "urban: {kind: region}", "P142", 5),
        ("urban: {kind: flag}", "urban: {kind: flag, type: integer}", "P142", 7),
        ("urban: {kind: flag}", "urban: {kind: flag, values: [是]}", "P142", 7),
        ("type: integer", "type: float", "P142", 8),
        ("type: integer", 'type: "decimal(39,2)"', "P142", 8),
        ("type: integer", 'type: "decimal(3,4)"', "P142", 8),
        ("type: integer", "type: integer, rounding: down", "P142", 8),
        ("type: integer", "rounding: half-up", "P142", 8),
        ("whole: 钦州市", "period: 某年", "P106", 3),
        ("kind: flag", "kind: flagge", "P106", 7),
        ("records:", "record:", "P104", 1),
        ("title: 试验", "title: [试验]", "P106", 2),
        ("records:", "records: [", "P101", 3),
    ],
)
def test_records_with_a_fault_leave_no_metric(read: Read, good: str, bad: str, code: str, line: int) -> None:
    text = f"{HEAD}  - {{id: a, name: a, unit: 人, value: count}}\n"
    assert good in text
    metrics, findings = read(text.replace(good, bad, 1))
    assert metrics is None
    assert (code, line) in [(finding.code, finding.place and finding.place.line) for finding in findings]


def test_what_is_not_text_is_reported(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_bytes(b"\0\1\2")
    assert [finding.code for finding in read_metrics(path, plan)[1]] == ["P101"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("examples/records/metrics.yaml", True), ("data/targets.yaml", False), ("data/none.yaml", False)],
)
def test_metrics_are_known_from_a_plan_s_files(repo: Path, name: str, expected: object) -> None:
    assert is_metrics(repo / name) is expected
