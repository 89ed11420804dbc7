"""One set of made-up figures written as every kind of table that offices send, and what each table must come to.

A layout writes the figures as rows of texts; words, noise and formats vary it. `outcome` reads such a table and
compares what was judged, and every value that was read, with the figures: read, refused with a reason, or wrong.
"""

import csv
import io
import itertools
import zipfile
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

from czurban.checking.assessing import assess
from czurban.checking.plausible import convert
from czurban.model.assessment import Verdict
from czurban.model.finding import Severity
from czurban.model.observation import Reading, Submission
from czurban.model.plan import Plan
from czurban.reading.plan.files import read_plan
from czurban.reading.submission.files import read_bytes

HOME = "云山市"
PLACES = (HOME, "东山县", "西河区")
YEARS = ("2017", "2018", "2019")
JUDGED = "2019"
INDICATORS = {
    "jobs": ("城镇新增就业人数", "万人", "flow", "≥1.5", "1.4"),
    "idle": ("城镇登记失业率", "%", "rate", "≤4.5", "4"),
    "people": ("常住人口", "万人", "stock", "≥330", "320"),
    "beds": ("养老床位数", "张", "stock", "≥13000", "12500"),
    "built": ("固定资产投资额", "亿元", "flow", "≥1200", "1150"),
}
"""Made-up indicators: name, unit, kind, target, baseline."""
_FIGURES = {
    ("jobs", HOME): "1.61 1.72 1.83",
    ("jobs", "东山县"): "0.51 0.62 0.73",
    ("jobs", "西河区"): "0.31 0.42 0.53",
    ("idle", HOME): "3.91 3.82 3.73",
    ("idle", "东山县"): "3.51 3.42 3.33",
    ("idle", "西河区"): "3.21 3.12 3.03",
    ("people", HOME): "325.1 328.2 331.3",
    ("people", "东山县"): "118.4 119.5 120.6",
    ("people", "西河区"): "88.7 89.8 90.9",
    ("beds", HOME): "12810 12920 13130",
    ("beds", "东山县"): "4110 4220 4330",
    ("beds", "西河区"): "3140 3250 3360",
    ("built", HOME): "1151 1182 1213",
    ("built", "东山县"): "351 362 373",
    ("built", "西河区"): "241 252 263",
}
FIGURES = {
    (one, place, year): text
    for (one, place), texts in _FIGURES.items()
    for year, text in zip(YEARS, texts.split(), strict=True)
}
"""What is true, in the plan's units."""
OTHER = dict.fromkeys(INDICATORS, ("97.7", "7.9", "6"))
"""What stands beside the figures and is none: a rate of completion, a growth rate, a rank."""
PLAN = f"""\
plan: {{title: 语料方案, region: {HOME}, period: 2019, baseline_period: 2018}}
categories: [测试]
units: [{{name: 张}}]
indicators:
""" + "".join(
    f"  - {{id: {one}, no: {no}, name: {name}, category: 测试, unit: '{unit}', kind: {kind}, lead: [市统计局],"
    f" baseline: '{base}', target: '{target}', deadline: 2019年底}}\n"
    for no, (one, (name, unit, kind, target, base)) in enumerate(INDICATORS.items(), 1)
)


