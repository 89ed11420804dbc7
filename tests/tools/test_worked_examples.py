"""The worked examples of the page "How a value is judged" are judged as the page shows."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from doc_commands import ROOT
from running import run_in

PAGES = sorted((ROOT / "docs").rglob("explanation/judging.md"))
HEAD = ("unit", "baseline", "target", "sent", "verdict")
TRANSLATED = {"单位": "unit", "基期": "baseline", "目标": "target", "填报": "sent", "结论": "verdict"} | {
    "差距": "gap",
    "变化": "change",
    "完成率": "completion",
    "进度": "progress",
}
VERDICTS = {"达标": "met", "未达标": "missed", "未填报": "unreported", "无法判定": "unreadable", "未到期": "not-due"}
KINDS = {"%": "rate", "公顷": "stock", "万人": "flow"}
PLAN = """\
plan: {{title: 示例, region: 示例市, period: 2024, baseline_period: 2023}}
categories: [示例]
indicators:
  - id: example
    no: 1
    name: 示例指标
    category: 示例
    unit: "{unit}"
    kind: {kind}
    lead: [示例局]
    baseline: {baseline}
    target: "{target}"
    deadline: 2024
"""
Example = dict[str, str]


def examples(page: Path) -> Iterator[Example]:
    """Yield the rows of the tables whose columns are those of a worked example."""
    heads: list[str] = []
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")] if line.startswith("| ") else []
        if not cells:
            heads = []
        elif not heads:
            heads = [TRANSLATED.get(cell, cell.lower()) for cell in cells]
        elif tuple(heads[:5]) == HEAD and not cells[0].startswith("---"):
            yield dict(zip(heads, cells, strict=True))


EXAMPLES = [(page, example) for page in PAGES for example in examples(page)]


def test_there_are_examples_of_each_verdict_but_one() -> None:
    verdicts = {VERDICTS.get(example["verdict"], example["verdict"]) for _, example in EXAMPLES}
    assert verdicts == {"met", "missed", "unreported", "unreadable"}
    assert len(EXAMPLES) >= 20


@pytest.mark.parametrize(
    ("page", "example"), EXAMPLES, ids=[re.sub(r"\s+", "", "-".join(example.values())) for _, example in EXAMPLES]
)
def test_an_example_is_judged_as_the_page_shows(page: Path, example: Example, tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    plan = PLAN.format(**example, kind=KINDS.get(example["unit"], "works"))
    (tmp_path / "plan" / "targets.yaml").write_text(plan, encoding="utf-8")
    (tmp_path / "plan" / "departments.yaml").write_text("departments: [{name: 示例局}]\n", encoding="utf-8")
    (tmp_path / "a.csv").write_text(f'指标,数值\n示例指标,"{example["sent"]}"\n', encoding="utf-8")
    _, out, err = run_in(tmp_path, ["check", "a.csv", "--plan", "plan", "--format", "json"], "en")
    (result,) = json.loads(out)["results"]
    assert result["verdict"] == VERDICTS.get(example["verdict"], example["verdict"]), (page, err)
    for name in ("gap", "change", "completion", "progress"):
        if name in example:
            assert result[name] == (None if example[name] == "–" else example[name])
