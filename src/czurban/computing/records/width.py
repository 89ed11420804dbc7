"""Whether the numbers of a metric fit the digits that engines have."""

from collections.abc import Mapping

from czurban.computing.records.sql import Spelled, TooWideError, quoted, spell
from czurban.computing.records.stored import Taken
from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.message import say
from czurban.model.metric import Digits, Means, Metric, Records

_MOST_UNDECLARED = 1
"""A number whose digits nobody declares is taken for the smallest, so that only what surely does not fit is told."""


def too_wide(metric: Metric, columns: Mapping[str, Taken], findings: list[Finding]) -> bool:
    """Tell whether a sum or a product of a metric would need more than 38 digits, with a finding if so."""
    spelled = {name: Spelled(quoted(name), one.digits) for name, one in columns.items()}
    return _told(metric, spelled, findings)


def declared_too_wide(metric: Metric, records: Records, findings: list[Finding]) -> bool:
    """The same before there are records, by the declared types alone."""
    least = Digits(_MOST_UNDECLARED, 0)
    spelled = {
        one.name: Spelled(quoted(one.name), (one.digits or least) if one.means is Means.NUMBER else None)
        for one in records.columns
    }
    return _told(metric, spelled, findings)


def _told(metric: Metric, spelled: Mapping[str, Spelled], findings: list[Finding]) -> bool:
    try:
        for one in metric.aggregates:
            for term in (one.value, one.where):
                if term is not None:
                    spell(term, spelled)
    except TooWideError as error:
        hint = say("Declare narrower types for its columns, as many digits as they really have: type: decimal(9,2).")
        findings.append(finding("P140", metric.place, error.message, hint))
        return True
    return False
