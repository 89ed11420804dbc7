"""Read the figures of English plans with their names: raise the share of cycling from 33 % in 2020 to 41 % by 2025.

A figure without a verb or a bound next to it says nothing of a target, and is left to a person.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from czurban.model.unit import Units
from czurban.reading.imports.text.english_dates import DATED, YEAR, Dated, without_date
from czurban.reading.imports.text.quantity import PrintedQuantity
from czurban.reading.phrases.forms import ENGLISH_AIM

_UNITS = Units()
_OPENING = re.compile(
    rf"^(?:[^\d,;:]{{1,60}}? (?=(?:will |shall )?{ENGLISH_AIM})|(?P<aim>{ENGLISH_AIM}|(?:the |our )?aim is to)"
    r"|(?:the )?(?:city|council|borough|county|plan)(?: council)? (?:will|shall|commits? to)"
    r"|(?:we )?(?:will|shall)|(?:our )?(?:targets?|objectives?|goals?|aims?)(?: is| are)?(?: to)?"
    r"|in order to|to|and|also|ensure that|ensure)\b[:,]?\s*",
    re.IGNORECASE,
)
_UP = "increase|raise|grow|expand|improve|boost|lift|achieve|reach|attain|secure"
_DOWN = "reduce|cut|lower|decrease|bring down|limit|restrict"
_KEEP = "keep|maintain|hold|retain"
_MOVES = "rise|increase|grow|fall|drop|decline|decrease|reach|exceed|remain|stay|be"
_BUILD = "build|complete|deliver|create|plant|provide|install|open|add|construct|train|support|offer|designate|restore"
_CHANGE = "replace|retrofit|renovate|convert|remove|upgrade|refurbish|insulate|electrify|clean up|bring back"
_BOUND = (
    "at least|no less than|not less than|no fewer than|a minimum of|more than|over|above|at most|no more than"
    "|not more than|up to|a maximum of|less than|fewer than|below|under|within|about|around|approximately"
)
_NUMBER = r"[£€$]?\s?\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?(?!\d)|[£€$]?\s?\d+(?:\.\d+)?"
_SCALE = r"(?:thousand|million|billion)"
_FROM = rf"from (?P<base>(?:{_NUMBER})[^,;]*?)(?: in (?P<base_year>{YEAR}))? (?=to )"
_CHANGED = re.compile(
    rf"(?P<verb>{_UP}|{_DOWN}|{_KEEP})s?\s+(?P<name>.+?)\s+(?:{_FROM})?(?P<rel>to|by|of|at|{_BOUND})(?:\s+(?P<bound>{_BOUND}))?\s+"
    rf"(?P<amount>(?:{_NUMBER}).*)",
    re.IGNORECASE,
)
_MOVED = re.compile(
    rf"(?P<name>.+?)\s+(?:will|shall|should|must|is to|are to|to)\s+(?P<verb>{_MOVES})\s+(?:{_FROM})?"
    rf"(?P<rel>to|by|at|{_BOUND})?(?:\s*(?P<bound>{_BOUND}))?\s*(?P<amount>(?:{_NUMBER}).*)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"(?P<verb>{_BUILD}|{_CHANGE})s?\s+(?:(?P<bound>{_BOUND}|an additional|a further|another)\s+)?"
    rf"(?P<number>{_NUMBER})\s*(?P<scale>{_SCALE})?\s+(?P<noun>.+)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"(?:(?P<bound>{_BOUND})\s+)?(?P<number>{_NUMBER})\s*(?P<unit>%|per ?cent)\s+of\s+(?P<name>.+)", re.IGNORECASE
)
_NAMED = re.compile(rf"(?P<name>[A-Z][^:\d]{{2,80}}?)\s*[:–—]\s+(?P<bound>{_BOUND})?\s*(?P<amount>(?:{_NUMBER}).*)")
_AMOUNT = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<scale>{_SCALE}\b)?\s*(?P<rest>.*)", re.IGNORECASE)
_TAIL = re.compile(
    r"\s*((?:compared (?:with|to)|relative to|against|on|from|below|above|than in) .*(?:19|20)\d\d.*"
    r"|of .+|per year|a year|annually)?",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\s(?:with|in|at|on|for|across|over|under|near|along|to|by|through|from|within|into)\s", re.IGNORECASE
)
_MOST_WORDS = 5
_COUNTS = rf"(?:{_BUILD}|{_CHANGE})\s+(?:(?:{_BOUND}|an additional|a further|another)\s+)?(?:{_NUMBER})"
_SAYS = rf"(?:(?:also|we|to|will)\s+)*(?:{ENGLISH_AIM}\s+)?(?:{_COUNTS}|(?:{_UP}|{_DOWN}|{_KEEP})\s[^;]*\d)"
_NEXT = re.compile(
    rf"(?:,?\s+(?:and|but)\s+|,\s+)(?={_SAYS})|(?<=[a-z)]),?\s+and\s+(?=(?:(?:{_BOUND})\s+)?(?:{_NUMBER})\s+[a-z])"
    r"|,?\s+(?=(?:of which|of them|of these|including|among them)\b[^;]*\d)",
    re.IGNORECASE,
)
"""What is between two figures of a sentence."""
_SECOND = re.compile(r"\b(?:and|with|plus|then|which|including)\b[^\d]*\d", re.IGNORECASE)
"""A second figure in what would be a name."""
_YEARLY = re.compile(r"\s(?:(?:each|every|per|a) year|annually)\b", re.IGNORECASE)


def clauses_of(text: str, year: int | None) -> Iterator[tuple[str, Sequence[PrintedQuantity]]]:
    """Yield the clauses of an English text with their figures; those due before the plan's years are left out."""
    for part in re.split(r";|(?<=[\w%)])\.(?:\s+(?=[A-Z])|$)|\n", text):
        aim = ""
        for clause, dated in _pieces(part.strip(" .,:")):
            if year and dated.deadline and int(dated.deadline[:4]) < year:
                continue
            quantity = _read(dated, aim)
            aim = quantity.aim if quantity else ""
            yield clause, [quantity] if quantity else []


