"""After the letters were answered as they say: verdicts, and every product, compared with what was typed."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import unquote

import pytest
from letters import Round
from office_week import CONFLICT, COUNTIES, FINANCE, UNSENT, USED, Inbox
from plan_facts import MET, MISSED, Asked
from products import PRODUCTS, Product, read_page, read_product
from returned_forms import place
from sent_files import cell_in

TABLES = tuple(ending for ending in PRODUCTS["report"] if ending != "pdf")
FIGURE = {MET: "达标", MISSED: "未达标", CONFLICT: "无法判定", UNSENT: "未填报"}
STAGE = {MET: "到位", MISSED: "滞后", CONFLICT: "无法判定", UNSENT: "未报"}


def verdict(inbox: Inbox, asked: Asked) -> str:
    """Judge an answer from the plan's file and the script alone."""
    standing = inbox.standing[asked.name]
    return asked.verdict(inbox.true[asked.name]) if standing is USED else standing


def word(inbox: Inbox, asked: Asked) -> str:
    return (FIGURE if asked.is_figure else STAGE)[verdict(inbox, asked)]


def named(inbox: Inbox, row: dict[str, str], heading: str) -> Asked:
    """Return what a row is about; below its name, documents in small columns have other things."""
    text = row[heading].split("\n")[0].removesuffix("（争取事项）")
    known = inbox.facts.asked
    return known[text] if text in known else known[text[: text.rindex("（")]]


def shown(inbox: Inbox, asked: Asked) -> str:
    about = "约" if asked.name == "农民工随迁子女接受义务教育比例" else ""
    return f"{about}{inbox.true[asked.name]}" if inbox.standing[asked.name] is USED else ""


def test_only_what_stays_contradicting_or_silent_gets_a_letter(second: Round) -> None:
    assert Counter(second.inbox.standing.values()).keys() == {USED, CONFLICT, UNSENT}
    assert {entry.asked.name for letter in second.letters.values() for entry in letter.entries} == {
        name for name, standing in second.inbox.standing.items() if standing is not USED
    }
    assert FINANCE in second.letters
    assert not second.inbox.wrong
    kept = {*second.letters, *COUNTIES}
    assert not [path for path in (second.products / "letters").glob("*.txt") if path.stem not in kept]


def test_check_judges_every_target(second: Round) -> None:
    rows = list(read_product(second.products / "check.txt").tables[0].rows)
    text = (second.products / "check.txt").read_text(encoding="utf-8")
    inbox = second.inbox
    assert rows
    for asked in inbox.facts.figures:
        (line,) = (line for line in text.splitlines() if f" {asked.name}（{asked.unit}） " in line)
        cells = re.split(r"\s{2,}", line.strip())
        assert word(inbox, asked) in {cell[2:] for cell in cells if cell[:2] in ("✓ ", "✗ ", "? ", "- ")}, line
        assert not shown(inbox, asked) or shown(inbox, asked) in cells, line


def counts(inbox: Inbox, every: list[Asked]) -> Counter[str]:
    return Counter(word(inbox, asked) for asked in every)


def binding(inbox: Inbox) -> list[Asked]:
    return [each for each in inbox.facts.milestones if not each.aspiration]


@pytest.mark.parametrize("ending", PRODUCTS["report"])
def test_the_report_says_how_many_targets_and_milestones_have_each_verdict(second: Round, ending: str) -> None:
    text, inbox = report_text(second, ending), second.inbox
    figures, stages = counts(inbox, inbox.facts.figures), counts(inbox, binding(inbox))
    assert f"2019：{figures.total()}项指标中，{listed(figures, FIGURE)}。" in text
    assert f"事项节点共{stages.total()}个：{listed(stages, STAGE)}。" in text
    assert f"另列争取事项{len(inbox.facts.milestones) - stages.total()}项，不计入。" in text
    missed = [asked.name for asked in inbox.facts.figures if verdict(inbox, asked) == MISSED]
    assert f"未达标的有：{'、'.join(missed)}。" in text
    assert f"据{len(inbox.used_files())}份填报表" in text


def listed(found: Counter[str], words: dict[str, str]) -> str:
    order = [words[each] for each in (MET, MISSED, UNSENT, CONFLICT)]
    return "，".join(f"{each}{found[each]}项" for each in order if found[each])


