"""Names, patterns and folders to files: what is taken, in which order, what is left out and why."""

import os
from pathlib import Path

import pytest

from czurban.errors import UnreadableError
from czurban.reading.sources import find_files as module
from czurban.reading.sources.file_names import TABLES
from czurban.reading.sources.find_files import find_files
from czurban.reading.sources.skipped_files import SkipReason

FIGURES = "指标,数值\n常住人口城镇化率,41.5\n"


def put(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FIGURES, encoding="utf-8")


def names(folder: Path, files: tuple[str, ...]) -> list[str]:
    return [Path(file).relative_to(folder).as_posix() for file in files]


@pytest.mark.parametrize("end", [*TABLES, ".CSV", ".XlsX"])
def test_every_type_of_table_is_taken_from_a_folder(tmp_path: Path, end: str) -> None:
    put(tmp_path / f"a{end}")
    result = find_files([tmp_path])
    assert names(tmp_path, result.files) == [f"a{end}"]
    assert result.left_out == ()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("~$a.xlsx", SkipReason.LOCK),
        (".~lock.a.ods#", SkipReason.LOCK),
        (".a.csv", SkipReason.HIDDEN),
        (".git/a.csv", SkipReason.HIDDEN),
        (".a.csv.czurban-0123abcd.tmp", SkipReason.UNFINISHED),
        ("scan.pdf", SkipReason.UNKNOWN),
        ("a.csv.bz2", SkipReason.UNKNOWN),
        ("a.tar.gz", SkipReason.UNKNOWN),
        ("no-ending", SkipReason.UNKNOWN),
    ],
)
def test_what_is_no_table_is_left_out_with_its_reason(tmp_path: Path, name: str, why: SkipReason) -> None:
    put(tmp_path / "a.csv", tmp_path / name)
    result = find_files([tmp_path])
    assert names(tmp_path, result.files) == ["a.csv"]
    assert [(Path(item.path).name, item.why) for item in result.left_out] == [(Path(name).parts[0], why)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("region,indicator,period,value,unit,verdict,bound,line\n", SkipReason.OUTPUT),
        ("Reminder: 某市工作方案\nTo 市公安局:\n", SkipReason.OUTPUT),
        ("填报提醒：某市工作方案\n市公安局：您好！\n", SkipReason.OUTPUT),
    ],
)
def test_what_czurban_wrote_is_left_out(tmp_path: Path, text: str, why: SkipReason) -> None:
    put(tmp_path / "a.csv")
    (tmp_path / "b.txt").write_text(text, encoding="utf-8")
    result = find_files([tmp_path])
    assert names(tmp_path, result.files) == ["a.csv"]
    assert [item.why for item in result.left_out] == [why]


def test_a_plans_own_tables_are_no_figures(tmp_path: Path) -> None:
    put(*(tmp_path / "p" / name for name in ("targets.yaml", "breakdown.csv", "regions.csv", "figures.csv")))
    put(tmp_path / "breakdown.csv")  # there is no plan in this folder
    result = find_files([tmp_path])
    assert names(tmp_path, result.files) == ["breakdown.csv", "p/figures.csv"]
    assert {item.why for item in result.left_out if item.path.endswith(".csv")} == {SkipReason.PLAN}


def test_the_order_is_natural_and_folders_are_looked_into(tmp_path: Path) -> None:
    order = ["2.csv", "3/a.csv", "10.csv", "b2.csv", "B10.csv", "c.csv"]
    put(*(tmp_path / name for name in reversed(order)))
    assert names(tmp_path, find_files([tmp_path]).files) == order
    assert names(tmp_path, find_files([tmp_path], deep=False).files) == [item for item in order if "/" not in item]
    pattern = find_files([str(tmp_path / "**" / "*.csv")])
    assert sorted(names(tmp_path, pattern.files)) == sorted(order)


def test_a_file_under_several_names_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "a.csv", tmp_path / "b.csv")
    (tmp_path / "c.csv").symlink_to("a.csv")
    os.link(tmp_path / "b.csv", tmp_path / "d.csv")
    monkeypatch.chdir(tmp_path)
    assert find_files(["b.csv", ".", "*.csv", "./a.csv", str(tmp_path / "a.csv")]).files == ("b.csv", "a.csv")


