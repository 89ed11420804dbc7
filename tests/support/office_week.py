"""A made-up week in the office: forms are filled in with planted mistakes, letters are answered, other files arrive.

`MISTAKES` is the script of the first round. All figures are drawn from a seed and are made up.
"""

import copy
import datetime as dt
import os
import random
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from plan_facts import Asked, PlanFacts
from returned_forms import NOTE, STATUS, TARGET, Cell, Formula, ReturnedForm

if TYPE_CHECKING:
    from letters import Entry, Letter

SEED = 2019
SENDER, CONTACT = "市新型城镇化工作领导小组办公室", "联系人：李明，联系电话：0777-1234567"
LETTER_DATE, BY = "2020年1月8日", "2020年1月15日"
SETTINGS = f"""[tool.czurban.letters]
sender = "{SENDER}"
contact = "李明"
phone = "0777-1234567"
date = "2020-01-08"
by = "2020-01-15"
"""
SENT = dt.datetime(2020, 1, 7, 9, 30).astimezone()
COUNTY = "灵山县"
COUNTIES = {"钦南区": 0, "钦北区": 0, COUNTY: 2, "浦北县": 0}
"""How many figures each county sends of itself."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512


class Standing(StrEnum):
    """How an answer that the plan asks for stands after a round."""

    USED = "used"
    UNSENT = "unsent"
    UNREAD = "unread"
    REFUSED = "refused"
    CONFLICT = "conflict"


USED, UNSENT, UNREAD, REFUSED, CONFLICT = Standing
POLICE, SCHOOLS, LABOUR, HEALTH = "市公安局", "市教育局", "市人力资源社会保障局", "市卫生健康委"
HOUSING, CITY, LAND, FINANCE = "市住房城乡建设局", "市城管执法局", "市自然资源局", "市财政局"
TRAFFIC, REFORM, INDUSTRY, AIR = "市交通运输局", "市发展改革委", "市工业和信息化局", "市生态环境局"
TAX, INSURANCE, FARMS, STAFFING = "市税务局", "市医保局", "市农业农村局", "市委编办"
GULF, PORT, TRADE, INVESTMENT = "市北部湾办", "北部湾港口管理局钦州分局", "市商务局", "市投资促进局"
CIVIL, CULTURE, WATER, SEA = "市民政局", "市文化广电体育旅游局", "市水利局", "市海洋局"

SETTLED = "农业转移人口和其他常住人口落户城镇数量"
TRAINING = "城镇失业人员、农民工、新成长劳动力基本职业技能培训覆盖率"
AGREEMENT = "钦州港区“三方协议”签订"
BUSES = ("城市与县城公共交通占机动出行比例", "新增及更换公交车中的新能源公交车比例")
POWERS = ("县区基本公共服务共同财政事权领域改革", "县区医疗卫生共同财政事权领域改革")
TRADES = ("合丰泰集团总部及东莞生产基地搬迁项目", "海峡两岸合作园区")
VILLAGES = ("自然村屯设施完善型建设", "自然村屯精品示范型建设")
BUILT_UP, FOREIGN = "城市建成区面积", "农民工随迁子女接受义务教育比例"
COUNTY_TABLE = "指标,数值,单位\n城镇新增就业人数,0.41,万人\n户籍人口城镇化率,15.2,%\n"
PIERS = ("鹰岭作业区3－4#泊位工程", "金鼓江作业区12－17#泊位工程")
TRUE: Mapping[str, str] = {
    FOREIGN: "99.4",
    "新增县级现代特色农业示范区": "120",
    TRAINING: "83.5",
    "城镇新增就业人数": "1.62",
    "城乡居民养老保险参保人数": "121.35",
    "城镇登记失业率": "4.5",
    "城镇空气质量优良天数比例": "91.5",
    AGREEMENT: "推进中",
    "城镇常住人口": "138.53",
    SETTLED: "84.0466",
    "棚户区改造开工套数": "6802",
    "灵山县农民工创业园": "完工",
    "流动人口信息共享平台": "建设中",
    "钦北区公共实训基地": "完工",
}
"""Answers that a mistake needs; all others are drawn."""
FILLED_IN_BY = dict.fromkeys(PIERS, PORT) | {"建设村级公共服务中心": CULTURE, AGREEMENT: LABOUR}
"""What another than its first lead fills in."""


def draw(facts: PlanFacts) -> dict[str, str]:
    """Draw a true answer for everything that the plan asks for: about two of three reach what is asked."""
    dice = random.Random(SEED)  # noqa: S311 - figures to test with
    true = {name: TRUE.get(name) or _drawn(asked, dice) for name, asked in facts.asked.items()}
    area, people = Decimal(true["城镇建设用地面积"]), Decimal(true["城镇常住人口"])
    true["人均城镇建设用地面积"] = f"{area * 100 / people:.2f}"
    for total, added in (("城镇常住人口", "新增城镇常住人口"), (SETTLED, f"新增{SETTLED}")):
        true[added] = f"{(Decimal(true[total]) - Decimal(facts.asked[total].baseline)).normalize():f}"
    return true


def _drawn(asked: Asked, dice: random.Random) -> str:
    if asked.ladder:
        at = asked.ladder.index(asked.stage) + dice.choice((-1, 0, 0, 0, 1))
        return asked.ladder[min(max(at, 0), len(asked.ladder) - 1)]
    better = Decimal(dice.choice((2, 3, 5, -2, -4))) / 100 * (1 if asked.target[0] == "≥" else -1)
    figure = asked.bound * (1 + better)
    if asked.kind == "works":
        return str(round(figure))
    return f"{min(figure, Decimal(100) if asked.unit == '%' else figure).normalize():f}"


@dataclass
class Inbox:
    """The forms as they are filled in, the files that arrive, and who really sent each file."""

    facts: PlanFacts
    true: Mapping[str, str]
    forms: dict[str, ReturnedForm]
    folder: Path
    sender: dict[str, str] = field(default_factory=dict)
    standing: dict[str, Standing] = field(default_factory=dict)
    open: dict[str, ReturnedForm] = field(default_factory=dict)
    blank: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    no_table: set[str] = field(default_factory=set)
    withheld: set[str] = field(default_factory=set)
    wrong: dict[str, str] = field(default_factory=dict)

    def said(self, name: str) -> str:
        """Return what counts for an answer: the true one, or a wrong one that is used as it is written."""
        return self.wrong.get(name, self.true[name])

    def typed_by(self, office: str) -> list[str]:
        """Return what a department fills in: what it leads first, unless another does."""
        return [name for name, each in self.facts.asked.items() if FILLED_IN_BY.get(name, each.leads[0]) == office]

    def fill(self, office: str, form: ReturnedForm) -> ReturnedForm:
        """Type the true answers of a department into a form."""
        for name in self.typed_by(office):
            form.type(name, self.true[name])
            if self.facts.asked[name].is_figure:
                form.type(name, "年报", STATUS)
        return form

    def save(self, office: str, name: str, data: bytes | ReturnedForm) -> None:
        """Put a file into the folder, as sent on a day of its own; a form stays open for later corrections."""
        if isinstance(data, ReturnedForm):
            self.open[name] = data
            data = {"xlsx": data.xlsx, "ods": data.ods, "csv": data.csv}[name.rpartition(".")[2]]()
        self.sender.setdefault(name, office)
        (self.folder / name).write_bytes(data)
        when = self.sent_at(name).timestamp()
        os.utime(self.folder / name, (when, when))

    def sent_at(self, name: str) -> dt.datetime:
        return SENT + dt.timedelta(minutes=list(self.sender).index(name))

    def refused_files(self, office: str) -> set[str]:
        """Return the files of a department of which nothing can be used."""
        return set(self.files_of(office)) - self.no_table if office in self.unread else set()

    def used_files(self) -> list[str]:
        """Return the files that have an answer which counts."""
        answers = {file: [name for name, text in form.answers() if text] for file, form in self.open.items()}
        return [
            file
            for file, names in answers.items()
            if any(self.standing[name] is USED and self.sender[file] in self.facts.asked[name].leads for name in names)
        ]

    def files_of(self, office: str) -> list[str]:
        return [name for name, sender in self.sender.items() if sender == office]

    @staticmethod
    def is_missing(standing: Standing) -> bool:
        """Return whether nothing was found for an answer."""
        return standing in (UNSENT, UNREAD)

    def standing_for(self, office: str, name: str) -> Standing:
        """Return how an answer stands for one of its leads: unread only for one whose file cannot be used."""
        standing = self.standing[name]
        return UNREAD if standing is UNSENT and office in self.unread else standing

    def state(self, office: str) -> str:
        """Return the word for how much of what it is asked for a department has sent."""
        files, asked, owed = self.files_of(office), self.facts.led_by(office), self.owed_by(office)
        if office in COUNTIES:
            return "部分填报" if COUNTIES[office] else "空表"
        if not files:
            return "未报送" if owed or not asked else "已报齐"
        if office in self.blank:
            return "空表"
        refused = office in self.withheld or self.no_table.union(self.refused_files(office)).issuperset(files)
        if refused or (owed and len(owed) == len(asked)):
            return "报送未采用"
        return "部分填报" if owed else "已报齐" if asked else "报送（无应报）"

    def owed_by(self, office: str) -> dict[str, Standing]:
        led = {each.name: self.standing_for(office, each.name) for each in self.facts.led_by(office)}
        return {name: standing for name, standing in led.items() if standing is not USED}

    def letters(self) -> set[str]:
        """Return who gets a letter: who owes something, unless only a file that is no table came."""
        offices = {lead for each in self.facts.asked.values() for lead in each.leads}
        waiting = {self.sender[name] for name in self.no_table}
        waiting -= {office for name, office in self.sender.items() if name not in self.no_table}
        return {office for office in offices if self.owed_by(office)} - waiting


Change = Callable[[Inbox, ReturnedForm, str], None]


@dataclass(frozen=True)
class Mistake:
    """A mistake in a department's form: which answer it is about, how it is made, and how the answer stands then.

    Several answers are written with semicolons; without any, the mistake is about the file.
    """

    kind: str
    office: str
    about: str
    make: Change
    standing: Standing = USED

    @property
    def names(self) -> list[str]:
        return [name for name in self.about.split(";") if name]


@dataclass(frozen=True)
class Arrival:
    """A file that arrives in place of a workbook of its department's name: its form, or else what `data` says."""

    kind: str
    office: str
    file: str
    data: bytes = b""
    standing: Mapping[str, Standing] = field(default_factory=dict)


