"""Choose the findings that are listed: of each code the first ones."""

from collections import Counter
from collections.abc import Iterable

from czurban.computing.engines.table_file import ONCE
from czurban.model.finding import Finding


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
