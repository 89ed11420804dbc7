"""The looks of a workbook's cells; each is made once, because a program takes only so many."""

from typing import Any

from czurban.reporting.document import Tone

INK = {Tone.GOOD: "#1B5E3A", Tone.BAD: "#B3261E", Tone.DOUBT: "#8A5A00", Tone.QUIET: "#5F6368"}
"""The colour of text in each tone; the plain one has none."""
GROUND = {Tone.GOOD: "#E6F2EA", Tone.BAD: "#FBE3E0", Tone.DOUBT: "#FFF3D6"}
"""The colour behind a word that tells."""
BAR = {Tone.GOOD: "#3F8F63", Tone.BAD: "#C8443A", Tone.DOUBT: "#D9A036", Tone.QUIET: "#B8BEC4", Tone.PLAIN: "#7D8894"}
"""The colour of a chart's part."""
_LINES = {"border": 1, "border_color": "#C4C9CE"}
_TEXT = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}


class Looks:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - the library ships no types
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def cell(self, tone: Tone = Tone.PLAIN, *, right: bool = False, form: str = "") -> Any:  # noqa: ANN401
        """A cell of a table; with a number format, a number's."""
        colour = {"font_color": INK[tone]} if tone in INK else {}
        number = {"num_format": form} if form else {"text_wrap": True}
        return self._look({**_TEXT, **_LINES, **colour, **number, "indent": 1, "align": "right" if right else "left"})

    def head(self) -> Any:  # noqa: ANN401
        """A column's title."""
        fill = {"bg_color": "#E4E8EC", "font_name": "黑体", "align": "center", "text_wrap": True}
        return self._look({**_TEXT, **_LINES, **fill})

    def heading(self, level: int) -> Any:  # noqa: ANN401
        """A heading."""
        return self._look({**_TEXT, "font_name": "黑体", "font_size": {1: 18, 2: 14}.get(level, 12)})

    def prose(self, tone: Tone = Tone.PLAIN, indent: int = 0) -> Any:  # noqa: ANN401
        """A sentence across the sheet."""
        colour = {"font_color": INK[tone]} if tone in INK else {}
        return self._look({**_TEXT, **colour, "text_wrap": True, "align": "left", "indent": indent})

    def told(self, tone: Tone) -> Any:  # noqa: ANN401
        """What a conditional format lays over a cell whose word has this tone."""
        return self._look({"bg_color": GROUND[tone], "font_color": INK[tone], "bold": tone is Tone.BAD})

    def struck(self) -> Any:  # noqa: ANN401
        """What it lays over the row of a word in a bad tone."""
        return self._look({"bg_color": GROUND[Tone.BAD]})

    def _look(self, properties: dict[str, object]) -> Any:  # noqa: ANN401
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]