def corpus_plan(folder: Path) -> Plan:
    """Write the made-up plan into a folder and read it."""
    (folder / "targets.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "departments.yaml").write_text("departments:\n  - {name: 市统计局}\n", encoding="utf-8")
    plan, findings = read_plan(folder)
    assert plan is not None, findings
    return plan


class Words(NamedTuple):
    """The words of one office for its headers; `date` is how it writes a year."""

    indicator: str
    value: str
    unit: str
    region: str
    year: str
    target: str
    rate: str
    growth: str
    date: str


VOCABULARY = (
    Words("指标", "完成值", "单位", "地区", "年份", "目标", "完成率", "同比增长", "{}年"),
    Words("指标名称", "实际完成值", "计量单位", "行政区划", "年度", "年度目标", "完成率(%)", "增速", "{}"),
    Words("项目", "实际数", "单位", "区域", "时间", "计划数", "完成比例", "同比", "{}年度"),
    Words("考核指标", "累计完成", "单位", "县区", "时期", "任务数", "完成进度", "增长率", "{}年"),
    Words("主要指标", "实绩", "指标单位", "市县", "统计年份", "年初目标", "序时进度", "比上年增长", "{}"),
    Words("统计指标", "实际", "单位", "地区名称", "年份", "预期目标", "完成率", "增减", "{}年"),
    Words("indicator", "actual", "unit", "region", "year", "target", "completion rate", "growth", "{}"),
)
Grid = list[list[str]]
Merge = tuple[int, int, int, int]


class Table(NamedTuple):
    """Rows of texts with what is merged in them; `heads` counts the header's rows, `stubs` the columns that head rows.

    `above` are lines that stand over it and belong to it, `holds` the indicators whose judged figure it has.
    """

    rows: Grid
    heads: int
    holds: Sequence[str]
    merges: Sequence[Merge] = ()
    above: Sequence[str] = ()
    stubs: int = 1


Layout = Callable[[Words], Table]
LAYOUTS: dict[str, Layout] = {}


def layout(write: Layout) -> Layout:
    """Add a layout under its function's name."""
    LAYOUTS[write.__name__] = write
    return write


def name(one: str) -> str:
    """The name of an indicator."""
    return INDICATORS[one][0]


def unit(one: str) -> str:
    """The unit of an indicator."""
    return INDICATORS[one][1]


def target(one: str) -> str:
    """The number of an indicator's target."""
    return INDICATORS[one][3][1:]


def named(one: str) -> str:
    """An indicator's name with its unit in a bracket."""
    return f"{name(one)}（{unit(one)}）"


def figure(one: str, place: str = HOME, year: str = JUDGED) -> str:
    """The true figure, as it is written."""
    return FIGURES[one, place, year]


ALL = tuple(INDICATORS)
FEW = ALL[:3]


@layout
def values_down(w: Words) -> Table:
    rows = [[name(one), unit(one), figure(one)] for one in ALL]
    return Table([[w.indicator, w.unit, w.value], *rows], 1, ALL)


@layout
def targets_beside_values(w: Words) -> Table:
    head = ["序号", w.indicator, w.unit, w.date.format(2019) + w.target, w.date.format(2019) + w.value, w.rate, "备注"]
    rows = [
        [str(no), name(one), unit(one), target(one), figure(one), OTHER[one][0], ""] for no, one in enumerate(ALL, 1)
    ]
    return Table([head, *rows], 1, ALL, stubs=3)


@layout
def targets_under_a_year(w: Words) -> Table:
    head = [[w.indicator, w.unit, w.date.format(2019), "", ""], ["", "", w.target, w.value, w.rate]]
    rows = [[name(one), unit(one), target(one), figure(one), OTHER[one][0]] for one in ALL]
    return Table([*head, *rows], 2, ALL, [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4)], stubs=2)


@layout
def growth_under_a_year(w: Words) -> Table:
    head = [[w.indicator, w.unit, w.date.format(2019), ""], ["", "", w.growth, w.value]]
    rows = [[name(one), unit(one), OTHER[one][1], figure(one)] for one in ALL]
    return Table([*head, *rows], 2, ALL, [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)], stubs=2)


@layout
def years_over_targets(w: Words) -> Table:
    head = [
        [w.indicator, w.unit, "完成情况", "", "", ""],
        ["", "", w.date.format(2018), "", w.date.format(2019), ""],
        ["", "", w.target, w.value, w.target, w.value],
    ]
    rows = [[name(one), unit(one), "1.9", figure(one, year="2018"), target(one), figure(one)] for one in ALL]
    merges = [(0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 0, 5), (1, 2, 1, 3), (1, 4, 1, 5)]
    return Table([*head, *rows], 3, ALL, merges, stubs=2)


@layout
def years_across(w: Words) -> Table:
    rows = [[name(one), unit(one), *(figure(one, year=year) for year in YEARS)] for one in ALL]
    return Table([[w.indicator, w.unit, *map(w.date.format, YEARS)], *rows], 1, ALL, stubs=2)


@layout
def long_rows(w: Words) -> Table:
    rows = [
        [place, name(one), w.date.format(year), unit(one), figure(one, place, year)]
        for one in FEW
        for year in YEARS
        for place in PLACES
    ]
    return Table([[w.region, w.indicator, w.year, w.unit, w.value], *rows], 1, FEW, stubs=4)


