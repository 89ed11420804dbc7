"""Choose the findings that are listed: of each code the first ones."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter

from czurban.computing.engines.table_file import ONCE
from czurban.model.finding import Finding

_Region = tuple[str, Callable[[], Iterable[Finding]]]
"""How the texts of a region's findings begin, and what returns these."""


def first_of_each(findings: Iterable[Finding], most: int) -> list[Finding]:
    """Return the first so many findings of each code; 0 returns all."""
    listed = Listed(most)
    listed.add(findings)
    return listed.findings


class Listed:
    """The findings that are listed: the first so many of each code."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.findings: list[Finding] = []
        self._seen: Counter[str] = Counter()
        self._once: set[tuple[str, str]] = set()

    def add(self, findings: Iterable[Finding]) -> None:
        """Add those that there is room for."""
        for finding in findings:
            if finding.code in ONCE:
                reported = (finding.code, str(finding.message))
                if reported in self._once:
                    continue
                self._once.add(reported)
            self._seen[finding.code] += 1
            if not self.most or self._seen[finding.code] <= self.most:
                self.findings.append(finding)

    def has_room(self, code: str) -> bool:
        """Whether another finding of a code would be listed."""
        return not self.most or self._seen[code] < self.most

    def is_full(self, wanted: Counter[str]) -> bool:
        """Whether nothing that is still to come would be listed."""
        return all(self._seen[code] >= (min(many, self.most) if self.most else many) for code, many in wanted.items())


class FirstRegions:
    """The findings on formulas of the regions that are listed: for each code and formula the first so many regions.

    Those of one formula are listed in the order of their texts, which begin with the region.
    """

    def __init__(self, most: int) -> None:
        """Keep so many regions for each code and formula; 0 keeps all."""
        self._most = most
        self._first: defaultdict[object, list[_Region]] = defaultdict(list)

    def add(self, text: str, kinds: Iterable[object], findings: Callable[[], Iterable[Finding]]) -> None:
        """Add a region: how its texts begin, the code and formula of each of its findings, and what returns them."""
        for kind in {*kinds}:
            first = self._first[kind]
            first.append((text, findings))
            if self._most and len(first) > 2 * self._most:
                self._cut(first)

    def findings(self) -> Iterator[Finding]:
        """Yield the findings of the regions that are kept, and maybe others of these regions."""
        for first in self._first.values():
            self._cut(first)
        kept = dict(region for first in self._first.values() for region in first)
        return (finding for text in sorted(kept) for finding in kept[text]())

    def _cut(self, first: list[_Region]) -> None:
        first.sort(key=itemgetter(0))
        del first[self._most or len(first) :]
