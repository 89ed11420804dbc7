"""Keep the translations current: collect the sentences of the program, merge them, compile them, check them.

Run without arguments it writes the .pot, the .po and the .mo; with --check it writes nothing and says what is wrong.
What it writes depends on the sentences and their translations alone: no dates, no line numbers.
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "czurban"
LOCALES = PACKAGE / "words" / "locale"
DOMAIN = "czurban"
LANGUAGES = {"zh_CN": "nplurals=1; plural=0;"}
KEYWORDS = frozenset({"say", "mark", "_"})

_SLOT = re.compile(r"\{(\w+)[^{}]*\}")


class WordsError(Exception):
    """A sentence in the code cannot be collected."""


@dataclass(frozen=True, slots=True)
class Translation:
    """What a .po file says of one sentence."""

    text: str
    fuzzy: bool = False


def slots(text: str) -> frozenset[str]:
    """The names of the {slots} in a sentence."""
    return frozenset(_SLOT.findall(text))


def sentences_in(source: str, name: str) -> Iterator[str]:
    """Every sentence that a module hands to say, mark or _ as it stands, both arms of a conditional included.

    Babel's own extractor reads tokens, and would join the two arms of `say("a" if x else "b")` to "ab".

    Raises:
        WordsError: a sentence is put together at run time, so that nobody can translate it.
    """
    for node in ast.walk(ast.parse(source, name)):
        if isinstance(node, ast.Call) and node.args and _called(node.func) in KEYWORDS:
            yield from _literals(node.args[0], name)


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _literals(node: ast.expr, name: str) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)) if text:
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from _literals(body, name)
            yield from _literals(other, name)
        case ast.JoinedStr() | ast.BinOp():
            message = f"{name}:{node.lineno}: a sentence to be translated must be one literal with {{slots}}."
            raise WordsError(message)
        case _:  # A name or a call: the sentence was marked where it was declared.
            return


def collect(package: Path) -> list[str]:
    """The sentences of a package, each once, sorted: of its modules, and about the keys of YAML files."""
    found: set[str] = set()
    for path in sorted(package.rglob("*.py")):
        found.update(sentences_in(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()))
    for path in package.rglob("keys.yaml"):
        shapes = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader).values()  # noqa: S506 - it resolves nothing
        found.update(sentence for keys in shapes for sentence in keys.values())
    return sorted(found)


class SteadyCatalog(Catalog):
    """A catalogue whose header holds nothing that changes from run to run."""

    def __init__(self, language: str | None = None) -> None:
        super().__init__(locale=language, domain=DOMAIN, project=DOMAIN, fuzzy=False, header_comment="#")
        self.language = language

    def _steady_headers(self) -> list[tuple[str, str]]:
        headers = [
            ("Project-Id-Version", DOMAIN),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]
        if self.language:
            headers += [("Language", self.language), ("Plural-Forms", LANGUAGES[self.language])]
        return headers

    mime_headers = property(_steady_headers)


def build(sentences: Sequence[str], known: Mapping[str, Translation], language: str | None) -> SteadyCatalog:
    """A catalogue of exactly these sentences, with what is known of their translations."""
    catalog = SteadyCatalog(language)
    for text in sentences:
        translation = known.get(text, Translation(""))
        message = Message(text, translation.text)
        catalog[text] = message
        # Babel guesses the flags, and takes "100 % done" for a format of C.
        message.flags = {"python-brace-format"} if slots(text) else set()
        if translation.fuzzy:
            message.flags.add("fuzzy")
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    """A catalogue as the text of a .po or .pot file."""
    out = io.BytesIO()
    write_po(out, catalog, width=0, no_location=True, sort_output=True)
    text = out.getvalue().decode("utf-8")
    return text[text.index("msgid ") :].encode("utf-8")


def mo_bytes(catalog: Catalog) -> bytes:
    """A catalogue compiled; what is fuzzy is left out."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def known_in(path: Path) -> tuple[dict[str, Translation], list[str]]:
    """The translations in a .po file, and the sentences it keeps as obsolete."""
    if not path.exists():
        return {}, []
    catalog = read_po(io.BytesIO(path.read_bytes()), domain=DOMAIN)
    known = {
        str(message.id): Translation(message.string if isinstance(message.string, str) else "", message.fuzzy)
        for message in catalog
        if message.id
    }
    return known, [str(message.id) for message in catalog.obsolete.values()]


def po_path(language: str) -> Path:
    """Where the translations into a language stand."""
    return LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def wanted() -> dict[Path, bytes]:
    """Every file this script writes, with what should stand in it."""
    sentences = collect(PACKAGE)
    files = {LOCALES / f"{DOMAIN}.pot": po_bytes(build(sentences, {}, None))}
    for language in LANGUAGES:
        catalog = build(sentences, known_in(po_path(language))[0], language)
        files[po_path(language)] = po_bytes(catalog)
        files[po_path(language).with_suffix(".mo")] = mo_bytes(catalog)
    return files


def faults_of(language: str) -> Iterator[str]:
    """What a translator still has to do: one sentence for each."""
    known, obsolete = known_in(po_path(language))
    sentences = collect(PACKAGE)
    obsolete += sorted(set(known) - set(sentences))
    name = po_path(language).relative_to(ROOT).as_posix()
    for text in sentences:
        translation = known.get(text, Translation(""))
        if not translation.text:
            yield f"{name}: “{text}” has no translation."
        elif translation.fuzzy:
            yield f"{name}: the translation of “{text}” is marked fuzzy; look at it and remove the mark."
        elif slots(text) != slots(translation.text):
            odd = ", ".join(f"{{{slot}}}" for slot in sorted(slots(text) ^ slots(translation.text)))
            yield f"{name}: “{text}” and its translation do not have the same slots; look at {odd}."
    for text in obsolete:
        yield f"{name}: “{text}” is said nowhere in the program any more."


def check() -> list[str]:
    """Everything that is wrong with the translation files."""
    troubles = [
        f"{path.relative_to(ROOT).as_posix()} is not current; run `make docs`."
        for path, data in wanted().items()
        if not path.exists() or path.read_bytes() != data
    ]
    for language in LANGUAGES:
        troubles += faults_of(language)
    return troubles


def update() -> list[str]:
    """Write the files anew, and return in a sentence how much is left for a translator."""
    sentences = set(collect(PACKAGE))
    for language in LANGUAGES:
        known, _ = known_in(po_path(language))
        for text in sorted(set(known) - sentences):
            print(f"{language}: “{text}” is said nowhere any more; dropped its translation “{known[text].text}”.")
    for path, data in wanted().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
            print(f"Wrote {path.relative_to(ROOT).as_posix()}.")
    count = sum(1 for language in LANGUAGES for _ in faults_of(language))
    return [f"Left for a translator: {count} sentence(s); tools/words.py --check lists them."] if count else []


def main(arguments: Sequence[str] | None = None) -> int:
    """Update or check; returns the exit code."""
    parser = argparse.ArgumentParser(description="Keep the translations of czurban current.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if anything is not as it should be")
    checking: bool = parser.parse_args(arguments).check
    try:
        troubles = check() if checking else update()
    except WordsError as error:
        print(error, file=sys.stderr)
        return 1
    for trouble in troubles:
        print(trouble, file=sys.stderr)
    return 1 if checking and troubles else 0


if __name__ == "__main__":
    sys.exit(main())
