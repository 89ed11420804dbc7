"""Made-up tables of targets in the layouts and words that offices use, with what a person answers to each."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import xlsxwriter
import xlwt

Rows = Sequence[Sequence[object]]
Span = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCase:
    """A table, the form that it is sent in, what is given on the command line, and the answers.

    `answers` are by the name of the indicator (or plan) and the key; "" leaves the value as it is. `expected` has the
    unit, the kind and the rule of each indicator once all is answered.
    """

    name: str
    rows: Rows
    expected: Mapping[str, tuple[str, str, str]]
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    form: str = "csv"
    merges: Sequence[Span] = ()
    more: Mapping[str, Rows] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The name of the file."""
        return "targets." + {"gbk": "csv", "tsv": "tsv"}.get(self.form, self.form)

    def content(self) -> bytes:
        """The file."""
        return {"xlsx": self._xlsx, "xls": self._xls}.get(self.form, self._text)()

    def _text(self) -> bytes:
        between = "\t" if self.form == "tsv" else ","
        lines = (between.join(_cell(cell, between) for cell in row) for row in self.rows)
        return ("\n".join(lines) + "\n").encode("gbk" if self.form == "gbk" else "utf-8")

    def _xlsx(self) -> bytes:
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            percent = book.add_format({"num_format": "0.0%"})
            for name, rows in {"Sheet1": self.rows, **self.more}.items():
                sheet = book.add_worksheet(name)
                for top, left, bottom, right in self.merges if name == "Sheet1" else ():
                    sheet.merge_range(top, left, bottom, right, "")
                for number, row in enumerate(rows):
                    for column, cell in enumerate(row):
                        if isinstance(cell, tuple):
                            sheet.write(number, column, cell[0], percent)
                        elif cell not in ("", None):
                            sheet.write(number, column, cell)
        return stream.getvalue()

    def _xls(self) -> bytes:
        book = xlwt.Workbook()
        sheet = book.add_sheet("Sheet1")
        covered = {(row, column) for top, left, bottom, right in self.merges
                   for row in range(top, bottom + 1) for column in range(left, right + 1)}  # fmt: skip
        for top, left, bottom, right in self.merges:
            sheet.write_merge(top, bottom, left, right, self.rows[top][left])
        for number, row in enumerate(self.rows):
            for column, cell in enumerate(row):
                if (number, column) not in covered and cell != "":
                    sheet.write(number, column, cell)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()


def _cell(cell: object, between: str) -> str:
    text = str(cell)
    return '"' + text.replace('"', '""') + '"' if between in text or "\n" in text or '"' in text else text


