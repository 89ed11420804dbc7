"""The files of figures that a command was given: found, and what is left out of folders printed."""

from collections.abc import Sequence
from pathlib import Path

from czurban.cli.screen import print_error
from czurban.cli.speech import speaker
from czurban.files.inputs import note_inputs
from czurban.model.finding import say
from czurban.model.text import clean_line
from czurban.reading.sources.find_files import FoundFiles, SkippedFile, SkipReason, find_files

_MOST = 5
_USUAL = (SkipReason.HIDDEN, SkipReason.LOCK, SkipReason.UNFINISHED)
"""What nobody would expect to be read: named last."""


def find_sent(names: Sequence[str | Path] | None, *, elsewhere: bool = False) -> FoundFiles:
    """Find the files that names, folders and patterns stand for: the run's inputs. What is left out is printed.

    Raises:
        UnreadableError: a file is not there, or a folder or pattern has no table.
    """
    found = find_files(names or (), elsewhere=elsewhere)
    note_inputs(*found.files)
    print_skipped(found.left_out)
    return found


def print_skipped(left_out: Sequence[SkippedFile]) -> None:
    """Print to stderr what is left out and why: a few by name, and how many more."""
    if not left_out:
        return
    speak = speaker()
    shown = sorted(left_out, key=lambda one: one.why in _USUAL)[:_MOST]
    names = [speak(say("{path} ({why})"), path=one.path, why=speak(one.why)) for one in shown]
    listed = speak(say(", ")).join(names)
    more = len(left_out) - _MOST
    sentence = say("Left out: {names}.", names=listed)
    if more > 0:
        sentence = say("Left out: {names}, and {count} more.", names=listed, count=more)
    print_error(clean_line(speak(sentence)) + "\n")
