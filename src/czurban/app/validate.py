"""Validate files of a plan, of metrics and of figures; correct a plan where only one correction is possible."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from czurban.app.assessing import assess_all, find_figures, judged_period, read_figures
from czurban.app.finding_filter import filter_findings
from czurban.app.options import Options, Outcome, skipped_notices
from czurban.app.settings import CHECKOUT, PACKAGED, open_plan, plan_folder
from czurban.checking.plan_rules.registry import check_plan
from czurban.errors import OutputError, UnreadableError, UsageError
from czurban.files.inputs import note_inputs
from czurban.files.writing import write_file
from czurban.model.faults import TO_DECIDE
from czurban.model.finding import Finding, Findings, Ignore, Message, distinct, in_order, say
from czurban.model.observation import Submission
from czurban.reading.plan.files import plan_files, read_draft, read_plan
from czurban.reading.plan.ignores import read_ignores
from czurban.reading.sources.file_names import METRICS, RULES, is_metrics, is_rules
from czurban.reading.sources.find_files import FoundFiles, find_files
from czurban.reading.sources.opening import PLAN_FILES, TARGETS, read_regular
from czurban.reporting.documents.findings import findings_report

if TYPE_CHECKING:
    from czurban.reading.autofix.fix import FixedFile
    from czurban.reading.autofix.fix import PlanFix as PlanFix  # noqa: PLC0414 - the command names it too


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidateOptions(Options):
    """The plan that figures and metrics are checked against, where no plan is in their folder."""

    plan: Path | None = None


class ValidationFiles(NamedTuple):
    """What is validated: plan folders, files of metrics and of rules with the plan in their folder, and figures."""

    folders: Sequence[Path]
    metrics: Mapping[Path, Path | None]
    rules: Mapping[Path, Path | None]
    figures: FoundFiles

    @property
    def names(self) -> list[str]:
        """Every file, as it is listed in the report."""
        plans = [str(path) for folder in self.folders for path in plan_files(folder)]
        return [*plans, *map(str, self.metrics), *map(str, self.rules), *self.figures.files]


def validate(files: ValidationFiles, options: ValidateOptions) -> Outcome[Findings]:
    """Validate files; submissions are also judged, so that their contradictions are found.

    Raises:
        PlanError: there are figures, and the plan they belong to cannot be used.
        UsageError: the period cannot be read.
    """
    ignores: list[Ignore] = []
    submissions, of_figures = _of_submissions(files.figures, options)
    others: list[Finding] = []
    for kind, faults in ((files.metrics, metrics_faults), (files.rules, rules_faults)):
        for path, folder in kind.items():
            others += faults(path, folder or plan_folder(options.plan))
    findings = [*distinct(_of_plans(files.folders, ignores)), *others, *of_figures]
    kept = filter_findings(in_order(findings), options.filter, ignores)
    alone = not files.folders and not files.metrics and not files.rules
    empty = bool(submissions) and not any(file.observations or file.stages for file in submissions)
    return Outcome(
        value=kept.kept,
        compose=lambda translate: findings_report(files.names, kept.kept, translate),
        filtered=kept,
        notices=skipped_notices(files.figures.left_out),
        submissions=submissions,
        nothing_read=(alone and empty) or (kept.failed and not files.names),
    )


def _of_plans(folders: Iterable[Path], ignores: list[Ignore]) -> Iterator[Finding]:
    """Find the faults of plans; gather the comments of plans read whole, since others may hide what was not read."""
    for folder in folders:
        draft = read_draft(folder)
        hidden, faults = read_ignores(folder)
        ignores += hidden if draft.whole else ()
        others = [*draft.findings, *(check_plan(draft.plan, whole=draft.whole) if draft.plan else ())]
        lines = {each.place.row for each in others if each.place}
        yield from others
        yield from (each for each in faults if each.code != TO_DECIDE or (each.place and each.place.row not in lines))


def metrics_faults(path: Path, folder: Path) -> Iterator[Finding]:
    """Read the metrics, and compare their numbers with the digits that engines have.

    Faults of the plan are reported for the plan itself; metrics are not checked against a plan that cannot be read.

    Raises:
        UnreadableError: there is no plan in the folder.
    """
    from czurban.computing.records.findings import declared_digits, too_wide  # noqa: PLC0415 - loads the parser of expressions
    from czurban.reading.metrics.file import read_metrics  # noqa: PLC0415 - as above

    plan, _ = read_plan(folder)
    if plan is None:
        return
    metrics, findings = read_metrics(path, plan, folder if path == folder / METRICS else None)
    yield from findings
    if metrics is not None:
        digits = declared_digits(metrics.records)
        yield from filter(None, (too_wide(metric, digits) for metric in metrics.metrics))


def rules_faults(path: Path, folder: Path) -> Iterator[Finding]:
    """Read rules and prove that their bands cover every value once; names are those of the plan in a folder.

    Faults of the plan are reported for the plan itself; the names in the rules are not checked where it cannot be read.
    Where it is the plan that comes with the program, the hint on a name that it does not have says so.

    Raises:
        UnreadableError: the file cannot be opened, or there is no plan in the folder.
    """
    from czurban.reading.rules.file import read_rules  # noqa: PLC0415 - few plans have rules
    from czurban.tracking.coverage import check_rules  # noqa: PLC0415 - as above

    plan, _ = read_plan(folder)
    built_in = say(
        "The plan is the one that comes with the program; `czurban validate {path} --plan FOLDER` takes another.",
        path=str(path),
    )
    about_plan = built_in if folder in (PACKAGED, CHECKOUT) else None
    rules, findings = read_rules(path, plan, folder if path == folder / RULES else None, about_plan=about_plan)
    yield from findings
    if rules is not None:
        yield from check_rules(rules)


def _of_submissions(files: FoundFiles, options: ValidateOptions) -> tuple[Sequence[Submission], Sequence[Finding]]:
    """Read the figures, and judge all of them together."""
    if not files.files:
        return (), files.findings
    plan = open_plan(options.plan)
    submissions, findings = read_figures(files.files, plan, options.limits, options.progress)
    judged = assess_all(plan, submissions, judged_period(options.period, plan, submissions)[0])
    return submissions, (*files.findings, *findings, *judged.findings)


def find_validated(things: Sequence[Path]) -> ValidationFiles:
    """Sort what is named into plan folders, metrics, rules and files of figures, each once, as inputs of the run.

    A YAML file of a plan stands for the plan in its folder; metrics and rules in the folder of a plan are read with it.

    Raises:
        UnreadableError: a file is not there.
    """
    folders: dict[Path, None] = {}
    metrics: dict[Path, Path | None] = {}
    rules: dict[Path, Path | None] = {}
    sent: list[Path] = []
    for thing in things:
        if thing.is_dir() and _holds_plan(thing):
            folders[thing] = None
        elif thing.is_dir():
            sent.append(thing)
        elif thing in plan_files(thing.parent):
            folders[thing.parent] = None
        elif thing.suffix.lower() not in (".yaml", ".yml"):
            sent.append(thing)
        elif not thing.exists():
            raise UnreadableError(say("There is no file {path}.", path=str(thing)), say("Check the name."))
        elif thing.name not in PLAN_FILES and is_metrics(thing):
            metrics[thing] = _plan_next_to(thing)
        elif thing.name not in PLAN_FILES and is_rules(thing):
            rules[thing] = _plan_next_to(thing)
        else:
            folders[thing.parent] = None
    for name, of_kind in ((METRICS, metrics), (RULES, rules)):
        of_kind |= {folder / name: folder for folder in folders if (folder / name).is_file()}
    files = ValidationFiles(list(folders), metrics, rules, find_figures(sent))
    note_inputs(*files.names)
    return files


def _plan_next_to(path: Path) -> Path | None:
    """Return the folder of a file if it holds a plan."""
    return path.parent if (path.parent / TARGETS).is_file() else None


def _holds_plan(folder: Path) -> bool:
    """Whether a folder is meant as a plan: it has a plan's files, or no table that could be a submission."""
    if any((folder / name).exists() for name in PLAN_FILES):
        return True
    try:
        return not find_files([folder]).files
    except UnreadableError:
        return True


