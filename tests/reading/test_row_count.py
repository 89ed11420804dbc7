"""Limits, and the account of rows: whatever is sent, rows read = used + refused + ignored."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from czurban.model.finding import Findings
from czurban.model.observation import RowCount, Submission
from czurban.model.plan import Plan
from czurban.reading.sources.broken_records import BrokenRecord, CsvFault
from czurban.reading.sources.csv_sheet import split_records
from czurban.reading.sources.limits import Limits
from czurban.reading.submission.files import read_bytes, read_submission

Whole = Callable[..., tuple[Submission, Findings]]
RATE = "常住人口城镇化率"
CELLS = st.sampled_from(
    f"空 {RATE} 户籍人口城镇化率 城镇新增就业 不知道 41 1.6 41% 四十 — 2018 2019 2018年 合计 注：快报 填表人： 指标 "
    f"数值 完成值 单位 目标 上半年 全市 灵山县 万人 {'x' * 40}".replace("空", "").split(" ")
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=14)


@given(ROWS, st.booleans(), st.booleans())
def test_every_row_read_is_accounted_for(plan: Plan, rows: list[list[str]], header: bool, ended: bool) -> None:  # noqa: FBT001
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([["指标", "数值", "备注"], *rows] if header else rows)
    text = stream.getvalue() if ended else stream.getvalue().rstrip("\n")
    submission, _ = read_bytes("f.csv", text.encode(), plan)
    count = submission.rows
    assert count.adds_up
    if submission.read_as:
        assert count.read == len(list(csv.reader(io.StringIO(text))))
    assert count.used <= len(submission.observations)


@given(st.text(alphabet='指标数值,\n"41年2019常住人口城镇化率\r\t;①', max_size=200))
def test_any_text_is_accounted_for(plan: Plan, text: str) -> None:
    for start in ("", "指标,数值\n"):
        assert read_bytes("f.csv", (start + text).encode(), plan)[0].rows.adds_up


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (f"{RATE},41", RowCount(2, 1, 0, 1)),
        (f"{RATE},—", RowCount(2, 0, 0, 2)),
        (f"{RATE},四十", RowCount(2, 1, 0, 1)),  # it is the indicator's, and makes it unreadable
        ("不知道,41", RowCount(2, 0, 1, 1)),
        ("一、标题,", RowCount(2, 0, 0, 2)),
        ("合计,41", RowCount(2, 0, 0, 2)),
        ('"abc', RowCount(2, 0, 1, 1)),
    ],
)
def test_where_a_row_goes(whole: Whole, rows: str, count: RowCount) -> None:
    assert whole(f"指标,数值\n{rows}\n")[0].rows == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("题\n\n指标,数值\n", RowCount(3, 0, 0, 3)),
        ("甲,乙\n1,2\n\n", RowCount(3, 0, 2, 1)),
        ("指标,数值,实际值\na,1,2\n,,\n", RowCount(3, 0, 1, 2)),
        (f"上半年\n指标,数值\n{RATE},41\n", RowCount(3, 0, 1, 2)),
        ("", RowCount()),
    ],
)
def test_where_rows_outside_of_a_table_go(whole: Whole, text: str, count: RowCount) -> None:
    assert whole(text)[0].rows == count


def test_rows_that_do_not_add_up_are_seen() -> None:
    assert not RowCount(3, 1, 1, 0).adds_up
    assert RowCount(3, 1, 1, 1) + RowCount(1, 1) == RowCount(4, 2, 1, 1)


@pytest.mark.parametrize(
    ("limits", "option", "count"),
    [
        (Limits(rows=2), "--max-rows 3", RowCount(3, 0, 3, 0)),
        (Limits(columns=2), "--max-columns 3", RowCount(3, 0, 3, 0)),
        (Limits(cell=6), "--max-cell 8", RowCount(3, 1, 1, 1)),
        (Limits(size=60), "--max-size 1", RowCount()),
    ],
)
def test_s113_limits_of_a_text(whole: Whole, limits: Limits, option: str, count: RowCount) -> None:
    text = f"指标,数值,备注\n城镇新增就业,1.6,\n{RATE},41,\n"
    submission, findings = whole(text, limits=limits)
    assert [finding.code for finding in findings] == ["S113"]
    assert option in str(findings[0].hint)
    assert submission.rows == count
    assert whole(text, limits=Limits(3, 3, 8, 200))[1] == ()


def test_s113_a_file_is_not_read_beyond_the_limit(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(b"a" * 1000)
    submission, findings = read_submission(path, plan, Limits(size=999))
    assert submission.read_as == ""
    assert [finding.code for finding in findings] == ["S113"]


@pytest.mark.parametrize("row", ["{cell}", '"{cell}"', '"{cell}'])
def test_s113_one_giant_cell_ends_quickly(whole: Whole, row: str) -> None:
    cell = "9" * 5_000_000
    submission, findings = whole(f"指标,数值\n城镇新增就业,{row.format(cell=cell)}\n{RATE},41\n")
    assert [finding.code for finding in findings] == [
        "S106" if row.startswith('"') and not row.endswith('"') else "S113"
    ]
    assert [observation.raw for observation in submission.observations] == ["41"]


def test_a_giant_quoted_cell_is_passed_over_whole() -> None:
    remark = "\n".join(f"{RATE},{number}" for number in range(9))
    lines = f'a,"{remark}"\nb,2\n'.splitlines(keepends=True)
    assert list(split_records(lines, ",", 20)) == [(1, BrokenRecord(CsvFault.LONG, len(remark))), (10, ["b", "2"])]
    assert list(split_records(['a,"xxxxxx\n', "b,2\n"], ",", 5)) == [(1, BrokenRecord(CsvFault.QUOTE)), (2, ["b", "2"])]


def test_the_limit_of_the_csv_module_is_left_as_it_was() -> None:
    before = csv.field_size_limit()
    assert list(split_records(["a,b\n"], ",", 5)) == [(1, ["a", "b"])]
    assert csv.field_size_limit() == before
