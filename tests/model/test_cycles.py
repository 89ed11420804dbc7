"""Ways back to where one began: every one, each once, of small nets at random and of large ones in time."""

import random
from itertools import islice, permutations

import pytest

from czurban.reading.plan.cycles import cycles, in_order

Net = dict[str, list[str]]


def by_trying(net: Net) -> set[tuple[str, ...]]:
    """Every elementary cycle by trying all paths, each from its first thing in the net's order."""
    rank = {name: n for n, name in enumerate(net)}
    paths = (path for length in range(1, len(net) + 1) for path in permutations(net, length))
    return {
        path
        for path in paths
        if rank[path[0]] == min(rank[name] for name in path)
        and all(other in net[one] for one, other in zip(path, (*path[1:], path[0]), strict=True))
    }


@pytest.mark.parametrize("seed", range(60))
def test_every_cycle_is_found_once(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a seeded net, no secret
    names = [f"n{n}" for n in range(chance.randint(1, 6))]
    net = {name: [other for other in names if chance.random() < 0.35] for name in names}
    found = list(cycles(net))
    assert len(found) == len(set(found))
    assert set(found) == by_trying(net)


@pytest.mark.parametrize("seed", range(20))
def test_an_order_leaves_out_cycles_and_what_leans_on_them(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - as above
    names = [f"n{n}" for n in range(8)]
    net = {name: [other for other in names if chance.random() < 0.15] for name in names}
    order = in_order(net)
    assert all(set(net[name]) <= set(order[: order.index(name)]) for name in order)
    stuck = {name for cycle in cycles(net) for name in cycle}
    assert not stuck & set(order)
    assert all(set(net[name]) - set(order) for name in names if name not in order)


def test_what_is_not_in_the_net_is_no_obstacle() -> None:
    assert in_order({"a": ["b", "elsewhere"], "b": []}) == ["b", "a"]


def test_a_long_ring_and_a_dense_net_do_not_exhaust_anything() -> None:
    ring = {f"n{n}": [f"n{(n + 1) % 20_000}"] for n in range(20_000)}
    assert [len(one) for one in cycles(ring)] == [20_000]
    dense: Net = {f"n{n}": [f"n{m}" for m in range(30)] for n in range(30)}
    assert len(list(islice(cycles(dense), 1000))) == 1000
