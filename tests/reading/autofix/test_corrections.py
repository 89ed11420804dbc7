"""Each corrector: small texts before and after; what is left alone stays as it is, byte for byte."""

from collections.abc import Callable

import pytest

from czurban.reading.autofix.corrections import add_aliases, arrange
from czurban.reading.autofix.edits import Edit, Proposal, apply
from czurban.reading.autofix.figures import narrow

Corrector = Callable[[str, str, str], Proposal]


def corrected(corrector: Corrector, text: str, file: str = "targets.yaml") -> tuple[str, Proposal]:
    proposal = corrector(file, file, text)
    return apply(text, proposal.edits), proposal


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("no: １２", "no: 12"),
        ("no: '１２'", "no: '12'"),
        ("no: １　", "no: 1"),
        ("task: ６", "task: 6"),
        ("target: ≥４１．５", "target: ≥41.5"),
        ("target: ＞＝41", "target: ≥41"),
        ("target: ＞41", 'target: ">41"'),
        ("target: '>=41'", "target: '≥41'"),
        ('target: ">=41"', 'target: "≥41"'),
        ('target: "<= 41"', 'target: "≤41"'),
        ("target: =>41", "target: ≥41"),
        ("target: =<41", "target: ≤41"),
        ("target: 》=41", "target: ≥41"),
        ("target: 《=41", "target: ≤41"),
        ("target: ６～６．５", "target: 6~6.5"),
        ("target: ＝１００", "target: =100"),
        ("target: ≥1，234", 'target: "≥1,234"'),
        ("baseline: 约１９０", "baseline: 约190"),
        ("baseline: －０.5", "baseline: -0.5"),
        ("target: ≥４１％", "target: ≥41%"),
        ("deadline: ２０１９年底", "deadline: 2019年底"),
    ],
)
def test_figures_become_half_width(old: str, new: str) -> None:
    before, after = (f"indicators:\n  - id: a\n    {text}  # ４１\n    name: 甲１\n" for text in (old, new))
    assert corrected(narrow, before)[0] == after


@pytest.mark.parametrize(
    "text",
    [
        "target: 四十１",
        "target: 不低于2.3，力争达到2.5",
        "target: １",
        "no: 一１",
        "no: '１''１'",
        "no: １\n      ２",
        "baseline: －",
        "baseline: １。５",
        "deadline: 年底１",
        "name: １２３",
        "reason: '>=１'",
        "target: [１]",
    ],
)
def test_other_texts_keep_their_width(text: str) -> None:
    before = f"indicators:\n  - id: a\n    {text}\n"
    assert corrected(narrow, before) == (before, Proposal())


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("targets.yaml", "plan: {period: ２０１９, title: １}", "plan: {period: 2019, title: １}"),
        ("targets.yaml", "units:\n  - {factor: １／１５}", "units:\n  - {factor: 1/15}"),
        ("targets.yaml", "indicators: [{no: １，２}]", "indicators: [{no: １，２}]"),
        ("targets.yaml", "indicators: [{target: ≥1，200}]", 'indicators: [{target: "≥1,200"}]'),
        ("tasks.yaml", "parts:\n  - no: １\n    tasks: [{no: １}]", "parts:\n  - no: １\n    tasks: [{no: 1}]"),
        ("departments.yaml", "departments: [{name: １}, x]", "departments: [{name: １}, x]"),
    ],
)
def test_figures_of_every_file(file: str, old: str, new: str) -> None:
    assert corrected(narrow, old, file)[0] == new


HEAD = "indicators:\n\n  # about all\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - no: 1  # n\n    id: a\n", "  - id: a\n    no: 1  # n\n"),
        ("  - no: 1\n    id: a", "  - id: a\n    no: 1"),
        ("  - id: a\n    name: b\n    no: 1", "  - id: a\n    no: 1\n    name: b"),
        ("  -\n    no: 1\n    id: a\n", "  -\n    id: a\n    no: 1\n"),
        ("  - id: a\n    # of b\n    name: b\n    no: 1\n", "  - id: a\n    no: 1\n    # of b\n    name: b\n"),
        ("  - id: a\n\n    name: b\n    no: 1\n\n# next\n", "  - id: a\n    no: 1\n\n    name: b\n\n# next\n"),
        (
            "  - id: a\n    cited:\n    - {at: x}\n    - at: y  # y\n      printed:\n    lead: [\n      c]\n",
            "  - id: a\n    lead: [\n      c]\n    cited:\n    - {at: x}\n    - at: y  # y\n      printed:\n",
        ),
        (
            "  - id: a\n    reason: |  # r\n      # text\n\n    basis: b\n",
            "  - id: a\n\n    basis: b\n    reason: |  # r\n      # text\n",
        ),
        ("  - id: a\n    scope:\n    kind: x\n", "  - id: a\n    kind: x\n    scope:\n"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_keys_come_in_order_with_their_comments(old: str, new: str, ending: str) -> None:
    before, after = ((HEAD + text).replace("\n", ending) for text in (old, new))
    changed, proposal = corrected(arrange, before)
    assert changed == after
    assert proposal.left == ()
    assert corrected(arrange, after)[1] == Proposal()


@pytest.mark.parametrize(
    "text",
    [
        "  - id: a\n    name: b\n    # whose\n\n    no: 1\n",
        "  - id: a\n    cited:\n      - {at: x}\n      # whose\n    no: 1\n",
        "  - no: 1\n    # of a\n    id: a\n",
        "  - no: 1\n\n    id: a\n",
        "  - id: a\n    name: b\n    no: 1\n    # whose\n",
        "  - id: a\n    name: b\n    no: 1\n\n      # whose\n  - id: b\n",
        "  - id: a\n    nome: b\n    no: 1\n",
        "  - id: a\n    ? name\n    : b\n    no: 1\n",
        "  - id: a\n    reason: |+\n      b\n\n    no: 1\n",
    ],
)
def test_an_entry_that_is_not_clear_is_left_alone_and_reported(text: str) -> None:
    changed, proposal = corrected(arrange, HEAD + text)
    assert changed == HEAD + text
    assert [item.place.line for item in proposal.left] == [4]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("targets.yaml", "indicators:\n  - {no: 1, id: a}\n"),
        ("targets.yaml", "plan:\n  region: a\n  title: b\n"),
        ("targets.yaml", "indicators:\n  - id: a\n    x: 1\n"),
        ("targets.yaml", "indicators: x\n"),
    ],
)
def test_order_is_for_blocks_of_three_sorts(file: str, text: str) -> None:
    assert corrected(arrange, text, file) == (text, Proposal())


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("departments.yaml", "groups:\n- aliases: b\n  name: a", "groups:\n- name: a\n  aliases: b"),
        (
            "tasks.yaml",
            "parts:\n- tasks:\n  - title: b\n    no: 1\n    lead: c\n",
            "parts:\n- tasks:\n  - no: 1\n    title: b\n    lead: c\n",
        ),
    ],
)
def test_order_of_every_file(file: str, old: str, new: str) -> None:
    assert corrected(arrange, old, file)[0] == new


