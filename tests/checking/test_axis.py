"""Stretches without doubt: found around a value as among all, whatever is doubted."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from czurban.checking.bounds import PlausibleRange, ValueRange

POINTS = [Fraction(n) for n in (-3, 0, 1, 7)]
CELLS = 2 * len(POINTS) + 1


def cell(value: Fraction) -> int:
    """Which of gap, point, gap … a value is in."""
    return sum((value > item) + (value >= item) for item in POINTS)


def holds(one: ValueRange, value: Fraction) -> bool:
    (low, low_in), (high, high_in) = one
    above = low is None or value > low or (low_in and value == low)
    return above and (high is None or value < high or (high_in and value == high))


@given(st.lists(st.booleans(), min_size=CELLS, max_size=CELLS), st.sampled_from([*POINTS, *map(Fraction, (-9, 4, 99))]))
def test_a_stretch_holds_what_is_sure_and_nothing_else(sure: list[bool], value: Fraction) -> None:
    axis = PlausibleRange(POINTS, lambda point: not sure[cell(point)])
    result = axis.ranges()
    for item in [*POINTS, *(Fraction(n, 2) for n in range(-9, 19)), Fraction(1000)]:
        assert sum(holds(stretch, item) for stretch in result) == sure[cell(item)]
    around = axis.around(value)
    assert (around is not None) == sure[cell(value)]
    assert around is None or (around in result and holds(around, value))


def test_each_cell_is_asked_once() -> None:
    asked: list[Fraction] = []
    axis = PlausibleRange(POINTS, lambda one: asked.append(one) is not None)
    assert axis.around(Fraction(5)) == ValueRange((None, False), (None, False))
    assert len(axis.ranges()) == 1
    assert len(asked) == len(set(asked)) == CELLS
