"""List the words of titles, notes and remarks that say what the figures of a table are."""

PARTS = (
    "市区 城区 市辖区 中心城区 主城区 市本级 本级 区本级 县本级 市直 县直 区直 市直单位 县域 县城 城镇 农村 "
    "乡村 郊区 男 女 男性 女性 男生 女生 其中 部分 urban rural male female"
)
"""Words for a part of the whole in a remark, in an unknown column, or in a row that heads others."""

FORECAST = "预计 预测 预估 预期 估算 估计 测算 推算 暂估 模拟 forecast estimate estimated projected expected"
"""Words that mark a figure as a forecast."""

TARGETS = "目标 计划 规划 任务 预算 预期 target targets planned budget"
"""Words that mark a figure as a target."""

REACHED = "完成 实际 实绩 情况 进展 统计 自评 执行 决算"
"""Words in a title with a word for targets that mark its figures as results nevertheless."""

SET = "申报 下达 分解 任务书 责任书 安排 编制"
"""Words in a title that mark its figures as targets even then."""

RESULTS = (
    "实际 实际数 实际值 实绩 完成 完成数 完成值 实际完成 实际完成数 执行 执行数 决算 决算数 统计 统计数 "
    "年报 年报数 快报 快报数 初步 初步数 最终 最终数 修订 修订数 核定 核定数 累计 累计数 本年累计 全年 年度 "
    "年末 年末数 期末 actual final"
)
"""Words for a result in a column such as 数据类型."""

WITHDRAWN = "作废 勿用 不作数 撤回 撤销 有误 错误 填错 无效 应为 应是 应改为 应更正为"
"""Words that withdraw a figure."""

FILLERS = (
    "以上 上述 以下 下列 表中 本表 表内 本次 本数 此数 该数 均 全部 全为 都 指标 数据 数值 统计时间 统计日期 数据时间 "
    "数据日期 截止日期 截止时间 截至日期 时点 统计期 所属期 报告期 为 系 是 取 采用 使用 用 按 截至 截止 更新 "
    "到 至 止 于 的 值 数 仅 只有 含 包含 部分 沿用 暂用 暂填 暂报 暂按 暂以 先填 以 填报 代替 替代 最新 可得 "
    "引用 套用 此为 这是 此项 该项 数据来源 资料来源 来源 "
    "data figures all the are is for as of at until to preliminary 快报 年报 初步 累计 "
    "完成 实际 情况 口径 统计 : 年 季报 报 月报"
)
"""Words of a remark without a meaning of their own: a clause of these and a period states the period of the figures."""

NO_RESULTS = "同比 同比增长 环比 环比增长 增速 增长率 增幅 增减额 增减率 完成率 完成进度 序时进度 得分 排名"
"""Words that alone, as a whole remark, mark a figure as something else than a result."""

TITLES_OF_NO_RESULTS = (
    "增速 增长率 增长速度 增长 增幅 增减 增减幅度 同比 环比 排名 排序 位次 得分 评分 完成率 完成进度 序时进度 考核标准 "
    "评分标准 平均 平均数 平均水平 月均 年均"
)
"""Ends of titles whose figures are no results, unless their columns are headed as such."""

GENERAL_KINDS = "类型 类别 性质 分类 type kind"
"""Columns that may describe the indicator as well as the figure, so that only known words count in them."""

KIND_OF_DATA = "数据类型 数据类别 数值类型"
"""Columns for the kind of a figure, in which only words for results are accepted."""

NARROWER = "规模以上 规上 限额以上 限上 重点企业 样本企业 样本户 抽样"
"""Words of a title that is about some firms or households, unless an indicator of the plan has the word."""

CONCEPTS = "常住/户籍 登记/调查 城镇/农村 公办/民办 含税/不含税"
"""Concepts that exclude each other: a remark with one does not describe the figure of an indicator with the other."""

TITLE_WORDS = (
    "主要 基本 核心 重点 各项 有关 相关 经济 社会 发展 国民 经济社会 指标 指标体系 数据 数 完成 情况 统计 汇总 报表 "
    "上报 填报 一览 表 年度 任务 目标 绩效 考核 自评 进展 快报 年报 月报 季报 半年报 实际 执行 监测 评价 结果 报告 "
    "公报 工作 管委会 管理委员会 人民政府 政府 统计局 建设 新型 城镇化 明细 清单 台账 分解 "
    "初步 最终 修订 附件 附表 年 月 及 和 与 的"
)
"""General words of a title: a title of these and the name of an area is about that area."""

IN_PASSING = "比 较 增长 下降 计划 规划 拟 起 来源 文件 印发 发布 已按 修订 普查"
"""Words of a line that only mentions a year or a forecast."""