@layout
def regions_across(w: Words) -> Table:
    rows = [[name(one), unit(one), *(figure(one, place) for place in PLACES)] for one in ALL]
    return Table([[w.indicator, w.unit, *PLACES], *rows], 1, ALL, stubs=2)


@layout
def regions_under_a_year(w: Words) -> Table:
    head = [[w.indicator, w.unit, w.date.format(2019), "", ""], ["", "", *PLACES]]
    rows = [[name(one), unit(one), *(figure(one, place) for place in PLACES)] for one in ALL]
    return Table([*head, *rows], 2, ALL, [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4)], stubs=2)


@layout
def years_down(w: Words) -> Table:
    rows = [[w.date.format(year), *(figure(one, year=year) for one in ALL)] for year in YEARS]
    return Table([[w.year, *map(named, ALL)], *rows], 1, ALL)


@layout
def years_down_under_units(w: Words) -> Table:
    rows = [[w.date.format(year), *(figure(one, year=year) for one in ALL)] for year in YEARS]
    return Table([[w.indicator, *map(name, ALL)], [w.unit, *map(unit, ALL)], *rows], 2, ALL)


@layout
def results_down(w: Words) -> Table:
    year = w.date.format(2019)
    rows = [
        [w.indicator, *map(name, ALL)],
        [w.unit, *map(unit, ALL)],
        [year + w.target, *map(target, ALL)],
        [year + w.value, *map(figure, ALL)],
        [w.rate, *(OTHER[one][0] for one in ALL)],
    ]
    return Table(rows, 2, ALL)


@layout
def regions_down(w: Words) -> Table:
    rows = [[place, *(figure(one, place) for one in ALL)] for place in PLACES]
    return Table([[w.region, *map(named, ALL)], *rows], 1, ALL)


@layout
def regions_down_over_units(w: Words) -> Table:
    rows = [[place, *(figure(one, place) for one in ALL)] for place in PLACES]
    merges = [(0, 0, 1, 0)]
    return Table([[w.region, *map(name, ALL)], ["", *(f"（{unit(one)}）" for one in ALL)], *rows], 2, ALL, merges)


@layout
def regions_and_years_down(w: Words) -> Table:
    rows = [
        [place, w.date.format(year), *(figure(one, place, year) for one in FEW)] for place in PLACES for year in YEARS
    ]
    return Table([[w.region, w.year, *map(named, FEW)], *rows], 1, FEW, stubs=2)


@layout
def indicators_over_results(w: Words) -> Table:
    rows = [[place, *(x for one in FEW for x in (target(one), figure(one, place)))] for place in PLACES]
    head = [[w.region, *(x for one in FEW for x in (named(one), ""))], ["", *[w.target, w.value] * len(FEW)]]
    merges = [(0, 0, 1, 0), *((0, at, 0, at + 1) for at in range(1, 2 * len(FEW), 2))]
    return Table([*head, *rows], 2, FEW, merges)


@layout
def indicators_over_years(w: Words) -> Table:
    rows = [[place, *(figure(one, place, year) for one in FEW for year in YEARS)] for place in PLACES]
    head = [[w.region, *(x for one in FEW for x in (named(one), "", ""))], ["", *map(w.date.format, YEARS * len(FEW))]]
    merges = [(0, 0, 1, 0), *((0, at, 0, at + 2) for at in range(1, 3 * len(FEW), 3))]
    return Table([*head, *rows], 2, FEW, merges)


@layout
def years_over_indicators(w: Words) -> Table:
    rows = [[place, *(figure(one, place, year) for year in YEARS for one in FEW)] for place in PLACES]
    head = [
        [w.region, *(x for year in YEARS for x in (w.date.format(year), "", ""))],
        ["", *[named(one) for _ in YEARS for one in FEW]],
    ]
    merges = [(0, 0, 1, 0), *((0, at, 0, at + 2) for at in range(1, 3 * len(FEW), 3))]
    return Table([*head, *rows], 2, FEW, merges)


@layout
def one_indicator_regions_by_years(w: Words) -> Table:
    rows = [[place, *(figure("people", place, year) for year in reversed(YEARS))] for place in PLACES]
    above = ["数据库：分省年度数据", "指标：常住人口(万人)", "时间：最近10年"]
    return Table([[w.region, *map(w.date.format, reversed(YEARS))], *rows], 1, ["people"], above=above)