def types(text: Cell, heading: str = "") -> Change:
    return lambda _, form, name: form.type(name, text, heading)


def times(factor: str) -> Change:
    """Type the true figure, multiplied: as if in another unit."""
    return lambda inbox, form, name: form.type(name, f"{Decimal(inbox.true[name]) * Decimal(factor):f}")


def moves(heading: str, text: str = "{}") -> Change:
    """Type the true figure below another heading, and leave its own cell empty."""

    def move(inbox: Inbox, form: ReturnedForm, name: str) -> None:
        form.type(name, "")
        form.type(name, text.format(inbox.true[name]), heading)

    return move


def again(text: str, file: str, status: str = "") -> Change:
    """Send the form a second time with another value."""

    def send(inbox: Inbox, form: ReturnedForm, name: str) -> None:
        second = copy.deepcopy(form)
        second.type(name, text)
        if status:
            second.type(name, status, STATUS)
        inbox.save(next(office for office, each in inbox.forms.items() if each is form), file, second)

    return send


def wrongly(text: str) -> Change:
    """Type a wrong figure that may be right."""

    def mistype(inbox: Inbox, form: ReturnedForm, name: str) -> None:
        form.type(name, text)
        inbox.wrong[name] = text

    return mistype


def exchanges(other: str) -> Change:
    """Type two figures into each other's rows."""

    def exchange(inbox: Inbox, form: ReturnedForm, name: str) -> None:
        wrongly(inbox.true[other])(inbox, form, name)
        wrongly(inbox.true[name])(inbox, form, other)

    return exchange


