"""Write files named after departments into a folder: a page for each with an index, or a form for each."""

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

from czurban.app.destination import Destination, refuse_input_or_plan, written
from czurban.app.options import Progress, no_progress
from czurban.app.progress.trend import trends_of
from czurban.errors import OutputError, reason
from czurban.files.inputs import folded
from czurban.files.outputs import is_own_page, with_digest
from czurban.files.writing import write_file
from czurban.model.assessment import Assessment
from czurban.model.collection.asked import indicators_of
from czurban.model.finding import Message, say
from czurban.reporting.document import Paragraph
from czurban.reporting.documents.departments import department_index, department_report, has_page
from czurban.reporting.formats.registry import ENDINGS, render
from czurban.reporting.over_time.development import with_trends
from czurban.words.translator import Translator

INDEX = "index"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*%\x00-\x1f\x7f]')
_EDGES = re.compile(r"^[.~ ]|[. ]$")
_RESERVED = re.compile(rf"(?:con|prn|aux|nul|com\d|lpt\d|{INDEX})(?=$|\.)", re.IGNORECASE)
_MOST_BYTES = 200
_DIGITS = 12


def write_pages(
    assessment: Assessment, where: Destination, translate: Translator, *, force: bool, progress: Progress = no_progress
) -> Message:
    """Write a page for each department and an index, each whole or not at all; none if one may not be written.

    Returns:
        A sentence that says what was written.

    Raises:
        OutputError: the folder cannot be made, a file in it cannot be written, or czurban did not write it.
    """
    folder = where.path or Path()
    offices = [office for office in assessment.plan.departments if has_page(office, assessment)]
    ending = ENDINGS[where.form][0]
    every = file_names(office.name for office in assessment.plan.departments)
    names, index = {office.name: f"{every[office.name]}{ending}" for office in offices}, f"{INDEX}{ending}"
    refuse_generated(folder, (*names.values(), index), force=force)
    make_folder(folder)
    trends = trends_of(assessment)
    back = Paragraph(translate(say("All departments: {file}", file=index)), link=index)
    with progress(len(offices), say("Writing")) as step:
        for office in offices:
            theirs = [trends[each.id] for each in indicators_of(assessment.plan, office) if each.id in trends]
            page = with_trends(department_report(assessment, office, translate), theirs, translate)
            page = page._replace(blocks=(*page.blocks[:2], back, *page.blocks[2:]))
            write_file(folder / names[office.name], with_digest(render(page, where.form), where.form))
            step()
    start = render(department_index(assessment, names, translate), where.form)
    write_file(folder / index, with_digest(start, where.form))
    return written(folder, say("{count} pages and an index", count=len(offices)))


def refuse_generated(
    folder: Path, names: Iterable[str], *, force: bool, replaces_pages: bool = True, option: str = "--output"
) -> None:
    """Refuse to replace what czurban has not written, or somebody has changed since; and, always, what the run reads.

    With `force`, all but what the run reads may be replaced; with `replaces_pages`, an earlier page of czurban's.

    Raises:
        OutputError: one of them is there and may not be replaced.
    """
    there = [folder / name for name in names if os.path.lexists(folder / name)]
    for path in there:
        refuse_input_or_plan(path, option)
    kept = [] if force else [path for path in there if not (replaces_pages and is_own_page(path))]
    if kept:
        message = (
            say("{path} exists already, and czurban did not write it, or it was changed since.", path=str(kept[0]))
            if replaces_pages
            else say("{path} exists already, and may have been filled in.", path=str(kept[0]))
        )
        raise OutputError(message, say("Name another folder with {option}, or replace it with --force.", option=option))


def make_folder(folder: Path, option: str = "--output") -> None:
    """Make a folder, where there is none yet.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = say("{path} cannot be made: {reason}.", path=str(folder), reason=reason(error))
        raise OutputError(message, say("Name a folder with {option}.", option=option)) from error


def file_names(texts: Iterable[str]) -> Mapping[str, str]:
    """Return a file's name for each name, without an ending: no two are the same, on any file system.

    What a name cannot hold is written as in an address (%2F), and so can be read back. Of names that differ only by
    the case of their letters, all after the first are written so as a whole.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for text in texts:
        name = _safe(text)
        if folded(name) in taken:
            name = "".join(f"%{byte:02X}" for byte in text.encode())
        names[text] = _short(name)
        taken.add(folded(names[text]))
    return names


def _safe(name: str) -> str:
    safe = _FORBIDDEN.sub(_escaped, name)
    safe = _EDGES.sub(_escaped, safe)
    return f"%{ord(safe[0]):02X}{safe[1:]}" if _RESERVED.match(safe) else safe


def _escaped(match: re.Match[str]) -> str:
    return quote(match[0], safe="") if match[0] not in ".~" else f"%{ord(match[0]):02X}"


def _short(name: str) -> str:
    """A name that a file system takes: a longer one is cut, and ends in a digest of the whole."""
    data = name.encode("utf-8", "surrogatepass")
    if len(data) <= _MOST_BYTES:
        return name
    digest = hashlib.sha256(data).hexdigest()[:_DIGITS]
    return f"{data[: _MOST_BYTES - _DIGITS - 1].decode('utf-8', 'ignore')}~{digest}"
