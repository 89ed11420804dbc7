"""Rows that differ only in their numbers and their region are read once, and as if each was read by itself."""

from decimal import Decimal

import corpus
import pytest

from czurban.model.observation import Reading
from czurban.model.plan import Plan
from czurban.reading.submission.file_faults import Read
from czurban.reading.submission.files import read_bytes
from czurban.reading.submission.rows.reader import RowReader

HEADS = "地区,指标,年份,数值,单位,数据状态,备注"
TABLES = {
    "other numbers and regions": [
        "云山市,城镇新增就业人数,2019,1.61,万人,年报,",
        "东山县,城镇新增就业人数,2019,0.73,万人,年报,",
        "西河区,城镇新增就业人数,2019,约0.53,万人,年报,",
        "云山市,城镇登记失业率,2019,3.7,%,,",
        "东山县,城镇登记失业率,2019,3.3,%,,",
    ],
    "a unit in the cell": [
        "云山市,城镇新增就业人数,2019,1.61,万人,,",
        "东山县,城镇新增就业人数,2019,7300人,万人,,",
        "西河区,城镇新增就业人数,2019,0.5万,人,,",
        "西河区,城镇新增就业人数,2019,0.5,人,,",
    ],
    "nothing, and no number": [
        "云山市,城镇新增就业人数,2019,1.61,万人,,",
        "东山县,城镇新增就业人数,2019,—,万人,,",
        "西河区,城镇新增就业人数,2019,待核实,万人,,",
        "西河区,城镇新增就业人数,2019,1.2以上,万人,,",
    ],
    "a region that is above": [
        "云山市,城镇新增就业人数,2019,1.61,万人,,",
        "东山县,城镇新增就业人数,2019,0.73,万人,,",
        ",城镇登记失业率,2019,3.3,%,,",
        ",常住人口,2019,120.6,万人,,",
        "西河区,城镇登记失业率,2019,3.1,%,,",
        ",常住人口,2019,90.8,万人,,",
    ],
    "a remark that lasts": [
        "云山市,城镇新增就业人数,2019,1.61,万人,,",
        "东山县,城镇新增就业人数,2019,0.73,万人,,",
        "东山县,常住人口,2019,120.6,万人,,以下均为预计数",
        "西河区,城镇新增就业人数,2019,0.53,万人,,",
    ],
    "a heading in between": [
        "云山市,城镇新增就业人数,2019,1.61,万人,,",
        "东山县,城镇新增就业人数,2019,0.73,万人,,",
        ",2018年,,,,,",
        "西河区,城镇新增就业人数,2019,0.53,万人,,",
        "西河区,城镇新增就业人数,,0.53,万人,,",
    ],
    "a split figure": [
        "云山市,养老床位数,2019,950,张,,",
        "东山县,养老床位数,2019,4,330,张,",
        "西河区,养老床位数,2019,3,360,张,,",
    ],
    "the file ends in a row": ["云山市,养老床位数,2019,950,张,,", "东山县,养老床位数,2019,4"],
    "a mark behind a name": [
        "云山市,城镇新增就业人数①,2019,1.61,万人,,",
        "东山县,城镇新增就业人数①,2019,0.73,万人,,",
    ],
    "rows without period": [
        "云山市,养老床位数,,950,张,,",
        "东山县,养老床位数,,951,张,,",
        "西河区,养老床位数,,952,张,,",
    ],
}


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return corpus.corpus_plan(tmp_path_factory.mktemp("plan"))


def one_by_one(data: bytes, name: str, plan: Plan) -> Read:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RowReader, "_is_pattern", lambda *_: False)
        plan.kept.clear()  # with the rows of the files before
        return read_bytes(name, data, plan)


@pytest.mark.parametrize("lines", TABLES.values(), ids=TABLES)
def test_a_long_table(lines: list[str], made_up: Plan) -> None:
    data = "\n".join([HEADS, *lines, *lines]).encode()
    assert read_bytes("f.csv", data, made_up) == one_by_one(data, "f.csv", made_up)


@pytest.mark.parametrize("layout", list(corpus.LAYOUTS))
def test_every_layout(layout: str, made_up: Plan) -> None:
    table = corpus.NOISE["plain"](corpus.LAYOUTS[layout](corpus.VOCABULARY[0]))
    doubled = table._replace(rows=[*table.rows, *table.rows[table.heads :]])
    data = corpus.as_csv(doubled, "utf-8")
    assert read_bytes("f.csv", data, made_up) == one_by_one(data, "f.csv", made_up)


def test_the_rows_are_read_exactly(made_up: Plan) -> None:
    data = "\n".join([HEADS, *TABLES["other numbers and regions"]]).encode()
    submission, findings = read_bytes("f.csv", data, made_up)
    read = [(value.region, value.amount, value.approximate, value.place.line) for value in submission.observations]
    assert read == [
        ("云山市", Decimal("1.61"), False, 2),
        ("东山县", Decimal("0.73"), False, 3),
        ("西河区", Decimal("0.53"), True, 4),
        ("云山市", Decimal("3.7"), False, 5),
        ("东山县", Decimal("3.3"), False, 6),
    ]
    assert all(value.reported is Reading.VALUE for value in submission.observations)
    assert not findings


def test_most_rows_of_a_long_table_are_read_alike(made_up: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    made_up.kept.clear()  # with the rows of the files before
    by_themselves: list[int] = []
    read_row = RowReader._row  # noqa: SLF001 - counts its calls
    monkeypatch.setattr(RowReader, "_row", lambda self, row: by_themselves.append(row.number) or read_row(self, row))
    lines = [f"{65000 + n},养老床位数,2019,{n},张,," for n in range(100)]
    submission, _ = read_bytes("f.csv", "\n".join([HEADS, *lines, ""]).encode(), made_up)
    assert submission.rows.used == len(lines)
    assert by_themselves == [2]


TITLES = {
    "alike": "",
    "of another year": "2018年统计表,,,,,,\n",
    "with a unit": "单位：人,,,,,,\n",
    "of a part": "2019年市辖区数据,,,,,,\n",
    "from a department": "填报单位：市统计局,,,,,,\n",
}


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_rows_of_one_file_after_another(title: str, made_up: Plan) -> None:
    texts = ["\n".join([HEADS, *lines, ""]) for lines in TABLES.values()]
    files = [above + text for text in texts for above in ("", title)]
    made_up.kept.clear()  # to begin with nothing
    read = [read_bytes("f.csv", text.encode(), made_up) for text in (*files, *files)]
    assert read == [one_by_one(text.encode(), "f.csv", made_up) for text in (*files, *files)]
    assert any(fault.code == "S117" for _, findings in read for fault in findings)