def header(old: str, new: str) -> Change:
    return lambda _, form, __: form.replace(old, new)


def _right(_: Inbox, __: ReturnedForm, ___: str) -> None:
    """Change nothing: the answer itself is unusual."""


def _merged(_: Inbox, form: ReturnedForm, name: str) -> None:
    """Merge the cell with the one above, whose content covers both."""
    at = form.find(name)
    form.put(at, "")
    form.merged.append(at._replace(row=at.row - 1))


def _hidden(_: Inbox, form: ReturnedForm, name: str) -> None:
    form.hidden.append(form.find(name))


def _deleted(_: Inbox, form: ReturnedForm, name: str) -> None:
    form.delete(name)


def _foreign(_: Inbox, form: ReturnedForm, name: str) -> None:
    form.insert(name, ["7", FOREIGN, "基本公共服务", "%", "99", "≥99", "98", "年报", ""])


def _copied(inbox: Inbox, form: ReturnedForm, _: str) -> None:
    """Fill in a copy of the neighbour's form; its hidden mark stays the neighbour's."""
    form.sheets = inbox.fill(PORT, ReturnedForm.open(inbox.folder.parent / "forms" / f"{GULF}.xlsx")).sheets


def _last_year(inbox: Inbox, form: ReturnedForm, _: str) -> None:
    """Fill in the form of the year before, as it was written for the plan of that year."""
    form.sheets = inbox.fill(TRADE, ReturnedForm.open(inbox.folder.parent / "old" / f"{TRADE}.xlsx")).sheets


