"""Letters of a collection, read back: every line is one of the sentences below, and each is compared with the data."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from docx import Document
from office_week import BY, CONFLICT, CONTACT, COUNTIES, LETTER_DATE, REFUSED, SENDER, UNREAD, UNSENT, Inbox, Standing
from plan_facts import Asked
from returned_forms import At, place
from sent_files import cell_in

SECTIONS: dict[str, tuple[Standing, bool]] = {
    "未见填报的指标": (UNSENT, True),
    "因文件未能采用而情况不明的指标": (UNREAD, True),
    "所报数据未能采用的指标": (REFUSED, True),
    "所报数据互不一致的指标": (CONFLICT, True),
    "未见填报进展阶段的事项": (UNSENT, False),
    "因文件未能采用而进度不明的事项": (UNREAD, False),
    "所报阶段未能采用的事项": (REFUSED, False),
    "所报阶段互不一致的事项": (CONFLICT, False),
}
"""The titles of the annex: how the answers below stand, and whether they are figures."""
REQUESTS = {
    (UNSENT, True): "请按括号内的单位填报数字；暂无数据的，请将数值栏留空并在备注栏说明原因。",
    (UNREAD, True): "请按本附件的要求处理该文件，在其中按括号内的单位填报下列数据后重新报送。",
    (REFUSED, True): "请按下列要求更正相应单元格。",
    (CONFLICT, True): "以下各数均未采用。请会同所列单位核实，只报一个一致的数。",
    (UNSENT, False): "请在“目前阶段”栏选填目前实际所处的阶段。括号内为方案要求的阶段和共同牵头单位。",
    (UNREAD, False): "请按本附件的要求处理该文件，在其中选填目前达到的阶段后重新报送。",
    (REFUSED, False): "请按下列要求更正相应单元格。",
    (CONFLICT, False): "以下各阶段均未采用。请会同所列单位核实，只报一个一致的阶段。",
}
"""What is asked for below each title."""
FILES, OTHERS, QUESTIONS = "未能采用的文件", "填报表中其他需更正的内容", "请核实的数据"
COUNTED = {
    "未见填报": UNSENT,
    "因文件未能采用而情况不明": UNREAD,
    "已报但未能采用": REFUSED,
    "所报内容互不一致": CONFLICT,
}
COUNTED_APART = {
    "所报文件中有(\\d+)个未能采用": FILES,
    "填报表中另有(\\d+)处内容需更正": OTHERS,
    "另有(\\d+)项数据请核实": QUESTIONS,
}
QUESTION = "下列数据已按所报采用。请核实，有误的请更正，无误的请说明情况。"
PLACE = (
    r"(?P<file>[^“”（）]+(?:（[^）]+）)?\.\w+)(?:“(?P<sheet>[^”]+)”表)?(?:(?P<cell>[A-Z]+\d+)单元格|第(?P<line>\d+)行)?"
)


class Quote(NamedTuple):
    """What a letter says that somebody sent: who, what, and where it stands."""

    by: str
    text: str
    file: str
    at: At


@dataclass
class Entry:
    """An answer that a letter asks for, with what it quotes, and what it asks to write instead."""

    asked: Asked
    standing: Standing
    quotes: list[Quote] = field(default_factory=list)
    instead: str = ""
    by: str = ""


@dataclass
class Remark:
    """What a letter says about a file or a cell that is about none of its entries, and what it asks to do."""

    file: str
    at: At
    advice: str = ""


@dataclass
class Letter:
    """A letter, as far as it was read."""

    office: str
    inbox: Inbox
    lines: list[str]
    entries: list[Entry] = field(default_factory=list)
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    others: list[Remark] = field(default_factory=list)
    refers_to_others: bool = False
    questions: list[tuple[str, str]] = field(default_factory=list)
    section: str = ""

    @property
    def entry(self) -> Entry:
        return self.entries[-1]


class Round(NamedTuple):
    """What arrived in a round and how it stands, the folder of its products, and the letters that were checked."""

    inbox: Inbox
    products: Path
    letters: dict[str, Letter]


def read_letters(folder: Path, inbox: Inbox) -> dict[str, Letter]:
    """Read the letters of a folder and check all that they say."""
    letters = {path.stem: Letter(path.stem, inbox, _lines(path)) for path in sorted(folder.glob("*.txt"))}
    for county, sent in COUNTIES.items():
        lines, asked = letters.pop(county).lines, inbox.facts.of_each_county
        assert lines[1] == f"{county}人民政府："
        assert f"贵单位填报的{asked}项指标中，{sent}项已有可用数据，{asked - sent}项未见填报。" in lines
    assert set(letters) >= inbox.letters()
    for office, letter in letters.items():
        assert not re.search("您好|czurban|--|`|/", "".join(letter.lines)), office
        for line in letter.lines:
            _check_line(letter, line)
        _check_whole(letter)
        assert office in inbox.letters() or letter.questions
        assert list(map(_bare, _docx_lines(folder / f"{office}.docx"))) == list(map(_bare, letter.lines))
    return letters


def _lines(path: Path) -> list[str]:
    return [line for line in map(str.strip, path.read_text(encoding="utf-8").splitlines()) if line]


def _docx_lines(path: Path) -> list[str]:
    texts = (paragraph.text.strip() for paragraph in Document(str(path)).paragraphs)
    return [text for text in texts if text]


def _bare(line: str) -> str:
    """Return a line without the signs that a word processor draws itself, and without spaces for the layout."""
    return re.sub(r"^(?:\d+\. |- )|\s", "", line)


def _check_line(letter: Letter, line: str) -> None:
    for pattern, check in SENTENCES:
        if match := re.fullmatch(pattern, line):
            try:
                check(letter, match)
            except AssertionError as error:
                message = f"letter to {letter.office}: {line}: {error}"
                raise AssertionError(message) from error
            return
    message = f"letter to {letter.office} has an unknown sentence: {line}"
    raise AssertionError(message)


def _check_whole(letter: Letter) -> None:
    """Compare the entries with what the department owes, and the counts with the entries."""
    owed = letter.inbox.owed_by(letter.office)
    assert {entry.asked.name: entry.standing for entry in letter.entries} == owed, letter.office
    assert len(letter.entries) == len(owed)
    said = ((FILES, letter.files), (OTHERS, letter.others), (QUESTIONS, letter.questions))
    found = Counter(title for title, _ in _sections(letter.entries))
    counts = {title: announced for title, (announced, _) in letter.counts.items()}
    assert counts == dict(found) | {title: len(lines) for title, lines in said if lines}, letter.office
    unsent = any(entry.standing is UNSENT and entry.asked.is_figure for entry in letter.entries)
    assert letter.refers_to_others is (unsent and bool(letter.others)), letter.office
    assert set(letter.files) == letter.inbox.refused_files(letter.office)


def _sections(entries: list[Entry]) -> Iterator[tuple[str, Entry]]:
    titles = {key: title for title, key in SECTIONS.items()}
    return ((titles[entry.standing, entry.asked.is_figure], entry) for entry in entries)


def _received(letter: Letter, match: re.Match[str]) -> None:
    inbox, files = letter.inbox, letter.inbox.files_of(letter.office)
    assert match["title"] == inbox.facts.title
    if not match["files"]:
        assert match["date"] == LETTER_DATE
        assert not files
        return
    said = re.findall(r"([^、]+?\.\w+)（(\d{4}-\d\d-\d\d \d\d:\d\d)）", match["files"])
    assert sorted(said) == sorted((name, f"{inbox.sent_at(name):%Y-%m-%d %H:%M}") for name in files)
    assert match["files"] == "、".join(f"{name}（{when}）" for name, when in said)


def _counted(letter: Letter, match: re.Match[str]) -> None:
    """Compare the counts of the letter's body with what the department leads and owes."""
    inbox = letter.inbox
    owed = Counter(
        (standing, inbox.facts.asked[name].is_figure) for name, standing in inbox.owed_by(letter.office).items()
    )
    led = Counter(each.is_figure for each in inbox.facts.led_by(letter.office))
    said: Counter[bool] = Counter()
    for total, kind, rest in re.findall(r"贵单位牵头的(\d+)(项指标|个事项节点)中，([^。]+)。", match[0]):
        is_figure = kind == "项指标"
        said[is_figure] = int(total)
        usable, *lacks = rest.split("，")
        lacking = sum(count for (_, figure), count in owed.items() if figure is is_figure)
        assert int(re.sub(r"\D", "", usable)) == int(total) - lacking
        parts = [re.match(r"(\d+)项(.+)", lack) for lack in lacks]
        assert {COUNTED[part[2]]: int(part[1]) for part in parts if part} == {
            standing: count for (standing, figure), count in owed.items() if figure is is_figure
        }
    assert said == led
    for text, title in COUNTED_APART.items():
        announced = re.search(text, match[0])
        if announced:
            letter.counts[f"body {title}"] = (int(announced[1]), 0)


