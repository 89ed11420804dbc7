"""The text of a plan, compared with what a person reads in it: -rP prints the recall and precision of each part."""

import io
import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from plan_recall import Score, gold_of_data, gold_of_file, interval, measure, table

from czurban.errors import UnreadableError
from czurban.model.finding import Place
from czurban.model.text import key, task_no
from czurban.reading.imports.draft import DraftPlan
from czurban.reading.imports.target_tables import Stated
from czurban.reading.imports.text.aims import open_aims
from czurban.reading.imports.text.document import Block, TextParagraph, blocks_of_docx, blocks_of_text
from czurban.reading.imports.text.figures import quantities_in
from czurban.reading.imports.text.plan_text import read_plan_text

ROOT = Path(__file__).resolve().parent.parent.parent
PLANS = Path(__file__).parent / "plans"
SHIPPED = ROOT / "examples/import/plan-2019.txt"
TEXTS = {"plan-2019": SHIPPED, **{path.stem: path for path in PLANS.iterdir() if path.suffix in (".txt", ".md")}}

ALL = (1.0, 1.0)
FLOORS: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "plan-2019": {
        "targets": (22 / 25, 22 / 25),  # three that a person reads as ceilings are left open
        "firm milestones": (0.9, 0.9),
        "aspirations": (0.75, 0.75),
    },
    "yunlan": {},
    "hezhou": {"units": (5 / 6, 5 / 6)},  # a ratio is printed without a unit
    "xishan": {"firm milestones": (1.0, 0.88)},
    "greenport": {"units": (4 / 5, 4 / 5)},  # a cut in per cent says nothing of the unit
    "eastmoor": {"units": (6 / 7, 6 / 7)},
}
"""Recall and precision that a part must have; the others must be complete."""
BEFORE = """
Recall / precision when each text was first read, before anything was changed for it (plan-2019, yunlan, hezhou: at the
first version of the importer; xishan: written when the others were complete):

                   plan-2019   yunlan      hezhou      xishan
  indicators       25 of 25    8 of 8      6 of 6      7 of 8
  targets          22 of 25    8 of 8      6 of 6      6 of 7
  further figures  27 of 27    14 of 14    19 of 19    12 of 13, 14 taken
  tasks, leads     all         all         all         all
  firm milestones  82 % / 68 % 92 % / 100 % 89 % / 100 % 50 % / 67 %
  aspirations      33 % / 57 % 50 % / 100 % 0 % / -     none

English text was refused at first. greenport was written before the code: its first reading had 5 of 5 indicators, 4
of 5 targets, 2 of 2 further figures, all tasks and leads, and 4 of 4 milestones, one without its earlier stage.
eastmoor, of another layout, was written when greenport was complete: 7 of 7 indicators, 6 of 7 targets, 2 of 2 further
figures of
which one was left open without need, all tasks and leads, and 4 of 4 milestones.
"""


@cache
def draft_of(name: str) -> DraftPlan:
    path = TEXTS[name]
    return read_plan_text(blocks_of_text(path.read_text(encoding="utf-8"), path.name), path.name, Stated()).draft


@cache
def gold_of(name: str) -> Mapping[str, Any]:
    return gold_of_data(ROOT / "data") if name == "plan-2019" else gold_of_file(PLANS / f"{name}.yaml")


@pytest.mark.parametrize("name", FLOORS)
def test_a_plan_is_read_as_a_person_reads_it(name: str) -> None:
    scores = measure(draft_of(name), gold_of(name))
    print(table(name, scores))  # noqa: T201 - for -rP
    below = {part: score for part, score in scores.items() if not reaches(score, FLOORS[name].get(part, ALL))}
    assert not below


def reaches(score: Score, floor: tuple[float, float]) -> bool:
    return score.recall >= floor[0] and score.precision >= floor[1]


