"""Read milestones of tasks by their verbs: 开工建设A、B, 建成C, 确保D投入使用, 加快推进E等项目前期工作, 争取启动F.

Policies in general words (推动…协调发展) are no milestones: after a verb that only says that work goes on, what is
named must be a work, a plan, a trial or a reform.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from czurban.model.finding import say
from czurban.reading.imports.clauses import DATE_WORDS, PLACE_WORDS, YEAR_WORDS, sentences, split_outside
from czurban.reading.imports.draft import Decision, DraftMilestone
from czurban.reading.imports.text.figures import quantities_in


class _Verb(NamedTuple):
    """The stages that a verb names, by ladder; `is_soft` is set where it only says that work goes on."""

    pattern: str
    works: str | None
    document: str | None
    activity: str | None
    is_soft: bool = False


_HOW = (
    "加快|继续|深入|重点|全面|积极|扎实|大力|着力|持续|稳步|有序|切实|全力|协同|统筹|强力|纵深|高标准|高质量|高水平"
    "|加力|认真"
)
_USED = "投入使用|投入运营|投入运行|投用|投运|投产|通车|通水|通航|开通|开园|开放|启用|投入运营"
_USE = _Verb(
    rf"(?:全面|基本|全线|正式)?(?:建成|竣工|完工)(?:并)?(?:{_USED})|(?:全线|正式|全面)?(?:{_USED})",
    "投入使用",
    None,
    None,
)
_HARD = (
    _USE,
    _Verb(r"(?:全面|基本|全部|如期)?(?:建成|竣工|完工)", "完工", None, None),
    _Verb(r"(?:实现|确保)?(?:全面|新)?(?:开工建设|动工建设|开工|动工|破土动工)", "开工", None, None),
    _Verb(r"启动(?:实施|建设|开展|编制)?", None, "起草", "启动"),
    _Verb(r"(?:研究|制定|制订|修订|编制)?(?:并)?(?:出台|印发|发布|颁布)(?:实施)?", None, "出台", "完成"),
    _Verb(r"(?:编制|修编|修订|改造|建设|评估|验收)?完成", "完工", "出台", "完成"),
    _Verb(r"(?:研究)?(?:制定|制订)(?:完善|实施)?", None, "出台", None),
)
"""Verbs for a stage that is reached."""
_TO_BE = _Verb("", None, "出台", "完成")
"""What a plan aims at as a whole: 争取列入名录, 争取创建园区."""
_ONGOING = _Verb(
    rf"(?:{_HOW})*(?:推进|推动|建设|打造(?:为|成)?|构建|建立完善|建立健全)|(?:加快|加力|抓紧)(?:实施|创建)?(?!完善|建立|形成|推广|提升|构建|发展|落实|健全|补齐|培养)",
    "建设中",
    "起草",
    "推进中",
    is_soft=True,
)
_SOFT = (
    _Verb(rf"(?:{_HOW})*(?:培育(?:打造)?|做好|抓好)", None, None, "推进中", is_soft=True),
    _ONGOING,
    _Verb(r"(?:研究)?(?:起草|修订|编制|草拟)", None, "起草", "推进中", is_soft=True),
)
"""Verbs that only say that work goes on."""
_WORK_WORDS = (
    r"工程|项目|道路|路|街|大道|高速|公路|铁路|桥|隧道|码头|泊位|航道|机场|园|园区|产业园|创业园|基地|大厦|馆|车站|厂|管廊|管网|医院|公园|校区|院区"
    r"|病区|水库|水厂|廊道|通道|枢纽|地铁|号线|延段|段|[一二三四五六七八九十\d]期|网络|4G|5G|入户|扩建|改造|绿化|重建|迁建|新建|加固"
    r"|中心|平台|小镇|示范区|起步区|新城|新区|片区|市政配套|安置房|黑臭水体整治|专业市场|口岸|冷链"
)
_ACTIVITY_WORDS = (
    r"试点|规划|控规|详规|设计|方案|行动计划|行动|改革|立法|评估|普查|项目库|整治|治理|修复|颁证|颁发|纠正|修改|修编|编制|市场|园区|小镇"
    r"|拆迁|搬迁|示范县|示范镇|协议|标准化建设"
)
_FURTHER_WORDS = (
    r"申报|体检|调查|签订|培育|制度|机制|体制|架构|体系|模式|资金|名录|经验|清单|台账|任务|创建|目标|内容|集团|联盟"
)
"""What only a verb for a stage, or an aim, makes a milestone."""
_DOCUMENT_WORDS = r"条例|办法|意见|规定|细则|规程|政策|规章|通知|导则|标准|指引|实施方案|工作方案|行动方案|若干措施"
_WORK = re.compile(rf"(?:{_WORK_WORDS})(?:[（(][^（）()]*[）)])?$")
_ACTIVITY = re.compile(rf"(?:{_ACTIVITY_WORDS})$")
_FURTHER = re.compile(rf"(?:{_ACTIVITY_WORDS}|{_FURTHER_WORDS})$")
_DOCUMENT = re.compile(rf"(?:{_DOCUMENT_WORDS})》?$")
_PLANNING = re.compile(r"(?:规划|控规|设计|评估|体检|普查|调查|立法|方案|编制|修编|修改)(?:》|工作|编制)*$")
_FIRM = re.compile(r"^(?:确保|实现|要|将|力求|并|同时|切实|认真|进一步|逐步|尽快|抓紧|[，,]|以及)+")
_AIM = re.compile(r"^(?:积极)?(?:争取|力争|努力|探索(?:推进|推动|建立|开展|构建)?|鼓励)")
_REACHED = re.compile(r"列入|纳入|创建|获批|申报成功|获评|评为|入选|形成|通过|命名|认定")
_GENERAL = re.compile(
    r"^(?:(?:全部|全面|基本|均|都|主体|已)+$|一批|部分|各类|各项|有关|相关|条件成熟|具备条件|符合条件|重大|重点|一系列|以|更加|全市|全县|全区|"
    r"[^\u4e00-\u9fffA-Za-z\d《“（]|\d+[类批项个种]|好|对|将|把|在|向|与|和|(?:县区|市县|乡镇|镇村|城乡|农村|城镇|城市)$)"
)
_TAIL = re.compile(r"等(?!级)(?P<rest>[^、，；。]{0,24})$")
_BUILDING = re.compile(r"(?:建设|工作|编制工作|项目建设|实施)+$")
_EARLY = re.compile(r"前期工作$")
_ONLY_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,3}[县区市镇乡]$")
_PLACE_FIRST = re.compile(r"^[\u4e00-\u9fff]{1,3}[县区市镇乡](?=[\u4e00-\u9fff]{3})")
_LEAST, _MOST = 2, 45


class _Found(NamedTuple):
    """A clause with a verb: the verb, its words as printed, what it is about, and whether it is more than an aim."""

    verb: _Verb
    printed: str
    text: str
    firm: bool = True
    deadline: str | None = None


def milestones_in(text: str, year: int | None = None) -> Iterator[DraftMilestone]:
    """Yield the milestones of a task's text in their order."""
    for sentence in sentences(text):
        group, leading = None, None
        for clause in split_outside(sentence, "，,：:"):
            dated = YEAR_WORDS.match(clause.text)
            past = year and dated and dated["year"] and int(dated["year"]) < year
            within = DATE_WORDS.match(clause.text)
            rest = DATE_WORDS.sub("", clause.text)
            leading = within["date"] if within and not rest else None if dated or within else leading
            plain = PLACE_WORDS.sub("", YEAR_WORDS.sub("", rest))
            counted = past or next(quantities_in(clause.text), None)
            following = None if counted else _clause(plain)
            if group and following is None and not counted and _goes_on(group, plain):
                group = group._replace(text=f"{group.text}、{_FIRM.sub('', plain)}")
                continue
            if group:
                yield from _milestones(group)
            due = within["date"] if within else leading
            group = following._replace(deadline=due) if following else None
        if group:
            yield from _milestones(group)