@layout
def one_indicator_years_by_regions(w: Words) -> Table:
    rows = [[w.date.format(year), *(figure("built", place, year) for place in PLACES)] for year in YEARS]
    return Table([[w.year, *PLACES], *rows], 1, ["built"], above=["固定资产投资额（亿元）"])


@layout
def one_indicator_years_down(w: Words) -> Table:
    rows = [[w.date.format(year), figure("idle", year=year), OTHER["idle"][1]] for year in YEARS]
    return Table([[w.year, w.value, w.growth], *rows], 1, ["idle"], above=["指标名称：城镇登记失业率", "单位：%"])


@layout
def one_indicator_regions_with_targets(w: Words) -> Table:
    rows = [[place, "327", figure("people", place), OTHER["people"][0]] for place in PLACES]
    head = [[w.region, w.date.format(2019), "", ""], ["", w.target, w.value, w.rate]]
    return Table([*head, *rows], 2, ["people"], [(0, 0, 1, 0), (0, 1, 0, 3)], above=["指标：常住人口（万人）"])


_MONTHS = tuple(f"{month}月" for month in range(1, 13))


@layout
def one_indicator_years_by_months(w: Words) -> Table:
    """Levels month by month; only 全年 is the year's figure."""
    rows = [
        [w.date.format(year), *(f"{300 + at}.{year[-1]}" for at in range(12)), figure("people", year=year)]
        for year in YEARS
    ]
    return Table([[w.year, *_MONTHS, "全年"], *rows], 1, ["people"], above=["指标：常住人口（万人）"])


@layout
def months_down(w: Words) -> Table:
    """Months alone: those of a flow make the year, and no other figure of the year is in it."""
    rows = [[f"2019年{month}", "0.15" if at < 11 else "0.18", "3.5", f"{at}.5"] for at, month in enumerate(_MONTHS)]
    return Table([[w.year, *map(named, FEW)], *rows], 1, ["jobs"])


@layout
def key_and_value(w: Words) -> Table:
    rows = [
        ["", name("people")],
        ["区域", HOME],
        ["频率", "年, 年终12月"],
        [w.unit, "万人"],
        ["数据来源", "国家统计局"],
    ]
    rows += [[year, figure("people", year=year)] for year in YEARS]
    return Table(rows, 5, ["people"])


@layout
def keys_and_several_values(w: Words) -> Table:
    rows = [
        [w.indicator, *map(name, FEW)],
        [w.region, *[HOME] * len(FEW)],
        ["频率", *["年"] * len(FEW)],
        [w.unit, *map(unit, FEW)],
        ["数据来源", *["国家统计局"] * len(FEW)],
        ["更新时间", *["2020-01-20"] * len(FEW)],
    ]
    rows += [[f"{year}-12", *(figure(one, year=year) for one in FEW)] for year in YEARS]
    return Table(rows, 6, FEW)


def _pasted(left: Grid, right: Grid, gap: int) -> Grid:
    width = len(left[0])
    pairs = itertools.zip_longest(left, right, fillvalue=[])
    return [[*(a or [""] * width), *[""] * gap, *(b or [""] * len(right[0]))] for a, b in pairs]


@layout
def two_tables_with_a_gap(w: Words) -> Table:
    left = [[w.indicator, w.unit, w.value], *([name(one), unit(one), figure(one)] for one in ALL[:3])]
    right = [[w.indicator, w.unit, w.date.format(2019)], *([name(one), unit(one), figure(one)] for one in ALL[3:])]
    return Table(_pasted(left, right, 1), 1, ALL, stubs=2)


@layout
def two_tables_without_a_gap(w: Words) -> Table:
    left = [
        ["序号", w.indicator, w.unit, w.value],
        *([str(no), name(one), unit(one), figure(one)] for no, one in enumerate(ALL[:3], 1)),
    ]
    right = [
        ["序号", w.indicator, w.unit, w.value],
        *([str(no), name(one), unit(one), figure(one)] for no, one in enumerate(ALL[3:], 1)),
    ]
    return Table(_pasted(left, right, 0), 1, ALL, stubs=2)


