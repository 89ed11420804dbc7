"""Clauses of English plans: the name, the figure with its words, the unit, where it begins and by when it is due."""

import re
from pathlib import Path

import pytest

import czurban
from czurban.app.import_plan import import_plan
from czurban.model.finding import Place, Severity
from czurban.reading.imports.english_departments import english_departments
from czurban.reading.imports.responsibility import read_responsibility
from czurban.reading.imports.target_tables import Stated
from czurban.reading.imports.text.aims import open_aims
from czurban.reading.imports.text.document import TextParagraph, blocks_of_text
from czurban.reading.imports.text.english_tasks import milestones_of
from czurban.reading.imports.text.figures import quantities_in
from czurban.reading.imports.text.plan_text import read_plan_text
from czurban.reading.imports.text.quantity import aimed
from czurban.words.translator import Translator

CLAUSES = """
raise the share of trips by cycle from 33 % in 2020 to 41 % by 2025|Share of trips by cycle|raise … to 41 %|%|33 %|2025
cut road deaths by 20 % compared with 2018|Road deaths|cut … by 20 % compared with 2018|||
keep the annual mean concentration of PM2.5 below 10 µg/m3|Annual mean concentration of PM2.5|below 10 µg/m3|µg/m3||
complete at least 6,500 new homes by the end of 2025|New homes|at least 6,500 new homes|homes||2025
Build 85 km of protected cycle lanes by June 2024|Protected cycle lanes|build 85 km|km||2024-06
Replace 240 diesel buses with electric buses|Replace diesel buses with electric buses|replace 240 diesel buses|buses||
Plant 10 000 street trees|Street trees|plant 10,000 street trees|trees||
Install 40 drinking fountains|Drinking fountains|install 40 drinking fountains|||
By 2030 at least 80 % of homes are within 400 m of a park|Share of homes within 400 m of a park|at least 80 %|%||2030
Tree canopy cover: at least 22 %|Tree canopy cover|at least 22 %|%||
The unemployment rate will fall to 4.5 % by 2026|Unemployment rate|fall … to 4.5 %|%||2026
Achieve a recycling rate of 60 %|Recycling rate|achieve … 60 %|%||
We will limit nitrogen oxide emissions to 12 kt|Nitrogen oxide emissions|limit … to 12 kt|kt||
We aim to plant 15,000 trees by 2025|Trees|aim to plant 15,000 trees|trees||2025
By 2024 Millbrook hopes to raise the recycling rate to 60 %|Recycling rate|hopes to … raise … to 60 %|%||2024
The city is striving to complete at least 600 new homes|New homes|striving to … at least 600 new homes|homes||
Our aim is to keep noise below 50 dB|Noise|Our aim is to … below 50 dB|dB||
Train 250 drivers each year|Drivers|train 250 drivers each year|||
Plant 500 trees in parks every year by 2025|Trees in parks|plant 500 trees … every year|trees||2025
Plant 15,000 trees with 4,000 in the east|||||
invest at least £2.5 million in parks|||||
Greenport has grown by 12 % since 2010|||||
improve the wellbeing of residents|||||
meet every 6 weeks with 4 partners|||||
"""


@pytest.mark.parametrize("line", CLAUSES.strip().splitlines())
def test_a_figure_is_read_with_its_name_and_nothing_is_invented(line: str) -> None:
    text, *wanted = line.split("|")
    read = [
        [each.name, aimed(each, each.printed, " … "), each.unit, each.baseline, each.deadline]
        for each in quantities_in(text, 2021)
    ]
    assert read == ([wanted] if wanted[0] else [])


SENTENCES = """
plant 15,000 trees, of which 4,000 in the eastern districts|Trees/plant 15,000 trees/
By 2025 we aim to plant 900 trees and build 3 parks|Trees/aim to plant 900 trees/2025|Parks/aim to build 3 parks/2025
build 45 km of lanes by 2024 and install 1,500 stands|Lanes/build 45 km/2024|Stands/install 1,500 stands/
Build 45 km of lanes, add 90 stands, and cut noise to 9 dB|Lanes/build 45 km/|Stands/add 90 stands/|Noise/cut … to 9 dB/
Build 45 km of lanes and at least 1,500 stands|Lanes/build 45 km/
Build 600 homes including 200 affordable ones|Homes/build 600 homes/
We hope to plant 900 trees and will build 3 parks|Trees/hope to plant 900 trees/|Parks/build 3 parks/
"""
"""Sentences with more than one figure, and the name, the words and the date of each that is read."""


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_every_figure_of_a_sentence_is_read_or_asked(line: str) -> None:
    text, *wanted = line.split("|")
    read = [f"{each.name}/{aimed(each, each.printed)}/{each.deadline}" for each in quantities_in(text, 2021)]
    assert read == wanted
    paragraph = TextParagraph(text, Place("plan.md", 1))
    figures = re.findall(r"(?<!\d)(?!20\d\d)\d[\d,]*", text)
    asked = [str(each.message.values["text"]) for each in open_aims(paragraph, "title", 2021)]
    assert len(figures) == len(read) + len(asked)
    assert all(any(figure in part for part in (*read, *asked)) for figure in figures)


@pytest.mark.parametrize("year", [None, 2026])
def test_what_was_due_before_the_plan_is_left_out(year: int | None) -> None:
    assert len(list(quantities_in("raise coverage to 80 % by 2024", year))) == (0 if year else 1)