def test_the_first_readings_are_printed() -> None:
    print(BEFORE)  # noqa: T201 - for -rP
    assert all(name in BEFORE for name in FLOORS)


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_is_wrong_and_what_is_not_clear_is_open(name: str) -> None:
    gold = {key(each["name"]): each for each in gold_of(name)["indicators"]}
    for indicator in draft_of(name).indicators:
        wanted = gold.get(key(indicator.name))
        if wanted is None:
            continue
        got, right = interval(indicator.target, indicator.unit or "", indicator.name), wanted["target"]
        figures = [Fraction(text) for text in re.findall(r"\d+(?:\.\d+)?", f"{got} ")]
        assert figures == [Fraction(text) for text in re.findall(r"\d+(?:\.\d+)?", right)], indicator.name
        if got.startswith("open"):
            assert any(each.key in ("target", "unit") for each in indicator.decisions), indicator.name
        else:
            assert got == interval(right, wanted["unit"], wanted["name"])


@pytest.mark.parametrize("name", FLOORS)
def test_every_citation_has_the_words_and_the_place_of_the_document(name: str) -> None:
    draft = draft_of(name)
    text = re.sub(r"\s", "", TEXTS[name].read_text(encoding="utf-8")).lower()
    numbers = {str(indicator.no) for indicator in draft.indicators if indicator.no}
    tasks = {str(task.no) for part in draft.parts for task in part.tasks}
    for indicator in draft.indicators:
        assert indicator.cited, indicator.name
        for citation in indicator.cited:
            assert all(re.sub(r"\s", "", part).lower() in text for part in citation.printed.split(" … "))
            assert re.sub(r"\s", "", citation.wording or "").lower() in text
            place = re.fullmatch(r"(?:任务|Task )(\w+)|附件(\d+)|[一二三]|\d|Objective \d|.*!D\d|.*:\d+", citation.at)
            assert place, citation.at
            assert place[1] is None or place[1] in tasks
            assert place[2] is None or place[2] in numbers


@pytest.mark.parametrize("name", FLOORS)
def test_a_task_lists_the_figures_that_cite_it(name: str) -> None:
    draft = draft_of(name)
    listed = {(task.no, each) for part in draft.parts for task in part.tasks for each in task.quantities}
    cited = {
        (task_no(re.sub("任务|Task ", "", citation.at)), indicator.id)
        for indicator in draft.indicators
        for citation in indicator.cited
        if citation.at.startswith(("任务", "Task "))
    }
    assert listed == cited


def as_word_file(blocks: list[Block]) -> bytes:
    document = docx.Document()
    for block in blocks:
        if isinstance(block, TextParagraph):
            document.add_paragraph(block.text)
            continue
        rows = block.rows
        word = document.add_table(len(rows), max(len(row.cells) for row in rows))
        for row, cells in zip(word.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells.cells, strict=True):
                cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", FLOORS)
def test_a_word_file_is_read_like_its_text(name: str) -> None:
    path = TEXTS[name]
    data = as_word_file(blocks_of_text(path.read_text(encoding="utf-8"), path.name))
    draft = read_plan_text(blocks_of_docx(data, "plan.docx"), "plan.docx", Stated()).draft
    scores = measure(draft, gold_of(name))
    assert {part: score for part, score in scores.items() if not reaches(score, FLOORS[name].get(part, ALL))} == {}
    assert draft.title == draft_of(name).title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Build 45 km of protected cycle lanes and install more than 1,500 stands",
            "Build 45 km of protected cycle lanes",
        ),
        (
            "Build protected lanes on all main roads, with crossings for walking and stands",
            "Build protected lanes on all main roads",
        ),
        (
            "Reopen the old railway between the northern and the southern of the city parks",
            "Reopen the old railway between the northern and the southern",
        ),
        (
            "加快推进城区" + "老旧供水管网" * 3 + "改造，完善道路照明和排水" + "设施" * 20,
            "加快推进城区" + "老旧供水管网" * 3 + "改造",
        ),
        ("推" + "进" * 57 + "12345公里", "推" + "进" * 57),
    ],
)
def test_a_long_title_is_cut_between_words(text: str, title: str) -> None:
    labelled = f"1. {text}" + ("。（牵头单位：市园林局）" if title[0] > "z" else ". Lead: Parks Department")
    heading = "二、重点任务" if title[0] > "z" else "## Actions"
    blocks = blocks_of_text(f"# Plan\n\n{heading}\n\n{labelled}\n", "plan.md")
    [task] = [task for part in read_plan_text(blocks, "plan.md", Stated()).draft.parts for task in part.tasks]
    assert task.title == title
    assert any(text in measure for measure in task.measures)