def _pieces(sentence: str) -> Iterator[tuple[str, Dated]]:
    """Yield what a sentence says of each figure; a date at its beginning or end is that of all next to it."""
    pieces = [piece.strip(" ,") for piece in _NEXT.split(sentence) if piece.strip(" ,")]
    dated = [without_date(piece) for piece in pieces]
    opening = dated[0].deadline if DATED.match(f" {sentence}") else ""
    for n, piece in enumerate(pieces):
        deadline = next((each.deadline for each in dated[n:] if each.deadline), opening)
        yield piece, dated[n]._replace(deadline=deadline)


def _read(dated: Dated, aim: str) -> PrintedQuantity | None:
    """Read the figure of a clause: a change, a level, a count of works, or a share of something."""
    text = dated.text
    while opening := _OPENING.match(text):
        firm = re.search(r"\b(?:will|shall|ensure)\b", opening[0], re.IGNORECASE)
        text, aim = text[opening.end() :], opening["aim"] or ("" if firm else aim)
    quantity = _counted(text) or _changed(text) or _share(text)
    others = re.findall(r"(?<![\w.,])\d", re.sub(YEAR, "", quantity.name)) if quantity else ()
    if quantity is None or len(others) > 1 or (others and _SECOND.search(quantity.name)):
        return None
    return quantity._replace(deadline=dated.deadline, summed=dated.summed, aim=aim)


