"""Tables of targets become plans: what the words decide is written, and the rest is asked once, at its line."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.imports.tables import CASES, TableCase

from czurban.app.import_plan import ImportedPlan, import_plan
from czurban.app.validate import ValidateOptions, find_validated, validate
from czurban.model.faults import TO_DECIDE
from czurban.model.finding import Finding, Severity
from czurban.model.unit import Units
from czurban.reading.imports.kinds import kind_of
from czurban.reading.plan.files import read_plan
from czurban.words.translator import Translator


def imported(case: TableCase, folder: Path, language: str = "zh") -> ImportedPlan:
    (folder / case.file).write_bytes(case.content())
    return import_plan(str(folder / case.file), str(folder / "plan"), Translator(language), **case.options)


def found(folder: Path) -> Sequence[Finding]:
    return validate(find_validated([folder]), ValidateOptions()).value


def open_lines(plan: ImportedPlan) -> list[tuple[str, int]]:
    return [(Path(each.place.file).name, each.place.line or 0) for each in plan.findings
            if each.place and each.code == TO_DECIDE]  # fmt: skip


def entry_of(lines: Sequence[str], line: int) -> tuple[str, str]:
    """The name of the indicator that a line belongs to (or plan), and the line's key."""
    key = re.match(r"\s*(?:- )?(\w+):", lines[line - 1])
    start = max((n for n in range(line) if lines[n].startswith("  - ")), default=None)
    below = range(start, len(lines)) if start is not None and "indicators:" in lines[:line] else ()
    name = next((match[1] for n in below if (match := re.match(r"\s+(?:- )?name: (.+)", lines[n]))), "plan")
    return name.strip('"'), key[1] if key else ""


def answer(case: TableCase, plan: ImportedPlan, folder: Path) -> set[tuple[str, str]]:
    """Answer every open decision by its answer, and delete its comment; return what was asked."""
    file = folder / "plan" / "targets.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    asked = {line: entry_of(lines, line) for name, line in open_lines(plan) if name == "targets.yaml"}
    for line, entry in asked.items():
        if value := case.answers.get(entry, ""):
            lines[line - 1] = re.sub(r"(\w+:).*", rf"\1 {value}", lines[line - 1])
    kept, skipping = [], False
    for text in lines:
        skipping = bool(re.match(r"\s*# (?:待定|TO DECIDE)", text)) or (skipping and text.strip().startswith("#"))
        if not skipping:
            kept.append(text)
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return set(asked.values())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fresh_import_has_at_most_one_finding_for_each_open_decision(case: TableCase, tmp_path: Path) -> None:
    plan = imported(case, tmp_path)
    places = [(Path(each.place.file).name, each.place.line or 0) for each in found(tmp_path / "plan") if each.place]
    decided = open_lines(plan)
    assert sorted(places) == sorted(set(places))
    assert set(places) <= set(decided)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_only_the_open_decisions_need_an_answer(case: TableCase, tmp_path: Path, language: str) -> None:
    asked = answer(case, imported(case, tmp_path, language), tmp_path)
    assert {(name, key) for name, key in asked if key} == set(case.answers)
    assert [each for each in found(tmp_path / "plan") if each.severity is Severity.ERROR] == []
    plan, _ = read_plan(tmp_path / "plan")
    assert plan is not None
    read = {each.name: (each.unit.name, str(each.kind), str(each.target.interval)) for each in plan.indicators}
    assert read == dict(case.expected)


KINDS = """
单位GDP能耗|吨标准煤/万元|rate
单位GDP能耗|吨标准煤|rate
万元GDP用水量|立方米/万元|rate
万元工业增加值用水量|立方米|rate
单位地区生产总值二氧化碳排放|吨/万元|rate
亿元GDP生产安全事故死亡率|人/亿元|rate
单位GDP建设用地使用面积|公顷/亿元|rate
单位GDP能耗降低|%|growth
人均地区生产总值|元/人|rate
人均地区生产总值|元|stock
每千人口床位数|张/千人|rate
路网密度|公里/平方公里|rate
亩均税收|万元/亩|rate
粮食单产|公斤/亩|rate
GDP per capita|USD|rate
energy intensity|tce/万元|rate
PM2.5年均浓度|微克/立方米|mean
细颗粒物浓度|微克/立方米|
污水处理能力|万吨/日|stock
年货物吞吐量|万吨/年|flow
能源消费总量|万吨标准煤|flow
城镇单位就业人员|万人|
"""


@pytest.mark.parametrize(("name", "unit", "kind"), [tuple(line.split("|")) for line in KINDS.strip().splitlines()])
def test_an_amount_per_another_is_a_ratio_whatever_amount_its_name_begins_with(name: str, unit: str, kind: str) -> None:
    assert (kind_of(name, Units().find(unit)) or "") == kind
