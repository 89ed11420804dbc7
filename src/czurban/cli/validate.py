"""`czurban validate`: the faults of a plan's files, and of submissions."""

from pathlib import Path
from typing import Annotated

import typer

from czurban.checking.check_plan import check_plan
from czurban.checking.sift import sift
from czurban.cli.exits import COULD_NOT_RUN, FAILED, FINE
from czurban.cli.options import FormatOption, LangOption, MaxOption, OutputOption, PlanOption
from czurban.cli.plan_place import plan_folder
from czurban.cli.screen import show, tell
from czurban.cli.session import check_format, open_plan
from czurban.cli.sieving import IgnoreOption, SelectOption, StrictOption, most_of_a_kind, sieve_of, tell_sifted
from czurban.cli.speech import speaker
from czurban.errors import UnreadableError
from czurban.model.finding import Finding
from czurban.model.ignore import Ignore
from czurban.model.message import mark, say
from czurban.reading.ignores import read_ignores
from czurban.reading.plan_files import plan_files, read_plan
from czurban.reading.submission import read_submission
from czurban.reporting.findings_report import findings_report
from czurban.reporting.findings_text import findings_text

ThingsArgument = Annotated[
    list[Path] | None,
    typer.Argument(metavar="FOLDER|FILE...", help=mark("Plan folders, files of a plan, and submissions.")),
]


def validate(
    things: ThingsArgument = None,
    plan: PlanOption = None,
    form: FormatOption = "text",
    output: OutputOption = None,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    strict: StrictOption = None,
    max_findings: MaxOption = None,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Read a plan's files, or submissions, and tell every fault with its place."""
    check_format(form)
    sieve, most = sieve_of(select, ignore, strict), most_of_a_kind(max_findings)
    files: list[str] = []
    findings: list[Finding] = []
    ignores: list[Ignore] = []
    for folder, submission in _sorted(things or [plan_folder(plan)]):
        if submission is None:
            loaded, faults = read_plan(folder)
            files += [str(path) for path in plan_files(folder)]
            findings += (*faults, *(check_plan(loaded) if loaded else ()))
            hidden, told = read_ignores(folder)
            ignores += hidden if loaded else ()  # else nobody looked for what they hide
            findings += told
        else:
            findings += read_submission(submission, open_plan(plan))[1]
            files.append(str(submission))
    sifted = sift(findings, sieve, ignores)
    show(findings_report(files, sifted.kept, speaker()), form, output)
    tell(findings_text(sifted.kept, speaker(), most))
    tell_sifted(sifted)
    raise typer.Exit((FAILED if files else COULD_NOT_RUN) if sifted.failed else FINE)


def _sorted(things: list[Path]) -> list[tuple[Path, Path | None]]:
    """Plan folders, each once, and submissions: a YAML file stands for the plan in its folder."""
    found: dict[tuple[Path, Path | None], None] = {}
    for thing in things:
        if not thing.exists():
            raise UnreadableError(say("There is no file {path}.", path=str(thing)), say("Check the name."))
        if thing.is_dir():
            found[thing, None] = None
        elif thing.suffix.lower() in (".yaml", ".yml"):
            found[thing.parent, None] = None
        else:
            found[thing.parent, thing] = None
    return list(found)
