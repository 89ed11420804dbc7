"""Text for formats of XML: in one line, and without what XML cannot hold."""

from czurban.reporting.plain import clean


def one_line(text: str) -> str:
    """Spaces and line ends become single spaces, control characters and halves of characters are shown."""
    return clean(" ".join(text.split()))
