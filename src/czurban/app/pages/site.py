"""Write a static site about a judged plan: a start page, a page a department and an indicator, in both languages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from czurban.app.assessing import early_tracking, judge_files
from czurban.app.compute import tracer_of
from czurban.app.options import Options, Outcome
from czurban.app.pages.folder import INDEX, file_names, make_folder, refuse_generated
from czurban.app.progress.trend import trends_of
from czurban.app.report import origin_of
from czurban.errors import UsageError
from czurban.files.outputs import is_own_page, with_digest
from czurban.files.writing import write_file
from czurban.model.assessment import Assessment, Verdict, tally
from czurban.model.collection.asked import indicators_of
from czurban.model.finding import Message, say
from czurban.model.plan import Department, Plan
from czurban.reading.sources.find_files import FoundFiles
from czurban.reporting.document import Document, Entry, PageFrame, PageLink, Tile, Tone
from czurban.reporting.documents.departments import department_index, department_report, has_page
from czurban.reporting.documents.records import Origin
from czurban.reporting.documents.results import category_of
from czurban.reporting.documents.whole import start_page, whole_report
from czurban.reporting.documents.why import indicator_page
from czurban.reporting.formats.registry import render
from czurban.reporting.labels import TONES, VERDICTS
from czurban.reporting.over_time.development import trends_section, with_trends
from czurban.words.translator import Translator

_START, _RESULTS, _OFFICES = f"{INDEX}.html", "results.html", f"departments/{INDEX}.html"
_LANGUAGES = {"zh": ("zh-CN", "中文"), "en": ("en", "English")}
"""The languages of a site, with the tag and the name of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOptions(Options):
    """Where the site goes, the language of the pages at its top, and whether files of others may be replaced."""

    folder: Path
    language: str
    force: bool = False


def write_site(plan: Plan, files: FoundFiles, options: SiteOptions) -> Outcome[Assessment]:
    """Judge figures and write a site about them, each page whole or not at all; none if one may not be written.

    Raises:
        UsageError: the period cannot be read, or no file is given.
        OutputError: the folder cannot be made, a file in it cannot be written, or czurban did not write it.
    """
    if not files.files:
        raise UsageError(say("No file of figures is given."), say("Write `czurban site FILE... -o FOLDER`."))
    judged = judge_files(plan, files, options)
    assessment, folder = judged.assessment, options.folder
    outcome = judged.outcome(assessment, lambda translate: start_page(assessment, translate), assessment.results)
    if judged.nothing_read:
        return outcome
    site = _Site(assessment, origin_of(plan, [Path(name) for name in files.files if name != "-"]))
    roots = {language: "" if language == options.language else f"{language}/" for language in _LANGUAGES}
    paths = [f"{root}{path}" for root in roots.values() for path in site.paths]
    refuse_generated(folder, paths, force=options.force)
    left = sorted(set(_own_pages(folder, roots.values())) - set(paths))
    for parent in sorted({(folder / path).parent for path in paths}):
        make_folder(parent)
    with options.progress(len(paths), say("Writing")) as step:
        for language, root in roots.items():
            for path, document in site.documents(Translator(language)):
                page = render(document._replace(frame=site.frame(path, language, roots)), "html")
                write_file(folder / f"{root}{path}", with_digest(page, "html"))
                step()
    lagging = site.tracking is not None and site.tracking.lags(lambda _: True)
    return replace(outcome, notices=(*outcome.notices, *_notices(folder, site, left)), lagging=lagging)


def _own_pages(folder: Path, roots: Iterable[str]) -> Iterator[str]:
    """Find the pages that czurban wrote where those of indicators and departments go."""
    for root in roots:
        for name in ("indicators", "departments"):
            yield from (
                f"{root}{name}/{path.name}" for path in (folder / root / name).glob("*.html") if is_own_page(path)
            )


def _notices(folder: Path, site: "_Site", left: Sequence[str]) -> Iterator[Message]:
    what = say(
        "{indicators} indicators and {departments} departments, in Chinese and English",
        indicators=len(site.traces),
        departments=len(site.offices),
    )
    yield say("Written: {path} ({what})", path=str(folder / _START), what=what)
    if left:
        yield say(
            "{count} pages of an earlier site are left, such as {path}: no page links to them; delete them.",
            count=len(left),
            path=str(folder / left[0]),
        )


