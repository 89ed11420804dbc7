"""What becomes of records that lack something: counted, told, and never in a figure in silence."""

import gzip
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from czurban.computing.records.compute import Computed, Request
from czurban.computing.records.groups import period_of
from czurban.errors import BrokenTableError, EngineError, UnreadableError
from czurban.model.formulas.metric import Grain
from czurban.model.period import Period
from czurban.model.region import Region, Regions
from czurban.reading.large.encodings import in_utf8
from czurban.reading.large.record_source import find_records

Ask = Callable[..., Computed]
HEAD = "region,year,urban,age,income,weight,hukou\n"
SHARE = "  - {indicator: 城镇化率, numerator: sum(weight) where urban, denominator: sum(weight), per: percent%s}\n"
ADULTS = "  - {id: a, name: a, unit: 人, value: count where age >= 16%s}\n"
INCOME = "  - {id: a, name: a, unit: 元, value: sum(income)%s}\n"
REGIONS = Regions(
    [
        Region("450700", "钦州市"),
        Region("450702", "钦南区", parent="450700"),
        Region("450703", "钦北区", parent="450700"),
        Region("450721", "灵山县", parent="450700"),
    ]
)


def table(*rows: str) -> str:
    return HEAD + "".join(f"{row}\n" for row in rows)


def told(done: Computed) -> list[str]:
    return sorted({finding.code for finding in done.findings})


@pytest.mark.parametrize(
    ("policy", "value", "codes", "reason"),
    [
        ("", None, ["S283"], "urban ×1 is missing"),
        (", missing: exclude", 50, ["S282"], ""),
        (", unreadable: exclude", None, ["S283"], "urban ×1 is missing"),
    ],
)
def test_a_missing_value_is_excluded_only_where_that_is_declared(
    ask: Ask, policy: str, value: int | None, codes: list[str], reason: str
) -> None:
    done = ask(table("1,2019,是,1,1,1,", "1,2019,否,1,1,1,", "1,2019,,1,1,1,"), SHARE % policy)
    (figure,) = done.figures
    assert (figure.value, figure.records, figure.left_out.records) == (value, 3, 1)
    assert figure.left_out.missing == {"urban": 1}
    assert str(figure.reason or "") == reason
    assert told(done) == codes


@pytest.mark.parametrize(
    ("policy", "value", "codes"),
    [
        ("", None, ["S280", "S283"]),
        (", missing: exclude", None, ["S280", "S283"]),
        (", unreadable: exclude", 100, ["S280", "S282"]),
    ],
)
@pytest.mark.parametrize("bad", ["很多", "1,23", "12岁", "约12", "1e1", "0.00001", "12345678", "1.2.3", "--1", "１２a"])
def test_an_unreadable_value_is_not_missing(
    ask: Ask, policy: str, value: int | None, codes: list[str], bad: str
) -> None:
    done = ask(table("1,2019,是,1,1,2,", f'1,2019,否,1,1,"{bad}",'), SHARE % policy)
    (figure,) = done.figures
    assert figure.value == value
    assert figure.left_out.unreadable == {"weight": 1}
    assert told(done) == codes
    assert bad in str(done.findings[0].message)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(
            (text, Decimal(1234))
            for text in ("1234", "+1234", "01234", "1234.0", "1234.00000000", "1,234", "１２３４", " 1234 ")
        ),
        *((text, Decimal("-0.5")) for text in ("-0.5", "−0.5", "-0.5000", "-.5")),
        *((text, None) for text in ("", " ", "-", "—", "无", "N/A", "/", "暂无")),
    ],
)
def test_a_number_is_read_as_people_write_it(ask: Ask, written: str, meant: Decimal | None) -> None:
    done = ask(table(f'1,2019,是,1,"{written}",1,'), INCOME % ", missing: exclude")
    (figure,) = done.figures
    assert figure.numerator == (meant or 0)
    assert figure.left_out.records == (meant is None)
    assert told(done) == (["S283"] if meant is None else [])
    assert figure.value == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *((text, True) for text in ("是", "true", "TRUE", "T", "1", "Yes", " 是 ", "ｙ")),
        *((text, False) for text in ("否", "false", "0", "no", "N")),
        *((text, None) for text in ("", "—", "无")),
    ],
)
def test_a_flag_is_read_as_people_write_it(ask: Ask, written: str, meant: object) -> None:
    done = ask(table(f"1,2019,{written},1,1,1,"), "  - {id: a, name: a, unit: 人, value: count where urban}\n")
    (figure,) = done.figures
    assert figure.value == (None if meant is None else int(bool(meant)))


