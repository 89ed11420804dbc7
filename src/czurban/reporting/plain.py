"""Text from files made safe to print."""


def clean(text: str) -> str:
    """Show control characters instead of obeying them: a file's text must not move the cursor or change colours."""
    return "".join(char if char.isprintable() or char == "\n" else "�" for char in text)
