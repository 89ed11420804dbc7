"""Provide the functions of the Python interface; they give what the commands of the same names give."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from czurban.app.assessing import find_figures
from czurban.app.check import check as check_figures
from czurban.app.compute import ComputeOptions
from czurban.app.compute import compute as compute_formulas
from czurban.app.destination import destination, save
from czurban.app.options import CheckOptions, Outcome
from czurban.app.plans import chosen_verdicts
from czurban.app.report import ReportOptions, composer_of
from czurban.app.settings import open_plan
from czurban.app.validate import ValidateOptions, find_validated
from czurban.app.validate import validate as validate_files
from czurban.errors import UsageError
from czurban.model.assessment import Assessment, Result, Verdict, tally
from czurban.model.finding import Findings, say
from czurban.model.formulas.derived import Derived
from czurban.model.plan import Plan
from czurban.reporting.document import Document
from czurban.reporting.formats.registry import FORMATS, REPORT_FORMATS, render
from czurban.words.translator import Translator, choose_language

PathLike = str | Path


def read_plan(folder: PathLike) -> Plan:
    """Read a plan's folder.

    Args:
        folder: the folder that holds `targets.yaml`.

    Raises:
        PlanError: the plan cannot be used; `error.findings` say why.
        UnreadableError: there is no plan in the folder.

    Example:
        >>> plan = czurban.read_plan("data")
        >>> len(plan.indicators), str(plan.period)
        (52, '2019')
    """
    return open_plan(folder)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of `check`: iterable over the results of the indicators, in the plan's order.

    Example:
        >>> result = czurban.check(czurban.read_plan("data"), "examples/actuals-2018.csv", period="2018")
        >>> [each.indicator.id for each in result if each.verdict == "met"][:2]
        ['settled_in_towns_added', 'migrant_children_schooling_rate']
    """

    outcome: Outcome[Assessment]

    @property
    def assessment(self) -> Assessment:
        """The plan, the period, the results and the files as they were read."""
        return self.outcome.value

    @property
    def verdicts(self) -> Mapping[str, Verdict]:
        """The verdict on each indicator, by the indicator's id."""
        return {result.indicator.id: result.verdict for result in self}

    @property
    def findings(self) -> Findings:
        """Every fault in the files, with its code, place, message and hint."""
        return self.outcome.findings

    @property
    def tally(self) -> Mapping[Verdict, int]:
        """How many indicators have each verdict; verdicts that no indicator has are left out."""
        return tally(self.assessment.results).counts

    def __iter__(self) -> Iterator[Result]:
        """Iterate over the results, one for each indicator."""
        return iter(self.assessment.results)

    def to_dict(self, lang: str | None = None) -> Mapping[str, Any]:
        """Return what `czurban check --format json` prints; values are exact strings."""
        return self._document(lang).record()

    def to_rows(self, lang: str | None = None) -> Sequence[Mapping[str, Any]]:
        """Return what `czurban check --format csv` prints, one mapping for each indicator."""
        return self._document(lang).rows()

    def _document(self, lang: str | None) -> Document:
        return self.outcome.compose(translator_of(lang))


@dataclass(frozen=True, slots=True)
class ComputeResult:
    """The result of `compute`: iterable over the computed figures, in the plan's order.

    Example:
        >>> result = czurban.compute("data", "examples/actuals-2019.csv")
        >>> len(result), len(result.findings)
        (3, 0)
    """

    outcome: Outcome[Sequence[Derived]]

    @property
    def findings(self) -> Findings:
        """Every fault in the files of figures, with its code, place, message and hint."""
        return self.outcome.findings

    def __iter__(self) -> Iterator[Derived]:
        """Iterate over the computed figures."""
        return iter(self.outcome.value)

    def __len__(self) -> int:
        """The number of computed figures."""
        return len(self.outcome.value)


@dataclass(frozen=True, slots=True)
class Report:
    """A composed report, in one language, that can be written in any format.

    Example:
        >>> result = czurban.check(czurban.read_plan("data"), "examples/actuals-2018.csv", period="2018")
        >>> report = czurban.report(result, dept="市公安局", lang="en")
        >>> str(report).splitlines()[0]
        '市公安局: results of “钦州市2019年新型城镇化建设工作方案” in 2018'
    """

    document: Document

    def render(self, form: str = "text") -> bytes:
        """Return the report in a format: text, markdown, html, docx, pdf, xlsx, json or csv.

        Raises:
            UsageError: there is no such format.
            MissingExtraError: a library that the format needs is not installed.
        """
        if form not in REPORT_FORMATS:
            message = say("There is no format “{form}”.", form=form)
            raise UsageError(message, say("Choose from: {names}.", names=", ".join(REPORT_FORMATS)))
        return render(self.document, form)

    def save(self, path: PathLike, form: str | None = None) -> str:
        """Write the report to a file, whole or not at all; the name's ending chooses the format.

        Returns:
            A sentence that says what was written.

        Raises:
            UsageError: the ending is of no format, or of another one than `form`.
            OutputError: the file cannot be written, or holds figures or a plan.
        """
        return str(save(self.document, destination(form, str(path), REPORT_FORMATS)))

    def __str__(self) -> str:
        """The report as plain text."""
        return render(self.document, FORMATS[0]).decode()