@pytest.mark.parametrize("written", ["2", "√", "城镇", "maybe", "-1"])
def test_a_flag_that_is_neither_is_not_guessed(ask: Ask, written: str) -> None:
    done = ask(table(f"1,2019,{written},1,1,1,"), "  - {id: a, name: a, unit: 人, value: count where urban}\n")
    assert done.figures[0].value is None
    assert done.figures[0].left_out.unreadable == {"urban": 1}


@pytest.mark.parametrize(
    ("written", "value", "codes"),
    [
        *((text, 1, []) for text in ("城镇", " 城镇", "城镇 ", "城 镇", "\u3000城镇")),
        ("农村", 0, []),
        ("城填", None, ["S280", "S283"]),
        ("", None, ["S283"]),
    ],
)
def test_a_text_is_compared_however_it_is_spaced(ask: Ask, written: str, value: int | None, codes: list[str]) -> None:
    metric = "  - {id: a, name: a, unit: 人, value: count where hukou = '城镇'}\n"
    done = ask(table(f"1,2019,是,1,1,1,{written}"), metric)
    assert done.figures[0].value == value
    assert told(done) == codes


def test_a_text_of_any_value_is_compared_alike(ask: Ask) -> None:
    columns = "\n    region: {kind: region}\n    year: {kind: period}\n    hukou: {kind: text}\n"
    metric = "  - {id: a, name: a, unit: 人, value: \"count where hukou = 'Ａb c'\"}\n"
    done = ask(table("1,2019,,,,,ab c", "1,2019,,,,,a bc", "1,2019,,,,,ab", "1,2019,,,,,It's"), metric, columns=columns)
    assert done.figures[0].value == 2
    assert done.findings == ()


def test_what_a_condition_leaves_out_need_not_have_a_value(ask: Ask) -> None:
    metric = "  - {id: a, name: a, unit: 元, value: sum(income) where age >= 16 and urban}\n"
    done = ask(table("1,2019,是,30,5.25,,", "1,2019,是,9,,,", "1,2019,,9,,,", "1,2019,否,,,,"), metric)
    assert (done.figures[0].value, done.findings) == (Fraction("5.25"), ())
    done = ask(table("1,2019,是,30,5.25,,", "1,2019,,30,,,"), metric)
    assert done.figures[0].value is None
    assert done.figures[0].left_out.missing == {"urban": 1, "income": 1}


@pytest.mark.parametrize("text", [HEAD, HEAD.strip()])
def test_no_records_make_no_figure(ask: Ask, text: str) -> None:
    done = ask(text, SHARE % "")
    assert (done.figures, done.findings, done.records) == ((), (), 0)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (("1,2019,是,1,1,0,",), "its denominator is 0"),
        (("1,2019,是,1,1,-2,", "1,2019,是,1,1,1,"), "its denominator is below 0"),
    ],
)
def test_nothing_is_divided_by_nothing(ask: Ask, rows: tuple[str, ...], reason: str) -> None:
    done = ask(table(*rows, "1,2018,是,1,1,1,"), SHARE % "")
    assert [(str(figure.period), figure.value) for figure in done.figures] == [("2018", 100), ("2019", None)]
    assert str(done.figures[1].reason) == reason
    assert told(done) == ["S284"]


