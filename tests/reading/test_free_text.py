"""Rows of a large table that differ only in texts that say nothing are read alike. All figures are made up."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from czurban.model.finding import Place
from czurban.model.plan import Plan
from czurban.model.region import Region, Regions
from czurban.model.vocabulary import region_words, remark_words
from czurban.reading.large.free_text import DIGITS, REST, WORDS, FreeColumn
from czurban.reading.large.long_table import LongTable, NotLongError
from czurban.reading.large.view_sheet import ViewSheet
from czurban.reading.sources.sheet import Row
from czurban.reading.submission.header_words import HEADERS

COLUMNS = {
    "a remark": ("地区,指标,年份,数值,单位,备注", 5),
    "behind the value": ("地区,指标,年份,单位,数值,备注,说明", 5),
    "unknown": ("地区,指标,年份,数值,单位,经办处室", 5),
    "unknown and behind": ("地区,指标,年份,单位,数值,经办处室,备注", 5),
    "without a header": ("地区,指标,年份,数值,单位,", 5),
    "unknown and first": ("经办处室,地区,指标,年份,数值,单位", 0),
    "a number": ("编号,地区,指标,年份,数值,单位", 0),
    "a number behind": ("地区,指标,编号,年份,数值,单位,备注", 2),
    "a number after the value": ("地区,指标,年份,单位,数值,编号,备注", 5),
    "a number and no unit": ("地区,指标,编号,数值,备注", 2),
}
ROWS = {
    "plain": "990001,城镇常住人口,2019,140,万人",
    "another": "990001,城镇登记失业率,2019,3.5,%",
    "land": "990001,城镇建设用地面积,2019,160,平方千米",
    "of another year": "990001,城镇常住人口,2018,140,万人",
    "in words": "990001,城镇常住人口,2019,约140,万人",
    "not readable": "990001,城镇常住人口,2019,见附件,万人",
    "split": "990001,城镇常住人口,2019,1,万人",
    "not reported": "990001,城镇常住人口,2019,,万人",
    "of no indicator": "990001,别的指标,2019,140,万人",
    "no name": "990001,,2019,140,万人",
    "a name alone": ",城镇常住人口,,,",
    "a heading": ",城镇化水平,,,",
    "nothing": ",,,,",
    "a footnote": "注：以上数据,,,,",
}
FILLED = {"备注": "234", "说明": "567"}
WORDS_OF_REMARKS = sorted(
    {
        word
        for name in dir(remark_words)
        if name.isupper() and isinstance(text := getattr(remark_words, name), str)
        for word in text.replace("/", " ").split()
    }
    | {*region_words.GENERAL_REGIONS.split(), *(word for words in HEADERS.values() for word in words)}
)
SPEAKING = (
    "预计数", "2018年数据", "市本级数据", "按户籍人口计算", "单位：人", "不含灵山县", "目标值", "男",
    "其中：女", "其中", "农村", "1-9月", "截至10月底", "201810", "2018", "2018-06", "北海市数据",
    "以下均为预计数", "以下为2018年数据", "更正为12", "部分县区", "data for 2018", "rural only", "forecast",
    "２０１８年", " 预计数 ", "全市", "钦州市", "2018年完成值", "450721", "1", "25", "城镇常住人口",
    "resident_urbanization_rate", "序号", "合计", "数值", "234", "234.5", "12", "１２３", " 345 ", "\u200b",
    " ", "预\u200b计数", "注：2018年", "口径：户籍", "登记失业率口径", "同比增长",
)  # fmt: skip
SILENT = (
    "已核对", "经办记录12345", "见第12号文件", "数据来源台账", "00012345", "13807771234", "5.3", "-0.25",
    "第3批", "0.5", "2020-01-05 10:11:12", "2020/1/5 9:05", "A-000123", "张三", "综合科", "zhang@x.cn", "~",
    DIGITS, REST,
)  # fmt: skip


def table(plan: Plan, header: str) -> LongTable:
    """Return a table under a header; its first row is filled."""
    names = header.split(",")
    rows = [Row(1, names), row_of(names, ROWS["plain"], "已核对", 0 if names[0] == "经办处室" else 5)]
    sheet = ViewSheet("t.csv", columns=True, rows=rows)
    return LongTable(sheet, "t.csv", plan, plan.period, sheet)


def row_of(names: list[str], text: str, free: str, at: int) -> Row:
    """Return a row with these texts of a region, name, year, value and unit, and a free one in the column `at`."""
    cells = dict(zip(("地区", "指标", "年份", "数值", "单位"), text.split(","), strict=True))
    return Row(9, [free if n == at else cells.get(name, FILLED.get(name, "")) for n, name in enumerate(names)])


def read(plan: Plan, header: str, at: int, text: str, free: str) -> object:
    """Return everything that depends on a free text in the reading of a row, but for its place and itself."""
    try:
        reading = table(plan, header).read(row_of(header.split(","), text, free, at))
    except NotLongError as error:
        return error.why
    observations = [value._replace(place=Place("t.csv"), note="") for value in reading.observations]
    return observations, [fault.code for fault in reading.findings], reading.counts_as


def differences(plan: Plan, header: str, at: int, free: str) -> list[str]:
    column = table(plan, header).free.get(at)
    stand_in = column.stand_in(free) if column else free
    if column is None or stand_in == free:
        return []
    needed = [header.split(",")[n] for n in column.needs]
    rows = {
        name: dict(zip(("地区", "指标", "年份", "数值", "单位"), text.split(","), strict=True))
        for name, text in ROWS.items()
    }
    chosen = [name for name in rows if not needed or any(rows[name].get(field) for field in needed)]
    return [
        name
        for name in chosen
        if read(plan, header, at, ROWS[name], free) != read(plan, header, at, ROWS[name], stand_in)
    ]


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("free", [*SPEAKING, *SILENT])
def test_a_stand_in_is_read_as_the_text(plan: Plan, name: str, free: str) -> None:
    assert differences(plan, *COLUMNS[name], free) == []


def test_a_number_with_an_invisible_character_stands_for_itself(plan: Plan) -> None:
    header, at = COLUMNS["behind the value"]
    column = table(plan, header).free[at]
    assert column.stand_in("2\u200b34") == "2\u200b34"
    assert column.stand_in("已\u200b核对") == WORDS


TEXTS = st.lists(
    st.one_of(
        st.sampled_from(WORDS_OF_REMARKS),
        st.sampled_from((*SPEAKING, *SILENT)),
        st.integers(0, 99_999).map(str),
        st.tuples(st.sampled_from(("19", "20", "2 0", "２0")), st.text("0123456789 ８", max_size=6)).map("".join),
        st.sampled_from(
            (
                "八",
                "十二",
                "〇",
                "2018",
                "2019年",
                "月",
                "季度",
                ",",
                "，",
                "：",
                ":",
                " ",
                "(",
                ")",
                "-",
                "至",
                "第",
                "号",
                "灵山县",
                "不含",
            )
        ),
    ),
    min_size=1,
    max_size=4,
).map("".join)


def test_any_stand_in_is_read_as_the_text(plan: Plan) -> None:
    @settings(max_examples=250, deadline=None)
    @given(st.sampled_from(sorted(COLUMNS)), TEXTS)
    def check(name: str, free: str) -> None:
        assert differences(plan, *COLUMNS[name], free) == []

    check()


def test_what_surely_says_nothing_does_not(plan: Plan) -> None:
    columns = {
        name: (header, at, column)
        for name, (header, at) in COLUMNS.items()
        if (column := table(plan, header).free.get(at))
    }
    assert len(columns) == len(COLUMNS) - 1

    @settings(max_examples=300, deadline=None)
    @given(st.sampled_from(sorted(columns)), st.data())
    def check(name: str, data: st.DataObject) -> None:
        header, at, column = columns[name]
        text = data.draw(st.from_regex(column.sure.replace(r"\z", r"\Z")))
        assert column.stand_in(text, sure_alone=True) == column.stand_in(text) != ""
        assert not column.says(text)
        assert differences(plan, header, at, text) == []

    check()


@pytest.mark.parametrize("free", SILENT)
def test_what_says_nothing_has_a_stand_in(plan: Plan, free: str) -> None:
    column = table(plan, COLUMNS["a remark"][0]).free[5]
    assert column.stand_in(free) == (DIGITS if free.isdecimal() else WORDS)
    assert column.stand_in("") == ""


@pytest.mark.parametrize(
    "free", ["预计数", "2018年数据", "按户籍人口计算", "单位：人", " ", "１２３", "以下均为预计数"]
)
def test_what_says_something_stands_for_itself(plan: Plan, free: str) -> None:
    column = table(plan, COLUMNS["a remark"][0]).free[5]
    assert column.stand_in(free) == free


@pytest.mark.parametrize(
    "free",
    [
        "20188", "201806", "191 201", "206一月报", "2018年6月数据", "数据为2018，文号10001", "2 018年数据",
        "1 999年数据", "2 018-06", "2\u30000546", "２018年", "2\u200b018年数据", "9月302018年",
        "9月302018 年", "2\u00a0018年",
    ],
)  # fmt: skip
def test_a_number_that_may_be_a_time_is_not_like_others(plan: Plan, free: str) -> None:
    column = table(plan, COLUMNS["a remark"][0]).free[5]
    assert column.stand_in(re.sub("[0-9]+", "777", "第2018号")) == WORDS
    assert column.stand_in(free) == free
    assert differences(plan, *COLUMNS["a remark"], free) == []


@pytest.mark.parametrize("number", ["777", "101", "4567", "2018123", "201813", "第2018号", "第201806号"])
def test_other_numbers_are_alike(plan: Plan, number: str) -> None:
    column = table(plan, COLUMNS["a remark"][0]).free[5]
    asked: list[str] = []
    monitored = FreeColumn(lambda text: bool(asked.append(text)), long_numbers=column.long_numbers)
    assert [monitored.says(f"经办{text}，备查") for text in ("100", number)] == [False, False]
    assert asked == ["经办777，备查", *(["经办第777号，备查"] if "第" in number else [])]


def test_the_name_of_a_region_may_be_a_number(plan: Plan) -> None:
    regiment = Region("990101", "101团", "", (), ())
    other = replace(plan, regions=Regions([regiment]))
    column = table(other, COLUMNS["a remark"][0]).free[5]
    assert column.stand_in("不含102团") == WORDS
    assert column.stand_in("不含101团") == "不含101团"


@pytest.mark.parametrize("number", ["1" * 292, "1" * 5, "7" * 100 + "，" + "3" * 191])
def test_a_long_remark_is_read_as_far_as_it_is(plan: Plan, number: str) -> None:
    free = f"{number}，2018年数据不太对的话"
    column = table(plan, COLUMNS["a remark"][0]).free[5]
    assert (column.stand_in(free) == free) is (len(number) == 292)
    assert differences(plan, *COLUMNS["a remark"], free) == []


@pytest.mark.parametrize(("text", "sure"), [("已核对", True), ("经办记录1", False), ("预计数", False)])
def test_only_what_surely_says_nothing_is_known_without_a_look(plan: Plan, text: str, sure: bool) -> None:  # noqa: FBT001
    column = table(plan, COLUMNS["a remark"][0]).free[5]
    assert (column.stand_in(text, sure_alone=True) != text) is sure


def test_a_column_whose_stand_ins_say_something_is_not_free() -> None:
    says: Callable[[str], bool] = re.compile("~").search  # type: ignore[assignment]
    assert not FreeColumn(says).is_free
    assert FreeColumn(lambda text: text == "预计").is_free
