"""How two spellings of one name are recognised as the same."""

from collections.abc import Iterable

# The full-width forms of ASCII (！ to ～), the ideographic space and the no-break spaces, as typed by an input method.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    (0x3000, 0xA0, 0x2007, 0x202F, 0x2009, 0x2002, 0x2003), 0x20
)
_UNSEEN = dict.fromkeys(
    (0xAD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
)
"""Characters without width, and marks of direction: they come along when text is copied from a web page or a chat."""
_PLAIN = {**_HALF_WIDTH, **_UNSEEN}
_NO_SPACE = _PLAIN | dict.fromkeys((0x20, 0x09, 0x0A, 0x0D))


def half_width(text: str) -> str:
    """Return the text with full-width ASCII and the kinds of space made plain, and without invisible characters.

    Unicode's NFKC is not used on purpose: it would turn the footnote mark in 95① into the number 951.
    """
    return text if text.isascii() else text.translate(_PLAIN)


def half_width_in_place(text: str) -> str:
    """Return the text with full-width ASCII and the kinds of space made plain, each character where it was."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def visible(text: str) -> str:
    """Return the text without invisible characters."""
    return text if text.isascii() else text.translate(_UNSEEN)


def key(text: str) -> str:
    """Return what stays of a name when spaces, width and letter case are disregarded."""
    return text.translate(_NO_SPACE).casefold()


def nearest(text: str, names: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return the names most like the text, best first: those that contain it, then those spelled nearly so."""
    from difflib import get_close_matches  # noqa: PLC0415 - only where a name is not known

    wanted = key(text)
    pool = {key(name): name for name in names}
    if not wanted:
        return ()
    inside = sorted((k for k in pool if wanted in k or k in wanted), key=lambda k: (abs(len(k) - len(wanted)), k))
    close = get_close_matches(wanted, pool, n=limit, cutoff=0.6)
    return tuple(pool[k] for k in dict.fromkeys([*inside, *close]))[:limit]
