"""A sent file to observations: encodings, broken rows, headers, names, units and periods, each fault at its place."""

import codecs
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from czurban.errors import UnreadableError
from czurban.model.finding import Finding, Findings
from czurban.model.observation import Observation, PeriodSource, Reading, Status, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.plan.files import read_plan
from czurban.reading.submission.files import read_bytes, read_submission

TWO = "指标,数值\n常住人口城镇化率,41.2\n城镇常住人口,138.5\n"
RATE, PEOPLE = "resident_urbanization_rate", "urban_resident_population"


@cache
def plan() -> Plan:
    read, findings = read_plan(Path(__file__).parents[2] / "data")
    assert read is not None, findings
    return read


def read(text: str | bytes, name: str = "f.csv") -> tuple[Submission, Findings]:
    return read_bytes(name, text if isinstance(text, bytes) else text.encode(), plan())


def one(text: str, name: str = "f.csv") -> Observation:
    observations = read(text, name)[0].observations
    assert len(observations) == 1
    return observations[0]


def codes_of(findings: Findings, *, but: str = "S219") -> list[tuple[str, str]]:
    """Codes and places, without the note on where the period comes from."""
    return [(found.code, str(found.place)) for found in findings if found.code != but]


def only(findings: Findings, code: str) -> Finding:
    found = [one for one in findings if one.code == code]
    assert len(found) == 1, findings
    return found[0]