def _goes_on(group: _Found, plain: str) -> bool:
    """Return whether a clause without a verb goes on with the list of the clause before it."""
    listed = "、" in group.text or plain.startswith("以及") or bool(_TAIL.search(plain))
    ended = _TAIL.search(group.text) or re.search(r"(?:工作|建设)$", group.text)
    bare = _stripped(_TAIL.sub("", plain.rpartition("、")[2]))
    named = plain.startswith("以及") or _WORK.search(bare) or _ACTIVITY.search(bare) or _EARLY.search(plain)
    return listed and not ended and bool(named)


def _clause(plain: str) -> _Found | None:
    """Find the verb of a clause: at its beginning, or at its end behind what it is about."""
    bare = _FIRM.sub("", plain)
    if aim := _AIM.match(bare):
        return _aimed(bare, aim)
    if match := re.match(r"将(.+?)(打造(?:为|成))(.+)$", plain):
        return _Found(_ONGOING, match[2], match[1] + match[3])
    if match := re.match(r"对(.+)进行(.+)$", bare):
        return _Found(_ONGOING, "进行", match[1] + match[2])
    return _begun(plain, bare) or _ended(bare)


def _begun(plain: str, bare: str) -> _Found | None:
    """Read a clause that begins with its verb; a firm one at its end goes first: 推进A落户并开工建设."""
    firm = re.sub(rf"^(?:{_HOW})*", "", bare)
    for verb, text in (*((verb, firm) for verb in _HARD), *((verb, bare) for verb in _SOFT)):
        match = re.match(rf"(?:{verb.pattern})(?!度|标准|后|的)", text)
        if match is None or len(text) == match.end():
            continue
        rest = text[match.end() :]
        if (verb.is_soft or re.search(rf"并(?:{_USED})$", rest)) and (ended := _ended(rest)):
            return ended if verb.is_soft else ended._replace(printed=match[0] + ended.printed)
        words = re.search(r"(?:实现|研究|制定|制订)+$", plain[: len(plain) - len(text)])
        return _Found(verb, (words[0] if words and not verb.is_soft else "") + match[0], rest)
    return None