def test_negative_weights_are_summed_exactly(ask: Ask) -> None:
    done = ask(table("1,2019,是,1,1,-0.5,", "1,2019,是,1,1,2.25,", "1,2019,否,1,1,0.0001,"), SHARE % "")
    assert done.figures[0].value == Fraction("1.75") / Fraction("1.7501") * 100


@pytest.mark.parametrize(
    ("header", "code", "hint"),
    [
        ("region,year,urbann,age,income,weight,hukou", "S278", "urbann"),
        ("regions,year,urban,age,income,weight,hukou", "S278", "regions"),
        ("region,years,urban,age,income,weight,hukou", "S278", "years"),
    ],
)
def test_a_column_that_is_not_there_is_told(ask: Ask, header: str, code: str, hint: str) -> None:
    done = ask(f"{header}\n1,2019,是,20,1,1,\n", SHARE % "" + "  - {id: b, name: b, unit: 人, value: count}\n")
    assert [finding.code for finding in done.findings] == [code]
    assert hint in str(done.findings[0].hint)
    assert [figure.metric.id for figure in done.figures] == (["b"] if "urbann" in header else [])


def test_a_column_nobody_asks_for_need_not_be_there(ask: Ask) -> None:
    done = ask("region,year\n1,2019\n", "  - {id: b, name: b, unit: 人, value: count}\n")
    assert [figure.value for figure in done.figures] == [1]
    assert done.findings == ()


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ("{kind: number}", ["S279"]),
        ('{kind: number, type: "decimal(30,2)"}', ["P140"]),
        ("{kind: number, type: integer}", []),
    ],
)
def test_a_number_has_declared_digits(ask: Ask, columns: str, code: list[str]) -> None:
    text = "\n    year: {kind: period}\n    age: " + columns + "\n"
    done = ask("year,age\n2019,3\n", "  - {id: b, name: b, unit: 人, value: sum(age * age)}\n", columns=text)
    assert [finding.code for finding in done.findings] == code
    assert [figure.value for figure in done.figures] == ([] if code else [9])


def test_a_sum_as_large_as_engines_go(ask: Ask) -> None:
    nines = "9" * 36
    columns = '\n    year: {kind: period}\n    big: {kind: number, type: "decimal(36,0)"}\n'
    metric = "  - {id: b, name: b, unit: 人, value: sum(big)}\n"
    done = ask("year,big\n" + f"2019,{nines}\n" * 99, metric, columns=columns)
    assert done.figures[0].value == int(nines) * 99
    with pytest.raises(EngineError) as caught:
        ask("year,big\n" + f"2019,{nines}\n" * 200, metric, columns=columns)
    assert caught.value.hint is not None


@pytest.mark.parametrize(
    ("written", "rounded", "value"),
    [
        ("0.285", 1, "0.29"),
        ("-0.285", 1, "-0.29"),
        ("0.2849999999999999999999999999", 1, "0.28"),
        ("0.28500000", 1, "0.29"),
        ("0.2800000", 0, "0.28"),
        ("-0.004", 1, "0"),
        ("999.995", 1, "1000"),
        ("9999999999.994", 1, "9999999999.99"),
        ("１.００５", 1, "1.01"),
        ("1." + "1" * 40, 1, "1.11"),
    ],
)
def test_rounding_is_declared_half_up_and_counted(ask: Ask, written: str, rounded: int, value: str) -> None:
    columns = '\n    year: {kind: period}\n    income: {kind: number, type: "decimal(12,2)", rounding: half-up}\n'
    done = ask(f"year,income\n2019,{written}\n2019,1\n", INCOME % "", columns=columns)
    assert done.figures[0].value == Fraction(value) + 1
    assert told(done) == ["S281"] * rounded


def test_rounding_beyond_the_digits_is_unreadable(ask: Ask) -> None:
    columns = '\n    year: {kind: period}\n    income: {kind: number, type: "decimal(3,1)", rounding: half-up}\n'
    done = ask("year,income\n2019,99.95\n", INCOME % "", columns=columns)
    assert done.figures[0].left_out.unreadable == {"income": 1}