def check(plan: Plan | PathLike, files: PathLike | Sequence[PathLike], **options: Any) -> CheckResult:  # noqa: ANN401
    """Check figures against the targets, formulas included: the verdicts are those of `czurban check`.

    Args:
        plan: the plan, or its folder.
        files: files, folders or patterns of figures.
        options: fields of `czurban.CheckOptions`, such as `period="2019"`, `dept=…`, `category=…` or `region=…`.

    Raises:
        CzurbanError: the plan cannot be used, a file is not there, or an option is wrong.

    Example:
        >>> result = czurban.check("data", "examples/actuals-2018.csv", period="2018")
        >>> {str(verdict): many for verdict, many in sorted(result.tally.items())}
        {'met': 11, 'missed': 13, 'unreported': 28}
    """
    chosen = CheckOptions(**options | {"only": chosen_verdicts(options.get("only", ()))})
    if chosen.each_region:
        hint = say("Run `czurban check --each-region`.")
        raise UsageError(say("Every region is checked by the command alone."), hint)
    sources = find_figures(several(files), elsewhere=not chosen.is_of_one_region)
    outcome = check_figures(opened(plan), sources, chosen)
    assert isinstance(outcome.value, Assessment)  # noqa: S101 - for the types: no survey without each_region
    return CheckResult(outcome)


def report(
    result: CheckResult,
    *,
    dept: str | None = None,
    task: int | str | None = None,
    category: str | None = None,
    lang: str | None = None,
) -> Report:
    """Compose the report of a result: the whole, or that of one department, task or category.

    Args:
        result: what `check` returned.
        dept: the department, by any of its names.
        task: the task's number.
        category: the category, by its name.
        lang: `zh` or `en`; else as the command line chooses it.

    Raises:
        UnknownThingError: the plan has no such department, task or category.
        UsageError: more than one of them is given, or the language is not supported.

    Example:
        >>> result = czurban.check("data", "examples/actuals-2018.csv", period="2018")
        >>> len(czurban.report(result, lang="en").render("html")) > 10_000
        True
    """
    assessment = result.assessment
    options = ReportOptions(dept=dept, task=task, category=category)
    files = [file.file for file in assessment.submissions]
    compose, _ = composer_of(assessment.plan, options, files)
    return Report(compose(assessment, translator_of(lang)))


def validate(*paths: PathLike, **options: Any) -> Findings:  # noqa: ANN401
    """Validate plan folders, files of a plan and files of figures.

    Args:
        paths: what is validated.
        options: fields of `czurban.ValidateOptions`, such as `plan=…` for the figures' plan.

    Returns:
        Every fault, with its code, place, message and hint.

    Raises:
        CzurbanError: a file is not there.

    Example:
        >>> findings = czurban.validate("data")
        >>> [f"{each.place} {each.code}" for each in findings if each.severity == "warning"][:2]
        ['data/targets.yaml:129:13 P207', 'data/targets.yaml:178:13 P207']
    """
    files = find_validated([Path(path) for path in paths])
    return validate_files(files, ValidateOptions(**options)).value


def compute(
    plan: Plan | PathLike,
    files: PathLike | Sequence[PathLike] = (),
    **options: Any,  # noqa: ANN401
) -> ComputeResult:
    """Compute the indicators that have a formula, by reported figures or by the plan's own printed ones.

    Args:
        plan: the plan, or its folder.
        files: files, folders or patterns of figures; without any, both columns that the plan prints are computed.
        options: fields of `czurban.ComputeOptions`, such as `only=["…"]`.

    Raises:
        CzurbanError: the plan cannot be used, a file is not there, or the plan has no such formula.

    Example:
        >>> for derived in czurban.compute("data", "examples/actuals-2019.csv"):
        ...     print(derived.indicator.id, derived.working, "=", derived.shown)
        urban_resident_population_added 139.02万人 − 132.16万人 = 6.86
        settled_in_towns_added 83.1466万人 − 74.7466万人 = 8.4
        urban_construction_land_per_capita 194.2平方千米 ÷ 139.02万人 = 139.69
    """
    return ComputeResult(compute_formulas(opened(plan), find_figures(several(files)), ComputeOptions(**options)))


def opened(plan: Plan | PathLike) -> Plan:
    """Return a plan, read where its folder is given."""
    return plan if isinstance(plan, Plan) else read_plan(plan)


def several(files: PathLike | Sequence[PathLike]) -> list[PathLike]:
    """Return names as a list, also where only one is given."""
    return [files] if isinstance(files, str | Path) else list(files)


def translator_of(lang: str | None) -> Translator:
    """Return the translator of a language; without one, of that which the command line would choose."""
    return Translator(choose_language(lang, os.environ))