def _section(letter: Letter, match: re.Match[str]) -> None:
    letter.section = match["title"]
    body = letter.counts.pop(f"body {letter.section}", None)
    assert (body is None) is (letter.section in SECTIONS)
    assert body is None or body[0] == int(match["count"])
    letter.counts[letter.section] = (int(match["count"]), 0)


def _listed(letter: Letter, match: re.Match[str]) -> None:
    """Check an entry of the annex: a figure with its unit, or a stage with the one that is asked for."""
    asked = letter.inbox.facts.asked[match["name"]]
    standing, is_figure = SECTIONS[letter.section]
    assert asked.is_figure is is_figure
    assert match["others"] == ("、".join(name for name in asked.leads if name != letter.office) or None)
    assert match["due"] in ("2019年底", None)
    if is_figure:
        assert match["unit"] == asked.unit
    else:
        assert (int(match["task"]), match["stage"]) == (asked.task, asked.stage)
    letter.entries.append(Entry(asked, standing))


def _quoted(letter: Letter, match: re.Match[str]) -> None:
    """Compare a quoted answer with the cell that is named, in a file of the one who is named."""
    assert match["cell"], "no cell is named"
    by = letter.office if match["by"] == "贵单位" else match["by"]
    assert letter.inbox.sender[match["file"]] == by
    at = place(match["sheet"], match["cell"])
    row, entry = letter.inbox.open[match["file"]].sheets[at.sheet][at.row], letter.entry
    typed = cell_in(letter.inbox.folder / match["file"], at) or str(row[at.column])
    unit = entry.asked.unit if entry.asked.is_figure else ""
    assert match["text"] in (typed, f"{typed}{unit}"), typed
    assert row[1] == entry.asked.name
    entry.quotes.append(Quote(by, typed, match["file"], at))