@layout
def two_tables_of_two_kinds(w: Words) -> Table:
    left = [[w.indicator, w.unit, w.value], *([name(one), unit(one), figure(one)] for one in ALL[:3])]
    right = [[w.region, *map(named, ALL[3:])], *([place, *(figure(one, place) for one in ALL[3:])] for place in PLACES)]
    return Table(_pasted(left, right, 1), 1, ALL)


@layout
def two_titles_and_tables(w: Words) -> Table:
    first = [[w.region, *map(w.date.format, YEARS)]]
    first += [[place, *(figure("people", place, year) for year in YEARS)] for place in PLACES]
    second = [["指标：养老床位数（张）"], [w.region, *map(w.date.format, YEARS)]]
    second += [[place, *(figure("beds", place, year) for year in YEARS)] for place in PLACES]
    return Table([*first, [""], *second], 1, ["people", "beds"], above=["指标：常住人口（万人）"])


@layout
def regions_and_then_values(w: Words) -> Table:
    first = [[w.region, *map(named, FEW)], *([place, *(figure(one, place) for one in FEW)] for place in PLACES)]
    second = [["其他指标"], [w.indicator, w.unit, w.value], *([name(one), unit(one), figure(one)] for one in ALL[3:])]
    return Table([*first, [""], *second], 1, ALL)


@layout
def two_years_in_two_tables(w: Words) -> Table:
    def part(year: str) -> Grid:
        return [[w.indicator, w.unit, w.value], *([name(one), unit(one), figure(one, year=year)] for one in FEW)]

    rows = [*part("2018"), [""], ["2019年主要指标"], *part("2019")]
    return Table(rows, 1, FEW, above=["2018年主要指标"])


def _titled(table: Table, *, width: int) -> Table:
    return _under(table, [["云山市2019年主要指标完成情况"], *([text] for text in table.above)], width=width)


def _under(table: Table, lines: Grid, *, width: int) -> Table:
    """The table under further lines, all that belongs to it moved down; the first line is merged over its width."""
    down = len(lines)
    merges = [(t + down, left, b + down, right) for t, left, b, right in table.merges]
    over = [(0, 0, 0, width - 1)] if lines and width > 1 else []
    return table._replace(rows=[*lines, *table.rows], heads=table.heads + down, merges=[*over, *merges], above=())


def _widened(table: Table, at: int) -> Table:
    """The table with a blank column before the column `at`."""
    rows = [[*row[:at], "", *row[at:]] if len(row) > at or at == 0 else list(row) for row in table.rows]
    merges = [(t, left + (left >= at), b, right + (right >= at)) for t, left, b, right in table.merges]
    return table._replace(rows=rows, merges=merges, stubs=table.stubs + 1)


def _spaced(table: Table) -> Table:
    rows = [*table.rows[: table.heads], [""]]
    for row in table.rows[table.heads :]:
        rows += [row, [""]]
    return table._replace(rows=rows)


def _totalled(table: Table) -> Table:
    last = table.rows[-1]
    total = ["合计" if at == 0 else "9876.5" if _is_number(text) else "" for at, text in enumerate(last)]
    return table._replace(rows=[*table.rows, total])


def _is_number(text: str) -> bool:
    return bool(text) and text.replace(".", "", 1).isdecimal()


def _numbered(table: Table, *, marks: Sequence[str]) -> Table:
    numbers = itertools.cycle(marks)
    known = {name(one) for one in ALL}
    return table._replace(
        rows=[[next(numbers) + cell if cell in known else cell for cell in row] for row in table.rows]
    )


_DIGITS = ("1.", "2、", "（3）")
_NOTES = [
    ["注：本表数据为年报数，常住人口包括外来人口。"],
    ["数据来源：云山市统计局"],
    ["填表人：某某", "联系电话：0000000"],
]


def _plain(table: Table) -> Table:
    return _under(table, [[text] for text in table.above], width=1)


def _noted(table: Table) -> Table:
    plain = _plain(table)
    return plain._replace(rows=[*plain.rows, *_NOTES])


