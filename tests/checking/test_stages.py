"""Which reported stages may be used."""

import pytest

from czurban.checking.ledger.milestones import resolve_stages
from czurban.model.collection.form_mark import HEAD as MARK_HEAD
from czurban.model.collection.form_mark import mark_of, mark_texts
from czurban.model.finding import Severity
from czurban.model.period import parse_period
from czurban.model.plan import Plan
from czurban.reading.submission.files import read_bytes

HEAD = "任务,事项,目前阶段,填报单位,备注"
PARK = "灵山县农民工创业园"


@pytest.mark.parametrize(
    ("rows", "used", "codes"),
    [
        ([f"6,{PARK},完工,市人社局,"], "完工", []),
        ([f"任务6 提高农民工就业,{PARK},完工,,好"], "完工", []),
        ([f"６,{PARK} ,完 工,人社局,"], "完 工", []),
        ([f"6.0,{PARK},建设中,,"], "建设中", []),
        ([f"6,{PARK},,,", f"6,{PARK},—,,", ",,,,", "小计,,,,"], None, []),
        ([f"6,{PARK},差不多,市人社局,"], None, ["S245"]),
        ([f"6,{PARK},出台,市人社局,"], None, ["S245"]),
        (["6,灵山县创业园,完工,市人社局,"], None, ["S246"]),
        ([f"99,{PARK},完工,市人社局,"], None, ["S246"]),
        ([f"某项,{PARK},完工,市人社局,"], None, ["S246"]),
        ([f"6.5,{PARK},完工,市人社局,"], None, ["S246"]),
        ([f"6,{PARK},完工,市公安局,"], None, ["S247"]),
        ([f"6,{PARK},完工,谁也不是,"], None, ["S247"]),
        ([f"6,{PARK},完工,市人社局,", f"6,{PARK},完工,,"], "完工", []),
        ([f"6,{PARK},完工,市人社局,", f"6,{PARK},开工,,"], None, ["S248"]),
        ([f"6,{PARK},完工,市人社局,", f"6,{PARK},开工,市公安局,"], "完工", ["S247"]),
    ],
)
def test_stages(plan: Plan, rows: list[str], used: str | None, codes: list[str]) -> None:
    submission, told = read_bytes("stages.csv", "\n".join([HEAD, *rows]).encode(), plan)
    stages, faults = resolve_stages(plan, [submission], plan.period)
    result = stages.get((6, PARK))
    assert (result.stage if result else None) == used
    assert [item.code for item in (*told, *faults)] == codes


def test_two_files_that_differ_are_told_with_both_places(plan: Plan) -> None:
    sent = [
        read_bytes(name, f"{HEAD}\n6,{PARK},{stage},,".encode(), plan)[0]
        for name, stage in (("a", "完工"), ("b", "开工"))
    ]
    stages, faults = resolve_stages(plan, sent, plan.period)
    assert stages == {}
    assert [(str(finding.place), str(finding.message.values["place"])) for finding in faults] == [("b:2:13", "a:2:13")]


def test_figures_may_stand_above_the_milestones(plan: Plan) -> None:
    text = f"指标,数值,单位\n常住人口城镇化率,41.2,%\n\n{HEAD}\n6,{PARK},完工,,\n"
    submission, told = read_bytes("f.csv", text.encode(), plan)
    assert [item.code for item in told] == ["S219"]
    assert len(submission.observations) == len(submission.stages) == 1


def test_a_table_with_a_heading_twice_is_no_table_of_milestones(plan: Plan) -> None:
    submission, told = read_bytes("f.csv", f"任务,任务,事项,目前阶段\n6,6,{PARK},完工\n".encode(), plan)
    assert submission.stages == ()
    assert [item.code for item in told] == ["S102"]


@pytest.mark.parametrize(
    ("row", "says", "hint"),
    [
        (f"99,{PARK},完工,,", "The plan has no task 99;", "`czurban list tasks`"),
        ("6,灵山县创业园,完工,,", "Task 6 has no milestone “灵山县创业园”;", f"Did you mean {PARK}"),
        ("6,xyz,完工,,", "Task 6 has no milestone “xyz”;", "`czurban show 任务6` shows its milestones."),
        (f"6,{'x' * 60},完工,,", f"no milestone “{'x' * 40}”;", "`czurban show 任务6`"),
        (f"6,{PARK},差不多,,", f"“差不多” is no stage of “{PARK}”;", "Choose from: "),
        (f"6,{PARK},完工,市公安局,", "市公安局 is not on task 6,", "市人力资源社会保障局"),
    ],
)
def test_what_is_said_of_a_stage_that_is_not_used(plan: Plan, row: str, says: str, hint: str) -> None:
    submission, _ = read_bytes("stages.csv", f"{HEAD}\n{row}".encode(), plan)
    _, (told,) = resolve_stages(plan, [submission], plan.period)
    assert says in str(told.message)
    assert hint in str(told.hint)


