"""What became of the rows of each file, as lines."""

from collections.abc import Iterable

from czurban.model.message import say
from czurban.model.observation import Submission
from czurban.model.safe_text import clean_line
from czurban.words.speaker import Speaker


def rows_text(submissions: Iterable[Submission], speak: Speaker) -> str:
    """One line for each file: how many rows were read, and where each went."""
    sentence = say("{file}: {read} rows read = {used} used + {refused} refused + {ignored} ignored")
    return "".join(
        clean_line(
            speak(
                sentence,
                file=one.file,
                read=one.rows.read,
                used=one.rows.used,
                refused=one.rows.refused,
                ignored=one.rows.ignored,
            )
        )
        + "\n"
        for one in submissions
    )
