"""Records by the codes of their regions, ids that repeat, dates that are none, and metrics that make no sense."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from czurban.computing.records.compute import Computed, Request
from czurban.model.finding import Finding
from czurban.model.formulas.metric import Metrics
from czurban.model.period import parse_period, periods_in
from czurban.model.plan import Plan
from czurban.model.region import Region, Regions
from czurban.reading.metrics.file import read_metrics

Ask = Callable[..., Computed]
REGIONS = Regions(
    [
        Region("450000", "广西"),
        Region("450700", "钦州市", ("钦州",), parent="450000"),
        Region("450721", "灵山县", parent="450700"),
        Region("450722", "浦北县", parent="450700"),
        Region("450723", "鼓楼区", parent="450700"),
        Region("450800", "贵港市", parent="450000"),
        Region("450823", "鼓楼区", parent="450800"),
    ]
)
COLUMNS = """
    region: {kind: region}
    year: {kind: period}
    person: {kind: id}
    urban: {kind: flag}
    age: {kind: number, type: integer}
    hukou: {kind: text}
"""
HEAD = "region,year,person,urban,age,hukou\n"
COUNT = "  - {id: a, name: a, unit: 人, value: count, missing: exclude}\n"
PERSONS = "  - {id: a, name: a, unit: 人, value: count distinct person%s}\n"


def table(*rows: str) -> str:
    return HEAD + "".join(f"{row}\n" for row in rows)


def values(done: Computed) -> list[tuple[str, object]]:
    return [(figure.region, figure.value) for figure in done.figures]


def messages(done: Computed, code: str) -> list[str]:
    return [str(finding.message) for finding in done.findings if finding.code == code]


@pytest.mark.parametrize(
    "same", ["灵山县", "450721", " 灵山县 ", "４５０７２１", "钦州市灵山县", "广西钦州市灵山县", "灵山 县"]
)
@pytest.mark.parametrize(("beginning", "group"), [(4, "4507"), (6, "450721"), (2, "45")])
def test_a_name_and_its_code_are_one_region(ask: Ask, same: str, beginning: int, group: str) -> None:
    rows = table("450721,2019,A1,是,20,", f"{same},2019,A2,是,20,")
    done = ask(rows, COUNT, Request(beginning=beginning, regions=REGIONS), columns=COLUMNS)
    assert values(done) == [(group, 2)]
    assert messages(done, "S285") == []


@pytest.mark.parametrize("regions", [REGIONS, Regions()])
@pytest.mark.parametrize("name", ["火星", "某县", "鼓楼区", "45"])
def test_what_has_no_code_is_reported_and_is_no_group(ask: Ask, name: str, regions: Regions) -> None:
    rows = table("450721,2019,A1,是,20,", f"{name},2019,A2,是,20,", f"{name},2019,A3,是,20,")
    done = ask(rows, COUNT, Request(beginning=4, regions=regions), columns=COLUMNS)
    assert values(done) == [("4507", 1)]
    told = f"2 records are of regions without a code of the requested length: “{name}”."
    assert messages(done, "S285") == [told]


def test_without_a_hierarchy_a_name_has_no_code(ask: Ask) -> None:
    rows = table("450721,2019,A1,是,20,", "灵山县,2019,A2,是,20,")
    done = ask(rows, COUNT, Request(beginning=4), columns=COLUMNS)
    assert values(done) == [("4507", 1)]
    assert "“灵山县”" in messages(done, "S285")[0]


def test_a_record_that_may_be_of_any_group_refuses_a_figure_that_allows_no_gap(ask: Ask) -> None:
    rows = table("450721,2019,A1,是,20,", "火星,2019,A2,是,20,")
    done = ask(rows, COUNT.replace(", missing: exclude", ""), Request(beginning=4), columns=COLUMNS)
    assert values(done) == [("4507", None)]
    assert messages(done, "S283") == ["There is no “a” (4507, 2019): 1 records may be of any region or period."]


def test_a_group_says_which_regions_of_the_hierarchy_have_no_record(ask: Ask) -> None:
    done = ask(
        table("450721,2019,A1,是,20,", "浦北县,2019,A2,是,1,"),
        COUNT,
        Request(beginning=4, regions=REGIONS),
        columns=COLUMNS,
    )
    assert done.figures[0].lacking == ("鼓楼区",)
    whole = ask(table("钦州,2019,A1,是,20,"), COUNT, Request(beginning=4, regions=REGIONS), columns=COLUMNS)
    assert whole.figures[0].lacking == ()


def test_a_list_of_regions_without_a_record_is_short(ask: Ask) -> None:
    many = Regions(
        [Region("450700", "钦州市"), *(Region(f"4507{n:04}", f"第{n}镇", parent="450700") for n in range(3000))]
    )
    done = ask(table("45070001,2019,A1,是,20,"), COUNT, Request(regions=many), columns=COLUMNS)
    (told,) = messages(done, "S282")
    assert told.endswith("第12镇 and 2,987 more, for which there is no record.")
    assert len(told) < 200


def test_an_unknown_name_is_reported_where_no_whole_is_named(ask: Ask) -> None:
    done = ask(
        table("450721,2019,A1,是,20,", "火星,2019,A2,是,20,", "鼓楼区,2019,A3,是,20,"),
        COUNT,
        Request(by_region=True, regions=REGIONS),
        columns=COLUMNS,
        more="",
    )
    assert messages(done, "S285") == [
        "2 records are of regions that the plan's regions do not have, or have several times: “火星”, “鼓楼区”."
    ]


@pytest.fixture
def findings_of(plan: Plan, tmp_path: Path) -> Callable[..., tuple[Metrics | None, list[Finding]]]:
    """Read a metric over the columns; return the metrics and the findings."""

    def read(
        value: str = "count", whole: str = "钦州市", regions: Regions = REGIONS
    ) -> tuple[Metrics | None, list[Finding]]:
        path = tmp_path / "metrics.yaml"
        metric = f'  - {{id: a, name: a, unit: 人, value: "{value}"}}\n'
        path.write_text(
            f"records:\n  title: t\n  whole: {whole}\n  columns:{COLUMNS}metrics:\n{metric}", encoding="utf-8"
        )
        metrics, findings = read_metrics(path, replace(plan, regions=regions))
        return metrics, list(findings)

    return read


@pytest.mark.parametrize("regions", [REGIONS, Regions()])
@pytest.mark.parametrize("whole", ["北京市", "110000", "鼓楼区2", "钦州港"])
def test_the_whole_is_the_plans_region_or_in_its_hierarchy(
    findings_of: Callable[..., tuple[Metrics | None, list[Finding]]], whole: str, regions: Regions
) -> None:
    metrics, findings = findings_of(whole=whole, regions=regions)
    assert metrics is None
    (told,) = findings
    assert (told.code, told.place and told.place.line) == ("P142", 3)
    assert str(told.message) == f"“{whole}” is neither the plan's region 钦州市 nor one of its regions."
    assert "whole: 钦州市" in str(told.hint)


def test_a_whole_that_several_regions_are_called_is_refused(
    findings_of: Callable[..., tuple[Metrics | None, list[Finding]]],
) -> None:
    assert [str(each.message) for each in findings_of(whole="鼓楼区")[1]] == [
        "“鼓楼区” may be several of the plan's regions."
    ]


@pytest.mark.parametrize(
    ("whole", "regions", "meant"),
    [
        *((name, REGIONS, "钦州市") for name in ("钦州市", "钦州", "450700", "广西钦州市", "全市")),
        *((name, Regions(), "钦州市") for name in ("钦州市", "钦州", "广西钦州市", "全市")),
        ("广西", REGIONS, "广西"),
        ("灵山县", REGIONS, "灵山县"),
    ],
)
def test_the_whole_has_its_name_of_the_plan(
    findings_of: Callable[..., tuple[Metrics | None, list[Finding]]], whole: str, regions: Regions, meant: str
) -> None:
    metrics, findings = findings_of(whole=whole, regions=regions)
    assert findings == []
    assert metrics is not None
    assert metrics.records.whole == meant


@pytest.mark.parametrize(
    ("value", "code", "message", "hint"),
    [
        ("count where age between 60 and 16", "P139", "Nothing is between 60 and 16.", "between 16 and 60"),
        ("count where age between -1 and -2", "P139", "Nothing is between -1 and -2.", "between -2 and -1"),
        ("count where not age between 5 and 2 + 1", "P139", "Nothing is between 5 and 3.", "between 3 and 5"),
        ("count where age > 60 and age < 16", "P139", "No value of age", "or"),
        ("count where age > 16 and urban and age <= 16", "P139", "No value of age", "or"),
        ("count where age = 3 and age <> 3", "P139", "No value of age", "or"),
        ("count where hukou = 'a' and hukou = 'b'", "P139", "No value of hukou", "or"),
        ("count where false", "P139", "No record satisfies this.", ""),
        ("count / sum(0)", "P137", "A sum of 0 is never above 0", "Divide by"),
        ("count / sum(-1)", "P137", "A sum of -1 is never above 0", "Divide by"),
        ("count / sum(age * 0)", "P137", "A sum of 0 is never above 0", "Divide by"),
        ("count / sum(age - age)", "P137", "A sum of 0 is never above 0", "Divide by"),
        ("count / sum(2 - 3 + 1)", "P137", "A sum of 0 is never above 0", "Divide by"),
        ("count where person = 'A'", "P139", "“person” is an id, which is only counted.", "count distinct person"),
        ("sum(person)", "P139", "“person” is an id", "count distinct person"),
        ("count distinct age", "P139", "Only the values of a column of kind id or text", "kind: id"),
        ("count distinct nobody", "P139", "The records declare no column “nobody”.", "person"),
        ("count distinct", "P138", "The expression cannot be read", ""),
        ("count distinct person, age", "P138", "", ""),
    ],
)
def test_a_metric_that_makes_no_sense_is_refused(
    findings_of: Callable[..., tuple[Metrics | None, list[Finding]]], value: str, code: str, message: str, hint: str
) -> None:
    _, findings = findings_of(value)
    assert [(each.code, each.place and each.place.line) for each in findings] == [(code, 12)]
    assert message in str(findings[0].message)
    assert hint in str(findings[0].hint)


@pytest.mark.parametrize(
    "value",
    [
        "count where age between 16 and 60",
        "count where age between 16 and 16",
        "count where age >= 16 and age <= 16",
        "count where age > 16 and age < 17",
        "count where age < 16 or age > 60",
        "count where age <> 3 and age <> 4",
        "count where hukou = 'a' and hukou <> 'b'",
        "count / sum(1)",
        "count distinct person where urban and age > 3",
        "count(distinct person)",
        "sum(age) / count distinct person",
        "count distinct hukou",
    ],
)
def test_a_metric_that_makes_sense_is_taken(
    findings_of: Callable[..., tuple[Metrics | None, list[Finding]]], value: str
) -> None:
    assert findings_of(value)[1] == []


@pytest.mark.parametrize(
    "date", ["2019-02-30", "2019年2月30日", "2019/02/30", "20190230", "2019-02-29", "2019-04-31", "2019-00-01"]
)
def test_a_day_that_no_year_has_is_no_period(ask: Ask, date: str) -> None:
    done = ask(table("450721,2019,A1,是,20,", f"450721,{date},A2,是,20,"), COUNT, columns=COLUMNS)
    assert values(done) == [("钦州市", 1)]
    assert messages(done, "S285") == [f"1 records state no period that can be read: “{date}”."]


@pytest.mark.parametrize(
    "date", ["2020-02-29", "2020年2月29日", "20200229", "2020-02-29 10:00:00", "2020-12-31", "2020-01-30"]
)
def test_a_day_that_a_year_has_is_in_it(ask: Ask, date: str) -> None:
    done = ask(table(f"450721,{date},A2,是,20,"), COUNT, columns=COLUMNS)
    assert [(str(figure.period), figure.value) for figure in done.figures] == [("2020", 1)]


@pytest.mark.parametrize("text", ["2019-02-30", "2019年2月30日", "2019/2/30", "2019-04-31", "2019.11.31"])
def test_such_a_day_is_no_period_of_a_figure_either(text: str) -> None:
    assert parse_period(text) is None
    assert periods_in(f"截至{text}的指标").vague
    assert parse_period("2019-02-28") is not None
    assert not periods_in("截至2019年2月28日的指标").vague


def test_a_person_counts_once_in_each_region_and_once_in_the_whole(ask: Ask) -> None:
    rows = table(
        "450721,2019,A1,是,20,",
        "灵山县,2019-05-01,A1,是,21,",
        "450722,2019,A1,是,22,",
        "450722,2019,B2,是,22,",
        "450722,2018,B2,是,22,",
        "450723,2019,C3,否,22,",
    )
    done = ask(rows, PERSONS % " where urban", Request(by_region=True, regions=REGIONS), columns=COLUMNS)
    assert [
        (figure.region, str(figure.period), figure.value) for figure in done.figures if figure.value is not None
    ] == [
        ("钦州市", "2018", 1),
        ("钦州市", "2019", 2),
        ("灵山县", "2019", 1),
        ("浦北县", "2018", 1),
        ("浦北县", "2019", 2),
        ("钦州市鼓楼区", "2019", 0),
    ]


@pytest.mark.parametrize(
    ("first", "second", "many"),
    [
        ("A1", "A1", 1),
        ("A1", " A1 ", 1),
        ("Ａ１", "A1", 1),
        ("45072119900101123x", "45072119900101123X", 1),
        ("ab", "ab", 1),
        ("ab", "AB", 2),
        ("001", "1", 2),
        ("张三", "张三", 1),
        ("3f2504e0-4f89-11d3-9a0c-0305e82c3301", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", 1),
        ("=1", "'=1", 2),
    ],
)
def test_an_id_is_compared_as_a_text(ask: Ask, first: str, second: str, many: int) -> None:
    rows = table(f"450721,2019,{first},是,20,", f"450721,2019,{second},是,20,")
    done = ask(rows, PERSONS % "", columns=COLUMNS)
    assert values(done) == [("钦州市", many)]
    assert len(messages(done, "S287")) == (many == 1)


@pytest.mark.parametrize("blank", ["", "—", "无", "N/A", " "])
@pytest.mark.parametrize(("policy", "value"), [("", None), (", missing: exclude", 1)])
def test_a_record_without_an_id_is_missing_and_never_repeats(
    ask: Ask, blank: str, policy: str, value: int | None
) -> None:
    rows = table("450721,2019,A1,是,20,", f"450721,2019,{blank},是,20,", f"450721,2019,{blank},是,20,")
    done = ask(rows, PERSONS.replace("%s", policy), columns=COLUMNS)
    assert values(done) == [("钦州市", value)]
    assert done.figures[0].left_out.missing == {"person": 2}
    assert messages(done, "S287") == []


def test_an_id_that_repeats_is_reported_although_no_metric_counts_it(ask: Ask) -> None:
    rows = table(
        *("450721,2019,A1,是,20,", "450722,2019年,A1,是,20,", "450722,2019,B2,是,20,", "450722,2018,B2,是,20,"),
        *("450722,2019-03-01,C3,是,20,", "450722,2019-04-01,C3,是,20,", "450722,2019-05-01,C3,是,20,"),
    )
    done = ask(rows, COUNT, columns=COLUMNS)
    assert messages(done, "S287") == ["2 values of “person” occur more than once in one period, in 5 records: “A1” …"]
    (hint,) = [str(finding.hint) for finding in done.findings if finding.code == "S287"]
    assert "count distinct person" in hint


def test_a_mean_for_each_person_divides_by_persons(ask: Ask) -> None:
    rows = table("450721,2019,A1,是,20,", "450721,2019,A1,是,40,", "450721,2019,B2,是,30,")
    done = ask(
        rows,
        "  - {id: a, name: a, unit: 岁, value: sum(age) / count distinct person}\n".replace("岁", "人"),
        columns=COLUMNS,
    )
    assert (done.figures[0].value, done.figures[0].denominator) == (45, 2)
