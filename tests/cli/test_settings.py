import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.app import settings as settings_file
from czurban.app.settings import Settings, settings
from czurban.cli.app import run

Call = Callable[..., tuple[int, str, str]]
SHEET = "指标,数值,单位\n常住人口城镇化率,41.5,%\n"
WARNED = "指标,数值,单位,数据状态\n常住人口城镇化率,41.5,%,年鉴\n"
BROKEN = "指标,数值,单位\n常住人口城镇化率,很多,%\n"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path, repo: Path) -> Call:
    monkeypatch.setenv("CZURBAN_LANG", "en")
    monkeypatch.setenv("CZURBAN_PLAN", str(repo / "data"))
    monkeypatch.chdir(tmp_path)

    def called(*arguments: str | Path) -> tuple[int, str, str]:
        code = run([str(one) for one in arguments])
        return (code, *capfd.readouterr())

    return called


def put(folder: Path, text: str, name: str = "pyproject.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_no_settings(call: Call, tmp_path: Path) -> None:
    assert settings() == Settings()
    put(tmp_path, "this is [no TOML")
    assert settings() == Settings()
    put(tmp_path, '[tool.other]\nname = "tool.czurban"')
    assert settings() == Settings()


def test_every_key(call: Call, tmp_path: Path) -> None:
    put(
        tmp_path,
        '[tool.czurban]\nplan = "p"\nlang = "zh"\nselect = ["P2", "s218"]\nignore = ["P201,P202"]\nstrict = true\n'
        'max-findings = 3\nper-file-ignores = {"*.csv" = ["S2"]}\nexclude = ["*.txt"]\n',
    )
    assert settings() == Settings(
        tmp_path / "p",
        "zh",
        ("P2", "S218"),
        ("P201", "P202"),
        strict=True,
        max_findings=3,
        per_file=(("*.csv", ("S2",)),),
        exclude=("*.txt",),
    )


def test_files_that_are_no_figures_are_excluded_from_folders(call: Call, tmp_path: Path) -> None:
    for name in ("in/局.csv", "in/催报.csv", "in/备忘.txt", "in/old/局.csv", "in/sub/备忘.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        put(tmp_path, SHEET, name)
    put(tmp_path, '[tool.czurban]\nexclude = ["催报*", "in/*.txt", "old"]\n')
    _, out, err = call("check", "in")
    assert "in/sub/备忘.txt, in/局.csv." in out
    for name in ("in/催报.csv", "in/备忘.txt", "in/old"):
        assert f"{name} (excluded by the settings)" in err
    _, out, err = call("check", "in/催报.csv")
    assert "in/催报.csv" in out
    assert "excluded" not in err
    put(tmp_path, '[tool.czurban]\nexclude = "*.txt"\n')
    code, _, err = call("check", "in")
    assert code == 2
    assert "“exclude” is not a list of file patterns" in err


def test_the_nearest_file_that_has_them(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    put(tmp_path, "[tool.czurban]\nstrict = true")
    put(inner, "[project]\nname = 'x'")
    monkeypatch.chdir(inner)
    assert settings().strict
    put(tmp_path / "a", "[tool.czurban]\n")
    assert not settings().strict


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("strickt = true", "strict"),
        ("xyz = true", "per-file-ignores"),
        ("strict = 1", "true or false"),
        ("plan = 1", "a text"),
        ('plan = ""', "a text"),
        ('lang = "xx"', "zh / en"),
        ("max-findings = -1", "whole number"),
        ("max-findings = true", "whole number"),
        ('ignore = "P2"', "list of codes"),
        ("select = [1]", "list of codes"),
        ('select = ["P2022"]', "P202"),
        ('select = ["Z"]', "rules.md"),
        ('ignore = ["S203"]', "always reported"),
        ('ignore = ["P1", "P10"]', "P10 cannot"),
        ('per-file-ignores = ["P2"]', "file patterns"),
        ('per-file-ignores = {"" = ["P2"]}', "file patterns"),
        ('per-file-ignores = {"*" = "P2"}', "list of codes"),
        ('per-file-ignores = {"*" = ["S203"]}', "always reported"),
        ("strict = ", "tool.czurban"),
        ('letters = "x"', "sender, contact, phone, date, by"),
        ('letters = {who = "x"}', "sender, contact"),
        ("letters = {sender = 1}", "sender, contact"),
    ],
)
@pytest.mark.parametrize("words", [("list", "tasks"), ("validate",), ("fix", "nowhere")])
def test_wrong_settings_are_told_with_their_file(  # noqa: PLR0913, PLR0917
    call: Call, tmp_path: Path, text: str, told: str, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CZURBAN_PLAN")
    path = put(tmp_path, f"[tool.czurban]\n{text}\n")
    code, out, err = call(*words)
    assert (code, out) == (2, "")
    assert str(path) in err
    assert told in err


@pytest.mark.parametrize("text", ["[tool]\nczurban = 1 # tool.czurban", "# tool.czurban \udcff"])
def test_a_table_that_is_none_and_a_file_that_is_no_text(call: Call, tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert call("validate")[0] == 2


def test_a_key_in_the_place_of_the_table_is_named(call: Call, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool]\nczurban = 1 # tool.czurban", encoding="utf-8")
    assert "cannot be read: “tool.czurban” is not a table." in call("validate", "--lang", "en")[2]


def test_the_language_of_the_settings(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CZURBAN_LANG")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "人" in call("list", "tasks", "--help")[1] or "列出" in call("list", "--help")[1]
    put(tmp_path, '[tool.czurban]\nlang = "en"')
    assert "Usage" in call("list", "--help")[1]
    assert "用法" in call("--lang", "zh", "list", "--help")[1]
    monkeypatch.setenv("CZURBAN_LANG", "zh")
    assert "用法" in call("list", "--help")[1]
    monkeypatch.delenv("CZURBAN_LANG")
    put(tmp_path, '[tool.czurban]\nlang = "xx"')
    assert call("list", "--help")[0] == 0


def test_the_plan_of_the_settings(call: Call, tmp_path: Path, repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(repo / "data", tmp_path / "p")
    put(tmp_path, '[tool.czurban]\nplan = "p"')
    assert str(tmp_path / "p") not in call("validate")[1]
    monkeypatch.delenv("CZURBAN_PLAN")
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    assert str(tmp_path / "p") in call("validate")[1]


@pytest.mark.parametrize(
    ("words", "file", "code", "told", "silent"),
    [
        (("validate",), "", 0, "P202", ""),
        (("validate", "--ignore", "P202"), "", 0, "P201", "P202"),
        (("validate", "--select", "P202"), "", 0, "P202", "P201"),
        (("validate", "--ignore", "P2"), "", 0, "Left out by --select, --ignore or the settings: ", "P2"),
        (("validate",), 'ignore = ["P2"]', 0, "Left out", "P2"),
        (("validate", "--ignore", "S"), 'ignore = ["P2"]', 0, "P202", ""),
        (("validate", "--select", "P201"), 'select = ["P202"]', 0, "P201", "P202"),
        (("validate",), 'per-file-ignores = {"targets.yaml" = ["P202"]}', 0, "P201", "P202"),
        (("validate",), "max-findings = 1", 0, "more of P201", ""),
        (("validate", "--max-findings", "0"), "max-findings = 1", 0, "P201", "more of"),
        (("check", "w.csv"), "", 0, "S214", "--strict"),
        (("check", "w.csv", "--strict"), "", 1, "Warnings count here", ""),
        (("check", "w.csv"), "strict = true", 1, "S214", ""),
        (("check", "w.csv", "--no-strict"), "strict = true", 0, "S214", "--strict"),
        (("check", "w.csv", "--strict", "--ignore", "S214"), "", 0, "Left out", "S214"),
        (("check", "w.csv", "--strict", "--fail-on", "never"), "", 0, "S214", ""),
        (("check", "w.csv"), 'select = ["P2"]', 0, "S214", "Left out"),
        (("check", "b.csv", "--ignore", "S"), "", 1, "S203", ""),
        (("check", "b.csv", "--ignore", "S203"), "", 2, "always reported", "S203 cannot be\n"),
        (("validate", "b.csv", "--ignore", "S203"), "", 2, "--ignore: S203", "b.csv:2"),
        (("validate", "w.csv", "--strict"), "", 1, "S214", ""),
        (("validate", "--select", "P9"), "", 2, "--select: there is no finding", ""),
        (("report", "--dept", "市公安局", "w.csv"), 'ignore = ["S214"]', 0, "Left out", "S214"),
    ],
)
def test_options_and_settings(  # noqa: PLR0913, PLR0917
    call: Call, tmp_path: Path, words: tuple[str, ...], file: str, code: int, told: str, silent: str
) -> None:
    put(tmp_path, f"[tool.czurban]\n{file}\n")
    put(tmp_path, WARNED, "w.csv")
    put(tmp_path, BROKEN, "b.csv")
    found, _, err = call(*words)
    assert found == code, err
    assert told in err
    assert not silent or silent not in err.replace("P2,S218", "")


def test_what_is_left_out_of_the_list_is_left_out_of_the_record(call: Call, tmp_path: Path) -> None:
    put(tmp_path, WARNED, "w.csv")
    assert "S214" in call("check", "w.csv", "-f", "json")[1]
    assert "S214" not in call("check", "w.csv", "-f", "json", "--ignore", "S214")[1]


def test_comments_in_a_plan(call: Call, tmp_path: Path, repo: Path) -> None:
    shutil.copytree(repo / "data", tmp_path / "p")
    path = tmp_path / "p" / "targets.yaml"
    text = path.read_text(encoding="utf-8")
    before = call("validate", tmp_path / "p", "-f", "json")[1].count('"P202"')
    why = "# czurban: ignore P202 because the plan prints none\n"
    path.write_text(text.replace("indicators:\n", f"{why}indicators:\n"), encoding="utf-8")
    code, out, err = call("validate", tmp_path / "p", "-f", "json")
    assert (code, out.count('"P202"')) == (0, 0)
    assert f"Hidden by comments in the plan: {before}." in err
    path.write_text(f"{why}{text}".replace("plan prints", "plan: it prints"), encoding="utf-8")
    code, _, err = call("validate", tmp_path / "p", "--strict")
    assert code == 1
    assert "P115" in err
    path.write_text(f"# czurban: ignore P202\n{text}".replace("target: ≥41", "target: 41"), encoding="utf-8")
    code, _, err = call("validate", tmp_path / "p")
    assert code == 1
    assert "P114" in err
    assert "P115" not in err


def test_a_settings_file_that_cannot_be_opened(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "[tool.czurban]\n")

    def refuse(*_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(settings_file, "read_regular", refuse)
    code, _, err = call("list", "tasks")
    assert code == 2
    assert f"{path} cannot be read: permission is denied." in err


def test_a_working_folder_that_is_gone(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> Path:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "cwd", gone)
    assert settings() == Settings()