MISTAKES = (
    Mistake("persons in place of 10,000 persons", POLICE, f"新增{SETTLED}", times("10000"), REFUSED),
    Mistake("ten times too large", POLICE, SETTLED, times("10"), REFUSED),
    Mistake("a fraction in place of per cent", POLICE, "户籍人口城镇化率", times("0.01"), REFUSED),
    Mistake("hectares in place of square kilometres", LAND, "城镇建设用地面积", times("100"), REFUSED),
    Mistake("a share above 100 %", AIR, "城镇空气质量优良天数比例", times("10"), REFUSED),
    Mistake("a true figure far off the plan's", FARMS, "新增县级现代特色农业示范区", _right, REFUSED),
    Mistake("0 in place of no figure", FARMS, "农村无害化卫生厕所普及率", wrongly("0")),
    Mistake("two figures in each other's rows", FARMS, f"推进{VILLAGES[0]}", exchanges(f"推进{VILLAGES[1]}")),
    Mistake("about", SCHOOLS, "农民工随迁子女接受义务教育比例", types("约99.4")),
    Mistake("more or less", SCHOOLS, "新建幼儿园", types("6左右"), REFUSED),
    Mistake("a word in place of a number", SCHOOLS, "新建、改扩建义务教育学校", types("完成"), REFUSED),
    Mistake("full-width digits", LABOUR, TRAINING, types("８３．５")),
    Mistake("a comma in place of the point", LABOUR, "城镇新增就业人数", types("1,62"), REFUSED),
    Mistake("another unit, written into the cell", LABOUR, "城乡居民养老保险参保人数", types("1213500人")),
    Mistake("the figure in the note", LABOUR, "城镇失业人员再就业人数", moves(NOTE, "已完成{}万人"), UNSENT),
    Mistake("a note on another period", REFORM, "城镇可再生能源消费比重", types("此为1-10月数", NOTE), UNSENT),
    Mistake("a note on a forecast", CIVIL, "城镇社区综合服务设施覆盖率", types("预计数", NOTE), UNSENT),
    Mistake("see the annex", LABOUR, "就业困难人员实现就业人数", types("见附件"), REFUSED),
    Mistake("a date in place of a number", LABOUR, "城镇登记失业率", types(dt.date(2019, 4, 5)), REFUSED),
    Mistake("the figure in the wrong column", HOUSING, "城镇绿色建筑占新建筑比重", moves(TARGET), UNSENT),
    Mistake("a status that is none", HOUSING, "常住人口城镇化率", types("终稿", STATUS)),
    Mistake("a figure that is revised later", HOUSING, "棚户区改造开工套数", types("6700")),
    Mistake("a revision in a second file", HOUSING, "棚户区改造开工套数", again("6802", f"{HOUSING}补报.xlsx", "修订")),
    Mistake("a stage off the ladder", LABOUR, "灵山县农民工创业园", types("已完工"), REFUSED),
    Mistake("a milestone left empty", LABOUR, "浦北县公共实训基地", types(""), UNSENT),
    Mistake("a stage near the ladder's", HEALTH, "流动人口信息共享平台", types("已建设中"), REFUSED),
    Mistake("a stage that says nothing", HEALTH, "流动人口健康促进行动计划", types("快了"), REFUSED),
    Mistake("another stage than the other leads", INSURANCE, AGREEMENT, types("启动"), CONFLICT),
    Mistake("another figure than the other lead", CITY, BUILT_UP, types("90.6"), CONFLICT),
    Mistake(
        "two files with different values", CITY, "城镇公共供水普及率", again("96.9", f"{CITY}（更新）.xlsx"), CONFLICT
    ),
    Mistake("merged cells", LAND, "开展县域乡村建设规划编制工作", _merged, UNSENT),
    Mistake("a hidden row", LAND, "实施实用性村庄规划编制", _hidden, UNSENT),
    Mistake("a formula without a result", CIVIL, "农村社区建设试点", types(Formula("=SUM(汇总!A1:A9)")), REFUSED),
    Mistake("a row deleted", FARMS, "新增乡级现代特色农业示范园", _deleted, UNSENT),
    Mistake("a row of another department added", CULTURE, "建设村级公共服务中心", _foreign, REFUSED),
    Mistake("another year in the header", TRAFFIC, ";".join(BUSES), header("2019年完成值", "2018年完成值"), REFUSED),
    Mistake("a blank form", FINANCE, ";".join(POWERS), types(""), UNSENT),
    Mistake("the form of last year", TRADE, ";".join(TRADES), _last_year, UNSENT),
    Mistake("a copy of another department's form", PORT, ";".join(PIERS), _copied, UNSENT),
)
ARRIVALS = (
    Arrival("a file with a name of its own", TRAFFIC, "交通局2019年（终稿）.xlsx"),
    Arrival("ODS in place of XLSX", REFORM, f"{REFORM}.ods"),
    Arrival("CSV in GBK, without the mark", INDUSTRY, f"{INDUSTRY}.csv"),
    Arrival("a workbook that is cut off", STAFFING, f"{STAFFING}.xlsx", b"PK\x03\x04 cut off"),
    Arrival("a workbook with a password", INVESTMENT, f"{INVESTMENT}.xlsx", LOCKED),
    Arrival("a scan in place of a table", TAX, f"{TAX}盖章扫描件.jpg", b"\xff\xd8\xff\xe0 a scan"),
    Arrival("a text in place of a table", SEA, f"{SEA}情况说明.wps", OLE),
    Arrival("a county's own table", COUNTY, f"{COUNTY}.csv", COUNTY_TABLE.encode("utf-8-sig")),
)


