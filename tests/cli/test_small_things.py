"""What a command does with little: alone, with a short name, or with a word that is nearly right."""

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

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
    assert [name for name, _ in complete_verdicts("未达")] == ["missed"]
    assert [name for name, _ in complete_categories("基础")] == ["基础设施"]
    assert [name for name, _ in complete_regions("灵")] == ["灵山县"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("czurban check --only mi", "missed"),
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
