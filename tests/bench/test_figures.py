import pytest

from figures import Limit, median, paired_ratio, seconds


@pytest.mark.parametrize(
    ("values", "middle"),
    [([3.0], 3.0), ([3.0, 1.0, 2.0], 2.0), ([4.0, 1.0, 2.0, 3.0], 2.5), ([1.0, 1.0, 100.0], 1.0)],
)
def test_a_median_is_the_middle_and_heeds_no_outlier(values: list[float], middle: float) -> None:
    assert median(values) == middle


def test_nothing_has_no_median() -> None:
    with pytest.raises(ValueError, match="no median of nothing"):
        median([])


@pytest.mark.parametrize(
    ("values", "against", "ratio"),
    [
        ([2.0, 2.0, 2.0], [1.0, 1.0, 1.0], 2.0),
        # In the busy second round both took ten times as long: a ratio of medians would be 10, not 2.
        ([2.0, 20.0, 22.0], [1.0, 10.0, 1.0], 2.0),
        # One of them went once, in the first round.
        ([30.0], [10.0, 1.0, 1.0], 3.0),
        ([], [1.0], None),
    ],
)
def test_a_ratio_is_of_runs_side_by_side(values: list[float], against: list[float], ratio: float | None) -> None:
    assert paired_ratio(values, against) == ratio


@pytest.mark.parametrize(
    ("measured", "kept"), [(2.2, True), (2.19, True), (2.2000001, False), (0.0, True), (None, None)]
)
def test_a_limit_itself_is_kept_and_what_was_not_measured_is_neither(
    measured: float | None, *, kept: bool | None
) -> None:
    assert Limit("aim", measured, 2.2, "×").kept is kept


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1234, "0.123"), (1.0, "1.00"), (1.234, "1.23"), (12.34, "12.3"), (123.4, "123"), (0.0, "0.000")],
)
def test_seconds_have_the_digits_that_a_repetition_confirms(value: float, text: str) -> None:
    assert seconds(value) == text
