"""A form of another plan, another year, another department, or with a damaged mark is told and not used."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from czurban.checking.assessing import assess
from czurban.checking.collection.department_status import department_statuses
from czurban.checking.collection.owed import OwedFinder
from czurban.model.assessment import Verdict
from czurban.model.collection.form_mark import FormMark, mark_of, parse_mark
from czurban.model.collection.sent import OwedReason, State
from czurban.model.finding import Findings
from czurban.model.indicator import Indicator
from czurban.model.ledger import milestone_entries
from czurban.model.observation import Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.submission.files import read_bytes
from czurban.reporting.documents.status import status_report
from czurban.words.translator import Translator

Fill = Callable[..., bytes]
KINDS = ("xlsx", "csv")
POLICE = "市公安局"


def changed(data: bytes, old: str, new: str) -> bytes:
    """The form with one text of it changed, wherever it stands."""
    if data[:2] != b"PK":
        return data.replace(old.encode(), new.encode())
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(stream, "w") as copy:
        for part in book.namelist():
            copy.writestr(part, book.read(part).replace(old.encode(), new.encode()))
    return stream.getvalue()


def other(plan: Plan, how: str) -> Plan:
    """The plan that a form came from, which is not the one it is held against."""
    targets = tuple(_looser(one) for one in plan.indicators)
    return {
        "title": replace(plan, title="另一方案"),
        "region": replace(plan, region="另一市"),
        "year": replace(plan, title="2018年方案", period=Period(2018)),
        "targets": replace(plan, indicators=targets),
        "offices": replace(plan, departments=tuple(one for one in plan.departments if one.name != POLICE)),
    }[how]


def _looser(one: Indicator) -> Indicator:
    return replace(
        one, target=one.target._replace(interval=replace(one.target.interval, low=None, high=one.target.interval.low))
    )


@pytest.mark.parametrize(
    ("how", "code"),
    [("title", "S240"), ("region", "S240"), ("year", "S241"), ("targets", "S242"), ("offices", "S243")],
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_form_of_something_else_is_told(plan: Plan, fill: Fill, how: str, code: str, kind: str) -> None:
    data = fill(plan.department(POLICE), kind)
    submission, told = read_bytes(f"f.{kind}", data, other(plan, how))
    assert [one.code for one in told] == [code]
    assert bool(submission.observations) is (code == "S242")
    assert told[0].place is not None
    assert submission.sender == POLICE


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("name", "is_used"),
    [
        ("f", True),
        ("市公安局（终稿）", True),
        ("公安局2019", True),
        ("市公安局报市发展改革委", True),
        ("市教育局", False),
        ("教育局2019年（终稿）", False),
    ],
)
def test_a_form_in_a_file_named_after_another_department_is_not_used(
    plan: Plan, fill: Fill, kind: str, name: str, *, is_used: bool
) -> None:
    submission, told = read_bytes(f"{name}.{kind}", fill(plan.department(POLICE), kind), plan)
    assert [one.code for one in told] == ([] if is_used else ["S243"])
    assert bool(submission.observations) is is_used
    judged = assess(plan, [submission], period=plan.period)._replace(findings=told)
    (status,) = (one for one in department_statuses(judged) if one.files)
    assert status.office.name == (POLICE if is_used else "市教育局")
    lacks = {item.lack for item in OwedFinder(judged).of(status).items}
    assert lacks == (set() if is_used else {OwedReason.UNREAD})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("填报单位：市公安局", "填报单位：市教育局"),
        ("年份：2019", "年份：2018"),
        ("内容：", "内容："),
        ("地区：钦州市", "钦州市"),
        ("校验：", "校验：0"),
    ],
)
def test_a_mark_that_was_changed_by_hand_is_not_trusted(plan: Plan, fill: Fill, kind: str, old: str, new: str) -> None:
    data = changed(fill(plan.department(POLICE), kind), old, new)
    submission, told = read_bytes(f"f.{kind}", data, plan)
    if old == new:
        assert (told, submission.sender) == ((), POLICE)
        return
    assert [one.code for one in told] == ["S243"]
    assert (submission.observations, submission.stages, submission.sender) == ((), (), "")


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_with_another_departments_figures_is_not_used(plan: Plan, fill: Fill, kind: str) -> None:
    """A row of the police's form now names what the police does not answer for."""
    data = changed(fill(plan.department(POLICE), kind), "户籍人口城镇化率", "常住人口城镇化率")
    data = changed(data, "<t>2</t>", "<t>1</t>") if kind == "xlsx" else re.sub(rb"\n2,", b"\n,", data)
    submission, told = read_bytes(f"f.{kind}", data, plan)
    assert "S244" in [one.code for one in told]
    assert {one.reported for one in submission.observations} == {Reading.WITHHELD}
    assert {one.amount for one in submission.observations} == {None}
    assert "常住人口城镇化率" not in {one.indicator for one in submission.observations}
    results = assess(plan, [submission], period=plan.period).results
    assert {one.verdict for one in results} == {Verdict.UNREPORTED, Verdict.UNREADABLE}