CASES = (
    TableCase(
        name="a title, group rows, and the years in the headers",
        rows=[
            ["附件1"],
            ["钦州市2019年新型城镇化主要指标"],
            ["序号", "指标", "单位", "2018年完成", "2019年目标", "牵头单位", "备注"],
            ["一、城镇化水平"],
            ["1", "常住人口城镇化率", "%", "40", "达到41%", "市统计局", ""],
            ["2", "城镇新增就业人数", "万人", "1.2", "1.3万人以上", "市人社局", "含灵活就业"],
            ["（二）基本公共服务（2项）"],
            ["3", "城镇登记失业率（%）", "", "4.7", "控制在4.5%以内", "市人社局", ""],
            ["4", "人均公园绿地面积", "平方米", "12", "12.5以上", "市住建局、市林业局", ""],
            ["注：2018年为快报数。"],
        ],
        expected={
            "常住人口城镇化率": ("%", "rate", "≥41"),
            "城镇新增就业人数": ("万人", "flow", "≥1.3"),
            "城镇登记失业率": ("%", "rate", "≤4.5"),
            "人均公园绿地面积": ("平方米", "stock", "≥12.5"),
        },
    ),
    TableCase(
        name="bare numbers under 目标值 in GBK, with a signature below",
        form="gbk",
        rows=[
            ["临江市2023年度考核指标目标任务表", "", "", "", "", ""],
            ["类别", "指标名称", "计量单位", "上年完成", "目标值", "责任单位"],
            ["经济", "社会消费品零售总额增速", "%", "6.1", "7%左右", "市商务局"],
            ["", "规模以上工业增加值增速", "%", "5", "≥6", "市工信局"],
            ["", "新建充电桩", "个", "—", "300", "市发展改革委"],
            ["财政", "一般公共预算收入", "亿元", "61.5", "65", "市财政局"],
            ["填表人：", "", "", "", "联系电话：", ""],
        ],
        expected={
            "社会消费品零售总额增速": ("%", "growth", "≥7"),
            "规模以上工业增加值增速": ("%", "growth", "≥6"),
            "新建充电桩": ("个", "works", "≥300"),
            "一般公共预算收入": ("亿元", "flow", "≥65"),
        },
        answers={
            ("社会消费品零售总额增速", "target"): "≥7",
            ("新建充电桩", "target"): "≥300",
            ("一般公共预算收入", "target"): "≥65",
        },
    ),
    TableCase(
        name="a five-year plan whose columns are years, with the attribute of each indicator",
        form="tsv",
        rows=[
            ["临江市“十四五”规划主要指标", "", "", "", "", "", ""],
            ["类别", "指标", "2020年", "2025年", "年均/累计", "属性", "责任部门"],
            ["经济发展", "地区生产总值增长（%）", "2.3", "—", "6左右", "预期性", "市发展改革委"],
            ["", "全员劳动生产率（万元/人）", "12.5", "18", "—", "预期性", "市发展改革委"],
            ["", "常住人口城镇化率（%）", "60.1", "65以上", "〔4.9〕", "预期性", "市发展改革委"],
            ["民生福祉", "城镇调查失业率（%）", "5.6", "<5.5", "—", "预期性", "市人力资源社会保障局"],
            ["", "每千人口拥有执业（助理）医师数（人）", "2.4", "达到3.0", "", "预期性", "市卫生健康委"],
            ["绿色生态", "森林覆盖率（%）", "40.2", "≥41", "—", "约束性", "市林业局"],
            ["注：〔〕内为五年累计数。", "", "", "", "", "", ""],
        ],
        expected={
            "地区生产总值增长": ("%", "growth", "≥6"),
            "全员劳动生产率": ("万元/人", "rate", "≥18"),
            "常住人口城镇化率": ("%", "rate", "≥65"),
            "城镇调查失业率": ("%", "rate", "<5.5"),
            "每千人口拥有执业（助理）医师数": ("人", "stock", "≥3.0"),
            "森林覆盖率": ("%", "rate", "≥41"),
        },
        answers={
            ("地区生产总值增长", "target"): "≥6",
            ("全员劳动生产率", "target"): "≥18",
        },
    ),
    TableCase(
        name="merged groups, and the targets of three years below one heading",
        form="xlsx",
        rows=[
            ["青河县城市更新三年行动目标分解表（2023—2025年）", "", "", "", "", "", "", "", ""],
            ["序号", "领域", "指标名称", "单位", "2022年基期值", "目标值", "", "", "牵头单位"],
            ["", "", "", "", "", "2023年", "2024年", "2025年", ""],
            [1, "住房", "改造老旧小区", "个", 12, "≥20", "≥45", "≥70", "县住建局"],
            [2, "", "新建保障性租赁住房", "套", "", "≥300", "≥700", "≥1200", "县住建局\n县发改局"],
            [3, "绿化", "建成区绿化覆盖率", "%", 36.5, "37以上", "38以上", "39以上", "县城管局"],
            [4, "", "人均公园绿地面积", "平方米", 11.8, "≥12", "≥12.5", "≥13", ""],
        ],
        merges=[
            (0, 0, 0, 8),
            (1, 0, 2, 0),
            (1, 1, 2, 1),
            (1, 2, 2, 2),
            (1, 3, 2, 3),
            (1, 4, 2, 4),
            (1, 5, 1, 7),
            (1, 8, 2, 8),
            (3, 1, 4, 1),
            (5, 1, 6, 1),
            (5, 8, 6, 8),
        ],
        expected={
            "改造老旧小区": ("个", "works", "≥70"),
            "新建保障性租赁住房": ("套", "works", "≥1200"),
            "建成区绿化覆盖率": ("%", "rate", "≥39"),
            "人均公园绿地面积": ("平方米", "stock", "≥13"),
        },
    ),
    TableCase(
        name="levels of indicators in XLS, units in the names, and a total",
        form="xls",
        rows=[
            ["2024年松山区公共服务提升计划指标体系", "", "", "", "", ""],
            ["一级指标", "二级指标", "三级指标", "2023年现状值", "2024年目标值", "责任单位"],
            ["教育", "学前", "新增普惠性幼儿园学位（个）", 800, "不少于1000", "区教育局"],
            ["教育", "义务", "义务教育巩固率（%）", 98.2, "98.5以上", "区教育局"],
            ["医疗", "床位", "每千人口医疗卫生机构床位数（张）", 6.1, "6.5以上", "区卫健局"],
            ["养老", "床位", "养老机构护理型床位占比（%）", 45, "不低于55%", "区民政局"],
            ["合计", "", "", "", "", ""],
        ],
        merges=[(0, 0, 0, 5), (6, 0, 6, 5)],
        expected={
            "新增普惠性幼儿园学位": ("个", "works", "≥1000"),
            "义务教育巩固率": ("%", "rate", "≥98.5"),
            "每千人口医疗卫生机构床位数": ("张", "stock", "≥6.5"),
            "养老机构护理型床位占比": ("%", "rate", "≥55"),
        },
        answers={("plan", "region"): "松山区"},
    ),
    TableCase(
        name="units in the targets only, and parts of a figure below it",
        rows=[
            ["表1 海宁新区2025年工作目标", "", "", ""],
            ["指标", "目标", "牵头单位", "配合单位"],
            ["一、人口和就业", "", "", ""],
            ["常住人口", "110万人以上", "统计局", ""],
            ["城镇新增就业", "1.5万人以上", "人社局", "教育局、民政局"],
            ["其中：高校毕业生", "4000人以上", "人社局", "教育局"],
            ["二、环境", "", "", ""],
            ["细颗粒物（PM2.5）年均浓度", "控制在35微克/立方米以内", "生态环境局", ""],
            ["污水集中处理率", "96%—98%", "住建局", ""],
            ["生活垃圾分类覆盖率", "100%", "城管局", ""],
        ],
        expected={
            "常住人口": ("万人", "stock", "≥110"),
            "城镇新增就业": ("万人", "flow", "≥1.5"),
            "城镇新增就业（其中：高校毕业生）": ("人", "flow", "≥4000"),
            "细颗粒物（PM2.5）年均浓度": ("微克/立方米", "mean", "≤35"),
            "污水集中处理率": ("%", "rate", "96~98"),
            "生活垃圾分类覆盖率": ("%", "rate", "=100"),
        },
    ),
    TableCase(
        name="an English table with groups in rows",
        form="xlsx",
        rows=[
            ["Harbour City Housing and Climate Plan 2021-2025: headline targets"],
            ["No.", "Indicator", "Unit", "Baseline 2020", "Target 2025", "Lead agency"],
            ["A. Housing"],
            [1, "New affordable homes", "dwellings", 0, "at least 12000", "Housing Office"],
            [2, "Households in temporary accommodation", "households", 3150, "no more than 1200", "Housing Office"],
            ["B. Climate"],
            [3, "Share of renewable electricity", "percent", 31, "60 or more", "Energy Agency"],
            [4, "Average energy use of homes", "kWh", 210, "150", "Energy Agency"],
            ["Source: city council, 2020."],
        ],
        merges=[(0, 0, 0, 5), (2, 0, 2, 5), (5, 0, 5, 5)],
        expected={
            "New affordable homes": ("dwellings", "works", "≥12000"),
            "Households in temporary accommodation": ("households", "stock", "≤1200"),
            "Share of renewable electricity": ("percent", "rate", "≥60"),
            "Average energy use of homes": ("kWh", "mean", "≤150"),
        },
        answers={
            ("Households in temporary accommodation", "kind"): "stock",
            ("Average energy use of homes", "kind"): "mean",
            ("Average energy use of homes", "target"): "≤150",
        },
    ),
    TableCase(
        name="other English words, and neither a title nor a lead",
        rows=[
            ["Theme", "Measure", "Current (2022)", "Goal (2024)", "Owner", "Comments"],
            ["Transport", "Bus passengers (million visits)", "41.2", "45 or more", "Transport Authority", ""],
            ["", "Share of trips by bicycle (%)", "9", ">= 15", "", "city survey"],
            ["Water", "Water losses", "24 %", "below 20 %", "Water Board", ""],
        ],
        expected={
            "Bus passengers": ("million visits", "flow", "≥45"),
            "Share of trips by bicycle": ("%", "rate", "≥15"),
            "Water losses": ("%", "rate", "<20"),
        },
        answers={
            ("plan", "title"): "Mobility plan",
            ("plan", "region"): "Harbour City",
            ("plan", "period"): "2023-2024",
            ("Bus passengers", "kind"): "flow",
            ("Share of trips by bicycle", "lead"): "[Transport Authority]",
            ("Water losses", "kind"): "rate",
        },
    ),
    TableCase(
        name="two tables on one sheet, of which the second has the departments, and a header for a second page",
        rows=[
            ["云岭市2019年度目标", "", "", ""],
            ["序号", "主要指标", "上年值", "计划数"],
            ["甲", "乙", "1", "2"],
            ["（一）经济", "", "", ""],
            ["1", "固定资产投资（亿元）①", "410", "450以上"],
            ["2", "进出口总额（亿美元）", "12.4", "不低于13"],
            ["序号", "主要指标", "上年值", "计划数"],
            ["3", "城镇登记失业率（%）", "3.6", "4以内"],
            ["注：①不含农户。", "", "", ""],
            ["", "", "", ""],
            ["责任分工", "", "", ""],
            ["指标", "目标", "牵头单位", ""],
            ["固定资产投资", "450以上", "市发展改革委", ""],
            ["进出口总额", "不低于13", "市商务局", ""],
            ["城镇登记失业率", "4以内", "市人社局", ""],
        ],
        expected={
            "固定资产投资": ("亿元", "flow", "≥450"),
            "进出口总额": ("亿美元", "flow", "≥13"),
            "城镇登记失业率": ("%", "rate", "≤4"),
        },
        answers={("城镇登记失业率", "target"): ""},
    ),
    TableCase(
        name="figures that Excel stores as percentages, and a second sheet",
        form="xlsx",
        rows=[
            ["序号", "考核指标", "计量单位", "2021年完成", "2022年目标", "责任部门"],
            ["一", "城乡建设", "", "", "", ""],
            [1, "常住人口城镇化率", "%", (0.585,), "59.5%以上", "发改局"],
            [2, "农村自来水普及率", "", (0.9,), ">=93%", "水利局"],
            ["二", "安全", "", "", "", ""],
            [3, "生产安全事故起数", "起", 14, "不高于12", "应急局"],
            [4, "信访积案化解", "件", "", "全部化解", "信访局"],
        ],
        more={"通讯录": [["姓名", "电话"], ["张某", "123"]]},
        options={"region": "白沙县", "title": "白沙县2022年考核指标"},
        expected={
            "常住人口城镇化率": ("%", "rate", "≥59.5"),
            "农村自来水普及率": ("%", "rate", "≥93"),
            "生产安全事故起数": ("起", "flow", "≤12"),
            "信访积案化解": ("件", "works", "≥1"),
        },
        answers={
            ("生产安全事故起数", "kind"): "flow",
            ("信访积案化解", "kind"): "works",
            ("信访积案化解", "target"): "≥1",
        },
    ),
    TableCase(
        name="no groups, numbers with points, grades, and figures that are compared with others",
        form="xlsx",
        rows=[
            ["丰乐县2024年营商环境提升目标表"],
            ["编号", "指标", "单位", "2023年", "2024年目标", "属性", "主管部门", "完成时限"],
            ["AHS-1.1", "新登记企业", "户", 3200, "≥3500", "预期性", "县市场监管局", ""],
            ["AHS-1.2", "企业满意度得分", "分", 88.5, "A：≥92；B：≥88；C：<88", "预期性", "县营商局", "2024年12月底"],
            ["AHS-2.1", "民间投资增速", "%", 4.2, "高于全省平均水平", "预期性", "县发改局", ""],
            ["AHS-2.2", "政务服务事项网上可办率", "%", 97, "与上年持平", "约束性", "县政务服务中心", "12月底"],
        ],
        merges=[(0, 0, 0, 7)],
        expected={
            "新登记企业": ("户", "flow", "≥3500"),
            "企业满意度得分": ("分", "stock", "≥88"),
            "民间投资增速": ("%", "growth", "≥5"),
            "政务服务事项网上可办率": ("%", "rate", "=97"),
        },
        answers={
            ("新登记企业", "kind"): "flow",
            ("企业满意度得分", "kind"): "stock",
            ("企业满意度得分", "target"): "≥88",
            ("民间投资增速", "target"): "≥5",
            ("政务服务事项网上可办率", "target"): "",
        },
    ),
    TableCase(
        name="a five-year plan with targets for three years under one merged header, units in the names, and notes",
        form="xlsx",
        rows=[
            ["柳河市“十五五”规划主要指标（样表，数据为虚构）"],
            ["类别", "序号", "指标名称（单位）", "2025年", "目标值", "", "", "属性", "牵头部门"],
            ["", "", "", "基期", "2026年", "2028年", "2030年", "", ""],
            ["经济发展", 1, "全员劳动生产率（万元/人）", "18.2", "≥19", "21", "≥23", "预期性", "市人社局"],
            ["", 2, "单位GDP能耗（吨标准煤/万元）", "0.41", "≤0.40", "≤0.38", "≤0.36", "约束性", "市发改委"],
            [
                "民生福祉",
                3,
                "养老机构护理型床位占比（%）",
                "48",
                "过半",
                "三分之二以上",
                "73以上",
                "约束性",
                "市民政局",
            ],
            ["绿色生态", 4, "森林覆盖率（%）", "42.1", "—", "—", "≥43", "约束性", "市林业局"],
            ["注：“—”表示当年不设目标。"],
        ],
        merges=[
            (0, 0, 0, 8),
            (1, 0, 2, 0),
            (1, 1, 2, 1),
            (1, 2, 2, 2),
            (1, 4, 1, 6),
            (1, 7, 2, 7),
            (1, 8, 2, 8),
            (3, 0, 4, 0),
            (7, 0, 7, 8),
        ],
        options={"region": "柳河市"},
        expected={
            "全员劳动生产率": ("万元/人", "rate", "≥23"),
            "单位GDP能耗": ("吨标准煤/万元", "rate", "≤0.36"),
            "养老机构护理型床位占比": ("%", "rate", "≥73"),
            "森林覆盖率": ("%", "rate", "≥43"),
        },
        answers={
            ("全员劳动生产率", "steps"): "{2026: ≥19, 2028: ≥21}",
            ("养老机构护理型床位占比", "steps"): "{2026: 过半, 2028: ≥66.67}",
        },
    ),
    TableCase(
        name="departments and parts in columns of a second header line",
        form="xlsx",
        rows=[
            ["2027年重点工作目标任务分解表"],
            ["序号", "目标任务", "", "计量单位", "2026年实绩", "2027年目标", "责任单位", ""],
            ["", "指标", "其中", "", "", "", "牵头", "配合"],
            [1, "新增城镇就业", "", "万人", 4.1, "4.2万人以上", "市人社局", "各区县"],
            ["", "", "高校毕业生", "人", 12000, "不少于12500", "市人社局", "市教育局"],
            [2, "一般公共预算收入", "", "亿元", 123.4, "增长6%", "市财政局", "市税务局"],
            [3, "生活垃圾回收利用率", "", "%", (0.36,), "38%", "市城管局", ""],
        ],
        merges=[(0, 0, 0, 7), (1, 1, 1, 2), (1, 0, 2, 0), (1, 3, 2, 3), (1, 4, 2, 4), (1, 5, 2, 5), (1, 6, 1, 7)],
        expected={
            "新增城镇就业": ("万人", "flow", "≥4.2"),
            "新增城镇就业（其中：高校毕业生）": ("人", "flow", "≥12500"),
            "一般公共预算收入": ("亿元", "flow", "≥130.804"),
            "生活垃圾回收利用率": ("%", "rate", "≥38"),
        },
        answers={("plan", "region"): "柳河市", ("生活垃圾回收利用率", "target"): "≥38%"},
    ),
    TableCase(
        name="English measures with the years of their baselines in a column, and targets in words",
        form="xlsx",
        rows=[
            ["Eastmoor corporate plan 2026–2030: performance measures (made up)"],
            ["Theme", "Measure", "Unit", "Baseline", "", "Target", "", "Lead"],
            ["", "", "", "Value", "Year", "2027", "2030", ""],
            [
                "Homes",
                "New affordable homes completed",
                "homes",
                420,
                2024,
                "",
                "at least 3,000 in total",
                "Housing Team",
            ],
            [
                "Climate",
                "City-wide emissions",
                "kt CO2e",
                812,
                2019,
                "reduce by 25 %",
                "reduce by 45% compared with 2019",
                "Energy Team",
            ],
            [
                "",
                "Share of trips by foot, cycle or bus",
                "%",
                (0.41,),
                2024,
                "",
                "at least half",
                "Transport Department",
            ],
            ["Health", "Life expectancy gap", "years", 7.4, 2023, "", "reduce by 1 year", "Health Department"],
            ["", "Road deaths", "deaths", 14, 2024, "<10", "zero", "Highways Department"],
        ],
        merges=[(0, 0, 0, 7), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 1, 6), (1, 7, 2, 7)],
        options={"region": "Eastmoor"},
        expected={
            "New affordable homes completed": ("homes", "works", "≥3000"),
            "City-wide emissions": ("kt CO2e", "flow", "≤446.6"),
            "Share of trips by foot, cycle or bus": ("%", "rate", "≥50"),
            "Life expectancy gap": ("years", "stock", "≤6.4"),
            "Road deaths": ("deaths", "flow", "=0"),
        },
        answers={
            ("New affordable homes completed", "target"): "at least 3,000\n    years: sum",
            ("Road deaths", "kind"): "flow",
        },
    ),
)
