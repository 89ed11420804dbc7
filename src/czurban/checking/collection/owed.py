"""Find out what a department still owes, why, and which of its own values or another's are concerned."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from czurban.checking.collection.senders import sender_of, unread_files
from czurban.model.assessment import Assessment, Result
from czurban.model.collection.sent import DepartmentStatus, OwedByDepartment, OwedItem, OwedReason, SentItem
from czurban.model.faults import QUESTIONS
from czurban.model.finding import Finding, Place, Severity
from czurban.model.observation import Observation, Reading, StageReport
from czurban.model.plan import Department
from czurban.model.task import Milestone, Task, TaskNo
from czurban.model.text import key

_SUPERSEDED = "S216"
_CONFLICTS = frozenset({"S210", "S248"})
Sent = Observation | StageReport


class OwedFinder:
    """Finds what departments owe in one assessment; or what a region owes, in its own assessment.

    `files` are all files that were sent, also those of which nothing is in the assessment.
    """

    def __init__(self, assessment: Assessment, files: Assessment | None = None) -> None:
        self._plan, self._period = assessment.plan, assessment.period
        self._values: dict[str, list[Observation]] = defaultdict(list)
        self._stages: dict[tuple[TaskNo, str], list[StageReport]] = defaultdict(list)
        for submission in assessment.submissions:
            for value in submission.observations:
                self._values[value.indicator].append(value)
            for report in submission.stages:
                self._stages[report.task, key(report.milestone)].append(report)
        self._errors = [fault for fault in assessment.findings if fault.severity is Severity.ERROR and fault.place]
        self._hidden = [fault for fault in assessment.findings if fault.code == "S112" and fault.place]
        self._refusal_of = assessment.refusal_of
        self._unread = {office for office, _ in unread_files(files or assessment)}
        self._at: dict[Place, list[Finding]] = defaultdict(list)
        for fault in assessment.findings:
            if fault.place:
                self._at[fault.place].append(fault)
        self._questions: dict[str, list[Finding]] = defaultdict(list)
        for value in chain.from_iterable(self._values.values()):
            asked = [fault for fault in self._at.get(value.place, ()) if fault.code in QUESTIONS]
            self._questions[sender_of(value, self._plan)] += asked

    def of(self, status: DepartmentStatus) -> OwedByDepartment:
        """Return what a department owes, in the plan's order: figures, then stages."""
        figures = (*status.missing, *status.unreadable)
        order = {result.indicator.id: n for n, result in enumerate(status.results)}
        items = [
            *(self._figure(result, status.office) for result in sorted(figures, key=lambda r: order[r.indicator.id])),
            *(self._stage(task, milestone, status.office) for task, milestone in status.unstaged),
        ]
        questions = tuple(self._questions.get(status.office.name, ()))
        return OwedByDepartment(tuple(items), tuple(self._unexplained(status, items)), questions)

    def _figure(self, result: Result, office: Department) -> OwedItem:
        values = [value for value in self._values[result.indicator.id] if self._is_relevant(value)]
        sent = self._own_first(values, office)
        finding = next(self._reasons(sent, result.place), None)
        others = tuple(name for name in result.indicator.leads if name != office.name)
        lack = self._lack(sent, finding, office, known=result.has_figure)
        return OwedItem(result, lack, sent, finding, others, self._reason_given(result.indicator.id, office))

    def _reason_given(self, indicator: str, office: Department) -> Observation | None:
        """Return the row without a figure that says something: 无, or a note with a reason or the figure."""
        empty = (row for row in self._values[indicator] if row.reported is Reading.NOTHING)
        rows = (row for row in empty if row.note or row.raw.strip())
        return next((row for row in rows if sender_of(row, self._plan) == office.name), None)

    def _is_relevant(self, value: Observation) -> bool:
        """Return whether a value tries to report the figure.

        Nothing empty does, nothing that a later one replaces, and nothing that a region reports of itself.
        """
        faults = self._at.get(value.place, ())
        refused = any(fault.severity is Severity.ERROR for fault in faults)
        return (
            value.reported is not Reading.NOTHING
            and all(fault.code != _SUPERSEDED for fault in faults)
            and (self._plan.is_own_region(value.region) or self._is_lead(value))
            and (refused or self._period.includes(value.period))
        )

    def _is_lead(self, value: Observation) -> bool:
        indicator = self._plan.indicator(value.indicator)
        return indicator is not None and sender_of(value, self._plan) in indicator.leads

    def _stage(self, task: Task, milestone: Milestone, office: Department) -> OwedItem:
        sent = self._own_first(self._stages[task.no, key(milestone.name)], office)
        finding = next(self._reasons(sent, None), None)
        others = tuple(name for name in task.leads if name != office.name)
        return OwedItem((task, milestone), self._lack(sent, finding, office, known=False), sent, finding, others)

    def _lack(
        self, sent: Sequence[SentItem], finding: Finding | None, office: Department, *, known: bool
    ) -> OwedReason:
        if finding and finding.code in _CONFLICTS:
            return OwedReason.CONFLICT
        if sent or known:
            return OwedReason.REFUSED
        return OwedReason.UNREAD if office.name in self._unread else OwedReason.UNSENT

    def _own_first(self, sent: Iterable[Sent], office: Department) -> tuple[SentItem, ...]:
        items = (SentItem(sender_of(each, self._plan), each) for each in sent)
        return tuple(sorted(items, key=lambda item: item.by != office.name))

    def _reasons(self, sent: Sequence[SentItem], place: Place | None) -> Iterator[Finding]:
        """Yield the findings on what was sent, errors first: those at its places, then those that name a place."""
        places = [item.value.place for item in sent] or ([place] if place else [])
        at = [fault for each in places for fault in self._at.get(each, ())]
        yield from (fault for fault in at if fault.severity is Severity.ERROR)
        yield from (fault for fault in self._errors if not places_of(fault).isdisjoint(places))
        yield from (fault for fault in at if fault.code in {"S252", "S286"})
        yield from (fault for item in sent if (fault := self._refusal_of(item.value.place.file)))

    def _unexplained(self, status: DepartmentStatus, items: Sequence[OwedItem]) -> Iterator[Finding]:
        """Yield the errors in a department's files whose places none of the items has, and what may hide figures."""
        explained = {each.value.place for item in items for each in item.sent}
        lacks = any(item.lack is OwedReason.UNSENT for item in items)
        hiding = [fault for fault in self._hidden if lacks]
        for fault in (*self._errors, *hiding):
            if (
                fault.place
                and fault.place.file in status.files
                and explained.isdisjoint({fault.place, *places_of(fault)})
            ):
                yield fault


def places_of(finding: Finding) -> set[Place]:
    """Return the places that the message of a finding names."""
    return {value for value in finding.message.values.values() if isinstance(value, Place)}