@pytest.mark.parametrize(
    ("data", "read_as"),
    [
        (TWO.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + TWO.encode(), "UTF-8"),
        (TWO.encode("gbk"), "GB18030"),
        (TWO.encode("gb18030"), "GB18030"),
        (codecs.BOM_UTF16_LE + TWO.encode("utf-16-le"), "UTF-16-LE"),
        (codecs.BOM_UTF16_BE + TWO.encode("utf-16-be"), "UTF-16-BE"),
        (TWO.encode("utf-16-le"), "UTF-16-LE"),
        (TWO.encode("utf-16-be"), "UTF-16-BE"),
        (TWO.replace("\n", "\r\n").encode(), "UTF-8"),
        (TWO.replace("\n", "\r\n").encode("utf-16-le"), "UTF-16-LE"),
        (TWO.replace("\n", "\r").encode(), "UTF-8"),
        (TWO.replace(",", "\t").encode(), "UTF-8"),
        (TWO.replace(",", ";").encode("gbk"), "GB18030"),
        (("钦州市指标完成情况表\n\n" + TWO).encode(), "UTF-8"),
        (TWO.rstrip().encode(), "UTF-8"),
        ((TWO + "\n,\n\n").encode(), "UTF-8"),
        (TWO.translate(str.maketrans("0123456789.", "０１２３４５６７８９．")).encode(), "UTF-8"),
    ],
)
def test_encodings_and_delimiters(data: bytes, read_as: str) -> None:
    submission, findings = read(data)
    assert submission.read_as == read_as
    assert [(o.indicator, o.amount) for o in submission.observations] == [
        (RATE, Decimal("41.2")),
        (PEOPLE, Decimal("138.5")),
    ]
    assert codes_of(findings) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\r\n \t",
        codecs.BOM_UTF8,
        b"\0" * 64,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\xff\xfe\xfd",
        b"a,\0b\n",
        b"%PDF-1.7\0\xff",
    ],
)
def test_s101_no_table_at_all(data: bytes) -> None:
    submission, findings = read(data)
    assert submission.observations == ()
    assert codes_of(findings) == [("S101", "f.csv")]
    assert findings[0].hint


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("甲,乙\n1,2\n", [("S102", "f.csv:1")]),
        ("指标,乙\n1,2\n", [("S102", "f.csv:1")]),
        ("数值\n41\n", [("S102", "f.csv:1")]),
        ("just a sentence\n", [("S102", "f.csv:1")]),
        ("指标,数值\n", [("S103", "f.csv:1")]),
        ("指标,数值\n,\n\n", [("S103", "f.csv:1")]),
        ("指标,颜色,数值\n常住人口城镇化率,红,41\n", [("S104", "f.csv:1:4")]),
        ("指标,数值,实际值\n常住人口城镇化率,41,42\n", [("S107", "f.csv:1:7")]),
        ("题\n指标,名称,数值\n常住人口城镇化率,a,41\n", [("S107", "f.csv:2:4")]),
        ("指标,数值\n城镇常住人口,1,234\n", [("S105", "f.csv:2")]),
        ("指标,数值\n城镇常住人口\n", []),
        ("指标,单位,数值\n城镇常住人口,万人\n", [("S105", "f.csv:2")]),
        ("指标,数值,备注\n城镇常住人口,138.5\n", [("S110", "f.csv:2")]),
        ('指标,数值\n城镇常住人口,"138.5\n常住人口城镇化率,41\n', [("S106", "f.csv:2")]),
        ("指标,数值\n城市人口城镇率,41\n", [("S201", "f.csv:2:1")]),
        ("编号,数值\n99,41\n", [("S201", "f.csv:2:1")]),
        ("编号,指标,数值\n2,常住人口城镇化率,41\n", [("S202", "f.csv:2:3")]),
        ("指标,数值\n常住人口城镇化率,四十一\n", [("S203", "f.csv:2:10")]),
        ("指标,数值\n常住人口城镇化率,41 ?\n", [("S203", "f.csv:2:10")]),
        ("指标,数值\n常住人口城镇化率,41弗隆\n", [("S204", "f.csv:2:10")]),
        ("指标,单位,数值\n常住人口城镇化率,弗隆,41\n", [("S204", "f.csv:2:10")]),
        ("指标,数值（弗隆）\n常住人口城镇化率,41\n", [("S102", "f.csv:1")]),
        ("指标,单位,数值\n城镇常住人口,%,138.5万人\n", [("S205", "f.csv:2:10")]),
        ("指标,单位,数值\n城镇常住人口,%,138.5万\n", [("S204", "f.csv:2:10")]),
        ("指标,年份,数值\n城镇常住人口,去年,138.5\n", [("S209", "f.csv:2:8")]),
        ("指标,数值,状态\n城镇常住人口,138.5,大概\n", [("S214", "f.csv:2:14")]),
        ("指标,数值\n城镇常住人口," + "9" * 40_000 + "\n", [("S113", "f.csv:2")]),
    ],
)
def test_faults_at_their_place(text: str, codes: list[tuple[str, str]]) -> None:
    assert codes_of(read(text)[1]) == codes


@pytest.mark.parametrize("code", ["S105", "S203", "S204", "S205"])
def test_r4_a_row_that_cannot_be_read_is_kept_with_its_raw_text(code: str) -> None:
    raw = {"S105": "1", "S203": "四十一", "S204": "41弗隆", "S205": "41万人"}[code]
    row = f"常住人口城镇化率,%,{raw}" + (",234" if code == "S105" else "")
    submission, findings = read(f"指标,单位,数值\n{row}\n城镇常住人口,万人,138.5\n")
    assert only(findings, code).severity == "error"
    first, second = submission.observations
    assert (first.indicator, first.reported, first.raw) == (RATE, Reading.UNREADABLE, raw)
    assert (second.indicator, second.reported, second.amount) == (PEOPLE, Reading.VALUE, Decimal("138.5"))


@pytest.mark.parametrize("dash", ["", "—", "/", "无", "N/A", "…"])
def test_r4_a_dash_is_an_observation_that_reports_nothing(dash: str) -> None:
    found = one(f"指标,数值\n常住人口城镇化率,{dash}\n")
    assert (found.reported, found.amount, found.unit) == (Reading.NOTHING, None, None)


