"""Forms of departments that lead the same thing: none takes the figure or stage of another (R6)."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import pytest

from czurban.checking.assessing import assess
from czurban.checking.collection.department_status import department_statuses
from czurban.checking.collection.owed import OwedFinder
from czurban.model.assessment import Assessment, Note, Result, Verdict
from czurban.model.collection.sent import OwedItem, State
from czurban.model.observation import Observation
from czurban.model.plan import Plan
from czurban.reading.submission.files import read_bytes

Fill = Callable[..., bytes]
HOUSING, CITY = "市住房城乡建设局", "市城管执法局"
AREA, PARKS = "城市建成区面积", "人均公园绿地面积"  # at least 90.51 and 12


class Sent(NamedTuple):
    """What a department types for the area: the figure, its status, and the stages of milestones."""

    office: str
    value: str
    status: str = ""
    stages: Mapping[str, str] = {}


@pytest.fixture
def judge(plan: Plan, fill: Fill) -> Callable[..., Assessment]:
    def judged(*sent: Sent) -> Assessment:
        read = [
            read_bytes(
                f"{number} {each.office}.csv",
                fill(plan.department(each.office), "csv", {AREA: (each.value, each.status)}, each.stages),
                plan,
            )
            for number, each in enumerate(sent)
        ]
        assessed = assess(plan, [submission for submission, _ in read], period=plan.period)
        return assessed._replace(findings=(*(fault for _, faults in read for fault in faults), *assessed.findings))

    return judged


def area(assessed: Assessment) -> Result:
    return next(result for result in assessed.results if result.indicator.name == AREA)


def codes(assessed: Assessment) -> set[str]:
    return {fault.code for fault in assessed.findings} & {
        "S203",
        "S206",
        "S210",
        "S211",
        "S216",
        "S225",
        "S245",
        "S248",
    }


def owed(assessed: Assessment, office: str) -> tuple[State, dict[str, OwedItem]]:
    status = next(each for each in department_statuses(assessed) if each.office.name == office)
    items = OwedFinder(assessed).of(status).items
    names = (item.owed.indicator.name if isinstance(item.owed, Result) else item.owed[1].name for item in items)
    return status.state, dict(zip(names, items, strict=True))


@pytest.mark.parametrize(
    ("sent", "verdict", "raw", "found"),
    [
        # a status without a value states nothing, whoever typed it
        (((HOUSING, "91.2", "快报"), (CITY, "", "年报")), Verdict.MET, "91.2", ()),
        (((HOUSING, "91.2", ""), (CITY, "", "修订")), Verdict.MET, "91.2", ()),
        (((HOUSING, "91.2", "快报"), (HOUSING, "", "年报")), Verdict.MET, "91.2", ()),
        (((HOUSING, "", "修订"), (HOUSING, "91.2", "快报")), Verdict.MET, "91.2", ()),
        (((HOUSING, "", "年报"), (CITY, "", "修订")), Verdict.UNREPORTED, "", ()),
        # a sign for nothing does, for the department that typed it
        (((HOUSING, "91.2", "快报"), (HOUSING, "—", "年报")), Verdict.UNREADABLE, "91.2", ("S225",)),
        (((HOUSING, "91.2", "快报"), (CITY, "—", "年报")), Verdict.MET, "91.2", ()),
        (((HOUSING, "91.2", "年报"), (CITY, "90.2", "年报"), (CITY, "无", "修订")), Verdict.MET, "91.2", ("S225",)),
        # a status orders the figures of one department
        (((HOUSING, "90.2", "快报"), (HOUSING, "91.2", "修订")), Verdict.MET, "91.2", ("S216",)),
        (((HOUSING, "91.2", "年报"), (CITY, "90.2", "修订")), Verdict.UNREADABLE, "91.2 / 90.2", ("S210",)),
        (((CITY, "90.2", "修订"), (HOUSING, "91.2", "年报")), Verdict.UNREADABLE, "90.2 / 91.2", ("S210",)),
        (((HOUSING, "91.2", ""), (CITY, "90.2", "修订")), Verdict.UNREADABLE, "91.2 / 90.2", ("S210",)),
        (((HOUSING, "91.2", "年报"), (CITY, "91.2", "修订")), Verdict.MET, "91.2", ("S211",)),
        (
            ((HOUSING, "91.2", "年报"), (CITY, "90.2", "年报"), (CITY, "91.2", "修订")),
            Verdict.MET,
            "91.2",
            ("S211", "S216"),
        ),
        (
            ((HOUSING, "91.2", "年报"), (CITY, "91.2", "年报"), (CITY, "90.2", "修订")),
            Verdict.UNREADABLE,
            "91.2 / 90.2",
            ("S210", "S216"),
        ),
        # a text that is no number takes no other department's figure; one that is a number contradicts it
        (((HOUSING, "91.2", "年报"), (CITY, "同住建局", "年报")), Verdict.MET, "91.2", ("S203",)),
        (((CITY, "同住建局", "修订"), (HOUSING, "91.2", "快报")), Verdict.MET, "91.2", ("S203",)),
        (((HOUSING, "90.2", ""), (CITY, "见附件", "")), Verdict.MISSED, "90.2", ("S203",)),
        (((HOUSING, "91.2", ""), (HOUSING, "见附件", "")), Verdict.UNREADABLE, "91.2 / 见附件", ("S203", "S210")),
        (((HOUSING, "91.2", ""), (CITY, "912000", "")), Verdict.UNREADABLE, "91.2 / 912000", ("S206", "S210")),
        (((HOUSING, "同城管局", ""), (CITY, "同住建局", "")), Verdict.UNREADABLE, "同城管局 / 同住建局", ("S203",)),
    ],
)
def test_r6_the_figures_of_two_leads(
    judge: Callable[..., Assessment],
    sent: tuple[tuple[str, str, str], ...],
    verdict: Verdict,
    raw: str,
    found: tuple[str, ...],
) -> None:
    assessed = judge(*(Sent(*each) for each in sent))
    assert (area(assessed).verdict, area(assessed).raw) == (verdict, raw)
    assert codes(assessed) == set(found)
    differs = verdict is Verdict.UNREADABLE and " / " in raw
    assert (Note.DIFFERING in area(assessed).notes) is differs


def test_r6_one_text_that_cannot_be_read_is_asked_of_its_sender_alone(judge: Callable[..., Assessment]) -> None:
    assessed = judge(Sent(HOUSING, "91.2", "年报"), Sent(CITY, "同住建局", "年报"))
    assert Note.OTHER_UNREADABLE in area(assessed).notes
    state, items = owed(assessed, CITY)
    assert state in {State.PARTIAL, State.REFUSED}
    assert isinstance(items[AREA].sent[0].value, Observation)
    assert items[AREA].sent[0].value.raw == "同住建局"
    assert items[AREA].finding is not None
    assert items[AREA].finding.code == "S203"
    assert AREA not in owed(assessed, HOUSING)[1]


def test_r6_a_withdrawn_figure_is_asked_of_its_sender(judge: Callable[..., Assessment]) -> None:
    assessed = judge(Sent(HOUSING, "91.2", "快报"), Sent(HOUSING, "—", "年报"), Sent(CITY, "", "修订"))
    finding = owed(assessed, HOUSING)[1][AREA].finding
    assert finding is not None
    assert finding.place is not None
    assert (finding.code, finding.place.file) == ("S225", f"1 {HOUSING}.csv")
    assert CITY not in str(finding.message)


def test_r6_the_hint_on_two_departments_names_no_status_that_would_decide(judge: Callable[..., Assessment]) -> None:
    between = judge(Sent(HOUSING, "91.2"), Sent(CITY, "90.2"))
    within = judge(Sent(HOUSING, "91.2"), Sent(HOUSING, "90.2"))
    hints = [next(str(fault.hint) for fault in each.findings if fault.code == "S210") for each in (between, within)]
    assert ["修订" in hint for hint in hints] == [False, True]


def test_r10_a_stage_of_one_lead_is_used_and_the_other_lead_is_asked(
    judge: Callable[..., Assessment], plan: Plan
) -> None:
    task = next(each for each in plan.tasks if {HOUSING, CITY} <= {*each.leads} and each.milestones)
    milestone = task.milestones[0]
    good, bad = {milestone.name: milestone.stage}, {milestone.name: "同住建局"}
    assessed = judge(Sent(HOUSING, "91.2", "", good), Sent(CITY, "91.2", "", bad))
    assert assessed.stages[task.no, milestone.name].stage == milestone.stage
    assert milestone.name not in owed(assessed, HOUSING)[1]
    item = owed(assessed, CITY)[1][milestone.name]
    assert item.sent[0].by == CITY
    assert item.finding is not None
    assert item.finding.code == "S245"
    alone = judge(Sent(HOUSING, "91.2", "", good), Sent(HOUSING, "91.2", "", bad))
    assert (task.no, milestone.name) not in alone.stages
    assert milestone.name in owed(alone, HOUSING)[1]