def spoiled(
    plan: Plan, fill: Fill, office: str, stages: Mapping[str, str] | None = None
) -> tuple[Submission, Findings]:
    """A department's form, filled in, to which a row with another department's figure was added."""
    text = fill(plan.department(office), "csv", None, stages).decode("utf-8-sig")
    head = re.search(r"^编号,.*$", text, re.MULTILINE)
    assert head
    added = "7,农民工随迁子女接受义务教育比例,基本公共服务,%,99,≥99,98,,"
    return read_bytes("f.csv", text.replace(head[0], head[0] + "\n" + added).encode(), plan)


def test_what_a_refused_form_has_was_sent(plan: Plan, fill: Fill) -> None:
    """Nobody is told that a department has not reported what stands in its form."""
    submission, told = spoiled(plan, fill, POLICE)
    assert [one.code for one in told] == ["S244"]
    judged = assess(plan, [submission], period=plan.period)._replace(findings=told)
    status = next(one for one in department_statuses(judged) if one.office.name == POLICE)
    assert (status.state, status.missing, len(status.unreadable)) == (State.REFUSED, (), 3)
    assert [judged.cause(one) for one in status.unreadable] == [*told] * 3
    owed = OwedFinder(judged).of(status)
    assert [(one.lack, one.finding) for one in owed.items] == [(OwedReason.REFUSED, told[0])] * 3


def test_a_form_sent_again_counts_beside_the_refused_one(plan: Plan, fill: Fill) -> None:
    submission, _ = spoiled(plan, fill, POLICE)
    again, _ = read_bytes("again.csv", fill(plan.department(POLICE), "csv"), plan)
    for both in ([submission, again], [again, submission]):
        judged = assess(plan, both, period=plan.period)
        ours = [one for one in judged.results if POLICE in one.indicator.leads]
        assert {one.observation.place.file for one in ours if one.observation} == {"again.csv"}
        assert all(one.actual is not None for one in ours)
        assert "S210" not in {one.code for one in judged.findings}


def test_a_stage_of_a_refused_form_is_unreadable(plan: Plan, fill: Fill) -> None:
    name = "灵山县农民工创业园"
    submission, told = spoiled(plan, fill, "市人社局", {name: "完工"})
    assert [one.code for one in told] == ["S244"]
    judged = assess(plan, [submission], period=plan.period)._replace(findings=told)
    assert judged.stages == {}
    (entry,) = (one for one in milestone_entries(judged) if one.milestone.name == name)
    assert entry.verdict is Verdict.UNREADABLE


def test_a_column_of_senders_does_not_outdo_the_mark(plan: Plan, fill: Fill) -> None:
    data = fill(plan.department(POLICE), "csv").decode("utf-8-sig")
    data = data.replace("备注", "填报单位").replace("年报,", "年报,市教育局")
    submission, told = read_bytes("f.csv", data.encode(), plan)
    assert [one.code for one in told] == ["S244"]
    assert {one.reported for one in submission.observations} <= {Reading.WITHHELD}


def test_a_stage_of_another_department_spoils_the_form_too(plan: Plan, fill: Fill) -> None:
    data = fill(plan.department("市人社局"), "csv", {}, {"灵山县农民工创业园": "完工"}).decode("utf-8-sig")
    data = data.replace("目前阶段,备注", "目前阶段,填报单位").replace("前）,完工,", "前）,完工,市公安局")
    submission, told = read_bytes("f.csv", data.encode(), plan)
    assert [one.code for one in told] == ["S244"]
    assert submission.stages == ()


