"""Build the program from its commands, and turn errors into sentences and exit codes."""

import importlib
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
import typer.main
from typer.core import TyperOption

from czurban.app.destination import inputs_of_run
from czurban.cli.console import listen, prepare, print_error, print_failure, put, quiet, translator
from czurban.cli.exits import COULD_NOT_RUN, INTERRUPTED
from czurban.cli.help import HelpfulCommand, HelpfulGroup
from czurban.errors import CzurbanError, OutputError, UsageError, reason
from czurban.model.finding import mark, say
from czurban.version import __version__
from czurban.words.translator import LANGUAGES

PROGRAM = "czurban"
SENTENCE = mark("Compare reported figures with the targets of a city's plan, and report which are met.")
COMMANDS = {
    "check": ("check", mark("Check reported figures against the targets.")),
    "report": ("report", mark("Report on the plan, or on one department, task or category.")),
    "site": ("report", mark("Write a site with a page for each indicator and department, in Chinese and English.")),
    "compute": (
        "compute",
        mark("Compute indicators by the plan's formulas, from reported figures or the plan's own; or from records."),
    ),
    "why": ("why", mark("Show what the verdict of an indicator or milestone rests on, down to file and cell.")),
    "trend": ("why", mark("Show how an indicator developed, what its path asks for, and where it leads.")),
    "compare": ("compare", mark("List what changed between two collections of figures, or two versions of a plan.")),
    "ledger": ("ledger", mark("List every target and milestone with who answers for it, and whether it is closed.")),
    "escalate": ("ledger", mark("List what the joint conference has to decide, worst first, and why.")),
    "score": (
        "ledger",
        mark("Rate indicators by rules, and show the points by indicator, department and part with their working."),
    ),
    "pace": ("ledger", mark("Show how each target stands against the time that has passed, worst first.")),
    "template": ("template", mark("Write the forms that departments fill in.")),
    "status": ("status", mark("Show who has reported what, and what is still missing.")),
    "list": ("listing", mark("List the plan's indicators, tasks, departments or regions.")),
    "show": ("listing", mark("Show one indicator, task, milestone, department or region with its links.")),
    "validate": ("validate", mark("Read a plan's files, or submissions, and report every fault with its place.")),
    "rule": ("rule", mark("Explain a rule by its code, with a good and a bad case.")),
    "schema": ("rule", mark("Print the JSON Schema of a plan's files or of submissions.")),
    "new": ("writing_plans", mark("Write a small plan that validates, with comments that teach.")),
    "import": ("writing_plans", mark("Write a plan's files from a printed table of its targets.")),
    "read-target": ("writing_plans", mark("Show how a printed target is read, or what is missing in it.")),
    "fix": ("fix", mark("Correct a plan's files where only one correction is possible, showing it first.")),
}
"""The module of each command in `cli.commands`, and its line in --help, which needs no module."""

HELP = {"help_option_names": ["-h", "--help"]}
"""Both names of the option for help."""
_FUNCTIONS = {"list": "list_", "import": "import_", "show": "show_thing", "read-target": "read_target"}


def function_of(command: str) -> Callable[..., None]:
    """Import a command's module and return its function."""
    module = importlib.import_module(f"czurban.cli.commands.{COMMANDS[command][0]}")
    function: Callable[..., None] = getattr(module, _FUNCTIONS.get(command, command))
    return function


class LazyCommand(HelpfulCommand):
    """A command whose module is imported only when it is called or completed, so that --help stays quick."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:  # noqa: ANN401
        """Let the real command take the arguments."""
        name = str(self.name)
        app = typer.Typer(add_completion=False, context_settings=HELP)
        app.command(name, cls=HelpfulCommand, help=COMMANDS[name][1])(function_of(name))
        command = typer.main.get_command(app)
        command.params.append(_language_option())
        return command.make_context(info_name, args, parent, **extra)


def _version(value: bool) -> None:
    if value:
        put(f"{PROGRAM} {__version__}\n".encode())
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", help=mark("Show the version and exit."), callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def _language_option() -> TyperOption:
    """Make the option of every command and of the program itself; `listen` has taken it from the arguments before."""
    meaning = mark("Language of the output (else CZURBAN_LANG, the settings, the locale).")
    return TyperOption(param_decls=["--lang"], metavar="|".join(LANGUAGES), help=meaning, expose_value=False)


def build() -> Any:  # noqa: ANN401 - the library's own class is private
    """Build the program with all its commands, none of them loaded."""
    app = typer.Typer(name=PROGRAM, cls=HelpfulGroup, help=SENTENCE, no_args_is_help=True, context_settings=HELP)
    app.callback()(_root)
    group = typer.main.get_command(app)
    group.params.insert(1, _language_option())  # after --version
    group.commands = {name: LazyCommand(name, help=entry[1]) for name, entry in COMMANDS.items()}  # type: ignore[attr-defined]
    return group


def run(arguments: Sequence[str]) -> int:
    """Run the program with these arguments and return its exit code. No error leaves here as a traceback."""
    prepare()
    with inputs_of_run():
        return _run(arguments)


def _run(arguments: Sequence[str]) -> int:
    listen(arguments)
    try:
        translator()  # refuse an unsupported language, whatever the command
        code = build().main(args=list(arguments), prog_name=PROGRAM, standalone_mode=False)
        return code if isinstance(code, int) else 0
    except typer.TyperException as error:
        return _usage(error)
    except CzurbanError as error:
        print_failure(error)
        return COULD_NOT_RUN
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except OSError as error:  # the help page is printed by the library, and what it is printed to may be full
        quiet()
        print_failure(OutputError(say("The output cannot be written: {reason}.", reason=reason(error))))
        return COULD_NOT_RUN
    except MemoryError:
        print_failure(UsageError(say("There is not enough memory for this file."), say("Send it in smaller parts.")))
        return COULD_NOT_RUN


def _usage(error: typer.TyperException) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":
        print_error(error.format_message() + "\n")
        return COULD_NOT_RUN
    from czurban.cli.help import translate  # noqa: PLC0415 - only where something went wrong

    message, hint = translate(error)
    print_failure(UsageError(message, hint))
    return COULD_NOT_RUN
