"""Comments that hide findings: which lines they reach, what they may hide, and what only looks like one."""

from pathlib import Path

import pytest

from czurban.reading.plan.ignores import ignores_in, read_ignores

WHY = "czurban: ignore P202 because 有据"


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        (f"a: b  # {WHY}\nc: d\n", (1, 1)),
        (f"# {WHY}\na: b\nc: d\n", (2, 2)),
        (f"# {WHY}\n\n# more\n  \na: b\nc: d\n", (5, 5)),
        (f"# {WHY}\r\na:\r\n  - b\r\n  - c\r\n\r\n# x\r\nd: e\r\n", (2, 4)),
        (f"a:\n  # {WHY}\n  - b: 1\n    c: [1,\n      2]\n  - d\n", (3, 5)),
        (f"a:\n  - b: 1  # {WHY}\n    c: 2\n", (2, 2)),
        (f"a:\n  - b: 1\n    # {WHY}\n    c: 2\n    d: 3\n", (4, 4)),
        (f"a:\n  - b\n# {WHY}\n", (3, 3)),
        (f"a: |  # {WHY}\n  text\n", (1, 1)),
        (f"# {WHY}\na: |\n  text\n\n  text\n\n\nb: c\n", (2, 5)),
        (f"a: 'x # y'  # {WHY}\n", (1, 1)),
        (f"#{WHY}\na:\nb: c\n", (2, 2)),
        (f"{{a: b,  # {WHY}\n c: d}}\n", (1, 1)),
    ],
)
def test_a_comment_reaches_its_line_or_what_begins_below_it(text: str, reach: tuple[int, int]) -> None:
    ignores, findings = ignores_in("f", text)
    assert [(ignore.code, ignore.first, ignore.last) for ignore in ignores] == [("P202", *reach)]
    assert findings == []


@pytest.mark.parametrize(
    "text",
    [
        f"a: 'x # {WHY}'\n",
        f'a: "x\n  # {WHY}"\n',
        f"a: |\n  x\n  # {WHY}\n",
        f"a: >-\n  # {WHY}\nb: c\n",
        f"a: b#{WHY}\n".replace(": i", ":i"),
        f"a: b  # see # {WHY}\n",
        "# czurban: ignored P202 because x\na: b\n",
        "# czurban is a program\na: b\n",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    assert ignores_in("f", text) == ([], [])


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("# czurban: ignore P201, P202 because x", ["P201", "P202"]),
        ("# czurban: ignore P201，P202 因为原文如此", ["P201", "P202"]),
        ("# czurban：ignore P201、p202因为：原文", ["P201", "P202"]),
        ("# Czurban: ignore P201 BECAUSE it is because", ["P201"]),
    ],
)
def test_several_codes_in_both_languages(comment: str, codes: list[str]) -> None:
    ignores, findings = ignores_in("f", f"{comment}\na: b\n")
    assert [ignore.code for ignore in ignores] == codes
    assert findings == []


@pytest.mark.parametrize(
    ("comment", "codes", "words"),
    [
        ("# czurban: ignore P202", ["P114"], "no reason"),
        ("# czurban: ignore P202 because", ["P114"], "no reason"),
        ("# czurban: ignore P202 因为：", ["P114"], "no reason"),
        ("# czurban: ignore P202 in due course", ["P116", "P116", "P116", "P114"], "IN"),
        ("# czurban: ignore because x", ["P116"], "no code"),
        ("# czurban: ignore", ["P116", "P114"], "no code"),
        ("# czurban: ignore P2002 because x", ["P116"], "P2002"),
        ("# czurban: ignore P2 because x", ["P116"], "P2"),
        ("# czurban: ignore P107 because x", ["P116"], "P107 cannot be hidden"),
        ("# czurban: ignore S218 because x", ["P116"], "S218 cannot be hidden"),
    ],
)
def test_p114_and_p116_hide_nothing(comment: str, codes: list[str], words: str) -> None:
    ignores, findings = ignores_in("f", f"a: b\n  {comment}\n")
    assert ignores == []
    assert [finding.code for finding in findings] == codes
    assert {str(finding.place) for finding in findings} == {"f:2:3"}
    assert words in str(findings[0].message)


def test_p116_names_the_nearest() -> None:
    _, findings = ignores_in("f", "# czurban: ignore P20 because x\na: b\n")
    assert "P202" in str(findings[0].hint)


def test_a_known_code_with_an_unknown_one_still_hides() -> None:
    ignores, findings = ignores_in("f", "# czurban: ignore P202, P299 because x\na: b\n")
    assert [ignore.code for ignore in ignores] == ["P202"]
    assert [finding.code for finding in findings] == ["P116"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_files_of_a_plan(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "targets.yaml").write_text(f"# {WHY}\na: b\n", encoding=encoding)
    (tmp_path / "tasks.yaml").write_text(f"# {WHY}\na: [\n", encoding=encoding)
    (tmp_path / "departments.yaml").write_text("a: b\n", encoding=encoding)
    ignores, findings = read_ignores(tmp_path)
    assert [str(ignore.place) for ignore in ignores] == [f"{tmp_path}/targets.yaml:1:1"]
    assert findings == ()
