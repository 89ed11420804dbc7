"""No command writes over what it reads, whatever that is called; and nothing else is lost by a write."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from workplace import CALLS, INPUTS, contents, make_workplace

from czurban.app.pages.folder import file_names
from czurban.cli.app import run
from czurban.errors import OutputError
from czurban.files.inputs import is_output, is_same_place, note_inputs, tracked_inputs
from czurban.files.writing import is_temporary, replaced, write_file

Place = Callable[..., Path]
FAILING = ("check", "in/a.csv", "--each-region", "--failures")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "w").mkdir()
    make_workplace(tmp_path / "w")
    monkeypatch.chdir(tmp_path / "w")
    for name in ("CZURBAN_LANG", "CZURBAN_PLAN"):
        monkeypatch.delenv(name, raising=False)


def ways(target: Path, ending: str) -> Iterator[tuple[str, str]]:
    """Every way to name a file; links get the ending that the command writes."""
    yield "plain", str(target)
    yield "with a dot", f"./{target}"
    yield "by another folder", f"in/../{target}"
    yield "absolute", str(target.absolute())
    Path(f"symbolic{ending}").symlink_to(target)
    yield "symbolic link", f"symbolic{ending}"
    Path(f"twice{ending}").symlink_to(f"symbolic{ending}")
    yield "link to a link", f"twice{ending}"
    os.link(target, f"hard{ending}")
    yield "hard link", f"hard{ending}"
    other = target.with_name(target.name.swapcase())
    if other.exists():  # on a file system where letters' case makes no difference
        yield "other case", str(other)


@pytest.mark.parametrize(
    ("name", "kind"), [(name, kind) for name, (_, _, kinds) in CALLS.items() for kind in kinds], ids=str
)
def test_no_command_writes_over_what_it_reads(name: str, kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    words, formats, _ = CALLS[name]
    ending = ".csv" if "csv" in formats else ".json"
    force = ("--force",) if words[0] == "template" else ()
    before = contents(Path())
    for way, output in ways(Path(INPUTS[kind]), ending):
        code = run([*words, *force, "-o", output])
        after = contents(Path())
        assert {path: after.get(path) for path in before} == before, (way, output)
        assert code == 2, (way, output)
        assert output.rpartition("/")[2] in capfd.readouterr().err


@pytest.mark.parametrize("kind", ["figures", "plan"])
def test_failures_are_not_written_over_what_is_read(kind: str) -> None:
    before = contents(Path())
    for way, output in ways(Path(INPUTS[kind]), ".csv"):
        assert run([*FAILING, output]) == 2, way
        after = contents(Path())
        assert {path: after.get(path) for path in before} == before, (way, output)


@pytest.mark.parametrize("words", [("check", "in/a.csv"), ("rule", "P214"), ("list", "tasks")], ids=" ".join)
@pytest.mark.parametrize("name", ["breakdown.csv", "regions.csv", "BREAKDOWN.CSV"])
def test_no_answer_becomes_a_file_of_a_plan(words: tuple[str, ...], name: str) -> None:
    assert run([*words, "-o", f"plan/{name}"]) == 2
    assert not Path("plan", name).exists()
    assert run([*FAILING, f"plan/{name}"]) == 2
    assert not Path("plan", name).exists()


@pytest.mark.parametrize("words", [("rule", "P214"), ("list", "tasks"), ("check", "before/a.csv")], ids=" ".join)
@pytest.mark.parametrize(
    "name", ["in/a.csv", "forms/市公安局.xlsx", "forms/市公安局.csv", "wide.csv", "in.gbk.csv", "actuals.xlsx"]
)
def test_figures_that_somebody_sent_are_not_replaced_even_where_they_are_not_read(
    words: tuple[str, ...], name: str, repo: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for form in ("xlsx", "csv"):
        assert run(["template", "--dept", "市公安局", "-f", form, "-o", "forms"]) == 0
    shutil.copy(repo / "examples" / "actuals-2019.xlsx", "actuals.xlsx")
    shutil.copy(repo / "examples" / "counties" / "figures.csv", "wide.csv")
    shutil.copy(repo / "examples" / "actuals-2019-gbk.csv", "in.gbk.csv")
    Path("symbolic.csv").symlink_to(name)
    before = contents(Path())
    for output in (name, "symbolic.csv"):
        form = ("-f", "csv") if output.endswith(".csv") else ()
        assert run([*words, *form, "-o", output]) == 2
        assert run([*FAILING[:1], "before/a.csv", "--failures", output]) == 2
    assert contents(Path()) == before
    assert capfd.readouterr().err.count("error: ") == 4


@pytest.mark.parametrize("name", ["answer.csv", "answer.txt", "answer.json", "answer.xlsx"])
def test_a_file_named_with_output_is_replaced_where_it_is_no_input(name: str) -> None:
    """Whether it is an earlier answer, derived figures, or anything else that nobody can have sent as figures."""
    for words in (("ledger", "in/a.csv"), ("compute", "in/a.csv"), ("report", "in/a.csv"), ("compute", "in/a.csv")):
        assert run([*words, "-o", name]) in (0, 1)
        assert run([*words, "-o", name]) in (0, 1)
    Path(name).write_bytes(b"name;price\nbread;3\n")
    assert run(["ledger", "in/a.csv", "-o", name]) in (0, 1)
    assert b"bread" not in Path(name).read_bytes()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_pages_do_not_replace_the_forms_they_are_made_from(form: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["template", "--all-depts", "-f", form, "-o", "forms"]) == 0
    before = contents(Path("forms"))
    forms = [str(path) for path in before]
    for force in ((), ("--force",)):
        assert run(["report", "--all-depts", "-f", form, "-o", "forms", *force, *forms]) == 2
        assert contents(Path("forms")) == before
    assert "one of the files that this run reads" in capfd.readouterr().err


@pytest.mark.parametrize("form", ["text", "markdown", "html", "docx", "xlsx", "json", "csv"])
def test_pages_replace_earlier_pages_and_nothing_else(form: str, capfd: pytest.CaptureFixture[str]) -> None:
    words = ["report", "in/a.csv", "--all-depts", "-f", form, "-o", "pages"]
    assert run(words) == 0
    before = contents(Path("pages"))
    assert run(words) == 0
    assert contents(Path("pages")).keys() == before.keys()
    page = next(path for path in before if path.stem == "市公安局")
    page.write_bytes(b"the work of an afternoon")
    others = contents(Path("pages"))
    assert run(words) == 2
    assert contents(Path("pages")) == others
    assert f"{page} exists already" in capfd.readouterr().err
    assert run([*words, "--force"]) == 0
    assert contents(Path("pages")).keys() == before.keys()
    assert page.read_bytes() != b"the work of an afternoon"


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.replace("公安".encode(), "公安（待核）".encode(), 1),
        lambda page: page + b"\n",
        lambda page: page.replace(b"\n", b"\r\n"),
        lambda page: page.removesuffix(b"\n").rpartition(b"\n")[0],
        lambda page: page[len(page) // 2 :],
    ],
    ids=["a word", "a line at the end", "the line ends", "no last line", "a half"],
)
def test_a_page_that_was_changed_by_hand_is_kept(form: str, change: Callable[[bytes], bytes]) -> None:
    words = ["report", "in/a.csv", "--all-depts", "-f", form, "-o", "pages"]
    assert run(words) == 0
    page = next(path for path in Path("pages").iterdir() if path.stem == "市公安局")
    page.write_bytes(change(page.read_bytes()))
    before = contents(Path("pages"))
    assert run(words) == 2
    assert contents(Path("pages")) == before
    assert run([*words, "--force"]) == 0


def test_a_page_that_was_saved_in_an_office_program_is_kept() -> None:
    import docx  # noqa: PLC0415 - for this test alone

    words = ["report", "in/a.csv", "--all-depts", "-f", "docx", "-o", "pages"]
    assert run(words) == 0
    page = Path("pages/市公安局.docx")
    edited = docx.Document(str(page))
    edited.add_paragraph("批示")
    edited.core_properties.last_modified_by = "张三"
    edited.save(str(page))
    before = contents(Path("pages"))
    assert run(words) == 2
    assert contents(Path("pages")) == before


@pytest.mark.parametrize("way", ["folder", "file"])
def test_a_form_that_may_be_filled_in_is_replaced_with_force_alone(way: str) -> None:
    output = "forms" if way == "folder" else "form.csv"
    words = ["template", "--dept", "市公安局", "-f", "csv", "-o", output]
    assert run(words) == 0
    form = Path("form.csv") if way == "file" else Path("forms/市公安局.csv")
    blank = form.read_bytes()
    form.write_bytes(blank + b"filled in")
    assert run(words) == 2
    assert form.read_bytes() == blank + b"filled in"
    assert run([*words, "--force"]) == 0
    assert form.read_bytes() == blank


@pytest.mark.parametrize("links", [True, False])
def test_a_form_that_appears_while_others_are_written_is_kept(monkeypatch: pytest.MonkeyPatch, *, links: bool) -> None:
    """As when two runs write to one folder: what the first has written may have been filled in."""

    def late(folder: Path) -> None:
        folder.mkdir()
        (folder / "市公安局.csv").write_bytes(b"filled in")

    def no_links(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("czurban.app.collection.make_folder", late)
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", no_links)
    assert run(["template", "--all-depts", "-f", "csv", "-o", "forms"]) == 2
    assert Path("forms/市公安局.csv").read_bytes() == b"filled in"
    assert not [path for path in Path("forms").iterdir() if is_temporary(path.name)]


def test_a_name_that_another_run_takes_meanwhile_is_kept() -> None:
    def both() -> None:
        with replaced(Path("x.csv"), new=True) as unfinished:
            unfinished.write_bytes(b"ours")
            Path("x.csv").write_bytes(b"theirs")

    with pytest.raises(OutputError, match="something of this name already"):
        both()
    assert Path("x.csv").read_bytes() == b"theirs"


NAMES = [
    *("甲/乙局", "甲:乙局", "甲%2F乙局", "甲_乙局", "index", "INDEX", "Index.局", "con", "LPT1", "nul.局"),
    *(".局", "局.", " 局", "局 ", "~$局", "it办", "IT办", "It办", "..", "é局", "e\u0301局", "*", "a\tb\\c"),
]


def test_names_of_departments_become_names_of_files_that_differ_and_can_be_read_back() -> None:
    names = file_names(NAMES)
    assert [unquote(names[name]) for name in NAMES] == NAMES
    import unicodedata  # noqa: PLC0415 - for this test alone

    assert len({unicodedata.normalize("NFC", name).casefold() for name in names.values()}) == len(NAMES)
    for name in names.values():
        assert not set(name) & set('<>:"/\\|?*\t')
        assert not name.startswith((".", "~", " "))
        assert not name.endswith((".", " "))
        assert name.casefold().partition(".")[0] not in ("index", "con", "nul", "lpt1")
    assert file_names(["市公安局"]) == {"市公安局": "市公安局"}


def test_a_name_that_is_too_long_for_a_file_is_cut_and_stays_different() -> None:
    names = file_names("局" * 200 + end for end in "甲乙")
    assert len(set(names.values())) == 2
    assert all(len(name.encode()) <= 200 for name in names.values())


def test_no_page_disappears_behind_another() -> None:
    path = Path("plan/departments.yaml")
    text = path.read_text(encoding="utf-8").replace("市教育局", "甲/乙局").replace("市人社局", "index")
    path.write_text(text, encoding="utf-8")
    for name in ("targets.yaml", "tasks.yaml"):
        file = Path("plan", name)
        said = file.read_text(encoding="utf-8").replace("市教育局", "甲/乙局").replace("市人社局", "index")
        file.write_text(said, encoding="utf-8")
    assert run(["report", "--all-depts", "-f", "html", "-o", "pages"]) == 0
    pages = {path.name for path in Path("pages").iterdir()}
    assert {"甲%2F乙局.html", "%69ndex.html", "index.html"} <= pages
    index = Path("pages/index.html").read_text(encoding="utf-8")
    assert "%25%32%46" not in index
    assert "./%E7%94%B2%252F%E4%B9%99%E5%B1%80.html" in index


def test_the_two_outputs_of_a_run_are_two_files() -> None:
    for one, other in (("x.csv", "./x.csv"), ("x.csv", "X.csv"), ("x.csv", "in/../x.csv")):
        assert run([*FAILING, one, "-o", other]) == 2
        assert not Path(one).exists()
    assert not is_same_place(Path("x.csv"), Path("in/x.csv"))


def test_a_file_that_is_for_reading_only_is_not_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("kept.json").write_text("old", encoding="utf-8")
    Path("kept.json").chmod(0o444)
    monkeypatch.setattr(os, "access", lambda *_: False)  # as it is for everybody but root
    assert run(["list", "tasks", "-o", "kept.json"]) == 2
    assert Path("kept.json").read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(os.name == "nt", reason="this system keeps no such rights")
def test_a_file_keeps_its_rights_and_a_new_one_gets_the_usual() -> None:
    Path("kept.json").write_text("old", encoding="utf-8")
    Path("kept.json").chmod(0o640)
    mask = os.umask(0o027)
    try:
        for name in ("kept.json", "new.json"):
            assert run(["list", "tasks", "-o", name]) == 0
            assert Path(name).stat().st_mode & 0o777 == 0o640
        Path("kept.json").chmod(0o666)
        assert run(["list", "tasks", "-o", "kept.json"]) == 0
        assert Path("kept.json").stat().st_mode & 0o777 == 0o666
    finally:
        os.umask(mask)


def test_outside_of_a_run_a_program_writes_what_it_wants() -> None:
    note_inputs("in/a.csv")
    write_file(Path("in/a.csv"), b"mine")
    with tracked_inputs():
        note_inputs("in/a.csv", "-", "nowhere", "s3a://bucket/x", "nul\0")
        with pytest.raises(OutputError, match="this run reads"):
            write_file(Path("in/a.csv"), b"lost")
        write_file(Path("in/a.csv"), b"corrected", replaces_input=True)
    assert Path("in/a.csv").read_bytes() == b"corrected"


@pytest.mark.parametrize(
    ("words", "option"),
    [(("check", "-"), "-o"), (("check", "-"), "--failures"), (("ledger", "before/a.csv", "-"), "-o")],
)
def test_the_file_that_standard_input_comes_from_is_kept(words: tuple[str, ...], option: str) -> None:
    before = Path("in/a.csv").read_bytes()
    os.link("in/a.csv", "hard.csv")
    call = [sys.executable, "-m", "czurban", *words, option, "hard.csv"]
    with Path("in/a.csv").open("rb") as stream:
        done = subprocess.run(call, stdin=stream, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"one of the files that this run reads" in done.stderr
    assert Path("in/a.csv").read_bytes() == Path("hard.csv").read_bytes() == before


def in_a_process(before: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Call the program in a process of its own, with something in the way."""
    code = f"{before}\nimport sys\nfrom czurban.cli.app import run\nsys.exit(run({list(words)!r}))"
    plain = {name: text for name, text in os.environ.items() if not name.startswith("COVERAGE_")}  # it writes files too
    return subprocess.run([sys.executable, "-c", code], env=plain, capture_output=True, check=False)


