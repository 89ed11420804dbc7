"""List the words of the headers that tables are read by.

A word can be added here without touching code. Spaces, full width and letter case make no difference. A plan can add
header words with the key `words` (see docs/reference/tables.md).
"""

HEADER_WORDS = {
    "number": ("序号 编号 指标编号 指标序号 指标代码 代码 no no. number id indicator_id"),
    "indicator": (
        "指标 指标名称 名称 项目 指标项 主要指标 考核指标 考核指标名称 绩效指标 绩效指标名称 主要经济指标 经济指标 "
        "统计指标 统计指标名称 考核内容 考核项目 指标内容 具体指标 评价指标 监测指标 指标项目 项目名称 indicator name "
        "indicator_name"
    ),
    "level": ("一级指标 二级指标 三级指标 四级指标"),
    "value": (
        "数值 完成值 实际完成 实际完成值 实际值 实际 完成 完成数 完成数值 完成情况 实际完成情况 指标完成情况 "
        "目标完成情况 完成情况统计 目标任务完成情况 任务完成情况 计划完成情况 年度目标完成情况 年度任务完成情况 "
        "全年完成情况 年度完成情况 绝对额 已完成 已完成数 完成数量 实际完成数量 实际达到 实际达到数 年底数 年底值 "
        "核定数 审定数 审定值 统计数 统计值 上报数 上报值 指标值 填报值 实绩 值 数 数据 数量 数额 金额 总量 绝对数 "
        "绝对量 绝对值 实际数 实际完成数 实际完成数值 实际数值 执行 执行数 实际执行数 决算数 实现值 实现数 实际实现值 "
        "达成 达成值 实际达成 实际达成值 年末完成值 年末完成数 年末数 期末数 年末值 期末值 年末实际 本年 本年数 "
        "本年实际 本年实际数 本年完成 本年完成值 本年完成数 当年完成 当年完成值 全年完成 全年完成值 全年实际 全年数 "
        "现状值 现状数 自评值 自评数 自评完成值 自评完成数 "
        "actual value actual_value reported result achieved"
    ),
    "cumulative": (
        "累计 累计数 累计值 累计完成 累计完成数 累计完成值 累计完成情况 实际累计完成 本年累计 本年累计数 本年累计完成 "
        "本年累计完成数 本年累计完成值 全年累计 年初累计 自年初累计 年初至今 年初至今累计 年初以来累计 本月止累计 "
        "至本月累计 1-本月 1-本月累计 1至本月累计 ytd cumulative"
    ),
    "unit": ("单位 计量单位 量纲 数据单位 指标单位 unit units"),
    "period": (
        "年份 年度 时期 期间 时间 报告期 数据时期 统计年份 统计年度 统计期 统计时期 统计期间 统计时间 所属期 所属时期 "
        "所属年份 所属年度 数据年份 数据年度 数据时间 数据期 报告年份 报告年度 报告期间 period year date"
    ),
    "part": ("月份 月度 季度 月 季 month quarter"),
    "region": (
        "地区 区域 行政区 行政区划 行政区域 地域 县区 区县 县(区) 市县 县市 市(县) 县市区 市县区 市(县、区) "
        "县(市、区) 所属地区 所在地区 地区名称 地区或部门 region area district regionordepartment"
    ),
    "sender": (
        "填报单位 填报部门 部门 报送单位 报送部门 责任部门 牵头部门 牵头责任部门 牵头单位 责任单位 单位名称 部门名称 "
        "填报单位名称 上报单位 上报部门 department sender reported_by"
    ),
    "status": ("数据状态 状态 数据性质 status"),
    "qualifier": (
        "类型 数据类型 数据类别 数值类型 类别 性质 性别 分项 分组 分类 口径 统计口径 数据口径 范围 统计范围 人群 群体 "
        "城乡 type kind scope sex gender"
    ),
    "note": (
        "备注 说明 备注说明 情况说明 完成情况说明 偏差原因 偏差原因分析 偏差原因分析及改进措施 未完成原因 "
        "未完成原因分析 原因分析 存在问题 note notes remark remarks comment comments"
    ),
    "target": (
        "目标 目标值 目标数 年度目标 年度目标值 指标目标 目标任务 任务目标 目标要求 年度指标值 年度指标 计划 计划数 "
        "计划值 年度计划 年度计划数 计划目标 任务 任务数 任务数量 年度任务 年度任务数 全年任务 全年目标 预期 预期值 "
        "预期数 预期目标 年初目标 年初目标值 年初计划 考核目标 考核目标值 目标任务数 下达数 下达任务 下达任务数 "
        "下达目标 分解任务数 target target_value goal plan planned"
    ),
    "baseline": (
        "基期 基期值 基数 基准值 上年 上年值 上年数 上年基数 上年完成 上年完成值 上年完成情况 上年实际 上年末 去年 "
        "去年完成 去年完成情况 baseline base"
    ),
    "other": (
        "完成率 完成率(%) 完成比例 完成百分比 完成进度 目标完成率 任务完成率 计划完成率 完成占比 进度 序时进度 "
        "时序进度 占年度目标 占年度目标% 占年度计划% 占全年目标% 占目标% 占年度任务% 占比 比重 占比(%) 同比 同比% "
        "同比增长 同比增长% 同比增减 同比增减% 同比增速 同比变化 同比变动 同比± 同比±% 环比 环比增长 比上年增长 "
        "比上年增长% 比上年增减 比上年 较上年 较上年增长 较上年增减 比去年增长 增速 增长 增长率 增长% 增幅 增减 增减% "
        "增减额 增减率 升降 涨跌 涨跌幅 差距 差额 差值 缺口 偏差 偏差率 排名 位次 名次 全省排名 全区排名 得分 评分 "
        "全市排名 排位 全省排位 全区排位 全市排位 "
        "自评得分 自评分 考核得分 考评得分 分值 分数 标准分 权重 权数 上年同期 上年同期数 上年同期值 去年同期 "
        "去年同期数 同期 同期数 同期值 是否完成 是否达标 完成与否 达标情况 预算 预算数 年初预算 调整预算 预计 预计数 "
        "预计值 预计完成 预计完成值 预计完成数 全年预计 预测 预测值 预测数 预估 预估值 预估数 估计 估计数 估算 "
        "计划完成 计划完成数 本月 本月数 本月完成 本月完成数 本月实际 本月末 当月 当月数 当月值 当月完成 本季 本季度 "
        "本季数 当季 本日 本周 上月 县域 县城 城镇 农村 乡村 城市 男 女 其中 完成时限 完成时间 时限 截止时间 填报日期 "
        "填报时间 填表日期 上报时间 报送时间 更新时间 更新日期 数据来源 资料来源 来源 责任人 负责人 联系人 填表人 "
        "填报人 审核人 联系电话 电话 指标属性 属性 指标方向 计算公式 计算方法 指标解释 指标说明 评分标准 completion "
        "completion_rate growth change rank score weight forecast estimate budget source"
    ),
}
"""The names of columns, by what they hold; messages suggest the first word of each list.

`cumulative` are results counted from 1 January. `level` are the columns of a table with several levels of indicators;
the deepest has their names. `qualifier` is the part or kind of a row's figure. `other` are known columns that never
hold a result: completion rates, growth, ranks, scores, forecasts, budgets, parts, last year's figures, people, dates.
"""

GROWTH = (
    r"(?=.*(?:[增升±]|变[化动]|比较|为))(?:累计|同比|环比|(?:比|较|与|为)(?:[上去]年度?|上[月季]度?|(?:19|20)\d\d年?)(?:同期|[底末])?)?"
    r"的?(?:增长|增减|增速|增幅|上升|升降|提升|变化|变动|比较)?(?:幅度?|率|速度|额|量|情况)?(?:±|\+/?-)?%?"
)
"""A pattern for names of columns of growth that the list has not: 比上年同期增长, 比2018年±%, 增减幅度, 为上年的%."""

NEUTRAL = "数值 值 指标值 数 数据 数量 数额 金额 value"
"""Words for a value that may be a result or a target, so that they can be below a header such as 目标."""

GENERAL_NAMES = "项目 项目名称"
"""Words for a column of names that may also hold groups; a column with a word for indicators takes precedence."""

EXACT_NUMBERS = "编号 指标编号 指标代码 代码 id indicator_id"
"""Columns of numbers that identify an indicator without its name; 序号 may only count the rows."""

ASIDE = ("（供参考）", "(for reference)")
"""Ends of the headings of columns that are only for the reader of a form."""
