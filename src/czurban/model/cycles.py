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
    settled = set(in_order(links))
    left = [name for name in links if name not in settled]
    for n, start in enumerate(left):
        inside = set(left[n:])
        rest = {name: [one for one in links[name] if one in inside] for name in left[n:]}
        within = _reached(start, rest) & _reached(start, _turned(rest))
        yield from _circuits(start, {name: [one for one in rest[name] if one in within] for name in within})


def _turned(links: Links) -> Links:
    turned: dict[str, list[str]] = {name: [] for name in links}
    for name, others in links.items():
        for other in others:
            turned[other].append(name)
    return turned


def _reached(start: str, links: Links) -> set[str]:
    """What can be reached from a thing; itself only where a way leads back."""
    found: set[str] = set()
    stack = [start]
    while stack:
        for other in links[stack.pop()]:
            if other not in found:
                found.add(other)
                stack.append(other)
    return found


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
