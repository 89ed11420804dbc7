"""What a person sees: the headline first, no more rows than can be read, and nothing that only a colour says."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from czurban.model.assessment import Assessment
from czurban.model.faults import finding
from czurban.model.finding import Place, say
from czurban.reporting.document import Column, Document, DocumentTable, Page, RowGroup, Strip, TableCell, Tone
from czurban.reporting.documents.check import check_report
from czurban.reporting.findings_text import findings_text
from czurban.reporting.formats.registry import render
from czurban.reporting.formats.screen import bar, findings_screen
from czurban.words.translator import Translator

Judge = Callable[..., Assessment]
WIDTHS = (60, 80, 100, 120, 160)
FIGURES = ("examples/actuals-2019.csv", "examples/progress-2019.csv")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="this system has no pseudo-terminals")


def lines_of(text: str) -> list[str]:
    from terminals import CODES  # noqa: PLC0415 - needs a system with terminals

    return CODES.sub("", text).splitlines()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("figures", FIGURES)
def test_the_shipped_plan_takes_sixty_lines(repo: Path, figures: str, language: str) -> None:
    from terminals import shown  # noqa: PLC0415 - as above

    lines = lines_of(shown(repo, ["check", figures], 100, language))
    assert len(lines) <= 60
    assert max(map(cell_len, lines)) <= 100
    texts = [" ".join(line.split()) for line in lines]
    heading = next(
        i for i, line in enumerate(texts) if line.startswith(("未达标（", "慢于序时（", "Missed (", "Behind ("))
    )
    assert heading <= 12
    assert any("--all" in line for line in texts[:heading])
    assert not any(line.endswith(("- 未填报", "- not reported")) for line in texts)


def test_all_lists_each_target(repo: Path) -> None:
    from terminals import shown  # noqa: PLC0415 - as above

    lines = lines_of(shown(repo, ["check", FIGURES[0], "--all"], 160, "en"))
    assert sum("- not reported" in line for line in lines) == 25
    assert not any("--all" in line for line in lines)


def test_no_colour_is_no_colour(repo: Path) -> None:
    from terminals import shown  # noqa: PLC0415 - as above

    text = shown(repo, ["check", FIGURES[1]], 80, "en", {"NO_COLOR": "1"})
    assert "\x1b" not in text
    assert "▼ behind" in text


@pytest.mark.parametrize("width", WIDTHS)
def test_every_width_shows_every_figure_and_names_what_it_leaves_out(judge: Judge, width: int) -> None:
    judged = judge("常住人口城镇化率,40.5,%,", "城镇常住人口,139,万人,", "城镇登记失业率,4.51,%,")
    report = check_report(judged, Translator("en"), scope=lambda _: True)
    text = render(report, "text", Page(width)).decode()
    head = next(line for line in text.splitlines() if "Verdict" in line)
    rows = text[text.index(head) :]
    assert [word for word in rows.split() if word in {"40.5", "139", "4.51"}] == ["40.5", "139", "4.51"]
    assert "19 of" not in text
    gone = next((line for line in rows.splitlines() if line.startswith("Left out")), "")
    for title in ("Lead", "Baseline", "Completion"):
        assert (title in gone) != (title in head)
    assert ("Lead" in gone) == (width < 100)


def test_notes_that_do_not_fit_stand_once_below_the_table(judge: Judge) -> None:
    judged = judge("城镇新增就业人数,1.6,万人,", "新增农业转移人口和其他常住人口落户城镇数量,9.1,万人,")
    report = check_report(judged, Translator("en"), scope=lambda _: True)
    narrow, wide = (render(report, "text", Page(width)).decode() for width in (80, 200))
    assert narrow.count("target looser than the baseline") == 1
    assert wide.count("target looser than the baseline") == 2
    assert "b target looser than the baseline" in narrow
    assert sum(line.endswith("  a b") for line in narrow.splitlines()) == 2


def test_one_long_text_widens_no_column_for_the_other_rows() -> None:
    columns = (Column("Name", main=True), Column("Lead"), Column("Value", number=True))
    rows = [(TableCell(f"n{i}"), TableCell("short"), TableCell(str(i))) for i in range(20)]
    rows[7] = (TableCell("n7"), TableCell("long " * 30), TableCell("7"))
    document = Document((DocumentTable(columns, (RowGroup("", tuple(rows)),)),))
    for page in (Page(100), Page()):
        lines = render(document, "text", page).decode().splitlines()
        others = [line for line in lines[2:] if "long" not in line]
        assert max(map(cell_len, others)) < 60
    assert render(document, "text", Page(100)).decode().count("long") == 30


@pytest.mark.parametrize(
    ("parts", "drawn"),
    [
        ((("met", 5, Tone.GOOD), ("missed", 5, Tone.BAD)), "█████▓▓▓▓▓"),
        ((("met", 999, Tone.GOOD), ("missed", 1, Tone.BAD)), "█████████▓"),
        ((("met", 1, Tone.GOOD), ("missed", 999, Tone.BAD)), "█▓▓▓▓▓▓▓▓▓"),
        ((("met", 0, Tone.GOOD), ("not reported", 3, Tone.QUIET)), "░░░░░░░░░░"),
        ((), ""),
    ],
)
def test_a_bar_can_be_read_without_colours(parts: tuple[tuple[str, int, Tone], ...], drawn: str) -> None:
    assert bar(Strip(parts), 10).plain == drawn


@pytest.mark.parametrize("width", [40, 60, 100])
def test_findings_stand_below_their_file_once_and_are_wrapped(width: int) -> None:
    places = [Place("很长的文件夹/figures.csv", 3, 7), Place("很长的文件夹/figures.csv", 4, 7), Place("b.csv", 1, 1)]
    many = [finding("S203", place, say("城镇" * 30), say("Write it as it is printed.")) for place in places]
    text = findings_screen(many, Translator("en"), Page(width), 0)
    lines = text.splitlines()
    assert max(map(cell_len, lines)) <= width
    assert text.count("figures.csv") == 1
    assert [line.split()[0] for line in lines if "error S203" in line] == ["3:7", "4:7", "1:1"]
    assert lines[-1] == "error: 3"
    assert "".join(text.split()).count("城镇") == 90


def test_piped_findings_keep_the_whole_place_in_each_line() -> None:
    text = findings_text([finding("S203", Place("a.csv", 3, 7), say("x"))], Translator("en"))
    assert text == "a.csv:3:7: error S203: x\n"