def test_a_department_that_was_renamed_is_known_by_its_old_name(plan: Plan, fill: Fill) -> None:
    data = fill(plan.department(POLICE), "csv")
    renamed = replace(
        plan,
        departments=tuple(
            one._replace(name="市公安厅", aliases=(POLICE,)) if one.name == POLICE else one for one in plan.departments
        ),
        indicators=tuple(
            replace(one, leads=tuple("市公安厅" if name == POLICE else name for name in one.leads))
            for one in plan.indicators
        ),
    )
    submission, told = read_bytes("f.csv", data, renamed)
    assert told == ()
    assert {one.sender for one in submission.observations} == {submission.sender} == {"市公安厅"}


@pytest.mark.parametrize("damage", [rb"</row>", rb't="s"><v>\d+', rb"<v>\d+", rb'r="A1"'])
def test_a_mark_sheet_that_cannot_be_read_is_a_damaged_mark(plan: Plan, fill: Fill, damage: bytes) -> None:
    data, stream = fill(plan.department(POLICE), "xlsx"), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(stream, "w") as copy:
        for part in book.namelist():
            text = book.read(part)
            copy.writestr(
                part,
                re.sub(damage, b't="q"><v>99999' if b"t=" in damage else b"<v>99999", text, count=1)
                if part.endswith("sheet3.xml")
                else text,
            )
    submission, told = read_bytes("f.xlsx", stream.getvalue(), plan)
    assert {one.code for one in told} <= {"S101", "S243"}
    assert told
    assert submission.observations == ()


def test_what_the_reader_of_a_form_is_shown_is_not_read(plan: Plan, fill: Fill) -> None:
    """A target that somebody has typed over changes nothing, and costs nothing."""
    data = changed(fill(plan.department(POLICE), "csv"), "≥", "约")
    submission, told = read_bytes("f.csv", data, plan)
    assert told == ()
    assert {one.sender for one in submission.observations} == {POLICE}


def test_a_sheet_that_somebody_added_is_told_and_the_form_is_used(plan: Plan) -> None:
    lines = ["czurban：这只是一个普通的表,", "指标,数值", "户籍人口城镇化率,20.35"]
    submission, told = read_bytes("f.csv", "\n".join(lines).encode(), plan)
    assert submission.sender == ""
    assert [one.code for one in told] == ["S219"]
    assert len(submission.observations) == 1


def test_a_mark_reads_as_it_was_written(plan: Plan) -> None:
    office = plan.department(POLICE)
    assert office
    mark = mark_of(plan, office)
    assert isinstance(mark, FormMark)
    assert parse_mark(["czurban填报表"]) is None
    assert mark_of(replace(plan, title=" 另\n一 "), office).plan == "另 一"


def test_a_stage_off_the_ladder_is_refused_and_not_missing(plan: Plan, fill: Fill) -> None:
    names = ("流动人口信息共享平台", "流动人口健康促进行动计划")
    data = fill(plan.department("市卫生健康委"), "csv", None, {names[0]: "已完工"})
    submission, told = read_bytes("f.csv", data, plan)
    assert told == ()
    status = next(one for one in department_statuses(assess(plan, [submission], period=plan.period)) if one.files)
    assert (status.state, [one.stage for one in status.refused]) == (State.REFUSED, ["已完工"])
    assert [milestone.name for _, milestone in status.unsent] == [names[1]]
    assert [milestone.name for _, milestone in status.unstaged] == list(names)
    report = status_report(assess(plan, [submission], period=plan.period), [status], {"f.csv": ""}, Translator("zh"))
    (record,) = report.rows()
    assert record["missing_milestones"] == [f"4 {names[1]}"]
    assert record["unreadable_milestones"] == [f"4 {names[0]}"]


def test_a_department_that_sent_a_scan_has_sent_something(plan: Plan) -> None:
    nothing = assess(plan, [], period=plan.period)
    for others, state in (((), State.SILENT), (("in/市商务局扫描件.pdf",), State.REFUSED)):
        status = next(one for one in department_statuses(nothing, others) if one.office.name == "市商务局")
        assert (status.state, status.files) == (state, others)
