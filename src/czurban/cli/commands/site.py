"""`czurban site`: a static site about the figures, to be put on a web server or opened from a folder."""

from czurban.app.assessing import find_figures
from czurban.app.destination import folder_destination
from czurban.app.plans import open_plan
from czurban.cli.console import conclude, translator
from czurban.cli.figures import FigureRun, takes_figures
from czurban.cli.options import ForceOption, VerboseOption


@takes_figures(form=None)
def site(run: FigureRun, force: ForceOption = False, verbose: VerboseOption = False) -> None:
    """Write a site with a page for each indicator and department, in Chinese and English."""
    from czurban.app.pages.site import SiteOptions, write_site  # noqa: PLC0415 - loads what writes pages

    folder = folder_destination("html", run.output, ("html",)).path
    assert folder is not None  # noqa: S101 - a folder is always named
    options = run.options(SiteOptions, folder=folder, language=translator().language, force=force)
    outcome = write_site(open_plan(run.plan), find_figures(run.actuals), options)
    conclude(outcome, (), run.fails, most=run.most, verbose=verbose)
