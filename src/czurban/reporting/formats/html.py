"""Write a document as one HTML page with its style, script and charts inside; it loads nothing."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from types import SimpleNamespace
from typing import NamedTuple
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from czurban.model.finding import say
from czurban.model.text import clean
from czurban.reporting.document import Block, Document, DocumentTable, Heading, LineChart
from czurban.reporting.formats.bar_charts import WIDTH
from czurban.reporting.formats.html_table import PageTable, facets_of, page_table
from czurban.reporting.formats.line_charts import LinePlan, plan_lines
from czurban.words.translator import Translator

_LANGUAGE_TAGS = {"zh": "zh-CN"}


class _Section(NamedTuple):
    """The blocks between two headings of the second level, or before the first one."""

    id: str
    title: str
    blocks: tuple[tuple[str, Block | PageTable | LinePlan], ...]


def as_html(document: Document) -> bytes:
    """Write a document as a page in UTF-8, which may be one of a site."""
    translate = Translator(document.language)
    style, script = _source("page.css"), _source("page.js")
    if document.frame:
        style, script = f"{style}\n{_source('site.css')}", f"{script}\n{_source('site.js')}"
    page = _environment().get_template("page.html.j2")
    text = page.render(
        language=_LANGUAGE_TAGS.get(document.language, document.language),
        title=document.title or "czurban",
        sections=list(_sections(document.blocks, translate(say(", ")))),
        facets=facets_of(document.blocks),
        words=_words(translate),
        frame=document.frame,
        width=WIDTH,
        style=Markup(style),  # noqa: S704 - a file of the package
        script=Markup(script),  # noqa: S704 - as above
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return text.encode()


def _words(translate: Translator) -> SimpleNamespace:
    """Return the labels of the page's controls; not as a mapping, whose methods a template would find first."""
    return SimpleNamespace(
        all=translate(say("any")),
        filter=translate(say("Filter")),
        clear=translate(say("Show everything")),
        shown=translate(say("{shown} of {total} shown", shown="{shown}", total="{total}")),
        nothing=translate(say("Nothing to list.")),
        contents=translate(say("Contents")),
        baseline=translate(say("Baseline")),
        target=translate(say("Target")),
        actual=translate(say("Actual")),
        colon=translate(say(": ")),
        comma=translate.join(("", "")),
        search=translate(say("Search")),
        found=translate(say("{count} found", count="{count}")),
    )


def _sections(blocks: Sequence[Block], comma: str) -> Iterable[_Section]:
    above: set[str] = set()
    starts = [at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 2]  # noqa: PLR2004
    for number, (start, end) in enumerate(zip([0, *starts], [*starts, len(blocks)], strict=True)):
        inside = blocks[start:end]
        head = inside[0] if number and isinstance(inside[0], Heading) else None
        rest = [block for block in inside if not (isinstance(block, Heading) and block.level == 1)]
        content = inside[1:] if head else rest
        yield _Section(
            f"part-{number}",  # no id of a plan has a hyphen
            head.text if head else "",
            tuple(_ready(block, above, comma) for block in content),
        )


def _ready(block: Block, above: set[str], comma: str) -> tuple[str, Block | PageTable | LinePlan]:
    """Return the name that the template knows a block by, and the block or its layout."""
    if isinstance(block, DocumentTable):
        return "table", page_table(block, above, comma)
    return type(block).__name__.lower(), plan_lines(block) if isinstance(block, LineChart) else block


def _hash(text: str) -> str:
    """Return the hash by which the page's security policy allows this text as its style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("czurban.reporting", "html"),
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
    assert environment.loader is not None  # noqa: S101 - for the types; it is set above
    return environment.loader.get_source(environment, name)[0].replace("\r\n", "\n").rstrip("\n")
