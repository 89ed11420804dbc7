"""The READMEs stay short, show the same commands, and link to pages that exist."""

import re
from pathlib import Path

import pytest

from doc_commands import blocks

NAMES = ("README.md", "README.zh-CN.md")
MOST_LINES = 120


@pytest.fixture(params=NAMES)
def text(request: pytest.FixtureRequest, repo: Path) -> str:
    return (repo / request.param).read_text(encoding="utf-8")


def commands(text: str) -> list[str]:
    lines = [(block.language, line) for block in blocks(text) for line in block.lines]
    shown = [line for language, line in lines if language == "console" and line.startswith("$ ")]
    return [*(line.partition("#")[0].strip() for language, line in lines if language == "sh"), *shown]


def test_a_readme_is_short(text: str) -> None:
    assert len(text.splitlines()) <= MOST_LINES


def test_every_link_and_picture_of_a_readme_exists(text: str, repo: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", text)
    assert len(links) > 20
    assert [link for link in links if not (repo / link).is_file()] == []


def test_a_readme_begins_with_the_two_commands(text: str) -> None:
    assert commands(text)[:2] == ["make demo", "make test"]


def test_both_readmes_show_the_same_commands(repo: Path) -> None:
    english, chinese = (commands((repo / name).read_text(encoding="utf-8")) for name in NAMES)
    assert english == chinese
    assert len([command for command in english if command.startswith("$ ")]) == 5
