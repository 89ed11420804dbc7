"""The Chinese pages have what the English ones have: each page, and on it each rule, option, link, heading and row."""

import re
from pathlib import Path

import pytest

from doc_commands import ROOT

ENGLISH, CHINESE = ROOT / "docs", ROOT / "docs" / "zh"
ONLY_ENGLISH = {Path("explanation/design.md")}
"""Pages for those who change the program, who read English."""
GENERATED = {Path("reference") / name for name in ("cli.md", "rules.md", "api.md")}
PAGES = sorted(page.relative_to(CHINESE) for page in CHINESE.rglob("*.md"))
WRITTEN = [page for page in PAGES if page not in GENERATED]
_BLOCK = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"\b[PS]\d{3}\b")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
_LINK = re.compile(r"(?<!!)\[[^]]*\]\(([^)]+)\)")
_HEADING = re.compile(r"^#+ ", re.MULTILINE)
_PAGE = re.compile(r"docs/[\w/-]+\.md")
_ROW = re.compile(r"^\|", re.MULTILINE)


def prose(page: Path) -> str:
    """Return a page without its blocks of code."""
    return _BLOCK.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> set[str]:
    """Return where a page links to; a link to a page of docs/zh counts as one to the English page."""
    targets = set()
    for link in _LINK.findall(prose(page)):
        name, mark, place = link.partition("#")
        path = (page.parent / name).resolve() if name else page
        if "://" in link:
            targets.add(link)
        else:
            folder = CHINESE if path.is_relative_to(CHINESE) else ENGLISH
            targets.add(f"{path.relative_to(folder).as_posix()}{mark}{place}")
    return targets


def test_each_page_is_there_in_both_languages() -> None:
    english = {page.relative_to(ENGLISH) for page in ENGLISH.rglob("*.md") if not page.is_relative_to(CHINESE)}
    assert set(PAGES) == english - ONLY_ENGLISH
    assert WRITTEN


@pytest.mark.parametrize("page", WRITTEN, ids=str)
def test_a_chinese_page_names_the_rules_options_and_pages_that_the_english_one_names(page: Path) -> None:
    english, chinese = prose(ENGLISH / page), prose(CHINESE / page)
    assert set(_CODE.findall(chinese)) == set(_CODE.findall(english))
    assert set(_OPTION.findall(chinese)) == set(_OPTION.findall(english))
    assert links(CHINESE / page) == links(ENGLISH / page)


@pytest.mark.parametrize("page", WRITTEN, ids=str)
def test_a_chinese_page_has_as_many_headings_rows_and_blocks_as_the_english_one(page: Path) -> None:
    texts = [prose(folder / page) for folder in (ENGLISH, CHINESE)]
    counts = [(len(_HEADING.findall(text)), len(_ROW.findall(text))) for text in texts]
    blocks = [len(_BLOCK.findall((folder / page).read_text(encoding="utf-8"))) for folder in (ENGLISH, CHINESE)]
    assert counts[0] == counts[1]
    assert blocks[0] == blocks[1]


def test_a_message_names_a_page_of_its_language() -> None:
    catalog = (ROOT / "src/czurban/words/locale/zh_CN/LC_MESSAGES/czurban.po").read_text(encoding="utf-8")
    pairs = re.findall(r'^msgid "(.*)"\nmsgstr "(.*)"$', catalog, re.MULTILINE)
    named = [(_PAGE.findall(english), _PAGE.findall(chinese)) for english, chinese in pairs if "docs/" in english]
    assert len(named) >= 5
    for english, chinese in named:
        assert [name.replace("docs/", "docs/zh/", 1) for name in english] == chinese
        assert all((ROOT / name).is_file() for name in (*english, *chinese))


def test_the_glossaries_pair_the_same_terms() -> None:
    page = Path("explanation/glossary.md")
    rows = [
        [
            tuple(cell.strip() for cell in line.split("|")[1:3])
            for line in prose(folder / page).splitlines()
            if "|" in line
        ]
        for folder in (ENGLISH, CHINESE)
    ]
    assert len(rows[0]) > 50
    assert [pair for pair in rows[0] if "---" not in pair and pair[0] != "Term"] == [
        (english, chinese) for chinese, english in rows[1] if "---" not in chinese and chinese != "术语"
    ]