NOISE: dict[str, Callable[[Table], Table]] = {
    "plain": _plain,
    "title": lambda table: _titled(table, width=len(table.rows[0])),
    "notes": _noted,
    "total": lambda table: _totalled(_plain(table)),
    "blank rows": lambda table: _spaced(_plain(table)),
    "blank column before": lambda table: _widened(_plain(table), 0),
    "title, blank column": lambda table: _widened(_titled(table, width=len(table.rows[0])), 0),
    "blank column within": lambda table: _widened(_plain(table), table.stubs),
    "numbered names": lambda table: _plain(_numbered(table, marks=_DIGITS)),
    "names numbered in Chinese": lambda table: _plain(_numbered(table, marks=["（一）", "一、", "①", "其中："])),
    "all": lambda table: _spaced(_noted(_titled(_numbered(table, marks=_DIGITS), width=len(table.rows[0])))),
}


def as_csv(table: Table, encoding: str) -> bytes:
    """Write a table as CSV."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(table.rows)
    return stream.getvalue().encode(encoding)


def as_xlsx(table: Table) -> bytes:
    """Write a table as a workbook with merged cells."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")
        for r, row in enumerate(table.rows):
            for c, text in enumerate(row):
                if text:
                    sheet.write(r, c, float(text) if _is_number(text) else text)
        for top, left, bottom, right in table.merges:
            sheet.merge_range(top, left, bottom, right, table.rows[top][left])
    return stream.getvalue()


