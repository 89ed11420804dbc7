"""`czurban import` of the text of a plan: what it writes is complete but for the decisions that it lists."""

from collections import Counter
from pathlib import Path

import pytest

from czurban.app.import_plan import ImportedPlan, import_plan
from czurban.app.validate import ValidateOptions, find_validated, validate
from czurban.errors import UnreadableError
from czurban.model.faults import TO_DECIDE
from czurban.model.rule import Phrase
from czurban.model.unit import Units
from czurban.reading.phrases.phrase import read_phrase
from czurban.reading.phrases.tokens import PhraseContext, factor_between
from czurban.words.translator import Translator

ROOT = Path(__file__).resolve().parent.parent.parent
SHIPPED = ROOT / "examples/import/plan-2019.txt"
TEXTS = [SHIPPED, *(path for path in (Path(__file__).parent / "plans").iterdir() if path.suffix in (".txt", ".md"))]


def imported(source: Path, folder: Path, language: str = "zh") -> ImportedPlan:
    return import_plan(str(source), str(folder), Translator(language))


def lines_of(findings: object) -> list[tuple[str, int | None]]:
    return [(Path(each.place.file).name, each.place.line) for each in findings if each.place]  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("source", TEXTS, ids=lambda path: path.stem)
def test_a_fresh_import_has_at_most_one_finding_for_each_open_decision(
    source: Path, tmp_path: Path, language: str
) -> None:
    plan = imported(source, tmp_path / "plan", language)
    open_lines = lines_of(each for each in plan.findings if each.code == TO_DECIDE)
    found = lines_of(validate(find_validated([tmp_path / "plan"]), ValidateOptions()).value)
    assert Counter(found) <= Counter(open_lines)


def test_a_decision_is_a_comment_above_its_line(tmp_path: Path) -> None:
    plan = imported(SHIPPED, tmp_path / "plan")
    lines = (tmp_path / "plan/targets.yaml").read_text(encoding="utf-8").splitlines()
    places = [each.place for each in plan.findings if each.place and each.place.file.endswith("targets.yaml")]
    assert places
    for place in places:
        above = lines[: (place.line or 1) - 1]
        while above and above[-1].lstrip().startswith("#") and "待定" not in above[-1]:
            above.pop()
        assert "# 待定" in above[-1]


