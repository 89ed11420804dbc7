"""A sentence for a person, kept apart from its values until somebody knows the reader's language."""

from collections.abc import Mapping
from typing import NamedTuple


class Message(NamedTuple):
    """An English sentence with {named} slots, which is also the key of its translation.

    A value may be a Message itself; whoever spells the outer one spells the inner one in the same language.
    """

    text: str
    values: Mapping[str, object] = {}

    def __str__(self) -> str:
        """The sentence in English."""
        return self.text.format_map(self.values) if self.values else self.text


def say(text: str, /, **values: object) -> Message:
    """Make a Message. The extractor of translations looks for calls of this name.

    Args:
        text: a sentence in English with {named} slots.
        values: what stands in the slots; numbers as they shall be read, never rounded here.
    """
    return Message(text, values)


def mark(text: str, /) -> str:
    """Mark a label for translation where it is declared; it is translated where it is shown."""
    return text