CITED = "    cited:\n      - {at: 一, wording: 乙}\n      - {at: 二, wording: 丙, printed: 1}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    name: 甲  # x\n", "    name: 甲  # x\n    aliases: [乙, 丙]\n"),
        ("    name: 甲\n    aliases: [乙]\n", "    name: 甲\n    aliases: [乙, 丙]\n"),
        ("    name: 甲\n    aliases: [ 乙 , ]\n", "    name: 甲\n    aliases: [ 乙, 丙 , ]\n"),
        ("    name: 甲\n    aliases: []\n", "    name: 甲\n    aliases: [乙, 丙]\n"),
        ("    name: 甲\n    aliases: 乙\n", "    name: 甲\n    aliases: [乙, 丙]\n"),
        ("    name: 甲\n    aliases: '乙'\n", "    name: 甲\n    aliases: ['乙', 丙]\n"),
        ("    name: 乙\n    aliases:\n    - x\n", "    name: 乙\n    aliases:\n    - x\n    - 丙\n"),
        ("    name: 乙\n    aliases:\n      -  x # y\n", "    name: 乙\n    aliases:\n      -  x # y\n      -  丙\n"),
        ("    name: 丙\n    aliases: [' 乙']\n", "    name: 丙\n    aliases: [' 乙']\n"),
        ("    name: 丙\n    aliases:\n", "    name: 丙\n    aliases:\n"),
        ("    name: 丙\n    aliases: {a: b}\n", "    name: 丙\n    aliases: {a: b}\n"),
        ("    no: 1\n", "    no: 1\n"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_cited_wording_becomes_an_alias(old: str, new: str, ending: str) -> None:
    before, after = (f"indicators:\n  - id: a\n{text}{CITED}".replace("\n", ending) for text in (old, new))
    assert corrected(add_aliases, before)[0] == after
    assert corrected(add_aliases, after)[1] == Proposal()


@pytest.mark.parametrize(
    ("wording", "spelled"),
    [
        ("甲（乙）", "甲（乙）"),
        ("'a, b'", '"a, b"'),
        ("'- a'", '"- a"'),
        ('a "b"', '"a \\"b\\""'),
        ("'a: b'", '"a: b"'),
        ("'#a'", '"#a"'),
        ("≥90", "≥90"),
    ],
)
@pytest.mark.parametrize("form", ["{{id: a, name: 甲{aliases}, cited: [{{wording: {wording}}}]}}"])
def test_an_alias_is_quoted_where_it_must_be(form: str, wording: str, spelled: str) -> None:
    start = "indicators:\n  - "
    before = start + form.format(aliases="", wording=wording if "(" in wording or "'" in wording else f"'{wording}'")
    after = before.replace("甲,", f"甲, aliases: [{spelled}],", 1)
    assert corrected(add_aliases, before)[0] == after


@pytest.mark.parametrize(
    "other", ["name: 乙", "name: 丁\n    aliases: 乙 ", "id: 乙", "name: 丁\n    cited: [{wording: 乙}]"]
)
def test_a_wording_that_is_anothers_is_a_finding_and_no_correction(other: str) -> None:
    text = f"indicators:\n  - name: 甲\n    cited: [{{wording: 乙}}]\n  - {other}\n"
    changed, proposal = corrected(add_aliases, text)
    assert changed == text
    assert {finding.code for finding in proposal.findings} == {"P110"}
    assert proposal.findings[0].place is not None
    assert proposal.findings[0].place.line == 3


def test_edits_that_overlap_are_refused() -> None:
    correction = Proposal().left
    edits = [Edit(0, 2, "a", *correction or (None,)), Edit(1, 3, "b", *correction or (None,))]  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="overlap"):
        apply("abc", edits)