@pytest.mark.parametrize(
    ("text", "grain", "period"),
    [
        ("2019", Grain.YEAR, Period(2019)),
        ("2019年", Grain.YEAR, Period(2019)),
        ("2019-06-03", Grain.YEAR, Period(2019)),
        ("2019-06-03", Grain.QUARTER, Period(2019, 4, 6)),
        ("2019-06-03", Grain.MONTH, Period(2019, 6, 6)),
        ("2019-06-03 12:30:00", Grain.MONTH, Period(2019, 6, 6)),
        ("2019-06-03T12:30:00", Grain.MONTH, Period(2019, 6, 6)),
        ("2019年6月3日", Grain.MONTH, Period(2019, 6, 6)),
        ("二〇一九年六月三十日", Grain.YEAR, Period(2019, 1, 12)),
        ("20190603", Grain.MONTH, Period(2019, 6, 6)),
        ("2019/6/3", Grain.QUARTER, Period(2019, 4, 6)),
        ("2019-06", Grain.QUARTER, Period(2019, 4, 6)),
        ("2019年二季度", Grain.QUARTER, Period(2019, 4, 6)),
        ("2019年二季度", Grain.MONTH, None),
        ("2019年上半年", Grain.QUARTER, None),
        ("2019年上半年", Grain.YEAR, Period(2019)),
        ("2019", Grain.MONTH, None),
        ("2019-13-03", Grain.YEAR, None),
        ("去年", Grain.YEAR, None),
        ("", Grain.YEAR, None),
    ],
)
def test_a_record_lies_in_one_period(text: str, grain: Grain, period: Period | None) -> None:
    assert period_of(text, grain) == period


def test_dates_are_gathered_by_quarter(ask: Ask) -> None:
    columns = "\n    year: {kind: period, grain: quarter}\n"
    rows = ["2019-01-01", "2019-03-31", "2019-04-01", "2019年二季度", "２０１９-12-31"]
    done = ask("year\n" + "\n".join(rows) + "\n", "  - {id: b, name: b, unit: 人, value: count}\n", columns=columns)
    assert [(str(figure.period), figure.value) for figure in done.figures] == [
        ("2019-01..03", 2),
        ("2019-04..06", 2),
        ("2019-10..12", 1),
    ]


@pytest.mark.parametrize(("policy", "values"), [("", [None]), (", missing: exclude", [1])])
def test_a_record_without_a_period_is_in_no_figure(ask: Ask, policy: str, values: list[int | None]) -> None:
    done = ask(table("1,2019,是,20,,,", "1,去年,是,20,,,", "1,,是,20,,,"), ADULTS % policy)
    assert [figure.value for figure in done.figures] == values
    assert "S285" in told(done)
    assert "2 records state no period" in str(
        next(finding.message for finding in done.findings if finding.code == "S285")
    )


def test_one_period_may_be_that_of_all_records(ask: Ask) -> None:
    columns = "\n    region: {kind: region}\n"
    more = "  period: 2019年末"
    done = ask("region\n1\n2\n", "  - {id: b, name: b, unit: 人, value: count}\n", columns=columns, more=more)
    assert [(figure.region, figure.period, figure.value) for figure in done.figures] == [("", Period(2019), 2)]


def test_only_the_period_asked_for_is_computed(ask: Ask) -> None:
    rows = table("1,2019,是,20,,,", "1,2018,是,20,,,")
    done = ask(rows, ADULTS % "", Request(period=Period(2018)))
    assert [(figure.period, figure.value) for figure in done.figures] == [(Period(2018), 1)]
    assert ask(rows, ADULTS % "", Request(period=Period(2017))).figures == ()


