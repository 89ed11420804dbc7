"""XLSX and XLS: values as Excel shows them, and files that cannot be read safely refused."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from czurban.model.finding import Findings
from czurban.model.observation import PeriodSource, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.plan.files import read_plan
from czurban.reading.sources import workbook
from czurban.reading.sources import xlsx as xlsx_scan
from czurban.reading.sources.cell_formats import is_percent
from czurban.reading.sources.limits import LIMITS, Limits
from czurban.reading.sources.office_xml import ScanError
from czurban.reading.sources.sheet import column_letters, column_number
from czurban.reading.submission.files import read_bytes

Cell = str | float | None
HEADER: list[Cell] = ["指标", "数值"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@cache
def plan() -> Plan:
    read, findings = read_plan(Path(__file__).parents[2] / "data")
    assert read is not None, findings
    return read


def make(
    sheets: dict[str, Sequence[Sequence[Cell]]], *, hidden: str = "", percent: str = "", at: tuple[int, int] = (0, 0)
) -> bytes:
    """A workbook; `percent` is the number format that the cell `at` of every sheet is shown in."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        shown = book.add_format({"num_format": percent}) if percent else None
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name == hidden:
                sheet.hide()
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    sheet.write(r, c, value, shown if (r, c) == at else None)
    return stream.getvalue()


def remake(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The workbook with its parts changed; None leaves one out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = change(part, old.read(part))
            if content is not None:
                new.writestr(part, content)
    return stream.getvalue()


def read(data: bytes, limits: Limits = LIMITS) -> tuple[Submission, Findings]:
    return read_bytes("f.xlsx", data, plan(), limits)


def codes_of(findings: Findings) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.place)) for finding in findings if finding.code != "S219"]


ONE: dict[str, Sequence[Sequence[Cell]]] = {"表": [HEADER, ["常住人口城镇化率", 41.2]]}


@pytest.mark.parametrize("number", ["0%", "0.00%", "0.0000%", "#,##0.0%", "0.0%;[Red]-0.0%"])
@pytest.mark.parametrize(("stored", "shown"), [(0.41, "41"), (0.29, "29"), (0.07, "7"), (0.7269, "72.69"), (1, "100")])
def test_r4_a_percentage_cell_is_per_cent(number: str, stored: float, shown: str) -> None:
    data = make({"表": [HEADER, ["常住人口城镇化率", stored]]}, percent=number, at=(1, 1))
    (item,) = read(data)[0].observations
    assert item.amount == Decimal(shown)
    assert item.unit is not None
    assert item.unit.name == "%"
    assert item.unit_in_cell


@pytest.mark.parametrize("number", ["", "0.00", "General"])
def test_a_cell_not_shown_as_a_percentage_stays_a_fraction(number: str) -> None:
    data = make({"表": [HEADER, ["常住人口城镇化率", 0.41]]}, percent=number, at=(1, 1))
    (item,) = read(data)[0].observations
    assert (item.amount, item.unit) == (Decimal("0.41"), None)


def test_title_rows_and_blank_rows_and_places() -> None:
    rows: list[Sequence[Cell]] = [
        [],
        ["钦州市2018年指标完成情况"],
        [],
        [None, "指标", "单位", "数值"],
        [None, "常住人口城镇化率", "%", 40],
        [],
        [None, "城镇常住人口", "万人", "132.16"],
    ]
    submission, findings = read(make({"表一": rows}))
    assert codes_of(findings) == []
    assert submission.read_as == "XLSX"
    assert [(str(o.amount), str(o.place), o.period, o.period_source) for o in submission.observations] == [
        ("40", "f.xlsx:表一!D5", Period(2018), PeriodSource.TITLE),
        ("132.16", "f.xlsx:表一!D7", Period(2018), PeriodSource.TITLE),
    ]


def test_s108_a_hidden_sheet_is_not_read() -> None:
    data = make({"甲": ONE["表"], "乙": [HEADER, ["城镇常住人口", 1]]}, hidden="乙")
    submission, findings = read(data)
    assert codes_of(findings) == [("S108", "f.xlsx:乙")]
    assert [o.indicator for o in submission.observations] == ["resident_urbanization_rate"]


def test_two_sheets_are_both_read_and_name_their_period() -> None:
    data = make({"2018年": ONE["表"], "2019年": ONE["表"]})
    submission, _ = read(data)
    assert [(o.period, o.period_source, str(o.place)) for o in submission.observations] == [
        (Period(2018), PeriodSource.SHEET, "f.xlsx:2018年!B2"),
        (Period(2019), PeriodSource.SHEET, "f.xlsx:2019年!B2"),
    ]


def test_s111_a_sheet_without_a_table_is_left_out() -> None:
    submission, findings = read(make({"甲": ONE["表"], "说明": [["填表说明"]]}))
    assert codes_of(findings) == [("S111", "f.xlsx:说明")]
    assert len(submission.observations) == 1


def test_s102_no_sheet_has_a_table() -> None:
    submission, findings = read(make({"说明": [["填表说明"]]}))
    assert [code for code, _ in codes_of(findings)] == ["S102"]
    assert submission.observations == ()


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.99])
def test_s101_a_truncated_workbook(cut: float) -> None:
    data = make(ONE)
    submission, findings = read(data[: int(len(data) * cut)])
    assert codes_of(findings) == [("S101", "f.xlsx")]
    assert submission.observations == ()