class _Site:
    """The pages of a site about an assessment: the same ones in each language."""

    def __init__(self, assessment: Assessment, origin: Origin) -> None:
        self.assessment, self.origin = assessment, origin
        plan = assessment.plan
        self.offices = [office for office in plan.departments if has_page(office, assessment)]
        self.tracking, self.trends = early_tracking(assessment), trends_of(assessment)
        tracer = tracer_of(assessment)
        self.traces = {indicator.id: tracer.trace(indicator) for indicator in plan.indicators}
        indicators, departments = file_names(self.traces), file_names(office.name for office in self.offices)
        self.pages = {name: f"departments/{file}.html" for name, file in departments.items()}
        self.pages |= {name: f"indicators/{file}.html" for name, file in indicators.items()}

    @property
    def paths(self) -> Sequence[str]:
        """The paths of all pages of one language, below its folder."""
        return (_START, _RESULTS, _OFFICES, *self.pages.values())

    def documents(self, translate: Translator) -> Iterator[tuple[str, Document]]:
        """Compose every page, with its path."""
        judged, plan = self.assessment, self.assessment.plan
        yield _START, start_page(judged, translate, self.tracking)
        yield _RESULTS, whole_report(judged, self.origin, translate, scope=lambda _: True, tracking=self.tracking)
        files = {office.name: Path(self.pages[office.name]).name for office in self.offices}
        yield _OFFICES, department_index(judged, files, translate)
        for name, trace in self.traces.items():
            history = trends_section([self.trends[name]] if name in self.trends else [], translate)
            page = indicator_page(trace, judged, translate, history, self.tracking)
            yield self.pages[name], page
        for office in self.offices:
            theirs = [self.trends[each.id] for each in indicators_of(plan, office) if each.id in self.trends]
            report = department_report(judged, office, translate, self.tracking)
            yield self.pages[office.name], with_trends(report, theirs, translate)

    def frame(self, path: str, language: str, roots: dict[str, str]) -> PageFrame:
        """Return what a page has around its document: the menu, the links, and on the start page the headline."""
        translate = Translator(language)
        up = "../" * path.count("/")
        other = next(each for each in roots if each != language)
        tag, name = _LANGUAGES[other]
        top = "../" * f"{roots[language]}{path}".count("/")
        is_start = path == _START
        return PageFrame(
            home=PageLink(self.assessment.plan.title, f"{up}{_START}"),
            links=(
                PageLink(translate(say("All results")), f"{up}{_RESULTS}"),
                PageLink(translate(say("Departments")), f"{up}{_OFFICES}"),
            ),
            twin=PageLink(name, f"{top}{roots[other]}{path}"),
            twin_language=tag,
            pages={key: f"{up}{page}" for key, page in self.pages.items()},
            tiles=_tiles(self.assessment, _RESULTS, translate) if is_start else (),
            entries=_entries(self.assessment, self.offices, self.pages, translate) if is_start else (),
        )


def _tiles(assessment: Assessment, results_page: str, translate: Translator) -> tuple[Tile, ...]:
    """Return the headline: how many targets there are, and how many of them have each verdict."""
    counts = tally(assessment.results)
    shown = [verdict for verdict in Verdict if counts[verdict] or verdict in (Verdict.MET, Verdict.MISSED)]
    return (
        Tile(translate(say("Targets")), f"{counts.total:,}", Tone.PLAIN, results_page),
        *(Tile(translate(VERDICTS[each]), f"{counts[each]:,}", TONES[each], results_page) for each in shown),
    )


def _entries(
    assessment: Assessment, offices: Iterable[Department], pages: Mapping[str, str], translate: Translator
) -> tuple[Entry, ...]:
    """Return what the search finds: every indicator by its names, number and leads, then every department.

    `pages` are the addresses by the id of an indicator and the name of a department.
    """
    entries = []
    for result in (*assessment.results, *assessment.inputs):
        indicator = result.indicator
        verdict = translate(VERDICTS[result.verdict])
        names = (*indicator.names, indicator.id, str(indicator.no or ""), *indicator.leads, verdict)
        group = category_of(result.indicator, assessment.plan) or translate(say("Indicators"))
        entries.append(Entry(indicator.name, pages[indicator.id], group, " ".join(names)))
    title = translate(say("Departments"))
    departments = (Entry(office.name, pages[office.name], title, " ".join(office.names)) for office in offices)
    return (*entries, *departments)
