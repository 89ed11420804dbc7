"""Which entries of the ledger a list is about."""

from collections.abc import Callable

from czurban.cli.scope import find_category, scope_of
from czurban.cli.session import find_department
from czurban.model.ledger import Entry, TargetEntry
from czurban.model.plan import Plan


def entry_scope(plan: Plan, dept: str | None, category: str | None) -> Callable[[Entry], bool]:
    """Return the test that an entry of the ledger must pass: a target as a result, a milestone as its task.

    Raises:
        UnknownThingError: the plan has no such department or category.
    """
    of_result = scope_of(plan, dept, category)
    office = find_department(plan, dept).name if dept is not None else None
    wanted = find_category(plan, category) if category is not None else None

    def inside(entry: Entry) -> bool:
        if isinstance(entry, TargetEntry):
            return of_result(entry.result)
        return (office is None or office in entry.leads) and (wanted is None or entry.task.part.title == wanted)

    return inside
