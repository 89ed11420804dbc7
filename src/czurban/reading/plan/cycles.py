"""Every way in which things that lean on each other come back to where they began; and an order where none does."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

Links = Mapping[str, Sequence[str]]
"""What each thing leans on, in order."""


def in_order(links: Links) -> list[str]:
    """Every thing behind those it leans on, else in the order given; what comes back to itself is left out."""
    waiting = {name: {one for one in links[name] if one in links} for name in links}
    above: dict[str, list[str]] = defaultdict(list)
    for name, others in waiting.items():
        for other in others:
            above[other].append(name)
    found = [name for name, others in waiting.items() if not others]
    for name in found:  # it grows on the way
        for upper in above[name]:
            waiting[upper].discard(name)
            if not waiting[upper]:
                found.append(upper)
    return found


def cycles(links: Links) -> Iterator[tuple[str, ...]]:
    """Each elementary cycle once, from its first thing in the order given (Johnson's algorithm, without recursion)."""
    rank = {name: n for n, name in enumerate(links)}
    waiting = _knots(links, rank)
    while waiting:
        knot = min(waiting, key=lambda one: rank[one[0]])
        waiting.remove(knot)
        yield from _circuits(knot[0], _within(links, knot))
        waiting += _knots(_within(links, knot[1:]), rank)


def _within(links: Links, names: Sequence[str]) -> Links:
    inside = frozenset(names)
    return {name: [one for one in links[name] if one in inside] for name in names}


def _knots(links: Links, rank: Mapping[str, int]) -> list[list[str]]:
    """The largest sets in which each thing can be reached from every other, each in order.

    What lies on no cycle is in none of them, so that a search that begins in one finds something.
    """
    walk = _Walk(links)
    for name in links:
        walk.from_(name)
    return [sorted(knot, key=rank.__getitem__) for knot in walk.knots]


class _Walk:
    """Tarjan's algorithm, without recursion: `low` is the earliest thing still open that each thing leads back to."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.knots: list[list[str]] = []
        self._seen: dict[str, int] = {}
        self._low: dict[str, int] = {}
        self._open: dict[str, None] = {}

    def from_(self, root: str) -> None:
        """Walk on from a thing to all that it leads to and was not seen yet."""
        stack = [] if root in self._seen else [(root, self._enter(root))]
        while stack:
            name, ways = stack[-1]
            following = next(ways, None)
            if following is None:
                stack.pop()
                self._leave(name, stack[-1][0] if stack else None)
            elif following not in self._seen:
                stack.append((following, self._enter(following)))
            elif following in self._open:
                self._low[name] = min(self._low[name], self._seen[following])

    def _enter(self, name: str) -> Iterator[str]:
        self._seen[name] = self._low[name] = len(self._seen)
        self._open[name] = None
        return (one for one in self.links[name] if one in self.links)

    def _leave(self, name: str, above: str | None) -> None:
        """Hand on what a thing leads back to; where that is nothing earlier, it and all behind it are a knot."""
        if above is not None:
            self._low[above] = min(self._low[above], self._low[name])
        if self._low[name] < self._seen[name]:
            return
        knot = [self._open.popitem()[0]]
        while knot[-1] != name:
            knot.append(self._open.popitem()[0])
        if len(knot) > 1 or name in self.links[name]:
            self.knots.append(knot)


def _circuits(start: str, links: Links) -> Iterator[tuple[str, ...]]:
    if start not in links:
        return
    search = _Search(links)
    path, stack = [start], [iter(dict.fromkeys(links[start]))]
    search.blocked.add(start)
    while stack:
        following = next(stack[-1], None)
        if following == start:
            yield tuple(path)
            search.closed.update(path)
        elif following is None:
            stack.pop()
            search.leave(path.pop())
        elif following not in search.blocked:
            path.append(following)
            stack.append(iter(dict.fromkeys(links[following])))
            search.enter(following)


class _Search:
    """Which things lie on the path or lead nowhere new, until a cycle through one of those they lead to is found."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.blocked: set[str] = set()
        self.closed: set[str] = set()
        self._behind: dict[str, set[str]] = defaultdict(set)

    def enter(self, name: str) -> None:
        """Take a thing onto the path."""
        self.closed.discard(name)
        self.blocked.add(name)

    def leave(self, name: str) -> None:
        """Take it off: free where a cycle went through it, else blocked until one goes through what it leads to."""
        if name in self.closed:
            self._free(name)
            return
        for other in self.links[name]:
            self._behind[other].add(name)

    def _free(self, name: str) -> None:
        stack = [name]
        while stack:
            one = stack.pop()
            if one in self.blocked:
                self.blocked.discard(one)
                stack += sorted(self._behind.pop(one, ()))