def test_an_unclosed_quote_costs_its_row_only() -> None:
    text = '指标,数值\n户籍人口城镇化率,20\n城镇常住人口,"138.5\n常住人口城镇化率,41\n城镇新增就业,1.6\n'
    submission, findings = read(text)
    assert codes_of(findings) == [("S106", "f.csv:3")]
    assert [str(o.amount) for o in submission.observations] == ["20", "41", "1.6"]
    assert [str(o.place) for o in submission.observations] == ["f.csv:2:10", "f.csv:4:10", "f.csv:5:8"]


def test_rows_behind_many_unclosed_quotes_are_read_too() -> None:
    submission, findings = read("指标,数值\n" + '城镇常住人口,"1"2\n' * 300 + "户籍人口城镇化率,20\n")
    assert [found.code for found in findings].count("S106") == 300
    assert [str(one.place) for one in submission.observations] == ["f.csv:302:10"]
    assert submission.rows.refused == 300


def test_quoted_newlines_keep_places() -> None:
    text = '指标,备注,数值\n常住人口城镇化率,"甲\n乙,丙",41\n"城镇\n常住人口",x,"1,234.5"\n'
    submission, findings = read(text)
    assert codes_of(findings) == []
    assert [(o.indicator, str(o.amount), str(o.place)) for o in submission.observations] == [
        (RATE, "41", "f.csv:3:6"),
        (PEOPLE, "1234.5", "f.csv:5:9"),
    ]
    assert submission.observations[0].note == "甲\n乙,丙"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("城镇公共供水普及", "城镇公共供水普及率"),
        ("常住人口城镇化", "常住人口城镇化率"),
        ("城镇绿化覆盖率", "绿化覆盖率"),
    ],
)
def test_s201_hint_names_the_nearest(name: str, near: str) -> None:
    hint = only(read(f"指标,数值\n{name},41\n")[1], "S201").hint
    assert hint is not None
    assert near in str(hint)


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("1", ""),
        ("1.0", ""),
        ("resident_urbanization_rate", ""),
        ("1", "常住人口城镇化率"),
        ("", "城镇化率"),
        ("", "1.常住人口城镇化率"),
        ("", "（1）常住人口城镇化率（%）"),
        ("", "常住人口 城镇化率(%)"),
        ("１", ""),
    ],
)
def test_an_indicator_is_found_by_number_and_name(number: str, name: str) -> None:
    assert one(f"编号,指标,数值\n{number},{name},41\n").indicator == RATE


def test_s215_numbers_that_only_count_the_rows() -> None:
    text = "序号,指标,数值\n1,城镇公共供水普及率,97\n2,城镇污水处理率,97\n3,城镇建成区绿化覆盖率,41\n"
    submission, findings = read(text)
    assert codes_of(findings) == [("S215", "f.csv:1:1")]
    assert [o.indicator for o in submission.observations] == [
        "public_water_supply_rate",
        "sewage_treatment_rate",
        "built_up_green_coverage",
    ]


def test_s202_shuffled_numbers_of_the_plan_are_not_guessed_away() -> None:
    submission, findings = read("序号,指标,数值\n1,户籍人口城镇化率,20\n2,常住人口城镇化率,41\n")
    assert [code for code, _ in codes_of(findings)] == ["S202", "S202"]
    assert submission.observations == ()


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("指标,数值\n城镇常住人口,138.5\n", "138.5", None),
        ("指标,数值\n城镇常住人口,138.5万人\n", "138.5", "万人"),
        ("指标,数值\n城镇常住人口,138.5万\n", "138.5", "万人"),
        ("指标,数值\n城镇常住人口,1385000人\n", "1385000", "人"),
        ("指标,单位,数值\n城镇常住人口,人,1385000\n", "1385000", "人"),
        ("指标,单位,数值\n城镇常住人口,人,138.5万\n", "138.5", "万人"),
        ("指标,单位,数值\n城镇常住人口,万人,138.5万人\n", "138.5", "万人"),
        ("指标,数值（人）\n城镇常住人口,1385000\n", "1385000", "人"),
        ("单位：人\n指标,数值\n城镇常住人口,1385000\n", "1385000", "人"),
        ("单位：公顷\n指标,数值\n城镇常住人口,138.5\n", "138.5", None),
    ],
)
def test_r3_unit_of_a_value(text: str, amount: str, unit: str | None) -> None:
    found = one(text)
    assert found.amount == Decimal(amount)
    assert (found.unit.name if found.unit else None) == unit


