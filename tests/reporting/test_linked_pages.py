"""The index of departments and their pages lead to each other, in every format that has links."""

import re
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest

from czurban.cli.app import run

LINKS = {
    "docx": ("word/document.xml", r'HYPERLINK "([^"]+)"'),
    "xlsx": ("xl/worksheets/_rels/", r'Target="(?:file:///)?([^"]+)" TargetMode="External"'),
    "html": ("", r'href="\./([^"#]+)"'),
    "markdown": ("", r"\]\(<([^>]+)>\)"),
}


def links(path: Path, form: str) -> set[str]:
    inside, pattern = LINKS[form]
    if not inside:
        return {unquote(name) for name in re.findall(pattern, path.read_text("utf-8"))}
    with zipfile.ZipFile(path) as packed:
        texts = [packed.read(name).decode() for name in packed.namelist() if name.startswith(inside)]
    return {unquote(name) for text in texts for name in re.findall(pattern, text)}


@pytest.mark.parametrize("form", LINKS)
def test_index_and_pages_lead_to_each_other(form: str, repo: Path, tmp_path: Path) -> None:
    figures = repo / "examples" / "actuals-2019.csv"
    call = ["report", str(figures), "--plan", str(repo / "data"), "--all-depts", "-f", form, "-o", str(tmp_path)]
    assert run(call) == 0
    files = {path.name for path in tmp_path.iterdir()}
    index = next(name for name in files if name.startswith("index."))
    if form != "markdown":  # its table names the files
        assert links(tmp_path / index, form) == files - {index}
    page = next(path for path in tmp_path.iterdir() if path.stem == "市公安局")
    assert links(page, form) == {index}
