"""What a command does with little: alone, with a short name, or with a word that is nearly right."""

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import czurban
from czurban.app.plans import find_verdict
from czurban.cli.app import COMMANDS, run
from czurban.cli.options import complete_categories, complete_regions, complete_tasks, complete_verdicts
from czurban.errors import reason
from czurban.words.translator import Translator

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], repo: Path) -> Call:
    monkeypatch.setenv("CZURBAN_LANG", "zh")
    monkeypatch.setenv("CZURBAN_PLAN", str(repo / "data"))

    def called(*arguments: str | Path) -> tuple[int, str, str]:
        code = run([str(each) for each in arguments])
        return (code, *capfd.readouterr())

    return called


def test_list_alone_says_what_can_be_listed(call: Call) -> None:
    code, out, err = call("list")
    assert (code, err) == (0, "")
    assert re.findall(r"czurban list (\w+) .* (\d+)\n", out) == [
        ("indicators", "52"),
        ("tasks", "30"),
        ("departments", "32"),
        ("regions", "5"),
    ]


def test_show_takes_a_region_by_name_or_code(call: Call) -> None:
    code, out, _ = call("show", "灵山")
    assert code == 0
    assert out == call("show", "450721")[1]
    assert "上级地区：钦州市" in out
    assert "浦北县" in call("show", "浦北乡")[2]


def test_a_region_named_as_a_department_leads_to_its_own_option(call: Call, repo: Path) -> None:
    figures, plan = repo / "examples" / "actuals-2019.csv", ("--plan", repo / "data")
    code, _, err = call("report", figures, "--dept", "钦北区", *plan)
    assert code == 2
    assert "czurban check … --region 钦北区" in err
    assert "判定对象为钦北区" in call("check", figures, "--region", "钦北区", *plan)[1]


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS)])
def test_h_is_help(call: Call, words: tuple[str, ...]) -> None:
    code, out, _ = call(*words, "-h")
    assert code == 0
    assert out == call(*words, "--help")[1]
    assert "-h, --help" in out


def test_tasks_verdicts_categories_and_regions_are_completed(call: Call) -> None:
    assert call("--version")[0] == 0
    assert complete_tasks("17") == [("17", "加快西部陆海新通道项目建设")]
    assert [number for number, _ in complete_tasks("加快西部")] == ["17"]
    assert complete_verdicts("un") == [("unreported", "未填报"), ("unreadable", "无法判定")]
    assert complete_verdicts("未达") == [("未达标", "missed")]
    assert [name for name, _ in complete_verdicts("")][:6] == [
        "met",
        "missed",
        "unreported",
        "unreadable",
        "not-due",
        "达标",
    ]
    assert [name for name, _ in complete_categories("基础")] == ["基础设施"]
    assert [name for name, _ in complete_regions("灵")] == ["灵山县"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("达标", "met"),
        ("未达标", "missed"),
        ("MISSED", "missed"),
        ("未填报", "unreported"),
        ("未报送", "unreported"),
        ("Not reported", "unreported"),
        ("无法判定", "unreadable"),
        ("未到期", "not-due"),
        ("not due", "not-due"),
        ("达标，未达标", "met,missed"),
        ("达标、missed", "met,missed"),
    ],
)
def test_a_verdict_may_be_named_as_reports_show_it(call: Call, repo: Path, words: str, code: str) -> None:
    figures = str(repo / "examples/actuals-2019.csv")
    assert call("check", figures, "--only", words) == call("check", figures, "--only", code)
    assert find_verdict(words) == (code if "," not in code else None)
    assert (
        czurban.check(repo / "data", figures, only=words).to_rows()
        == czurban.check(repo / "data", figures, only=code.split(",")).to_rows()
    )


@pytest.mark.parametrize(("word", "code"), [("未达标", "missed"), ("未填报", "unreported")])
def test_a_run_may_fail_on_a_verdict_as_reports_show_it(call: Call, tmp_path: Path, word: str, code: str) -> None:
    for value in ("39", "45"):
        (tmp_path / "a.csv").write_text(f"指标,完成值\n常住人口城镇化率,{value}\n", encoding="utf-8")
        fails = [call("check", tmp_path / "a.csv", "--fail-on", name)[0] for name in (word, code, "never")]
        assert fails == [int(code == "unreported" or value == "39")] * 2 + [0]


def test_an_unknown_verdict_lists_codes_and_words(call: Call, repo: Path) -> None:
    figures = str(repo / "examples/actuals-2019.csv")
    code, _, said = call("check", figures, "--only", "未完成", "--lang", "en")
    assert code == 2
    assert "met / 达标, missed / 未达标, unreported / 未填报, unreadable / 无法判定, not-due / 未到期" in said
    code, _, said = call("check", figures, "--fail-on", "达标", "--lang", "en")
    assert code == 2
    assert "never, error, missed / 未达标, unreported / 未填报, behind" in said


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("czurban check --only mi", "missed"),
        ("czurban check --only 无法", "无法判定"),
        ("czurban check --fail-on 未达", "未达标"),
        ("czurban check --fail-on b", "behind"),
        ("czurban report --task 3", "30"),
        ("czurban check --category 土", "土地利用"),
        ("czurban check --region 浦", "浦北县"),
    ],
)
def test_the_shell_is_given_what_begins_so(repo: Path, words: str, expected: str) -> None:
    at = len(words.split()) - 1
    asked = {"_CZURBAN_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(at)}
    done = subprocess.run(
        [sys.executable, "-m", "czurban"], cwd=repo, env=os.environ | asked, capture_output=True, check=False
    )
    assert expected in done.stdout.decode().split()


@pytest.mark.parametrize(
    ("stage", "suggested"),
    [("已完工", "完工"), ("建设", "建设中"), ("正在建设中", "建设中"), ("未完工", ""), ("停工", "")],
)
def test_a_stage_near_a_known_one_is_suggested_and_not_taken(
    call: Call, tmp_path: Path, stage: str, suggested: str
) -> None:
    forms = tmp_path / "forms"
    call("template", "--dept", "市发展改革委", "-f", "csv", "-o", forms)
    (form,) = forms.iterdir()
    lines = form.read_text(encoding="utf-8-sig").splitlines()
    at = next(n for n, line in enumerate(lines) if "华为数字小镇" in line)
    place = next(line for line in lines if line.startswith("任务,")).split(",").index("目前阶段")
    cells = lines[at].split(",")
    cells[place] = stage
    lines[at] = ",".join(cells)
    form.write_text("\n".join(lines), encoding="utf-8-sig")
    err = call("status", forms)[2]
    assert "S245" in err
    assert ("是否为" in err) == bool(suggested)
    assert f"是否为 {suggested}？" in err or not suggested


def test_every_reason_of_the_system_is_in_the_readers_language() -> None:
    chinese = Translator("zh")
    for number in errno.errorcode:
        message = chinese(reason(OSError(number, os.strerror(number))))
        assert not re.search("[a-z]{3}", message), message
        assert os.strerror(number) not in message


def test_a_list_inside_a_chinese_sentence_has_its_signs(call: Call, tmp_path: Path) -> None:
    wide = tmp_path / "wide.csv"
    wide.write_text("指标,单位,2018年,2019年\n常住人口城镇化率,%,40,41.2\n", encoding="utf-8")
    err = call("check", wide)[2]
    (line,) = [line for line in err.splitlines() if "S118" in line]
    assert "、" in line
    assert "; " not in line
