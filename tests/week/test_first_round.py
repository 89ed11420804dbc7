"""What came back with mistakes: its status in every format, and a letter to each department that owes something."""

import re
from collections import Counter
from pathlib import Path

import pytest
from letters import Letter, Round, read_letters
from office_week import (
    ARRIVALS,
    BUILT_UP,
    BUSES,
    CONFLICT,
    COUNTIES,
    INVESTMENT,
    MISTAKES,
    PIERS,
    PORT,
    REFUSED,
    SEA,
    STAFFING,
    TAX,
    UNSENT,
    USED,
    Inbox,
    Standing,
    following,
)
from plan_facts import MET, MISSED, PlanFacts
from products import read_product

LEAST_KINDS = 40


def test_every_unit_has_a_form_and_there_are_many_kinds_of_mistakes(first: Round, facts: PlanFacts) -> None:
    kinds = [each.kind for each in (*MISTAKES, *ARRIVALS)]
    assert len(kinds) == len(set(kinds)) >= LEAST_KINDS
    forms = {path.stem for path in (first.products.parent / "forms").glob("*.xlsx")}
    assert forms >= {lead for each in facts.asked.values() for lead in each.leads}
    assert forms <= set(first.inbox.sender.values())
    assert {path.name for path in first.inbox.folder.iterdir()} == set(first.inbox.sender)


@pytest.mark.parametrize("ending", ["txt", "html", "xlsx"])
def test_the_status_of_every_unit(first: Round, ending: str) -> None:
    product = read_product(first.products / f"status.{ending}")
    rows = {row["单位"]: row for row in product.rows("单位", "状态")}
    inbox = first.inbox
    assert set(rows) == set(inbox.sender.values())
    for office, row in rows.items():
        assert row["状态"] == inbox.state(office), office
        if office in COUNTIES:
            assert ending == "txt" or row["已有"] == f"{COUNTIES[office]}/{inbox.facts.of_each_county}"
            continue
        asked, owed = inbox.facts.led_by(office), inbox.owed_by(office)
        if ending == "txt":
            continue  # the bars and blank cells of a terminal leave no columns to tell apart
        assert row["已有"] == (f"{len(asked) - len(owed)}/{len(asked)}" if asked else "—"), office
        missing = Counter(
            inbox.facts.asked[name].is_figure for name, standing in owed.items() if inbox.is_missing(standing)
        )
        assert (row["缺数据"], row["缺节点"]) == (str(missing[True]), str(missing[False])), office
        assert row["未采用"] == str(len(owed) - missing.total()), office
        files = inbox.files_of(office)
        assert row["文件"] == "、".join(f"first/{name}" for name in sorted(files)), office
        assert row["报送时间"] == "、".join(f"{inbox.sent_at(name):%Y-%m-%d %H:%M}" for name in sorted(files))


def test_the_totals_of_the_status(first: Round) -> None:
    inbox, text = first.inbox, read_product(first.products / "status.html").text
    states = Counter(map(inbox.state, set(inbox.sender.values())))
    assert f"2019年：共{states.total()}个单位" in text
    assert all(f"{state}{count}个" in text for state, count in states.items())
    standing = Counter((inbox.facts.asked[name].is_figure, each) for name, each in inbox.standing.items())
    figures, stages = len(inbox.facts.figures), len(inbox.facts.milestones)
    refused = figures - standing[True, USED] - standing[True, UNSENT]
    assert (
        f"应报{figures}项，已有{standing[True, USED]}项，未采用{refused}项；"
        f"事项节点：应报{stages}个，已有{standing[False, USED]}个"
    ) in text


def test_what_each_unit_lacks_is_listed(first: Round) -> None:
    printed = (first.products / "status.txt").read_text(encoding="utf-8").partition("各单位未报的内容\n")[2]
    lists: dict[str, str] = {}
    office = ""
    for line in printed.splitlines():
        if line.startswith("* "):
            office = line.removeprefix("* ")
        elif line.startswith("  - "):
            lists[office] = lists.get(office, "") + line
    inbox = first.inbox
    assert set(lists) == {office for office in set(inbox.sender.values()) if inbox.owed_by(office)} | set(COUNTIES)
    for office, text in lists.items():
        missing, _, refused = text.partition("未采用：")
        for name, standing in inbox.owed_by(office).items():
            assert name in (text if inbox.is_missing(standing) else refused), (office, name)
        assert not [
            each.name
            for each in inbox.facts.led_by(office)
            if inbox.standing[each.name] is USED and f"{each.name}（" in refused
        ]
        assert missing or refused


def test_files_that_are_no_tables_are_named_and_get_no_letter(first: Round) -> None:
    printed = (first.products / "status.txt").read_text(encoding="utf-8")
    for name in first.inbox.no_table:
        assert f"first/{name}（不是表格类型）" in printed
    assert {first.inbox.sender[name] for name in first.inbox.no_table} == {TAX, SEA}
    assert f"没有给{TAX}写函" in printed
    assert TAX not in first.letters


def test_each_mistake_is_in_the_letters_as_the_table_says(first: Round) -> None:
    """The fixture has compared every sentence; here is each planted mistake, in each letter that is about it."""
    for mistake in MISTAKES:
        for name in mistake.names if mistake.standing is not USED else ():
            leads = first.inbox.facts.asked[name].leads
            for office in set(leads) & set(first.letters):
                said = {entry.asked.name: entry.standing for entry in first.letters[office].entries}
                assert said[name] == first.inbox.standing_for(office, name), mistake.kind
            assert set(leads) & set(first.letters), mistake.kind
            assert first.inbox.standing[name] is mistake.standing, mistake.kind


