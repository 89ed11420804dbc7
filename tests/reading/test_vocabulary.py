"""The words of headers, names, values and units that offices use, and what is done with those that are not known."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.checking.assessing import assess
from czurban.model.assessment import Verdict
from czurban.model.finding import Findings
from czurban.model.observation import Reading, Submission
from czurban.model.plan import Plan
from czurban.model.vocabulary import remark_words
from czurban.reading.plan.files import read_plan
from czurban.reading.submission.files import read_bytes
from czurban.reading.submission.header_words import HEADERS, ColumnField
from czurban.reading.submission.surroundings.remarks import SIGNALS

Whole = Callable[..., tuple[Submission, Findings]]
NAME = "城镇新增就业人数"


def judged(plan: Plan, text: str) -> tuple[list[str], list[str]]:
    """The values that are judged, and the codes of warnings and errors."""
    submission, findings = read_bytes("f.csv", text.encode(), plan)
    assessment = assess(plan, [submission], period=plan.period)
    used = [str(one.actual) for one in assessment.results if one.verdict in (Verdict.MET, Verdict.MISSED)]
    return used, [one.code for one in (*findings, *assessment.findings) if one.severity != "info"]


def test_a_word_means_one_field() -> None:
    words = [word for words in HEADERS.values() for word in words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("word", HEADERS[ColumnField.INDICATOR])
def test_words_for_a_column_of_indicators(plan: Plan, word: str) -> None:
    assert judged(plan, f"{word},单位,完成值\n{NAME},万人,1.6\n") == (["8/5"], [])


@pytest.mark.parametrize("word", HEADERS[ColumnField.VALUE])
def test_words_for_a_column_of_results(plan: Plan, word: str) -> None:
    expected = (["8/5"], []) if word != "指标值" else ([], ["S102"])  # it may be a target as well
    assert judged(plan, f"指标,单位,{word}\n{NAME},万人,1.6\n") == expected
    assert judged(plan, f"指标,单位,2019年,\n,,{word},天晓得\n{NAME},万人,1.6,2\n") == expected


@pytest.mark.parametrize("field", [ColumnField.OTHER, ColumnField.TARGET, ColumnField.BASELINE])
def test_words_that_are_no_results_are_never_read_as_one(plan: Plan, field: ColumnField) -> None:
    for word in HEADERS[field]:
        for text in (f"指标,单位,{word}\n", f"指标,单位,2019年\n,,{word}\n", f"指标,单位,{word}\n,,2019年\n"):
            assert judged(plan, f"{text}{NAME},万人,1.6\n") == ([], ["S102"]), word


def test_every_statement_of_a_remark_has_a_character_that_it_is_searched_for() -> None:
    words = (remark_words.FORECAST, remark_words.TARGETS, remark_words.NO_RESULTS, remark_words.WITHDRAWN)
    every = [*" ".join(words).split(), "urban", "rural", "male", "female", "excluding", "rural only"]
    assert [word for word in every if SIGNALS.isdisjoint(word)] == []


@pytest.mark.parametrize(
    "before",
    [
        "（一）",
        "(二)",
        "一、",
        "十二、",
        "1.",
        "1、",
        "12．",
        "（3）",
        "1.2",
        "1.2.3 ",
        "▲",
        "★",
        "#",
        "＃",
        "其中：",
        "二、★",
        "（一）1.",
    ],
)
def test_k09_numbering_before_a_name(plan: Plan, before: str) -> None:
    assert judged(plan, f"指标,单位,完成值\n{before}{NAME},万人,1.6\n") == (["8/5"], [])


@pytest.mark.parametrize("char", ["\u200b", "\u200d", "\u200e", "\u202a", "\u2060", "\ufeff", "\u00ad"])
def test_k10_invisible_characters_are_dropped(plan: Plan, char: str) -> None:
    text = f"指标,单位,完成值,备注\n{NAME[:3]}{char}{NAME[3:]},万{char}人,{char}1.{char}6,\n{char},,{char},\n"
    submission, findings = read_bytes("f.csv", text.encode(), plan)
    assert [(one.raw, one.amount is not None) for one in submission.observations] == [("1.6", True)]
    assert (submission.rows.used, submission.rows.ignored) == (1, 2)
    assert {one.code for one in findings} == {"S219"}
    bad, _ = read_bytes("f.csv", f"指标,单位,完成值\n{char}{NAME},万人,{char}x\n".encode(), plan)
    assert bad.observations[0].place.column == len(f"{char}{NAME},万人,") + 1


@pytest.mark.parametrize(
    ("text", "actual"),
    [
        (f"指标,单位,完成值\n{NAME},万人,12.5万\n", "25/2"),
        (f"指标,单位,完成值\n{NAME},人,12.5万\n", "25/2"),
        (f"指标,单位,完成值\n{NAME},万人,16213人\n", "16213/10000"),
        (f"指标,单位,完成值\n{NAME},人,1.6万人\n", "8/5"),
        (f"指标,完成值（万）\n{NAME},1.6\n", "8/5"),
        (f"指标,完成值（万）\n{NAME},1.6万\n", "8/5"),
        (f"指标,完成值（万）\n{NAME},16000人\n", "8/5"),
        (f"指标,完成值（万人）\n{NAME},16000人\n", "8/5"),
        ("指标,单位,完成值\n城镇登记失业率,%,35‰\n", "7/2"),
    ],
)
def test_k11_a_unit_in_the_cell_goes_before_one_beside_it(plan: Plan, text: str, actual: str) -> None:
    assert judged(plan, text)[0] == [actual]
    assert "S205" not in judged(plan, text)[1]


def test_s205_a_unit_in_the_cell_that_measures_something_else(plan: Plan) -> None:
    assert judged(plan, f"指标,单位,完成值\n{NAME},%,1.6万人\n") == ([], ["S205"])


def test_the_hint_of_s206_can_be_followed(plan: Plan) -> None:
    submission, _ = read_bytes("f.csv", f"指标,单位,完成值\n{NAME},万人,16213\n".encode(), plan)
    assessment = assess(plan, [submission], period=plan.period)
    reported = next(one for one in assessment.findings if one.code in ("S206", "S218"))
    assert "16213人" in str(reported.hint) or "16213 人" in str(reported.hint)
    assert judged(plan, f"指标,单位,完成值\n{NAME},万人,16213人\n") == (["16213/10000"], [])


@pytest.mark.parametrize("raw", ["1E3", "1.6e4", "1E+3", "1月2日", "2019年1月2日", "1月", "2019-01-02", "2019/1/2"])
def test_k14_numbers_in_other_forms_and_dates_are_described(whole: Whole, raw: str) -> None:
    submission, findings = whole(f"指标,单位,完成值\n{NAME},万人,{raw}\n")
    assert [one.reported for one in submission.observations] == [Reading.UNREADABLE]
    assert [one.code for one in findings] == ["S203"]
    message = str(findings[0].message)
    assert ("power of ten" if "e" in raw.casefold() else "date") in message


@pytest.mark.parametrize("raw", ["...", "......", "…", "—"])
def test_dots_report_nothing(whole: Whole, raw: str) -> None:
    submission, findings = whole(f"指标,单位,完成值\n{NAME},万人,{raw}\n")
    assert [one.reported for one in submission.observations] == [Reading.NOTHING]
    assert findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "指标,完成值,备注\n城镇新增就业人数,1,234\n",
        "指标,完成值,备注,单位\n城镇新增就业人数,16,213,\n",
        "指标,完成值,单位\n城镇新增就业人数,16,213.5\n",
        "指标,完成值,目标,备注\n城镇新增就业人数,16,213,15000\n",
    ],
)
def test_s105_a_thousands_separator_that_shifts_the_columns(plan: Plan, text: str) -> None:
    assert judged(plan, text) == ([], ["S105"])


@pytest.mark.parametrize(
    "text",
    [
        '指标,完成值,备注\n城镇新增就业人数,"16,213人",\n',
        "指标,完成值,目标\n城镇新增就业人数,1.6213,150\n",
        "指标,完成值,备注\n城镇新增就业人数,1.6213,见234\n",
    ],
)
def test_what_no_separator_has_parted(plan: Plan, text: str) -> None:
    assert judged(plan, text)[0] == ["16213/10000"]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        (f"指标,单位,天晓得\n{NAME},万人,1.6\n", "天晓得", "完成值"),
        (f"天晓得,单位,完成值\n{NAME},万人,1.6\n", "天晓得", "指标"),
        (f"指标,单位,2019年,\n,,天晓得,完成率\n{NAME},万人,1.6,9\n", "天晓得", "完成值"),
        (f"指标,单位,2019年天晓得,完成率\n{NAME},万人,1.6,9\n", "2019年天晓得", "完成值"),
        (f"序号,天晓得,完成值\n1,{NAME},1.6\n", "天晓得", "指标"),
        (f"2019年主要指标,,\n指标,单位,完成值（含预计）\n{NAME},万人,1.6\n", "完成值（含预计）", "完成值"),
    ],
)
def test_s102_says_what_was_seen_and_the_change_that_helps(plan: Plan, text: str, wrong: str, right: str) -> None:
    _, (reported,) = read_bytes("f.csv", text.encode(), plan)
    assert reported.code == "S102"
    assert wrong in str(reported.message)
    assert f"“{wrong}”" in str(reported.hint)
    assert right in str(reported.hint)
    assert judged(plan, text.replace(wrong, right))[0] == ["8/5"]


def test_s102_where_all_columns_are_known_and_none_holds_results(plan: Plan) -> None:
    _, (reported,) = read_bytes("f.csv", f"指标,单位,目标,完成率\n{NAME},万人,1.5,80%\n".encode(), plan)
    assert "指标 | 单位 | 目标 | 完成率" in str(reported.message)
    assert "add a column headed 完成值" in str(reported.hint)


def with_words(repo: Path, folder: Path, words: str) -> tuple[Plan | None, list[str]]:
    """The plan of the repository with header words of its own, and the codes of its errors."""
    shutil.copytree(repo / "data", folder / "data")
    targets = folder / "data" / "targets.yaml"
    targets.write_text(f"{targets.read_text(encoding='utf-8')}\nwords: {words}\n", encoding="utf-8")
    loaded, findings = read_plan(folder / "data")
    return loaded, [one.code for one in findings if one.severity == "error"]


def test_a_plan_has_header_words_of_its_own(repo: Path, tmp_path: Path, plan: Plan) -> None:
    own, errors = with_words(repo, tmp_path, "{value: [天晓得], indicator: 事由, other: [别的]}")
    assert own is not None
    assert errors == []
    text = f"事由,单位,2019年,\n,,天晓得（万人）,别的\n{NAME},,1.6,2\n"
    assert judged(own, text)[0] == ["8/5"]
    assert judged(own, f"事由,单位,天晓得\n{NAME},万人,1.6\n") == (["8/5"], [])
    assert judged(own, f"事由,单位,别的\n{NAME},万人,1.6\n") == ([], ["S102"])
    assert judged(plan, text) == ([], ["S102"])


def test_p110_a_word_that_means_something_already(repo: Path, tmp_path: Path) -> None:
    assert with_words(repo, tmp_path, "{value: [完成率]}")[1] == ["P110"]


def test_p110_a_word_for_two_things(repo: Path, tmp_path: Path) -> None:
    assert with_words(repo, tmp_path, "{value: [天晓得], other: [天晓得]}")[1] == ["P110"]
