import gettext
from pathlib import Path

from czurban.words.translator import Catalog, Translator

FOLDER = Path(__file__).parents[2] / "src" / "czurban" / "words" / "locale"


def test_every_sentence_is_translated_as_by_the_standard_library() -> None:
    expected = gettext.translation("czurban", FOLDER, ["zh_CN"])
    sentences = [text for text in vars(expected)["_catalog"] if text]
    catalog = Catalog((FOLDER / "zh_CN" / "LC_MESSAGES" / "czurban.mo").read_bytes())
    assert len(sentences) > 2000
    assert [catalog.find(text) for text in sentences] == [expected.gettext(text) for text in sentences]


def test_a_sentence_that_is_not_in_the_catalog_is_printed_as_it_is() -> None:
    assert Translator("zh")("no sentence of this program \ud800") == "no sentence of this program \ud800"
    assert Catalog(b"").find("Reading") == "Reading"