def _noted(letter: Letter, match: re.Match[str]) -> None:
    at = place(match["sheet"], match["cell"])
    assert letter.entry.standing is UNSENT
    assert letter.inbox.sender[match["file"]] == letter.office
    assert cell_in(letter.inbox.folder / match["file"], at) == ""
    row = letter.inbox.open[match["file"]].sheets[at.sheet][at.row]
    assert (row[1], row[-1]) == (letter.entry.asked.name, match["note"])


def _why(letter: Letter, match: re.Match[str]) -> None:
    """Check the reason for a refusal: the text it quotes is what was sent, and its numbers are right."""
    entry = letter.entry
    assert entry.standing is REFUSED
    typed, said = entry.quotes[0].text, match.groupdict()
    assert said.get("raw", typed) == typed
    assert said.get("unit", entry.asked.unit) == entry.asked.unit
    assert said.get("name", entry.asked.name) == entry.asked.name
    if "times" in said:
        known = [entry.asked.bound, *([Decimal(entry.asked.baseline)] if entry.asked.baseline else [])]
        off = [max(Decimal(typed) / each, each / Decimal(typed)) for each in known]
        nearest = min(off, key=lambda each: abs(each - Decimal(said["times"].replace(",", ""))))
        assert abs(nearest / Decimal(said["times"].replace(",", "")) - 1) < Decimal("0.2")


def _instead(letter: Letter, match: re.Match[str]) -> None:
    """Note what to write instead, and check the names and numbers in it."""
    entry = letter.entry
    assert entry.standing is REFUSED
    entry.instead, entry.by = match["what"], match["by"] or letter.office
    assert entry.by == entry.quotes[0].by
    if stages := re.search(r"填?([^，；]+)中的一个。$", entry.instead):
        assert stages[1].removeprefix("否则填") == "、".join(entry.asked.ladder)
    if near := re.search("填“(.+?)”", entry.instead):
        assert near[1] in entry.quotes[0].text
    if unit := re.search(r"，以(.+?)为单位", entry.instead):
        assert unit[1] == entry.asked.unit
    if confirmed := re.search("写为? ?([\\d.]+)\\D+。$", entry.instead):
        assert confirmed[1] == entry.quotes[0].text


