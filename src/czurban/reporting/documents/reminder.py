"""Compose the letter that asks a department for what it still owes, in the form of an official letter (函)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath

from czurban.model.assessment import Assessment, Result
from czurban.model.collection.sent import DepartmentStatus, LetterHead, OwedByDepartment, OwedItem, OwedReason, SentItem
from czurban.model.finding import Finding, Message, Severity, say
from czurban.model.observation import Observation
from czurban.model.period import Period
from czurban.model.plan import Department, Plan
from czurban.model.task import Milestone, Task
from czurban.reporting.document import Block, Document, Heading, Item, Items, Paragraph, Role
from czurban.reporting.texts import end_text, join_sentences, period_text, persons_text, place_text, placed_text
from czurban.words.translator import Translator

_SECTIONS = {
    (OwedReason.UNSENT, True): (
        say("Figures not reported ({count})"),
        say("Fill in the number in the unit given here. Where there is none yet, write the reason in the note."),
    ),
    (OwedReason.UNREAD, True): (
        say("Figures not known, as a file cannot be used ({count})"),
        say("Do what this annex asks for the file, and send these figures in it, in the unit given here."),
    ),
    (OwedReason.REFUSED, True): (
        say("Figures that were sent and cannot be used ({count})"),
        say("Replace the content of the cell as given below."),
    ),
    (OwedReason.CONFLICT, True): (
        say("Figures that contradict each other ({count})"),
        say("None of the figures below is used. Agree on one with the departments named, and report that one alone."),
    ),
    (OwedReason.UNSENT, False): (
        say("Milestones without a stage ({count})"),
        say("Choose the stage that is reached today. What the plan asks for is given in brackets."),
    ),
    (OwedReason.UNREAD, False): (
        say("Stages not known, as a file cannot be used ({count})"),
        say("Do what this annex asks for the file, and send in it the stages that are reached today."),
    ),
    (OwedReason.REFUSED, False): (
        say("Stages that were sent and cannot be used ({count})"),
        say("Replace the content of the cell as given below."),
    ),
    (OwedReason.CONFLICT, False): (
        say("Stages that contradict each other ({count})"),
        say("None of the stages below is used. Agree on one with the departments named, and report that one alone."),
    ),
}
"""The title and the request of each section of the annex, for figures and for stages."""


def reminder(  # noqa: PLR0913, PLR0917 - all that it says
    status: DepartmentStatus,
    owed: OwedByDepartment,
    assessment: Assessment,
    when: Mapping[str, str],
    head: LetterHead,
    translate: Translator,
) -> Document:
    """Compose the letter to a department on what it owes; `when` has the time of each file, as it is printed."""
    plan, name = assessment.plan, status.office.name
    period = period_text(assessment.period, translate)
    annex = translate(say("What {name} is asked to send or correct"), name=name)
    blocks: list[Block] = [
        Heading(translate(say("Letter on figures of {period}: {plan}"), period=period, plan=plan.title)),
        Paragraph(translate(say("To {name}:"), name=_addressee(status.office)), role=Role.ADDRESSEE),
        Paragraph(
            translate(say("We are compiling the results of “{plan}” for {period}. "), plan=plan.title, period=period)
            + _received(status, when, head, translate)
        ),
        Paragraph(_counted(status, owed, translate)),
        Paragraph(_request(head, translate)),
        Paragraph(translate(say("Annex: {title}"), title=annex)),
        *(Paragraph(line, role=Role.SIGNATURE) for line in (head.sender, head.date) if line),
        *_contact(head, translate),
        Heading(translate(say("Annex: {title}"), title=annex)),
        *_annex(owed, status, plan, translate),
    ]
    return Document(tuple(blocks), language=translate.language)


_COMMITTEES = ("开发区", "园区", "新区", "新城", "度假区", "保税区", "保税港区", "示范区", "高新区", "经开区")


def _addressee(office: Department) -> Message | str:
    """Return whom a letter is to: the department, or the government of a region or what stands in for it."""
    if not office.region:
        return office.name
    if office.name.endswith(_COMMITTEES):
        return say("the administrative committee of {name}", name=office.name)
    if office.name.endswith("街道"):
        return say("the subdistrict office of {name}", name=office.name)
    return say("the people's government of {name}", name=office.name)


def _received(status: DepartmentStatus, when: Mapping[str, str], head: LetterHead, translate: Translator) -> str:
    """Write which files were received from the department, and when."""
    text = say("We have received nothing from you.")
    if head.date:
        text = say("By {date} we have received nothing from you.")
    if status.files:
        text = say("We have received from you: {files}.")
    files = tuple(f"{PurePath(file).name}（{when[file]}）" for file in status.files)
    return translate(text, date=head.date, files=files)


def _counted(status: DepartmentStatus, owed: OwedByDepartment, translate: Translator) -> str:
    """Write how many of the figures and stages that the department has to report are usable, and how many lack what."""
    counts = Counter((item.lack, isinstance(item.owed, Result)) for item in owed.items)
    parts = []
    for figures, total, usable in (
        (True, len(status.results), _asked_of(status)),
        (False, len(status.milestones), say("Of the {total} milestones that you lead, {usable} have a usable stage")),
    ):
        if not total:
            continue
        lacking = sum(count for (_, is_figure), count in counts.items() if is_figure is figures)
        sentences = [translate(usable, total=total, usable=total - lacking)]
        sentences += [
            translate(text, count=counts[lack, figures]) for lack, text in _LACKS.items() if counts[lack, figures]
        ]
        parts.append(translate(say(", ")).join(sentences) + translate(say(".")))
    files = sum(map(_refuses_file, owed.findings))
    if files:
        parts.append(translate(say("Files that cannot be used: {count}."), count=files))
    if others := len(owed.findings) - files:
        parts.append(translate(say("Other contents of your files to correct: {count}."), count=others))
    if owed.questions:
        parts.append(translate(say("Figures to check: {count}."), count=len(owed.questions)))
    return join_sentences(parts, translate)


def _asked_of(status: DepartmentStatus) -> Message:
    """Return the beginning of the sentence on what a unit has to report."""
    if status.office.region:
        return say("Of the {total} indicators that you report, {usable} have a usable figure")
    if any(result.indicator.whole for result in status.results):
        return say("Of the {total} targets that you lead or have a part of, {usable} have a usable figure")
    return say("Of the {total} indicators that you lead, {usable} have a usable figure")


_LACKS = {
    OwedReason.UNSENT: say("{count} were not reported"),
    OwedReason.UNREAD: say("{count} are not known, as a file of yours cannot be used"),
    OwedReason.REFUSED: say("{count} were sent and cannot be used"),
    OwedReason.CONFLICT: say("{count} contradict what others sent or what you sent elsewhere"),
}


def _request(head: LetterHead, translate: Translator) -> str:
    text = say("Please send or correct what the annex lists on your form soon, and return it to us.")
    if head.by:
        text = say("Please send or correct what the annex lists on your form by {by}, and return it to us.")
    return translate(text, by=head.by)


def _contact(head: LetterHead, translate: Translator) -> Iterator[Paragraph]:
    """Compose the note on whom to ask."""
    both = head.contact and head.phone
    text = say("(Contact: {name}, telephone: {phone})") if both else say("(Contact: {name})")
    if name := head.contact or head.phone:
        yield Paragraph(translate(text, name=name, phone=head.phone))


_WHY_ELSEWHERE = say(
    "Where a figure is in your file already, the part on other contents of your files says why it is not used."
)


def _annex(owed: OwedByDepartment, status: DepartmentStatus, plan: Plan, translate: Translator) -> Iterator[Block]:
    files = [finding for finding in owed.findings if _refuses_file(finding)]
    others = [finding for finding in owed.findings if not _refuses_file(finding)]
    if files:
        yield Heading(translate(say("Files that cannot be used ({count})"), count=len(files)), 2)
        yield Items(tuple(_file(finding, translate) for finding in files), numbered=True)
    for (lack, figures), (title, request) in _SECTIONS.items():
        items = [item for item in owed.items if item.lack is lack and isinstance(item.owed, Result) is figures]
        if items:
            yield Heading(translate(title, count=len(items)), 2)
            elsewhere = [translate(_WHY_ELSEWHERE)] if lack is OwedReason.UNSENT and figures and others else []
            yield Paragraph(join_sentences([translate(request), *elsewhere], translate))
            yield Items(tuple(_item(item, status.office.name, plan, translate) for item in items), numbered=True)
    if others:
        yield Heading(translate(say("Other contents of your files to correct ({count})"), count=len(others)), 2)
        yield Items(tuple(_other(finding, translate) for finding in others), numbered=True)
    if owed.questions:
        yield Heading(translate(say("Figures to check ({count})"), count=len(owed.questions)), 2)
        text = say("These are used as they are. Correct those that are wrong, and explain those that are right.")
        yield Paragraph(translate(text))
        yield Items(tuple(Item(_placed(finding, translate)) for finding in owed.questions), numbered=True)


def _item(item: OwedItem, office: str, plan: Plan, translate: Translator) -> Item:
    text = translate(say("; ")).join([_title(item, translate), *_answerable(item, plan, translate)])
    if item.lack in (OwedReason.UNSENT, OwedReason.UNREAD):
        return Item(text, tuple(_noted(item, translate)))
    unit = item.owed.indicator.unit.name if isinstance(item.owed, Result) else ""
    below = [_sent(sent, office, unit, translate) for sent in item.sent]
    if item.lack is OwedReason.REFUSED:
        if item.finding and item.finding.code != "S244":
            below.append(translate(say("Why it is not used: {why}"), why=translate(placed_text(item.finding.message))))
        below.append(_to_correct(item, office, plan, translate))
    return Item(text, tuple(map(Item, below)))


def _noted(item: OwedItem, translate: Translator) -> Iterator[Item]:
    """Quote what the department wrote in place of the figure, and in the note next to it."""
    if row := item.noted:
        values = {"place": place_text(row.place), "raw": row.raw.strip(), "note": row.note}
        if row.raw.strip():
            yield Item(translate(say("The cell says “{raw}” ({place}).", **values)))
        if row.note:
            yield Item(translate(say("The note there says “{note}” ({place} has no figure).", **values)))


def _to_correct(item: OwedItem, office: str, plan: Plan, translate: Translator) -> str:
    """Write what to correct, and who corrects it, where that is another department than the letter is to."""
    is_foreign = item.finding is not None and item.finding.code == "S244"
    what = translate(_NOT_ITS_OWN) if is_foreign else _instead(item, plan, translate)
    by = item.sent[0].by if item.sent else office
    if by and by != office:
        return translate(say("{name} has to correct it: {what}"), name=by, what=what)
    return what if is_foreign else translate(say("To write instead: {what}"), what=what)


def _answerable(item: OwedItem, plan: Plan, translate: Translator) -> Iterator[str]:
    """Write by when an item is due, and who answers for it where the plan names someone."""
    if isinstance(item.owed, Result):
        indicator = item.owed.indicator
        due, persons = indicator.target.deadline, plan.persons_for(indicator)
    else:
        task, milestone = item.owed
        due, persons = milestone.deadline or plan.period, plan.persons_for_task(task)
    yield translate(say("due by: {date}"), date=end_text(due, translate))
    if persons.named:
        yield persons_text(persons, translate)


def _title(item: OwedItem, translate: Translator) -> str:
    others = item.others
    if isinstance(item.owed, Result):
        indicator = item.owed.indicator
        name, unit = indicator.name, indicator.unit.name
        if others:
            return translate(say("{name} ({unit}; led together with {others})"), name=name, unit=unit, others=others)
        return f"{name}（{unit}）"
    task, milestone = item.owed
    text = say("Task {no} {name} (asked for: {stage})")
    if others:
        text = say("Task {no} {name} (asked for: {stage}; led together with {others})")
    return translate(text, no=task.no, name=milestone.name, stage=milestone.stage, others=others)


def _sent(sent: SentItem, office: str, unit: str, translate: Translator) -> str:
    """Write what a department sent, with its unit if that is another than asked for, and where it stands."""
    value = sent.value
    raw = value.raw if isinstance(value, Observation) else value.stage
    if isinstance(value, Observation) and value.unit and value.unit.name != unit:
        raw += value.shown_unit
    text = say("You sent “{raw}” ({place})") if sent.by == office else say("{name} sent “{raw}” ({place})")
    name = sent.by or say("A file without a sender")
    return translate(text, name=name, raw=" ".join(raw.split()), place=place_text(value.place))


_NOT_ITS_OWN = say(
    "The form also has figures of other departments or regions, so none of it is used: take those out, send it again."
)
_OF_COMMANDS = ("--", "`")
_OF_ANY_FIGURE = re.compile(r"\d\.\d|Write the unit once")
"""What hints have that show any number, or do not say which of two units is meant."""


def _instead(item: OwedItem, plan: Plan, translate: Translator) -> str:
    """Write what the cell should hold: a stage of the ladder, or the number as the finding's hint asks for it."""
    if not isinstance(item.owed, Result):
        return _stage_instead(item.owed, item.sent, plan, translate)
    unit, hint = item.owed.indicator.unit.name, item.finding.hint if item.finding else None
    judged = item.finding.message.values.get("judged") if item.finding else None
    if isinstance(judged, Period):
        text = say("the figure of {period}, in {unit}; write {period} where the heading has another.")
        return translate(text, unit=unit, period=period_text(judged, translate))
    if hint and not any(sign in hint.text for sign in _OF_COMMANDS) and not _OF_ANY_FIGURE.search(hint.text):
        return translate(placed_text(hint))
    return translate(say("the number alone, in {unit}."), unit=unit)


