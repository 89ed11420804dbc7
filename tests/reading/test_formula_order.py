"""The order of formulas, and the cycles among them: small graphs at random, and large ones in time."""

import random
from graphlib import CycleError, TopologicalSorter
from itertools import islice

import pytest

from czurban.reading.plan.formulas import cycles, in_order

Graph = dict[str, list[str]]


def random_graph(seed: int, most: int, chance: float) -> Graph:
    source = random.Random(seed)  # noqa: S311 - a seeded graph, no secret
    names = [f"n{n}" for n in range(source.randint(1, most))]
    return {name: [other for other in names if source.random() < chance] for name in names}


def has_cycle(graph: Graph) -> bool:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return True
    return False


@pytest.mark.parametrize("seed", range(60))
def test_cycles_are_real_and_none_is_left_without_their_last_links(seed: int) -> None:
    graph = random_graph(seed, 6, 0.35)
    rank = list(graph)
    reported = list(cycles(graph))
    assert bool(reported) == has_cycle(graph)
    for path in reported:
        assert len(set(path)) == len(path)
        assert all(other in graph[name] for name, other in zip(path, (*path[1:], path[0]), strict=True))
        assert path[0] == min(path, key=rank.index)
    closed = {(path[-1], path[0]) for path in reported}
    assert len(closed) == len(reported)
    rest = {name: [other for other in others if (name, other) not in closed] for name, others in graph.items()}
    assert not has_cycle(rest)


@pytest.mark.parametrize("seed", range(20))
def test_an_order_leaves_out_cycles_and_what_depends_on_them(seed: int) -> None:
    graph = random_graph(seed, 8, 0.15)
    order = in_order(graph)
    assert len(order) == len(set(order))
    assert all(set(graph[name]) <= set(order[: order.index(name)]) for name in order)
    assert not {name for path in cycles(graph) for name in path} & set(order)
    assert all(set(graph[name]) - set(order) for name in graph if name not in order)


def test_two_cycles_with_a_common_name_are_both_reported() -> None:
    graph = {"a": ["b", "c"], "b": ["a"], "c": ["a"], "d": ["a"]}
    assert set(cycles(graph)) == {("a", "b"), ("a", "c")}
    assert in_order(graph) == []


def test_names_keep_their_order_where_nothing_else_decides() -> None:
    assert in_order({"c": ["a"], "b": [], "a": [], "d": ["b", "b"]}) == ["b", "a", "d", "c"]


def test_a_name_that_has_no_formula_is_ignored() -> None:
    graph = {"a": ["b", "elsewhere"], "b": []}
    assert in_order(graph) == ["b", "a"]
    assert list(cycles(graph)) == []


def test_a_long_ring_and_a_dense_graph_are_read_in_time() -> None:
    ring = {f"n{n}": [f"n{(n + 1) % 20_000}"] for n in range(20_000)}
    assert [len(path) for path in cycles(ring)] == [20_000]
    dense: Graph = {f"n{n}": [f"n{m}" for m in range(30)] for n in range(30)}
    assert len(list(islice(cycles(dense), 21))) == 21
