"""What `czurban check` asks of engines and of every region; what answers is loaded only where it is asked."""

from collections.abc import Iterable, Mapping, Sequence

from czurban.checking.finding_filter import FindingFilter
from czurban.cli.destination import Destination
from czurban.cli.exits import FailOn
from czurban.cli.large_asked import RunOptions
from czurban.errors import UsageError
from czurban.model.assessment import Result
from czurban.model.finding import Finding, Findings, say
from czurban.model.observation import Submission
from czurban.reading.sources.find_files import FoundFiles


def each_region_checked(
    sent: FoundFiles, asked: RunOptions, sieve: FindingFilter, fails: FailOn, where: Destination
) -> int:
    """Hold every region against the plan and return the exit code.

    Raises:
        UsageError: one region is asked for besides, or there is no such engine.
    """
    from czurban.cli.large import check_each_region  # noqa: PLC0415 - few runs are of every region
    from czurban.cli.large_run import check_engine  # noqa: PLC0415 - as above

    if not asked.alone:
        raise UsageError(say("--each-region is about every region."), say("Leave out --region and --by, or it."))
    check_engine(asked.engine)
    return check_each_region(sent, asked, sieve, fails, where)


def read_through_an_engine(
    actuals: Sequence[str], asked: RunOptions
) -> tuple[list[Submission], Findings, Mapping[str, int]]:
    """Read files that may be large: what they report, the findings, and how many more there are of some codes.

    Raises:
        UsageError: there is no such engine.
    """
    from czurban.cli.large_city import read_large  # noqa: PLC0415 - few files are large
    from czurban.cli.large_run import check_engine  # noqa: PLC0415 - as above

    check_engine(asked.engine)
    return read_large(actuals, asked)


def provable(findings: Iterable[Finding], more: Mapping[str, int]) -> list[Finding]:
    """The findings that stand: where rows were only counted, a total whose parts were not all read proves nothing."""
    return [one for one in findings if not more or one.code != "S224"]


def write_failing(results: Iterable[Result], path: str | None) -> None:
    """Write the rows that miss their target or cannot be read, where a file is named for them."""
    if path is not None:
        from czurban.cli.failures import (  # noqa: PLC0415 - loaded only where it is needed
            print_failures,
            write_results,
        )

        write_results(results, path)
        print_failures(path)
