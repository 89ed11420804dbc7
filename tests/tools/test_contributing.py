"""CONTRIBUTING.md names files and targets that exist, and each thing to add takes at most five steps."""

import re
from pathlib import Path

import pytest

MOST_STEPS = 5


@pytest.fixture
def text(repo: Path) -> str:
    return (repo / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_every_file_that_is_named_exists(text: str, repo: Path) -> None:
    names = set(re.findall(r"`((?:src|tests|tools|docs|bench|requirements|examples|schema|\.ci)/[^\s`]*)`", text))
    assert len(names) > 15
    assert sorted(name for name in names if not (repo / name).exists()) == []


def test_every_target_that_is_named_exists(text: str, repo: Path) -> None:
    makefile = (repo / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?:`|^)make\s+([a-z][\w-]*)", text, re.MULTILINE))
    assert len(targets) > 8
    assert sorted(target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)) == []


@pytest.mark.parametrize("thing", ["a rule", "a format", "a column", "a unit", "a language"])
def test_adding_a_thing_takes_few_steps(text: str, thing: str) -> None:
    section = text.partition(f"\n## Add {thing}\n")[2].partition("\n## ")[0]
    steps = re.findall(r"^(\d+)\. ", section, re.MULTILINE)
    assert 1 < len(steps) <= MOST_STEPS
    assert steps == [str(number) for number in range(1, len(steps) + 1)]


def test_every_section_that_a_link_names_exists(text: str) -> None:
    headings = {heading.lower().replace(" ", "-") for heading in re.findall(r"^## (.+)$", text, re.MULTILINE)}
    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert links
    assert links <= headings


def test_the_layers_are_those_that_are_checked(text: str, repo: Path) -> None:
    package = repo / "src" / "czurban"
    folders = {path.name for path in package.iterdir() if (path / "__init__.py").exists()}
    rows = re.findall(
        r"^\| (`\w+`(?:, `\w+`)*) \|", text.partition("\n## Layers\n")[2].partition("\n## ")[0], re.MULTILINE
    )
    assert set(re.findall(r"\w+", " ".join(rows))) == folders | {"errors"}
