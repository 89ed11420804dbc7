"""Separate figures of earlier periods that are history from those that are most likely for a wrong period."""

from collections import defaultdict
from collections.abc import Iterable

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, say
from czurban.model.observation import Observation, Reading
from czurban.model.period import Period
from czurban.model.plan import Plan


class OtherPeriods:
    """Decides which figures of other periods are history, and keeps the newest of indicators that have no other.

    History has no fault: several periods are ordinary where the judged one is among them. A figure is history if its
    indicator is reported for the judged period too. Otherwise it is an older figure, which is reported once for each
    indicator, if it is for a part of the plan's period, is one of several periods, or stands in a file of earlier
    figures of other indicators. Any other figure is for a wrong period, as is one for a year after the plan, and every
    one if none is for the judged period.
    """

    def __init__(self, plan: Plan, period: Period, observations: Iterable[Observation]) -> None:
        """Note which indicators and files have figures of the judged period, and which periods each has."""
        self._plan, self._period = plan, period
        self._last = max(plan.period.until, period.until)
        self._known: dict[tuple[str, Period, str, str], bool] = {}
        ours = [value for value in observations if plan.is_own_region(value.region)]
        now = [value for value in ours if value.period == period]
        self._any = any(value.reported is not Reading.NOTHING for value in now)
        self._indicators = {value.indicator for value in now}
        files = {value.place.file for value in now}
        self._earlier_files = {value.place.file for value in ours if value.indicator in self._indicators} - files
        self._periods: dict[str, set[Period]] = defaultdict(set)
        for value in ours:
            self._periods[value.indicator].add(value.period)
        self._older: dict[str, Observation] = {}

    def is_history(self, value: Observation) -> bool:
        """Return whether an observation of the plan's region is history; note the newest older figures."""
        about = (value.indicator, value.period, value.region, value.place.file)
        if about not in self._known:  # the first of several stands for all of them
            self._known[about] = self._may_be_history(value)
        return self._known[about]

    def _may_be_history(self, value: Observation) -> bool:
        if not self._any or value.period == self._period or not self._plan.is_own_region(value.region):
            return False
        if value.period.until > self._last:
            return False
        if value.indicator in self._indicators:
            return True
        several = len(self._periods[value.indicator]) > 1 or value.place.file in self._earlier_files
        if not (several or self._plan.period.includes(value.period)):
            return False
        newest = self._older.get(value.indicator)
        if newest is None or newest.period.until < value.period.until:
            self._older[value.indicator] = value
        return True

    def findings(self) -> list[Finding]:
        """Return a finding for each indicator that has older figures and none of the judged period."""
        hint = say("Give the figure for {judged}.", judged=self._period)
        return [finding("S286", value.place, self._message(value), hint) for value in self._older.values()]

    def _message(self, value: Observation) -> Message:
        indicator = self._plan.indicator(value.indicator)
        return say(
            "The newest figure of “{name}” is for {stated}; it has none for {judged}, which is judged.",
            name=indicator.name if indicator else value.indicator,
            stated=value.period,
            judged=self._period,
        )
