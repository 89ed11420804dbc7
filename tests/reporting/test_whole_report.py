"""The whole report: every part it must have, each figure with its denominator, the same in every textual format."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.cli.app import run
from czurban.model.assessment import Assessment
from czurban.reporting.document import Document, DocumentTable, Heading, Item, Items, Paragraph
from czurban.reporting.documents.records import Origin
from czurban.reporting.documents.whole import whole_report
from czurban.reporting.formats.registry import render
from czurban.words.translator import Translator

Judge = Callable[..., Assessment]
ROWS = (
    "常住人口城镇化率,41.2,%,",
    "城镇登记失业率,4.51,%,",
    "新增就业,1.6,万人,",
    "空气质量优良率,91,%,",
    "无此指标,1,,",
)


@pytest.fixture
def document(judge: Judge) -> Document:
    origin = Origin("2019-12-31 12:00", (("f1.csv", "ab" * 32),))
    return whole_report(judge(*ROWS), origin, Translator("en"), scope=lambda _: True)


def texts(document: Document) -> list[str]:
    """Every heading, sentence, item and cell."""
    texts_of_blocks: list[str] = []
    for block in document.blocks:
        match block:
            case Heading() | Paragraph():
                texts_of_blocks.append(block.text)
            case Items():
                texts_of_blocks += [text for item in block.items for text in _items(item)]
            case DocumentTable():
                texts_of_blocks += [column.title for column in block.columns]
                texts_of_blocks += [group.title for group in block.groups]
                texts_of_blocks += [cell.text for group in block.groups for row in group.rows for cell in row]
    return [" ".join(text.split()) for text in texts_of_blocks if text.strip()]


def _items(item: Item) -> list[str]:
    return [item.text, *(text for below in item.below for text in _items(below))]


def test_it_has_every_part(document: Document) -> None:
    assert [block.text for block in document.blocks if isinstance(block, Heading)][1:] == [
        "Overview",
        "Categories",
        "Departments",
        "Main indicators",
        "Task quantities",
        "Milestones",
        "Missed (1)",
        "Not reported (48)",
        "Met, but worse than the baseline (2)",
        "Faults in the data (2)",
        "How the figures were judged",
        "What this report was made from",
    ]


def test_the_summary_can_be_read_aloud(document: Document) -> None:
    sentences = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert any("of 52 targets" in sentence and "Missed: 城镇登记失业率." in sentence for sentence in sentences)


def test_the_tallies_add_up(document: Document) -> None:
    tables = [block for block in document.blocks if isinstance(block, DocumentTable)][:2]
    for table in tables:
        for row in table.groups[0].rows:
            counts = [int(cell.text) for cell in row[1:]]
            assert counts[0] == sum(counts[1:])
    by_category = tables[0].groups[0].rows
    assert sum(int(row[1].text) for row in by_category) == 52


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_every_heading_cell_and_number_is_in_every_format(document: Document, form: str) -> None:
    shown = re.sub(r"\s|\\", "", render(document, form).decode())
    missing = [text for text in texts(document) if re.sub(r"\s|\\", "", text) not in shown]
    assert missing == []


def test_numbers_stand_behind_their_texts(document: Document) -> None:
    cells = [
        cell
        for block in document.blocks
        if isinstance(block, DocumentTable)
        for group in block.groups
        for row in group.rows
        for cell in row
        if cell.value is not None
    ]
    assert len(cells) > 100
    for cell in cells:
        assert re.search(r"\d", cell.text), cell


def report(*arguments: str) -> int:
    return run(["report", *arguments, "--lang", "en"])


def test_the_same_input_gives_the_same_bytes(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1577836800")
    for form in ("text", "markdown", "json"):
        for name in ("a", "b"):
            assert report("examples/actuals-2019.csv", "-f", form, "-o", str(tmp_path / name)) == 0
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    record = json.loads((tmp_path / "a").read_text(encoding="utf-8"))
    assert record["made"] == "2020-01-01 00:00 UTC"
    assert {Path(entry["file"]).name for entry in record["inputs"]} >= {"targets.yaml", "actuals-2019.csv"}
    assert all(re.fullmatch("[0-9a-f]{64}", entry["sha256"]) for entry in record["inputs"])


def test_a_task_has_its_page(repo: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(repo)
    assert report("--task", "17") == 0
    shown = capfd.readouterr().out
    assert shown.count("开工") == 6
    assert "None." in shown
    assert report("--task", "99") == 2
    assert "no task 99" in capfd.readouterr().err


def test_all_departments_get_a_page_and_an_index(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo)
    folder = tmp_path / "pages"
    assert report("examples/actuals-2019.csv", "--all-depts", "-f", "markdown", "-o", str(folder)) == 0
    pages = {path.name for path in folder.iterdir()}
    assert "市公安局.md" in pages
    index = (folder / "index.md").read_text(encoding="utf-8")
    assert all(name in index for name in pages - {"index.md"})
    assert len(pages) == 33


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--dept", "市公安局", "--task", "1"), "each a report of its own"),
        (("--all-depts",), "--output FOLDER"),
        (("-o", "report.doc"), "docx (.docx)"),
        (("-f", "odt"), "no format"),
        (("--category", "天气"), "天气"),
    ],
)
def test_options_that_do_not_fit_are_errors(
    words: tuple[str, ...], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert report(*words) == 2
    assert message in capfd.readouterr().err


def test_a_file_in_the_place_of_the_folder_is_an_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert report("--all-depts", "-o", str(tmp_path / "file")) == 2
    assert "is the name of a file, and several files are written" in capfd.readouterr().err


def test_a_missing_extra_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def missing(_: str) -> None:
        raise ModuleNotFoundError(name="docx")

    monkeypatch.setattr("czurban.reporting.formats.registry.import_module", missing)
    assert report("-o", str(tmp_path / "x.docx")) == 2
    names = re.search(r"pip install (.+)", capfd.readouterr().err)
    assert names is not None
    assert sorted(re.findall(r'"([a-z0-9-]+)', names[1].lower())) == ["jinja2", "python-docx", "xlsxwriter"]


def test_the_name_of_the_file_chooses_the_format(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo)
    assert report("--category", "土地利用", "-o", str(tmp_path / "land.md")) == 0
    shown = (tmp_path / "land.md").read_text(encoding="utf-8")
    assert shown.startswith("# Results of “钦州市")
    assert "城镇常住人口（万人）" not in shown
