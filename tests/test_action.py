"""The GitHub action: what it hands to the program, and that nothing in its inputs is run as shell."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.skipif(shutil.which("bash") is None or os.name == "nt", reason="needs a bash of this system")
BASH = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]


@pytest.fixture
def action(repo: Path) -> Any:  # noqa: ANN401
    return yaml.safe_load((repo / "action.yml").read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A runner whose czurban shows its arguments, in a folder with three files."""
    program = tmp_path / "czurban" / "bin" / "czurban"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    work = tmp_path / "work"
    work.mkdir()
    for name in ("a b.csv", "c.csv", "-d.csv"):
        (work / name).touch()
    monkeypatch.chdir(work)
    monkeypatch.setenv("RUNNER_TEMP", str(tmp_path))
    return work


def ran(action: Any, **inputs: str) -> subprocess.CompletedProcess[str]:  # noqa: ANN401
    script = action["runs"]["steps"][-1]["run"]
    given = {"COMMAND": "check", "FILES": "", "ARGUMENTS": "", **inputs}
    return subprocess.run(
        [*BASH, script], env={**os.environ, **given}, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({"FILES": "c.csv"}, ["check", "--", "c.csv"]),
        ({"COMMAND": "validate"}, ["validate", "--"]),
        ({"FILES": "a b.csv\nc.csv\n"}, ["check", "--", "a b.csv", "c.csv"]),
        ({"FILES": "a*.csv"}, ["check", "--", "a b.csv"]),
        ({"FILES": "-d.csv\r\nc.csv"}, ["check", "--", "-d.csv", "c.csv"]),
        ({"FILES": "no*.csv"}, ["check", "--", "no*.csv"]),
        ({"ARGUMENTS": "--period=2018\n\n--dept\n市公安局"}, ["check", "--period=2018", "--dept", "市公安局", "--"]),
        ({"ARGUMENTS": "--dept=a b*"}, ["check", "--dept=a b*", "--"]),
        ({"FILES": "$(touch x)`touch x`;touch x"}, ["check", "--", "$(touch x)`touch x`;touch x"]),
        ({"ARGUMENTS": '";touch x;"$(touch x)'}, ["check", '";touch x;"$(touch x)', "--"]),
    ],
)
def test_inputs_become_arguments(action: Any, folder: Path, inputs: dict[str, str], words: list[str]) -> None:  # noqa: ANN401
    done = ran(action, **inputs)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == words
    assert not (folder / "x").exists()


@pytest.mark.parametrize("command", ["", "list", "check; touch x", "--version"])
def test_other_commands_are_refused(action: Any, folder: Path, command: str) -> None:  # noqa: ANN401
    done = ran(action, COMMAND=command)
    assert done.returncode == 2
    assert done.stdout.startswith("::error title=czurban::")
    assert not (folder / "x").exists()


def test_no_script_has_an_expression_in_it(action: Any) -> None:  # noqa: ANN401
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    assert len(scripts) == 2
    assert not any("${{" in script for script in scripts)


def test_every_action_is_pinned_by_the_hash_of_a_commit(repo: Path) -> None:
    texts = [path.read_text("utf-8") for path in (repo / "action.yml", *(repo / ".github" / "workflows").iterdir())]
    uses = [name for text in texts for name in re.findall(r"uses: +(\S+)", text) if not name.startswith("./")]
    assert len(uses) > 5
    assert [name for name in uses if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", name)] == []


def test_the_action_installs_what_the_lock_names(action: Any) -> None:  # noqa: ANN401
    script = action["runs"]["steps"][1]["run"]
    assert "--no-deps" in script
    assert '--require-hashes -r "$CHECKOUT/requirements.lock"' in script


def test_every_input_is_used_and_known(action: Any) -> None:  # noqa: ANN401
    used = set(re.findall(r"inputs\.([\w-]+)", str(action["runs"])))
    assert used == set(action["inputs"])
    assert all(one["description"] for one in action["inputs"].values())


def test_the_workflow_gives_the_action_what_it_takes(repo: Path, action: Any) -> None:  # noqa: ANN401
    workflow = yaml.safe_load((repo / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    uses = [step for job in workflow["jobs"].values() for step in job["steps"] if step.get("uses") == "./"]
    assert len(uses) >= 2
    for step in uses:
        assert set(step["with"]) <= set(action["inputs"])
        assert (repo / step["with"]["files"]).exists()
