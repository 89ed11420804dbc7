"""How two spellings of one name are recognised as the same, and which characters are displayed as signs."""

import json
import unicodedata

import pytest

from czurban.model.text import (
    cell_text,
    clean,
    clean_line,
    half_width,
    half_width_in_place,
    json_escaped,
    key,
    nearest,
    one_line,
    spreadsheet_cell,
    visible,
)

PLANES = [*range(0x20000), *range(0xE0000, 0xE0200)]
FULL_WIDTH = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF01, 0xFF5F)}
BLANKS = dict.fromkeys("\u3000\xa0\u2007\u202f\u2009\u2002\u2003", " ")
INVISIBLE = dict.fromkeys(
    "\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2065"
    "\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufeff",
    "",
)
CONTROLS = {"Cc", "Cf", "Cs", "Zl", "Zp"}
SHOWN = "\n\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
"""Controls that are displayed, such as the signs before Arabic numbers."""
HIEROGLYPHS = range(0x13430, 0x13460)
BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
NO_CHARACTERS = "\u2065\ufffe\uffff"
TAGS = range(0xE0000, 0xE0100)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("１２，３％", "12,3%"), ("ＡＢＣ（ａ）", "ABC(a)"), ("\u3000甲\u00a0", " 甲 "), ("95①", "95①"), ("㎡", "㎡")],
)
def test_half_width(text: str, plain: str) -> None:
    assert half_width(text) == plain


@pytest.mark.parametrize(
    ("one", "other"), [("Ｍbps", "mBPS"), (" 城镇 化率\n", "城镇化率"), ("（甲）", "(甲)"), ("\ufeff甲", "甲")]
)
def test_key_disregards_width_case_and_spaces(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公安局", ("市公安局",)),
        ("市教育厅", ("市教育局",)),
        ("市公安局", ("市公安局",)),
        ("", ()),
        ("furlong", ()),
    ],
)
def test_nearest(text: str, found: tuple[str, ...]) -> None:
    assert nearest(text, ["市公安局", "市教育局", "各县区人民政府"], limit=1) == found


def test_names_that_contain_the_text_come_first_and_the_shortest_of_them() -> None:
    names = ["甲乙丙丁戊己", "甲乙丙丁戊", "甲乙丙丁", "甲乙戊丁", "庚"]
    assert nearest("甲乙丙", names) == ("甲乙丙丁", "甲乙丙丁戊", "甲乙丙丁戊己")
    assert nearest("甲乙丙", names, limit=2) == ("甲乙丙丁", "甲乙丙丁戊")
    assert set(nearest("甲乙丁丁", names)[:2]) == {"甲乙丙丁", "甲乙戊丁"}
    assert nearest("庚辛", names) == ("庚",)
    assert nearest("甲", names) == ("甲乙丙丁", "甲乙戊丁", "甲乙丙丁戊")  # three of four
    assert nearest("庚辛壬癸子丑", names) == ("庚",)
    assert nearest("甲乙丙丁", ["甲", "甲乙丙丁戊"]) == ("甲乙丙丁戊", "甲")


def changed(change: object) -> dict[str, str]:
    """Return every character that a function changes, with what it becomes."""
    assert callable(change)
    return {chr(code): text for code in PLANES if (text := change(chr(code))) != chr(code)}


def test_full_width_and_invisible_characters_are_these_and_no_others() -> None:
    assert changed(half_width) == FULL_WIDTH | BLANKS | INVISIBLE
    assert changed(half_width_in_place) == FULL_WIDTH | BLANKS
    assert changed(visible) == INVISIBLE


def test_a_name_is_compared_without_blanks() -> None:
    assert key("Ａ b\tC\nd\r\u3000e\xa0f\u200b") == "abcdef"


def sign(char: str) -> str:
    if ord(char) < 0x20:
        return chr(0x2400 + ord(char))
    return "␡" if char == "\x7f" else "�"


def test_unsafe_characters_are_these_and_no_others() -> None:
    controls = {chr(code) for code in PLANES if unicodedata.category(chr(code)) in CONTROLS and code not in HIEROGLYPHS}
    unsafe = (controls - set(SHOWN)) | {*BLANK_LETTERS, *NO_CHARACTERS, *map(chr, TAGS)}
    assert changed(clean) == {char: sign(char) for char in unsafe}
    assert clean("a\r\nb\rc") == "a\nb␍c"
    assert clean_line("a\r\nb\n c") == "a b  c"
    assert one_line(" a \r\n\tb\x07 ") == "a b␇"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        *(
            (text, f"'{text}")
            for text in ("=1+1", "＝1", "@x", "＠x", "+x", "＋x", "-x", "－x", " =1", "'=1", "''=1", "-", "+.")
        ),
        *(
            (text, text)
            for text in ("-5.6", "+3%", "－１２％", "-1,234.5", "-.5", "-1E+05", " -5 ", "甲", "'甲'", "a=b", "X=1", "")
        ),
        ("\t=1", "'␉=1"),
        ("\t甲", "'␉甲"),
        ("\r甲", "'␍甲"),
        ("\x07=1", "'␇=1"),
    ],
)
def test_what_could_be_a_formula_gets_an_apostrophe(text: str, cell: str) -> None:
    assert spreadsheet_cell(text) == cell
    assert cell_text(f" {cell} ") == (cell if cell == text else cell[1:]).strip()


def test_unsafe_characters_are_escaped_in_json() -> None:
    text = '"a\u202e\U000e0041\x85甲"'
    assert json_escaped(text) == r'"a\u202e\udb40\udc41\u0085甲"'
    assert json.loads(json_escaped(text)) == text[1:-1]
    assert json_escaped("\udc80") == r"\udc80"
