"""Each command that a page shows is run, and prints what the page shows."""

import re
from functools import cache
from pathlib import Path

import pytest

import doc_commands
from doc_commands import ROOT, blocks, complaint, matches, rewritten, run_page, run_page_in, shortened
from running import run_in

PAGE = ROOT / "docs" / "index.md"


@pytest.mark.parametrize("page", doc_commands.pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_shows_what_its_commands_print(page: Path) -> None:
    wrong = [complaint(page, step) for step in run_page(page) if not step.agrees]
    assert not wrong, "\n\n".join([*wrong, "`make docs` writes what is printed."])


def test_a_page_whose_output_differs_is_found_and_rewritten() -> None:
    text = "```console\n$ czurban --version\nczurban 0\n$ echo $?\n0\n```\n"
    steps = run_page(PAGE, text)
    assert [step.agrees for step in steps] == [False, True]
    assert "It prints:\nczurban " in complaint(PAGE, steps[0])
    new = rewritten(text, steps)
    assert all(step.agrees for step in run_page(PAGE, new))


def test_standard_error_is_shown_too_and_files_are_written_for_the_commands_below_them() -> None:
    text = "Save this as `in/a.csv`:\n\n```csv\n指标,数值\n不存在,1\n```\n"
    text += "\n```console\n$ cat in/*.csv\n指标,数值\n不存在,1\n```\n"
    assert [step.agrees for step in run_page(PAGE, text)] == [True]
    (step,) = run_page(PAGE, text.replace("$ cat in/*.csv\n指标,数值\n不存在,1", "$ czurban check in/a.csv"))
    assert "S201: " in "\n".join(step.printed or [])


@pytest.mark.parametrize("words", ["Another one, long.\nSave it as\n`a.csv`:", "另一个例子。\n请保存为\n`a.csv`："])
def test_the_name_of_a_file_may_stand_in_the_line_after(words: str) -> None:
    text = f"A page.\n\n{words}\n\n```csv\n指标,数值\n```\n\n```console\n$ cat a.csv\n指标,数值\n```\n"
    assert [step.agrees for step in run_page(PAGE, text)] == [True]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("```sh\nczurban check missing.csv\n```", "ended with exit code 2"),
        ("```sh\ncurl example.org\n```", "curl is in no list"),
        ("```console\n$ curl example.org\n```", None),
        ("```console\n$ cat a.csv > b.csv\n```", None),
        ("```text\n$ czurban check a.csv\n```", "holds a command"),
        ("```\nczurban check a.csv\n```", "holds a command"),
        ("```bash\nczurban check a.csv\n```", "holds a command"),
    ],
)
def test_no_command_slips_through(text: str, fault: str | None) -> None:
    (step,) = run_page(PAGE, text)
    assert not step.agrees
    assert fault is None or fault in (step.fault or "")


def test_commands_that_no_test_can_run_are_listed_with_a_reason() -> None:
    text = "```sh\n# a comment\ngit clone x\nczurban check a.csv --engine spark\nczurban rule P101\n```"
    assert [(step.agrees, step.printed) for step in run_page(PAGE, text)] == [(True, None)] * 3
    assert all(doc_commands.NOT_RUN.values())


@pytest.mark.parametrize(
    "shown",
    [
        ["a", "b", "c"],
        ["a", "...", "c"],
        ["...", "c"],
        ["a", "..."],
        ["a", "b", "c", "..."],
        ["...", "b", "..."],
    ],
)
def test_three_dots_stand_for_any_lines(shown: list[str]) -> None:
    assert matches(shown, ["a", "b", "c"])


@pytest.mark.parametrize(
    "shown",
    [
        ["a", "b"],
        ["...", "d", "..."],
        ["b", "..."],
        ["a", "...", "b"],
        ["a", "b", "...", "b", "c"],
    ],
)
def test_lines_around_three_dots_are_compared(shown: list[str]) -> None:
    assert not matches(shown, ["a", "b", "c"])


def test_output_is_shortened_as_the_page_did() -> None:
    assert shortened(["x", "...", "y"], ["a", "b", "c", "d"]) == ["a", "...", "d"]
    assert shortened(["x"], ["a", "b"]) == ["a", "b"]
    assert shortened(["x", "...", "y"], ["a"]) == ["a"]
    printed = ["head", "one row", "another row: met", "a third row", "tail"]
    assert shortened(["...", "another row: missed", "..."], printed) == ["...", "another row: met", "..."]
    assert shortened(["x", "...", "third", "...", "y"], printed) == ["head", "...", "a third row", "...", "tail"]


def test_a_command_goes_on_in_the_next_line_and_indented_blocks_are_read() -> None:
    (block,) = blocks("1. Do this:\n\n   ```console\n   $ echo a \\\n       b\n   a b\n   ```\n")
    assert block.lines == ("$ echo a \\", "    b", "a b")
    text = "```console\n$ echo a \\\n    b\na b\n```"
    assert [step.agrees for step in run_page(PAGE, text)] == [True]


@pytest.mark.parametrize(("page", "example"), [("tutorial.md", "tutorial"), ("zh/tutorial.md", "tutorial-zh")])
def test_the_example_of_a_tutorial_is_what_the_tutorial_ends_with(page: str, example: str, tmp_path: Path) -> None:
    run_page_in(tmp_path, ROOT / "docs" / page)
    kept = ROOT / "examples" / example
    files = [path.relative_to(kept) for path in sorted(kept.rglob("*")) if path.suffix in {".yaml", ".csv"}]
    assert len(files) == 4
    assert [(kept / file).read_bytes() for file in files] == [(tmp_path / file).read_bytes() for file in files]


@pytest.mark.parametrize("page", doc_commands.pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_command_in_a_sentence_exists_and_has_its_options(page: Path) -> None:
    text = re.sub(r"^ *(```|~~~).*?^ *\1", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for words in (found.split() for found in re.findall(r"`czurban ([^`]+)`", text)):
        command = words[0] if not words[0].startswith("-") else ""
        options = {word.partition("=")[0] for word in words if re.match(r"-\w|--\w", word)}
        shown = options_of(command)
        assert options <= shown, f"{page.name}: czurban {' '.join(words)}"


@cache
def options_of(command: str) -> set[str]:
    """The options that a command's help names."""
    code, out, err = run_in(ROOT, [*filter(None, [command]), "--help"], "en")
    assert code == 0, err
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", out))