@pytest.mark.parametrize(
    ("date", "judged", "used", "codes"),
    [
        ("2019", "2019", "完工", []),
        ("2019-06", "2019", "完工", []),
        ("2019-06", "2019-06", "完工", []),
        ("2019", "2019-06", None, ["S208"]),
        ("2019-09", "2019-06", None, ["S208"]),
        ("", "2019-06", "完工", []),
        ("随后", "2019", None, ["S209"]),
    ],
)
def test_a_stage_of_a_later_period_is_not_used(
    plan: Plan, date: str, judged: str, used: str | None, codes: list[str]
) -> None:
    text = f"{HEAD},时期\n6,{PARK},完工,,,{date}\n"
    assert outcome(plan, text, judged) == (used, codes)


@pytest.mark.parametrize(
    ("rows", "judged", "used", "codes"),
    [
        (("2019-06 开工", "2019 完工"), "2019", "完工", []),
        (("2019 完工", "2019-06 开工"), "2019", "完工", []),
        (("2019-06 开工", "2019-12 完工"), "2019", "完工", []),
        (("2019-06 开工", " 完工"), "2019", "完工", []),
        (("2018 前期工作", "2019-06 开工", "2019 完工"), "2019", "完工", []),
        (("2019-06 完工", "2019 开工"), "2019", "开工", ["S296"]),
        (("2019 开工", "2019-06 完工"), "2019", "开工", ["S296"]),
        (("2018 完工", "2019-06 开工", "2019 完工"), "2019", "完工", []),
        (("2019-06 开工", "2019 完工", "2019 建设中"), "2019", None, ["S248"]),
        (("2019-06 开工", "2019-06 完工", "2019 完工"), "2019", "完工", []),
        (("2019 开工", "2019-12 完工"), "2019", None, ["S248"]),
        (("2019-06 开工", "2019 完工"), "2019-06", "开工", ["S208"]),
        (("2019-06 完工", "2019 开工"), "2019-06", "完工", ["S208"]),
        (("2019-03 开工", "2019-06 完工", "2019 完工"), "2019-06", "完工", ["S208"]),
        (("2019-06 开工", "2019-06 完工"), "2019-06", None, ["S248"]),
        (("2018 完工", "2019-06 开工"), "2019-06", "开工", ["S296"]),
    ],
)
def test_a_stage_of_a_later_period_is_progress(
    plan: Plan, rows: tuple[str, ...], judged: str, used: str | None, codes: list[str]
) -> None:
    dated = (row.rpartition(" ") for row in rows)
    lines = [f"6,{PARK},{stage},,,{date.strip()}" for date, _, stage in dated]
    assert outcome(plan, "\n".join([f"{HEAD},时期", *lines]), judged) == (used, codes)


def test_a_stage_that_falls_back_names_both_periods(plan: Plan) -> None:
    text = f"{HEAD},时期\n6,{PARK},完工,,,2019-06\n6,{PARK},开工,,,2019\n"
    submission, _ = read_bytes("stages.csv", text.encode(), plan)
    _, (finding,) = resolve_stages(plan, [submission], plan.period)
    assert (finding.code, finding.severity, str(finding.place)) == ("S296", Severity.WARNING, "stages.csv:3:13")
    assert str(finding.message).startswith(f"“{PARK}” is 开工 for 2019, and was 完工 for 2019-06 at stages.csv:2:13")


def test_forms_of_two_periods_do_not_contradict_each_other(plan: Plan) -> None:
    office = plan.department("市人社局")
    assert office
    for stages, expected in ((("开工", "完工"), "完工"), (("完工", "开工"), "开工")):
        sent = []
        for stated, stage in zip(("2019-06", "2019"), stages, strict=True):
            mark = mark_texts(mark_of(plan, office, parse_period(stated)))
            text = f"{MARK_HEAD},{','.join(mark)}\n{HEAD}\n6,{PARK},{stage},,\n"
            sent.append(read_bytes(f"{stated}.csv", text.encode(), plan)[0])
        used, faults = resolve_stages(plan, sent, plan.period)
        assert used[6, PARK].stage == expected
        assert [fault.code for fault in faults] == ([] if expected == "完工" else ["S296"])


@pytest.mark.parametrize(
    ("stated", "judged", "used", "codes"),
    [("2019", "2019", "完工", []), ("2019-06", "2019-06", "完工", []), ("2019", "2019-06", None, ["S208"])],
)
def test_a_stage_of_a_form_is_of_the_period_of_its_mark(
    plan: Plan, stated: str, judged: str, used: str | None, codes: list[str]
) -> None:
    office = plan.department("市人社局")
    assert office
    mark = mark_texts(mark_of(plan, office, parse_period(stated)))
    text = f"{MARK_HEAD},{','.join(mark)}\n{HEAD}\n6,{PARK},完工,,\n"
    assert outcome(plan, text, judged) == (used, codes)


def outcome(plan: Plan, text: str, judged: str) -> tuple[str | None, list[str]]:
    period = parse_period(judged)
    assert period
    submission, told = read_bytes("stages.csv", text.encode(), plan)
    stages, faults = resolve_stages(plan, [submission], period)
    used = stages.get((6, PARK))
    return used.stage if used else None, [item.code for item in (*told, *faults)]
