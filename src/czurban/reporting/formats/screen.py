"""Draw text, bars and findings for a terminal with rich.

rich breaks a line only at blanks, of which Chinese has none, so `ScreenText` finds the places to break at.
"""

import io
import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console, Group, JustifyMethod, OverflowMethod, RenderableType
from rich.containers import Lines
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from czurban.model.finding import SEVERITIES, Finding, Severity
from czurban.model.text import clean_line
from czurban.reporting.document import Page, Strip, Tone
from czurban.reporting.findings_text import listed
from czurban.reporting.formats.text import GAP
from czurban.words.translator import Translator

STYLES = {Tone.PLAIN: "", Tone.GOOD: "green", Tone.BAD: "bold red", Tone.DOUBT: "magenta", Tone.QUIET: "dim"}
"""The styles of tones, in colours that can be read on a light background too."""
_SIGNS = {Tone.GOOD: "█", Tone.BAD: "▓", Tone.DOUBT: "▒", Tone.PLAIN: "░", Tone.QUIET: "░"}
"""What the parts of a bar are drawn with, so that it can be read without colours."""
_PIECE = re.compile(
    r"\s+"
    r"|[（(][^（()）]{1,12}[)）][、，；。;,]?"  # a unit in brackets is not broken
    r"|[（(「“《〈]?(?:(?:[≥≤＞＜＝≈±−] ?)?[!-'*-~]+|[^\s（(])[）)」”》〉、，；。：！？…;,]*"
    # a sign stays with its number, and closing marks never begin a line
    r"|."
)


class ScreenText(Text):
    """Text that is broken at blanks and between Chinese characters, not inside numbers, words and short brackets."""

    def wrap(  # noqa: PLR0913 - the parameters of the method that it replaces
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,  # noqa: ARG002 - as above
        tab_size: int = 8,  # noqa: ARG002 - as above
        no_wrap: bool | None = None,  # noqa: ARG002 - as above
    ) -> Lines:
        """Break the text into lines of at most `width` cells, of which a Chinese character takes two."""
        lines = Lines()
        for line in self.split(allow_blank=True):
            parts = line.divide(_breaks(line.plain, width))
            for part in parts:
                part.rstrip()
            parts.justify(console, width, justify=justify or "left", overflow="fold")
            lines.extend(parts)
        return lines


def _breaks(text: str, width: int) -> list[int]:
    """Return where lines of a text begin, after the first."""
    breaks: list[int] = []
    at = used = 0
    for match in _PIECE.findall(text):
        for piece in [match] if cell_len(match) <= width else match:
            wide = cell_len(piece)
            if used + wide > width and used:
                blank = piece.isspace()
                breaks.append(at + len(piece) if blank else at)
                used = 0 if blank else wide
            else:
                used += wide
            at += len(piece)
    return [at for at in breaks if at < len(text)]


def screen(width: int, *, colour: bool) -> Console:
    """Return a console that keeps what is printed, and obeys no variable of the environment."""
    return Console(
        file=io.StringIO(),
        width=width,
        color_system="standard" if colour else None,
        force_terminal=colour,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )


def printed(console: Console) -> str:
    """Return what was printed on a console, without blanks at the ends of lines."""
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def side_by_side(first: Text, second: Text) -> Table:
    """Put a text to the right of a short one, and its further lines below itself."""
    row = Table.grid(padding=0)
    row.add_column(width=cell_len(first.plain))
    row.add_row(first, second)
    return row


_SEVERITIES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.DOUBT, Severity.INFO: Tone.QUIET}
_ROOM_FOR_PLACES = 12


def findings_screen(
    findings: Sequence[Finding], translate: Translator, page: Page, most: int, more: Mapping[str, int] | None = None
) -> str:
    """Write findings below the name of their file, and count what `listed` leaves out."""
    shown, end = listed(findings, translate, most, more)
    console = screen(page.width or _NATURAL, colour=page.colour)
    for file, members in groupby(shown, lambda finding: finding.place.file if finding.place else ""):
        if file:
            console.print(ScreenText(clean_line(file), "bold"))
        console.print(_findings_of(file, list(members), translate))
    return printed(console) + end


_NATURAL = 100


def _findings_of(file: str, findings: Sequence[Finding], translate: Translator) -> RenderableType:
    """Compose the findings of a file: each message is wrapped to the right of its place, with the hint below."""
    places = [clean_line(str(each.place).removeprefix(file).lstrip(":")) if each.place else "" for each in findings]
    table = Table.grid(padding=(0, GAP, 0, 0))
    table.add_column(width=min(max(map(cell_len, places)), _ROOM_FOR_PLACES), justify="right")
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for place, each in zip(places, findings, strict=True):
        code = Text(f"{translate(SEVERITIES[each.severity])} {each.code}", STYLES[_SEVERITIES[each.severity]])
        texts = [ScreenText(clean_line(translate(each.message)))]
        texts += [ScreenText(clean_line(translate(each.hint)), "dim")] if each.hint else []
        table.add_row(ScreenText(place), code, Group(*texts))
    return Padding(table, (0, 0, 0, GAP if file else 0))


def bar(strip: Strip, width: int) -> Text:
    """Draw a bar of the parts of a whole; each part that counts anything has a character at least."""
    text, done, at = Text(), 0, 0
    parts = [part for part in strip.parts if part[1]]
    total = sum(count for _, count, _ in parts)
    for index, (_, count, tone) in enumerate(parts):
        done += count
        end = min(max(done * width // total, at + 1), width - (len(parts) - index - 1))
        text.append(_SIGNS[tone] * (end - at), STYLES[tone])
        at = end
    return text
