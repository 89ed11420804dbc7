"""The bulletin through LibreOffice, as a reader would see it: what no reading of the file's structure can tell."""

import shutil
import subprocess
from pathlib import Path

import pytest

import czurban
from czurban.reporting.document import Document
from czurban.reporting.formats.registry import render

_NEEDED = ("soffice", "pdfinfo", "pdftotext")


def _run(*command: object) -> str:
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, timeout=600).stdout.decode()


@pytest.fixture(scope="module")
def pages(sample: Document, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of each page."""
    if missing := [name for name in _NEEDED if not shutil.which(name)]:
        pytest.skip(f"{missing[0]} is not installed")
    return _printed(render(sample, "docx"), tmp_path_factory.mktemp("office"))


def _printed(bulletin: bytes, folder: Path) -> list[str]:
    (folder / "sample.docx").write_bytes(bulletin)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "sample.docx")
    if not (folder / "sample.pdf").exists():
        pytest.skip("this LibreOffice has no Writer")
    return _pages(folder / "sample.pdf")


def _pages(pdf: Path) -> list[str]:
    return _run("pdftotext", "-layout", pdf, "-").split("\f")[:-1]


def test_every_page_has_its_number(pages: list[str]) -> None:
    last = [page.strip().splitlines()[-1].replace(" ", "") for page in pages]
    assert last == [f"—{number}—" for number in range(1, len(pages) + 1)]
    assert len(pages) > 2


def test_headings_and_items_have_their_numbers(pages: list[str]) -> None:
    text = "".join(pages).replace(" ", "")
    for line in (
        "一、总体情况",
        "二、主要指标",
        "（一）其中",
        "三、怪异文字",
        "1.市教育局：2",
        "（1）学校",
        "①公办",
        "2.市民政局：1",
    ):
        assert line in text


def test_the_head_of_a_long_table_comes_again(pages: list[str]) -> None:
    heads = [page.replace(" ", "").count("编号指标牵头单位实际结论说明") for page in pages]
    assert sum(heads) >= 3
    assert max(heads) == 1


def test_text_from_files_is_shown_as_it_is(pages: list[str], nasty: list[str]) -> None:
    text = "".join(pages)
    assert [text_ for text_ in nasty if text_ not in text] == []


def test_the_bulletin_of_the_shipped_plan_is_under_ten_pages(pages: list[str], repo: Path, tmp_path: Path) -> None:
    assert pages
    result = czurban.check(czurban.read_plan(repo / "data"), [repo / "examples" / "actuals-2019.csv"])
    czurban.report(result, lang="zh").save(tmp_path / "report.docx")
    printed = _printed((tmp_path / "report.docx").read_bytes(), tmp_path)
    assert "城镇绿色建筑占新建筑比重" in "".join(printed)
    assert len(printed) < 10