def find_corrections(places: Sequence[Path] | None) -> "list[PlanFix]":
    """Find the corrections of plan folders and of files of a plan; without any, of the plan that commands use.

    Raises:
        UnreadableError: a file is not there.
        UsageError: a file is none of a plan, or the plan is the one that comes with the program.
    """
    from czurban.reading.autofix.fix import fix_plan  # noqa: PLC0415 - validating does without

    chosen = places or [plan_folder(None)]
    if not places and chosen[0] in (PACKAGED, CHECKOUT):
        hint = say("Write `czurban fix FOLDER`.")
        raise UsageError(say("The plan that comes with the program is not corrected in its place."), hint)
    return [fix_plan(folder, names) for folder, names in _folders(chosen).items()]


def write_corrections(files: "Iterable[FixedFile]") -> list[Message]:
    """Write corrected files in place.

    Returns:
        A sentence for each file written.

    Raises:
        OutputError: a file has changed since it was read, or cannot be written.
    """
    notices = []
    for file in files:
        path = file.path.resolve()  # a link stays a link
        if read_regular(path) != file.data:
            message = say("{path} has changed in the meantime.", path=str(file.path))
            raise OutputError(message, say("Call `czurban fix` again."))
        write_file(path, file.corrected, replaces_input=True)
        notices.append(say("Written: {path}", path=str(file.path)))
    return notices


def _folders(places: Iterable[Path]) -> dict[Path, set[str]]:
    """Return the files to correct by folder; an empty set is every file."""
    files: dict[Path, set[str]] = {}
    for place in places:
        if place.is_dir():
            files[place] = set()
        elif not place.exists():
            raise UnreadableError(say("There is no file {path}.", path=str(place)), say("Check the name."))
        elif place.name not in PLAN_FILES:
            hint = say("Its files are called: {names}.", names=", ".join(PLAN_FILES))
            raise UsageError(say("{path} is not a file of a plan.", path=str(place)), hint)
        elif files.setdefault(place.parent, {place.name}):
            files[place.parent].add(place.name)
    return files