def report_text(second: Round, ending: str) -> str:
    path = second.products / f"report.{ending}"
    if ending != "pdf":
        return read_product(path).text
    pytest.importorskip("typst")
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed")
    text = subprocess.run([tool, "-raw", str(path), "-"], capture_output=True, check=True).stdout.decode()
    return re.sub(r"\s|—\d+—", "", text)


@pytest.mark.parametrize("ending", TABLES)
def test_the_report_has_the_verdict_of_each_target_and_milestone(second: Round, ending: str) -> None:
    product, inbox = read_product(second.products / f"report.{ending}"), second.inbox
    seen = Counter(check_figures(product, inbox))
    assert set(seen) == {asked.name for asked in inbox.facts.figures}
    assert Counter(check_stages(product, inbox)) == Counter(asked.name for asked in inbox.facts.milestones)
    for row in product.rows("牵头单位", "项数", "达标"):
        led = [each for each in inbox.facts.led_by(row["牵头单位"]) if each.is_figure]
        assert {each: int(row[each]) for each in FIGURE.values()} == {
            each: counts(inbox, led)[each] for each in FIGURE.values()
        }
    for row in product.rows("牵头单位", "事项节点", "到位"):
        led = [each for each in inbox.facts.led_by(row["牵头单位"]) if not each.is_figure and not each.aspiration]
        assert {each: int(row[each]) for each in STAGE.values()} == {
            each: counts(inbox, led)[each] for each in STAGE.values()
        }


def check_figures(product: Product, inbox: Inbox) -> Iterator[str]:
    for row in product.rows("指标", "实际", "结论"):
        asked = named(inbox, row, "指标")
        assert row["结论"][2:] == word(inbox, asked), asked.name
        assert not shown(inbox, asked) or row["实际"] in (shown(inbox, asked), inbox.true[asked.name]), asked.name
        assert row["目标"].lstrip("≥≤") == asked.target[1:], asked.name
        yield asked.name


def check_stages(product: Product, inbox: Inbox) -> Iterator[str]:
    for row in product.rows("事项", "填报阶段", "结论"):
        asked = named(inbox, row, "事项")
        assert row["结论"][2:] == word(inbox, asked), asked.name
        assert row["填报阶段"] == (shown(inbox, asked) or "—"), asked.name
        assert row["应到阶段"].removesuffix("（争取事项）") == asked.stage
        yield asked.name


@pytest.mark.parametrize("ending", PRODUCTS["ledger"])
def test_the_ledger_closes_what_is_reached(second: Round, ending: str) -> None:
    product, inbox = read_product(second.products / f"ledger.{ending}"), second.inbox
    seen = set()
    for row in product.rows("目标或节点", "填报", "结论", "销号"):
        asked = named(inbox, row, "目标或节点")
        assert row["结论"][2:] == word(inbox, asked), asked.name
        assert not shown(inbox, asked) or row["填报"] in (shown(inbox, asked), inbox.true[asked.name]), asked.name
        assert row["销号"] == ("已销号" if verdict(inbox, asked) == MET else "未销号"), asked.name
        leads = "、".join(asked.leads)
        folded = row["目标或节点"].partition("\n")[2]  # documents with small columns have the leads below the name
        assert row.get("牵头单位", "").replace("\n", "") == leads or re.match(f"{leads}(；|$)", folded), asked.name
        seen.add(asked.name)
    assert seen == set(inbox.facts.asked)
    bound = [*inbox.facts.figures, *binding(inbox)]
    closed = sum(verdict(inbox, asked) == MET for asked in bound)
    assert f"共{len(bound)}项：已销号{closed}项，未销号{len(bound) - closed}项" in product.text
    for row in product.rows("牵头单位", "未销号", "已销号"):
        led = [asked for asked in bound if row["牵头单位"] in asked.leads]
        assert int(row["已销号"]) == sum(verdict(inbox, asked) == MET for asked in led), row
        assert int(row["事项"]) == len(led), row


