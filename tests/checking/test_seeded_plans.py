"""Ordinary mistakes in a plan's files are found, and edits that change nothing are not accused."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

EVERY = 12
"""The test plants each of so many mistakes; `make seeded` plants all of them."""


@pytest.fixture(scope="module")
def seeded(repo: Path) -> ModuleType:
    sys.path.insert(0, str(repo / "tools"))
    return importlib.import_module("seeded_plans")


def test_most_planted_mistakes_are_found(seeded: ModuleType) -> None:
    planted = list(seeded.plant(every=EVERY))
    assert len(planted) > 30
    assert 100 * sum(bool(item.codes) for item in planted) >= seeded.GOAL * len(planted)


def test_harmless_edits_are_not_accused(seeded: ModuleType) -> None:
    edits = list(seeded.plant(seeded.HARMLESS))
    assert len(edits) >= 18
    assert [(item.after, item.codes) for item in edits if item.codes] == []


@pytest.mark.parametrize("plan", ["data", "examples/counties/plan", "examples/linked/plan", "examples/rating/plan"])
def test_the_plans_of_the_repository_have_no_new_alarm(
    seeded: ModuleType, repo: Path, tmp_path: Path, plan: str
) -> None:
    known = {"P207", "P214"}
    assert {code for code, _ in seeded.faults(seeded.read_files(repo / plan), tmp_path)} <= known


def test_the_pages_list_every_kind(seeded: ModuleType, repo: Path) -> None:
    plans = {name: seeded.read_files(repo / name) for name in ("data", "examples/counties/plan")}
    for language, path in seeded.PAGES.items():
        text = path.read_text(encoding="utf-8")
        for kind in seeded.MISTAKES:
            files = plans["examples/counties/plan" if kind.file == seeded.PARTS else "data"]
            name = kind.chinese if language == "zh" else kind.name
            assert f"| {name} | {kind.file} | {len(list(kind.changes(files)))} |" in text