def _ended(bare: str) -> _Found | None:
    """Read a clause that ends with its verb: 原油码头全面建成并投入使用. A main structure alone is not the work."""
    for verb in _HARD[:3]:
        words = rf"(?:落户.{{2,6}}并)?并?(?:{verb.pattern})(?:并(?:{_USED}))?"
        match = re.match(rf"(?P<what>.{{2,40}}?)(?P<verb>{words})$", bare)
        if match and not match["what"].endswith("主体"):
            return _Found(verb, match["verb"], match["what"])
    return None


def _aimed(bare: str, aim: re.Match[str]) -> _Found | None:
    """Read what a plan only aims at: 争取启动F, 力争形成经验, 探索建立G和H."""
    rest = bare[aim.end() :]
    inner = _begun(rest, rest) or _ended(rest)
    if inner and not inner.verb.is_soft:
        return inner._replace(firm=False, printed=aim[0] + inner.printed)
    if aim[0].startswith("探索"):
        return _Found(_ONGOING, aim[0], rest, firm=False)
    if reached := _REACHED.match(rest):
        return _Found(_TO_BE, aim[0] + reached[0], rest[reached.end() :], firm=False)
    if _REACHED.search(rest):
        return _Found(_TO_BE, aim[0], rest, firm=False)
    return _Found(_ONGOING, aim[0], rest, firm=False) if _FURTHER.search(rest) or _WORK.search(rest) else None