def _file(letter: Letter, match: re.Match[str]) -> None:
    """Check why a file cannot be used, by its mark as the script has it."""
    assert letter.section == FILES
    assert letter.inbox.sender[match["file"]] == letter.office
    letter.files.append(match["file"])
    form, said = letter.inbox.open.get(match["file"]), match.groupdict()
    marked = [row[0] for row in form.sheets["czurban"]] if form else []
    assert "form" not in said or (f"填报单位：{said['form']}" in marked and said["named"] == letter.office)
    assert "year" not in said or f"年份：{said['year']}" in marked


def _other(letter: Letter, match: re.Match[str]) -> None:
    """Check what else is to be corrected in a file: rows that are hidden, or that are another department's."""
    assert letter.section == OTHERS
    at = place(match["sheet"], match["cell"] or "A1")
    letter.others.append(Remark(match["file"], at))
    form, said = letter.inbox.open[match["file"]], match.groupdict()
    assert letter.inbox.sender[match["file"]] == letter.office
    if "rows" in said:
        assert [at.row + 1 for at in form.hidden] == [int(said["rows"])]
    elif "remark" in said:
        assert form.sheets[at.sheet][at.row][at.column] == said["remark"]
        assert letter.inbox.standing[str(form.sheets[at.sheet][at.row][1])] is UNSENT
    else:
        assert (said["office"], form.sheets[at.sheet][at.row][1]) == (letter.office, said["foreign"])
        assert letter.office not in letter.inbox.facts.asked[said["foreign"]].leads


def _question(letter: Letter, match: re.Match[str]) -> None:
    """Check that what is asked about stands in a cell of the department, which the question quotes."""
    assert letter.section == QUESTIONS
    assert letter.inbox.sender[match["file"]] == letter.office
    at = place(match["sheet"], match["cell"])
    row = letter.inbox.open[match["file"]].sheets[at.sheet][at.row]
    typed = cell_in(letter.inbox.folder / match["file"], at) or str(row[at.column])
    asked = letter.inbox.facts.asked[str(row[1])]
    assert letter.office in asked.leads
    assert typed in match["question"]
    figures = (f"{figure}{asked.unit}" for figure in (asked.target[1:], asked.baseline) if figure)
    assert "相差很大：" not in match["question"] or any(figure in match["question"] for figure in figures)
    letter.questions.append((match["file"], asked.name))


def _advice(letter: Letter, match: re.Match[str]) -> None:
    assert letter.section in (FILES, OTHERS)
    if letter.section == OTHERS:
        letter.others[-1].advice = match[1]


def _request(letter: Letter, match: re.Match[str]) -> None:
    assert match[1] == REQUESTS[SECTIONS[letter.section]]
    letter.refers_to_others |= bool(match[2])


def _is(text: Callable[[Letter], str]) -> Callable[[Letter, re.Match[str]], None]:
    def check(letter: Letter, match: re.Match[str]) -> None:
        assert match[1] == text(letter)

    return check


