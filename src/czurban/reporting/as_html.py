"""A document as one HTML page: style, script and pictures are inside, and nothing is fetched."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from czurban.model.message import say
from czurban.model.safe_text import clean
from czurban.reporting.document import Block, Document, Heading, Table
from czurban.reporting.page_charts import WIDTH
from czurban.reporting.page_tables import Anchors, PageTable, facets_of, page_table
from czurban.words.speaker import Speaker

_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_FOLDER = "html"


@dataclass(frozen=True, slots=True)
class _Section:
    """What stands between two headings of the second level; the first has what stands before them all."""

    id: str
    title: str
    blocks: tuple[tuple[str, Block | PageTable], ...]


def as_html(document: Document) -> bytes:
    """Spell a document as a page in UTF-8."""
    speak = Speaker(document.language)
    title = next((one.text for one in document.blocks if isinstance(one, Heading) and one.level == 1), "czurban")
    style, script = _source("page.css"), _source("page.js")
    page = _environment().get_template("page.html.j2")
    text = page.render(
        language=_LANGUAGES.get(document.language, "en"),
        title=title,
        sections=list(_sections(document.blocks, speak(say(", ")))),
        facets=facets_of(document.blocks),
        words=_words(speak),
        width=WIDTH,
        style=Markup(style),  # noqa: S704 - the package's own file
        script=Markup(script),  # noqa: S704 - as above
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return text.encode()


def _words(speak: Speaker) -> SimpleNamespace:
    """What the page's own controls say; no mapping, because a template would find a mapping's methods first."""
    words = {
        "all": speak(say("any")),
        "filter": speak(say("Filter")),
        "clear": speak(say("Show everything")),
        "shown": speak(say("{shown} of {total} shown", shown="{shown}", total="{total}")),
        "nothing": speak(say("Nothing to list.")),
        "contents": speak(say("Contents")),
        "baseline": speak(say("Baseline")),
        "target": speak(say("Target")),
        "actual": speak(say("Actual")),
        "colon": speak(say(": ")),
    }
    return SimpleNamespace(**words)


def _sections(blocks: Sequence[Block], comma: str) -> Iterable[_Section]:
    anchors = Anchors()
    starts = [at for at, one in enumerate(blocks) if isinstance(one, Heading) and one.level == 2]  # noqa: PLR2004
    for number, (start, end) in enumerate(zip([0, *starts], [*starts, len(blocks)], strict=True)):
        inside = blocks[start:end]
        head = inside[0] if number and isinstance(inside[0], Heading) else None
        told = inside[1:] if head else [one for one in inside if not (isinstance(one, Heading) and one.level == 1)]
        yield _Section(
            f"part-{number}",  # no id of a plan has a hyphen
            head.text if head else "",
            tuple((_kind(one), _ready(one, anchors, comma)) for one in told),
        )


def _kind(block: Block) -> str:
    return type(block).__name__.lower()


def _ready(block: Block, anchors: Anchors, comma: str) -> Block | PageTable:
    return page_table(block, anchors, comma) if isinstance(block, Table) else block


def _hash(text: str) -> str:
    """The name by which the page's policy allows this text, and no other, as its style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("czurban.reporting", _FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    environment.filters["clean"] = clean
    environment.filters["file"] = lambda name: "./" + quote(name, errors="surrogateescape")
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return environment


def _source(name: str) -> str:
    environment = _environment()
    assert environment.loader is not None  # noqa: S101 - for the types; it was given above
    return environment.loader.get_source(environment, name)[0].replace("\r\n", "\n").rstrip("\n")