KILL = "import os, signal\nos.{moment} = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)"
FULL = "import errno, os\ndef full(*a):\n    raise OSError(errno.ENOSPC, 'No space left')\nos.fsync = full"
LIMIT = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (40, resource.RLIM_INFINITY))"


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
@pytest.mark.parametrize("name", ["f.csv", "f.parquet"])
@pytest.mark.parametrize("engine", ["python", "duckdb"])
def test_a_kill_leaves_the_old_failures_and_nothing_that_a_later_run_reads(name: str, engine: str) -> None:
    path = Path("in", name)
    path.write_bytes(b"old")
    done = in_a_process(KILL.format(moment="fsync"), *FAILING, str(path), "--engine", engine)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == b"old"
    left = sorted(one.name for one in Path("in").iterdir() if one.name not in ("a.csv", name))
    assert [is_temporary(one) for one in left] == [True]
    path.unlink()
    assert run(["check", "in", "--each-region", "-o", "after.json"]) == run(["check", "in/a.csv", "--each-region"])
    assert '"in/a.csv"' in Path("after.json").read_text(encoding="utf-8")
    assert "czurban-" not in Path("after.json").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="no such limit")
@pytest.mark.parametrize(
    ("how", "name"),
    [(FULL, "f.csv"), (FULL, "f.parquet"), (LIMIT, "f.csv")],
    ids=["at the end", "at the end of Parquet", "while writing"],
)
def test_a_full_disk_leaves_the_old_failures(how: str, name: str) -> None:
    Path(name).write_bytes(b"old")
    done = in_a_process(how, *FAILING, name)
    assert done.returncode == 2
    assert name.encode() in done.stderr
    assert b"Traceback" not in done.stderr
    assert Path(name).read_bytes() == b"old"
    assert not [one for one in Path().iterdir() if is_temporary(one.name)]