def _milestones(clause: _Found) -> Iterator[DraftMilestone]:
    """Yield a milestone for each thing that a clause names."""
    verb, due = clause.verb, clause.deadline
    text = re.sub("^[好了]", "", clause.text)
    items, tail = _items(text)
    early = bool(_EARLY.search(tail or text))
    for n, name in enumerate(items):
        bare = _stripped(name)
        if not _LEAST <= len(bare) <= _MOST or _GENERAL.match(bare):
            continue
        kind = bare if _has_stages(bare) or not items[n + 1 :] else _stripped(items[-1])
        ladder, stage = _stage(clause, kind, tail, early=early)
        if ladder is None:
            continue
        decisions: tuple[Decision, ...] = ()
        if kind is not bare and not tail:
            message = say("“{name}” may have the same ending as “{other}”.", name=bare, other=kind)
            decisions = (Decision("name", message, say("Write the whole name.")),)
        printed = "前期工作" if early and verb.is_soft else clause.printed
        yield DraftMilestone(
            name=bare, ladder=ladder, stage=stage, printed=printed, firm=clause.firm, decisions=decisions, deadline=due
        )


def _has_stages(name: str) -> bool:
    return bool(_WORK.search(name) or _FURTHER.search(name) or _DOCUMENT.search(name))


def _items(text: str) -> tuple[Sequence[str], str]:
    """Return the things of a list, and the words behind 等 that are about all of them."""
    tail = _TAIL.search(text)
    head, rest = (text[: tail.start()], tail["rest"]) if tail else (text, "")
    items = [part for segment in split_outside(head, "、") for part in _parts(segment.text)]
    items = [item.removeprefix("以及").strip() for item in items]
    for n, item in enumerate(items[:-1]):
        place = _PLACE_FIRST.match(items[n + 1])
        if _ONLY_PLACE.match(item) and place:
            items[n] = item + items[n + 1][place.end() :]
    if further := re.search(r"(?:及|以及|和)([^及和]{3,})$", rest):
        items.append(further[1])
    return items, rest


def _parts(text: str) -> Sequence[str]:
    """Split two things joined by 以及, or by 和 where both sides name a work or a rule."""
    if "以及" in text[1:]:
        return text.split("以及")
    left, joint, right = text.partition("和")
    works = bool(_WORK.search(left) and not _WORK.fullmatch(left)) or left in ("4G", "5G")
    documents = left.endswith("》") or bool(re.search(r"制度$|示范[县镇]$", left))
    return (left, right) if joint and (works or documents) and len(right) >= _LEAST else (text,)


def _stripped(name: str) -> str:
    """Return a name without the words for work at its end, where what is left still names something."""
    name = re.sub(r"(?:于|在)?(?:19|20)\d\d年(?:年?底|年?末|\d{1,2}月)?(?:之?前)?$", "", name.strip("，,。、 的"))
    without = re.sub(r"等项目$", "", _EARLY.sub("", name))
    bare = _BUILDING.sub("", without)
    return bare if len(bare) > _LEAST and (_has_stages(bare) or without != name) else without


def _stage(clause: _Found, name: str, tail: str, *, early: bool) -> tuple[str | None, str | None]:
    """Return the ladder and the stage of a thing; no ladder where it is nothing that has stages."""
    verb = clause.verb
    planned = _PLANNING.search(name) or _PLANNING.search(tail)
    further = _FURTHER if not verb.is_soft or not clause.firm else _ACTIVITY
    is_activity = bool(further.search(name) or further.search(_stripped(tail)) or planned)
    if early and not planned:
        return "works", "前期工作"
    if verb.document and _DOCUMENT.search(name) and (not verb.is_soft or name.startswith("《")):
        return "document", verb.document
    is_work = _WORK.search(name) or re.search(r"(?:项目|工程)(?:建设)?$", tail)
    if verb.works and not planned and (is_work or verb.activity is None):
        return "works", verb.works
    if verb.activity and (is_activity or not verb.is_soft):
        return "activity", verb.activity
    return None, None