def _changed(text: str) -> PrintedQuantity | None:
    """Read raise X from A to B, cut X by 30 % compared with 2018, keep X below 10 µg/m3, X: at least 40 %."""
    match = _CHANGED.fullmatch(text) or _MOVED.fullmatch(text)
    named = None if match else _NAMED.fullmatch(text)
    source = match or named
    amount = source and _AMOUNT.fullmatch(source["amount"])
    if not source or not amount:
        return None
    unit, rest = _unit_of(amount)
    tail = _TAIL.match(rest)
    printed, further = (tail[1] or "", rest[tail.end() :]) if tail else ("", rest)
    name = _name(source["name"] + (f" {further.strip()}" if further.strip() else ""))
    words = source["amount"][: len(source["amount"]) - len(rest)].strip()
    phrase = " ".join(part for part in (source["bound"], words, printed) if part)
    if match:
        verb, relation = match["verb"].lower(), (match["rel"] or "").lower()
        if relation in ("to", "by"):
            phrase = f"{verb} … {relation} {phrase}"
        elif relation == "of" or (not relation and not match["bound"]):
            phrase = phrase if verb == "be" else f"{verb} {'… ' if relation else ''}{phrase}"
        elif relation not in ("at", ""):
            phrase = f"{relation} {phrase}"
    base, year = (match["base"], match["base_year"]) if match else (None, None)
    is_relative = bool(match and match["rel"] == "by")
    return PrintedQuantity(
        name,
        name,
        _together(phrase),
        _figure(amount["number"]),
        "" if is_relative and unit in ("%", "per cent") else unit,
        baseline=_together(base or ""),
        baseline_year=year or "",
    )


def _counted(text: str) -> PrintedQuantity | None:
    """Read build 85 km of cycle lanes and complete at least 6,500 new affordable homes."""
    yearly = _YEARLY.search(text)
    match = _COUNTED.fullmatch(text.replace(yearly[0], "") if yearly else text)
    if match is None or re.match(r"%|per ?cent", match["noun"]):
        return None
    amount = _AMOUNT.fullmatch(f"{match['number']} {match['scale'] or ''} {match['noun']}".replace("  ", " "))
    unit, rest = _unit_of(amount) if amount else ("", match["noun"])
    verb = match["verb"].lower()
    stop = _PREPOSITION.search(match["noun"])
    noun, further = (match["noun"][: stop.start()], match["noun"][stop.start() :]) if stop else (match["noun"], "")
    if rest.startswith("of "):
        noun = rest[3:]
        words = match["noun"][: len(match["noun"]) - len(rest)].strip()
    else:
        words = noun
        endings = (" ".join(noun.split()[n:]) for n in range(1, len(noun.split())))
        unit = unit or next(filter(_UNITS.find, endings), "")
        noun += further
    changes = re.fullmatch(_CHANGE, verb)
    bounded = match["bound"] and re.fullmatch(_BOUND, match["bound"], re.IGNORECASE)
    bound = match["bound"].lower() if bounded else verb
    printed = " ".join(filter(None, (bound, match["number"], match["scale"], words)))
    if yearly:
        follows = words and text.casefold().endswith(f"{words}{yearly[0]}".casefold())
        printed += yearly[0] if follows else f" …{yearly[0]}"
    name = _name(f"{verb} {noun}" if changes else noun)
    return PrintedQuantity(name, name, _together(printed), _figure(match["number"]), unit, verb=verb)


def _share(text: str) -> PrintedQuantity | None:
    """Read at least 80 % of residents."""
    match = _SHARE.fullmatch(text)
    if match is None:
        return None
    of = re.sub(r"\s(?:are|is|will be|to be|live|lives|will live)\s", " ", match["name"], count=1)
    name = _name(f"share of {of}")
    printed = text[: match.end("unit")]
    return PrintedQuantity(name, name, _together(printed), _figure(match["number"]), "%")


def _unit_of(amount: re.Match[str]) -> tuple[str, str]:
    """Return the unit behind a number, and what is behind the unit."""
    rest = amount["rest"]
    if amount["number"][0] in "£€$":
        return f"{amount['number'][0]} {(amount['scale'] or '').lower()}".strip(), rest
    words = rest.split(" ")
    for size in range(min(_MOST_WORDS, len(words)), 0, -1):
        name = " ".join(words[:size]).rstrip(",")
        if _UNITS.find(name):
            return name, " ".join(words[size:])
    return "", rest


def _name(text: str) -> str:
    plain = re.sub(r"^(?:the|a|an|our|its|total number of|number of)\s+", "", text.strip(" ,:."), flags=re.IGNORECASE)
    plain = re.sub(r"^(?:number of)\s+", "", plain, flags=re.IGNORECASE)
    return plain[:1].upper() + plain[1:]


def _figure(number: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.]", "", number))


def _together(text: str) -> str:
    """Return a text whose numbers have commas in place of blanks: 10 000 is 10,000."""
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", ",", text).strip()