@pytest.mark.parametrize("ending", PRODUCTS["escalate"])
def test_the_conference_gets_what_is_open(second: Round, ending: str) -> None:
    product, inbox = read_product(second.products / f"escalate.{ending}"), second.inbox
    bound = [*inbox.facts.figures, *binding(inbox)]
    found = Counter((verdict(inbox, asked), asked.is_figure) for asked in bound)
    conflicts = found[CONFLICT, True] + found[CONFLICT, False]
    for label, count in (
        ("数据相互矛盾", conflicts),
        ("未达标目标", found[MISSED, True]),
        ("滞后的事项节点", found[MISSED, False]),
        ("无单位填报", found[UNSENT, True] + found[UNSENT, False]),
    ):
        assert (f"{label}：{count}项" in product.text) if count else (f"{label}：" not in product.text), label
    assert (
        f"共{conflicts + sum(count for (each, _), count in found.items() if each in (MISSED, UNSENT)) + 1}项。"
        in product.text
    )
    for asked in bound:
        sentences = re.findall(rf"“{re.escape(asked.name)}”(?:（任务\d+）)?(?:[：]|实际|目前为)[^。]+。", product.text)
        assert bool(sentences) is (verdict(inbox, asked) != MET), asked.name
        for sentence in sentences:
            check_sentence(inbox, asked, sentence)


def check_sentence(inbox: Inbox, asked: Asked, sentence: str) -> None:
    """Compare a sentence of the paper with what was typed: figures, stages, gaps, and who sent them from which file."""
    names = "|".join(map(re.escape, sorted(inbox.sender, key=len, reverse=True)))
    found = re.findall(rf"(({names})(?:“(.+?)”表([A-Z]+\d+)单元格|第(\d+)行)）)", sentence)
    assert found, sentence
    for there, file, sheet, cell, line in found:
        at = place(sheet, cell) if cell else inbox.open[file].find(asked.name)
        assert not line or at.row == int(line) - 1, sentence
        assert inbox.open[file].sheets[at.sheet][at.row][1] == asked.name, sentence
        typed, by, unit = cell_in(inbox.folder / file, at), inbox.sender[file], asked.unit
        forms = (f"填报{typed}{unit}（", f"填报的阶段为“{typed}”（", f"为“{typed}”（", "，")
        assert any(f"{by}{form}{there}" in sentence for form in forms), (sentence, typed)
    if verdict(inbox, asked) == MISSED and asked.is_figure:
        true = Decimal(inbox.true[asked.name])
        assert f"实际{true}{asked.unit}，目标{asked.target}{asked.unit}" in sentence
        assert f"差{abs(true - asked.bound):f}".rstrip("0").rstrip(".") in sentence
    if verdict(inbox, asked) == MISSED and not asked.is_figure:
        steps = asked.ladder.index(asked.stage) - asked.ladder.index(inbox.true[asked.name])
        assert f"目前为“{inbox.true[asked.name]}”，要求“{asked.stage}”，差{steps}个阶段" in sentence


def test_every_link_of_the_site_leads_somewhere(second: Round) -> None:
    folder = second.products / "site"
    pages = {path.resolve(): read_page(path) for path in folder.rglob("*.html")}
    linked = set()
    for path, page in pages.items():
        for link in page.links:
            target, _, part = unquote(link).partition("#")
            assert not re.match(r"\w+:", target), link
            to = (path.parent / target).resolve() if target else path
            assert to in pages, (path, link)
            assert not part or part in pages[to].ids, (path, link)
            linked.add(to)
    assert linked == set(pages)


def test_the_site_has_a_page_with_the_verdict_of_each_target_and_department(second: Round) -> None:
    folder, inbox = second.products / "site", second.inbox
    for asked in inbox.facts.figures:
        text = read_product(folder / "indicators" / f"{asked.id}.html").text
        assert asked.name in text
        assert word(inbox, asked) in text
        assert shown(inbox, asked) in text
    for office in {lead for asked in inbox.facts.asked.values() for lead in asked.leads}:
        product = read_product(folder / "departments" / f"{office}.html")
        led = inbox.facts.led_by(office)
        seen = set(check_figures(product, inbox)) | set(check_stages(product, inbox))
        assert {asked.name for asked in led} <= seen, office
    start = read_product(folder / "index.html").text
    found = counts(inbox, inbox.facts.figures)
    assert all(str(found[each]) in start for each in FIGURE.values() if found[each])


def test_the_body_of_a_bulletin_has_its_title_and_names_no_file(second: Round) -> None:
    text = (second.products / "report.md").read_text(encoding="utf-8")
    assert text.startswith(f"# 关于《{second.inbox.facts.title}》2019年完成情况的通报\n")
    body, _, appendix = text.partition("\n## 数据问题")
    assert not [name for name in second.inbox.sender if name in body]
    assert [name for name in second.inbox.sender if name in appendix]
