"""The pre-commit hooks that this repository offers, run as a reader's repository would run them."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

GOOD = "指标,数值,单位\n常住人口城镇化率,41.5,%\n"
MISSED = "指标,数值,单位\n常住人口城镇化率,40.5,%\n"
BROKEN = "指标,数值,单位\n常住人口城镇化率,很多,%\n"
NO_INDEX = ("No matching distribution found", "Could not find a version", "Connection", "ProxyError", "resolve")
HOOKS = ("czurban-validate", "czurban-check")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Ours without what a hook around this test has set, and with git and pre-commit kept to themselves."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT", "CZURBAN_"))}
    kept.pop("SKIP", None)
    people = {f"GIT_{who}_{what}": "test@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    path = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", "")])
    home = str(tmp_path_factory.mktemp("pre-commit"))
    own = {"PATH": path, "PRE_COMMIT_HOME": home, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return {**kept, **people, **own, "CZURBAN_LANG": "en"}


def git(folder: Path, environment: Mapping[str, str], *words: str) -> str:
    command = ["git", "-C", str(folder), *words]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{words}: {done.stderr}"
    return done.stdout


def committed(folder: Path, environment: Mapping[str, str]) -> str:
    git(folder, environment, "init", "--quiet")
    git(folder, environment, "add", "--all")
    git(folder, environment, "commit", "--quiet", "--message", "x")
    return git(folder, environment, "rev-parse", "HEAD").strip()


@pytest.fixture(scope="module")
def clone(repo: Path, environment: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A clean clone of this repository as it would be committed now, and its revision."""
    if not (repo / ".git").exists():
        pytest.skip("not a git checkout")
    folder = tmp_path_factory.mktemp("clone")
    for name in git(repo, environment, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (repo / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(repo / name, folder / name)
    return folder, committed(folder, environment)


@pytest.fixture
def sample(repo: Path, tmp_path: Path) -> Path:
    """Somebody's repository: a plan in data/ and figures in figures/."""
    shutil.copytree(repo / "data", tmp_path / "data")
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "2019 年.csv").write_text(GOOD, encoding="utf-8")
    (tmp_path / "README.md").write_text("x\n", encoding="utf-8")
    return tmp_path


def configured(sample: Path, hooks: list[dict[str, object]], **source: str) -> None:
    config = yaml.safe_dump({"repos": [{**source, "hooks": hooks}]}, allow_unicode=True)
    (sample / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")


def run_hooks(sample: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    committed(sample, environment)
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--verbose", "--color=never"]
    done = subprocess.run(command, cwd=sample, env=environment, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.fresh
def test_the_hooks_run_from_a_clean_clone(
    sample: Path,
    clone: tuple[Path, str],
    environment: Mapping[str, str],
    repo: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The whole way: pre-commit builds and installs the clone in an environment of its own, at the lock's versions."""
    constraints = tmp_path_factory.mktemp("pip") / "constraints.txt"
    pins = re.findall(
        r"^[A-Za-z0-9._-]+==\S+(?: ;[^\\\n]+)?", (repo / "requirements.lock").read_text("utf-8"), re.MULTILINE
    )
    assert len(pins) > 10
    constraints.write_text("\n".join(pins), encoding="utf-8")
    environment = {**environment, "PIP_CONSTRAINT": str(constraints), "PIP_BUILD_CONSTRAINT": str(constraints)}
    configured(sample, [{"id": hook} for hook in HOOKS], repo=str(clone[0]), rev=clone[1])
    code, told = run_hooks(sample, environment)
    if code == 3 and any(sign in told for sign in NO_INDEX):  # pre-commit's own code for what it did not expect
        pytest.skip("no package index can be reached to build the hooks' environment from")
    assert code == 0, told
    assert "targets.yaml" in told
    assert "1 of 52 met" in told
    (sample / "figures" / "2019 年.csv").write_text(BROKEN, encoding="utf-8")
    code, told = run_hooks(sample, environment)
    assert code == 1, told
    assert "2019 年.csv:2:10: error S203" in told


@pytest.mark.parametrize(
    ("name", "old", "new", "arguments", "code", "said"),
    [
        ("README.md", "x", "y", [], 0, "1 of 52 met"),
        ("figures/2019 年.csv", GOOD, BROKEN, [], 1, "figures/2019 年.csv:2:10: error S203"),
        ("figures/2019 年.csv", GOOD, MISSED, [], 0, "1 missed"),
        ("figures/2019 年.csv", GOOD, MISSED, ["--fail-on", "missed"], 1, "1 missed"),
        ("data/tasks.yaml", "ladder: works", "lader: works", [], 1, "error P104"),
        ("data/targets.yaml", "target: ≥41", "target: 41", [], 1, "error P107"),
    ],
)
def test_the_hooks_find_faults(  # noqa: PLR0913, PLR0917 - a case has as many parts
    repo: Path,
    sample: Path,
    environment: Mapping[str, str],
    name: str,
    old: str,
    new: str,
    arguments: list[str],
    code: int,
    said: str,
) -> None:
    """The same entries and files, with the program of this checkout: this needs no index."""
    offered = yaml.safe_load((repo / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert tuple(hook["id"] for hook in offered) == HOOKS
    args = {"czurban-check": arguments}
    configured(
        sample, [{**hook, "language": "system", "args": args.get(hook["id"], [])} for hook in offered], repo="local"
    )
    changed = (sample / name).read_text(encoding="utf-8").replace(old, new)
    (sample / name).write_text(changed, encoding="utf-8")
    found, told = run_hooks(sample, environment)
    assert found == code, told
    assert said in told


@pytest.mark.parametrize(
    ("name", "hook"),
    [
        ("data/targets.yaml", HOOKS[0]),
        ("plans/2020/tasks.yaml", HOOKS[0]),
        ("departments.yaml", HOOKS[0]),
        ("data/my-targets.yaml", None),
        ("mkdocs.yaml", None),
        ("figures/a.csv", HOOKS[1]),
        ("a.xlsx", HOOKS[1]),
        ("a.csv.bak", None),
    ],
)
def test_the_hooks_take_the_files_they_are_for(repo: Path, name: str, hook: str | None) -> None:
    offered = yaml.safe_load((repo / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [one["id"] for one in offered if re.search(one["files"], name)] == ([hook] if hook else [])