@pytest.mark.parametrize(
    ("written", "same"),
    [("045070", "045070"), (" 450702", "450702"), ("４５０７０２", "450702"), ("灵山县\u3000", "灵山县")],
)
def test_a_region_is_a_text(ask: Ask, written: str, same: str) -> None:
    rows = table(f"{written},2019,是,20,,,", f"{same},2019,是,20,,,")
    done = ask(rows, ADULTS % "", Request(by_region=True), more="")
    assert [(figure.region, figure.value) for figure in done.figures] == [(same, 2)]


def test_regions_by_the_beginning_of_their_codes(ask: Ask) -> None:
    rows = table("450702,2019,是,20,,,", "450721,2019,是,20,,,", "450802,2019,否,20,,,")
    done = ask(rows, ADULTS % "", Request(beginning=4))
    assert [(figure.region, figure.value) for figure in done.figures] == [("4507", 2), ("4508", 1)]


def test_regions_are_rolled_up_from_numerators_and_denominators(ask: Ask) -> None:
    rows = table("450702,2019,是,20,,1,", "钦北区,2019,否,20,,2,", "450721,2019,是,20,,4,", "别处,2019,否,20,,1,")
    done = ask(rows, SHARE % "", Request(by_region=True, regions=REGIONS))
    assert [(figure.region, figure.depth, figure.value) for figure in done.figures] == [
        ("钦州市", 0, Fraction(500, 7)),
        ("钦南区", 1, 100),
        ("钦北区", 1, 0),
        ("灵山县", 1, 100),
        ("别处", 0, 0),
    ]
    assert told(done) == ["S285"]


@pytest.mark.parametrize(
    ("policy", "value", "code"), [("", None, "S283"), (", missing: exclude", Fraction(100, 3), "S282")]
)
def test_a_total_says_which_regions_have_no_record(ask: Ask, policy: str, value: Fraction | None, code: str) -> None:
    rows = table("450702,2019,是,20,,1,", "450703,2019,否,20,,2,")
    done = ask(rows, SHARE % policy, Request(regions=REGIONS))
    (figure,) = done.figures
    assert (figure.region, figure.value, figure.lacking) == ("钦州市", value, ("灵山县",))
    assert told(done) == [code]
    assert "灵山县" in str(done.findings[0].message)


@pytest.mark.parametrize(("policy", "value"), [("", None), (", missing: exclude", 100)])
def test_records_of_elsewhere_are_in_no_total(ask: Ask, policy: str, value: int | None) -> None:
    rows = table("钦州市,2019,是,20,,1,", "450802,2019,否,20,,2,", ",2019,是,20,,2,")
    done = ask(rows, SHARE % policy, Request(regions=REGIONS))
    assert [figure.value for figure in done.figures] == [value]
    assert "450802" in str(next(finding.message for finding in done.findings if finding.code == "S285"))


@pytest.mark.parametrize(("policy", "values"), [("", [None]), (", missing: exclude", [100])])
def test_a_record_without_a_region_is_in_no_region_s_figure(ask: Ask, policy: str, values: list[int | None]) -> None:
    rows = table("450702,2019,是,20,,1,", ",2019,否,20,,2,")
    done = ask(rows, SHARE % policy, Request(by_region=True))
    assert [figure.value for figure in done.figures] == values
    assert "S285" in told(done)