def test_s101_a_doctype_is_refused() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb">]>'

    def change(part: str, content: bytes) -> bytes:
        return content.replace(b"<worksheet", bomb + b"<worksheet", 1) if "sheet1" in part else content

    assert codes_of(read(remake(make(ONE), lambda _, content: content))[1]) == []
    assert codes_of(read(remake(make(ONE), change))[1]) == [("S101", "f.xlsx")]


@pytest.mark.parametrize("missing", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"])
def test_s101_a_part_is_missing(missing: str) -> None:
    data = remake(make(ONE), lambda part, content: None if part == missing else content)
    assert codes_of(read(data)[1]) == [("S101", "f.xlsx")]


def test_s101_a_part_is_not_xml() -> None:
    data = remake(make(ONE), lambda part, content: b"\0<" if "sheet1.xml" in part else content)
    assert codes_of(read(data)[1]) == [("S101", "f.xlsx")]


def test_s113_a_workbook_that_unpacks_to_too_much() -> None:
    data = make(ONE)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        size = sum(part.file_size for part in book.infolist())
    assert codes_of(read(data, Limits(size=size))[1]) == []
    findings = read(data, Limits(size=size - 1))[1]
    assert codes_of(findings) == [("S113", "f.xlsx")]
    assert "--max-size" in str(findings[0].hint)


def test_s113_a_cell_at_the_far_end_does_not_fill_the_memory() -> None:
    def change(part: str, content: bytes) -> bytes:
        far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        return content.replace(b"</sheetData>", far) if "sheet1" in part else content

    findings = read(remake(make(ONE), change))[1]
    assert codes_of(findings) == [("S113", "f.xlsx:表")]
    assert "--max-size" in str(findings[0].hint)


def test_a_formatted_cell_at_the_far_end_is_nothing() -> None:
    def change(part: str, content: bytes) -> bytes:
        far = b'<row r="1048576"><c r="XFD1048576"/></row></sheetData>'
        return content.replace(b"</sheetData>", far) if "sheet1" in part else content

    submission, findings = read(remake(make(ONE), change))
    assert codes_of(findings) == []
    assert len(submission.observations) == 1


@pytest.mark.parametrize(
    ("limits", "option"),
    [
        (Limits(rows=1), "--max-rows 2"),
        (Limits(columns=1), "--max-columns 2"),
    ],
)
def test_s113_limits_of_a_sheet(limits: Limits, option: str) -> None:
    submission, findings = read(make(ONE), limits)
    assert codes_of(findings) == [("S113", "f.xlsx:表")]
    assert option in str(findings[0].hint)
    assert submission.observations == ()
    assert codes_of(read(make(ONE), Limits(rows=2, columns=2))[1]) == []


def test_s101_a_workbook_with_a_password() -> None:
    data = OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512
    findings = read(data)[1]
    assert codes_of(findings) == [("S101", "f.xlsx")]
    assert "password" in str(findings[0].message)


@pytest.mark.parametrize(
    "data", [OLE, OLE + b"\0" * 4096, OLE + bytes(range(256)) * 16, b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18]
)
def test_s101_the_beginning_of_a_workbook_and_nothing_more(data: bytes) -> None:
    submission, findings = read(data)
    assert codes_of(findings) == [("S101", "f.xlsx")]
    assert submission.observations == ()


@pytest.mark.parametrize(
    ("value", "percent", "text"),
    [
        (0.29, False, "0.29"),
        (0.1 + 0.2, False, "0.3"),
        (0.29, True, "29%"),
        (1e-7, False, "0.0000001"),
        (1e15, False, "1000000000000000"),
        (2019.0, False, "2019"),
        (True, False, "TRUE"),
        (False, True, "FALSE"),
        ("41%", False, "41%"),
        (dt.datetime(2019, 12, 31), False, "2019-12-31"),  # noqa: DTZ001 - a workbook knows no zones
        (dt.date(2019, 12, 31), False, "2019-12-31"),
        ("", False, ""),
    ],
)
def test_r1_a_cell_is_written_as_excel_shows_it(value: object, percent: bool, text: str) -> None:  # noqa: FBT001 - table
    assert workbook.text(value, percent=percent) == text


@given(st.decimals(min_value=-(10**6), max_value=10**6, places=6))
def test_r1_a_number_survives_the_workbooks_binary_float(number: Decimal) -> None:
    assert Decimal(workbook.text(float(number))) == number


@pytest.mark.parametrize(
    ("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("AZ", 52), ("ZZ", 702), ("XFD", 16384)]
)
def test_columns_have_letters(letters: str, number: int) -> None:
    assert column_number(letters) == number
    assert column_letters(number) == letters


@pytest.mark.parametrize(
    ("code", "percent"),
    [
        ("0%", True),
        ("0.0#%", True),
        ('0"%"', False),
        ("0\\%", False),
        ("[$%]0", False),
        ("General", False),
        ("", False),
    ],
)
def test_is_percent(code: str, percent: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_percent(code) is percent


def test_scan_error_names_the_part() -> None:
    data = remake(make(ONE), lambda part, content: None if part == "xl/workbook.xml" else content)
    with zipfile.ZipFile(io.BytesIO(data)) as book, pytest.raises(ScanError) as caught:
        xlsx_scan.scan_xlsx(book)
    assert "xl/workbook.xml" in str(caught.value)