@pytest.mark.parametrize("name", ["[2019].csv", "a*.csv", "a?.csv", "[!].xlsx"])
def test_a_name_that_is_there_is_no_pattern(tmp_path: Path, name: str) -> None:
    put(tmp_path / name, tmp_path / "2.csv", tmp_path / "ab.csv")
    assert names(tmp_path, find_files([str(tmp_path / name)]).files) == [name]


def test_a_pattern_with_an_ending_takes_files_with_it(tmp_path: Path) -> None:
    put(tmp_path / "a.dat", tmp_path / "b.dat", tmp_path / ".c.dat", tmp_path / "~$d.dat")
    result = find_files([str(tmp_path / "*.dat")])
    assert names(tmp_path, result.files) == ["a.dat", "b.dat"]
    put(tmp_path / "a.csv")
    assert names(tmp_path, find_files([str(tmp_path / "*")]).files) == ["a.csv"]


@pytest.mark.parametrize("name", ["nothing.csv", "empty", "*.csv", "[ab].xlsx", "empty/*"])
def test_nothing_there_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "scan.pdf").write_bytes(b"%PDF")
    with pytest.raises(UnreadableError):
        find_files([str(tmp_path / name)])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes by name here")
def test_pipes_devices_and_links_that_lead_nowhere_are_left_out(tmp_path: Path) -> None:
    put(tmp_path / "a.csv", tmp_path / "other" / "x.csv")
    folder = tmp_path / "in"
    folder.mkdir()
    os.mkfifo(folder / "p.csv")
    (folder / "zero.csv").symlink_to("/dev/zero")
    (folder / "gone.csv").symlink_to("gone")
    (folder / "round.csv").symlink_to("round.csv")
    (folder / "up").symlink_to("..")
    (folder / "out.csv").symlink_to(tmp_path / "a.csv")
    result = find_files([folder])
    assert names(folder, result.files) == ["out.csv", "round.csv"]  # reading reports what is wrong with the second
    assert {Path(item.path).name: item.why for item in result.left_out} == {
        "p.csv": SkipReason.SPECIAL,
        "zero.csv": SkipReason.SPECIAL,
        "gone.csv": SkipReason.LINK,
        "up": SkipReason.LINK,
    }


def test_a_folder_that_cannot_be_listed_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "a.csv", tmp_path / "closed" / "b.csv")
    listed = Path.iterdir

    def refused(folder: Path) -> object:
        if folder.name == "closed":
            raise PermissionError(13, "no")
        return listed(folder)

    monkeypatch.setattr(module.Path, "iterdir", refused)
    result = find_files([tmp_path])
    assert names(tmp_path, result.files) == ["a.csv"]
    assert [(finding.code, finding.place and finding.place.file) for finding in result.findings] == [
        ("S120", str(tmp_path / "closed"))
    ]
    with pytest.raises(UnreadableError):
        find_files([tmp_path / "closed"])


def test_standard_input_and_a_clusters_names_are_taken_as_they_are() -> None:
    assert find_files(["-", "s3a://b/*.csv", "table:t"], elsewhere=True).files == ("-", "s3a://b/*.csv", "table:t")
    with pytest.raises(UnreadableError):
        find_files(["s3a://b/a.csv"])


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("**/*.csv", ["a.csv", "sub/[b]/c.csv", "sub/b.csv"]),
        ("**", ["a.csv", "sub/[b]/c.csv", "sub/b.csv"]),
        ("sub/**/*.csv", ["sub/[b]/c.csv", "sub/b.csv"]),
        ("**/[[]b]/*", ["sub/[b]/c.csv"]),
        ("./**/b.*", ["sub/b.csv"]),
        ("s*/**/**/c.csv", ["sub/[b]/c.csv"]),
        ("**.csv", ["a.csv"]),
    ],
)
@pytest.mark.parametrize("from_root", [False, True])
def test_a_pattern_of_any_depth_enters_no_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, wanted: list[str], *, from_root: bool
) -> None:
    put(*(tmp_path / name for name in ("a.csv", "sub/b.csv", "sub/[b]/c.csv", ".hidden/d.csv")))
    for folder in (tmp_path, tmp_path / "sub"):  # of two links that lead back, every path has another one without end
        (folder / "one").symlink_to(tmp_path)
        (folder / "two").symlink_to(tmp_path)
    monkeypatch.chdir(tmp_path)
    result = find_files([str(tmp_path / pattern) if from_root else pattern])
    assert sorted(os.path.relpath(file) for file in result.files) == wanted