def test_a_unit_is_converted_exactly(ask: Ask) -> None:
    metric = "  - {indicator: 城镇常住人口, unit: 人, value: sum(weight)}\n"
    done = ask(table("1,2019,是,20,,12345.6789,"), metric)
    assert (done.figures[0].value, done.figures[0].unit.name) == (Fraction("1.23456789"), "万人")


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (("a.csv", "b.csv"), "{folder}"),
        (("a.csv", "b.csv"), "{folder}/*.csv"),
        (("a.csv.gz", "b.csv"), "{folder}"),
        (("a.csv", "b.csv", "_SUCCESS", ".hidden.csv"), "{folder}"),
    ],
)
def test_a_table_may_lie_in_many_files(ask: Ask, tmp_path: Path, names: tuple[str, ...], text: str) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    data = table("1,2019,是,20,,1,").encode()
    for name in names:
        (folder / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    done = ask(Path(text.format(folder=folder)), ADULTS % "")
    assert done.figures[0].value == 2


def test_a_table_in_another_encoding_is_read(ask: Ask, tmp_path: Path) -> None:
    text = HEAD.replace("hukou", "户口") + "灵山县,2019,是,20,1,1,农村\n灵山县,2019,是,20,1,1,城镇\n"
    columns = "\n    region: {kind: region}\n    year: {kind: period}\n    hukou: {kind: text, column: 户口}\n"
    metric = "  - {id: a, name: a, unit: 人, value: count where hukou = '城镇'}\n"
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.encode(encoding))
        files = find_records([str(path)])
        with in_utf8(files.paths, files.encoding) as paths:
            done = ask(Path(paths[0]), metric, Request(by_region=True), columns=columns)
        assert [(figure.region, figure.value) for figure in done.figures] == [("灵山县", 1)]
        assert (paths == files.paths) is encoding.startswith("utf-8")


def test_a_table_that_changes_its_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes("地区\n灵山县\n".encode("gb18030") + b"\xff\xff\n")
    with pytest.raises(UnreadableError), in_utf8([str(path)], "gb18030"):
        pass  # nothing may come of it


def test_a_packed_table_is_read(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "r.csv.zst"
    (tmp_path / "r.csv").write_text(table("1,2019,是,20,,1,", "1,2019,是,3,,1,"), encoding="utf-8")
    with duckdb.connect() as connection:
        scan = f"read_csv('{tmp_path / 'r.csv'}', all_varchar = true, header = true)"
        connection.execute(f"COPY (FROM {scan}) TO '{path}' (FORMAT csv, HEADER, COMPRESSION zstd)")
    files = find_records([str(path)])
    with in_utf8(files.paths, files.encoding) as paths:
        assert ask(Path(paths[0]), ADULTS % "").figures[0].value == 1
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(UnreadableError, match="unpacked to its end"):
        find_records([str(path)])


@pytest.mark.parametrize("row", ["1,2019,是", "1,2019,是,20,1,1,城镇,more", '1,2019,"是,20,1,1,城镇'])
def test_a_broken_row_is_told(ask: Ask, row: str) -> None:
    with pytest.raises(BrokenTableError) as caught:
        ask(table("1,2019,是,20,1,1,", row), ADULTS % "")
    assert "ine" in str(caught.value)


def test_names_that_differ_in_case_alone_are_two_columns(ask: Ask) -> None:
    columns = "\n    year: {kind: period}\n    a: {kind: number, type: integer}\n"
    columns += "    A: {kind: number, column: b, type: integer}\n"
    done = ask("year,a,b\n2019,1,20\n", "  - {id: x, name: x, unit: 人, value: sum(a - A)}\n", columns=columns)
    assert done.figures[0].value == -19


@pytest.mark.parametrize(
    ("values", "numerator", "codes"),
    [
        (("0.1", "0.2"), "0.3", []),
        (("0.1", "1e-7", "2.5e3"), "2500.1", ["S281"]),
        (("1e22",), "0", ["S280", "S283"]),
        (("1e22", "1"), "1", ["S280", "S282"]),
        (("'NaN'", "'Infinity'", "1.5"), "1.5", ["S280", "S282"]),
    ],
)
def test_binary_numbers_are_the_decimals_they_are_shown_as(
    ask: Ask, tmp_path: Path, values: tuple[str, ...], numerator: str, codes: list[str]
) -> None:
    path = tmp_path / "r.parquet"
    rows = ", ".join(f"(2019, {value}::DOUBLE)" for value in values)
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT * FROM (VALUES {rows}) AS t(year, income)) TO '{path}'")
    columns = '\n    year: {kind: period}\n    income: {kind: number, type: "decimal(12,2)"}\n'
    done = ask(path, INCOME % ", unreadable: exclude", columns=columns)
    assert done.figures[0].numerator == Fraction(numerator)
    assert told(done) == codes
