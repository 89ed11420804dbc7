"""Several bits are counted in one sum, which a BIGINT holds."""

import random

import pytest

from czurban.computing.engines import statements


@pytest.mark.parametrize("many", [1, 3, 52, 61, 62])
@pytest.mark.parametrize("most", [1, 2, 5, 1000, 190_000, 2**20, 2**31 - 1])
def test_counts_are_read_from_sums_of_bits_that_are_a_step_apart(many: int, most: int) -> None:
    step, draw = statements.step_of(many, most), random.Random(most + many)  # noqa: S311 - made-up figures
    counts = [draw.choice((most, draw.randint(0, most))) for _ in range(3 * many)]
    sums = [0] * 3 * min(step, many)
    for at, count in enumerate(counts):
        bit, which = divmod(at, 3)
        sums[3 * (bit % step) + which] += count << (bit - bit % step)
    assert max(sums) < 2**63
    assert [*statements.counts_of(sums, many, step)] == counts


def test_few_regions_are_counted_in_few_sums() -> None:
    assert statements.counted("pairs", "again", 52, statements.step_of(52, 20)).count("SUM(") == 15