def test_two_writers_of_one_file_leave_one_of_the_two_whole(tmp_path: Path) -> None:
    texts = [bytes([65 + n]) * 300_000 for n in range(2)]
    threads = [
        threading.Thread(target=lambda text=text: [write_file(tmp_path / "x.txt", text) for _ in range(20)])
        for text in texts
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        if (tmp_path / "x.txt").exists():
            assert (tmp_path / "x.txt").read_bytes() in texts
    assert (tmp_path / "x.txt").read_bytes() in texts
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["x.txt"]


def test_two_processes_writing_one_output_leave_a_whole_one(tmp_path: Path) -> None:
    call = [sys.executable, "-m", "czurban", *FAILING, str(tmp_path / "f.csv"), "-o", str(tmp_path / "r.json")]
    running = [subprocess.Popen(call, stderr=subprocess.PIPE) for _ in range(2)]
    assert [one.communicate()[1].count(b"Written") for one in running] == [2, 2]
    assert run([*FAILING, str(tmp_path / "g.csv"), "-o", str(tmp_path / "s.json")]) == 1
    for one, other in (("f.csv", "g.csv"), ("r.json", "s.json")):
        assert (tmp_path / one).read_bytes() == (tmp_path / other).read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"w", "f.csv", "g.csv", "r.json", "s.json"}


def test_failures_in_the_folder_that_is_checked_are_recognised() -> None:
    shutil.copytree("in", "sent")
    for name in ("sent/f.csv", "sent/f.parquet"):
        assert run(["check", "sent/a.csv", "--each-region", "--failures", name]) == 1
        assert is_output(Path(name))
    assert not is_output(Path("sent/a.csv"))