@pytest.mark.parametrize(
    "text", ["", " \n\t\n", "那天晚上，他走了3公里。\n" * 50, "（《“" * 5000 + "1" * 5000, "1.2.3.4\n" * 500]
)
def test_a_text_that_is_no_plan_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError, match="no goals, tasks or tables"):
        read_plan_text(blocks_of_text(text, "x.txt"), "x.txt", Stated())


LINES = (
    "序号 指标 单位 2019年 完成 2020年 目标 牵头单位 "
    "1 城镇化率 % 50 52以上 市发改委 2 新增就业 万人 1.2 1.5以上 市人社局"
)
SPACED = """指标  单位  2019年完成  2020年目标  责任单位
城镇化率  %  50  52以上  市发改委
新增就业  万人  1.2  1.5以上  市人社局"""


@pytest.mark.parametrize("table_text", [LINES.replace(" ", "\n"), SPACED, SPACED.replace("  ", "\t")])
def test_a_table_copied_as_text_is_put_together_again(table_text: str) -> None:
    draft = read_plan_text(blocks_of_text(f"某市2020年目标\n\n{table_text}\n", "x.txt"), "x.txt", Stated()).draft
    read = [(each.name, each.unit, each.baseline, each.target, list(each.lead)) for each in draft.indicators]
    assert read == [
        ("城镇化率", "%", "50", "52以上", ["市发改委"]),
        ("新增就业", "万人", "1.2", "1.5以上", ["市人社局"]),
    ]


def test_a_row_of_a_copied_table_with_a_missing_cell_is_left_open() -> None:
    rows = LINES.replace(" 市发改委 2", " 2").replace(" ", "\n") + "\n3\n失业率\n%\n3\n4以下\n市人社局\n"
    draft = read_plan_text(blocks_of_text(f"某市2020年目标\n\n{rows}", "x.txt"), "x.txt", Stated()).draft
    first, *others = draft.indicators
    assert (first.name, first.target, first.baseline) == ("城镇化率", None, None)
    assert {each.key for each in first.decisions} >= {"target", "unit", "lead"}
    assert [each.target for each in others] == ["1.5以上", "4以下"]


TASKS = """某县2021年方案
一、目标
到2021年，城镇化率达到50%以上。
二、任务
（一）建设公园。建设公园5个。{departments}
（二）改造道路。改造道路12公里。
责任单位：县住建局
"""


@pytest.mark.parametrize(
    ("departments", "lead", "responsible"),
    [
        ("（牵头单位：县园林局；责任单位：县财政局、县水利局）", ["县园林局"], ["县财政局", "县水利局"]),
        ("\n责任单位：县园林局（牵头）、县财政局、县水利局", ["县园林局"], ["县财政局", "县水利局"]),
        ("\n牵头单位：县园林局\n配合单位：县财政局，县水利局", ["县园林局"], ["县财政局", "县水利局"]),
        ("（县园林局牵头，县财政局、县水利局配合）", ["县园林局"], ["县财政局", "县水利局"]),
        ("（县园林局、县财政局按职责分工负责）", ["县园林局", "县财政局"], []),
        ("【牵头部门：县园林局；参加单位：各乡镇人民政府、管委】", ["县园林局"], ["各乡镇人民政府、管委"]),
        ("（责任单位：县园林局、县财政局）", [], ["县园林局", "县财政局"]),
    ],
)
def test_departments_are_read_in_the_forms_of_official_texts(
    departments: str, lead: list[str], responsible: list[str]
) -> None:
    text = TASKS.format(departments=departments)
    draft = read_plan_text(blocks_of_text(text, "x.txt"), "x.txt", Stated()).draft
    first, second = (task for part in draft.parts for task in part.tasks)
    assert (list(first.lead), list(first.responsible)) == (lead, responsible)
    assert bool(first.decisions) == (not lead)
    assert list(second.lead) == ["县住建局"]