def as_xls(table: Table) -> bytes:
    """Write a table as a workbook of the 2003 format, with merged cells."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    over = {(top, left) for top, left, _, _ in table.merges}
    for top, left, bottom, right in table.merges:
        sheet.write_merge(top, bottom, left, right, table.rows[top][left])
    for r, row in enumerate(table.rows):
        for c, text in enumerate(row):
            if text and (r, c) not in over:
                sheet.write(r, c, float(text) if _is_number(text) else text)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def as_ods(table: Table) -> bytes:
    """Write a table as an OpenDocument sheet, with merged cells."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in table.merges}

    def cell(r: int, c: int, text: str) -> str:
        down, across = spans.get((r, c), (1, 1))
        span = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"' if (r, c) in spans else ""
        if _is_number(text):
            return f'<table:table-cell office:value-type="float" office:value="{text}"{span}/>'
        return f'<table:table-cell office:value-type="string"{span}><text:p>{escape(text)}</text:p></table:table-cell>'

    rows = "".join(
        f"<table:table-row>{''.join(cell(r, c, text) for c, text in enumerate(row))}</table:table-row>"
        for r, row in enumerate(table.rows)
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {_SPACES} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Sheet1">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{_ODS}"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        book.writestr("mimetype", _ODS)
        book.writestr("content.xml", content)
        book.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


FORMATS: dict[str, tuple[str, Callable[[Table], bytes]]] = {
    "utf-8": ("f.csv", lambda table: as_csv(table, "utf-8")),
    "gbk": ("f.csv", lambda table: as_csv(table, "gbk")),
    "xlsx": ("f.xlsx", as_xlsx),
    "xls": ("f.xls", as_xls),
    "ods": ("f.ods", as_ods),
}


UNKNOWN = "甲乙丙词"
TURNED = (
    "years_down",
    "results_down",
    "regions_",
    "one_indicator",
    "key",
    "months",
    "indicators_over",
    "years_over_ind",
)
"""How the names of layouts begin whose rows are headed otherwise than by one indicator each."""


def changed(table: Table, *, rows_too: bool) -> Iterator[tuple[str, Table]]:
    """Yield the table with one word of its header made another: unknown, deleted, or changed with its neighbour's.

    Two words change places only where one of them heads figures and the other does not; two that both head figures
    would make another table that is as good. `rows_too` says that words before the rows head figures as well.
    """
    figures = {c for row in table.rows for c, text in enumerate(row) if _is_number(text) and len(text) > 1}
    for r, row in enumerate(table.rows):
        for c, text in enumerate(row):
            if not text or (_is_number(text) and r >= table.heads) or (len(row) == 1 and "20" in text):
                continue
            if r >= table.heads and not (rows_too and c < table.stubs):
                continue
            yield f"{text} at {r},{c} unknown", with_texts(table, r, {c: UNKNOWN})
            yield f"{text} at {r},{c} deleted", with_texts(table, r, {c: ""})
            if c + 1 < len(row) and (c in figures) != (c + 1 in figures) and r < table.heads:
                yield f"{text} at {r},{c} changed with {row[c + 1]}", with_texts(table, r, {c: row[c + 1], c + 1: text})


def replaced(table: Table, words: Sequence[str]) -> Iterator[tuple[str, Table]]:
    """Yield the table with each word of its header made each of the words, none of which is one for results."""
    for r in range(table.heads):
        for c, text in enumerate(table.rows[r]):
            for word in words if text and not (len(table.rows[r]) == 1 and "20" in text) else ():
                yield f"{text} at {r},{c} made {word}", with_texts(table, r, {c: word})


def with_texts(table: Table, at: int, texts: dict[int, str]) -> Table:
    """Return the table with other texts in some columns of one row."""
    row = [texts.get(c, text) for c, text in enumerate(table.rows[at])]
    return table._replace(rows=[*table.rows[:at], row, *table.rows[at + 1 :]])


class Case(NamedTuple):
    """One combination, by its names; `table` is written in `form`."""

    layout: str
    words: int
    noise: str
    form: str
    table: Table

    def __str__(self) -> str:
        """Its names."""
        return f"{self.layout} / {VOCABULARY[self.words].indicator} / {self.noise} / {self.form}"


def cases() -> Iterator[Case]:
    """Yield every combination of layout, words and noise, each in one of the formats, which take turns."""
    forms = list(FORMATS)
    for k, (kind, write) in enumerate(LAYOUTS.items()):
        for w, words in enumerate(VOCABULARY):
            for n, (noise, add) in enumerate(NOISE.items()):
                yield Case(kind, w, noise, forms[(k + w + n) % len(forms)], add(write(words)))


class Outcome(NamedTuple):
    """What became of a table: what was read and is not so, the indicators judged, the codes of warnings and errors."""

    wrong: Sequence[str]
    judged: Sequence[str]
    reasons: Sequence[str]

    def of(self, table: Table) -> str:
        """Return read, refused, silent or wrong; silent is a table that is not read, without a reason."""
        if self.wrong:
            return "wrong"
        if set(self.judged) >= set(table.holds):
            return "read"
        return "refused" if self.reasons else "silent"


def outcome(data: bytes, file: str, plan: Plan) -> Outcome:
    """Read and judge a file, and compare each value that was read, and each that was judged, with the figures."""
    submission, findings = read_bytes(file, data, plan)
    judged = assess(plan, [submission], period=plan.period)
    wrong = [text for text in _values(submission, plan) if text]
    if not submission.rows.adds_up:
        wrong.append(f"rows: {submission.rows}")
    right = []
    for result in judged.results:
        one = result.indicator.id
        if result.actual is None:
            continue
        right.append(one)
        if result.actual != Fraction(Decimal(figure(one))):
            wrong.append(f"{one} judged by {result.actual}")
    severe = (one.code for one in (*findings, *judged.findings) if one.severity is not Severity.INFO)
    return Outcome(wrong, right, sorted(set(severe)))


def _values(submission: Submission, plan: Plan) -> Iterator[str]:
    """Say of each value that is for a whole year what it should be; empty where it is so."""
    for one in submission.observations:
        if one.reported is not Reading.VALUE or not one.period.is_year:
            continue
        indicator = plan.by_id[one.indicator]
        place = HOME if plan.is_for(one.region) or one.region in ("", "全市") else one.region
        if place not in PLACES or (one.sender and not plan.department(one.sender)):
            continue  # a region or a department that there is not is refused when it is judged
        truth = FIGURES.get((one.indicator, place, str(one.period)))
        actual = convert(one, indicator)[0].actual
        right = truth is not None and actual in (None, Fraction(Decimal(truth)))
        yield "" if right else f"{one.indicator} {place} {one.period}: {one.raw} at {one.place}, and not {truth}"


def judged(plan: Plan, text: str | bytes, name: str = "f.csv") -> tuple[list[str], list[str]]:
    """The values that are judged, and the codes of errors."""
    submission, findings = read_bytes(name, text.encode() if isinstance(text, str) else text, plan)
    assert submission.rows.adds_up
    assessment = assess(plan, [submission], period=plan.period)
    used = [str(one.actual) for one in assessment.results if one.verdict in (Verdict.MET, Verdict.MISSED)]
    errors = [one.code for one in (*findings, *assessment.findings) if one.severity == "error"]
    return used, errors
