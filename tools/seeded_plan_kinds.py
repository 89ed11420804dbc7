"""Ordinary mistakes in the files of a plan, and edits that change nothing, each as a change of one text."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

Files = Mapping[str, str]
"""The files of a plan by their names."""
Rewrite = Callable[[re.Match[str]], str | None]
"""Returns what is written in place of a match; None where that place has no room for the mistake."""

TARGETS, TASKS, OFFICES, REGIONS, PARTS = (
    "targets.yaml",
    "tasks.yaml",
    "departments.yaml",
    "regions.yaml",
    "breakdown.csv",
)


class PlanMistake(NamedTuple):
    """A kind of mistake: which texts of which file it changes, into what, and in how many places at most."""

    name: str
    chinese: str
    file: str
    pattern: str
    rewrite: str | Rewrite
    most: int = 7

    def changes(self, files: Files) -> Iterator[tuple[str, str, str]]:
        """Yield for each place, spread evenly over the file, the text before and after, and the whole changed file."""
        text = files[self.file]
        places = []
        for match in re.finditer(self.pattern, text, re.MULTILINE):
            new = match.expand(self.rewrite) if isinstance(self.rewrite, str) else self.rewrite(match)
            if new is not None and new != match[0]:
                places.append((match[0], new, text[: match.start()] + new + text[match.end() :]))
        step = max(len(places) / self.most, 1)
        yield from (places[int(n * step)] for n in range(min(self.most, len(places))))


def _in_number(change: Callable[[str], str | None]) -> Rewrite:
    """A change of the number in the group `n` of a match."""

    def rewrite(match: re.Match[str]) -> str | None:
        new = change(match["n"])
        start, end = match.start("n") - match.start(), match.end("n") - match.start()
        return None if new is None or new == match["n"] else match[0][:start] + new + match[0][end:]

    return rewrite


def _point_moved(number: str, by: int) -> str:
    whole, _, decimals = number.partition(".")
    digits, at = whole + decimals, len(whole) + by
    digits = digits.ljust(at, "0") if at > 0 else "0" * (1 - at) + digits
    at = max(at, 1)
    return (digits[:at].lstrip("0") or "0") + (f".{rest}" if (rest := digits[at:].rstrip("0")) else "")


def _swapped(number: str) -> str | None:
    places = [n for n, char in enumerate(number) if char.isdecimal()]
    pairs = [(a, b) for a, b in pairwise(places) if number[a] != number[b] and not (a == 0 and number[b] == "0")]
    if not pairs:
        return None
    a, b = pairs[-1]
    return number[:a] + number[b] + number[a + 1 : b] + number[a] + number[b + 1 :]


def _one_more(number: str) -> str:
    return str(int(number) + 1)


def _last_lost(number: str) -> str | None:
    return number[:-1].rstrip(".") or None


def _number_mistakes(where: str, chinese: str, file: str, pattern: str) -> list[PlanMistake]:
    """The mistakes of typing that every number may have."""
    kinds: Sequence[tuple[str, str, Callable[[str], str | None]]] = (
        ("ten times too large", "扩大十倍", lambda text: _point_moved(text, 1)),
        ("a tenth", "缩小到十分之一", lambda text: _point_moved(text, -1)),
        ("two digits swapped", "两位数字颠倒", _swapped),
        ("the last digit lost", "漏写末位数字", _last_lost),
    )
    return [
        PlanMistake(f"{where}: {name}", f"{chinese}{zh}", file, pattern, _in_number(change))
        for name, zh, change in kinds
    ]


def _next_in(*words: str) -> Rewrite:
    """Replace the group `w` by the word that follows it in a list."""
    following = dict(zip(words, (*words[1:], words[0]), strict=True))

    def rewrite(match: re.Match[str]) -> str | None:
        new = following.get(match["w"])
        start, end = match.start("w") - match.start(), match.end("w") - match.start()
        return match[0][:start] + new + match[0][end:] if new else None

    return rewrite


def _other_character(match: re.Match[str]) -> str | None:
    """Write another character in the group `w`, as a slip of the input method does."""
    start, end = match.start("w") - match.start(), match.end("w") - match.start()
    typed = {"局": "居", "委": "季", "城": "成", "保": "宝", "率": "律", "规": "归", "农": "浓", "设": "没", "数": "教"}
    at = next((n for n, char in enumerate(match["w"]) if char in typed), None)
    if at is None:
        return None
    new = match["w"][:at] + typed[match["w"][at]] + match["w"][at + 1 :]
    return match[0][:start] + new + match[0][end:]


_ENTRY = r"^  - id: .*\n(?:(?:    .*)?\n)*?(?=\n*(?:  #|  - id:|\Z))"
_TASK = r"^      - no: .*\n(?:(?:        .*)?\n)*?(?=\n*(?:  #|      - no:|  - no:|\Z))"
_TARGET = r"^    target: [≥≤](?P<n>[\d.]+)$"
_BASE = r"^    baseline: 约?(?P<n>[\d.]+)$"
_PRINTED = r"printed: \D*(?P<n>[\d.]+)"
_NUMBERED = r"^    no: (?P<n>\d+)$"
_MILESTONE = r"^          - \{name: (?:[^{}]|\n)*\}\n"
_STAGES = ("前期工作", "开工", "建设中", "完工", "投入使用")

MISTAKES: Sequence[PlanMistake] = (
    *_number_mistakes("target", "目标值", TARGETS, _TARGET),
    *_number_mistakes("baseline", "基期值", TARGETS, _BASE),
    *_number_mistakes("printed figure", "所印的数", TARGETS, _PRINTED),
    PlanMistake("≥ for ≤ and ≤ for ≥", "≥与≤写反", TARGETS, r"^    target: (?P<w>[≥≤])", _next_in("≥", "≤"), 8),
    PlanMistake("no sign before the target", "目标值漏写符号", TARGETS, r"^    target: [≥≤]", "    target: ", 3),
    PlanMistake("> for ≥", "≥写成>", TARGETS, r"target: ≥(.*)", r'target: ">\1"', 3),
    PlanMistake("the letter O for 0", "数字0写成字母O", TARGETS, r"^(    (?:target|baseline): .*)0", r"\1O", 4),
    PlanMistake(
        "以下 for 以上 and 以上 for 以下",
        "以上与以下写反",
        TARGETS,
        r"printed: .*(?P<w>以上|以下)",
        _next_in("以上", "以下"),
    ),
    PlanMistake(
        "a comma for the decimal point",
        "小数点写成逗号",
        TARGETS,
        r"^(    (?:target|baseline): \W*\d+)\.(\d)",
        r"\1,\2",
        4,
    ),
    PlanMistake(
        "the unit of another size",
        "计量单位量级写错",
        TARGETS,
        r"^    unit: (?P<w>万人|人|\"%\"|\"‰\")$",
        _next_in("万人", "人", '"%"', '"‰"'),
    ),
    PlanMistake(
        "the unit of another dimension", "计量单位写成另一种", TARGETS, r"^    unit: (?:个|所|套)$", "    unit: 公里", 4
    ),
    PlanMistake(
        "a character of the unit mistyped", "计量单位打错字", TARGETS, r"^    unit: 万人$", "    unit: 万入", 4
    ),
    PlanMistake(
        "another unit printed",
        "所印的计量单位写错",
        TARGETS,
        r"printed: .*\d(?P<w>万人|平方公里|公顷|平方米)",
        _next_in("万人", "人", "公顷", "平方米", "平方公里"),
    ),
    PlanMistake(
        "the deadline of another year",
        "完成期限年份写错",
        TARGETS,
        r"^    deadline: (?P<w>2019)",
        _next_in("2019", "2020"),
        5,
    ),
    PlanMistake(
        "the deadline of the year before",
        "完成期限写成上年",
        TARGETS,
        r"^    deadline: (?P<w>2019)",
        _next_in("2019", "2018"),
        3,
    ),
    PlanMistake(
        "the plan's period of another year",
        "方案年份写错",
        TARGETS,
        r"^  period: (?P<w>2019)",
        _next_in("2019", "2018"),
    ),
    PlanMistake(
        "the plan's period a year later",
        "方案年份写晚一年",
        TARGETS,
        r"^  period: (?P<w>2019)",
        _next_in("2019", "2020"),
    ),
    PlanMistake(
        "the plan's year in the title",
        "标题年份写错",
        TARGETS,
        r"^  title: 钦州市(?P<w>2019)",
        _next_in("2019", "2020"),
    ),
    PlanMistake(
        "the baseline's period not before the plan",
        "基期不早于方案",
        TARGETS,
        r"^  baseline_period: (?P<w>2018)",
        _next_in("2018", "2019"),
    ),
    PlanMistake(
        "the baseline's period long before",
        "基期年份写错",
        TARGETS,
        r"^  baseline_period: (?P<w>2018)",
        _next_in("2018", "2008"),
    ),
    PlanMistake("the region of another name", "地区名称打错", TARGETS, r"^  region: 钦州市", "  region: 饮州市"),
    PlanMistake(
        "a cited task that does not exist",
        "引用了不存在的任务",
        TARGETS,
        r"at: 任务(?P<n>\d+)",
        _in_number(lambda text: f"3{text}"),
        6,
    ),
    PlanMistake("another task cited", "引用了另一项任务", TARGETS, r"at: 任务(?P<n>\d+)", _in_number(_one_more), 8),
    PlanMistake(
        "another number of the annex cited",
        "引用了附件另一序号",
        TARGETS,
        r"at: 附件(?P<n>\d+)",
        _in_number(_one_more),
        6,
    ),
    PlanMistake(
        "a number beyond the annex cited",
        "引用了附件没有的序号",
        TARGETS,
        r"at: 附件(?P<n>\d+)",
        _in_number(lambda text: f"{text}0"),
        4,
    ),
    PlanMistake("a cited place mistyped", "出处打错字", TARGETS, r"at: (?:任务|附件)(\d+)", r"at: 任物\1", 4),
    PlanMistake("a citation of a task deleted", "漏写任务出处", TARGETS, r"^      - \{at: 任务.*\}\n", "", 6),
    PlanMistake("a citation of the annex deleted", "漏写附件出处", TARGETS, r"^      - \{at: 附件.*\}\n", "", 4),
    PlanMistake("a citation twice", "出处重复", TARGETS, r"^      - \{at: .*\}\n", r"\g<0>\g<0>", 5),
    PlanMistake("a cited name mistyped", "引用的名称打错字", TARGETS, r"wording: (?P<w>[^,]+)", _other_character, 6),
    PlanMistake(
        "a number of the annex wrong",
        "附件序号写错",
        TARGETS,
        _NUMBERED,
        _in_number(lambda text: f"{text}1" if len(text) > 1 else f"3{text}"),
        5,
    ),
    PlanMistake("a number of the annex twice", "附件序号重复", TARGETS, _NUMBERED, _in_number(_one_more), 4),
    PlanMistake("an indicator deleted", "漏写指标", TARGETS, _ENTRY, "", 8),
    PlanMistake("an indicator twice", "指标重复", TARGETS, _ENTRY, r"\g<0>\n\g<0>", 3),
    PlanMistake(
        "the name with its unit in brackets",
        "名称带括号单位",
        TARGETS,
        r"^    name: (.*(?:率|人数|人口|面积))$",
        r"    name: \1（%）",
        4,
    ),
    PlanMistake(
        "an alias of another indicator",
        "别名与另一指标重名",
        TARGETS,
        r"^    aliases: \[(?!登记失业率)",
        "    aliases: [登记失业率, ",
        3,
    ),
    PlanMistake("a list with ，", "列表用全角逗号", TARGETS, r"^    aliases: \[([^\],]*), ", r"    aliases: [\1，", 4),
    PlanMistake("a list with 、", "列表用顿号", TARGETS, r"^    aliases: \[([^\],、]*), ", r"    aliases: [\1、", 4),
    PlanMistake(
        "departments joined by 、",
        "单位列表用顿号",
        TASKS,
        r"^        (lead|responsible): \[([^\],]*), ",
        r"        \1: [\2、",
        4,
    ),
    PlanMistake(
        "departments joined by ，", "单位列表用全角逗号", TARGETS, r"^    lead: \[([^\],]*), ", r"    lead: [\1，", 3
    ),
    PlanMistake("the lead mistyped", "牵头单位打错字", TARGETS, r"^    lead: \[(?P<w>[^\]]*)\]", _other_character, 5),
    PlanMistake("another lead", "牵头单位写错", TARGETS, r"^    lead: \[市(?!公安局\]).*\]", "    lead: [市公安局]", 6),
    PlanMistake("no lead", "漏写牵头单位", TARGETS, r"^    lead: \[.*\]\n", "", 2),
    PlanMistake(
        "a share as a stock",
        "比率的性质写成stock",
        TARGETS,
        r"^    unit: \"%\"\n    kind: \w+",
        '    unit: "%"\n    kind: stock',
        6,
    ),
    PlanMistake(
        "a number of persons as a rate",
        "人数的性质写成rate",
        TARGETS,
        r"^    unit: 万人\n    kind: \w+",
        "    unit: 万人\n    kind: rate",
        4,
    ),
    PlanMistake(
        "a level as a sum of the year", "期末水平写成全年累计", TARGETS, r"^    kind: stock", "    kind: flow", 4
    ),
    PlanMistake(
        "a sum of the year as a level", "全年累计写成期末水平", TARGETS, r"^    kind: flow", "    kind: stock", 4
    ),
    PlanMistake("a kind mistyped", "性质打错字", TARGETS, r"^    kind: works", "    kind: work", 2),
    PlanMistake(
        "another category",
        "类别写错",
        TARGETS,
        r"^    category: (?P<w>\w+)",
        _next_in("城镇化水平", "基本公共服务", "基础设施", "土地利用", "资源环境"),
        6,
    ),
    PlanMistake(
        "the category mistyped", "类别打错字", TARGETS, r"^    category: 基础设施", "    category: 基楚设施", 2
    ),
    PlanMistake(
        "the task of another number", "任务序号写错", TARGETS, r"^    task: (?P<n>\d+)", _in_number(_one_more), 5
    ),
    PlanMistake("basis deleted", "漏写basis", TARGETS, r"^    basis: interpreted\n", "", 6),
    PlanMistake(
        "basis and reason deleted", "漏写basis和reason", TARGETS, r"^    basis: interpreted\n    reason: .*\n", "", 6
    ),
    PlanMistake("the reason deleted", "漏写reason", TARGETS, r"^    reason: .*\n", "", 2),
    PlanMistake("an id in a formula mistyped", "公式中的编号打错", TARGETS, r"^(    formula: \w+)_(\w+)", r"\1\2", 3),
    PlanMistake(
        "another sign in a formula", "公式符号写错", TARGETS, r"^    formula: .*(?P<w>[−÷]) ", _next_in("−", "÷"), 3
    ),
    PlanMistake(
        "the terms of a formula swapped", "公式两项写反", TARGETS, r"^(    formula: )(\S+) (\S) (\S+)", r"\1\4 \3 \2", 3
    ),
    PlanMistake("a key mistyped", "键名打错", TARGETS, r"^    deadline:", "    dealine:", 2),
    PlanMistake(
        "a full-width colon after a key", "键后用全角冒号", TARGETS, r"^    (target|unit|lead|name): ", r"    \1：", 5
    ),
    PlanMistake("no blank after a colon", "冒号后缺空格", TARGETS, r"^    (target|unit): (?=\S)", r"    \1:", 3),
    PlanMistake("a line indented wrongly", "缩进写错", TARGETS, r"^    (target|baseline): ", r"   \1: ", 3),
    PlanMistake("a bracket not closed", "括号没有配对", TARGETS, r"^(    (?:aliases|lead): \[.*)\]", r"\1", 3),
    PlanMistake("a key twice", "键重复", TARGETS, r"^    (?:target|unit): .*\n", r"\g<0>\g<0>", 3),
    PlanMistake("whether it is annual deleted", "漏写annual", TARGETS, r"^    annual: true\n", "", 3),
    PlanMistake(
        "a word in the name mistyped", "指标名称打错字", TARGETS, r"^    name: (?P<w>.*)$", _other_character, 6
    ),
    PlanMistake(
        "the number of a task wrong",
        "任务序号写错（tasks）",
        TASKS,
        r"^      - no: (?P<n>\d+)",
        _in_number(lambda text: f"{text}0"),
        4,
    ),
    PlanMistake("two tasks of one number", "任务序号重复", TASKS, r"^      - no: (?P<n>\d+)", _in_number(_one_more), 3),
    PlanMistake("a task deleted", "漏写任务", TASKS, _TASK, "", 6),
    PlanMistake("a task twice", "任务重复", TASKS, _TASK, r"\g<0>\n\g<0>", 2),
    PlanMistake(
        "the number of a part wrong",
        "部分序号写错",
        TASKS,
        r"^  - no: (?P<w>\S+)",
        _next_in("一", "二", "三", "四", "五", "六", "七"),
        4,
    ),
    PlanMistake(
        "a department mistyped",
        "单位名称打错字",
        TASKS,
        r"^        (?:lead|responsible): \[(?P<w>[^\]]*)\]",
        _other_character,
        6,
    ),
    PlanMistake("a department twice", "单位重复", TASKS, r"^(        responsible: \[)([^\],]*)", r"\1\2, \2", 4),
    PlanMistake(
        "a lead among the responsible",
        "牵头单位又列为责任单位",
        TASKS,
        r"^(        lead: \[([^\],]*).*\n        responsible: \[)",
        r"\1\2, ",
        3,
    ),
    PlanMistake(
        "another department leads the task",
        "任务牵头单位写错",
        TASKS,
        r"^        lead: \[[^\]]*\]",
        "        lead: [市委编办]",
        6,
    ),
    PlanMistake(
        "a responsible department left out", "漏写责任单位", TASKS, r"^(        responsible: \[)[^\],]*, ", r"\1", 3
    ),
    PlanMistake(
        "a quantity left out", "漏写数量", TASKS, r"^        quantities: \[(\w+), ", "        quantities: [", 6
    ),
    PlanMistake(
        "a quantity twice", "数量重复", TASKS, r"^        quantities: \[(\w+), ", r"        quantities: [\1, \1, ", 3
    ),
    PlanMistake(
        "a quantity at another task",
        "数量列在另一任务",
        TASKS,
        r"^        quantities: \[(\w+)",
        r"        quantities: [vocational_training_coverage, \1",
        3,
    ),
    PlanMistake(
        "the id of a quantity mistyped",
        "数量编号打错",
        TASKS,
        r"^        quantities: \[(\w+)\w",
        r"        quantities: [\1",
        3,
    ),
    PlanMistake("a milestone twice", "事项重复", TASKS, _MILESTONE, r"\g<0>\g<0>", 5),
    PlanMistake(
        "a milestone at an earlier or later stage",
        "事项阶段写错",
        TASKS,
        r"ladder: works, +stage: (?P<w>\w+)",
        _next_in(*_STAGES),
        8,
    ),
    PlanMistake(
        "a stage that is not on the ladder", "阶段不在阶梯上", TASKS, r"stage: (?:建设中|推进中)", "stage: 进行中", 3
    ),
    PlanMistake(
        "another ladder", "阶梯写错", TASKS, r"ladder: (?P<w>works|activity)", _next_in("works", "activity"), 4
    ),
    PlanMistake("an aspiration as firm", "争取写成硬任务", TASKS, r", commitment: aspiration", "", 4),
    PlanMistake(
        "a firm milestone as an aspiration",
        "硬任务写成争取",
        TASKS,
        r"(printed: (?:开工建设|完成|实现开工建设))\}",
        r"\1, commitment: aspiration}",
        4,
    ),
    PlanMistake(
        "the printed words mistyped", "方案用词打错字", TASKS, r"printed: (?:开工|加快)建设", "printed: 开工建没", 2
    ),
    PlanMistake("a milestone left out", "漏写事项", TASKS, _MILESTONE, "", 2),
    PlanMistake(
        "the name of a department mistyped", "单位名录打错字", OFFICES, r"^  - name: (?P<w>.*)$", _other_character, 5
    ),
    PlanMistake("a department left out", "名录漏写单位", OFFICES, r"^  - name: .*\n    aliases: .*\n", "", 4),
    PlanMistake(
        "a department listed twice", "名录单位重复", OFFICES, r"^  - name: .*\n    aliases: .*\n", r"\g<0>\g<0>", 2
    ),
    PlanMistake(
        "an alias of another department",
        "别名与另一单位重名",
        OFFICES,
        r"aliases: \[(?!公安局)",
        "aliases: [公安局, ",
        2,
    ),
    PlanMistake(
        "a list of aliases with ，", "单位别名用全角逗号", OFFICES, r"aliases: \[([^\],]*), ", r"aliases: [\1，", 3
    ),
    PlanMistake("a code of five digits", "区划代码少一位", REGIONS, r'code: "(\d{5})\d"', r'code: "\1"', 4),
    PlanMistake("a code of another city", "区划代码是别的市", REGIONS, r'code: "4507(\d[1-9])"', r'code: "4508\1"', 3),
    PlanMistake("the parent of a region wrong", "上级写错", REGIONS, r'parent: "450700"', 'parent: "450701"', 2),
    PlanMistake(
        "a region in another one",
        "上级写成同级",
        REGIONS,
        r'(name: (?:灵山|浦北)县, parent: )"450700"',
        r'\1"450702"',
        2,
    ),
    PlanMistake("a region twice", "地区重复", REGIONS, r"^  - \{code: \"45072.*\n", r"\g<0>\g<0>", 2),
    PlanMistake(
        "a part ten times too large",
        "分解数扩大十倍",
        PARTS,
        r"^(?:\w+,){2}(?P<n>[\d.]+),",
        _in_number(lambda text: _point_moved(text, 1)),
        5,
    ),
    PlanMistake(
        "a part a tenth",
        "分解数缩小到十分之一",
        PARTS,
        r"^(?:\w+,){2}(?P<n>[\d.]+),",
        _in_number(lambda text: _point_moved(text, -1)),
        5,
    ),
    PlanMistake("a part left out", "漏写一行分解", PARTS, r"^(?:城镇常住人口|城镇新增就业人数),.*\n", "", 3),
    PlanMistake("a part twice", "分解行重复", PARTS, r"^常住人口,.*\n", r"\g<0>\g<0>", 2),
    PlanMistake("the region of a part mistyped", "分解地区打错字", PARTS, r",(东|西)区,", r",\1曲,", 2),
    PlanMistake(
        "the indicator of a part mistyped", "分解指标打错字", PARTS, r"^城镇新增就业人数", "城镇新增就业人教", 2
    ),
    PlanMistake("the unit of a part wrong", "分解单位写错", PARTS, r",万人$", ",人", 4),
)
"""Every kind of mistake. Those in breakdown.csv are planted in examples/counties, all others in the shipped plan."""

HARMLESS: Sequence[PlanMistake] = (
    PlanMistake("不低于 for ≥", "≥写成不低于", TARGETS, r"target: ≥(?=41)", "target: 不低于"),
    PlanMistake("以上 for ≥", "≥写成以上", TARGETS, r"target: ≥(20)$", r"target: \1%以上", 1),
    PlanMistake("不超过 for ≤", "≤写成不超过", TARGETS, r"target: ≤4.5", "target: 不超过4.5%", 1),
    PlanMistake("the target in another unit", "目标值换用另一单位", TARGETS, r"target: ≥138.19", "target: ≥1381900人"),
    PlanMistake("the target in full width", "目标值用全角", TARGETS, r"target: ≥41", "target: ≥４１"),
    PlanMistake(">= for ≥", "≥写成>=", TARGETS, r"target: ≥(.*)", r'target: ">=\1"', 1),
    PlanMistake("a zero at the end", "末尾加零", TARGETS, r"baseline: 96.3", "baseline: 96.30", 1),
    PlanMistake("a baseline in quotation marks", "基期值加引号", TARGETS, r"baseline: (40)", r'baseline: "\1"', 1),
    PlanMistake(
        "the deadline as a date", "完成期限写成日期", TARGETS, r"deadline: 2019年底", "deadline: 2019-12-31", 1
    ),
    PlanMistake(
        "the deadline in words", "完成期限换写法", TARGETS, r"deadline: 2019年底", "deadline: 2019年12月31日", 1
    ),
    PlanMistake("the period with 年", "年份加年字", TARGETS, r"^  period: 2019", "  period: 2019年"),
    PlanMistake(
        "a new alias", "新增别名", TARGETS, r"aliases: \[城镇化率", "aliases: [常住人口城镇化率（年末）, 城镇化率"
    ),
    PlanMistake("a comment", "加注释", TARGETS, r"^(    unit: 套)", r"    # 住建局核对过\n\1"),
    PlanMistake("blank lines", "加空行", TARGETS, r"^(  - id: )", r"\n\n\1", 1),
    PlanMistake("two keys in another order", "两行换序", TARGETS, r"^(    unit: .*\n)(    kind: .*\n)", r"\2\1", 1),
    PlanMistake("以上 printed", "所印写法加以上", TARGETS, r"printed: 达到20%\}", "printed: 达到20%以上}", 1),
    PlanMistake(
        "the printed figure in another unit",
        "所印的数换用另一单位",
        TARGETS,
        r"printed: 达到138.19万人",
        "printed: 达到1381900人",
    ),
    PlanMistake("a list of one line each", "列表分行写", TARGETS, r"lead: \[市公安局\]", "lead:\n      - 市公安局", 1),
    PlanMistake(
        "a single lead without brackets", "单个牵头单位不加括号", TARGETS, r"lead: \[市公安局\]", "lead: 市公安局", 1
    ),
    PlanMistake(
        "a lead by its alias", "牵头单位写简称", TARGETS, r"lead: \[市人力资源社会保障局\]", "lead: [市人社局]", 1
    ),
    PlanMistake(
        "quantities in another order", "数量换序", TASKS, r"quantities: \[(\w+), (\w+)\]", r"quantities: [\2, \1]", 1
    ),
    PlanMistake("milestones in another order", "事项换序", TASKS, rf"({_MILESTONE})({_MILESTONE})", r"\2\1", 1),
    PlanMistake(
        "a department added later",
        "后增责任单位",
        TASKS,
        r"^(        responsible: \[市有关部门.*\n)",
        r"\1        added: [{name: 市教育局, by: 市公安局, on: 2019-05-06}]\n",
    ),
    PlanMistake(
        "another department in the list",
        "名录换序",
        OFFICES,
        r"^(  - name: 市公安局\n.*\n)\n(  - name: 市教育局\n.*\n)",
        r"\2\n\1",
    ),
    PlanMistake(
        "a new alias of a department",
        "单位新增别名",
        OFFICES,
        r"aliases: \[公安局\]",
        "aliases: [公安局, 钦州市公安局]",
    ),
    PlanMistake(
        "a town of nine digits", "增加乡镇", REGIONS, r"\Z", '  - {code: "450721101", name: 新圩镇, parent: "450721"}\n'
    ),
    PlanMistake("a row of the total", "分解表加合计行", PARTS, r"^(常住人口,东区)", r"常住人口,全市,330,328,万人\n\1"),
)
"""Edits that change nothing, and that no finding may point at."""