def test_figures_that_are_no_targets_are_left_out() -> None:
    sentence = (
        "2018年末绿地面积12公顷，为在县城居住1年以上的人口提供14类服务，建设30万吨级码头，推进5G试点，建设公园5个"
    )
    text = TASKS.format(departments="（县园林局负责）").replace("建设公园5个", sentence)
    draft = read_plan_text(blocks_of_text(text, "x.txt"), "x.txt", Stated()).draft
    assert [each.name for each in draft.indicators if each.task == 1] == ["建设公园"]


def test_goals_and_tasks_that_contradict_each_other_leave_the_target_open() -> None:
    text = TASKS.format(departments="（县园林局负责）").replace("建设公园5个", "城镇化率达到55%以上，建设公园5个")
    rate = read_plan_text(blocks_of_text(text, "x.txt"), "x.txt", Stated()).draft.indicators[0]
    assert rate.target is None
    assert [str(each.message) for each in rate.decisions if each.key == "target"] == [
        "The document prints “达到50%以上” and “达到55%以上”."
    ]


CHANGES = """
城市生活污水集中收集率由68%提高到73%|城市生活污水集中收集率/提高到73%/68%//
再生水利用率从2020年的20%提升至2025年的25%|再生水利用率/提升至 … 25%/20%/2020/2025
路网密度由目前的6.5公里/平方公里提高到8公里/平方公里|路网密度/提高到8公里/平方公里/6.5公里/平方公里//
绿道由1200公里增加到1500公里，失业率由5.6%下降至5%以下|绿道/增加到1500公里/1200公里//|失业率/下降至5%以下/5.6%//
筹集住房2000套，其中公租房500套|筹集住房/2000套///|筹集公租房/500套///
建成区面积达到60平方公里|建成区面积/达到60平方公里///
特色小镇达到5个|特色小镇/达到5个///
筹集住房2000套，其中青河区不少于800套|筹集住房/2000套///|?其中青河区不少于800套
完成管网改造30公里，其中城东区不少于12公里、城西区8公里|完成管网改造/30公里///|?其中城东区不少于12公里、城西区8公里
筹集住房2000套，其中青河区、红山区各200套|筹集住房/2000套///|?其中青河区、红山区各200套
各县区不少于3个|?各县区不少于3个
公园数力争由20个增加到26个|公园数/增加到26个/20个//
由68%提高到73%|?由68%提高到73%
"""
"""Clauses with their figures (name, words, baseline with its year, date), and behind ? what is asked."""


@pytest.mark.parametrize("line", CHANGES.strip().splitlines())
def test_a_baseline_and_the_parts_of_places_are_no_names(line: str) -> None:
    text, *wanted = line.split("|")
    read = [
        f"{each.name}/{each.printed}/{each.baseline}/{each.baseline_year}/{each.deadline}"
        for each in quantities_in(text, 2021)
    ]
    paragraph = TextParagraph(text, Place("plan.txt", 1))
    asked = [f"?{each.message.values['text']}" for each in open_aims(paragraph, "title", 2021)]
    assert [*read, *asked] == wanted


@pytest.mark.parametrize("printed", ["提升至 … 25%", "提升至25%"])
def test_words_left_out_before_a_figure_change_no_rule(printed: str) -> None:
    assert interval(printed, "%", "再生水利用率") == "≥25"