def first_round(facts: PlanFacts, folder: Path) -> Inbox:
    """Fill in the forms next to a folder, with the mistakes, and put what arrives into the folder."""
    forms = {path.stem: ReturnedForm.open(path) for path in sorted((folder.parent / "forms").glob("*.xlsx"))}
    inbox = Inbox(facts, draw(facts), forms, folder, standing=dict.fromkeys(facts.asked, USED))
    for office, form in forms.items():
        inbox.fill(office, form)
    for mistake in MISTAKES:
        for name in mistake.names:
            mistake.make(inbox, forms[mistake.office], name)
            inbox.standing[name] = mistake.standing
    inbox.standing |= dict.fromkeys(inbox.typed_by(STAFFING), UNSENT)
    named = {arrival.office: arrival for arrival in ARRIVALS}
    for office, form in forms.items():
        if office not in named:
            inbox.save(office, f"{office}.xlsx", form)
    for office, arrival in named.items():
        inbox.save(office, arrival.file, arrival.data or forms[office])
    inbox.blank = {FINANCE, *(office for office in forms if not inbox.typed_by(office))} - {*named, INSURANCE, CITY}
    inbox.withheld, inbox.unread = {CULTURE}, {STAFFING, INVESTMENT, TRADE, PORT}
    inbox.no_table = {named[TAX].file, named[SEA].file}
    return inbox