@pytest.mark.parametrize(
    ("text", "name", "period", "source"),
    [
        ("指标,年份,数值\n城镇常住人口,2018,1\n", "2020.csv", Period(2018), PeriodSource.ROW),
        ("指标,时期,数值\n城镇常住人口,2019年上半年,1\n", "f.csv", Period(2019, 1, 6), PeriodSource.ROW),
        ("2017年表\n指标,2018年完成值\n城镇常住人口,1\n", "f.csv", Period(2018), PeriodSource.COLUMN),
        ("2017年表\n指标,数值\n城镇常住人口,1\n", "2020.csv", Period(2017), PeriodSource.TITLE),
        ("指标,数值\n城镇常住人口,1\n", "钦州2018年.csv", Period(2018), PeriodSource.FILE),
        ("指标,数值\n城镇常住人口,1\n", "2018/f.csv", Period(2019), PeriodSource.PLAN),
    ],
)
def test_r5_period_of_a_row(text: str, name: str, period: Period, source: PeriodSource) -> None:
    found = one(text, name)
    assert (found.period, found.period_source) == (period, source)
    notes = [finding for finding in read(text, name)[1] if finding.code == "S219"]
    assert len(notes) == (source not in (PeriodSource.ROW, PeriodSource.COLUMN))


def test_r5_a_part_of_a_year_without_its_year_decides_nothing() -> None:
    submission, findings = read("上半年完成情况\n指标,数值\n城镇常住人口,1\n")
    assert submission.observations == ()
    assert codes_of(findings) == [("S209", "f.csv:2")]


def test_all_columns_reach_the_observation() -> None:
    found = one("指标,数值,地区,填报单位,状态,备注\n城镇常住人口,约138.5,钦州市,市公安局,快报,存疑\n")
    assert (found.region, found.sender, found.status, found.note) == ("钦州市", "市公安局", Status.PRELIMINARY, "存疑")
    assert found.approximate
    assert found.raw == "约138.5"


def test_r3_unit_in_cell_is_kept() -> None:
    assert one("指标,数值\n常住人口城镇化率,41%\n").unit_in_cell
    assert not one("指标,数值\n常住人口城镇化率,41\n").unit_in_cell


def test_headings_footnotes_and_repeated_headers_are_passed_over() -> None:
    text = "指标,数值\n一、城镇化水平,\n常住人口城镇化率,41\n指标,数值\n注：以上为快报数,\n城镇常住人口,138.5\n"
    submission, findings = read(text)
    assert codes_of(findings) == []
    assert [o.indicator for o in submission.observations] == [RATE, PEOPLE]


def test_a_lone_cell_is_a_heading_or_reports_nothing() -> None:
    submission, findings = read("指标,数值\n一、城镇化水平\n常住人口城镇化率\n城镇常住人口,138.5\n")
    assert codes_of(findings) == []
    assert [(o.indicator, o.reported) for o in submission.observations] == [
        (RATE, Reading.NOTHING),
        (PEOPLE, Reading.VALUE),
    ]


def test_a_value_that_names_nothing_is_told() -> None:
    submission, findings = read("指标,数值\n,41\n常住人口城镇化率,41\n")
    assert [code for code, _ in codes_of(findings)] == ["S201"]
    assert len(submission.observations) == 1


def test_files_that_are_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UnreadableError) as caught:
            read_submission(path, plan())
        assert caught.value.hint is not None


def test_a_file_is_read_from_disk_under_its_path(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(TWO, encoding="utf-8")
    submission, _ = read_submission(path, plan())
    assert [str(o.place) for o in submission.observations] == [f"{path}:2:10", f"{path}:3:8"]