def _stage_instead(owed: tuple[Task, Milestone], sent: Iterable[SentItem], plan: Plan, translate: Translator) -> str:
    stages = plan.ladders.get(owed[1].ladder, ())
    texts = [each.value.stage for each in sent if not isinstance(each.value, Observation)]
    inside = [stage for stage in stages if any(stage in text for text in texts)]
    text = say("one of {names}.")
    if len(inside) == 1:
        text = say("“{stage}”, if that is the stage reached; else one of {names}.", stage=inside[0])
    return translate(text, names=tuple(stages))


_OF_OTHER_FORMS = ("S240", "S241", "S243")


def _refuses_file(finding: Finding) -> bool:
    """Return whether a finding is an error on a whole file, and not on a line or cell of it."""
    place = finding.place
    is_whole = place is not None and place.line is None and place.cell is None
    return finding.severity is Severity.ERROR and (is_whole or finding.code in _OF_OTHER_FORMS)


def _file(finding: Finding, translate: Translator) -> Item:
    """Write why a file cannot be used, and what to send instead; its hidden sheets are not named."""
    name = PurePath(finding.place.file).name if finding.place else ""
    text = translate(say("{place}: {message}"), place=name, message=translate(placed_text(finding.message)))
    hint = say("Open it in the spreadsheet program, save it there as XLSX without a password, and send it again.")
    if finding.code in _OF_OTHER_FORMS:
        hint = say("Fill in your own form for this collection and send that; ask us for it if you have it no more.")
    return Item(text, (Item(translate(say("To do: {what}"), what=translate(hint))),))


def _placed(finding: Finding, translate: Translator) -> str:
    at = translate(place_text(finding.place)) if finding.place else ""
    return translate(say("{place}: {message}"), place=at, message=translate(placed_text(finding.message)))


def _other(finding: Finding, translate: Translator) -> Item:
    text = _placed(finding, translate)
    hint = _NOT_ITS_OWN if finding.code == "S244" else finding.hint
    if hint is None or any(sign in hint.text for sign in _OF_COMMANDS):
        return Item(text)
    return Item(text, (Item(translate(say("To do: {what}"), what=translate(placed_text(hint)))),))
