"""`czurban ledger`, `escalate`, `pace` and `score`: all targets with who answers for them, and how they stand."""

from pathlib import Path
from typing import Annotated

from czurban.app.options import ScopedOptions
from czurban.cli.options import DeptOption, FigureRun, option, takes_figures
from czurban.model.finding import mark

OfOption = Annotated[str | None, option("--category NAME", mark("Only this category's, or this part's tasks'."))]
RulesOption = Annotated[
    Path | None, option("--rules FILE", mark("The rating rules (else rules.yaml in the plan's folder)."))
]


@takes_figures()
def ledger(run: FigureRun, dept: DeptOption = None, category: OfOption = None) -> None:
    """List every target and milestone with who answers for it, and whether it is closed."""
    from czurban.app import ledger as use_cases  # noqa: PLC0415 - for this command alone

    run.report(use_cases.ledger, ScopedOptions, dept=dept, category=category)


@takes_figures()
def escalate(run: FigureRun, dept: DeptOption = None, category: OfOption = None) -> None:
    """List what the joint conference has to decide, worst first, and why."""
    from czurban.app import ledger as use_cases  # noqa: PLC0415 - as above

    run.report(use_cases.escalate, ScopedOptions, dept=dept, category=category)


@takes_figures()
def pace(run: FigureRun, dept: DeptOption = None, category: OfOption = None) -> None:
    """Show how each target stands against the time that has passed, worst first."""
    from czurban.app import ledger as use_cases  # noqa: PLC0415 - as above

    run.report(use_cases.pace, ScopedOptions, dept=dept, category=category)


@takes_figures()
def score(run: FigureRun, rules: RulesOption = None, dept: DeptOption = None, category: OfOption = None) -> None:
    """Rate indicators by rules, and show the points by indicator, department and part with their working."""
    from czurban.app.progress import score as use_cases  # noqa: PLC0415 - as above

    run.report(use_cases.score, use_cases.ScoreOptions, rules=rules, dept=dept, category=category)