@pytest.mark.parametrize(
    ("text", "lead", "others", "rest"),
    [
        ("Lead: Transport Department; Partners: Parks Department, Police.", ["Transport Department"],
         ["Parks Department", "Police"], ""),
        ("Build lanes. Lead: Roads Agency. Support: Transport and Works Department", ["Roads Agency"],
         ["Transport and Works Department"], "Build lanes."),
        ("Led by: Housing Team and Legal Services", ["Housing Team", "Legal Services"], [], ""),
        ("Lead department: Energy Team; Partners: A Ltd, the Water Company; Milestones: open by 2027", ["Energy Team"],
         ["A Ltd", "Water Company"], "Milestones: open by 2027"),
        ("Partners: Police", None, [], "Partners: Police"),
    ],
)  # fmt: skip
def test_departments_of_an_english_action(text: str, lead: list[str] | None, others: list[str], rest: str) -> None:
    left, read = read_responsibility(text)
    assert left.strip() == rest
    assert (list(read.lead), list(read.responsible)) == (lead, others) if read else lead is None


def test_one_department_may_have_and_in_its_name() -> None:
    assert english_departments("Parks and Open Spaces Department, Police and Fire Service") == [
        "Parks and Open Spaces Department",
        "Police",
        "Fire Service",
    ]


@pytest.mark.parametrize(
    ("text", "title", "wanted"),
    [
        ("adopt by June 2022", "Adopt a housing strategy", [("housing strategy", "document", "adopted", "2022-06")]),
        ("publish draft by Q1 2022", "Adopt a parking policy", [("parking policy", "document", "drafted", "2022Q1")]),
        ("Begin construction in May 2026; open by 2028", "Open the Mill Lane bridge",
         [("Mill Lane bridge", "works", "started", "2026-05"), ("Mill Lane bridge", "works", "in use", "2028")]),
        ("Milestones: launch the pilot by 2026", "Test buses", [("pilot", "activity", "started", "2026")]),
        ("Build 85 km of lanes by 2024", "Lanes", []),
        ("Work with partners on safety", "Safety", []),
    ],
)  # fmt: skip
def test_milestones_of_an_english_action(text: str, title: str, wanted: list[tuple[str, str, str, str]]) -> None:
    read = [(each.name, each.ladder, each.stage, each.deadline) for each in milestones_of(text, title)]
    assert read == wanted


PARTNERS = """# City of Millbrook Plan 2021-2025

## Actions

### Action 1: Cycle strategy

Adopt a cycle strategy.

Lead: Transport Department

Partners: Parks Department, Police. Milestones: adopt the cycle strategy by June 2022; celebrate by 2023

### Action 2: Depot

Partners: Education Department
Lead: Bus Company
Milestones: open the depot by 2024

### Action 3: Park

**Lead:** Parks Department

- Supported by: Police, Water Company
- Milestones: start construction in May 2022; open the park
"""


def test_partners_on_a_line_of_their_own_lose_neither_themselves_nor_the_milestones() -> None:
    draft = read_plan_text(blocks_of_text(PARTNERS, "plan.md"), "plan.md", Stated()).draft
    tasks = [task for part in draft.parts for task in part.tasks]
    assert [(list(task.lead), list(task.responsible)) for task in tasks] == [
        (["Transport Department"], ["Parks Department", "Police"]),
        (["Bus Company"], ["Education Department"]),
        (["Parks Department"], ["Police", "Water Company"]),
    ]
    assert [(each.stage, each.deadline, dict(each.path)) for task in tasks for each in task.milestones] == [
        ("adopted", "2022-06", {}),
        ("in use", "2024", {}),
        ("in use", None, {"2022-05": "started"}),
    ]
    asked = [each.message.values["text"] for task in tasks for each in task.decisions]
    assert asked == ["celebrate by 2023"]


ANSWERS = (
    (r"lead: \[\]", "lead: [Planning Department]"),
    (r"unit:$", "unit: t CO2e"),
    (r"kind:$", "kind: flow"),
    (r"(target: .?cut .* compared with (\d{4}).*)", r"\1\n    reference: {\2: 1000}"),
    (
        r"(name: .?(?:Homes connected|Annual mean concentration of NO2|Road deaths).*)",
        r"\1\n    category: Our objectives",
    ),
)
"""What a plan author answers to the decisions of both plans, by the lines that they are about."""


@pytest.mark.parametrize("name", ["greenport", "eastmoor"])
def test_only_the_listed_decisions_need_an_answer(name: str, tmp_path: Path) -> None:
    source = Path(__file__).parent / "plans" / f"{name}.md"
    plan = import_plan(str(source), str(tmp_path / "plan"), Translator("en"))
    file = tmp_path / "plan" / "targets.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    for each in plan.findings:
        if each.place and each.place.line and Path(each.place.file).name == file.name:
            for pattern, text in ANSWERS:
                lines[each.place.line - 1] = re.sub(pattern, text, lines[each.place.line - 1])
    answered = re.sub(r"( *)# TO DECIDE(?:.*\n *#)*.*\n", "", "\n".join(lines) + "\n")
    file.write_text(answered, encoding="utf-8")
    assert [str(each.message) for each in czurban.validate(tmp_path / "plan") if each.severity is Severity.ERROR] == []
