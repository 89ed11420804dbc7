"""What the YAML library says of a file, in words its writer knows."""

from czurban.model.message import Message, say

_WORDS = {
    "found a tab character": say("there is a tab where only spaces may stand"),
    "found character '\\t'": say("there is a tab where only spaces may stand"),
    "found character that cannot start any token": say("this character cannot begin a text; a tab cannot either"),
    "mapping values are not allowed": say("a colon stands where no key can; a text with a colon needs quotation marks"),
    "did not find expected ',' or ']'": say("a list in [ ] lacks a comma, or its closing bracket"),
    "did not find expected ',' or '}'": say("an entry in { } lacks a comma, or its closing bracket"),
    "did not find expected key": say("the line is indented unlike those above it, or the key is missing"),
    "did not find expected '-'": say("a list goes on without its dash, or is indented unlike the lines above"),
    "could not find expected ':'": say("a key has no colon behind it"),
    "found unexpected end of stream": say("the file ends inside a text in quotation marks"),
    "found undefined alias": say("a text that begins with * names an anchor that is nowhere"),
    "found duplicate anchor": say("an anchor (&) is given twice"),
    "block sequence entries are not allowed": say("a dash stands where no list can begin"),
    "did not find expected node content": say("a value is missing here"),
    "did not find expected <document start>": say("a second document begins; a plan's file has one"),
    "expected a single document": say("a second document begins; a plan's file has one"),
    "control characters are not allowed": say("there is a character that no text holds"),
    "found unknown escape character": say("a backslash inside \" \" stands before a letter it cannot; use ' '"),
}


def in_words(problem: str) -> Message | str:
    """The library's words in ours, where they are known; else as they are."""
    return next((ours for theirs, ours in _WORDS.items() if problem.startswith(theirs)), problem)
