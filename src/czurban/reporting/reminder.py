"""A letter to one department about what is still missing."""

from collections.abc import Iterable, Mapping
from pathlib import PurePath

from czurban.model.assessment import Assessment
from czurban.model.message import Message, say
from czurban.model.standing import Standing
from czurban.model.verdict import Result
from czurban.reporting.document import Block, Document, Heading, Item, Items, Paragraph
from czurban.reporting.form_words import spell_period
from czurban.words.speaker import Speaker


def reminder(
    standing: Standing, assessment: Assessment, when: Mapping[str, str], speak: Speaker, by: str = ""
) -> Document:
    """Compose the letter.

    Args:
        standing: the department, which lacks something.
        assessment: what was judged.
        when: the time of each file, as it shall be printed.
        speak: the reader's language.
        by: until when it is asked for, in words; empty where no time is set.
    """
    blocks: list[Block] = [
        Heading(speak(say("Reminder: {plan}"), plan=assessment.plan.title)),
        Paragraph(speak(say("To {name}:"), name=standing.office.name)),
        Paragraph(_request(standing, assessment, when, speak, by)),
        *_list(
            say("Figures not reported yet ({count})"), [_asked(one, standing, speak) for one in standing.missing], speak
        ),
        *_list(say("Figures that cannot be used ({count})"), [_bad(one, speak) for one in standing.unreadable], speak),
        *_list(
            say("Milestones without a stage ({count})"),
            [f"{speak(say('Task {no}'), no=task.no)} {one.name}（{one.stage}）" for task, one in standing.unstaged],
            speak,
        ),
        Paragraph(
            speak(
                say(
                    "Please fill them in on your form and send it back; where there is no figure yet, say why in the "
                    "note. If you have sent them meanwhile, please disregard this. Thank you for your support."
                )
            )
        ),
    ]
    return Document(tuple(blocks))


def _request(standing: Standing, assessment: Assessment, when: Mapping[str, str], speak: Speaker, by: str) -> str:
    period = spell_period(assessment.period, speak)
    files = "、".join(f"{PurePath(file).name}（{when[file]}）" for file in standing.files)
    thanks = speak(say("We have received {files}, thank you. "), files=files) if files else ""
    asked = (
        say("For {period} we still need what follows; please send it by {by}.")
        if by
        else say("For {period} we still need what follows; please send it soon.")
    )
    return thanks + speak(asked, period=period, by=by)


def _list(title: Message, texts: list[str], speak: Speaker) -> Iterable[Block]:
    if texts:
        yield Heading(speak(title, count=len(texts)), 2)
        yield Items(tuple(Item(text) for text in texts))


def _asked(one: Result, standing: Standing, speak: Speaker) -> str:
    name, unit = one.indicator.name, one.indicator.unit.name
    others = "、".join(other for other in one.indicator.leads if other != standing.office.name)
    if not others:
        return f"{name}（{unit}）"
    return speak(say("{name} ({unit}; led together with {others})"), name=name, unit=unit, others=others)


def _bad(one: Result, speak: Speaker) -> str:
    seen = one.observation
    text = say("{name} ({unit}): “{raw}” at {place}")
    return speak(
        text,
        name=one.indicator.name,
        unit=one.indicator.unit.name,
        raw=seen.raw if seen else "",
        place=str(seen.place) if seen else "",
    )