SILENT = frozenset({FINANCE})
"""Who answers no letter."""
FIRM = frozenset({BUILT_UP, AGREEMENT})
"""What each lead insists on."""


def second_round(first: Inbox, letters: Mapping[str, "Letter"], folder: Path) -> Inbox:
    """Answer the letters literally: type what each says into the cell that it names; and send some other files."""
    shutil.copytree(first.folder, folder)
    inbox = replace(
        copy.deepcopy(first), facts=first.facts, folder=folder, blank=set(first.blank), withheld=set(), unread=set()
    )
    for letter in letters.values():
        if letter.office not in SILENT:
            _send_again(inbox, letter)
            for entry in letter.entries:
                _answer(inbox, letter, entry)
            for file, name in letter.questions:
                inbox.open[file].type(name, inbox.true[name])
                inbox.wrong.pop(name, None)
    for name, form in list(inbox.open.items()):
        inbox.save(inbox.sender[name], name, form)
    inbox.save(TAX, f"{TAX}.xlsx", inbox.fill(TAX, inbox.forms[TAX]))
    inbox.open[f"{TAX}.xlsx"].type(AGREEMENT, inbox.true[AGREEMENT])
    inbox.save(TAX, f"{TAX}.xlsx", inbox.open[f"{TAX}.xlsx"])
    _contradict(inbox)
    inbox.blank -= {GULF}
    return inbox


def _send_again(inbox: Inbox, letter: "Letter") -> None:
    """Fill in a new form in place of each file that cannot be used; uncover and separate what is hidden or merged."""
    for name in letter.files:
        form = ReturnedForm.open(inbox.folder.parent / "forms" / f"{letter.office}.xlsx")
        inbox.save(letter.office, name, inbox.fill(letter.office, form))
    for remark in letter.others:
        form = inbox.open[remark.file]
        form.hidden.clear()
        if "删去该说明" in remark.advice:
            form.put(remark.at, "")
        if label := re.search("写明“(.+?)”", remark.advice):
            form.put(remark.at, label[1])
    for name in inbox.files_of(letter.office):
        if name in inbox.open:
            inbox.open[name].merged.clear()


def _answer(inbox: Inbox, letter: "Letter", entry: "Entry") -> None:
    name, office = entry.asked.name, letter.office
    true = inbox.true[name]
    if name in FIRM or (entry.by and entry.by != office):
        return
    inbox.standing[name] = USED
    if entry.standing in (UNSENT, UNREAD) and office == FILLED_IN_BY.get(name, entry.asked.leads[0]):
        file = inbox.files_of(office)[0]
        if name not in inbox.open[file].names():
            inbox.open[file] = inbox.fill(office, ReturnedForm.open(inbox.folder.parent / "forms" / f"{office}.xlsx"))
        inbox.open[file].type(name, true)
    for quote in entry.quotes:
        if quote.by == office:
            form = inbox.open[quote.file]
            if entry.instead.endswith("请删去后重新报送。"):
                form.delete(FOREIGN)
            else:
                form.put(quote.at, following(entry.instead, true))
            if year := re.search(r"表头写有其他时期的，请改为(\d+)年", entry.instead):
                form.replace("2018年完成值", f"{year[1]}年完成值")


def following(instead: str, true: str) -> str:
    """Return what somebody types who takes a letter at its word and knows the true answer."""
    for pattern in ("如为小数，请写 (.+?)；", "如系该单位，请写 (.+?)；", "如已到该阶段，填“(.+?)”"):
        if match := re.search(pattern, instead):
            return match[1]
    confirmed = re.search("在单元格内连同单位写为 (([\\d.]+).+)。", instead)
    return confirmed[1] if confirmed and confirmed[2] == true else true


def _contradict(inbox: Inbox) -> None:
    """Send a second form that takes back a stage, without a word on it."""
    name, stage = "钦北区公共实训基地", "建设中"
    assert stage != inbox.true[name]
    second = copy.deepcopy(inbox.open[f"{LABOUR}.xlsx"])
    second.type(name, stage)
    inbox.save(LABOUR, "人社局补充材料.xlsx", second)
    inbox.standing[name] = CONFLICT
