"""Remarks and other free texts are read the same by an engine and row by row; most say nothing about a figure.

All figures are made up.
"""

import gzip
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from czurban.app.large.large_file import RowJudge
from czurban.computing.engines import scanned_file
from czurban.model.row_outcome import RowOutcome
from czurban.reading.large import lines

Told = Callable[..., tuple[int, str, str]]

FREE = {
    "remarks": (
        "地区,指标,年份,数值,单位,备注",
        "经办记录{}",
        ("预计数", "2018年数据", "市本级数据", "单位：人", "234", ""),
    ),
    "remarks behind values": ("地区,指标,年份,单位,数值,备注,说明", "{}", ("目标值", "234", "1-9月", "12", "")),
    "an unknown column": ("地区,指标,年份,数值,单位,经办处室", "{}科", ("男", "预计数", "2018", "其中", "")),
    "no header": ("地区,指标,年份,数值,单位,", "第{}组", ("女", "预计数", "")),
    "numbers": ("编号,地区,指标,年份,数值,单位", "A-{}", ("1", "城镇登记失业率", "")),
    "numbers behind": ("地区,指标,编号,年份,数值,单位", "{:09}", ("1", "城镇登记失业率", "")),
    "senders": ("地区,指标,年份,数值,单位,填报单位", "第{}局", ("市公安局", "市公安局、市统计局", "")),
    "kinds of data": ("地区,指标,年份,数值,单位,数据类型", "实际数", ("预计数", "计划数", "实际完成", "")),
}


def free_table(header: str, usual: str, unusual: Sequence[str], rows: int, *, late: str = "") -> str:
    """Return a table with a column of free text, which is blank at first in a `late` one."""
    units = {"城镇常住人口": "万人", "城镇登记失业率": "%", "城镇建设用地面积": "平方千米", "别的指标": "%"}
    lines = [header]
    for n in range(rows):
        name, unit = [*units.items()][n % 4]
        cells = {"地区": f"{990000 + n // 4}", "指标": name, "年份": "2019", "数值": f"{n % 90}.5", "单位": unit}
        free = unusual[n // 40 % len(unusual)] if n % 40 == 7 else usual.format(n)
        cells |= {"数值": "约7" if n % 31 == 3 else "1" if n % 29 == 3 else cells["数值"]}
        lines.append(",".join(cells.get(field, "" if late and n < rows // 2 else free) for field in header.split(",")))
    return "\n".join(lines) + "\n"


@pytest.fixture(params=["", "late"])
def late(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Whether free texts are late; then a file is scanned again if few rows are unlike its first ones."""
    if request.param:
        monkeypatch.setattr(lines, "HEAD", 2000)
        monkeypatch.setattr(scanned_file, "_FEW_UNKNOWN", 20)
    return str(request.param)


@pytest.mark.parametrize("name", FREE)
@pytest.mark.parametrize("each", [("--each-region",), ()])
def test_free_texts_read_the_same(
    told: Told,
    tmp_path: Path,
    late: str,
    name: str,
    each: tuple[str, ...],
) -> None:
    text = free_table(*FREE[name], 500, late=late)
    (tmp_path / "f.csv").write_text(text if each else text.replace("990007", "钦州市"), encoding="utf-8")
    (tmp_path / "f.csv.gz").write_bytes(gzip.compress((tmp_path / "f.csv").read_bytes()))
    words = (*each, "--verbose", "--max-findings", "0", "--format", "json" if each else "text")
    expected = told(tmp_path, "f.csv", *words, "--engine", "python")
    assert told(tmp_path, "f.csv", *words, "--engine", "duckdb") == expected
    code, *texts = told(tmp_path, "f.csv.gz", *words, "--engine", "duckdb")
    assert (code, *(text.replace("f.csv.gz", "f.csv") for text in texts)) == expected


@pytest.mark.parametrize("name", ["remarks", "an unknown column", "no header", "numbers", "numbers behind"])
def test_rows_with_another_free_text_each_are_for_the_engine(
    told: Told,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    late: str,
) -> None:
    header, usual, _ = FREE[name]
    (tmp_path / "f.csv.gz").write_bytes(gzip.compress(free_table(header, usual, [""], 40_000, late=late).encode()))
    judged: list[str] = []
    outcome = RowJudge.outcome

    def counted(judge: RowJudge, texts: Sequence[str], value: str) -> RowOutcome:
        judged.append(value)
        return outcome(judge, tuple(texts), value)

    monkeypatch.setattr(RowJudge, "outcome", counted)
    assert told(tmp_path, "f.csv.gz", "--each-region", "--engine", "duckdb")[0] == 1
    assert 0 < len(judged) < 100


RESULTS = {
    "a result": "990001,城镇常住人口,2019,140,万人,,{}\n",
    "a result in words": "990001,城镇常住人口,2019,约140,万人,,{}\n",
    "a result of another period": "990001,城镇常住人口,2018,140,万人,,{}\n",
    "a result of a department": "990001,城镇常住人口,2019,140,万人,市公安局,{}\n",
    "a result that cannot be used": "990001,城镇常住人口,2019,140,%,,{}\n",
    "a figure that cannot be read": "990001,城镇常住人口,2019,见附件,万人,,{}\n",
    "a result of another indicator": "990001,城镇登记失业率,2019,3,%,,{}\n",
    "no figure": "990001,城镇常住人口,2019,,万人,,{}\n",
    "none": "",
}


@pytest.mark.parametrize("result", RESULTS)
@pytest.mark.parametrize("remark", ["预计数", "市本级数据", "目标值"])
@pytest.mark.parametrize("most", ["1", "0"])
def test_a_figure_that_is_no_result_is_ignored_where_its_file_has_one(
    told: Told, tmp_path: Path, result: str, remark: str, most: str
) -> None:
    header = "地区,指标,年份,数值,单位,填报单位,备注\n"
    rows = "".join(
        f"{990002 + n},{name},2019,{value},万人,,{remark}\n"
        for n, value in enumerate(("139", "约139", "140", "见附件"))
        for name in ("城镇常住人口", "城镇新增就业人数")
    )
    (tmp_path / "t.csv").write_text(header + RESULTS[result].format("") + rows, encoding="utf-8")
    (tmp_path / "u.csv").write_text(header + RESULTS["a result of another indicator"].format(""), encoding="utf-8")
    words = ("t.csv", "u.csv", "--each-region", "--verbose", "--format", "json", "--max-findings", most)
    assert told(tmp_path, *words, "--engine", "duckdb") == told(tmp_path, *words, "--engine", "python")