REASONS = (
    r"“(?P<raw>[^”]+)”无法识别为数字。",
    r"“(?P<raw>[^”]+)”是界限或约数，不是实际完成数。",
    r"“(?P<raw>[^”]+)”是日期，不是数；可能是电子表格把数自动改成了日期。",
    r"(?P<raw>[\d.]+) 按 (?P<unit>.+?) 计与方案中的数相差约 (?P<times>[\d,]+) 倍(?:，疑似以.+填写)?。",
    r"(?P<raw>[\d.]+) 超出 0 至 100 %，占比不应有此数值。",
    r"单元格中是公式 (?P<raw>.+)，没有保存计算结果。",
    r"该数值属于 2018，判定时期为 2019，不予采用。",
    r"“(?P<name>.+)”最新的数值是 .+ 的，没有所判时期 2019 的数值。",
    r"“(?P<raw>[^”]+)”不是“(?P<name>.+)”的进度阶段，未采用。",
)
REFUSALS = (
    r"工作簿(?:已损坏或不完整|设有密码)，无法读取。",
    r"这是(?P<year>\d+)的填报表，而方案年份为2019；未采用。",
    r"文件名为(?P<named>.+)，其中却是(?P<form>.+)的填报表，无法确定由哪个单位填报，整份未采用。",
)
REMARKS = (
    r"隐藏的行（(?P<rows>\d+)）未读取。",
    r"“(?P<remark>[^”]+)”(?:写明的时期不是2019，该数值|说明该数是预计数，)不予采用。",
    r"(?P<office>.+)的填报表中有1个不属于本单位的数（(?P<foreign>.+)），整份未采用。",
)
ADVICE = (
    "请用电子表格软件打开，不设密码另存为 XLSX 后重新报送。",
    "表中混有其他部门或地区的数据，整份未采用；请删去后重新报送。",
    "请使用本次下发给贵单位的填报表填写后报送；已无该表的，请向我单位索取。",
    "如需采用其中的数值，请取消隐藏。",
    "请填2019的数并删去该说明，或在“年份”列写明时期。",
    "请填实际完成的数，并写明“实际完成值”。",
)
RECEIVED, NOTHING = r"已收到贵单位报送的文件：(?P<files>.+)。", r"截至(?P<date>.+)，尚未收到贵单位报送的填报表。"
WITH, DUE = r"(?:[，；]与(?P<others>.+)共同牵头)?", r"(?:；完成时限：(?P<due>.+))?"
TITLES = "|".join((FILES, *SECTIONS, OTHERS, QUESTIONS))
Check = Callable[[Letter, re.Match[str]], None]
SENTENCES: tuple[tuple[str, Check], ...] = (
    ("关于补报更正《(.+)》2019年完成情况的函", _is(lambda letter: letter.inbox.facts.title)),
    ("([^：。]+)：", _is(lambda letter: letter.office)),
    (rf"我单位正在汇总《(?P<title>.+?)》2019年完成情况。(?:{RECEIVED}|{NOTHING})", _received),
    ("(?:经核对，)?贵单位牵头的.+。", _counted),
    ("请于(.+)前，在填报表中将附件所列内容补报或更正后报我单位。", _is(lambda _: BY)),
    ("附件：(.+)需补报更正的内容", _is(lambda letter: letter.office)),
    ("(市新型城镇化工作领导小组办公室)", _is(lambda _: SENDER)),
    ("(\\d+年\\d+月\\d+日)", _is(lambda _: LETTER_DATE)),
    ("（(联系人：李明，联系电话：0777-1234567)）", _is(lambda _: CONTACT)),
    (rf"(?P<title>{TITLES})（(?P<count>\d+)[项处个]）", _section),
    (f"({'|'.join(REQUESTS.values())})(文件中已填的，未采用的原因见“{OTHERS}”部分。)?", _request),
    (rf"\d+\. 任务(?P<task>\d+) (?P<name>.+)（应到：(?P<stage>[^；）]+){WITH}）{DUE}", _listed),
    (rf"\d+\. (?P<name>.+)（(?P<unit>[^，）]+){WITH}）{DUE}", _listed),
    ("(下列数据已按所报采用。请核实，有误的请更正，无误的请说明情况。)", _is(lambda _: QUESTION)),
    (rf"- (?P<by>[^“]+)报“(?P<text>.+)”（{PLACE}）", _quoted),
    (rf"- 备注栏写有“(?P<note>.+)”（{PLACE}未填数值）。", _noted),
    *((f"- 未采用的原因：{reason}", _why) for reason in REASONS),
    (r"- (?:应填|应由(?P<by>.+?)更正)：(?P<what>.+)", _instead),
    (r"- (?P<by>)(?P<what>表中混有其他部门或地区的数据，整份未采用；请删去后重新报送。)", _instead),
    *((rf"\d+\. (?P<file>[^：]+)：{refusal}", _file) for refusal in REFUSALS),
    *((rf"\d+\. {PLACE}：{remark}", _other) for remark in REMARKS),
    (rf"\d+\. {PLACE}：(?P<question>.+。)", _question),
    (f"- 处理：({'|'.join(ADVICE)})", _advice),
)
"""Every sentence that a letter may have, and the check of what it says."""
