from pathlib import Path

import pytest

import structure
from structure import Measure, entered_files, main, measure

JUDGE = '''"""Judge."""

from czurban.model import Thing


def judge(thing: Thing) -> int:
    """Judge."""
    return 1
'''
FILES = {
    "__init__.py": '"""A package."""\n',
    "model.py": '"""Hold the model."""\n\n\nclass Thing:\n    """A thing."""\n',
    "judge.py": JUDGE + "".join(f"\n\ndef _part_{number}() -> int:\n    return 1\n" for number in range(20)),
    "cli/__init__.py": '"""Commands."""\n',
    "cli/app.py": '"""Run."""\n\nCOMMANDS = ["czurban.cli.check"]\n',
    "cli/check.py": '"""Check."""\n\nfrom czurban import model\n',
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small made-up tree whose shape holds, but for the median length of its modules."""
    for name, text in FILES.items():
        write(tmp_path, f"src/czurban/{name}", text)
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def taken(root: Path) -> dict[str, Measure]:
    return {one.name: one for one in measure(root)}


def over(root: Path) -> set[str]:
    return {one.name for one in measure(root) if not one.holds} - {"median module, lines"}


def test_a_small_tree_passes_no_limit(tree: Path) -> None:
    assert over(tree) == set()
    assert taken(tree)["files of src"].value == "6"
    assert taken(tree)["lines of cli"].value == "7"


LONG = "longest module, lines"
DEEP = "longest function, lines of code"
CLASSES = "names of several classes"
ANNOTATED = "functions annotated"
DOCUMENTED = "public things documented"
WORDS, NAMES = "banned words in src", "banned names in src"


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("\n" * 350, LONG, ": 351"),
        ("def deep() -> int:\n    'D'\n" + "    x = 1\n" * 49 + "    return x\n", DEEP, ":2 deep: 51"),
        ("class Thing:\n    'A'\n", CLASSES, ":2"),
        ("class B:\n    'B'\n    def m(self, x) -> int:\n        'M'\n", ANNOTATED, ":4 m"),
        ("class B:\n    'B'\n    @staticmethod\n    def m(x) -> int:\n        'M'\n", ANNOTATED, ":5 m"),
        ("def b():\n    'B'\n", ANNOTATED, ":2 b"),
        ("def b(*x) -> int:\n    'B'\n", ANNOTATED, ":2 b"),
        ("def m() -> int:\n    return 1\n", DOCUMENTED, ":2 m"),
        ("class M:\n    'M'\n    def m(self) -> int:\n        return 1\n", DOCUMENTED, ":4 M.m"),
        ("is_unjudged = 1\n", WORDS, ":2: unjudged"),
        ("UnjudgedRow = 1\n", WORDS, ":2: unjudged"),
        ("# so that it is\n# held by A against B\n", WORDS, ":3: held by a against"),
        ("one = 1\n", NAMES, ":2: one"),
        ("def f(seen: int) -> None:\n    'F'\n", NAMES, ":2: seen"),
        ("class Axis:\n    'A'\n", NAMES, ":2: class Axis"),
    ],
)
def test_what_passes_a_limit_is_found_with_its_place(tree: Path, text: str, name: str, place: str) -> None:
    write(tree, "src/czurban/other.py", f'"""Other."""\n{text}')
    assert over(tree) == {name}
    (shown,) = taken(tree)[name].places
    assert shown.endswith(f"src/czurban/other.py{place}")


def test_a_module_without_a_docstring_is_found(tree: Path) -> None:
    write(tree, "src/czurban/mute.py", "X = 1\n")
    assert taken(tree)[DOCUMENTED].places == ("src/czurban/mute.py:1 czurban.mute",)


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 349,
        "def deep() -> int:\n    'D'\n" + "    x = 1\n\n    # x\n" * 48 + "    return x\n",
        "def _p() -> int:\n    return 1\n\n\nclass _C:\n    def m(self) -> int:\n        return 1\n",
        "class C:\n    'C'\n    def __len__(self) -> int:\n        return 1\n",
        "# One that is found by its own settings, amended. Holding on. No matter, as against others.\n",
    ],
)
def test_what_is_within_the_limits_is_not_reported(tree: Path, text: str) -> None:
    write(tree, "src/czurban/other.py", f'"""Other."""\n{text}')
    assert over(tree) == set()


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "docs/a/page.md"])
def test_documents_are_searched_for_banned_words_across_lines(tree: Path, name: str) -> None:
    write(tree, name, "# Figures\n\nare reckoned, and held\nagainst others, for\nwant of better.\n")
    places = taken(tree)["banned words in documents"].places
    assert places == (f"{name}:3: reckoned", f"{name}:3: held against", f"{name}:4: for want of")


def test_a_word_that_is_allowed_is_not_reported(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("banned_words.ALLOWED", {"`--told`": "an option of another program"})
    write(tree, "README.md", "Use `--told`.\n\nIt told.\n")
    assert taken(tree)["banned words in documents"].places == ("README.md:3: told",)


def test_imports_anywhere_count_and_commands_loaded_by_name_do_not(tree: Path) -> None:
    inside = "def a() -> None:\n    'A'\n    from .judge import judge\n    judge()\n"
    write(tree, "src/czurban/a.py", f'"""A."""\n{inside}')
    write(tree, "src/czurban/b.py", '"""B."""\n\nfrom czurban.cli import check\n')
    single = taken(tree)
    assert single["modules with a single importer"].value == "1"  # model has two importers, cli.check is a command
    assert single["of these imported at its top"].value == "0"
    write(tree, "src/czurban/a.py", f'"""A."""\n\nfrom .judge import judge\n\n{inside}')
    assert taken(tree)["of these imported at its top"].places == ("src/czurban/judge.py ← czurban.a",)
    write(tree, "src/czurban/c.py", '"""C."""\n\nimport czurban.judge\n')
    assert taken(tree)["modules with a single importer"].value == "0"


def test_too_many_modules_with_a_single_importer_pass_the_limit(tree: Path) -> None:
    names = [f"m{number}" for number in range(36)]
    for name in names:
        write(tree, f"src/czurban/f{int(name[1:]) % 3}/{name}.py", '"""M."""\n')
    lines = "".join(f"import czurban.f{int(name[1:]) % 3}.{name}\n" for name in names)
    write(tree, "src/czurban/user.py", f'"""U."""\n\n{lines}')
    assert over(tree) == {"modules with a single importer", "of these imported at its top"}


def test_a_folder_with_too_many_modules_passes_the_limit(tree: Path) -> None:
    for number in range(18):
        write(tree, f"src/czurban/full/m{number}.py", '"""M."""\n')
    write(tree, "src/czurban/full/__init__.py", '"""F."""\n')
    assert over(tree) == set()
    write(tree, "src/czurban/full/m18.py", '"""M."""\n')
    assert taken(tree)["fullest folder, modules"].places == ("src/czurban/full: 19",)


def test_the_median_module_is_not_to_be_short(tree: Path) -> None:
    for number in range(5):
        write(tree, f"src/czurban/m{number}.py", '"""M."""\n' + "\n" * 99)
    assert taken(tree)["median module, lines"] == Measure("median module, lines", "100", "100–160", holds=True)
    write(tree, "src/czurban/m0.py", '"""M."""\n')
    assert not taken(tree)["median module, lines"].holds


def test_entered_files_are_those_whose_functions_run(tree: Path, repo: Path) -> None:
    found = entered_files(repo, ["--version"], tree / "entered")
    assert "czurban/cli/app.py" in found.places
    assert "czurban/checking/assess.py" not in found.places
    assert found.value == str(len(found.places))


@pytest.mark.parametrize(
    ("passed", "arguments", "code"),
    [
        (Measure("size", "5", "≤ 5", holds=True), [], 0),
        (Measure("size", "7", "≤ 5", holds=False, places=tuple("abcdefg")), [], 1),
        (Measure("size", "7", "≤ 5", holds=False, places=tuple("abcdefg")), ["--report"], 0),
        (Measure("size", "7", "≤ 5", holds=False, places=tuple("abcdefg"), fails=False), [], 0),
    ],
)
def test_a_passed_limit_fails_unless_it_is_only_printed(
    passed: Measure,
    arguments: list[str],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(structure, "measure", lambda _: [passed])
    monkeypatch.setattr(structure, "entered_files", lambda *_: Measure("entered", "1", "≤ 60", holds=True))
    assert main(arguments) == code
    printed = capsys.readouterr().out
    assert printed.splitlines()[1].split()[:4] == ["size", passed.value, "≤", "5"]
    assert ("… and 2 more" in printed) is not passed.holds
    assert main([*arguments, "--details"]) == code
    assert ("  g\n" in capsys.readouterr().out) is not passed.holds