def test_the_report_judges_only_what_can_be_judged(first: Round) -> None:
    product, inbox = read_product(first.products / "report.md"), first.inbox
    broken = [arrival.file for arrival in ARRIVALS if arrival.office in (STAFFING, INVESTMENT)]
    assert f"据{len(inbox.used_files())}份填报表（另有{len(broken)}份无法读取）" in product.text
    words = {REFUSED: "无法判定", CONFLICT: "无法判定", UNSENT: "未填报"}
    for row in product.rows("指标", "实际", "结论"):
        asked = inbox.facts.asked[row["指标"].rpartition("（")[0]]
        standing = inbox.standing[asked.name]
        if standing is USED:
            true = inbox.said(asked.name)
            assert row["结论"][2:] == {MET: "达标", MISSED: "未达标"}[asked.verdict(true)], asked.name
            assert row["实际"].removeprefix("约") == true
        else:
            # a figure under the heading of another year is refused, and none for the year of the plan (R5)
            assert row["结论"][2:] == ("未填报" if asked.name in BUSES else words[standing]), asked.name


def bound(inbox: Inbox, standing: Standing) -> list[str]:
    return [
        name for name, each in inbox.standing.items() if each is standing and not inbox.facts.asked[name].aspiration
    ]


def test_the_conference_hears_nothing_untrue_of_what_was_sent(first: Round) -> None:
    text, inbox = read_product(first.products / "escalate.md").text, first.inbox
    for name, standing in inbox.standing.items():
        asked = inbox.facts.asked[name]
        silent = re.search(rf"“{re.escape(name)}”(?:（[^）]+）)?(?:应达到“[^”]+”，)?无单位填报", text)
        unread = standing is UNSENT and not inbox.unread.isdisjoint(asked.leads)
        assert not silent or (standing is UNSENT and not unread), name
        assert not unread or asked.aspiration or f"“{name}”（任务{asked.task}）进度不明，" in text, name
    refused = sum(not inbox.unread.isdisjoint(inbox.facts.asked[name].leads) for name in bound(inbox, UNSENT))
    assert f"已报送但不能采用：{refused + len(BUSES)}项" in text


def test_letters_ask_about_figures_that_are_used_and_look_wrong(first: Round) -> None:
    asked_about = {name for letter in first.letters.values() for _, name in letter.questions}
    assert len(first.inbox.wrong) == 3
    assert asked_about >= set(first.inbox.wrong)


def test_hints_say_what_helps(first: Round) -> None:
    """Somebody who takes a letter at its word types the true answer, whatever its unit."""
    typed = {
        entry.asked.name: following(entry.instead, first.inbox.true[entry.asked.name])
        for letter in first.letters.values()
        for entry in letter.entries
        if entry.standing is REFUSED
    }
    assert {name: text for name, text in typed.items() if text != first.inbox.true[name]} == {
        "户籍人口城镇化率": f"{first.inbox.true['户籍人口城镇化率']}%",
        "新增农业转移人口和其他常住人口落户城镇数量": "93000人",
        "城镇建设用地面积": "19890公顷",
        "新增县级现代特色农业示范区": "120个",
    }


def test_a_copied_form_makes_no_neighbour_the_sender(first: Round) -> None:
    letter: Letter = first.letters[PORT]
    assert letter.files == [f"{PORT}.xlsx"]
    assert {entry.asked.name for entry in letter.entries} == set(PIERS)
    others = [other for other in first.letters.values() if other is not letter]
    assert not [line for other in others for line in other.lines if f"{PORT}.xlsx" in line]


def test_contradicting_leads_see_both_figures(first: Round) -> None:
    for office in first.inbox.facts.asked[BUILT_UP].leads:
        (entry,) = (entry for entry in first.letters[office].entries if entry.asked.name == BUILT_UP)
        assert {quote.text for quote in entry.quotes} == {"90.6", first.inbox.true[BUILT_UP]}
        assert entry.quotes[0].by == office


def test_letters_of_an_untrue_week_would_fail(first: Round, tmp_path: Path) -> None:
    """The checker itself notices a wrong number, an unknown sentence, a letter too many and one too few."""

    def changed(old: str, new: str) -> Path:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for path in (first.products / "letters").iterdir():
            data = path.read_bytes()
            (folder / path.name).write_bytes(
                data.replace(old.encode(), new.encode()) if path.suffix == ".txt" else data
            )
        return folder

    inbox: Inbox = first.inbox
    assert read_letters(changed("", ""), inbox)
    for old, new in (
        ("报“915”", "报“91.5”"),
        ("表G6单元格", "表G7单元格"),
        ("3项已报", "2项已报"),
        ("请于2020", "请在2020"),
        ("贵单位报“", "市水利局报“"),
    ):
        with pytest.raises(AssertionError):
            read_letters(changed(old, new), inbox)
    for name in ("市公安局", "市水利局"):
        folder = changed("", "")
        path = folder / f"{name}.txt"
        path.unlink() if path.exists() else path.write_text("", encoding="utf-8")
        with pytest.raises(AssertionError):
            read_letters(folder, inbox)