def test_the_shipped_plan_is_linked_as_a_person_links_it(tmp_path: Path) -> None:
    imported(SHIPPED, tmp_path / "plan")
    text = (tmp_path / "plan/targets.yaml").read_text(encoding="utf-8")
    entry = text[text.index("name: 城镇空气质量优良天数比例") :].partition("\n\n")[0]
    lines = [line.strip().replace('"', "") for line in entry.splitlines()]
    for line in (
        "category: 资源环境",
        "lead: [市生态环境局]",
        "baseline: 92.6",
        "target: 达到90.9%",
        "- {at: 一, printed: 达到90.9%}",
        "- {at: 任务15, printed: 达到90.9%}",
        "- {at: 附件25, printed: 90.9}",
    ):
        assert line in lines


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_the_encodings_of_offices_are_read(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_bytes(SHIPPED.read_text(encoding="utf-8").encode(encoding))
    draft = imported(tmp_path / "plan.txt", tmp_path / "plan").draft
    assert (draft.title, len(draft.indicators)) == ("钦州市2019年新型城镇化建设工作方案", 52)


def test_only_the_annex_is_a_plan_too(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    (tmp_path / "plan.txt").write_text(text[text.index("附件\n") :], encoding="utf-8")
    draft = imported(tmp_path / "plan.txt", tmp_path / "plan").draft
    assert (draft.title, draft.period) == ("钦州市2019年新型城镇化建设主要指标工作目标", "2019")
    assert [indicator.no for indicator in draft.indicators] == [str(n) for n in range(1, 26)]
    assert not draft.parts


def test_a_text_with_commas_is_read_as_a_table(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("指标,单位,2020年目标,牵头单位\n城镇化率,%,52以上,市发改委\n", encoding="utf-8")
    assert [each.name for each in imported(tmp_path / "t.txt", tmp_path / "plan").draft.indicators] == ["城镇化率"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "no goals, tasks or tables"),
        ("a.md", b"# Notes\n\nSome text about a city.\n", "no goals, tasks or tables"),
        ("a.txt", bytes(range(256)) * 20, "not text"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + bytes(600), "Files of the type .doc are not read"),
        ("a.pdf", b"%PDF-1.7\n", "Files of the type .pdf are not read"),
    ],
)
def test_what_is_no_plan_is_refused_with_the_reason(name: str, content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableError, match=reason):
        imported(tmp_path / name, tmp_path / "plan")
    assert not (tmp_path / "plan").exists()


def test_a_text_of_two_hundred_pages_is_read_whole(tmp_path: Path) -> None:
    head, rest = SHIPPED.read_text(encoding="utf-8").split("二、重点工作任务")
    tasks, end = rest.split("三、保障措施")
    text = f"{head}二、重点工作任务{tasks * 10}三、保障措施{end}"
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    draft = imported(tmp_path / "long.txt", tmp_path / "plan").draft
    assert sum(len(part.tasks) for part in draft.parts) == 300
    assert len(draft.indicators) == 52


ONE_SENTENCE = """柳河市2027年民生实事工作方案

一、重点任务
（一）办好民生实事
1．改造老旧小区不少于45个，惠及居民1.2万户以上。（市住建局负责）
2．新建改扩建幼儿园6所。加快学位供给，新增学位2000个以上。（牵头单位：市教育局；责任单位：市财政局）
3．建成市体育中心。（牵头单位：市体育局）
4．推进“一网通办”。网上可办率达到98%。（牵头单位：市政务服务局）
"""


def test_the_figures_and_milestones_of_a_task_of_one_sentence_are_read(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(ONE_SENTENCE, encoding="utf-8")
    draft = imported(tmp_path / "plan.txt", tmp_path / "plan").draft
    assert [(each.task, each.name, each.target, list(each.lead)) for each in draft.indicators] == [
        (1, "改造老旧小区", "不少于45个", ["市住建局"]),
        (1, "惠及居民", "1.2万户以上", ["市住建局"]),
        (2, "新建改扩建幼儿园", "6所", ["市教育局"]),
        (2, "新增学位", "新增2000个以上", ["市教育局"]),
        (4, "网上可办率", "达到98%", ["市政务服务局"]),
    ]
    tasks = [task for part in draft.parts for task in part.tasks]
    assert [len(task.quantities) for task in tasks] == [2, 2, 0, 1]
    assert [[(each.name, each.stage) for each in task.milestones] for task in tasks] == [
        [],
        [],
        [("市体育中心", "完工")],
        [],
    ]


AIMS = """柳河市2027年工作方案

一、工作目标
到2027年，城镇化率达到60%以上，旅游总收入比上年翻一番，居民消费价格与上年持平，优良率高于全省平均水平，公共服务全覆盖，
营商环境进入全省前三名。审批时限压缩至3个工作日以内。新建幼儿园达到6～8所。绿地率不低于6～8%。

二、重点任务
1．推进“一网通办”。网上可办率达到98%。办理时限控制在3个工作日以内。（牵头单位：市政务服务局）
2．旅游总收入比上年翻一番。新建6～8所小学。教育投入快于经济增长。（牵头单位：市教育局）
（1）新增学位500个。
3．城镇化率翻一番。（牵头单位：市发改委）
3-1．建成市体育中心。建设三个运动场。（牵头单位：市体育局）
4．建设公园5个。（牵头单位：市园林局）
"""


def test_a_rule_without_a_single_number_is_a_target(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(AIMS, encoding="utf-8")
    draft = imported(tmp_path / "plan.txt", tmp_path / "plan").draft
    rules = [each for each in draft.indicators if not any(mark in (each.target or "") for mark in ("达到", "个"))]
    assert [(each.name, each.target, each.unit) for each in rules] == [
        ("旅游总收入", "比上年翻一番", None),
        ("居民消费价格", "与上年持平", None),
        ("优良率", "高于全省平均水平", None),
        ("新建幼儿园", "6～8所", "所"),
    ]
    assert [each.at for each in rules[0].cited] == ["一", "任务2"]
    assert list(rules[0].lead) == ["市教育局"]
    assert all(any(each.key == "unit" for each in rule.decisions) for rule in rules[:3])


def test_an_aim_that_is_not_read_is_a_decision_with_its_words_and_line(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(AIMS, encoding="utf-8")
    plan = imported(tmp_path / "plan.txt", tmp_path / "plan")
    tasks = [task for part in plan.draft.parts for task in part.tasks]
    decisions = [each for each in plan.draft.decisions if each.key == "indicators"]
    decisions += [each for task in tasks for each in task.decisions if each.key == "title"]
    read = [(each.message.values["line"], each.message.values["text"]) for each in decisions]
    assert read == [
        (4, "公共服务全覆盖"),
        (5, "营商环境进入全省前三名"),
        (5, "审批时限压缩至3个工作日以内"),
        (5, "绿地率不低于6～8%"),
        (8, "办理时限控制在3个工作日以内"),
        (9, "新建6～8所小学"),
        (9, "教育投入快于经济增长"),
        (11, "城镇化率翻一番"),
        (12, "建设三个运动场"),
    ]
    written = (tmp_path / "plan/targets.yaml").read_text(encoding="utf-8")
    written += (tmp_path / "plan/tasks.yaml").read_text(encoding="utf-8")
    reported = [str(each.message) for each in plan.findings]
    for decision in decisions:
        assert str(decision.message) in reported
        assert f"“{decision.message.values['text']}”" in written.replace("\n", "").replace(" ", "").replace("#", "")


def test_a_task_put_in_later_is_a_task_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(AIMS, encoding="utf-8")
    draft = imported(tmp_path / "plan.txt", tmp_path / "plan").draft
    tasks = [task for part in draft.parts for task in part.tasks]
    assert [(task.no, task.title, list(task.lead)) for task in tasks][2:] == [
        (3, "城镇化率翻一番", ["市发改委"]),
        ("3-1", "建成市体育中心", ["市体育局"]),
        (4, "建设公园5个", ["市园林局"]),
    ]
    assert [each.task for each in draft.indicators if each.name == "新增学位"] == [2]


def test_goals_that_are_numbered_items_are_read(tmp_path: Path) -> None:
    goals = "一、工作目标\n1．城镇化率达到60%以上。\n2．游客接待量翻一番。\n3．经济总量进入全省前10名。\n"
    (tmp_path / "plan.txt").write_text(f"柳河市2027年工作方案\n\n{goals}", encoding="utf-8")
    draft = imported(tmp_path / "plan.txt", tmp_path / "plan").draft
    assert [(each.name, each.target, each.category) for each in draft.indicators] == [
        ("城镇化率", "达到60%以上", "工作目标"),
        ("游客接待量", "翻一番", "工作目标"),
    ]
    assert [each.message.values["line"] for each in draft.decisions if each.key == "indicators"] == [6]


@pytest.mark.parametrize("heading", ["{}", "{}\n"])
@pytest.mark.parametrize(("dash", "dot"), [("-", "．"), ("-", "."), ("－", "．"), (".", "．")])
def test_tasks_with_two_numbers_below_bare_headings_keep_them(
    heading: str, dash: str, dot: str, tmp_path: Path
) -> None:
    lines = ["柳河市2027年工作方案", "", "重点任务"]
    for part, title in enumerate(("提升城市功能", "改善生态环境"), 1):
        lines += [heading.format(f"{'一二'[part - 1]}、{title}")]
        for task in (1, 2):
            lines += [f"{part}{dash}{task}{dot}建设{title[2:]}项目{task}。（牵头单位：市住建局）"]
    (tmp_path / "plan.txt").write_text("\n".join(lines), encoding="utf-8")
    draft = imported(tmp_path / "plan.txt", tmp_path / "plan").draft
    sign = "." if dash == "." else "-"
    assert [(part.title, [task.no for task in part.tasks]) for part in draft.parts] == [
        ("提升城市功能", [f"1{sign}1", f"1{sign}2"]),
        ("改善生态环境", [f"2{sign}1", f"2{sign}2"]),
    ]


AIMED = """河州市2022年城市建设工作方案
一、工作目标
到2022年底，力争新增绿道60公里，力争空气优良天数比例达到90%以上，建成停车位500个。力争到2022年底，旅游收入翻一番，就业人数达到5万人以上。
二、重点任务
1. 公园。力争建成公园6个、广场2个，争取新增步道12公里，确保改造岸线9公里。（牵头单位：市园林局）
"""


def test_an_aim_keeps_the_word_that_makes_it_one(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(AIMED, encoding="utf-8")
    plan = imported(tmp_path / "plan.txt", tmp_path / "plan")
    read = {each.name: (each.target, each.cited[0].printed) for each in plan.draft.indicators}
    assert read == {
        "新增绿道": ("力争新增60公里", "60公里"),
        "空气优良天数比例": ("力争达到90%以上", "力争 … 达到90%以上"),
        "建成停车位": ("建成500个", "500个"),
        "旅游收入": ("力争翻一番", "力争 … 翻一番"),
        "就业人数": ("力争达到5万人以上", "力争 … 达到5万人以上"),
        "建成公园": ("力争建成6个", "6个"),
        "建成广场": ("力争建成2个", "2个"),
        "新增步道": ("争取新增12公里", "12公里"),
        "改造岸线": ("改造9公里", "9公里"),
    }
    units = Units()
    unit = units.find("%")
    for printed in read["空气优良天数比例"]:
        phrase = read_phrase(printed or "", PhraseContext(unit, scale=lambda text: factor_between(text, unit, units)))
        assert isinstance(phrase, Phrase)
        assert phrase.aspiration


def test_a_target_that_is_both_firm_and_an_aim_is_asked(tmp_path: Path) -> None:
    text = AIMED.replace("停车位500个", "公园6个")
    (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
    parks = next(
        each for each in imported(tmp_path / "plan.txt", tmp_path / "plan").draft.indicators if each.name == "建成公园"
    )
    assert parks.target is None
    assert "target" in [each.key for each in parks.decisions]


DATED = """河州市2022年城市建设工作方案
一、工作目标
到2022年底，黑臭水体基本消除，老城区雨污分流全面完成。2022年9月底前新增绿道60公里。
二、重点任务
1. 公园。2022年6月底前完成南岸绿道建设，年底前建成北岸公园。2022年9月底前，建成城东公园，开工建设城西公园。
牵头单位：市园林局
2. 小区。改造老旧小区50个，6月底前全部开工。三季度末前出台《河州市物业管理办法》。（牵头单位：市住建局）
"""


def test_what_is_due_within_a_year_has_its_date_and_what_is_not_read_is_asked(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(DATED, encoding="utf-8")
    plan = imported(tmp_path / "plan.txt", tmp_path / "plan")
    tasks = [task for part in plan.draft.parts for task in part.tasks]
    assert [(each.name, each.stage, each.deadline) for task in tasks for each in task.milestones] == [
        ("南岸绿道建设", "完成", "2022年6月底"),
        ("北岸公园", "完工", None),
        ("城东公园", "完工", "2022年9月底"),
        ("城西公园", "开工", "2022年9月底"),
        ("《河州市物业管理办法》", "出台", "三季度末"),
    ]
    assert [(each.name, each.deadline) for each in plan.draft.indicators] == [
        ("新增绿道", "2022年9月底"),
        ("改造老旧小区", "2022"),
    ]
    decisions = [*plan.draft.decisions, *(each for task in tasks for each in task.decisions)]
    asked = [each.message.values["text"] for each in decisions if each.key in ("indicators", "title")]
    assert asked == ["黑臭水体基本消除", "老城区雨污分流全面完成", "6月底前全部开工"]
    reported = [str(each.message) for each in plan.findings]
    assert all(any(text in message for message in reported) for text in (*asked, "三季度末"))
