from pathlib import Path

import pytest
import yaml

import release
from czurban.version import __version__

CHANGELOG = """# Changelog

## [Unreleased]

- Later.

## [1.2.0] - 2019-12-31

### Added

- A unit.

### Fixed

- [P101] A link: see below.

## [1.1.0] - 2019-06-30

## [1.0.0]

- The first.

[1.2.0]: https://example.com/1.2.0
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "src" / "czurban").mkdir(parents=True)
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    return tmp_path


def version(tree: Path, text: str) -> Path:
    (tree / "src" / "czurban" / "version.py").write_text(text, encoding="utf-8")
    return tree


def test_the_notes_of_a_version_are_printed(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release.main(["v1.2.0"], version(tree, '"""V."""\n\n__version__ = "1.2.0"\n')) == 0
    assert capsys.readouterr().out == "### Added\n\n- A unit.\n\n### Fixed\n\n- [P101] A link: see below.\n"


def test_a_link_at_the_end_is_no_note(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release.main(["v1.0.0"], version(tree, '__version__ = "1.0.0"\n')) == 0
    assert capsys.readouterr().out == "- The first.\n"


@pytest.mark.parametrize(
    ("tag", "text", "reason"),
    [
        ("1.2.0", '__version__ = "1.2.0"\n', "The tag is 1.2.0"),
        ("v1.2.0", '__version__ = "1.2.1"\n', "the tag of that version is v1.2.1"),
        ("v1.1.0", '__version__ = "1.1.0"\n', "CHANGELOG.md lists nothing under `## [1.1.0]`"),
        ("v1.3.0", '__version__ = "1.3.0"\n', "CHANGELOG.md lists nothing under `## [1.3.0]`"),
        ("v1.2.0", "version = 1\n", "has no line"),
    ],
)
def test_a_tag_that_cannot_be_released_is_refused(
    tree: Path, capsys: pytest.CaptureFixture[str], tag: str, text: str, reason: str
) -> None:
    with pytest.raises(SystemExit, match=r"\w") as refused:
        release.main([tag], version(tree, text))
    assert reason in str(refused.value)
    assert capsys.readouterr().out == ""


def test_the_version_of_this_package_is_found(repo: Path) -> None:
    assert release.version_of(repo) == __version__


def test_a_release_waits_for_the_checks_and_uploads_what_they_built(repo: Path) -> None:
    workflows = repo / ".github" / "workflows"
    workflow = yaml.safe_load((workflows / "release.yml").read_text(encoding="utf-8"))
    checks = yaml.safe_load((workflows / "ci.yml").read_text(encoding="utf-8"))
    started = workflow[True]  # YAML 1.1 reads the key `on` as true
    assert started == {"push": {"tags": ["v*"]}}
    assert "workflow_call" in checks[True]
    publish = workflow["jobs"]["publish"]
    assert publish["needs"] == "checks"
    assert publish["permissions"] == {"contents": "write"}
    assert workflow["permissions"] == {"contents": "read"}
    commands = [step["run"] for step in publish["steps"] if "run" in step]
    assert not any("${{" in command for command in commands)
    tag, build, upload = commands
    assert 'tools/release.py "$GITHUB_REF_NAME"' in tag
    assert "tools/fresh.py --dist dist" in build
    assert "gh release create" in upload
    assert "dist/*" in upload
