"""Name the words of headers and cells that only tables of targets have."""

from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.text import key

_WORDS = {
    "indicator": "measure kpi metric 内容 目标名称 任务指标 发展指标 约束指标 预期指标",
    "target": (
        "goal objective aim 规划目标 规划值 规划目标值 工作目标 年度工作目标 目标任务值 目标年 期末目标 发展目标 "
        "十四五目标"
    ),
    "baseline": "current 现状 现状值 现状数 基础值 基年 基准年 基准 起点值 current_value",
    "sender": (
        "主管部门 主管单位 配合单位 配合部门 协办单位 责任科室 牵头科室 落实单位 实施单位 主要责任单位 主责单位 "
        "主责部门 lead leadagency leaddepartment responsible responsibledepartment agency owner office"
    ),
    "other": "指标性质 指标类型 attribute binding deadline due",
    "qualifier": "领域 维度 目标类别 指标类别 大类 category theme domain area",
}
_ALIKE = {key(word): name for name, words in _WORDS.items() for word in words.split()}
ANY_PLAN = Plan(title="", region="?", period=Period(2000), indicators=(), departments=(), words=_ALIKE)
"""A plan without indicators, whose words are further headers of tables of targets."""
BINDING = {"约束性": True, "预期性": False, "约束": True, "预期": False, "binding": True, "expected": False}
BINDING |= {"约束性指标": True, "预期性指标": False, "indicative": False, "anticipatory": False}
"""The words for a binding indicator (True), and for one that is only expected."""
