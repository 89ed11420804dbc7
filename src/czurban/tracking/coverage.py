"""Prove that the bands of a rule cover every value exactly once, by exact linear arithmetic, or give a counterexample.

Bands are unions of conjunctions of linear inequalities, each of which is solved by itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, islice
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.over_time.conditions import ALWAYS, WORDS, Condition, Conjunction, Inequality
from czurban.model.over_time.rating import Band, ordered_names
from czurban.model.over_time.rule_file import RatingRules
from czurban.model.text import exact
from czurban.tracking.inequalities import MOST_WORK, LinearBounds, TooComplicatedError, bounds_of, eliminated, solve

_MOST_SHOWN = 5
MOST_STEPS = 10_000
"""Tests of a conjunction that one rule may need; each takes about a millisecond."""

Values = Mapping[str, Fraction | str]
"""A number or a word for each name."""


class Hole(NamedTuple):
    """Values in no band: a description of them, and one of them."""

    where: str
    example: Values


class Overlap(NamedTuple):
    """Values in two bands: both, a description of the values, and one of them."""

    first: Band
    second: Band
    where: str
    example: Values


def check_rules(rules: RatingRules) -> Iterator[Finding]:
    """Yield the holes and overlaps of every rule and of the grades, and the bands that no value is in."""
    for rule in rules.rules:
        yield from _check_bands(rule.name, rule.bands, rule.given, rule.place)
    if rules.grades:
        yield from _check_bands(say("grades"), rules.grades, ALWAYS, rules.grades[0].place)


def _check_bands(
    name: Message | str, bands: Sequence[Band], given: Condition, place: Place | None
) -> Iterator[Finding]:
    try:
        faults = [
            *(_hole_finding(name, hole, place) for hole in islice(holes(bands, given), _MOST_SHOWN)),
            *(_overlap_finding(each) for each in islice(overlaps(bands, given), _MOST_SHOWN)),
            *(_never_finding(band) for band in never_reached(bands, given)),
        ]
    except TooComplicatedError:
        message = say("“{name}” is too complicated to prove that its bands cover every value.", name=name)
        yield finding("P151", place, message, say("Make several rules of it, or shorter conditions."))
    else:
        yield from faults


def _hole_finding(name: Message | str, hole: Hole, place: Place | None) -> Finding:
    message = say(
        "No band of “{name}” has {where}: for example {example}.",
        name=name,
        where=hole.where,
        example=_listed(hole.example),
    )
    return finding("P151", place, message, say("Extend a band to these values, or add one for them."))


def _overlap_finding(overlap: Overlap) -> Finding:
    first, second = overlap.first, overlap.second
    message = say(
        "The bands “{first}” and “{second}” overlap in {where}: for example {example}.",
        first=first.word,
        second=second.word,
        where=overlap.where or say("all values"),
        example=_listed(overlap.example),
    )
    return finding("P152", second.place, message, say("Let one of the two end where the other begins."))


def _never_finding(band: Band) -> Finding:
    message = say("No value is in the band “{word}”: {condition}.", word=band.word, condition=band.when.text)
    return finding("P153", band.place, message, say("Correct the condition, or remove the band."))


def _listed(values: Values) -> tuple[str, ...]:
    pairs = ((name, values[name]) for name in ordered_names(values))
    return tuple(f"{name} = {value if isinstance(value, str) else exact(value)}" for name, value in pairs)


def holes(bands: Sequence[Band], given: Condition) -> Iterator[Hole]:
    """Yield the holes that the bands leave in what is given; of those that fix a name to the same value only the first.

    Raises:
        TooComplicatedError: there is too much to prove.
    """
    rest = [piece for piece in given.cells if example_of(piece) is not None]
    steps = 0
    for band in bands:
        for cell in band.when.cells:
            steps += len(rest)
            rest = [left for piece in rest for left in _without(piece, cell)]
            if steps > MOST_STEPS or len(rest) > MOST_WORK:
                raise TooComplicatedError
    names = {name for band in bands for name in band.when.names}
    known: set[tuple[str, Fraction]] = set()
    for piece in rest:
        where, example, pinned = _described(piece, names)
        if known.isdisjoint(pinned.items()):
            yield Hole(where, example)
        known.update(pinned.items())


def overlaps(bands: Sequence[Band], given: Condition) -> Iterator[Overlap]:
    """Yield each pair of bands that have values in common, within what is given.

    Raises:
        TooComplicatedError: there is too much to prove.
    """
    cells = [len(band.when.cells) for band in bands]
    if (sum(cells) ** 2 - sum(count**2 for count in cells)) * len(given.cells) > 2 * MOST_STEPS:
        raise TooComplicatedError
    for first, second in combinations(bands, 2):
        if common := next(_common(first, second, given), None):
            where, example, _ = _described(common, first.when.names | second.when.names)
            yield Overlap(first, second, where, example)


def never_reached(bands: Iterable[Band], given: Condition) -> Iterator[Band]:
    """Yield the bands that no value is in."""
    return (band for band in bands if next(_common(band, band, given), None) is None)


def _common(first: Band, second: Band, given: Condition) -> Iterator[Conjunction]:
    cells = (a & b & c for a in first.when.cells for b in second.when.cells for c in given.cells)
    return (cell for cell in cells if example_of(cell) is not None)


def _without(piece: Conjunction, cell: Conjunction) -> Iterator[Conjunction]:
    """Yield pieces without common values that together are the piece without the cell."""
    if example_of(piece & cell) is None:
        yield piece
        return
    words = (Conjunction((), {name: allowed}) for name, allowed in cell.words.items())
    for part in (*words, *(Conjunction((each,)) for each in cell.comparisons)):
        outside = piece & _negated(part)
        if example_of(outside) is not None:
            yield outside
        piece &= part


def _negated(part: Conjunction) -> Conjunction:
    """Negate a conjunction that has one inequality, or words for one name."""
    words = {name: frozenset(WORDS[name]) - allowed for name, allowed in part.words.items()}
    return Conjunction(tuple(each.negated() for each in part.comparisons), words)


def example_of(cell: Conjunction) -> Values | None:
    """Return values that satisfy a conjunction, for the names that it uses; None where there are none.

    Raises:
        TooComplicatedError: elimination makes too many inequalities.
    """
    words: dict[str, str] = {}
    for name, allowed in cell.words.items():
        if (word := next((each for each in WORDS[name] if each in allowed), None)) is None:
            return None
        words[name] = word
    numbers = solve(cell.comparisons)
    return None if numbers is None else {**numbers, **words}


def _described(cell: Conjunction, names: Iterable[str]) -> tuple[str, Values, dict[str, Fraction]]:
    """Describe a conjunction, give an example with all names, and return the names that have a single value in it."""
    pinned = _pinned(cell.comparisons)
    needed = list(dict.fromkeys(filter(None, (_inserted(each, pinned) for each in cell.comparisons))))
    for each in tuple(needed):
        others = tuple(other for other in needed if other != each)
        if solve((*others, each.negated())) is None:
            needed = list(others)
    example = example_of(cell) or {}
    free = {name: WORDS[name][0] if name in WORDS else Fraction(0) for name in names if name not in example}
    exactly = (f"{name} = {exact(value)}" for name, value in pinned.items())
    parts = (*exactly, *_texts(needed, cell.words))
    return " and ".join(parts), {**example, **free}, pinned


def _pinned(inequalities: Sequence[Inequality]) -> dict[str, Fraction]:
    """Return the names that have a single value, with the values."""
    names = sorted({name for each in inequalities for name, _ in each.factors})
    pinned = {}
    for name in names:
        current = set(inequalities)
        for other in names:
            current = current if other == name else eliminated(current, other)
        bounds = bounds_of(name, [each for each in current if each.factors], {})
        if bounds.low is not None and bounds.low == bounds.high:
            pinned[name] = bounds.low
    return pinned


def _inserted(inequality: Inequality, values: Mapping[str, Fraction]) -> Inequality | None:
    """Insert the values of names; None where no name is left."""
    factors = tuple((name, factor) for name, factor in inequality.factors if name not in values)
    known = sum((factor * values[name] for name, factor in inequality.factors if name in values), Fraction(0))
    return Inequality(factors, inequality.constant + known, inequality.strict).scaled() if factors else None


def _texts(needed: Sequence[Inequality], words: Mapping[str, frozenset[str]]) -> Iterator[str]:
    single = [each for each in needed if len(each.factors) == 1]
    for name in dict.fromkeys(each.factors[0][0] for each in single):
        yield _between(name, bounds_of(name, [each for each in single if each.factors[0][0] == name], {}))
    for each in needed:
        if len(each.factors) > 1:
            yield _compared(each)
    for name, allowed in words.items():
        listed = [word for word in WORDS[name] if word in allowed]
        yield f"{name} = {listed[0]}" if len(listed) == 1 else f"{name} in ({', '.join(listed)})"


def _between(name: str, bounds: LinearBounds) -> str:
    if bounds.low is not None and bounds.low == bounds.high:
        return f"{name} = {exact(bounds.low)}"
    before, after = "<" if bounds.low_open else "≤", "<" if bounds.high_open else "≤"
    if bounds.low is None:
        return f"{name} {after} {exact(bounds.high or Fraction(0))}"
    if bounds.high is None:
        return f"{name} {'>' if bounds.low_open else '≥'} {exact(bounds.low)}"
    return f"{exact(bounds.low)} {before} {name} {after} {exact(bounds.high)}"


def _compared(inequality: Inequality) -> str:
    """Write an inequality with the names of positive factors on the left and the others on the right."""
    left = [_times(name, factor) for name, factor in inequality.factors if factor > 0]
    right = [_times(name, -factor) for name, factor in inequality.factors if factor < 0]
    if inequality.constant:
        (left if inequality.constant > 0 else right).append(exact(abs(inequality.constant)))
    return f"{' + '.join(left) or '0'} {'<' if inequality.strict else '≤'} {' + '.join(right) or '0'}"


def _times(name: str, factor: Fraction) -> str:
    return name if factor == 1 else f"{exact(factor)} × {name}"
